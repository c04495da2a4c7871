"""Why an outcome changed: a bridge from its old value to its new one that closes to zero."""

from __future__ import annotations

from contextlib import suppress
from math import isclose
from typing import TYPE_CHECKING, Protocol, cast

from reportgen.attribution.coalitions import Coalitions
from reportgen.attribution.ends import both_ends
from reportgen.attribution.game import Game, RefusedError
from reportgen.attribution.players import FAMILIES, players_between
from reportgen.attribution.records import CLOSES_WITHIN, Bar, Bridge
from reportgen.attribution.shapley import DEFAULT, check_order, method_of, split
from reportgen.model.cell_names import unit_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.attribution.factors import Outcome
    from reportgen.attribution.players import Player
    from reportgen.attribution.records import Method, Whole
    from reportgen.attribution.shapley import Attribution, Split
    from reportgen.expr.solve import Solved
    from reportgen.values import Value


_BEYOND = {
    True: ("unreproduced", "What the file's own inputs do not give"),
    False: ("method", "Change of the method"),
}


class End(Protocol):
    """One of two reports: its values by public key as stated, and as today's model gives them."""

    @property
    def solved(self) -> Solved:
        """Every value that today's model gives on the report's inputs."""

    @property
    def stored(self) -> Mapping[str, Value]:
        """The values in the file."""

    @property
    def now(self) -> Mapping[str, Value]:
        """Those of today's model on its inputs."""

    @property
    def is_of_this_model(self) -> bool:
        """Whether the report was made by the model of this program."""


def bridges(
    old: End, new: End, outcomes: Sequence[Outcome], how: Attribution = DEFAULT
) -> tuple[Bridge, ...]:
    """Return the bridge of each outcome. Raises ReportgenError for an order that names nobody."""
    of = both_ends(old.solved, new.solved)
    coalitions = Coalitions(of, players_between(of, old.solved, new.solved))
    check_order(how.order, coalitions.player_map.players)
    return tuple(_bridge(outcome, (old, new), coalitions, how) for outcome in outcomes)


def _bridge(
    outcome: Outcome, ends: tuple[End, End], coalitions: Coalitions, how: Attribution
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
    game = Game.of(outcome, coalitions, (before, after))
    try:
        game.check_ends()
        bars, method, states, note, whole = _split(game, how)
    except RefusedError as refusal:
        return _with_note(plain, f"not attributed: {refusal}")
    bars += _beyond(cast("list[float]", stored), game, ends)
    bars.sort(key=lambda bar: (-abs(bar.amount), bar.player))
    return Bridge(*_head(plain), tuple(bars), method, states, note, whole)


def _split(game: Game, how: Attribution) -> tuple[list[Bar], Method, int, str, Whole]:
    """Return what `_attributed` does, and which families move as a whole: as few as it takes.

    Raises RefusedError where a state is n/a even if every family moves as a whole.
    """
    try:
        return *_attributed(game, how), ""
    except RefusedError as refusal:
        why = str(refusal)
    with suppress(RefusedError):
        bars, method, states, _ = _attributed(game.with_whole({"targets"}), how)
        return bars, method, states, f"all targets as one: {why}", "targets"
    bars, method, states, _ = _attributed(game.with_whole(FAMILIES), how)
    return bars, method, states, f"by family only: {why}", "families"


def _attributed(game: Game, how: Attribution) -> tuple[list[Bar], Method, int, str]:
    """Return bars, method, number of states and a note. Raises RefusedError for an n/a state."""
    method, note = method_of(how.method, game.players)
    shares = split(game.values, game.players, method, how.order)
    return list(_bars(game.players, shares)), method, shares.states, note


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


def _beyond(stored: list[float], game: Game, ends: tuple[End, End]) -> Iterator[Bar]:
    """Yield what the stored values change by beyond today's model on the same inputs."""
    gaps = [value - now for value, now in zip(stored, game.ends, strict=True)]
    if not all(isclose(gap, 0, abs_tol=CLOSES_WITHIN * max(1, abs(stored[0]))) for gap in gaps):
        player, label = _BEYOND[all(end.is_of_this_model for end in ends)]
        yield Bar(player, label, "method", gaps[1] - gaps[0])
