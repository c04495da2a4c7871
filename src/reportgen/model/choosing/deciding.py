"""Deciding each fact: the value used, its range, and whether sources disagree about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    count_where,
    each,
    equal,
    known,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.inputs.constants import policy
from reportgen.model.words import line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.choosing.weighing import Weighed


class Facts(NamedTuple):
    """What became of each fact: the value used, its range and whether it is disputed."""

    candidates: Line
    weighed_value: Line
    value: Line
    low: Line
    high: Line
    approximate: Line
    tolerance: Line
    spread: Line
    conflict: Line
    changed: Line
    bound_only: Line


def decide(w: Weighed, fact_id: Line, choice: Line, prefix: str) -> Facts:
    """Return the lines of each fact; `choice` is the row number an analyst prefers, or blank."""
    dim = w.of.dim
    mine = same(each(w.of.fact_id), fact_id)

    def made(name: str, label: str, unit: Unit, expr: Node) -> Line:
        return line(f"{prefix}.{name}", label, unit, expr)

    def flagged(flag: Line) -> Node:
        return mine * each(flag)

    candidates = made("count", "Candidates", Unit.COUNT, count_where(dim, flagged(w.used)))
    weighed_value = made(
        "weighed",
        "Weighed",
        Unit.NUMBER,
        where(
            count_where(dim, flagged(w.chosen)) > 0, sum_where(dim, flagged(w.chosen), w.ranked), NA
        ),
    )
    picked = mine * each(w.of.is_known) * equal(each(w.of.number), choice)
    value = made(
        "value",
        "Value used",
        Unit.NUMBER,
        where(
            known(choice),
            where(count_where(dim, picked) > 0, sum_where(dim, picked, w.of.value), NA),
            weighed_value,
        ),
    )
    some = candidates > 0
    low = made(
        "low", "Low", Unit.NUMBER, where(some, sum_where(dim, flagged(w.is_low), w.ranked), NA)
    )
    high = made(
        "high", "High", Unit.NUMBER, where(some, sum_where(dim, flagged(w.is_high), w.ranked), NA)
    )
    approximate = made(
        "approximate",
        "Approximate ones",
        Unit.COUNT,
        count_where(dim, flagged(w.recent) * each(w.of.is_approximate)),
    )
    tolerance = made(
        "tolerance",
        "Tolerance",
        Unit.RATIO,
        where(
            approximate > 0,
            policy("conflict.approximate"),
            policy("conflict.exact"),
        ),
    )
    spread = made(
        "spread",
        "Spread",
        Unit.RATIO,
        where(absolute(weighed_value) > 0, (high - low) / absolute(weighed_value), NA),
    )
    conflict = made(
        "conflict",
        "Conflict",
        Unit.FLAG,
        where(known(spread), where(spread > tolerance, 1, 0), where(high > low, 1, 0)),
    )
    older = flagged(w.used) * (1 - each(w.recent))
    slack = tolerance * absolute(weighed_value)
    moved = (each(w.ranked) > weighed_value + slack) + (each(w.ranked) < weighed_value - slack)
    changed = made(
        "changed",
        "Changed over time",
        Unit.FLAG,
        where(known(weighed_value), where(count_where(dim, older * moved) > 0, 1, 0), 0),
    )
    bound_only = made(
        "bound_only",
        "Bound only",
        Unit.FLAG,
        where(count_where(dim, flagged(w.used) * each(w.of.is_bound)) > 0, 1, 0),
    )
    return Facts(
        candidates,
        weighed_value,
        value,
        low,
        high,
        approximate,
        tolerance,
        spread,
        conflict,
        changed,
        bound_only,
    )
