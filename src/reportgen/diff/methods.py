"""Which way of splitting is used for so many players, and in which order they go."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

import numpy as np

from reportgen.diff import shapley
from reportgen.diff.families import FAMILIES
from reportgen.diff.shapley import Split
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.diff.players import Player
    from reportgen.diff.records import Method
    from reportgen.diff.shapley import Game

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
    fits = shapley.owen_states(families) <= shapley.MOST_STATES
    if wanted in {"sampled", "sequential"}:
        return cast("Method", wanted), ""
    if wanted == "exact" and count <= MOST_EXACT_ON_REQUEST:
        return "exact", ""
    if count <= shapley.MOST_EXACT and wanted != "owen":
        return "exact", ""
    found: Method = "owen" if fits else "sampled"
    if wanted in {"auto", found}:
        return found, ""
    return found, f"{count} players are too many for the {wanted} method: {found} instead"


def split(game: Game, players: Sequence[Player], method: Method, order: tuple[str, ...]) -> Split:
    """Return the shares of the players; `order` names those that go first, sequentially."""
    count = len(players)
    if not count:
        return Split(np.zeros(0), 0)
    if method == "exact":
        return shapley.exact(game, count)
    if method == "owen":
        return shapley.owen(game, _families(players))
    if method == "sampled":
        return shapley.sampled(game, count)
    return shapley.sequential(game, _in_order(players, order))


def _in_order(players: Sequence[Player], order: tuple[str, ...]) -> list[int]:
    """Return the numbers of the players: those that `order` names first, the rest after them."""

    def rank(number: int) -> int:
        found = [order.index(name) for name in players[number][::2] if name in order]
        return min(found, default=len(order))

    return sorted(range(len(players)), key=rank)


def check_order(order: tuple[str, ...], players: Sequence[Player]) -> None:
    """Raise ReportgenError where an order names neither a player nor a family."""
    known = {name for player in players for name in player[::2]} | set(FAMILIES)
    unknown = [name for name in order if name not in known]
    if unknown:
        raise ReportgenError(
            f"order: {', '.join(unknown)}: no such player or family;"
            f" families are {', '.join(FAMILIES)}, players the keys of a bridge's bars"
        )
