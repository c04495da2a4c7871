"""Why an outcome changed: a bridge from its old value to its new one that closes to zero."""

from __future__ import annotations

from contextlib import suppress
from math import isclose
from typing import TYPE_CHECKING, cast

from reportgen.diff.common import common
from reportgen.diff.families import FAMILIES
from reportgen.diff.methods import DEFAULT, check_order, method_of, split
from reportgen.diff.mixing import Mixture
from reportgen.diff.players import roster
from reportgen.diff.playing import Play, RefusedError
from reportgen.diff.records import CLOSES_WITHIN, Bar, Bridge
from reportgen.diff.words import unit_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diff.ends import ReadEnd
    from reportgen.diff.frontier import Outcome
    from reportgen.diff.methods import Attribution
    from reportgen.diff.players import Player
    from reportgen.diff.records import Method, Value, Whole
    from reportgen.diff.shapley import Split

_BEYOND = {
    True: ("unreproduced", "What the file's own inputs do not give"),
    False: ("method", "Change of the method"),
}


def bridges(
    old: ReadEnd, new: ReadEnd, outcomes: Sequence[Outcome], how: Attribution = DEFAULT
) -> tuple[Bridge, ...]:
    """Return the bridge of each outcome. Raises ReportgenError for an order that names nobody."""
    of = common(old.solved, new.solved)
    mixture = Mixture(of, roster(of, old.solved, new.solved))
    check_order(how.order, mixture.roster.players)
    return tuple(_bridge(outcome, (old, new), mixture, how) for outcome in outcomes)


def _bridge(
    outcome: Outcome, ends: tuple[ReadEnd, ReadEnd], mixture: Mixture, how: Attribution
) -> Bridge:
    stored = [_number(end.stored.get(outcome.key)) for end in ends]
    now = [_number(end.now.get(outcome.key)) for end in ends]
    plain = Bridge(
        outcome.key,
        outcome.label,
        unit_words(outcome.line.unit, ends[1].solved),
        stored[0],
        stored[1],
        (),
        "exact",
        0,
    )
    if None in stored or None in now:
        same = stored == [None, None]
        return plain if same else _with_note(plain, "not attributed: n/a at one end")
    before, after = cast("list[float]", now)
    play = Play.of(outcome, mixture, (before, after))
    try:
        play.check_ends()
        bars, method, states, note, whole = _split(play, how)
    except RefusedError as refusal:
        return _with_note(plain, f"not attributed: {refusal}")
    bars += _beyond(cast("list[float]", stored), play, ends)
    bars.sort(key=lambda bar: (-abs(bar.amount), bar.player))
    return Bridge(*_head(plain), tuple(bars), method, states, note, whole)


def _split(play: Play, how: Attribution) -> tuple[list[Bar], Method, int, str, Whole]:
    """Return what `_attributed` does, and which families move as a whole: as few as it takes.

    Raises RefusedError where a state is n/a even if every family moves as a whole.
    """
    try:
        return *_attributed(play, how), ""
    except RefusedError as refusal:
        why = str(refusal)
    with suppress(RefusedError):
        bars, method, states, _ = _attributed(play.with_whole({"targets"}), how)
        return bars, method, states, f"all targets as one: {why}", "targets"
    bars, method, states, _ = _attributed(play.with_whole(FAMILIES), how)
    return bars, method, states, f"by family only: {why}", "families"


def _attributed(play: Play, how: Attribution) -> tuple[list[Bar], Method, int, str]:
    """Return bars, method, number of states and a note. Raises RefusedError for an n/a state."""
    method, note = method_of(how.method, play.players)
    shares = split(play.values, play.players, method, how.order)
    return list(_bars(play.players, shares)), method, shares.states, note


def _head(of: Bridge) -> tuple[str, str, str, float | None, float | None]:
    return of.output, of.label, of.unit, of.old, of.new


def _with_note(of: Bridge, note: str) -> Bridge:
    return Bridge(*_head(of), (), of.method, of.states, note)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, float | int) else None


def _bars(players: Sequence[Player], split: Split) -> Iterator[Bar]:
    """Yield a bar a player; one without any effect in any state has none."""
    for number, player in enumerate(players):
        low, high, error = (
            None if of is None else float(of[number]) for of in (split.low, split.high, split.error)
        )
        amount = float(split.shares[number])
        if amount or low or high or error:
            yield Bar(player.key, player.label, player.family, amount, low, high, error)


def _beyond(stored: list[float], play: Play, ends: tuple[ReadEnd, ReadEnd]) -> Iterator[Bar]:
    """Yield what the stored values change by beyond today's model on the same inputs."""
    gaps = [value - now for value, now in zip(stored, play.ends, strict=True)]
    if not all(isclose(gap, 0, abs_tol=CLOSES_WITHIN * max(1, abs(stored[0]))) for gap in gaps):
        player, label = _BEYOND[all(end.is_of_this_model for end in ends)]
        yield Bar(player, label, "method", gaps[1] - gaps[0])
