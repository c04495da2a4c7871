"""What an input is called, wherever it is named: `Growth: China e-commerce, bear`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.catalogue import METRICS
from reportgen.model.dims import FACT, OFFER, QUARTER, SCENARIO, SEGMENT
from reportgen.model.inputs import description
from reportgen.model.inputs.description import segment_name
from reportgen.model.keys import cell_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line, Unit
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved
    from reportgen.expr.state import Members

_NEWEST = "0"


def segment_names(given: Mapping[Line, Array], members: Members) -> Mapping[str, str]:
    """Return the name of each segment by its id, from the given values of a case."""
    return dict(zip(members[SEGMENT], given[segment_name].tolist(), strict=True))


def name_of(line: Line, at: Sequence[str], segments: Mapping[str, str]) -> str:
    """Return the name of a cell of a line: its label, then its members, the scenario last.

    `at` are the members in the order of the line's dimensions.
    """
    pairs = sorted(zip(line.dims, at, strict=True), key=lambda pair: pair[0] is SCENARIO)
    told = [_told(dim, member, segments) for dim, member in pairs]
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


def _told(dim: Dim, member: str, segments: Mapping[str, str]) -> str:
    if dim is SEGMENT:
        return segments.get(member) or member
    if dim is QUARTER:
        return "newest quarter" if member == _NEWEST else f"{member} before the newest quarter"
    if dim in {FACT, OFFER}:
        return fact_in_words(member)
    return member


def unit_words(unit: Unit, of: Solved) -> str:
    """Return a unit in words: `USD per share`, `ratio`, `CNY m`."""
    words = unit.value
    for line in (description.price_currency, description.reporting_currency):
        words = words.replace(line.label.lower(), str(of.values[line]))
    return words
