"""The track record of all companies as plain tables, for the workbook and the page of an index.

Companies stand in alphabetical order: with so few windows a rank would be noise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.facts import scoring
from reportgen.facts.scoring import LEVELS
from reportgen.runs.index.records import PlainTable
from reportgen.runs.track.outcomes import year_after
from reportgen.runs.track.scores import scores
from reportgen.runs.track.uncertainty import independent, mean_of, month_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reportgen.runs.track.outcomes import Outcome
    from reportgen.runs.track.scores import Array, Scores
    from reportgen.runs.track.uncertainty import Mean, Months
    from reportgen.values import Value

_TO = "\u00a0to\u00a0"  # an interval stands on one line
TOO_FEW = "too few to judge"
FEW_NAMES = 5


class MeanFormat(NamedTuple):
    """How the ends of an interval are written, and what no mean can be below or above."""

    form: str
    least: float = -inf
    most: float = inf

    def spelled(self, end: float) -> str:
        """Return an end as it is written: no sign before what is shown as 0."""
        text = self.form.format(min(max(end, self.least), self.most))
        return text if set(text) & set("123456789") else text.lstrip("+-")


SHARE, SIZE, CHANGE = MeanFormat("{:.0%}", 0, 1), MeanFormat("{:.0%}", 0), MeanFormat("{:+.0%}")
PART, SCORE = MeanFormat("{:.2f}", 0, 1), MeanFormat("{:.2f}", 0)


class Board(NamedTuple):
    """The reports that are scored, by company and day, and what they score."""

    tickers: tuple[str, ...]
    days: tuple[date, ...]
    months: Months
    scores: Scores

    def mean(self, values: Array, at: slice = slice(None)) -> Mean | None:
        """Return the mean of a score over some of the reports."""
        return mean_of(self.months[at], values[at])

    def counts(self, values: Array) -> tuple[int, int, int]:
        """Return of how many reports a score is known, of how many months, worth how many."""
        known = np.flatnonzero(~np.isnan(values))
        days = [self.days[at] for at in known.tolist()]
        return len(days), len(np.unique(self.months[known])), independent(days)


def board_of(outcomes: Mapping[str, Sequence[Outcome]]) -> Board:
    """Return the reports that are scored; their order is that of companies and days."""
    scored = [
        (ticker, one)
        for ticker in sorted(outcomes)
        for one in sorted(outcomes[ticker], key=lambda one: one.as_of)
        if one.is_scored
    ]
    days = tuple(one.as_of for _, one in scored)
    months = np.array([month_of(day) for day in days], dtype=np.int64)
    found = scores([one for _, one in scored])
    return Board(tuple(ticker for ticker, _ in scored), days, months, found)


def track_tables(outcomes: Mapping[str, Sequence[Outcome]]) -> tuple[PlainTable, ...] | None:
    """Return the tables of a track record by ticker; None where nothing was issued before."""
    if not any(outcomes.values()):
        return None
    board = board_of(outcomes)
    judged = (levels_table, baselines_table, forecast_table) if board.days else ()
    told = (companies_table(outcomes, board), pending_table(outcomes), late_table(outcomes))
    return (*(table(board) for table in judged), *(table for table in told if table.rows))


# --- over all companies ---
def levels_table(board: Board) -> PlainTable:
    """Return how often each level was met, and by how much closes missed it."""
    return PlainTable(
        "Levels: what closes twelve months later made of them",
        (
            "Level",
            "Reports",
            "Months",
            "Independent",
            "Met at the end",
            "95 % interval",
            "Met at any time",
            "95 % interval",
            "Mean error / price",
            "95 % interval",
            "Mean size of error",
            "95 % interval",
        ),
        tuple(_level_row(name, board) for name in LEVELS),
        ("", "count", "count", "count", *("ratio", "") * 2, "change", "", "ratio", ""),
        "A level above the price then is met at or above it, one below at or below; at any time: "
        "by any close of the window, which flatters. Error: close less level. Of brokers' targets "
        "38% were met at the end, 64% at some time (Bradshaw, Brown, Huang 2013).",
    )


def _level_row(name: str, board: Board) -> tuple[Value, ...]:
    against = board.scores.levels[name]
    return (
        LEVELS[name],
        *board.counts(against.met),
        *_shown(board.mean(against.met), SHARE),
        *_shown(board.mean(against.met_any_time), SHARE),
        *_shown(board.mean(against.error), CHANGE),
        *_shown(board.mean(np.abs(against.error)), SIZE),
    )


def baselines_table(board: Board) -> PlainTable:
    """Return how far the expected value was off, beside others that were known that day."""
    others = ("hype_adjusted", "consensus", "cost_of_equity")
    return PlainTable(
        "The expected value beside other points, on the same reports",
        (
            "Beside",
            "Reports",
            "Months",
            "Independent",
            "Size of error, expected",
            "Size of error, the other",
            "Difference",
            "95 % interval",
        ),
        tuple(_beside(name, board) for name in others),
        ("", "count", "count", "count", "ratio", "ratio", "change", ""),
        "Mean size of error by the price then; a difference below 0 speaks for the expected value.",
    )


def _beside(name: str, board: Board) -> tuple[Value, ...]:
    ours, other = (np.abs(board.scores.levels[of].error) for of in ("expected", name))
    apart = ours - other
    known = ~np.isnan(apart)
    return (
        LEVELS[name],
        *board.counts(apart),
        _value(board.mean(np.where(known, ours, np.nan))),
        _value(board.mean(np.where(known, other, np.nan))),
        *_shown(board.mean(apart), CHANGE),
    )


def forecast_table(board: Board) -> PlainTable:
    """Return how good forecasts the cases are, beside a lognormal price."""
    is_one_company = len(set(board.tickers)) == 1
    rows = (
        _forecast("Closes inside bear to bull: 0.8 is right", "inside", board, PART),
        _forecast("Interval score / price", "interval", board, SCORE, never=is_one_company),
        _forecast("Brier score of the three cases", "brier", board, SCORE),
        _forecast("Ranked probability score", "rps", board, SCORE),
    )
    left_out = int(np.isnan(board.scores.cases.brier).sum())
    return PlainTable(
        "The cases as a forecast",
        (
            "Score",
            "Reports",
            "Months",
            "Independent",
            "Cases",
            "95 % interval",
            "Beside the baseline: reports",
            "Cases",
            "Baseline",
            "Difference",
            "95 % interval",
        ),
        rows,
        ("", "count", "count", "count", "number", "", "count", "number", "number", "number", ""),
        "Scores: less is better. Baseline: a lognormal price around price x (1 + cost of equity) - "
        f"dividend, by the 36 monthly closes before. {left_out} left out of Brier and ranked "
        "probability score: cases equal, out of order or n/a.",
    )


def _forecast(
    label: str, name: str, board: Board, kind: MeanFormat, *, never: bool = False
) -> tuple[Value, ...]:
    cases: Array = getattr(board.scores.cases, name)
    baseline: Array = getattr(board.scores.baseline, name)
    apart = cases - baseline
    known = ~np.isnan(apart)
    return (
        label,
        *board.counts(cases),
        *_shown(board.mean(cases), kind, never=never),
        int(known.sum()),
        _value(board.mean(np.where(known, cases, np.nan))),
        _value(board.mean(np.where(known, baseline, np.nan))),
        *_shown(board.mean(apart), MeanFormat(kind.form), never=never),
    )


# --- company by company ---
def companies_table(outcomes: Mapping[str, Sequence[Outcome]], board: Board) -> PlainTable:
    """Return the record of each company, and what became of its reports."""
    return PlainTable(
        "By company",
        (
            "Company",
            "Scored",
            "Independent",
            "Met at the end",
            "95 % interval",
            "Met at any time",
            "Mean error / price",
            "Inside bear to bull",
            "Interval score",
            "Pending",
            "Delisted",
            "Unresolved",
            "Other currency",
            "Issued late",
        ),
        tuple(
            _company(ticker, outcomes[ticker], board)
            for ticker in sorted(outcomes)
            if outcomes[ticker]
        ),
        ("", "count", "count", "ratio", "", "ratio", "change", "ratio", "number", *("count",) * 5),
        "Of the expected value. In alphabetical order: below 60 months a rank is noise.",
    )


def _company(ticker: str, found: Sequence[Outcome], board: Board) -> tuple[Value, ...]:
    own = slice(bisect_left(board.tickers, ticker), bisect_right(board.tickers, ticker))
    expected, cases = board.scores.levels["expected"], board.scores.cases
    timely = [one for one in found if one.said.scored == "yes"]
    statuses = [one.status for one in timely]
    return (
        ticker,
        own.stop - own.start,
        independent(board.days[own]),
        *_shown(board.mean(expected.met, own), SHARE),
        _value(board.mean(expected.met_any_time, own)),
        _value(board.mean(expected.error, own)),
        _value(board.mean(cases.inside, own)),
        _value(board.mean(cases.interval, own)),
        *(statuses.count(one) for one in ("pending", "delisted", "unresolved", "other currency")),
        len(found) - len(timely),
    )


def pending_table(outcomes: Mapping[str, Sequence[Outcome]]) -> PlainTable:
    """Return the windows that are not over, by the day they end."""
    due: dict[date, list[str]] = {}
    for ticker in sorted(outcomes):
        for one in outcomes[ticker]:
            if one.status == "pending" and one.said.scored == "yes":
                due.setdefault(year_after(one.as_of), []).append(ticker)
    rows = tuple((str(day), len(due[day]), _names(due[day])) for day in sorted(due))
    return PlainTable("Pending", ("Due", "Reports", "Of"), rows, ("", "count", ""))


def late_table(outcomes: Mapping[str, Sequence[Outcome]]) -> PlainTable:
    """Return the reports that went out too late to be scored, apart from the others."""
    rows = []
    for ticker in sorted(outcomes):
        days = sorted(one.as_of for one in outcomes[ticker] if one.said.scored != "yes")
        if days:
            rows.append((ticker, len(days), str(days[0]), str(days[-1])))
    return PlainTable(
        "Never scored: issued late",
        ("Company", "Reports", "From", "To"),
        tuple(rows),
        ("", "count", "", ""),
        f"Issued more than {scoring.SCORED_DAYS} days after their day, such as by a backfill: they "
        "may know how things went.",
    )


def _names(tickers: Sequence[str]) -> str:
    if len(tickers) <= FEW_NAMES:
        return ", ".join(tickers)
    return f"{', '.join(tickers[:FEW_NAMES])} and {len(tickers) - FEW_NAMES:,} more"


# --- means, and what they can say ---
def _value(mean: Mean | None) -> float | None:
    return None if mean is None else mean.value


def _shown(
    mean: Mean | None, kind: MeanFormat, *, never: bool = False
) -> tuple[float | None, str | None]:
    """Return a mean and its interval in words, `TOO_FEW` where none can be given."""
    if mean is None:
        return None, None
    if mean.interval is None or never:
        return mean.value, TOO_FEW
    return mean.value, _TO.join(map(kind.spelled, mean.interval))
