"""What bars mean whose label does not say it: the passing of time, and brokers' targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.attribution.factors import TIME
from reportgen.model.hype import price_targets
from reportgen.model.inputs.assumptions import hype_max_target_age, hype_target_half_life
from reportgen.pages.figures import shown
from reportgen.periods import parse_serial
from reportgen.values import fixed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.attribution.records import Bridge
    from reportgen.differences.ends import ReadEnd
    from reportgen.expr.solve import Solved


def explained(bridges: Sequence[Bridge], old: ReadEnd, new: ReadEnd) -> tuple[Bridge, ...]:
    """Return the bridges with a note at each bar that needs one."""
    notes = {TIME: _time(old, new), **_targets(old.solved, new.solved)}
    return tuple(
        bridge._replace(
            bars=tuple(bar._replace(note=notes.get(bar.player, bar.note)) for bar in bridge.bars)
        )
        for bridge in bridges
    )


def _time(old: ReadEnd, new: ReadEnd) -> str:
    days = (new.end.as_of - old.end.as_of).days
    half_life, oldest = (
        fixed(float(new.solved.values[line]), 0)
        for line in (hype_target_half_life, hype_max_target_age)
    )
    older = "later each target is older" if days >= 0 else "earlier each target is younger"
    return (
        f"{abs(days):,} days {older}: what it says above the price fades by half in {half_life}"
        f" days, and past {oldest} days it no longer counts"
    )


class _Target(NamedTuple):
    """A target in use: whose it is, and what it says."""

    broker: str
    told: str


def _targets(old: Solved, new: Solved) -> Mapping[str, str]:
    """Return what became of each broker's target, by the key of its bar."""
    before, after = (_in_use(end) for end in (old, new))
    then = {one.broker: one.told for one in before.values()}
    now = {one.broker: one.told for one in after.values()}
    return {
        key: turned(then.get(one.broker), now.get(one.broker))
        for key, one in {**before, **after}.items()
    }


def _in_use(end: Solved) -> Mapping[str, _Target]:
    """Return the targets in use by the keys of their rows."""
    values, rows = end.values, end.members[price_targets.in_use.dims[0]]
    return {
        f"target[{rows[at]}]": _Target(
            str(values[price_targets.broker][at]).casefold(), _told(at, end)
        )
        for at in np.flatnonzero(values[price_targets.in_use] > 0).tolist()
    }


def _told(at: int, end: Solved) -> str:
    stated, currency, published = (
        end.values[line][at]
        for line in (price_targets.stated, price_targets.currency, price_targets.published)
    )
    day = parse_serial(published) or "no day"
    return f"{shown(float(stated), str(currency))} {currency} of {day}"


def turned(then: str | None, now: str | None) -> str:
    """Return what became of a target in use, each told by its figure and its day."""
    measured = "its optimism, age and run-up are measured from its own day"
    if then is None:
        return f"new in use: {now}; {measured}"
    if now is None:
        return f"no longer in use: {then}"
    if then == now:
        return f"{now} as before; rates or look-ups of its day differ"
    return f"{then}, now {now}; {measured}"
