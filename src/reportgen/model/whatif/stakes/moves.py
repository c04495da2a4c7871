"""Each input moved up and down by the shock of the policy."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from reportgen.expr.functions import absolute, spot
from reportgen.expr.nodes import Study, Unit, Varied, WhatIf
from reportgen.model.dims import DIRECTION, DIRECTIONS, SCENARIO, SCENARIOS, STAKE
from reportgen.model.given_values import numbered
from reportgen.model.inputs.assumptions import probability
from reportgen.model.inputs.constants import policy
from reportgen.model.keys import cells
from reportgen.model.naming import name_of, segment_names
from reportgen.model.valuation import expected_value
from reportgen.model.whatif.stakes.rests_on import resting_on
from reportgen.model.words import given, line, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question

_SHOCK = policy("weak.shock")

number = row_number("stake[{stake}].number", STAKE)
key = given("stake[{stake}].key", "Key", Unit.TEXT, STAKE)
label = given("stake[{stake}].label", "What the value rests on", Unit.TEXT, STAKE)
study = Study("stakes", "Value at stake: moved up and down", (STAKE, DIRECTION), (expected_value,))
moved = line(
    "stake[{stake}].expected[{direction}]",
    "Expected value",
    Unit.PER_SHARE,
    Varied(study, expected_value),
)
change = line(
    "stake[{stake}].change[{direction}]", "Change", Unit.PER_SHARE, absolute(moved - expected_value)
)


def ask(question: Question) -> None:
    """Add each thing that the expected value of this company rests on, moved up and down."""
    stakes = resting_on(question)
    question.dimension(STAKE, (*(found for _, found, _ in stakes), *_probabilities()))
    question.members[DIRECTION] = DIRECTIONS
    question.give(number, numbered(question.members[STAKE]))
    question.give(key, list(question.members[STAKE]))
    segments = segment_names(question.given, question.members)
    named = [name_of(stake.line, at, segments) for stake, _, at in stakes]
    chances_named = [name_of(probability, (name,), segments) for name in SCENARIOS]
    question.give(label, [*named, *chances_named])
    ups = [
        WhatIf(f"{found},{way}", f"{found} {way}", ((stake.line, at, _moved(stake.line, at, way)),))
        for (stake, found, at), way in product(stakes, DIRECTIONS)
    ]
    chances = [
        WhatIf(f"{found},{way}", f"{found} {way}", _chances(name, way))
        for (name, found), way in product(zip(SCENARIOS, _probabilities(), strict=True), DIRECTIONS)
    ]
    question.what_ifs[study] = (*ups, *chances)


def _probabilities() -> tuple[str, ...]:
    return tuple(key for key, _ in cells(probability, {SCENARIO: SCENARIOS}))


def _moved(of: Line, at: tuple[str, ...], way: str) -> Node:
    own = spot(of, *at)
    return own * (1 + _SHOCK) if way == "up" else own * (1 - _SHOCK)


def _chances(name: str, way: str) -> tuple[tuple[Line, tuple[str, ...], Node], ...]:
    """Return one probability moved, and the others scaled so that they still sum to 1."""
    own, new = spot(probability, name), _moved(probability, (name,), way)
    others = (other for other in SCENARIOS if other != name)
    return (
        (probability, (name,), new),
        *((probability, (it,), spot(probability, it) * (1 - new) / (1 - own)) for it in others),
    )
