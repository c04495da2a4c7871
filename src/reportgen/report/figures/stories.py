"""What became of a fact, in words: written once for any table of candidates."""

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
from reportgen.expr.nodes import NA
from reportgen.expr.units import Unit
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.evidence.weighted_median import Weighed
    from reportgen.report.figures.disputes import Moves, Table


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
