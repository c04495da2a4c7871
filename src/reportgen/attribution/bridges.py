"""Why an outcome changed: a bridge from its old value to its new one that closes to zero."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from math import isclose
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reportgen.attribution.coalitions import Coalitions
from reportgen.attribution.ends import both_ends
from reportgen.attribution.factors import SCORE
from reportgen.attribution.game import Game, RefusedError
from reportgen.attribution.players import FAMILIES, players_between
from reportgen.attribution.records import CLOSES_WITHIN, Attributed, Bar, Bridge, Change
from reportgen.attribution.shapley import DEFAULT, check_order, method_of, split
from reportgen.attribution.sub_scores import by_sub_score
from reportgen.model.cell_names import unit_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.attribution.factors import Outcome
    from reportgen.attribution.players import Player
    from reportgen.attribution.shapley import Attribution, Split
    from reportgen.expr.solve import Solved
    from reportgen.values import Value


class _Cause(NamedTuple):
    """What stands in a bar that is no input's."""

    player: str
    label: str


_UNREPRODUCED = _Cause("unreproduced", "What the file's own inputs do not give")
_METHOD = _Cause("method", "Change of the method")


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
    return tuple(
        _bridge(outcome, old, new, partial(_of_inputs, outcome, coalitions, how))
        for outcome in outcomes
    )


def score_bridge(old: End, new: End) -> Bridge:
    """Return the bridge of the hype score: a bar a sub-score."""
    return _bridge(SCORE, old, new, partial(by_sub_score, old.solved, new.solved))


def _bridge(
    outcome: Outcome, old: End, new: End, attribute: Callable[[Change], Attributed]
) -> Bridge:
    plain = Bridge(
        output=outcome.key,
        label=outcome.label,
        unit=unit_words(outcome.line.unit, new.solved),
        old=_number(old.stored.get(outcome.key)),
        new=_number(new.stored.get(outcome.key)),
        bars=(),
        method="exact",
        states=0,
    )
    stored = _change(plain.old, plain.new)
    solved = _change(_number(old.now.get(outcome.key)), _number(new.now.get(outcome.key)))
    if stored is None or solved is None:
        both = plain.old is None and plain.new is None
        return plain if both else plain._replace(note="not attributed: n/a at one end")
    try:
        found = attribute(solved)
    except RefusedError as refusal:
        return plain._replace(note=f"not attributed: {refusal}")
    of_this_model = old.is_of_this_model and new.is_of_this_model
    bars = [*found.bars, *_beyond(stored, solved, of_this_model=of_this_model)]
    bars.sort(key=lambda bar: (-abs(bar.amount), bar.player))
    return plain._replace(
        bars=tuple(bars),
        method=found.method,
        states=found.states,
        note=found.note,
        whole=found.whole,
    )


def _of_inputs(
    outcome: Outcome, coalitions: Coalitions, how: Attribution, ends: Change
) -> Attributed:
    """Return the bars of the inputs that differ. Raises RefusedError where they cannot be split."""
    game = Game.of(outcome, coalitions, ends)
    game.check_ends()
    return _split(game, how)


def _split(game: Game, how: Attribution) -> Attributed:
    """Return what `_attributed` does, as few families moving as a whole as it takes.

    Raises RefusedError where a state is n/a even if every family moves as a whole.
    """
    try:
        return _attributed(game, how)
    except RefusedError as refusal:
        why = str(refusal)
    with suppress(RefusedError):
        found = _attributed(game.with_whole({"targets"}), how)
        return found._replace(note=f"all targets as one: {why}", whole="targets")
    found = _attributed(game.with_whole(FAMILIES), how)
    return found._replace(note=f"by family only: {why}", whole="families")


def _attributed(game: Game, how: Attribution) -> Attributed:
    """Return the bars of a game. Raises RefusedError for an n/a state."""
    method, note = method_of(how.method, game.players)
    shares = split(game.values, game.players, method, how.order)
    return Attributed(tuple(_bars(game.players, shares)), method, shares.states, note)


def _change(old: float | None, new: float | None) -> Change | None:
    """Return the change between two values that are known."""
    return None if old is None or new is None else Change(old, new)


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


def _beyond(stored: Change, solved: Change, *, of_this_model: bool) -> Iterator[Bar]:
    """Yield what the stored values change by beyond today's model on the same inputs."""
    gap = Change(stored.old - solved.old, stored.new - solved.new)
    least = CLOSES_WITHIN * max(1, abs(stored.old))
    if not all(isclose(one, 0, abs_tol=least) for one in gap):
        cause = _UNREPRODUCED if of_this_model else _METHOD
        yield Bar(cause.player, cause.label, "method", gap.new - gap.old)
