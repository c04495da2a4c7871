"""How a change is split over players: exact Shapley, Owen by family, sampled, sequential."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from math import comb
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

import numpy as np

from reportgen.attribution.players import FAMILIES
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.attribution.players import Player
    from reportgen.attribution.records import Method
    from reportgen.expr.numeric import Array


ValueOf = Callable[["Array"], "Array"]

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


def exact(game: ValueOf, players: int) -> Split:
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


def owen(game: ValueOf, families: Sequence[Sequence[int]]) -> Split:
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


def sampled(game: ValueOf, players: int, pairs: int = PAIRS) -> Split:
    """Return the Shapley value estimated from random orders and their reverses, with its error.

    The orders are the same every time. The error is that of the mean of the pairs.
    """
    generator = np.random.default_rng(_SEED)
    forward = np.array([generator.permutation(players) for _ in range(pairs)])
    gains = _gains_in(game, np.concatenate([forward, forward[:, ::-1]]))
    means = (gains[:pairs] + gains[pairs:]) / 2
    error = means.std(axis=0, ddof=1) / np.sqrt(pairs)
    return Split(means.mean(axis=0), 2 * pairs * (players + 1), error=error)


def _gains_in(game: ValueOf, orders: Array) -> Array:
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


def sequential(game: ValueOf, order: Sequence[int]) -> Split:
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


Wanted = Literal["auto", "exact", "owen", "sampled", "sequential"]
MOST_EXACT_ON_REQUEST = 16  # 65,536 states


class Attribution(NamedTuple):
    """How to split: a method, and for the sequential one the players or families that go first."""

    method: Wanted = "auto"
    order: tuple[str, ...] = ()


DEFAULT = Attribution()


def _families(players: Sequence[Player]) -> list[list[int]]:
    """Return the numbers of the players, family by family; they stand in that order already."""
    numbered = groupby(range(len(players)), key=lambda number: players[number].family)
    return [list(numbers) for _, numbers in numbered]


def method_of(wanted: Wanted, players: Sequence[Player]) -> tuple[Method, str]:
    """Return the method used, and a note where it is not the one that was asked for."""
    count, families = len(players), _families(players)
    fits = owen_states(families) <= MOST_STATES
    if wanted in {"sampled", "sequential"}:
        return cast("Method", wanted), ""
    if wanted == "exact" and count <= MOST_EXACT_ON_REQUEST:
        return "exact", ""
    if count <= MOST_EXACT and wanted != "owen":
        return "exact", ""
    found: Method = "owen" if fits else "sampled"
    if wanted in {"auto", found}:
        return found, ""
    return found, f"{count} players are too many for the {wanted} method: {found} instead"


def split(
    game: ValueOf, players: Sequence[Player], method: Method, order: tuple[str, ...]
) -> Split:
    """Return the shares of the players; `order` names those that go first, sequentially."""
    count = len(players)
    if not count:
        return Split(np.zeros(0), 0)
    if method == "exact":
        return exact(game, count)
    if method == "owen":
        return owen(game, _families(players))
    if method == "sampled":
        return sampled(game, count)
    return sequential(game, _in_order(players, order))


def _in_order(players: Sequence[Player], order: tuple[str, ...]) -> list[int]:
    """Return the numbers of the players: those that `order` names first, the rest after them."""

    def rank(number: int) -> int:
        return min(
            (order.index(name) for name in players[number].names if name in order),
            default=len(order),
        )

    return sorted(range(len(players)), key=rank)


def check_order(order: tuple[str, ...], players: Sequence[Player]) -> None:
    """Raise ReportgenError where an order names neither a player nor a family."""
    known = {name for player in players for name in player.names} | set(FAMILIES)
    unknown = [name for name in order if name not in known]
    if unknown:
        raise ReportgenError(
            f"order: {', '.join(unknown)}: no such player or family;"
            f" families are {', '.join(FAMILIES)}, players the keys of a bridge's bars"
        )
