"""What was said before, and what became of it: a row a past report, a column a level of value.

Reports that went out late are shown and never scored. Values and closes are in shares of as-of.
"""

from __future__ import annotations

from functools import reduce
from operator import add, and_
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.functions import as_of as last_before
from reportgen.expr.functions import (
    at,
    by,
    count_where,
    each,
    known,
    maximum,
    minimum,
    months_before,
    same,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Node, Number, Unit
from reportgen.facts import scoring
from reportgen.facts.scoring import LEVELS
from reportgen.facts.split_words import restated_for
from reportgen.headline import CASES
from reportgen.model.dims import CLOSE
from reportgen.model.given_values import day_number
from reportgen.model.inputs.description import as_of, price_currency
from reportgen.model.inputs.market_data import close, close_date
from reportgen.model.market import close_of_day, day_of_close
from reportgen.model.words import case_line, comparable, given, line, or_zero
from reportgen.report.tabs.summary import events

if TYPE_CHECKING:
    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question

PAST = Dim("past")
LEVEL = Dim("level")  # what the outcome is held against
STATED = tuple(LEVELS)[:-1]  # the last is worked out


# --- the rules, on the tab for all to see ---
alpha = given("history.alpha", "Left out by bear to bull, read as P10 to P90", Unit.RATIO)
band_edge = given(
    "history.band_edge", "Edge of the middle band, of base to bear or bull", Unit.RATIO
)
close_days = given("history.close_days", "Oldest close at the end of a window", Unit.DAYS)
fewest = given("history.fewest_windows", "Fewest months to judge by", Unit.COUNT)
RULES = {
    alpha: scoring.ALPHA,
    band_edge: scoring.BAND_EDGE,
    close_days: scoring.CLOSE_DAYS,
    fewest: scoring.FEWEST_WINDOWS,
}

# --- as it was said ---
_ROW = "past[{past}]"


def _said(key: str, label: str, unit: Unit) -> Line:
    return given(f"{_ROW}.{key}", label, unit, PAST)


then = _said("as_of", "As of", Unit.DATE)
in_time = _said("scored", "Issued in time", Unit.FLAG)
currency = _said("currency", "Currency", Unit.TEXT)
price_then = _said("price", "Price then", Unit.PER_SHARE)
stated = {key: _said(key, LEVELS[key], Unit.PER_SHARE) for key in STATED}
probability = {
    case: _said(f"{case}_probability", f"Probability of {case}", Unit.RATIO) for case in CASES
}
cost_of_equity = _said("cost_of_equity", "Cost of equity then", Unit.RATIO)
dividend = _said("dividend", "Dividend then expected", Unit.PER_SHARE)
stance = _said("stance", "Stance then", Unit.TEXT)
split = _said("split", "Shares of now for one", Unit.NUMBER)
COLUMNS: dict[str, Line] = {  # by the names that the rows of history.csv have for them
    "currency": currency,
    "price": price_then,
    **stated,
    **{f"{case}_probability": of for case, of in probability.items()},
    "cost_of_equity": cost_of_equity,
    "dividend": dividend,
    "stance": stance,
    "split": split,
}
restated = given("history.restated", "Splits since the oldest report", Unit.TEXT)
level_name = given("level[{level}].name", "Level", Unit.TEXT, LEVEL)


def is_asked(pack: Pack) -> bool:
    """Return whether the pack holds what earlier reports said."""
    return bool(pack.rows.history)


def know(question: Question, pack: Pack) -> None:
    """Add what earlier reports said."""
    rows = pack.rows.history
    question.dimension(PAST, (row.as_of.isoformat() for row in rows))
    question.dimension(LEVEL, LEVELS)
    question.give(then, [day_number(row.as_of) for row in rows])
    question.give(in_time, [float(row.scored == "yes") for row in rows])
    for name, of in COLUMNS.items():
        question.give(of, [getattr(row, name) for row in rows])
    question.give(level_name, list(LEVELS.values()))
    for rule, number in RULES.items():
        question.given[rule] = np.array(float(number))
    oldest = min((row.as_of for row in rows), default=pack.as_of)
    since = (one for one in pack.rows.actions if max(one.published, one.ex_date) > oldest)
    question.given[restated] = np.array(restated_for(since), dtype=object)


# --- what became of it ---
def _of(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"{_ROW}.{key}", label, unit, expr, PAST)


last_close = line(
    "history.last_close", "Last close", Unit.DATE, last_before(close_date, close_date, as_of)
)
_gone = same(each(events.name), scoring.DELISTING) * same(each(events.status), scoring.DONE)
delisted = line(
    "history.delisted",
    "Delisted",
    Unit.FLAG,
    where(count_where(events.EVENT, _gone * each(events.counts)) >= 1, 1, 0),
    note=f"the newest row of the event {scoring.DELISTING} says {scoring.DONE}",
)
ends = _of("ends", "Outcome due", Unit.DATE, months_before(then, -scoring.MONTHS))
until = _of("until", "Known until", Unit.DATE, minimum(ends, as_of))
close_day = _of("close_day", "Close of", Unit.DATE, last_before(close_date, close_date, until))
is_fresh = _of(
    "fresh",
    "A close near its end",
    Unit.FLAG,
    where(known(close_day) & (or_zero(ends - close_day) <= close_days), 1, 0),
)
is_resolved = _of(
    "resolved", "Over, with a close", Unit.FLAG, where((ends <= as_of) & (is_fresh > 0), 1, 0)
)
is_delisted = _of(
    "delisted",
    "Delisted before it was over",
    Unit.FLAG,
    where((delisted > 0) & (or_zero(last_close) <= ends), 1, 0),
)
_open = _of(
    "open",
    "Status without an outcome",
    Unit.TEXT,
    where(ends > as_of, "pending", "unresolved"),
)
status = _of(
    "status",
    "Status",
    Unit.TEXT,
    where(
        same(currency, price_currency),
        where(is_resolved > 0, "resolved", where(is_delisted > 0, "delisted", _open)),
        "other currency",
    ),
)
outcome = _of(
    "outcome",
    "Close at outcome",
    Unit.PER_SHARE,
    where(
        same(status, "resolved") | same(status, "delisted"),
        last_before(close_date, close, until),
        NA,
    ),
)
outcome_compared = _of(
    "outcome_compared", "Close at outcome, in millionths", Unit.NUMBER, comparable(outcome)
)
timely = _of("timely", "Issued in time, 0 if blank", Unit.FLAG, or_zero(in_time))
scored = _of(
    "counts",
    "Scored",
    Unit.FLAG,
    where((timely > 0) & known(outcome) & known(price_then), 1, 0),
)
upside = _of("upside", "Upside then", Unit.CHANGE, stated["expected"] / price_then - 1)


# --- against each level ---
def _at_level(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"{_ROW}.{key}[{{level}}]", label, unit, expr, PAST, LEVEL)


hurdle = _of(
    "hurdle",
    "Price at the cost of equity, less the dividend",
    Unit.PER_SHARE,
    price_then * (1 + cost_of_equity) - or_zero(dividend),
)
level = _at_level(
    "level",
    "Level",
    Unit.PER_SHARE,
    where(
        same(currency, price_currency),
        by(
            LEVEL,
            **stated,
            cost_of_equity=hurdle,
        ),
        NA,
    ),
)
is_held = _at_level("held", "Held to it", Unit.FLAG, where((scored > 0) & known(level), 1, 0))
compared = _at_level("compared", "Level, in millionths", Unit.NUMBER, comparable(level))
is_above = _at_level(
    "above",
    "Not below the price then",
    Unit.FLAG,
    where(compared >= comparable(price_then), 1, 0),
)
met = _at_level(
    "met",
    "Met at the end",
    Unit.FLAG,
    where(
        is_held > 0,
        where(
            is_above > 0,
            where(outcome_compared >= compared, 1, 0),
            where(outcome_compared <= compared, 1, 0),
        ),
        NA,
    ),
)
# half a millionth of room, so that programs agree on a close that just reaches a level
_HALF = Number(1) / 2
least = _at_level(
    "least", "Least close that meets it", Unit.PER_SHARE, (compared - _HALF) / 1000 / 1000
)
most = _at_level("most", "Most that meets it", Unit.PER_SHARE, (compared + _HALF) / 1000 / 1000)
start = _of("start", "Window from, 0 if none", Unit.DATE, or_zero(then))
stop = _of("stop", "Window to, 0 if none", Unit.DATE, or_zero(until))
_in_window = (each(day_of_close) > start) * (each(day_of_close) <= stop)
closes_up = _at_level(
    "closes_up",
    "Closes at it or above",
    Unit.COUNT,
    where(is_held > 0, count_where(CLOSE, _in_window * (each(close_of_day) >= least)), NA),
)
closes_down = _at_level(
    "closes_down",
    "Closes at it or below",
    Unit.COUNT,
    where(
        is_held > 0,
        count_where(CLOSE, _in_window * (each(close_of_day) > 0) * (each(close_of_day) <= most)),
        NA,
    ),
)
met_any_time = _at_level(
    "met_any_time",
    "Met at any time",
    Unit.FLAG,
    where(
        met > 0,
        1,
        where(is_above > 0, where(closes_up >= 1, 1, 0), where(closes_down >= 1, 1, 0)),
    ),
)
error = _at_level(
    "error",
    "Close less level, by the price then",
    Unit.CHANGE,
    where(is_held > 0, (outcome - level) / price_then, NA),
)

# --- against the cases as a forecast ---
_bear, _base, _bull = (at(level, LEVEL, case) for case in ("bear", "base", "bull"))
is_interval = _of(
    "interval",
    "Bear and bull are an interval",
    Unit.FLAG,
    where((scored > 0) & (stated["bear"] <= stated["bull"]), 1, 0),
)
inside = _of(
    "inside",
    "Inside bear to bull",
    Unit.FLAG,
    where(
        is_interval > 0,
        where(
            (outcome_compared >= at(compared, LEVEL, "bear"))
            & (outcome_compared <= at(compared, LEVEL, "bull")),
            1,
            0,
        ),
        NA,
    ),
)
missed = _of(
    "missed",
    "Close outside bear to bull, by",
    Unit.PER_SHARE,
    maximum(0, _bear - outcome) + maximum(0, outcome - _bull),
)
interval_score = _of(
    "interval_score",
    "Interval score, by the price then",
    Unit.NUMBER,
    where(
        is_interval > 0,
        (_bull - _bear + 2 / alpha * missed) / price_then,
        NA,
    ),
)
low_edge = _of(
    "low_edge",
    "Lower edge of the middle band",
    Unit.PER_SHARE,
    _base - band_edge * (_base - _bear),
)
high_edge = _of(
    "high_edge",
    "Upper edge of the middle band",
    Unit.PER_SHARE,
    _base + band_edge * (_bull - _base),
)
has_bands = _of(
    "bands",
    "Has three bands",
    Unit.FLAG,
    where(
        scored > 0,
        where(
            (_bear < _base) & (_base < _bull) & reduce(and_, map(known, probability.values())),
            1,
            0,
        ),
        0,
    ),
)
fell_low = _of(
    "fell_low",
    "Below the middle band",
    Unit.FLAG,
    where(has_bands > 0, where(outcome_compared < comparable(low_edge), 1, 0), NA),
)
fell_high = _of(
    "fell_high",
    "Above the middle band",
    Unit.FLAG,
    where(has_bands > 0, where(outcome_compared > comparable(high_edge), 1, 0), NA),
)


def _square(of: Node) -> Node:
    return of * of


_fell = {"bear": fell_low, "base": 1 - fell_low - fell_high, "bull": fell_high}
_apart = {
    case: _of(
        f"apart_{case}", f"In {case}, less its probability", Unit.NUMBER, of - probability[case]
    )
    for case, of in _fell.items()
}
brier = _of("brier", "Brier score", Unit.NUMBER, reduce(add, map(_square, _apart.values())))
rps = _of(
    "rps",
    "Ranked probability score",
    Unit.NUMBER,
    _square(_apart["bear"]) + _square(_apart["bear"] + _apart["base"]),
)
