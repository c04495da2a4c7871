"""Is every choice one of those offered? What is typed into a choice cell may be anything.

A choice that nothing answers to is passed over, or makes a fact n/a, without another sign.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    count_where,
    each,
    equal,
    given_text,
    known,
    same,
    sum_known,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model import launch
from reportgen.model.dims import FACT, OFFER, SCENARIOS, SEGMENT
from reportgen.model.evidence import claims, products
from reportgen.model.valuation import pe_choice, scenario_choice, stakes_choice
from reportgen.model.whatif import grids
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


def _amiss(name: str, told: Node) -> Line:
    """Return the line that tells whether one choice is of what is not offered."""
    return line(f"check.choice_{name}", f"Choice not offered: {name}", Unit.FLAG, told)


def _neither(choice: Line, one: int, other: int) -> Node:
    """Return 1 where a number is chosen that is neither of two."""
    offered = equal(or_zero(choice), one) | equal(or_zero(choice), other)
    return where(known(choice) & ~offered, 1, 0)


def _without_row(key: str, choice: Line, value: Line) -> Line:
    """Return the line that tells of each fact whether its choice names no row of it."""
    missing = where(known(choice), where(known(value), 0, 1), 0)
    return line(f"{key}.choice_amiss", "Choice names no row", Unit.FLAG, missing)


fact_amiss = _without_row("fact[{fact}]", claims.fact_choice, claims.facts.value)
offer_amiss = _without_row("fact[{offer}]", products.offer_choice, products.offers.value)
_is_case = reduce(or_, (same(scenario_choice, name) for name in SCENARIOS))
_segment = count_where(SEGMENT, equal(each(grids.segment_place), grids.segment_choice))
count = line(
    "check.choices",
    "Choices of what is not offered",
    Unit.COUNT,
    _amiss("case", where(given_text(scenario_choice) & ~_is_case, 1, 0))
    + _amiss("segment", where(known(grids.segment_choice), 1 - _segment, 0))
    + _amiss("stakes", _neither(stakes_choice, 0, 1))
    + _amiss("multiple", _neither(pe_choice, 1, 2))
    + _amiss("market", _neither(launch.market_choice, 1, 2))
    + sum_known(fact_amiss, FACT)
    + sum_known(offer_amiss, OFFER),
)
