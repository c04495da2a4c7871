"""Trailing twelve months of a flow, from quarters, halves, years or a mix of them.

Twelve months that end with a period are full where periods of its own length cover them: four
quarters, two halves, a year. They are rolled on where they start from the last full year: that
year, plus what was reported since, less the same periods of the year before. Of each series the
twelve months that end last count, of equal ends the first of `CYCLES`. The year before is the sum
over the same periods a year earlier, as reported or by the change on a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    at,
    concat,
    count_where,
    each,
    either,
    equal,
    known,
    largest,
    pick,
    same,
    smallest,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import CYCLE, FLOW, FUNDAMENTAL
from reportgen.model.fundamentals import (
    ROW,
    ends,
    has_value,
    has_yoy,
    in_price_currency,
    length,
    period_end,
    place,
    published,
    row,
    series,
    yoy,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.ranks import above, first
from reportgen.model.words import counted, given, line, lines_in, or_zero, the

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


class Cycle(NamedTuple):
    """What twelve months are made of: periods so many months long, after a full year or not."""

    words: str
    months: int
    rolled: bool = False


OF_CYCLE = {
    "quarters": Cycle("four quarters", 3),
    "halves": Cycle("two halves", 6),
    "year": Cycle("a year", 12),
    "year_and_half": Cycle("a year, rolled on by a half", 6, rolled=True),
    "year_and_quarters": Cycle("a year, rolled on by quarters", 3, rolled=True),
}
EPS, EBITDA, EBITA, REVENUE, FREE_CASH_FLOW = GROUP_FLOWS = tuple(
    f"group,{metric}" for metric in ("eps", "ebitda", "ebita", "revenue", "free_cash_flow")
)

# --- of each period the newest figure, the newest change, and the figure a year earlier ---
period_slot = line(
    f"{ROW}.period_slot",
    "Series, length and end of its period",
    Unit.TEXT,
    concat(series, "|", length, "|", ends),
)
SAME_PERIOD = same(each(period_slot), period_slot)


def newest_of_period(eligible: Line) -> Node:
    """Return 1 for the newest row of a series and period, of those that are eligible."""
    counted = (eligible > 0) & (ends > 0)
    return first(FUNDAMENTAL, counted, SAME_PERIOD * each(eligible) * above(place))


counts = line(f"{ROW}.counts", "Newest of its period", Unit.FLAG, newest_of_period(has_value))
counts_for_yoy = line(
    f"{ROW}.counts_for_yoy", "Newest change of its period", Unit.FLAG, newest_of_period(has_yoy)
)
stated_row = line(
    f"{ROW}.stated_yoy_row",
    "Row of the change stated of the period",
    Unit.COUNT,
    sum_where(FUNDAMENTAL, SAME_PERIOD * each(counts_for_yoy), row),
)
stated_yoy = line(
    f"{ROW}.stated_yoy",
    "Change on a year, as stated of the period",
    Unit.CHANGE,
    pick(yoy, FUNDAMENTAL, stated_row),
)
period_key = line(
    f"{ROW}.period_key",
    "Series, length and end of a period, where it counts",
    Unit.TEXT,
    where(counts > 0, period_slot, ""),
)
year_ago_row = line(
    f"{ROW}.year_ago_row",
    "Row of a year earlier",
    Unit.COUNT,
    where(
        ends > 0,
        sum_where(
            FUNDAMENTAL,
            same(each(period_key), concat(series, "|", length, "|", ends - 12)),
            row,
        ),
        0,
    ),
)
year_ago = line(
    f"{ROW}.year_ago",
    "The figure a year earlier",
    Unit.NUMBER,
    pick(in_price_currency, FUNDAMENTAL, year_ago_row),
)
computed_yoy = line(
    f"{ROW}.computed_yoy",
    "Change on a year, by the two figures",
    Unit.CHANGE,
    where((year_ago > 0) & (counts > 0), in_price_currency / year_ago - 1, NA),
)
period_yoy = line(
    f"{ROW}.period_yoy",
    "Change on a year",
    Unit.CHANGE,
    either(stated_yoy, computed_yoy),
)
before = line(
    f"{ROW}.before",
    "A year earlier, else by the change",
    Unit.NUMBER,
    either(year_ago, where(stated_yoy > -1, in_price_currency / (1 + stated_yoy), NA)),
)


# --- twelve months that end with each period ---
slot = line(
    f"{ROW}.slot",
    "Series and length, where it counts",
    Unit.TEXT,
    where(counts > 0, concat(series, "|", length), ""),
)
_ALIKE = same(each(slot), slot)
_A_YEAR = _ALIKE * (each(ends) > ends - 12) * (each(ends) <= ends)


def _is_known(key: str, of: Line) -> Line:
    return line(key, f"{of.label}: known", Unit.FLAG, where(known(of), 1, 0))


has_price = _is_known(f"{ROW}.has_price", in_price_currency)
has_before = _is_known(f"{ROW}.has_before", before)


class Column(NamedTuple):
    """A column of the table that is summed over periods, and whether it is known in each."""

    name: str
    label: str
    values: Line
    is_known: Line


_FIGURE = Column("", "", in_price_currency, has_price)
_BEFORE = Column("_before", ", the year before", before, has_before)


class Part(NamedTuple):
    """Periods that are summed: the sum of a column, and the months that known figures cover."""

    total: Line
    months: Line


def _part(name: str, label: str, periods: Node, column: Column) -> Part:
    key, words = f"{ROW}.{name}{column.name}", f"{label}{column.label}"
    return Part(
        # rows that do not count have no slot: they would be summed with each other
        line(
            key,
            words,
            Unit.NUMBER,
            where(counts > 0, sum_where(FUNDAMENTAL, periods, column.values), 0),
        ),
        line(
            f"{key}_months",
            f"{words}: months known",
            Unit.COUNT,
            count_where(FUNDAMENTAL, periods * each(column.is_known)) * length,
        ),
    )


A_YEAR, A_YEAR_BEFORE = (
    _part("a_year", "Periods of one length in twelve months", _A_YEAR, column)
    for column in (_FIGURE, _BEFORE)
)
full = line(
    f"{ROW}.twelve_months_full",
    "Twelve months of such periods",
    Unit.NUMBER,
    where((counts > 0) & equal(A_YEAR.months, 12), A_YEAR.total, NA),
)
full_before = line(
    f"{ROW}.twelve_months_full_before",
    "The year before of it",
    Unit.NUMBER,
    where(known(full) & equal(A_YEAR_BEFORE.months, 12), A_YEAR_BEFORE.total, NA),
)
last_year_row = line(
    f"{ROW}.last_year_row",
    "Row of the full year before, 0 if none",
    Unit.COUNT,
    where(
        counts > 0,
        sum_where(
            FUNDAMENTAL,
            same(each(slot), concat(series, "|12"))
            * (each(ends) > ends - 12)
            * (each(ends) < ends),
            row,
        ),
        0,
    ),
)
year_end = line(
    f"{ROW}.year_end",
    "Last month of the full year before, 0 if none",
    Unit.COUNT,
    or_zero(pick(ends, FUNDAMENTAL, last_year_row)),
)
year = line(
    f"{ROW}.year", "That year", Unit.NUMBER, pick(in_price_currency, FUNDAMENTAL, last_year_row)
)
year_before = line(
    f"{ROW}.year_before",
    "The year before that",
    Unit.NUMBER,
    pick(before, FUNDAMENTAL, last_year_row),
)
_SINCE = _ALIKE * (each(ends) > year_end) * (each(ends) <= ends)
_THEN = _ALIKE * (each(ends) > year_end - 12) * (each(ends) <= ends - 12)
SINCE, SINCE_BEFORE = (
    _part("since_year", "Periods since that year", _SINCE, column) for column in (_FIGURE, _BEFORE)
)
THEN, THEN_BEFORE = (
    _part("within_year", "The same periods of that year", _THEN, column)
    for column in (_FIGURE, _BEFORE)
)


def _rolled(of_year: Line, since: Part, then: Part) -> Node:
    """Return a year, plus the periods since, less the same of the year before; n/a if not all."""
    whole = equal(since.months, ends - year_end) & equal(then.months, ends - year_end)
    return where((year_end > 0) & whole, of_year + since.total - then.total, NA)


rolled = line(
    f"{ROW}.twelve_months_rolled",
    "Twelve months rolled on from a year",
    Unit.NUMBER,
    _rolled(year, SINCE, THEN),
)
rolled_before = line(
    f"{ROW}.twelve_months_rolled_before",
    "The year before of it",
    Unit.NUMBER,
    where(known(rolled), _rolled(year_before, SINCE_BEFORE, THEN_BEFORE), NA),
)


def _last(of: Line) -> Node:
    """Return 1 for the latest period of its length that twelve months end with."""
    return first(FUNDAMENTAL, of > 0, _ALIKE * each(of) * (each(ends) > ends))


has_full = _is_known(f"{ROW}.has_full", full)
has_rolled = _is_known(f"{ROW}.has_rolled", rolled)
last_full = line(f"{ROW}.last_full", "Latest such", Unit.FLAG, _last(has_full))
last_rolled = line(f"{ROW}.last_rolled", "Latest rolled on", Unit.FLAG, _last(has_rolled))


# --- of each series the candidates, and the one that ends last ---
_FLOW = "twelve_months[{flow}]"
flow_series = given(f"{_FLOW}.series", "Series", Unit.TEXT, FLOW)
flow_number = counted(f"{_FLOW}.number", "No.", FLOW)
flow_row = line(f"{_FLOW}.place", "Place", Unit.COUNT, or_zero(flow_number))
cycle_words = given("cycle[{cycle}].words", "Made of", Unit.TEXT, CYCLE)
cycle_number = counted("cycle[{cycle}].number", "No.", CYCLE)
cycle_months = given("cycle[{cycle}].months", "Months of a period", Unit.COUNT, CYCLE)
cycle_rolled = given("cycle[{cycle}].rolled", "Rolled on from a year", Unit.FLAG, CYCLE)

cycle_row = line("cycle[{cycle}].row", "Row", Unit.COUNT, or_zero(cycle_number))
cycle_length = line(
    "cycle[{cycle}].length", "Months of a period, 0 if blank", Unit.COUNT, or_zero(cycle_months)
)
is_rolled = line(
    "cycle[{cycle}].is_rolled", "Rolled on, 0 if blank", Unit.FLAG, or_zero(cycle_rolled)
)

_CANDIDATE = f"{_FLOW}.of[{{cycle}}]"
candidate_row = line(
    f"{_CANDIDATE}.row",
    "Row of the last period",
    Unit.COUNT,
    sum_where(
        FUNDAMENTAL,
        same(each(slot), concat(flow_series, "|", cycle_length))
        * (each(last_full) * (1 - is_rolled) + each(last_rolled) * is_rolled),
        row,
    ),
)
candidate_end = line(
    f"{_CANDIDATE}.end",
    "Last month, counted",
    Unit.COUNT,
    pick(ends, FUNDAMENTAL, candidate_row),
)


def _of_candidate(from_a_year: Line, in_full: Line) -> Node:
    """Return what the last period of a candidate has of its kind of twelve months."""
    of = (pick(column, FUNDAMENTAL, candidate_row) for column in (from_a_year, in_full))
    return where(candidate_row >= 1, where(is_rolled > 0, *of), NA)


candidate = line(_CANDIDATE, "Twelve months", Unit.NUMBER, _of_candidate(rolled, full))
candidate_before = line(
    f"{_CANDIDATE}.before",
    "The year before",
    Unit.NUMBER,
    _of_candidate(rolled_before, full_before),
)
has_candidate_before = _is_known(f"{_CANDIDATE}.has_before", candidate_before)
last_end = line(f"{_FLOW}.end", "Last month, counted", Unit.COUNT, largest(candidate_end, CYCLE))
ends_last = line(
    f"{_CANDIDATE}.ends_last",
    "No., where it ends last",
    Unit.COUNT,
    where(equal(candidate_end, last_end), cycle_number, NA),
)
chosen_cycle = line(f"{_FLOW}.cycle", "Candidate used", Unit.COUNT, smallest(ends_last, CYCLE))


is_chosen = line(
    f"{_CANDIDATE}.is_chosen",
    "Used",
    Unit.FLAG,
    where(equal(cycle_row, or_zero(chosen_cycle)), 1, 0),
)


def _chosen(column: Line) -> Node:
    """Return a column of the candidate used."""
    return the(CYCLE, each(is_chosen) * 1, column)


last_row = line(f"{_FLOW}.row", "Row of the last period", Unit.COUNT, _chosen(candidate_row))
end_day = line(f"{_FLOW}.period_end", "Ended", Unit.DATE, pick(period_end, FUNDAMENTAL, last_row))
known_since = line(
    f"{_FLOW}.published", "Published", Unit.DATE, pick(published, FUNDAMENTAL, last_row)
)
recent = line(
    f"{_FLOW}.recent",
    "Not too old",
    Unit.FLAG,
    where(known(end_day), where(as_of - end_day <= policy("twelve_months.max_age"), 1, 0), 0),
)
twelve_months = line(
    _FLOW,
    "Twelve months",
    Unit.NUMBER,
    where(recent > 0, _chosen(candidate), NA),
    note="in price currency, or a number of it a listed share",
)
has_year_before = line(
    f"{_FLOW}.has_before",
    "The year before: known",
    Unit.FLAG,
    or_zero(_chosen(has_candidate_before)),
)
twelve_months_before = line(
    f"{_FLOW}.before",
    "The year before",
    Unit.NUMBER,
    where((recent > 0) & (has_year_before > 0), _chosen(candidate_before), NA),
)
growth = line(
    f"{_FLOW}.growth",
    "Growth",
    Unit.CHANGE,
    where(twelve_months_before > 0, twelve_months / twelve_months_before - 1, NA),
)
rival = line(
    f"{_CANDIDATE}.rival",
    "Twelve months of the same end",
    Unit.NUMBER,
    where(known(ends_last), candidate, NA),
)
disagreement = line(
    f"{_FLOW}.disagreement",
    "Range of those of one end",
    Unit.RATIO,
    (largest(rival, CYCLE) - smallest(rival, CYCLE)) / absolute(twelve_months),
)


flow_apart = line(
    f"{_FLOW}.apart",
    "They differ",
    Unit.FLAG,
    where(
        known(disagreement),
        where(disagreement > policy("twelve_months.difference"), 1, 0),
        0,
    ),
)


def of_flow(flow: str, column: Line = twelve_months) -> Node:
    """Return a column of one series of the group, such as `EPS`."""
    return at(column, FLOW, flow)


def flow_of(wanted: Node) -> Node:
    """Return the place of the series with a name such as `cloud/revenue`; 0 if not summed."""
    return sum_where(FLOW, same(each(flow_series), wanted), flow_row)


# --- the rows that make up the twelve months of EPS ---
eps_end = line("eps.ends", "Last month of EPS", Unit.COUNT, of_flow(EPS, last_end))
eps_length = line(
    "eps.months",
    "Months of its periods",
    Unit.COUNT,
    pick(cycle_months, CYCLE, of_flow(EPS, chosen_cycle)),
)
eps_rolled = line(
    "eps.rolled",
    "Rolled on from a year",
    Unit.FLAG,
    pick(cycle_rolled, CYCLE, of_flow(EPS, chosen_cycle)),
)
eps_year_end = line(
    "eps.year_end",
    "Last month of that year",
    Unit.COUNT,
    pick(year_end, FUNDAMENTAL, of_flow(EPS, last_row)),
)
eps_slot = line(
    "eps.slot", "Series and length of its periods", Unit.TEXT, concat("group/eps|", eps_length)
)
eps_since = line(
    "eps.since",
    "Month after which its periods count",
    Unit.COUNT,
    where(eps_rolled > 0, eps_year_end, eps_end - 12),
)
eps_added = line(
    f"{ROW}.added_to_eps",
    "Period added to the twelve months of EPS",
    Unit.FLAG,
    where(same(slot, eps_slot), where((ends > eps_since) & (ends <= eps_end), 1, 0), 0),
)
eps_taken_off = line(
    f"{ROW}.taken_off_eps",
    "The same period a year earlier",
    Unit.FLAG,
    where(same(slot, eps_slot), where((ends > eps_since - 12) & (ends <= eps_end - 12), 1, 0), 0),
)
_that_year = where(same(slot, "group/eps|12") & equal(ends, eps_year_end), 1, 0)
part_of_eps = line(
    f"{ROW}.part_of_eps",
    "Part of the twelve months of EPS",
    Unit.NUMBER,
    where(or_zero(eps_rolled) > 0, eps_added - eps_taken_off + _that_year, eps_added),
    note="1 added, -1 taken off",
)
eps_reference = line(
    "eps_reference",
    "EPS reference",
    Unit.PER_SHARE,
    of_flow(EPS),
    note="twelve months of EPS as reported, at the as-of rate",
)
eps_growth_ttm = line(
    "eps_growth_ttm", "Growth of the EPS reference", Unit.CHANGE, of_flow(EPS, growth)
)

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(period_yoy, disagreement, part_of_eps, eps_growth_ttm, known_since, cycle_words)
