"""Every unit, told at its edges: one table of what a number becomes."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.pages.amounts import Amounts, in_stated_unit
from reportgen.pages.figures import change, percent, plain, shown, shown_pair, signed

if TYPE_CHECKING:
    from reportgen.values import Value

UNITS = (
    *("", "%", "% change", "ratio", "change", "days", "count", "x", "years", "0-100", "m"),
    *("m shares", "USD m", "EUR per share", "USD / share", "money", "signed", "1 yes, 0 no"),
    *("0/1", "flag", "date", "two", "USD bn", "year"),
)
VALUES = (0.0, 1.0, -0.004, 0.125, -1234.5678, 2025.0, 60.0, 61.0, 2958465.0, 2958466.0)
OTHERS: tuple[Value, ...] = (None, True, False, "text", math.nan)
PAIRS: tuple[tuple[Value, Value], ...] = (
    *((1.0, 1.0), (1.0, 1.004), (0.1, 0.1 + 1e-9), (1.0, None)),
    *(("a", 2.0), (2.0, "a")),
)
AMOUNTS = Amounts("USD", "CNY", 3)


def table() -> str:
    """What each unit makes of each value, a line each."""
    lines = ["== shown | with 3 cents | one more | signed | as a document states it"]
    for unit in UNITS:
        for value in VALUES:
            told = (
                shown(value, unit),
                shown(value, unit, cents=3),
                shown(value, unit, 1),
                signed(value, unit),
                in_stated_unit(value, unit),
            )
            lines.append(f"{value} {unit}: {' | '.join(told)}")
    lines += [
        f"{value} x: {shown(value, 'x')} | {in_stated_unit(value, 'x m')}" for value in OTHERS
    ]
    lines.append("== of a report, by unit")
    for unit in Unit:
        told = (AMOUNTS.told(value, unit) for value in (*VALUES, 3, *OTHERS))
        lines.append(f"{unit.name}: {' | '.join(told)}")
    lines += [
        f"{value}: {AMOUNTS.cents(value)} {AMOUNTS.change(value)}" for value in (*VALUES, None)
    ]
    lines.append("== pairs and changes")
    for old, new in (
        (1.0, 1.0),
        (1.0, 1.004),
        (0.1, 0.1 + 1e-9),
        (1.0, None),
        ("a", 2.0),
        (2.0, "a"),
    ):
        lines.append(" | ".join(shown_pair(old, new, "USD m")))
        lines.append(" | ".join(shown_pair(old, new, "money", cents=3)))
    lines += [
        f"{old} {new}: {change(old, new, 'money')} {change(old, new, 'ratio')}"
        for old, new in ((1.005, 2.0), (0.12345, 0.12355), (2.0, 1.0))
    ]
    lines += [f"{one}: {percent(one)} {plain(one)}" for one in (None, 0.0, 0.0549, -0.1, 1 / 3)]
    return "".join(f"{line}\n" for line in lines)


def test_every_unit_is_told_as_it_was_agreed() -> None:
    assert table() == Path(__file__).with_name("told.txt").read_text()
