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
    count_where,
    each,
    either,
    equal,
    known,
    largest,
    pick,
    previous,
    same,
    smallest,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import CYCLE, FLOW, FUNDAMENTAL
from reportgen.model.fundamentals import (
    ROW,
    end,
    has_value,
    has_yoy,
    in_price_currency,
    month_index,
    months,
    out,
    period_end,
    published,
    row,
    series,
    yoy,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.ranks import below, first, larger
from reportgen.model.words import given, line, lines_in, looked_up, or_zero, the

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node, Operand


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
length = line(f"{ROW}.length", "Months, 0 for a balance", Unit.COUNT, or_zero(months))
ends = line(f"{ROW}.ends", "Ends with month, counted", Unit.COUNT, or_zero(month_index))
_SERIES = same(each(series), series)
_LONG_AS = _SERIES * equal(each(length), length)
_SAME_PERIOD = _LONG_AS * equal(each(ends), ends)
_LATER = larger(end, larger(out, below(row)))


def newest_of_period(eligible: Line) -> Node:
    """Return 1 for the newest row of a series and period, of those that are eligible."""
    counted = (eligible > 0) & (ends > 0)
    return first(FUNDAMENTAL, counted, _SAME_PERIOD * each(eligible) * _LATER)


counts = line(f"{ROW}.counts", "Newest of its period", Unit.FLAG, newest_of_period(has_value))
counts_for_yoy = line(
    f"{ROW}.counts_for_yoy", "Newest change of its period", Unit.FLAG, newest_of_period(has_yoy)
)
stated_yoy = line(
    f"{ROW}.stated_yoy",
    "Change on a year, as stated of the period",
    Unit.CHANGE,
    looked_up(yoy, _SAME_PERIOD * each(counts_for_yoy), row),
)
year_ago = line(
    f"{ROW}.year_ago",
    "The figure a year earlier",
    Unit.NUMBER,
    where(
        ends > 0,
        looked_up(in_price_currency, _LONG_AS * each(counts) * equal(each(ends), ends - 12), row),
        NA,
    ),
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
_COUNTS = _LONG_AS * each(counts)
_A_YEAR = _COUNTS * (each(ends) > ends - 12) * (each(ends) <= ends)


def _is_known(name: str, of: Line) -> Line:
    return line(f"{ROW}.{name}", f"{of.label}: known", Unit.FLAG, where(known(of), 1, 0))


has_price = _is_known("has_price", in_price_currency)
has_before = _is_known("has_before", before)
_HAS = {in_price_currency: has_price, before: has_before}


def _covered(parts: Node, column: Line, months: Operand) -> Node:
    """Return whether periods as long as this one cover so many months with known figures."""
    return equal(count_where(FUNDAMENTAL, parts * each(_HAS[column])) * length, months)


full = line(
    f"{ROW}.twelve_months_full",
    "Twelve months of such periods",
    Unit.NUMBER,
    where(
        (counts > 0) & _covered(_A_YEAR, in_price_currency, 12),
        sum_where(FUNDAMENTAL, _A_YEAR, in_price_currency),
        NA,
    ),
)
full_before = line(
    f"{ROW}.twelve_months_full_before",
    "The year before of it",
    Unit.NUMBER,
    where(
        known(full) & _covered(_A_YEAR, before, 12),
        sum_where(FUNDAMENTAL, _A_YEAR, before),
        NA,
    ),
)
_LAST_YEAR = (
    _SERIES
    * each(counts)
    * equal(each(length), 12)
    * (each(ends) > ends - 12)
    * (each(ends) < ends)
)
year_end = line(
    f"{ROW}.year_end",
    "Last month of the full year before, 0 if none",
    Unit.COUNT,
    where(counts > 0, sum_where(FUNDAMENTAL, _LAST_YEAR, ends), 0),
)
year = line(f"{ROW}.year", "That year", Unit.NUMBER, looked_up(in_price_currency, _LAST_YEAR, row))
year_before = line(
    f"{ROW}.year_before", "The year before that", Unit.NUMBER, looked_up(before, _LAST_YEAR, row)
)
_SINCE = _COUNTS * (each(ends) > year_end) * (each(ends) <= ends)
_THEN = _COUNTS * (each(ends) > year_end - 12) * (each(ends) <= ends - 12)


def _rolled(of_year: Line, column: Line) -> Node:
    """Return a year, plus the periods since, less the same of the year before; n/a if not all."""
    whole = _covered(_SINCE, column, ends - year_end) & _covered(_THEN, column, ends - year_end)
    rolled = (
        of_year + sum_where(FUNDAMENTAL, _SINCE, column) - sum_where(FUNDAMENTAL, _THEN, column)
    )
    return where((year_end > 0) & whole, rolled, NA)


rolled = line(
    f"{ROW}.twelve_months_rolled",
    "Twelve months rolled on from a year",
    Unit.NUMBER,
    _rolled(year, in_price_currency),
)
rolled_before = line(
    f"{ROW}.twelve_months_rolled_before",
    "The year before of it",
    Unit.NUMBER,
    where(known(rolled), _rolled(year_before, before), NA),
)


def _last(of: Line) -> Node:
    """Return 1 for the latest period of its length that twelve months end with."""
    return first(FUNDAMENTAL, of > 0, _LONG_AS * each(of) * (each(ends) > ends))


has_full = _is_known("has_full", full)
has_rolled = _is_known("has_rolled", rolled)
last_full = line(f"{ROW}.last_full", "Latest such", Unit.FLAG, _last(has_full))
last_rolled = line(f"{ROW}.last_rolled", "Latest rolled on", Unit.FLAG, _last(has_rolled))


# --- of each series the candidates, and the one that ends last ---
_FLOW = "twelve_months[{flow}]"
flow_series = given(f"{_FLOW}.series", "Series", Unit.TEXT, FLOW)
flow_number = line(f"{_FLOW}.number", "No.", Unit.COUNT, previous(f"{_FLOW}.number", FLOW, 0) + 1)
flow_row = line(f"{_FLOW}.place", "Place", Unit.COUNT, or_zero(flow_number))
cycle_words = given("cycle[{cycle}].words", "Made of", Unit.TEXT, CYCLE)
cycle_number = line(
    "cycle[{cycle}].number", "No.", Unit.COUNT, previous("cycle[{cycle}].number", CYCLE, 0) + 1
)
cycle_months = given("cycle[{cycle}].months", "Months of a period", Unit.COUNT, CYCLE)
cycle_rolled = given("cycle[{cycle}].rolled", "Rolled on from a year", Unit.FLAG, CYCLE)

cycle_row = line("cycle[{cycle}].row", "Row", Unit.COUNT, or_zero(cycle_number))

_CANDIDATE = f"{_FLOW}.of[{{cycle}}]"
candidate_row = line(
    f"{_CANDIDATE}.row",
    "Row of the last period",
    Unit.COUNT,
    sum_where(
        FUNDAMENTAL,
        same(each(series), flow_series)
        * equal(each(length), cycle_months)
        * (each(last_full) * (1 - cycle_rolled) + each(last_rolled) * cycle_rolled),
        row,
    ),
)
candidate_end = line(
    f"{_CANDIDATE}.end",
    "Last month, counted",
    Unit.COUNT,
    pick(ends, FUNDAMENTAL, candidate_row),
)
candidate = line(
    _CANDIDATE,
    "Twelve months",
    Unit.NUMBER,
    where(
        cycle_rolled > 0,
        pick(rolled, FUNDAMENTAL, candidate_row),
        pick(full, FUNDAMENTAL, candidate_row),
    ),
)
candidate_before = line(
    f"{_CANDIDATE}.before",
    "The year before",
    Unit.NUMBER,
    where(
        cycle_rolled > 0,
        pick(rolled_before, FUNDAMENTAL, candidate_row),
        pick(full_before, FUNDAMENTAL, candidate_row),
    ),
)
has_candidate_before = line(
    f"{_CANDIDATE}.has_before",
    "The year before: known",
    Unit.FLAG,
    where(known(candidate_before), 1, 0),
)
last_end = line(f"{_FLOW}.end", "Last month, counted", Unit.COUNT, largest(candidate_end, CYCLE))
ends_last = line(
    f"{_CANDIDATE}.ends_last",
    "No., where it ends last",
    Unit.COUNT,
    where(equal(candidate_end, last_end), cycle_number, NA),
)
chosen_cycle = line(f"{_FLOW}.cycle", "Candidate used", Unit.COUNT, smallest(ends_last, CYCLE))


def _chosen(column: Line) -> Node:
    """Return a column of the candidate used."""
    return the(CYCLE, equal(each(cycle_row), or_zero(chosen_cycle)), column)


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
twelve_months_before = line(
    f"{_FLOW}.before",
    "The year before",
    Unit.NUMBER,
    where((recent > 0) & (_chosen(has_candidate_before) > 0), _chosen(candidate_before), NA),
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


def of_series(wanted: Node, column: Line = twelve_months) -> Node:
    """Return a column of the series with a name such as `cloud/revenue`; n/a if not summed."""
    place = sum_where(FLOW, same(each(flow_series), wanted), flow_row)
    return pick(column, FLOW, place)


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
_within = equal(length, eps_length) & (ends <= eps_end)
part_of_eps = line(
    f"{ROW}.part_of_eps",
    "Part of the twelve months of EPS",
    Unit.NUMBER,
    where(
        same(series, "group/eps") & (counts > 0) & known(eps_end),
        where(
            eps_rolled > 0,
            where(
                equal(length, 12) & equal(ends, eps_year_end),
                1,
                where(
                    _within & (ends > eps_year_end),
                    1,
                    where(
                        _within & (ends > eps_year_end - 12) & (ends <= eps_end - 12),
                        -1,
                        0,
                    ),
                ),
            ),
            where(_within & (ends > eps_end - 12), 1, 0),
        ),
        0,
    ),
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
