"""What every headline would be if another candidate of a disputed fact were right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import spot
from reportgen.expr.nodes import Dim, Line, Number, Study, Unit, Varied, WhatIf
from reportgen.model import launch, requested
from reportgen.model.cell_names import fact_in_words
from reportgen.model.dims import ALTERNATIVE, CLAIM, PRODUCT, VARIANT
from reportgen.model.evidence.claims import (
    claim_amount,
    claim_key,
    claim_source,
    claim_unit,
    claim_value,
    claim_variant,
    fact_id,
)
from reportgen.model.evidence.products import (
    product_currency,
    product_name,
    product_price,
    product_source,
    product_value,
    product_variant,
    product_vendor,
)
from reportgen.model.hype.adjusted_value import hype_value
from reportgen.model.hype.price_targets import consensus
from reportgen.model.inputs import description
from reportgen.model.keys import NONE, escaped
from reportgen.model.valuation import expected_value, pe_choice, stakes_choice, value
from reportgen.model.words import given, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.model.question import Question
    from reportgen.model.words import Entry


class Candidate(NamedTuple):
    """A candidate of a disputed fact: its table, member and row number, as stated, by whom."""

    dim: Dim
    member: str
    number: int
    shown: str
    source: str


class Fed(NamedTuple):
    """A fact that the launch reads: the line and the member that it feeds, and its candidates."""

    fact: str
    line: Line
    place: tuple[str, ...]
    rows: list[Candidate]


class _Declared(NamedTuple):
    """An alternative with a choice cell of its own: its options, and when a pack asks for it."""

    control: Line
    name: str
    options: tuple[tuple[int, str], ...]
    is_asked: Callable[[Question], bool]


class Alternative(NamedTuple):
    """One other truth: what it replaces, what is in question, and the choice to type for it."""

    what_if: WhatIf
    topic: str
    code: float


topic = given("alternative[{alternative}].topic", "In question", Unit.TEXT, ALTERNATIVE)
option = given("alternative[{alternative}].option", "If this is right", Unit.TEXT, ALTERNATIVE)
code = given("alternative[{alternative}].code", "Choice to type", Unit.COUNT, ALTERNATIVE)
outputs = (value, expected_value, hype_value, consensus)
study = Study("alternatives", "Headlines under each alternative", (ALTERNATIVE,), outputs)


def _under(of: Line, name: str) -> Line:
    key = f"alternative[{{alternative}}].{name}"
    return line(key, of.label, of.unit, Varied(study, of))


values = line(
    "alternative[{alternative}].{scenario}",
    "Value in 12 months",
    Unit.PER_SHARE,
    Varied(study, value),
)
expected = _under(expected_value, "expected_value")
hype_adjusted = _under(hype_value, "hype_value")
consensus_then = _under(consensus, "consensus")
expected_change = line(
    "alternative[{alternative}].change",
    "Change of the expected value",
    Unit.PER_SHARE,
    expected - expected_value,
)


_DECLARED: tuple[_Declared, ...] = (
    _Declared(
        launch.market_choice,
        "Market of the launch",
        ((1, "top-down"), (2, "bottom-up")),
        requested.launch,
    ),
    _Declared(
        pe_choice,
        "P/E multiple of the bull case",
        ((1, "own assumption"), (2, "peers'")),
        requested.peer_multiple,
    ),
    _Declared(
        stakes_choice,
        "Stakes outside the segments",
        ((0, "left out"), (1, "counted in")),
        requested.stakes,
    ),
)


def ask(question: Question) -> None:
    """Add the declared alternatives, and the candidates of every disputed fact the model reads."""
    found = [*_declared(question), *_disputed(question)]
    question.dimension(ALTERNATIVE, (one.what_if.key for one in found))
    question.give(topic, [one.topic for one in found])
    question.give(option, [one.what_if.label for one in found])
    question.give(code, [one.code for one in found])
    nothing = WhatIf(NONE, "no alternative", ())
    question.what_ifs[study] = tuple(one.what_if for one in found) or (nothing,)


def _declared(question: Question) -> list[Alternative]:
    return [
        Alternative(
            WhatIf(f"{one.name}: {text}", text, ((one.control, (), Number(float(number))),)),
            one.name,
            number,
        )
        for one in _DECLARED
        if one.is_asked(question)
        for number, text in one.options
    ]


def _disputed(question: Question) -> list[Alternative]:
    """Return the distinct candidates of each fact that feeds the model and has more than one."""
    found = []
    for fed in _read_by_the_launch(question):
        distinct = {row.shown: row for row in reversed(fed.rows)}
        if len(distinct) == 1:
            continue
        for row in sorted(distinct.values(), key=lambda row: row.number):
            worth = spot(claim_value if row.dim is CLAIM else product_value, row.member)
            label = f"{row.shown} ({row.source})"
            what_if = WhatIf(f"{fed.fact}: {row.number}", label, ((fed.line, fed.place, worth),))
            found.append(Alternative(what_if, fact_in_words(fed.fact), float(row.number)))
    return found


def _read_by_the_launch(question: Question) -> list[Fed]:
    """Return the facts that the launch reads, each with its candidates."""
    ids = question.given[fact_id].tolist()
    market = str(question.given[description.launch_market])
    claims = _table(
        question, CLAIM, (claim_key, claim_variant), claim_amount, claim_unit, claim_source
    )
    names = (product_vendor, product_name, product_variant)
    prices = _table(question, PRODUCT, names, product_price, product_currency, product_source)
    found = []
    for fact, rows in claims.items():
        target = launch.line_fed_by(fact, market, ids)
        if target is not None:
            found.append(Fed(fact, target, (), rows))
    vendor, launched = description.own_vendor, description.launch_name
    own = f"{question.given[vendor]}/{question.given[launched]}/".casefold()
    variants = {name.casefold(): name for name in question.members[VARIANT]}
    for fact, rows in prices.items():
        variant = fact.casefold().removeprefix(own)
        if fact.casefold().startswith(own) and escaped(variant) in variants:
            place = (variants[escaped(variant)],)
            found.append(Fed(f"product/{fact}", launch.variant_price, place, rows))
    return found


def _table(
    question: Question, dim: Dim, names: tuple[Line, ...], amount: Entry, unit: Line, source: Line
) -> dict[str, list[Candidate]]:
    """Return the rows of a table of candidates by fact."""
    rows: dict[str, list[Candidate]] = {}
    columns = [question.given[name].tolist() for name in names]
    stated = question.issued(amount).tolist()
    units = question.given[unit].tolist()
    sources = question.given[source].tolist()
    for k, member_ in enumerate(question.members[dim]):
        if columns[0][k]:
            fact = "/".join(column[k] for column in columns)
            shown = f"{stated[k]:,g} {units[k]}".strip()
            rows.setdefault(fact, []).append(Candidate(dim, member_, k + 1, shown, sources[k]))
    return rows
