"""Bridges as they are shown: rounded so that they add up, as waterfalls and side by side."""

from __future__ import annotations

import math
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from reportgen.differences.forms.document import Step, TableBlock, Waterfall, named
from reportgen.pages import figures
from reportgen.pages.figures import decimals, shown, signed
from reportgen.values import CENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.attribution.records import Bar, Bridge


METHODS = {
    "exact": "exact Shapley values: the mean over every order in which the inputs could change",
    "owen": "Owen values: Shapley values of families of inputs, split again within each family",
    "sampled": "Shapley values sampled over orders, with standard errors",
    "sequential": "one input after the other, in the order given: bars depend on that order",
}
WHOLES = {
    "": "",
    "targets": "; all targets move as one input",
    "families": "; each family moves as one input, and is not split within",
}


def add_up(amounts: Sequence[float], total: float, decimals: int) -> tuple[float, ...]:
    """The amounts rounded to `decimals` such that they sum to `total`, itself so rounded.

    Largest remainder: all are rounded down, and those cut most get the missing steps, the earlier
    first where they are cut alike. Where `total` is not the sum of the amounts to half a step a
    part, the difference is spread over all.
    """
    if not amounts:
        return ()
    scale = 10.0**decimals
    scaled = [amount * scale for amount in amounts]
    floors = [math.floor(amount) for amount in scaled]
    missing = round(figures.rounded(total, decimals) * scale) - sum(floors)
    whole, rest = divmod(missing, len(amounts))
    by_cut = sorted(range(len(scaled)), key=lambda place: floors[place] - scaled[place])
    for rank, place in enumerate(by_cut):
        floors[place] += whole + (rank < rest)
    return tuple(steps / scale for steps in floors)


class Rounded(NamedTuple):
    """The ends and the bars of a bridge as shown: old + sum of bars = new, digit for digit."""

    old: float
    new: float
    bars: tuple[float, ...]


def has_bars(bridge: Bridge) -> bool:
    """Whether there is anything to draw: both ends known, and a bar between them."""
    return bool(bridge.bars) and bridge.old is not None and bridge.new is not None


def rounded(bridge: Bridge, cents: int = CENTS) -> Rounded:
    """The bridge, which has bars, in the decimals of its unit; `cents` are those of a share."""
    places = decimals(bridge.unit, cents)
    old, new = (figures.rounded(end, places) for end in bridge.ends)
    return Rounded(old, new, add_up([bar.amount for bar in bridge.bars], new - old, places))


def waterfall(bridge: Bridge, cents: int = CENTS) -> Waterfall:
    """The bridge, which has bars, from its old value to its new one."""
    told, unit = rounded(bridge, cents), bridge.unit
    levels = list(accumulate(told.bars, initial=told.old))
    steps = (
        Step("Old", "", shown(told.old, unit, cents=cents), 0.0, told.old, is_level=True),
        *(
            Step(
                bar.label, bar.family, signed(amount, unit, cents=cents), before, after, doubt=doubt
            )
            for bar, amount, before, after, doubt in zip(
                bridge.bars, told.bars, levels, levels[1:], _doubts(bridge, cents), strict=False
            )
        ),
        Step("New", "", shown(told.new, unit, cents=cents), 0.0, told.new, is_level=True),
    )
    return Waterfall(bridge.label, unit, steps, _doubt_head(bridge), how(bridge))


def how(bridge: Bridge) -> str:
    """How the bars were found, and what else has to be known."""
    states = f"{bridge.states:,} states evaluated" if bridge.states else ""
    parts = (method_words(bridge), states, bridge.note)
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def method_words(bridge: Bridge) -> str:
    """What a bar of the bridge is, and what moved as one to find it."""
    return METHODS[bridge.method] + WHOLES[bridge.whole]


def side_by_side(bridges: Sequence[Bridge], cents: int = CENTS) -> TableBlock:
    """A row a player, a column a bridge, all in one unit; each column adds up to its change.

    The players that move any value most stand first. Those too small to be seen share a row. A bar
    whose label does not say what moved is explained beside its family.
    """
    columns = [dict(zip(_players(one), rounded(one, cents).bars, strict=True)) for one in bridges]
    bars = {bar.player: bar for one in bridges for bar in one.bars}
    order = sorted(bars, key=lambda player: -max(abs(one.get(player, 0.0)) for one in columns))
    seen = [player for player in order if any(one.get(player) for one in columns)]
    tell = partial(signed, unit=bridges[0].unit, cents=cents)
    rows = [_row(bars[player], columns, tell) for player in seen]
    if len(seen) < len(order):
        unseen = f"{len(order) - len(seen)} more, too small to see"
        rows.append((unseen, *("" for _ in columns), ""))
    changes = [told.new - told.old for told in (rounded(one, cents) for one in bridges)]
    rows.append(("Change", *map(tell, changes), ""))
    head = ("Why", *(one.label.removesuffix(" value") for one in bridges), "Family")
    numbers = frozenset(range(1, len(head) - 1))
    return TableBlock(head, tuple(rows), numbers, totals=frozenset({len(rows) - 1}))


def _row(
    bar: Bar, columns: Sequence[Mapping[str, float]], tell: Callable[[float], str]
) -> tuple[str, ...]:
    amounts = (one.get(bar.player) for one in columns)
    family = named(bar.family, bar.note) if bar.note else bar.family
    return (bar.label, *("" if amount is None else tell(amount) for amount in amounts), family)


def _players(bridge: Bridge) -> list[str]:
    return [bar.player for bar in bridge.bars]


def _doubt_head(bridge: Bridge) -> str:
    heads = {"sampled": "± standard error", "sequential": "range over orders"}
    return heads.get(bridge.method, "")


def _doubts(bridge: Bridge, cents: int) -> list[str]:
    tell = partial(signed, unit=bridge.unit, cents=cents)
    if bridge.method == "sampled":
        errors = (bar.standard_error for bar in bridge.bars)
        return [
            "" if error is None else f"± {shown(error, bridge.unit, 1, cents=cents)}"
            for error in errors
        ]
    return [
        "" if bar.low is None or bar.high is None else f"{tell(bar.low)} to {tell(bar.high)}"
        for bar in bridge.bars
    ]


def step_table(waterfall: Waterfall) -> TableBlock:
    """A row a bar, from the old value to the new one; its doubt last, where there is one."""
    head = ("Bar", waterfall.unit or "Amount", "Family")
    rows = tuple((step.label, step.amount, step.family, step.doubt) for step in waterfall.steps)
    levels = frozenset(n for n, step in enumerate(waterfall.steps) if step.is_level)
    if waterfall.doubt:
        return TableBlock((*head, waterfall.doubt), rows, frozenset({1, 3}), levels)
    return TableBlock(head, tuple(row[:3] for row in rows), frozenset({1}), levels)
