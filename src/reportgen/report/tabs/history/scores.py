"""How right past reports were: means over what is scored, and how much they can say.

Windows of a year that overlap tell the same story again: beside the months scored stand the windows
that share no day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    absolute,
    concat,
    count_known,
    count_where,
    each,
    mean,
    percent,
    previous,
    same,
    spot,
    sum_known,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model.words import case_line, line
from reportgen.report.tabs.history.lines import (
    LEVEL,
    PAST,
    brier,
    ends,
    error,
    fewest,
    inside,
    interval_score,
    met,
    met_any_time,
    rps,
    scored,
    start,
    status,
    timely,
)

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

_ROW = "past[{past}]"

# --- windows that share no day: the next one opens when the last one ended ---
_BLOCK = f"{_ROW}.block_end"
opens = case_line(
    f"{_ROW}.opens",
    "Opens a window of its own",
    Unit.FLAG,
    where((scored > 0) & (start >= previous(_BLOCK, PAST, 0)), 1, 0),
    PAST,
)
block_end = case_line(
    _BLOCK,
    "End of the last such window",
    Unit.DATE,
    where(opens > 0, ends, previous(_BLOCK, PAST, 0)),
    PAST,
)

# --- how many ---
_timely = each(timely)
count = line("history.scored", "Months scored", Unit.COUNT, sum_known(scored, PAST))


def _counted(key: str, label: str, condition: Node) -> Line:
    return line(f"history.{key}", label, Unit.COUNT, count_where(PAST, condition))


pending = _counted("pending", "Pending", same(each(status), "pending") * _timely)
unresolved = _counted(
    "unresolved", "Unresolved: closes end, no delisting", same(each(status), "unresolved") * _timely
)
gone = _counted(
    "delisted_reports",
    "At the last close before a delisting",
    same(each(status), "delisted") * _timely,
)
late = _counted("late", "Issued late, never scored", _timely < 1)
independent = line(
    "history.independent", "Windows that share no day", Unit.COUNT, sum_known(opens, PAST)
)

# --- how right ---
inside_share = line("history.inside", "Closes inside bear to bull", Unit.RATIO, mean(inside, PAST))
interval_mean = line(
    "history.interval_score", "Interval score / price", Unit.NUMBER, mean(interval_score, PAST)
)
brier_mean = line("history.brier", "Brier score of the three cases", Unit.NUMBER, mean(brier, PAST))
rps_mean = line("history.rps", "Ranked probability score", Unit.NUMBER, mean(rps, PAST))
without_bands = line(
    "history.without_bands",
    "Left out of both: cases equal or n/a",
    Unit.COUNT,
    count - count_known(brier, PAST),
)


def _of_level(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"level[{{level}}].{key}", label, unit, expr, LEVEL)


held_count = _of_level("count", "Months", Unit.COUNT, count_known(met, PAST))
met_share = _of_level("met", "Met at the end", Unit.RATIO, mean(met, PAST))
any_share = _of_level("met_any_time", "Met at any time", Unit.RATIO, mean(met_any_time, PAST))
mean_error = _of_level("error", "Mean error / price", Unit.CHANGE, mean(error, PAST))
size_of_error = case_line(
    f"{_ROW}.error_size[{{level}}]", "Its size", Unit.RATIO, absolute(error), PAST, LEVEL
)
mean_size = _of_level(
    "error_size", "Mean size of error / price", Unit.RATIO, mean(size_of_error, PAST)
)

# --- in words: parts of sentences have cells of their own, so that no formula is long ---
is_enough = line("history.enough", "Enough to judge by", Unit.FLAG, where(count >= fewest, 1, 0))
said_count = line(
    "history.said.count",
    "Said of their number",
    Unit.TEXT,
    concat(count, " of ", fewest, " months scored, ", independent, " of them independent"),
)
verdict = line(
    "history.verdict",
    "What they can say",
    Unit.TEXT,
    where(
        is_enough > 0,
        concat(said_count, ": intervals stand on the track record of the index"),
        concat("too few to judge: ", said_count),
    ),
)
_held = spot(held_count, "expected")
said_met = line(
    "history.said.met",
    "Said of the end",
    Unit.TEXT,
    concat(
        "Expected value met at the end of 12 months by ", percent(spot(met_share, "expected"), 0)
    ),
)
_reports = line(
    "history.said.reports",
    "Said of how many reports",
    Unit.TEXT,
    concat(" of ", _held, where(_held > 1, " scored reports", " scored report")),
)
said_any_time = line(
    "history.said.any_time",
    "Said of any time",
    Unit.TEXT,
    concat(", at any time by ", percent(spot(any_share, "expected"), 0), _reports),
)
headline = line(
    "history.headline",
    "What became of past values",
    Unit.TEXT,
    where(
        _held > 0,
        concat(said_met, said_any_time),
        "No report is scored yet: 12 months have to pass",
    ),
)
