"""What edits do together is split over them, or it is said why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from reportgen.attribution.shapley import exact, sampled
from reportgen.expr.nodes import Line, Unit
from reportgen.reviews import effect
from reportgen.reviews.records import Change, Edit, EditKind, Effect, State
from tests.reviews import made_up

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array


NUMBER, DAY = Line("n", "N", Unit.RATIO, ()), Line("d", "D", Unit.DATE, ())


def edit(kind: EditKind = EditKind.OVERRIDE, state: State = State.NEW, **more: object) -> Edit:
    made = made_up.edit("growth", kind, state, changes=(Change(NUMBER, (), 0.25),))
    return replace(made, **more)


class Adding:
    """A headline value that each edit adds something to, n/a with the edits named."""

    def __init__(self, amounts: list[float], *broken: int) -> None:
        self.amounts, self.broken = np.array(amounts), list(broken)
        self.asked = 0

    def values(self, states: Array) -> dict[str, Array]:
        self.asked += 1
        found = states @ self.amounts
        found[states[:, self.broken].any(axis=1) & ~states.all(axis=1)] = np.nan
        return dict.fromkeys(("price", "base.value"), found)


def split(amounts: list[float], accepted: float, *broken: int) -> list[effect.Bridge]:
    edits = [edit(key=f"e{n}", label=f"E{n}") for n in range(len(amounts))]
    told = [
        Effect(key, key.upper(), "USD", 0.0, 0.0, to, 9.0, 0.0, 0.0)
        for key, to in (("price", accepted), ("base.value", accepted), ("bull.value", 0.0))
    ]
    states = Adding(amounts, *broken)
    found = list(effect.bridges(cast("effect.States", states), edits, told))
    assert states.asked <= 1 + (len(amounts) > effect.MOST_EXACT) * len(found)
    return found


@pytest.mark.parametrize("size", [1, 41])
def test_what_one_edit_does_or_too_many_is_not_split(size: int) -> None:
    assert split([1.0] * size, float(size)) == []


@pytest.mark.parametrize(
    ("size", "method"), [(2, "exact"), (10, "exact"), (11, "sampled"), (40, "sampled")]
)
def test_what_edits_do_together_is_split_over_them(size: int, method: str) -> None:
    amounts = [float(n) for n in range(size)]
    for bridge, key in zip(split(amounts, sum(amounts)), ("price", "base.value"), strict=True):
        assert (bridge.output, bridge.label, bridge.unit) == (key, key.upper(), "USD")
        assert (bridge.old, bridge.new, bridge.method) == (0.0, sum(amounts), method)
        whole = (
            exact(lambda states: states @ amounts, size)
            if method == "exact"
            else sampled(lambda states: states @ amounts, size, 50)
        )
        assert bridge.states == whole.states
        assert [bar.player for bar in bridge.bars] == [f"e{n}" for n in range(size - 1, 0, -1)]
        assert [bar.amount for bar in bridge.bars] == pytest.approx(amounts[:0:-1])
        assert {bar.standard_error is None for bar in bridge.bars} == {method == "exact"}
        assert (bridge.note, {bar.family for bar in bridge.bars}) == ("", {"edit"})


def test_what_rows_do_as_they_are_read_in_their_tables_is_a_bar_of_its_own() -> None:
    (bridge, _) = split([1.0, -3.0], -1.5)
    assert [(bar.player, bar.label, bar.amount) for bar in bridge.bars] == [
        ("e1", "E1", -3.0),
        ("e0", "E0", 1.0),
        ("read", "How the rows count in their tables", 0.5),
    ]


@pytest.mark.parametrize(("rest", "is_told"), [(4.6e-9, False), (5.4e-9, True)])
def test_noise_is_no_bar(rest: float, *, is_told: bool) -> None:
    (bridge, _) = split([1.0, 3.0], 4.0 + rest)
    assert (len(bridge.bars) == 3) is is_told


def test_what_is_not_there_with_some_of_the_edits_alone_is_not_split() -> None:
    (bridge, _) = split([1.0, 2.0], 3.0, 1)
    assert (bridge.bars, bridge.states) == ((), exact(lambda states: states @ [1, 2], 2).states)
    assert bridge.note.startswith("not split over the edits: with some of them and without others")
