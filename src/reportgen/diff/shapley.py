"""How a change is split over players: exact Shapley, Owen by family, sampled, sequential.

A game is a function from states to values: a state is a truth a player (False old, True new), and
`values(states)` takes (states, players) and returns (states,). Every split sums to
`values(all new) - values(all old)`.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.expr.numeric import Array

Game = Callable[["Array"], "Array"]

MOST_EXACT = 12  # players whose every combination is evaluated: 4,096 states
MOST_STATES = 65_536
PAIRS = 400  # of a random order and its reverse
_SEED = 20_251_130


class Split(NamedTuple):
    """A share for each player; `low`, `high` (over orders), `error` (standard) where they exist.

    `states` counts the states that were evaluated.
    """

    shares: Array
    states: int
    low: Array | None = None
    high: Array | None = None
    error: Array | None = None


def every_state(players: int) -> Array:
    """Return all states of so many players, (2^players, players); player k is bit k of the row."""
    rows = np.arange(1 << players)[:, None]
    states: Array = ((rows >> np.arange(players)) & 1).astype(bool)
    return states


def exact(game: Game, players: int) -> Split:
    """Return the Shapley value: each player's gain, averaged over all orders."""
    values = game(every_state(players))
    gains = _gains(values, players)
    weights = _weights(players)
    sizes = _sizes(players)
    return Split(np.array([gain @ weights[sizes[: len(gain)]] for gain in gains]), len(values))


def _gains(values: Array, players: int) -> list[Array]:
    """Return for each player what joining adds, for every combination of the others in order."""
    found = []
    for player in range(players):
        cube = values.reshape(-1, 2, 1 << player)
        found.append((cube[:, 1] - cube[:, 0]).ravel())
    return found


def _weights(players: int) -> Array:
    """Return the weight of a combination of the others by its size: its share of all orders."""
    return np.array([1 / (players * comb(players - 1, size)) for size in range(players)])


def _sizes(players: int) -> Array:
    """Return how many of the other players are in each of their combinations."""
    sizes: Array = every_state(max(players - 1, 0)).sum(axis=1)
    return sizes


def owen_states(families: Sequence[Sequence[int]]) -> int:
    """Return how many states the Owen value of such families takes."""
    return sum(1 << (len(families) - 1 + len(family)) for family in families)


def owen(game: Game, families: Sequence[Sequence[int]]) -> Split:
    """Return the Owen value: families join as a whole, and split among their own what they add.

    `families` hold the numbers of the players, each player once.
    """
    players = sum(map(len, families))
    blocks = [_family_states(families, which, players) for which in range(len(families))]
    values = np.split(game(np.concatenate(blocks)), np.cumsum([len(b) for b in blocks])[:-1])
    outer = _weights(len(families))[_sizes(len(families))]
    shares = np.zeros(players)
    for family, found in zip(families, values, strict=True):
        mean = outer @ found.reshape(len(outer), -1)
        inner, sizes = _weights(len(family)), _sizes(len(family))
        for player, gain in zip(family, _gains(mean, len(family)), strict=True):
            shares[player] = gain @ inner[sizes]
    return Split(shares, sum(map(len, blocks)))


def _family_states(families: Sequence[Sequence[int]], which: int, players: int) -> Array:
    """Return the states of every combination of the other families and of one's own members."""
    others = [family for k, family in enumerate(families) if k != which]
    inner = every_state(len(families[which]))
    outer = every_state(len(others))
    states = np.zeros((len(outer), len(inner), players), dtype=bool)
    states[:, :, list(families[which])] = inner
    for column, family in enumerate(others):
        states[:, :, list(family)] = outer[:, column, None, None]
    return states.reshape(-1, players)


def sampled(game: Game, players: int, pairs: int = PAIRS) -> Split:
    """Return the Shapley value estimated from random orders and their reverses, with its error.

    The orders are the same every time. The error is that of the mean of the pairs.
    """
    generator = np.random.default_rng(_SEED)
    forward = np.array([generator.permutation(players) for _ in range(pairs)])
    gains = _gains_in(game, np.concatenate([forward, forward[:, ::-1]]))
    means = (gains[:pairs] + gains[pairs:]) / 2
    error = means.std(axis=0, ddof=1) / np.sqrt(pairs)
    return Split(means.mean(axis=0), 2 * pairs * (players + 1), error=error)


def _gains_in(game: Game, orders: Array) -> Array:
    """Return what each player adds in each order, (orders, players)."""
    count, players = orders.shape
    states = np.zeros((count, players + 1, players), dtype=bool)
    rows = np.arange(count)
    for place in range(players):
        states[:, place + 1] = states[:, place]
        states[rows, place + 1, orders[:, place]] = True
    values = game(states.reshape(-1, players)).reshape(count, players + 1)
    gains = np.zeros((count, players))
    np.put_along_axis(gains, orders, np.diff(values, axis=1), axis=1)
    return gains


def sequential(game: Game, order: Sequence[int]) -> Split:
    """Return what each player adds when they join in an order, and the range over all orders.

    Above MOST_EXACT players the range is that over sampled orders.
    """
    players = len(order)
    one = _gains_in(game, np.array([order]))[0]
    if players <= MOST_EXACT:
        gains = _gains(game(every_state(players)), players)
        low, high = (np.array([pick(gain) for gain in gains]) for pick in (np.min, np.max))
        return Split(one, (1 << players) + players + 1, low, high)
    generator = np.random.default_rng(_SEED)
    orders = np.array([generator.permutation(players) for _ in range(PAIRS)])
    found = np.vstack([one, _gains_in(game, orders)])
    return Split(one, len(found) * (players + 1), found.min(axis=0), found.max(axis=0))
