"""Weighing candidates: reliability, age, publishers, and the lower weighted median."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import count_where, each, minimum, same, sum_where, where
from reportgen.expr.nodes import Unit
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.ordering import above, first, larger, smaller
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Node


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


class Weighed(NamedTuple):
    """The candidates with their weights: one line a column of the table."""

    of: Candidates
    firmer: Line
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
        return self[1:]


def weigh(c: Candidates) -> Weighed:
    """Return the lines that weigh every candidate and flag the chosen one of each fact."""
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
    used = made(
        "used",
        "Used",
        Unit.FLAG,
        where((c.is_known > 0) & ((c.is_bound < 1) | (firmer < 1)), 1, 0),
    )
    crowd = made(
        "crowd",
        "Of one publisher",
        Unit.COUNT,
        count_where(dim, alike * same(each(c.group), c.group) * each(used)),
    )
    age = made("age", "Age, days", Unit.DAYS, as_of - c.observed)
    # A thousand half-lives are as good as ever: LibreOffice takes smaller powers for an error.
    halvings = minimum(age / c.half_life, 1000)
    weight = made(
        "weight",
        "Weight",
        Unit.NUMBER,
        where(used > 0, or_zero(c.reliability) * 2 ** (-halvings) / crowd, 0),
    )
    ranked = made("ranked", "Value, 0 if unused", Unit.NUMBER, where(used > 0, or_zero(c.value), 0))
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
    under = smaller(ranked, above(c.number))
    over = larger(ranked, above(c.number))
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
