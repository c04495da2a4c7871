"""The laws of a fair split, on random games, against orders walked one by one."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reportgen.attribution import shapley
from reportgen.attribution.players import FAMILIES, Player
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reportgen.attribution.shapley import ValueOf

PLAYERS = 4
worths = arrays(float, 1 << PLAYERS, elements=st.floats(-1e3, 1e3).map(lambda x: round(x, 3)))


def game_of(worth: NDArray[np.float64]) -> ValueOf:
    """A game whose states are looked up: player k is bit k."""
    bits = int(np.log2(len(worth)))
    return lambda states: worth[states @ (1 << np.arange(bits))]


def walked(game: ValueOf, orders: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """What each player adds on average, by walking every order step by step."""
    players = len(orders[0])
    shares = np.zeros(players)
    for order in orders:
        state = np.zeros((1, players), dtype=bool)
        for player in order:
            before = game(state.copy())[0]
            state[0, player] = True
            shares[player] += game(state)[0] - before
    return shares / len(orders)


def together(families: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Every order in which each family arrives without a stranger between."""
    players = [player for family in families for player in family]
    blocks = [set(family) for family in families]
    return [order for order in permutations(players) if _unbroken(order, blocks)]


def _unbroken(order: Sequence[int], blocks: Sequence[set[int]]) -> bool:
    places = [sorted(order.index(player) for player in block) for block in blocks]
    return all(at[-1] - at[0] == len(at) - 1 for at in places)


@given(worths)
def test_exact_is_the_mean_over_all_orders(worth: NDArray[np.float64]) -> None:
    game = game_of(worth)
    expected = walked(game, list(permutations(range(PLAYERS))))
    np.testing.assert_allclose(shapley.exact(game, PLAYERS).shares, expected, atol=1e-9)


@given(worths)
@pytest.mark.parametrize("families", [[[0, 2], [1, 3]], [[0], [1, 2, 3]], [[0, 1, 2, 3]]])
def test_owen_is_the_mean_over_orders_in_which_families_arrive_together(
    families: list[list[int]], worth: NDArray[np.float64]
) -> None:
    game = game_of(worth)
    split = shapley.owen(game, families)
    np.testing.assert_allclose(split.shares, walked(game, together(families)), atol=1e-9)
    assert split.states == shapley.owen_states(families)


@given(worths)
def test_every_way_of_splitting_hands_out_the_whole_change(worth: NDArray[np.float64]) -> None:
    game = game_of(worth)
    change = worth[-1] - worth[0]
    for split in (
        shapley.exact(game, PLAYERS),
        shapley.owen(game, [[0, 1], [2, 3]]),
        shapley.sampled(game, PLAYERS, pairs=8),
        shapley.sequential(game, [3, 1, 0, 2]),
    ):
        assert split.shares.sum() == pytest.approx(change, abs=1e-9)


@given(worths, st.floats(-9, 9))
def test_who_adds_the_same_to_every_state_gets_just_that(
    worth: NDArray[np.float64], extra: float
) -> None:
    wider = game_of(np.concatenate([worth, worth + extra]))  # the fifth player's bit
    assert shapley.exact(wider, PLAYERS + 1).shares[-1] == pytest.approx(extra, abs=1e-9)
    families = [[0, 4], [1, 2, 3]]
    assert shapley.owen(wider, families).shares[4] == pytest.approx(extra, abs=1e-9)


@given(worths)
def test_players_that_can_be_exchanged_get_the_same(worth: NDArray[np.float64]) -> None:
    def fair(states: NDArray[np.bool_]) -> NDArray[np.float64]:
        exchanged = states[:, [1, 0, 2, 3]]
        values: NDArray[np.float64] = game_of(worth)(states) + game_of(worth)(exchanged)
        return values

    shares = shapley.exact(fair, PLAYERS).shares
    assert shares[0] == pytest.approx(shares[1], abs=1e-9)


@given(worths, worths)
def test_the_split_of_a_sum_is_the_sum_of_the_splits(
    one: NDArray[np.float64], other: NDArray[np.float64]
) -> None:
    parts = [shapley.exact(game_of(worth), PLAYERS).shares for worth in (one, other)]
    both = shapley.exact(game_of(one + other), PLAYERS).shares
    np.testing.assert_allclose(both, sum(parts), atol=1e-9)


@given(worths)
def test_the_way_back_is_the_way_there_with_the_sign_turned(worth: NDArray[np.float64]) -> None:
    there, back = game_of(worth), game_of(worth[::-1])  # every bit turned over
    for split in (
        lambda game: shapley.exact(game, PLAYERS),
        lambda game: shapley.owen(game, [[0, 1, 2], [3]]),
    ):
        np.testing.assert_allclose(split(there).shares, -split(back).shares, atol=1e-9)


@given(worths)
def test_the_range_over_orders_is_that_of_all_orders_walked(worth: NDArray[np.float64]) -> None:
    game = game_of(worth)
    every = np.array([walked(game, [order]) for order in permutations(range(PLAYERS))])
    split = shapley.sequential(game, [2, 0, 3, 1])
    np.testing.assert_allclose(split.shares, walked(game, [(2, 0, 3, 1)]), atol=1e-9)
    np.testing.assert_allclose(split.low, every.min(axis=0), atol=1e-9)
    np.testing.assert_allclose(split.high, every.max(axis=0), atol=1e-9)


def test_samples_come_near_the_exact_split_within_their_error_and_are_the_same_every_time() -> None:
    worth = np.random.default_rng(3).normal(size=1 << 6)
    game = game_of(worth)
    exact, split = shapley.exact(game, 6).shares, shapley.sampled(game, 6)
    assert split.error is not None
    assert (np.abs(split.shares - exact) < 4 * split.error).all()
    assert (split.shares == shapley.sampled(game, 6).shares).all()


def test_a_sequential_split_of_many_players_tells_the_range_of_the_orders_it_tried() -> None:
    players = shapley.MOST_EXACT + 2
    weights = np.arange(1.0, players + 1)
    split = shapley.sequential(lambda states: (states @ weights) ** 2, list(range(players)))
    assert split.low is not None
    assert split.high is not None
    assert (split.low <= split.shares).all()
    assert (split.shares <= split.high).all()
    assert (split.low < split.high).all()


def test_the_error_is_that_of_the_mean_of_the_pairs() -> None:
    """Of two pairs it is how far their mean is from either of them."""
    game = game_of(np.random.default_rng(5).normal(size=1 << PLAYERS))
    with pytest.warns(RuntimeWarning):  # one pair has no error
        first = shapley.sampled(game, PLAYERS, pairs=1)
    both = shapley.sampled(game, PLAYERS, pairs=2)
    np.testing.assert_allclose(both.error, np.abs(both.shares - first.shares), atol=1e-12)


def test_the_states_that_were_tried_are_counted() -> None:
    """Those of an order are the beginning and one for each player who comes."""
    for players, split in (
        (PLAYERS, lambda game: shapley.exact(game, PLAYERS)),
        (PLAYERS, lambda game: shapley.owen(game, [[0, 2], [1, 3]])),
        (PLAYERS, lambda game: shapley.sampled(game, PLAYERS, pairs=8)),
        (PLAYERS, lambda game: shapley.sequential(game, [3, 1, 0, 2])),
        (13, lambda game: shapley.sequential(game, range(13))),
    ):
        tried: list[int] = []

        def game(
            states: NDArray[np.bool_], tried: list[int] = tried, players: int = players
        ) -> NDArray[np.float64]:
            tried.append(len(states))
            worths: NDArray[np.float64] = states @ np.arange(1.0, players + 1)
            return worths

        assert split(game).states == sum(tried)


# So many players in so many families, the method asked for, the one used, and what is said of it
METHODS: list[tuple[int, int, shapley.Wanted, str, str]] = [
    (12, 3, "auto", "exact", ""),
    (13, 3, "auto", "owen", ""),
    (16, 3, "exact", "exact", ""),
    (17, 3, "exact", "owen", "17 players are too many for the exact method: owen instead"),
    (17, 1, "exact", "sampled", "17 players are too many for the exact method: sampled instead"),
    (12, 3, "owen", "owen", ""),
    (16, 1, "owen", "owen", ""),  # 65,536 states
    (17, 1, "owen", "sampled", "17 players are too many for the owen method: sampled instead"),
    (17, 1, "auto", "sampled", ""),
    (3, 1, "sampled", "sampled", ""),
    (17, 1, "sequential", "sequential", ""),
]


@pytest.mark.parametrize(("count", "families", "wanted", "used", "note"), METHODS)
def test_a_method_is_used_as_long_as_it_can_be(
    count: int, families: int, wanted: shapley.Wanted, used: str, note: str
) -> None:
    players = sorted(
        (Player(f"{n}", f"{n}", f"{n % families}") for n in range(count)),
        key=lambda player: player.family,
    )
    assert shapley.method_of(wanted, players) == (used, note)


# Who goes first, and the place at which each of FOUR comes
FOUR = (
    Player("price", "Price", "price"),
    Player("target[a]", "A", "targets"),
    Player("target[b]", "B", "targets"),
    Player("growth", "Growth", "growth"),
)
ORDERS: list[tuple[tuple[str, ...], list[int]]] = [
    ((), [1, 2, 3, 4]),
    (("growth",), [2, 3, 4, 1]),
    (("targets",), [3, 1, 2, 4]),
    (("target[b]", "targets"), [3, 2, 1, 4]),
    (("targets", "target[b]"), [3, 1, 2, 4]),
    (("growth", "target[b]", "price"), [3, 4, 2, 1]),
]


def squared(states: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Worth the square of how many there are: who comes n-th adds 2 n - 1."""
    found: NDArray[np.float64] = states.sum(axis=1).astype(float) ** 2
    return found


@pytest.mark.parametrize(("order", "places"), ORDERS)
def test_those_that_an_order_names_come_first_one_by_one_or_by_family(
    order: tuple[str, ...], places: list[int]
) -> None:
    shapley.check_order(order, FOUR)
    found = shapley.split(squared, FOUR, "sequential", order)
    assert found.shares.tolist() == [2 * place - 1 for place in places]


def test_all_names_of_an_order_that_are_nobodys_are_told() -> None:
    shapley.check_order(FAMILIES, ())  # a family that nothing changed in
    with pytest.raises(ReportgenError) as refused:
        shapley.check_order(("fees", "price", "target[c]"), FOUR)
    assert str(refused.value) == (
        "order: fees, target[c]: no such player or family;"
        f" families are {', '.join(FAMILIES)}, players the keys of a bridge's bars"
    )
