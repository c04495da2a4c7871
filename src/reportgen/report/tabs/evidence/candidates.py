"""How candidates for one fact stand to each other, and what became of it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    concat,
    count_known,
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
from reportgen.model.number_text import in_words
from reportgen.model.ranks import above, first, larger, place_in_order
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Node
    from reportgen.model.evidence.weighted_median import Facts, Weighed


class Story(NamedTuple):
    """For each fact: where its value comes from, what it was before, and that in words."""

    row: Line
    source: Line
    changed_on: Line
    changed_from: Line
    span: Line
    outdated: Line
    within: Line
    agreeing: Line
    agreement: Line
    change: Line


def story(w: Weighed, m: Moves, table: CandidateTable, source: Line) -> Story:
    """Return the lines that tell what became of a fact."""
    c, facts = w.of, table.facts
    mine = same(each(c.fact_id), table.fact_id)

    def made(name: str, label: str, unit: Unit, expr: Node) -> Line:
        return line(f"{table.prefix}.{name}", label, unit, expr)

    def before(column: Line) -> Node:
        return where(facts.changed > 0, sum_where(c.dim, mine * each(m.last_moved), column), NA)

    row = made(
        "row",
        "Row used",
        Unit.COUNT,
        where(known(facts.value), where(known(table.choice), table.choice, facts.chosen_row), 0),
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
    within = made(
        "within",
        "Range, within the tolerance",
        Unit.TEXT,
        concat("agree within ", percent(facts.tolerance), ": ", span),
    )
    agreeing = made(
        "agreeing",
        "Agreement, where there is no conflict",
        Unit.TEXT,
        where(
            facts.high > facts.low,
            within,
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
            concat("; changed since ", in_words(changed_on), " from ", fixed(changed_from, 2)),
            "",
        ),
    )
    return Story(
        row,
        made("used_source", "Source used", Unit.TEXT, words),
        changed_on,
        changed_from,
        span,
        outdated,
        within,
        agreeing,
        agreement,
        change,
    )


class CandidateTable(NamedTuple):
    """Facts, the dimension they run along, and the start of their keys."""

    dim: Dim
    prefix: str
    fact_id: Line
    choice: Line
    facts: Facts
    row_of: Line  # of each candidate's fact


class Moves(NamedTuple):
    """For each candidate: its share of the weight, and how it stands to the others of its fact.

    `place` counts the later or firmer rows.
    """

    share: Line
    place: Line
    last_moved: Line
    crowded: Line
    counted: Line
    standing: Line
    in_conflict: Line

    def against(self, facts: Facts) -> Node:
        """Return what speaks against a candidate of those facts, in a word."""
        older = where(or_zero(facts.beside.moved) > 0, "older: it has changed since", "")
        return where(or_zero(self.in_conflict) > 0, "conflict", older)


def moves(w: Weighed, table: CandidateTable) -> Moves:
    """Return the lines beside each candidate."""
    c, moved = w.of, table.facts.beside.moved

    def made(name: str, label: str, unit: Unit, expr: Node) -> Line:
        return line(f"{c.prefix}.{name}", label, unit, expr)

    share = made(
        "share",
        "Share of the weight",
        Unit.RATIO,
        where((w.used > 0) & (w.weight_in_all > 0), w.weight / w.weight_in_all, NA),
    )
    # of one day the exact figure, then the earlier row, as Competitors picks its previous price
    firmer = made(
        "firmness",
        "Order within a day: exact ones first",
        Unit.COUNT,
        c.number + c.is_approximate * count_known(c.number, c.dim),
    )
    later = larger(c.observed, above(firmer))
    place = place_in_order(f"{c.prefix}.place_by_day", "Later or firmer rows", c.dim, later)
    rivals = same(each(c.fact_id), c.fact_id) * each(moved) * above(place)
    last_moved = made(
        "last_moved",
        "Newest of those",
        Unit.FLAG,
        first(c.dim, moved > 0, rivals),
    )
    crowded = made(
        "crowded",
        "Share of the weight of its publisher",
        Unit.TEXT,
        where(w.crowd > 1, concat("; weight / ", w.crowd, ": of one publisher"), ""),
    )
    counted = made(
        "counted",
        "How it counts",
        Unit.TEXT,
        concat(
            where(w.chosen > 0, "chosen", "used"),
            crowded,
            where(c.is_bound > 0, ": a bound, none firmer", ""),
        ),
    )
    standing = made(
        "standing",
        "Standing",
        Unit.TEXT,
        where(
            w.standing < 1,
            "set aside: bound",
            where(w.used < 1, "superseded by a newer one", counted),
        ),
    )
    conflict = pick(table.facts.conflict, table.dim, table.row_of)
    in_conflict = made(
        "in_conflict",
        "In conflict",
        Unit.FLAG,
        where((w.recent > 0) & (or_zero(conflict) > 0), 1, 0),
    )
    return Moves(share, place, last_moved, crowded, counted, standing, in_conflict)


def no_candidate(key: str, amount: Line, published: Line, without: Node) -> Line:
    """Return why a row does not count yet; `without` is what to say where it holds no amount."""
    undated = line(
        f"{key}.undated",
        "Not known yet, or why never",
        Unit.TEXT,
        where(known(published), "not known yet", "set aside: no day of publication"),
    )
    told = where(known(amount), undated, without)
    return line(f"{key}.waiting", "Why it does not count yet", Unit.TEXT, told)
