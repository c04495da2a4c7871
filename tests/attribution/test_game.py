"""A game of one outcome: its players in groups, its ends, and why it cannot be split."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from reportgen.attribution.factors import OUTCOMES
from reportgen.attribution.game import Game, RefusedError
from reportgen.attribution.players import Player
from reportgen.attribution.records import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reportgen.attribution.coalitions import Coalitions

    States = NDArray[np.bool_]

NAMES = ("price", "growth", "FX", "shares", "debt", "margin")


class Worth:
    """Coalitions whose value is a function of the states, columns in the order of `numbers`."""

    def __init__(self, value: Callable[[States], NDArray[np.float64]]) -> None:
        self.value = value
        self.numbers: Sequence[int] = ()

    def values(
        self, outcome: object, numbers: Sequence[int], states: States
    ) -> NDArray[np.float64]:
        assert outcome is OUTCOMES[0]
        self.numbers = numbers
        return self.value(states)


def game(worth: Worth, ends: Change, players: int = len(NAMES)) -> Game:
    named = tuple(Player(name, f"the {name}", name.lower()) for name in NAMES[:players])
    members = tuple((number,) for number in range(players))
    return Game(OUTCOMES[0], cast("Coalitions", worth), named, members, ends)


def counted(states: States) -> NDArray[np.float64]:
    return states.sum(axis=1).astype(float)


def unknown_from(*fewest: int) -> Callable[[States], NDArray[np.float64]]:
    """One a new player; n/a wherever all of `fewest` are new, none of them given: everywhere."""
    return lambda states: np.where(states[:, list(fewest)].all(axis=1), np.nan, counted(states))


@pytest.mark.parametrize("off", [0.0, 0.9e-9, -0.9e-9])
def test_ends_that_are_reproduced_are_taken(off: float) -> None:
    game(Worth(counted), Change(0.0, 6.0 + 6 * off)).check_ends()


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (Change(0.25, 6.0), "give 0 where the model gives 0.25;"),
        (Change(0.0, 6.5), "give 6 where the model gives 6.5;"),
        (Change(0.0, 6.0 + 2e-8), "give 6 where the model gives 6;"),
        (Change(2e-9, 6.0), "give 0 where the model gives 2e-09;"),
    ],
)
def test_ends_that_are_not_reproduced_are_told_with_both(ends: Change, told: str) -> None:
    with pytest.raises(RefusedError, match=f"the inputs found to differ {told}"):
        game(Worth(counted), ends).check_ends()


ALL = np.array([[at >> bit & 1 for bit in range(6)] for at in range(1 << 6)], dtype=bool)


@pytest.mark.parametrize(
    ("unknown", "told"),
    [
        ((), "with only nothing as"),
        ((2,), "with only the FX as"),
        ((0, 5), "with only the price, the margin as"),
        ((0, 1, 2, 3), "with only the price, the growth, the FX, the shares as"),
        ((0, 1, 2, 3, 4), "with only the price, the growth, the FX, the shares and 1 more as"),
        (range(6), "with only the price, the growth, the FX, the shares and 2 more as"),
    ],
)
def test_the_smallest_mix_without_a_value_is_named(unknown: Sequence[int], told: str) -> None:
    with pytest.raises(RefusedError) as refused:
        game(Worth(unknown_from(*unknown)), Change(0.0, 6.0)).values(ALL[::-1])
    assert str(refused.value) == f"{told} in the new report the value is n/a"


def test_a_family_moves_as_one_and_keeps_its_place() -> None:
    worth = Worth(counted)
    players = (
        Player("target[a]", "A", "targets"),
        Player("price", "Price", "price"),
        Player("target[b]", "B", "targets"),
        Player("rate", "Rate", "FX"),
    )
    split = Game(
        OUTCOMES[0], cast("Coalitions", worth), players, ((7,), (3,), (5,), (1,)), Change(0.0, 4.0)
    ).with_whole({"targets", "FX"})
    assert split.players == (
        Player("targets", "Targets", "targets"),
        players[1],
        Player("FX", "FX", "FX"),
    )
    assert split.members == ((7, 5), (3,), (1,))
    assert split.values(np.array([[True, False, False], [False, True, True]])).tolist() == [2, 2]
    assert list(worth.numbers) == [7, 5, 3, 1]
