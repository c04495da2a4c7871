"""The game of one outcome: its players, and its value for every coalition of them."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.attribution.players import Player
from reportgen.attribution.records import CLOSES_WITHIN

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from reportgen.attribution.coalitions import Coalitions
    from reportgen.attribution.factors import Outcome
    from reportgen.attribution.records import Change
    from reportgen.expr.numeric import Array


_NAMED = 4  # players named in a message, the others counted


class RefusedError(Exception):
    """A split that would close and be nonsense; the message says why."""


class Game(NamedTuple):
    """One outcome, the players that reach it, and its values at both ends.

    A player is one of the players of the coalitions, or several that move as one.
    """

    outcome: Outcome
    coalitions: Coalitions
    players: tuple[Player, ...]
    members: tuple[tuple[int, ...], ...]
    ends: Change

    @classmethod
    def of(cls, outcome: Outcome, coalitions: Coalitions, ends: Change) -> Game:
        """Return the game of all players that reach an outcome, in the order of their families."""
        numbers = coalitions.reaching(outcome)
        players = tuple(coalitions.player_map.players[number] for number in numbers)
        return cls(outcome, coalitions, players, tuple((number,) for number in numbers), ends)

    def with_whole(self, families: Container[str]) -> Game:
        """Return the same with all players of each of some families as one."""
        found: dict[Player, tuple[int, ...]] = {}
        for player, numbers in zip(self.players, self.members, strict=True):
            name = player.family
            one = Player(name, _capitalised(name), name) if name in families else player
            found[one] = (*found.get(one, ()), *numbers)
        return self._replace(players=tuple(found), members=tuple(found.values()))

    def values(self, states: Array) -> Array:
        """Return the outcome in each state. Raises RefusedError where one is n/a."""
        numbers = [number for group in self.members for number in group]
        sizes = [len(group) for group in self.members]
        spread = np.repeat(states, sizes, axis=1)
        found = self.coalitions.values(self.outcome, numbers, spread)
        if np.isnan(found).any():
            raise RefusedError(_why_not(self.players, states[np.isnan(found)]))
        return found

    def check_ends(self) -> None:
        """Raise RefusedError unless the players together make the whole change."""
        found = self.values(np.array([[False] * len(self.players), [True] * len(self.players)]))
        for value, known in zip(found, self.ends, strict=True):
            if not isclose(value, known, rel_tol=CLOSES_WITHIN, abs_tol=CLOSES_WITHIN):
                raise RefusedError(
                    f"the inputs found to differ give {value:.6g} where the model gives"
                    f" {known:.6g}; please report this with both files"
                )


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]  # FX stays FX


def _why_not(players: Sequence[Player], states: Array) -> str:
    """Return what a mixed state without a value mixes, the one with the fewest new players."""
    fewest = states[np.argmin(states.sum(axis=1))]
    moved = [player.label for player, new in zip(players, fewest, strict=True) if new]
    more = len(moved) - _NAMED
    named = ", ".join(moved[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"with only {named or 'nothing'} as in the new report the value is n/a"
