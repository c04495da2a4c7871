"""How a report looks, as text: of each tab its rows by the styles of their cells, then the rest.

Rows that follow each other and look alike are one line, and have no number: a row that comes in
between moves none of the others. Of a rule, a page or a chart stands what is not as it comes. The
texts of a tab, and what its rules and charts point to, stand in its own print: prints.py; a number
stands for all formulas, texts and styles where they are.
"""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, fields, is_dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from zlib import crc32

from reportgen.report.theme import ON_DARK
from reportgen.xlsx.addresses import Area, Ref, a1

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.xlsx.book import Book, Cell, Sheet

# Where something points to moves with the rows, and stands in the print of the tab.
POINTING = {"ranges", "area", "repeat_rows", "breaks", "formula"}
_DIGITS = re.compile(r"(?<=\$)\d+")
LISTS = ("What-ifs", "Workings", "Registry")  # one row for each line of the model


def looks(book: Book) -> Iterator[str]:
    """The looks of a whole book: its styles, its tabs, and what is said of it."""
    for name, style in sorted(book.styles.items()):
        yield f"style {name}: {_told(style)}"
    for sheet in book.sheets:
        yield f"\n{sheet.name}"
        yield from looks_of_tab(sheet)
    yield f"\n{_told(book.properties)}"
    yield f"opens at {book.sheets[book.active].name}, printed on {book.paper}"
    yield from (f"name {name} {_DIGITS.sub('', at)}" for name, at in book.names)


def looks_of_tab(sheet: Sheet) -> Iterator[str]:
    """The looks of one tab: rows, columns, page, rules and charts; of a list, each kind of row."""
    cells = sorted(sheet.cells, key=itemgetter(0, 1))
    rows = [list(row) for _, row in groupby(cells, key=itemgetter(0))]
    if sheet.name in LISTS:
        yield from sorted({_styles(row) for row in rows})
    else:
        yield from _counted(filter(None, map(_row, rows)))
    yield from (
        f"width {a1(0, part.first)[:-1]}-{a1(0, part.last)[:-1]} {part.width:g}"
        for part in sheet.column_widths
    )
    if sheet.name != LISTS[-1]:  # which has a print of its own
        yield f"cells {len(cells)} {_digest(cells)}"
    if sheet.groups:
        yield f"groups {' '.join(f'{group.last - group.first + 1}' for group in sheet.groups)}"
    heights = sorted(sheet.row_heights.items())
    yield from _counted(f"height {height:g}" for _, height in heights)
    merges = sorted(sheet.merges)
    yield from _counted(f"merged {_shape(area)}" for area in merges)
    yield f"tab {sheet.freeze} {sheet.tab_color} {sheet.zoom}{' hidden' * sheet.hidden}"
    yield f"page {_told(sheet.page)}; {len(sheet.page.breaks)} breaks"
    yield from (f"link {link.text}: {link.style}, {link.tip}" for link in sheet.links)
    for rules in (
        sheet.validations,
        sheet.conditional_formats,
        sheet.comments,
        sheet.ignored_errors,
        sheet.sparklines,
        sheet.charts,
    ):
        yield from _counted(f"{type(rule).__name__.lower()} {_told(rule)}" for rule in rules)


def _digest(cells: Iterable[Cell]) -> str:
    """A number for the formulas, texts and styles of cells: another one for any that changes."""
    told = [
        (row, col, formula, style, value if isinstance(value, str) else None)
        for row, col, value, formula, style in cells
    ]
    return f"{crc32(json.dumps(told).encode()):08x}"


def _styles(cells: list[Cell]) -> str:
    """The styles of a row of a list, from left to right, wherever they stand."""
    return ", ".join(dict.fromkeys(cell.style for cell in cells if cell.style))


def _row(cells: list[Cell]) -> str:
    """The styles of a row from left to right, those that follow each other in one.

    Of a band stands also which of its columns have a caption, where not all of them do.
    """
    runs: list[list[Cell]] = []
    for cell in cells:
        last = runs[-1][-1] if runs else None
        if last and (last.style, last.col) == (cell.style, cell.col - 1):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return ", ".join(_run(run) for run in runs if run[0].style)


def _run(cells: list[Cell]) -> str:
    names = [a1(0, cell.col)[:-1] for cell in cells]
    said = [name for name, cell in zip(names, cells, strict=True) if cell.value]
    style, whole = cells[0].style, "-".join(dict.fromkeys((names[0], names[-1])))
    is_told = style in ON_DARK and len(said) < len(names)
    return f"{whole} {style}" + f" over {' '.join(said) or 'nothing'}" * is_told


def _counted(texts: Iterable[str]) -> Iterator[str]:
    """Texts that follow each other and are alike once, with their number."""
    for text, alike in groupby(texts):
        number = len(list(alike))
        yield f"{text} x{number}" if number > 1 else text


def _told(record: object) -> str:
    """What of a record is not as it comes, by the names of its fields."""
    if is_dataclass(record):
        known = {part.name: part.default for part in fields(record)}
    else:
        names: tuple[str, ...] = record._fields  # type: ignore[attr-defined]
        known = dict.fromkeys(names, MISSING) | record._field_defaults  # type: ignore[attr-defined]
    return " ".join(
        f"{name}={_value(value)}"
        for name, default in known.items()
        if (value := getattr(record, name)) != default
        and name not in POINTING
        and not isinstance(value, Ref)
    )


def _value(value: object) -> str:
    if isinstance(value, Area):
        return _shape(value)
    if is_dataclass(value) or hasattr(value, "_fields"):
        return f"({_told(value)})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return f"{value:g}" if isinstance(value, float) else repr(value)


def _shape(area: Area) -> str:
    return f"{area.last_row - area.first_row + 1} x {area.last_col - area.first_col + 1}"
