"""Share splits: figures per share dated before one are restated in the shares of after it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

from reportgen.facts.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.rows import (
        Action,
        Assumption,
        Claim,
        Close,
        Estimate,
        Fundamental,
        PackRows,
    )

PerShareT = TypeVar("PerShareT", "Estimate", "Assumption")
CLEAR_RATIO = 2.0  # from here on a split stands out from what a price does by itself
_PER_SHARE_CLAIMS = frozenset({"price", "bull_target"})
_SHARE_COUNT = "shares_diluted"


def standing_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """One action for each ex-date, the last published, in the order of time."""
    by_day = {row.ex_date: row for row in sorted(actions, key=lambda row: row.published)}
    return tuple(by_day[day] for day in sorted(by_day))


def new_per_old(day: date, actions: Iterable[Action]) -> float:
    """Shares of today for one of `day`: the product of the ratios of the splits since."""
    return math.prod(action.ratio for action in actions if day < action.ex_date)


def restated(rows: PackRows, log: ProblemLog) -> PackRows:
    """Every figure per share in today's shares, every count of shares too.

    Closes are dated by their day, claims by when they were observed, everything else by when it
    was published. Closes that a vendor has already adjusted are left as they are, with a warning.
    """
    actions = standing_actions(rows.actions)
    if not actions:
        return rows
    return rows._replace(
        actions=actions,
        prices=_closes(rows.prices, actions, log),
        targets=tuple(
            row._replace(target=row.target / new_per_old(row.published, actions))
            for row in rows.targets
        ),
        fundamentals=tuple(_fundamental(row, actions) for row in rows.fundamentals),
        estimates=tuple(_per_share(row, actions) for row in rows.estimates),
        claims=tuple(_claim(row, actions) for row in rows.claims),
        assumptions=tuple(_per_share(row, actions) for row in rows.assumptions),
    )


def _closes(
    closes: tuple[Close, ...], actions: Iterable[Action], log: ProblemLog
) -> tuple[Close, ...]:
    for action in actions:
        if _is_adjusted(closes, action):
            found = f"has closes already adjusted for the split of {action.ex_date}"
            log.caution(None, None, f"{found}: they are left as they are")
            continue
        closes = tuple(
            row._replace(close=row.close / action.ratio) if row.date < action.ex_date else row
            for row in closes
        )
    return closes


def _is_adjusted(closes: Sequence[Close], action: Action) -> bool:
    """Whether closes run on through a clear split without a jump anywhere near its ratio."""
    if 1 / CLEAR_RATIO < action.ratio < CLEAR_RATIO:
        return False
    before = [row.close for row in closes if row.date < action.ex_date][-1:]
    after = [row.close for row in closes if row.date >= action.ex_date][:1]
    if not before or not after:
        return False
    jump = math.log(before[0] / after[0])
    return abs(jump) < abs(jump - math.log(action.ratio))


def _fundamental(row: Fundamental, actions: Iterable[Action]) -> Fundamental:
    if row.metric == _SHARE_COUNT:
        return row._replace(value=row.value * new_per_old(row.published, actions))
    if parse_unit(row.unit).per_share:
        return row._replace(value=row.value / new_per_old(row.published, actions))
    return row


def _per_share(row: PerShareT, actions: Iterable[Action]) -> PerShareT:
    if not parse_unit(row.unit).per_share:
        return row
    return row._replace(value=row.value / new_per_old(row.published, actions))


def _claim(row: Claim, actions: Iterable[Action]) -> Claim:
    day = row.observed or row.published
    if row.key in _PER_SHARE_CLAIMS or parse_unit(row.unit).per_share:
        return row._replace(value=row.value / new_per_old(day, actions))
    return row
