"""How candidates for one fact stand to each other over time: written once for any table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    concat,
    each,
    known,
    pick,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA
from reportgen.expr.units import Unit
from reportgen.model.ordering import above, first, larger, smaller
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Node
    from reportgen.model.evidence.weighted_median import Facts, Weighed


class Table(NamedTuple):
    """Facts, the dimension they run along, and the start of their keys."""

    dim: Dim
    prefix: str
    number: Line
    fact_id: Line
    choice: Line
    facts: Facts


class Moves(NamedTuple):
    """For each candidate: its fact, its share of the weight, and whether the fact has moved on."""

    fact_row: Line
    share: Line
    weighed: Line
    slack: Line
    moved: Line
    last_moved: Line
    standing: Line
    in_conflict: Line


def moves(w: Weighed, table: Table) -> Moves:
    """Return the lines that tell an older value from a disputed one.

    A candidate has moved where it is older than the window of a conflict and differs from the
    weighed value by more than the tolerance: the same test that marks its fact as changed.
    """
    c, facts = w.of, table.facts

    def made(name: str, label: str, unit: Unit, expr: Node) -> Line:
        return line(f"{c.prefix}.{name}", label, unit, expr)

    def of_fact(column: Line) -> Node:
        return pick(column, table.dim, fact_row)

    fact_row = made(
        "fact_row",
        "Row of its fact",
        Unit.COUNT,
        sum_where(table.dim, same(each(table.fact_id), c.fact_id), table.number),
    )
    share = made(
        "share",
        "Share of the weight",
        Unit.RATIO,
        where((w.used > 0) & (w.weight_in_all > 0), w.weight / w.weight_in_all, NA),
    )
    weighed = made("of_weighed", "Weighed", Unit.NUMBER, of_fact(facts.weighed_value))
    slack = made(
        "slack",
        "Tolerated difference",
        Unit.NUMBER,
        of_fact(facts.tolerance) * where(weighed < 0, -weighed, weighed),
    )
    beyond = where((w.ranked > weighed + slack) | (w.ranked < weighed - slack), 1, 0)
    moved = made(
        "moved",
        "Older, and another value",
        Unit.FLAG,
        where((w.used > 0) & (w.recent < 1) & known(slack), beyond, 0),
    )
    # of one day the exact figure, then the earlier row, as Competitors picks its previous price
    firmer = smaller(c.is_approximate, above(c.number))
    later = larger(c.observed, firmer)
    rivals = same(each(c.fact_id), c.fact_id) * each(moved) * later
    last_moved = made(
        "last_moved",
        "Newest of those",
        Unit.FLAG,
        first(c.dim, moved > 0, rivals),
    )
    crowded = concat("weight / ", w.crowd, ": of one publisher")
    standing = made(
        "standing",
        "Standing",
        Unit.TEXT,
        where(
            w.used < 1,
            "set aside: bound",
            concat(
                where(w.chosen > 0, "chosen", "used"),
                where(w.crowd > 1, concat("; ", crowded), ""),
                where(c.is_bound > 0, ": a bound, none firmer", ""),
            ),
        ),
    )
    in_conflict = made(
        "in_conflict",
        "In conflict",
        Unit.FLAG,
        where((w.recent > 0) & (or_zero(of_fact(facts.conflict)) > 0), 1, 0),
    )
    return Moves(fact_row, share, weighed, slack, moved, last_moved, standing, in_conflict)


def no_candidate(key: str, amount: Line, published: Line, without: Node) -> Line:
    """Return why a row does not count yet; `without` is what to say where it holds no amount."""
    dated = where(known(published), "not known yet", "set aside: no day of publication")
    told = where(known(amount), dated, without)
    return line(f"{key}.waiting", "Why it does not count yet", Unit.TEXT, told)
