"""The arguments of a case in words: what they bear on, money at stake, triggers, what to watch."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from reportgen.report.blocks import section
from reportgen.report.mixed_units import by_unit
from reportgen.report.tables import HEADER_HEIGHT
from reportgen.report.tabs.case_grid import HELPERS, LAST_COL, WIDTHS
from reportgen.xlsx.addresses import Area

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.arguments import Arguments
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

_LINE_HEIGHT = 13.5
_CROWDED = 1.1  # letters of a text to a character of width: most are narrower than digits
_TEXT, _BEARS_ON, _AT_STAKE, _FIRED, _TRIGGER, _LEVEL, _METRIC = 1, 3, 5, 6, 8, 10, 11
_DUE, _SOURCE, _WATCH = 12, 13, 14
_MERGED = {_TEXT: 2, _BEARS_ON: 4, _TRIGGER: 9}  # first and last column of a merged cell
_UNIT = HELPERS + 5


def lay_out_arguments(tab: Tab, context: Context, side: Arguments, row: int) -> int:
    """Lay out the arguments, a row each; return the row after.

    What a program reads of them stands beside the printed page: key, kind and trigger as typed.
    """
    section(tab, row, LAST_COL, {0: f"The {side.case} case in words"})
    columns = (
        ("No.", side.number, 0, "input_code_top"),
        ("Argument", side.text, _TEXT, "input_wrap"),
        ("Bears on", side.bears_on, _BEARS_ON, "calc_wrap"),
        (f"At stake, {context.price_currency}", side.at_stake, _AT_STAKE, "calc_top.stake"),
        ("Fired", side.fired, _FIRED, "code_top"),
        ("Trigger", side.watched, _TRIGGER, "plain_wrap"),
        ("Level", side.level, _LEVEL, "input_top"),
        ("Stands at", side.metric, _METRIC, "calc_top"),
        ("Due", side.due, _DUE, "input_code_top"),
        ("Source", side.source, _SOURCE, "input_wrap"),
        ("What to watch", side.watch, _WATCH, "input_wrap"),
        ("Key", side.key, HELPERS, "input"),
        ("Kind", side.kind, HELPERS + 1, "input"),
        ("Trigger, by key", side.trigger, HELPERS + 2, "input"),
        ("Sign", side.sign, HELPERS + 3, "input"),
        ("Name of the key", side.named, HELPERS + 4, "helper"),
        ("Unit of the trigger", side.unit, _UNIT, "helper"),
    )
    tab.text(row, HELPERS, "Behind the arguments", "helper_title")
    tab.heights[row + 1] = HEADER_HEIGHT
    for col in range(LAST_COL + 1):
        tab.text(row + 1, col, "", "header")
    for title, line, col, look in columns:
        tab.text(row + 1, col, title, _head(line, col, side))
        tab.put(line, row + 2, col, down=(side.dim,), look=look)
    last = row + 2 + tab.size(side.dim)
    for k, lines in enumerate(_lines_needed(context, side), start=row + 2):
        tab.merges += [Area(k, first, k, end) for first, end in _MERGED.items()]
        tab.heights[k] = _LINE_HEIGHT * lines
    levels = Area(row + 2, _LEVEL, last - 1, _METRIC)
    by_unit(tab, context, (levels,), _UNIT)
    return last


def _head(line: Line, col: int, side: Arguments) -> str:
    if col >= HELPERS:
        return "helper_head"
    return "header_left" if line.unit is side.text.unit and line is not side.fired else "header"


def _lines_needed(context: Context, side: Arguments) -> list[int]:
    """Return how many lines each argument takes, by its longest cell: merged cells do not grow."""
    room = {
        side.text: sum(WIDTHS[_TEXT : _MERGED[_TEXT] + 1]),
        side.bears_on: sum(WIDTHS[_BEARS_ON : _MERGED[_BEARS_ON] + 1]),
        side.watched: sum(WIDTHS[_TRIGGER : _MERGED[_TRIGGER] + 1]),
        side.watch: WIDTHS[_WATCH],
    }
    texts = ((context.solved.values[line].tolist(), width) for line, width in room.items())
    counted = ([ceil(len(text) / (_CROWDED * width)) for text in each] for each, width in texts)
    return [max(2, *of_row) for of_row in zip(*counted, strict=True)]
