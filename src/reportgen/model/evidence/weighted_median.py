"""Facts that disagree: the lower weighted median of the candidates, its range, and conflicts.

weight = reliability x 2^(-age/half-life) / (candidates of the same publisher group); bounds are
set aside where anything firmer is known, and what is older than the newest by more than a window is
superseded. Written once for any table of candidates, in rows that can be audited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    count_where,
    each,
    equal,
    known,
    minimum,
    pick,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Line, Unit
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.ranks import above, first, larger, place_in_order, smaller
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Node


class Candidates(NamedTuple):
    """The columns of a table of candidates that the choice needs; all along one dimension."""

    dim: Dim
    prefix: str  # of the keys of the lines to be made, with the place of the row in it
    fact_id: Line
    number: Line
    is_known: Line
    value: Line
    is_bound: Line
    is_approximate: Line
    group: Line
    reliability: Line
    observed: Line
    half_life: Node
    window: Node  # days before the newest one within which a candidate is not superseded


class Weighed(NamedTuple):
    """The candidates with their weights: one line a column of the table."""

    of: Candidates
    firmer: Line
    standing: Line
    used: Line
    crowd: Line
    age: Line
    weight: Line
    ranked: Line
    weight_up_to: Line
    weight_in_all: Line
    qualifies: Line
    chosen: Line
    recent: Line
    is_low: Line
    is_high: Line

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line made here, in order."""
        return tuple(part for part in self if isinstance(part, Line))


def weigh(c: Candidates, age: Line | None = None) -> Weighed:
    """Return the lines that weigh every candidate and flag the chosen one of each fact.

    `age` are the days since each was observed, where they stand in a line already.
    """
    dim = c.dim
    alike = same(each(c.fact_id), c.fact_id)
    half = policy("choice.median_tolerance")

    def made(name: str, label: str, unit: Unit, expr: Node) -> Line:
        return line(f"{c.prefix}.{name}", label, unit, expr)

    firmer = made(
        "firmer",
        "Firm candidates",
        Unit.COUNT,
        count_where(dim, alike * each(c.is_known) * (1 - each(c.is_bound))),
    )
    standing = made(
        "not_set_aside",
        "Not set aside as a bound",
        Unit.FLAG,
        where((c.is_known > 0) & ((c.is_bound < 1) | (firmer < 1)), 1, 0),
    )
    used = made(
        "used",
        "Used",
        Unit.FLAG,
        first(
            dim,
            standing > 0,
            alike * each(standing) * (each(c.observed) > c.observed + or_zero(c.window)),
        ),
    )
    crowd = made(
        "crowd",
        "Of one publisher",
        Unit.COUNT,
        count_where(dim, alike * same(each(c.group), c.group) * each(used)),
    )
    if age is None:
        age = made("age", "Age, days", Unit.DAYS, as_of - c.observed)
    # A thousand half-lives are as good as ever: LibreOffice takes smaller powers for an error.
    halvings = minimum(age / c.half_life, 1000)
    weight = made(
        "weight",
        "Weight",
        Unit.NUMBER,
        where(used > 0, or_zero(c.reliability) * 2 ** (-halvings) / crowd, 0),
    )
    ranked = made(
        "ranked", "Value, 0 if set aside", Unit.NUMBER, where(standing > 0, or_zero(c.value), 0)
    )
    below = each(ranked) <= ranked
    weight_up_to = made(
        "weight_up_to", "Weight up to here", Unit.NUMBER, sum_where(dim, alike * below, weight)
    )
    weight_in_all = made(
        "weight_in_all", "Weight of the fact", Unit.NUMBER, sum_where(dim, alike, weight)
    )
    qualifies = made(
        "qualifies",
        "Reaches half",
        Unit.FLAG,
        where(
            (used > 0) & (weight_in_all > 0),
            where(weight_up_to >= weight_in_all / 2 * (1 - half), 1, 0),
            0,
        ),
    )
    under, over = (
        above(place_in_order(f"{c.prefix}.{name}", label, dim, ahead))
        for name, label, ahead in (
            ("place_from_below", "Rows of less", smaller(ranked, above(c.number))),
            ("place_from_above", "Rows of more", larger(ranked, above(c.number))),
        )
    )
    chosen = made(
        "chosen",
        "Chosen",
        Unit.FLAG,
        first(dim, qualifies > 0, alike * each(qualifies) * under),
    )
    window = policy("conflict.window_days")
    recent = made(
        "recent",
        "Within days of the newest",
        Unit.FLAG,
        first(dim, used > 0, alike * each(used) * (each(c.observed) > c.observed + window)),
    )
    is_low = made(
        "is_low",
        "Lowest",
        Unit.FLAG,
        first(dim, recent > 0, alike * each(recent) * under),
    )
    is_high = made(
        "is_high",
        "Highest",
        Unit.FLAG,
        first(dim, recent > 0, alike * each(recent) * over),
    )
    return Weighed(
        c,
        firmer,
        standing,
        used,
        crowd,
        age,
        weight,
        ranked,
        weight_up_to,
        weight_in_all,
        qualifies,
        chosen,
        recent,
        is_low,
        is_high,
    )


class FactTable(NamedTuple):
    """The facts that candidates are about: a row each, which starts their keys.

    `choice` is the row number of the candidate that an analyst prefers, or blank.
    """

    dim: Dim
    prefix: str
    fact_id: Line
    choice: Line


class Beside(NamedTuple):
    """For each candidate: what its fact is weighed to, and whether it is an older, other value."""

    weighed: Line
    slack: Line
    moved: Line


class Facts(NamedTuple):
    """What became of each fact: the value used, its range and whether it is disputed.

    `beside` are the lines along the candidates.
    """

    candidates: Line
    chosen_row: Line
    weighed_value: Line
    preferred_row: Line
    value: Line
    low: Line
    high: Line
    approximate: Line
    tolerance: Line
    spread: Line
    conflict: Line
    changed: Line
    bound_only: Line
    beside: Beside

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line along the facts, in order."""
        return tuple(part for part in self if isinstance(part, Line))


def decide(w: Weighed, of: FactTable, fact_row: Line) -> Facts:
    """Return the lines of each fact; `fact_row` is the row of each candidate's fact."""
    dim, choice = w.of.dim, of.choice
    mine = same(each(w.of.fact_id), of.fact_id)

    def made(name: str, label: str, unit: Unit, expr: Node) -> Line:
        return line(f"{of.prefix}.{name}", label, unit, expr)

    def flagged(flag: Line) -> Node:
        return mine * each(flag)

    candidates = made("count", "Candidates", Unit.COUNT, count_where(dim, flagged(w.used)))
    chosen_row = made(
        "chosen_row",
        "Row chosen",
        Unit.COUNT,
        sum_where(dim, flagged(w.chosen), w.of.number),
    )
    weighed_value = made("weighed", "Weighed", Unit.NUMBER, pick(w.ranked, dim, chosen_row))
    preferred = flagged(w.of.is_known) * equal(each(w.of.number), or_zero(choice))
    preferred_row = made(
        "preferred_row",
        "Row chosen by hand",
        Unit.COUNT,
        sum_where(dim, preferred, w.of.number),
    )
    value = made(
        "value",
        "Value used",
        Unit.NUMBER,
        where(known(choice), pick(w.of.value, dim, preferred_row), weighed_value),
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
    beside = _beside(w, weighed_value, tolerance, fact_row)
    changed = made(
        "changed",
        "Changed over time",
        Unit.FLAG,
        where(known(weighed_value), where(count_where(dim, flagged(beside.moved)) > 0, 1, 0), 0),
    )
    bound_only = made(
        "bound_only",
        "Bound only",
        Unit.FLAG,
        where(count_where(dim, flagged(w.used) * each(w.of.is_bound)) > 0, 1, 0),
    )
    return Facts(
        candidates,
        chosen_row,
        weighed_value,
        preferred_row,
        value,
        low,
        high,
        approximate,
        tolerance,
        spread,
        conflict,
        changed,
        bound_only,
        beside,
    )


def _beside(w: Weighed, weighed_value: Line, tolerance: Line, fact_row: Line) -> Beside:
    """Return the lines that tell an older value from a disputed one.

    A candidate has moved where it is older than the window of a conflict and differs from the
    weighed value by more than the tolerance.
    """

    def made(name: str, label: str, unit: Unit, expr: Node) -> Line:
        return line(f"{w.of.prefix}.{name}", label, unit, expr)

    (facts,) = weighed_value.dims
    weighed = made("of_weighed", "Weighed", Unit.NUMBER, pick(weighed_value, facts, fact_row))
    slack = made(
        "slack",
        "Tolerated difference",
        Unit.NUMBER,
        pick(tolerance, facts, fact_row) * where(weighed < 0, -weighed, weighed),
    )
    beyond = where((w.ranked > weighed + slack) | (w.ranked < weighed - slack), 1, 0)
    moved = made(
        "moved",
        "Older, and another value",
        Unit.FLAG,
        where((w.standing > 0) & (w.recent < 1) & known(slack), beyond, 0),
    )
    return Beside(weighed, slack, moved)
