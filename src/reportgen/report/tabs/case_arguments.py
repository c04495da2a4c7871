"""The arguments of a case in words: money at stake, triggers, what to watch."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from reportgen.report.blocks import section
from reportgen.report.tabs.case_grid import LAST_COL, WIDTHS
from reportgen.xlsx.book import Area

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.arguments import Arguments
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

_LINE_HEIGHT = 13.5


def lay_out_arguments(tab: Tab, context: Context, side: Arguments, row: int) -> int:
    """Lay out the arguments with money at stake and trigger; return the row after."""
    section(tab, row, LAST_COL, {0: f"The {side.case} case in words"})
    columns = (
        ("Argument", side.text, 0),
        ("Kind", side.kind, 4),
        ("At stake", side.at_stake, 5),
        ("Trigger", side.trigger, 7),
        ("Stands at", side.metric, 9),
        ("Fired", side.fired, 10),
        ("What to watch", side.watch, 11),
    )
    for title, line, col in columns:
        tab.text(row + 1, col, title, "header_left" if line.unit is side.text.unit else "header")
        tab.put(line, row + 2, col, down=(side.dim,), look=_look(line, side))
    for col in (1, 2, 3, 6, 8):
        tab.text(row + 1, col, "", "header")
    last = row + 2 + tab.size(side.dim)
    needed = _lines_needed(context, side)
    for k in range(row + 2, last):
        tab.merges += [Area(k, 0, k, 3), Area(k, 7, k, 8)]
        tab.heights[k] = _LINE_HEIGHT * needed[k - row - 2]
    return _argument_details(tab, side, last + 1)


def _lines_needed(context: Context, side: Arguments) -> list[int]:
    """Return how many lines each argument takes, by its longest cell: merged cells do not grow."""
    room = {side.text: sum(WIDTHS[:4]), side.trigger: sum(WIDTHS[7:9]), side.watch: WIDTHS[11]}
    texts = ((context.solved.values[line].tolist(), width) for line, width in room.items())
    counted = ([ceil(len(text) / width) for text in each] for each, width in texts)
    return [max(2, *of_row) for of_row in zip(*counted, strict=True)]


def _look(line: Line, side: Arguments) -> str:
    if line in {side.metric, side.at_stake}:
        return "calc_top"
    return "input_wrap.text" if line is not side.fired else "code_top.text"


def _argument_details(tab: Tab, side: Arguments, row: int) -> int:
    """Lay out what the arguments bear on, when they are due and where they come from."""
    columns = (
        ("Bears on", side.key, 0),
        ("Sign", side.sign, 4),
        ("Level", side.level, 5),
        ("Due", side.due, 7),
        ("Source", side.source, 9),
        ("No.", side.number, 11),
    )
    for col in range(LAST_COL + 1):
        tab.text(row, col, next((t for t, _, c in columns if c == col), ""), "header_left")
    for _, line, col in columns:
        tab.put(line, row + 1, col, down=(side.dim,))
    return row + 1 + tab.size(side.dim)
