"""What a cell of an input is called, wherever it is named.

A cell of a line is its label and members: `Growth: China e-commerce, bear`. A row of a table is
what it is about: `Revenue: Cloud, FY2026-Q2`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.facts.catalogue import METRICS
from reportgen.model import fundamentals
from reportgen.model.dims import (
    CLAIM,
    FACT,
    FUNDAMENTAL,
    OFFER,
    PRODUCT,
    SCENARIO,
    SEGMENT,
    TARGET,
)
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import description
from reportgen.model.inputs.description import segment_name
from reportgen.model.keys import cell_of
from reportgen.periods import parse_serial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line, Unit
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved
    from reportgen.expr.state import Members

    Values = Mapping[Line, Array]


def segment_names(given: Mapping[Line, Array], members: Members) -> Mapping[str, str]:
    """Return the name of each segment by its id, from the given values of a case."""
    return dict(zip(members[SEGMENT], given[segment_name].tolist(), strict=True))


def name_of(line: Line, at: Sequence[str], segments: Mapping[str, str]) -> str:
    """Return the name of a cell of a line: its label, then its members, the scenario last.

    `at` are the members in the order of the line's dimensions.
    """
    pairs = sorted(zip(line.dims, at, strict=True), key=lambda pair: pair[0] is SCENARIO)
    told = [member_name(dim, member, segments) for dim, member in pairs]
    return f"{line.label}: {', '.join(told)}" if told else line.label


def name_of_key(
    key: str, lines: Iterable[Line], members: Members, segments: Mapping[str, str]
) -> str:
    """Return the name of the cell that a public key stands for; "" where no line has it."""
    cell = cell_of(key, lines, members)
    return "" if cell is None else name_of(cell.line, cell.at, segments)


def metric_in_words(metric: str) -> str:
    """Return a metric of the reported figures as people say it: `adjusted EBITA`."""
    return METRICS.get(metric, metric.replace("_", " "))


def fact_in_words(fact: str) -> str:
    """Return a fact without the marks of its key: `Alibaba Quark AI Glasses G1`."""
    return fact.removeprefix("product/").replace("/", " ").replace("_", " ")


def member_name(dim: Dim, member: str, segments: Mapping[str, str]) -> str:
    """Return a member of a dimension in words: a segment by its name, a fact without its marks."""
    if dim is SEGMENT:
        return segments.get(member) or member
    if dim in {FACT, OFFER}:
        return fact_in_words(member)
    return member


def unit_words(unit: Unit, of: Solved) -> str:
    """Return a unit in words: `USD per share`, `ratio`, `CNY m`."""
    words = unit.value
    for line in (description.price_currency, description.reporting_currency):
        words = words.replace(line.label.lower(), str(of.values[line]))
    return words


# --- the rows of tables, and their cells ---
# Words of metrics and claims that are not spelled as they stand in their tables
_SPELLED = {
    "ads": "ADS",
    "ai": "AI",
    "ebit": "EBIT",
    "ebita": "EBITA",
    "ebitda": "EBITDA",
    "eps": "EPS",
    "pe": "P/E",
}
_SPAN = re.compile(r"(\d+)([my])")
_SPANS = {"m": "months", "y": "years"}
_REPEATED = re.compile(r"#(\d+)$")
_FIGURES = frozenset(
    {price_targets.stated, fundamentals.value, claims.claim_amount, products.product_price}
)


def cell_name(of: Line, index: tuple[int, ...], members: Members, values: Values) -> str:
    """Return the name of a cell of an input: of a row of a table, what the row is about.

    `values` hold at least the given lines of a case.
    """
    naming = _ROWS.get(of.dims[0]) if len(of.dims) == 1 else None
    if naming is None:
        at = [members[dim][place] for dim, place in zip(of.dims, index, strict=True)]
        return name_of(of, at, segment_names(values, members))
    row = naming(index[0], members, values)
    repeated = _REPEATED.search(members[of.dims[0]][index[0]])
    if repeated is not None:
        row = f"{row}, no. {repeated[1]}"
    return row if of in _FIGURES else f"{row}, {_lowered(of.label)}"


def words_of(name: str) -> str:
    """Return the name of a metric or claim in words: `ebita` is `Adjusted EBITA`."""
    spelled = " ".join(_word(part) for part in name.replace("_", " ").split(" "))
    words = METRICS.get(name, spelled)
    return words[:1].upper() + words[1:]


def _word(part: str) -> str:
    span = _SPAN.fullmatch(part)
    return f"{span[1]} {_SPANS[span[2]]}" if span else _SPELLED.get(part, part)


def _lowered(label: str) -> str:
    """Return a label as it stands within a name; one that begins with an acronym keeps it."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _result(at: int, members: Members, values: Values) -> str:
    name = str(values[fundamentals.segment][at])
    segment = segment_names(values, members).get(name) or name
    period = str(values[fundamentals.period][at]) or _day(values[fundamentals.period_end][at])
    return _named(words_of(str(values[fundamentals.metric][at])), segment, period)


def _target(at: int, _: Members, values: Values) -> str:
    broker = str(values[price_targets.broker][at])
    return _named("Target", broker, _day(values[price_targets.published][at]))


def _product(at: int, _: Members, values: Values) -> str:
    names = (values[line][at] for line in (products.product_name, products.product_variant))
    seen = (values[line][at] for line in (products.product_observed, products.product_published))
    told = _named("Price", " ".join(str(name) for name in names if name))
    return f"{told} ({_cited(values[products.product_source][at], *seen)})"


def _claim(at: int, _: Members, values: Values) -> str:
    seen = (values[line][at] for line in (claims.claim_observed, claims.claim_published))
    subject = f"Claimed {_lowered(words_of(str(values[claims.claim_key][at])))}"
    variant = str(values[claims.claim_variant][at])
    told = _named(subject, words_of(variant) if "_" in variant else variant)
    return f"{told} ({_cited(values[claims.claim_source][at], *seen)})"


def _cited(source: str, observed: float, published: float) -> str:
    """Return where a row stands and the day it speaks of."""
    return ", ".join(part for part in (str(source), _day(observed) or _day(published)) if part)


def _named(subject: str, *of: str) -> str:
    told = ", ".join(part for part in of if part)
    return f"{subject}: {told}" if told else subject


def _day(serial: float) -> str:
    """Return a day; "" for none, or for what a returned file holds in its place."""
    day = parse_serial(float(serial))
    return "" if day is None else day.isoformat()


_ROWS: Mapping[Dim, Callable[[int, Members, Values], str]] = {
    FUNDAMENTAL: _result,
    TARGET: _target,
    PRODUCT: _product,
    CLAIM: _claim,
}
