"""How candidates for one fact stand to each other, and what became of it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    concat,
    date_text,
    each,
    fixed,
    known,
    percent,
    pick,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.ranks import above, first, larger, place_in_order, smaller
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Node
    from reportgen.model.evidence.weighted_median import Facts, Weighed


class Story(NamedTuple):
    """For each fact: where its value comes from, what it was before, and that in words."""

    chosen_row: Line
    row: Line
    source: Line
    changed_on: Line
    changed_from: Line
    span: Line
    outdated: Line
    agreeing: Line
    agreement: Line
    change: Line


def story(w: Weighed, m: Moves, table: Table, source: Line) -> Story:
    """Return the lines that tell what became of a fact."""
    c, facts = w.of, table.facts
    mine = same(each(c.fact_id), table.fact_id)

    def made(name: str, label: str, unit: Unit, expr: Node) -> Line:
        return line(f"{table.prefix}.{name}", label, unit, expr)

    def before(column: Line) -> Node:
        return where(facts.changed > 0, sum_where(c.dim, mine * each(m.last_moved), column), NA)

    chosen_row = made(
        "chosen_row",
        "Row chosen",
        Unit.COUNT,
        sum_where(c.dim, mine * each(w.chosen), c.number),
    )
    row = made(
        "row",
        "Row used",
        Unit.COUNT,
        where(known(facts.value), where(known(table.choice), table.choice, chosen_row), 0),
    )
    words = where(or_zero(row) >= 1, pick(source, c.dim, row), "")
    changed_on = made("changed_on", "Last seen otherwise", Unit.DATE, before(c.observed))
    changed_from = made("changed_from", "At", Unit.NUMBER, before(w.ranked))
    span = made(
        "span", "Range", Unit.TEXT, concat(fixed(facts.low, 2), " to ", fixed(facts.high, 2))
    )
    slack = facts.tolerance * absolute(facts.weighed_value)
    beyond = (facts.weighed_value < facts.low - slack) | (facts.weighed_value > facts.high + slack)
    outdated = made(
        "outdated",
        "Newest candidates differ from the value",
        Unit.FLAG,
        where(known(facts.weighed_value) & known(facts.low), where(beyond, 1, 0), 0),
    )
    agreeing = made(
        "agreeing",
        "Agreement, where there is no conflict",
        Unit.TEXT,
        where(
            facts.high > facts.low,
            concat("agree within ", percent(facts.tolerance), ": ", span),
            where(facts.candidates > 1, "agree", "one candidate"),
        ),
    )
    agreement = made(
        "agreement",
        "Agreement",
        Unit.TEXT,
        where(
            facts.candidates < 1,
            "no candidate",
            where(
                facts.conflict > 0,
                concat("conflict: ", span),
                where(outdated > 0, concat("changed: the newest say ", span), agreeing),
            ),
        ),
    )
    change = made(
        "change",
        "Change over time",
        Unit.TEXT,
        where(
            known(changed_from),
            concat("; changed since ", date_text(changed_on), " from ", fixed(changed_from, 2)),
            "",
        ),
    )
    return Story(
        chosen_row,
        row,
        made("used_source", "Source used", Unit.TEXT, words),
        changed_on,
        changed_from,
        span,
        outdated,
        agreeing,
        agreement,
        change,
    )


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
        where((w.standing > 0) & (w.recent < 1) & known(slack), beyond, 0),
    )
    # of one day the exact figure, then the earlier row, as Competitors picks its previous price
    firmer = smaller(c.is_approximate, above(c.number))
    later = larger(c.observed, firmer)
    place = place_in_order(f"{c.prefix}.place_by_day", "Later or firmer rows", c.dim, later)
    rivals = same(each(c.fact_id), c.fact_id) * each(moved) * above(place)
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
            w.standing < 1,
            "set aside: bound",
            where(
                w.used < 1,
                "superseded by a newer one",
                concat(
                    where(w.chosen > 0, "chosen", "used"),
                    where(w.crowd > 1, concat("; ", crowded), ""),
                    where(c.is_bound > 0, ": a bound, none firmer", ""),
                ),
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
