"""Share splits: what a price file holds, and everything per share in the shares of as-of.

Closes are first taken back to what was quoted on their day. A file that was downloaded after a
split is often adjusted for it, of splits later than as-of, too: these say in which unit the file
is, and nothing that was not known. Then every figure dated before a split that was known and in
force at as-of is restated in the shares of after it.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportgen.facts.catalogue import BY_KEY, PER_SHARE
from reportgen.facts.key_syntax import parse_key
from reportgen.facts.problems import CellError
from reportgen.facts.reading.pack_files import PRICES
from reportgen.facts.split_words import new_per_old
from reportgen.facts.units import parse_unit, per_share_divided

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.rows import (
        Action,
        Assumption,
        Claim,
        Close,
        Estimate,
        Fundamental,
        Override,
        PackRows,
        PastReport,
    )


def standing_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """One action for each ex-date, the last published, in the order of time."""
    by_day = {row.ex_date: row for row in sorted(actions, key=lambda row: row.published)}
    return tuple(by_day[day] for day in sorted(by_day))


class PriceHistory(NamedTuple):
    """All that shows what a price file holds: its closes, every split, what company.yaml says.

    Rows dated after as-of are among the closes and the actions.
    """

    closes: Sequence[Close]
    actions: Sequence[Action]
    declared: str


def restated(rows: PackRows, history: PriceHistory, logs: Mapping[str, ProblemLog]) -> PackRows:
    """Every figure per share in the shares of as-of, every count of shares too.

    Closes are dated by their day, claims by when they were observed, everything else by when it
    was published. What the price file holds at a split is told where it does not go without saying.
    """
    every, actions = rows.actions, standing_actions(rows.actions)
    rows = rows._replace(actions=actions, prices=_closes(rows.prices, actions, history, logs))
    if not actions:
        return rows
    return rows._replace(
        targets=tuple(
            row._replace(target=row.target / new_per_old(row.published, actions))
            for row in rows.targets
        ),
        fundamentals=tuple(_of_metric(row, actions) for row in rows.fundamentals),
        estimates=tuple(_of_metric(row, actions) for row in rows.estimates),
        claims=tuple(_claim(row, actions) for row in rows.claims),
        assumptions=tuple(_assumption(row, actions) for row in rows.assumptions),
        overrides=_overrides(rows, actions),
        history=tuple(_past(row, every) for row in rows.history),
    )


def shares_since(day: date, actions: Sequence[Action]) -> float:
    """Shares of as-of for one of a report of `day`, which knew the splits published by then."""
    known = [row for row in actions if row.published <= day and row.ex_date <= day]
    then, now = ([row.ratio for row in standing_actions(rows)] for rows in (known, actions))
    return math.prod(now) / math.prod(then)


def _past(row: PastReport, actions: Sequence[Action]) -> PastReport:
    split = shares_since(row.as_of, actions)
    return per_share_divided(row, split)._replace(split=split)


NEAR = timedelta(days=7)  # a close tells of a split if it is no further away from it
_TELLING = math.log(1.2)  # from here on a jump against a split is more than a price does by itself
_UNSETTLED = "is in units that are not settled at the split of {}"
_SHOWN = "they are read as they show themselves; mend prices: {splits: ...} there"
_DECLARE = "add closes of the week around it, or to company.yaml prices: {splits: raw or adjusted}"


def _closes(
    closes: tuple[Close, ...],
    known: Sequence[Action],
    history: PriceHistory,
    logs: Mapping[str, ProblemLog],
) -> tuple[Close, ...]:
    """The closes in the shares of as-of: first as quoted, then restated for the splits known."""
    in_force = {action.ex_date: action.ratio for action in known}
    for action in standing_actions(history.actions):
        before = [row for row in closes if row.date < action.ex_date]
        if not before or action.ratio == 1:
            continue
        is_adjusted = _is_adjusted(action, history, logs, later=action.ex_date not in in_force)
        to_raw = action.ratio if is_adjusted else 1.0
        restating = in_force.get(action.ex_date, 1.0)
        if to_raw != restating:
            restated_rows = [
                row._replace(close=_quoted(row.close, to_raw) / restating) for row in before
            ]
            closes = (*restated_rows, *closes[len(before) :])
    return closes


def _quoted(close: float, ratio: float) -> float:
    """The close that was quoted, from one divided by a ratio and written with some decimals.

    Of the numbers that the rounding of the file leaves open it is the one with the fewest decimals.
    """
    if ratio == 1:
        return close
    quoted = close * ratio
    open_to = min(5e-7 * ratio, 1e-7 * quoted)
    rounded = (round(quoted, decimals) for decimals in range(7))
    return next((one for one in rounded if abs(one - quoted) <= open_to), quoted)


def _is_adjusted(
    action: Action, history: PriceHistory, logs: Mapping[str, ProblemLog], *, later: bool
) -> bool:
    """Whether the file's closes before a split are adjusted for it; what is in doubt is told."""
    fall = _fall(action.ex_date, history.closes)
    ratio = math.log(action.ratio)
    if fall is None:
        return _is_said_to_be_adjusted(action, history, logs[PRICES], later=later)
    if abs(ratio) > _TELLING and abs(fall + ratio) < min(abs(fall), abs(fall - ratio)):
        error = CellError(
            f"{action.ratio:g} is the reverse of what the closes do on {action.ex_date}",
            "new shares for one old",
            f"write {1 / action.ratio:g} if it was stated the other way round",
        )
        _tell(logs["actions"], action.line_no, "ratio", error, later=later)
    is_adjusted = abs(fall) < abs(fall - ratio)
    held = "adjusted" if is_adjusted else "raw"
    if history.declared and history.declared != held:
        found = f"has closes that are {held} at the split of {action.ex_date}"
        error = CellError(found, f"{history.declared}, as company.yaml says", _SHOWN)
        _tell(logs[PRICES], None, None, error, later=later)
    elif is_adjusted:
        found = f"has closes already adjusted for the split of {action.ex_date}"
        done = "taken back to what was quoted" if later else "left as they are"
        _tell(logs[PRICES], None, None, CellError(f"{found}: they are {done}"), later=later)
    return is_adjusted


def _fall(ex_date: date, closes: Sequence[Close]) -> float | None:
    """The logarithm of the last close before a day over the first since; None if none is near."""
    before = [row for row in closes if ex_date - NEAR <= row.date < ex_date]
    after = [row for row in closes if ex_date <= row.date <= ex_date + NEAR]
    if not before or not after:
        return None
    return math.log(max(before).close / min(after).close)


def _is_said_to_be_adjusted(
    action: Action, history: PriceHistory, log: ProblemLog, *, later: bool
) -> bool:
    reaches = any(row.date >= action.ex_date for row in history.closes)
    if reaches and history.declared:
        return history.declared == "adjusted"
    if not history.declared or history.declared == "adjusted":
        ends = "" if reaches else ", before which it ends"
        error = CellError(
            f"{_UNSETTLED.format(action.ex_date)}{ends}: its closes are read as raw", "", _DECLARE
        )
        _tell(log, None, None, error, later=later)
    return False


def _tell(
    log: ProblemLog, line: int | None, column: str | None, error: CellError, *, later: bool
) -> None:
    """Log a doubt; apart from what a report may show where the split was not known."""
    if later:
        log.cell(line, column, error, later=True)
    else:
        log.caution(line, column, error.found, error.expected, error.remedy)


OfMetricT = TypeVar("OfMetricT", "Fundamental", "Estimate")
_PER_SHARE_CLAIMS = frozenset({"price", "bull_target"})
_PER_SHARE_INPUTS = frozenset({"close", "target", "eps_ntm"})  # tables whose figures all are


def result_counts_shares(metric: str, unit: str) -> bool:
    """Whether a reported figure is a number of shares."""
    of = parse_unit(unit)
    return metric.startswith("shares_") or bool(of.share and not of.currency)


def claim_is_per_share(key: str, unit: str) -> bool:
    """Whether a document says something in money per share."""
    return key in _PER_SHARE_CLAIMS or parse_unit(unit).per_share


def _counts_shares(row: Fundamental) -> bool:
    return result_counts_shares(row.metric, row.unit)


def _of_metric(row: OfMetricT, actions: Iterable[Action]) -> OfMetricT:
    if result_counts_shares(row.metric, row.unit):
        return row._replace(value=row.value * new_per_old(row.published, actions))
    if parse_unit(row.unit).per_share:
        return row._replace(value=row.value / new_per_old(row.published, actions))
    return row


def _assumption(row: Assumption, actions: Iterable[Action]) -> Assumption:
    if not parse_unit(row.unit).per_share:
        return row
    return row._replace(value=row.value / new_per_old(row.published, actions))


def _is_per_share(row: Claim) -> bool:
    return claim_is_per_share(row.key, row.unit)


def _claim(row: Claim, actions: Iterable[Action]) -> Claim:
    if not _is_per_share(row):
        return row
    day = row.observed or row.published
    return row._replace(value=row.value / new_per_old(day, actions))


def _overrides(rows: PackRows, actions: Sequence[Action]) -> tuple[Override, ...]:
    """The overrides, those of money a share and of counts of shares restated by `published`."""
    powers = powers_of_overrides(rows)
    return tuple(
        row._replace(value=_restated(row.value, new_per_old(row.published, actions), power))
        for row, power in zip(rows.overrides, powers, strict=True)
    )


def _restated(value: float, new_per_old: float, power: int) -> float:
    if power == 0:
        return value
    return value * new_per_old if power > 0 else value / new_per_old


def powers_of_overrides(rows: PackRows) -> Iterator[int]:
    """Yield of every override -1 for money a share, 1 for a number of shares, 0 for all others."""
    per_share, counts = set(_per_share_members(rows)), set(_share_counts(rows))
    for row in rows.overrides:
        key = parse_key(row.key)
        if key.field:
            yield 0
        elif (key.name, key.members) in counts:
            yield 1
        elif (
            key.name in _PER_SHARE_INPUTS
            or (key.name, key.members) in per_share
            or (key.name == "assumption" and _is_money_a_share(key.members[0]))
        ):
            yield -1
        else:
            yield 0


def _is_money_a_share(parameter: str) -> bool:
    return parameter in BY_KEY and BY_KEY[parameter].row_unit == PER_SHARE


def _per_share_members(rows: PackRows) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the keys, taken apart, of the results and claims that are per share."""
    for result in rows.fundamentals:
        if parse_unit(result.unit).per_share:
            yield "fundamental", (result.segment, result.metric, result.period)
    for claim in filter(_is_per_share, rows.claims):
        observed = "" if claim.observed is None else claim.observed.isoformat()
        yield "claim", (claim.key, claim.variant, claim.source, observed)


def _share_counts(rows: PackRows) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the keys, taken apart, of the results that count shares."""
    for result in rows.fundamentals:
        if _counts_shares(result):
            yield "fundamental", (result.segment, result.metric, result.period)
