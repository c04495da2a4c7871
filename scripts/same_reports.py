"""Show that two folders hold the same reports, whatever the order of their lines.

    python scripts/same_reports.py BEFORE AFTER

Each workbook below BEFORE is compared with the one of the same path below AFTER. Either they are
the same bytes, or else all that differs is the hash of the model, labels (which are told), the rows
of the lists (Registry, Workings and What-ifs), and the order of the working columns right of a
printed page: every part but the cells is the same, every cell of a printed page stands where it
stood, and every cell has the same value, format, style and formula. Cells of lists are found by
their key, and references to them read as the keys that they point to. Whatever else differs is
told, and the exit status is 1.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
from openpyxl.formula import Tokenizer
from openpyxl.utils import range_boundaries

from reportgen.xlsx.reader.workbook import read_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

REGISTRY, LISTS = "Registry", ("What-ifs", "Workings")
HEADER_ROW, TAB_COLUMN = 4, 6  # of the Registry
FREE = ("xl/sharedStrings.xml", "xl/worksheets/")
MOST_TOLD = 20

CHARTED = re.compile("<c:f>([^<]*)</c:f>")  # a reference of a chart
TITLE_END = ": workings"  # of working columns

Place = tuple[str, int, int]  # sheet, row, column
Keys = dict[Place, tuple[object, ...]]


class Cell(NamedTuple):
    """What stands in a cell, its references spelled by key."""

    value: object
    stored: object
    number_format: str
    style: int  # within styles.xml, which is the same


def main(before: Path, after: Path) -> int:
    """Compare all reports of two folders; 0 where they are the same, else 1."""
    names = sorted(path.relative_to(before) for path in before.rglob("*.xlsx"))
    found = sorted(path.relative_to(after) for path in after.rglob("*.xlsx"))
    faults = [f"only on one side: {name}" for name in set(names) ^ set(found)]
    for name in names:
        if name in found:
            faults += [f"{name}: {fault}" for fault in differences(before / name, after / name)]
    for fault in faults[:MOST_TOLD]:
        print(fault)
    print(f"{len(names)} reports, {len(faults)} differences")
    return 1 if faults or not names else 0


def differences(before: Path, after: Path) -> Iterator[str]:
    """Yield what differs between two workbooks beyond hash, labels and the order of lines."""
    if before.read_bytes() == after.read_bytes():
        return
    books = [openpyxl.load_workbook(path) for path in (before, after)]
    keys = [_working_keys(book) for book in books]
    yield from _parts(before, after, keys)
    old, new = (
        _cells(path, book, known)
        for path, book, known in zip((before, after), books, keys, strict=True)
    )
    labels = Counter[tuple[object, object]]()
    for key in sorted({*old, *new}, key=str):
        if key not in old or key not in new:
            yield f"{key}: only {'before' if key in old else 'after'}"
        elif old[key] != new[key]:
            if key[0] == REGISTRY and key[2] == "Label":
                labels[old[key].value, new[key].value] += 1
            elif key[:2] != (REGISTRY, "report.model_hash"):
                yield f"{key}: {old[key]} became {new[key]}"
    for (was, now), count in labels.items():
        print(f"{before.name}: label {was!r} became {now!r} ({count} keys)")


def _parts(before: Path, after: Path, keys: Sequence[Keys]) -> Iterator[str]:
    """Yield the parts of two packages that differ, cells and their texts left out."""
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        if old.namelist() != new.namelist():
            yield f"other parts: {set(old.namelist()) ^ set(new.namelist())}"
            return
        for name in old.namelist():
            if name.startswith(FREE) or old.read(name) == new.read(name):
                continue
            texts = (package.read(name).decode() for package in (old, new))
            was, now = (
                CHARTED.sub(lambda found, known=known: str(_reference(found[1], "", known)), text)
                for text, known in zip(texts, keys, strict=True)
            )
            if was != now:
                yield f"{name} differs"


def _cells(path: Path, book: Workbook, keys: Keys) -> dict[tuple[object, ...], Cell]:
    """Return every filled cell of a workbook by key, or by place where no key tells it."""
    stored = read_values(path)
    found: dict[tuple[object, ...], Cell] = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                place = (sheet.title, cell.row, cell.column)
                key: tuple[object, ...] = keys.get(place, place)
                if sheet.title == REGISTRY and cell.row > HEADER_ROW:
                    key = _in_registry(sheet, cell.row, cell.column)
                value = _spelled(cell.value, sheet.title, keys)
                if key[0] == REGISTRY and key[-1] == "Cell":
                    value = _reference(f"{_tab(sheet, cell.row)}!{cell.value}", "", keys)
                result = stored[sheet.title].get((cell.row - 1, cell.column - 1))
                result = value if key[0] == REGISTRY and key[-1] == "Cell" else result
                entry = Cell(value, result, cell.number_format, cell.style_id)
                while key in found:  # rows of one name, such as notes that no key tells apart
                    key = (*key, "again")
                found[key] = entry
    return found


def _tab(sheet: Worksheet, row: int) -> object:
    return sheet.cell(row, TAB_COLUMN).value


def _in_registry(sheet: Worksheet, row: int, column: int) -> tuple[object, ...]:
    """Return the name of a cell of the Registry: the key of its row, the head of its column."""
    title = sheet.cell(HEADER_ROW, column).value
    return (REGISTRY, sheet.cell(row, 1).value, title)


def _working_keys(book: Workbook) -> Keys:
    """Return the key of every cell of a list and of working columns, else its title."""
    found = {place: name for title in LISTS for place, name in _by_block(book[title]).items()}
    named = _by_registry(book)
    found |= {place: key for place, key in named.items() if place[0] in LISTS}
    for sheet in book:
        if not sheet.print_area or sheet.title in {*LISTS, REGISTRY}:
            continue
        last = range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))[2]
        for column in sheet.iter_cols(min_col=last + 1):
            head, open_ = "", False
            for cell in column:
                place = (sheet.title, cell.row, cell.column)
                is_text = isinstance(cell.value, str) and not cell.value.startswith("=")
                if is_text:
                    head = f"{head}, {cell.value}" if open_ else cell.value
                open_ = is_text and not cell.value.endswith(TITLE_END)
                found[place] = named.get(place, (sheet.title, cell.row, head))
    return found


def _by_registry(book: Workbook) -> dict[Place, tuple[object, ...]]:
    """Return the key of every cell that the Registry names, with its number in a range."""
    found: dict[Place, tuple[object, ...]] = {}
    for row in book[REGISTRY].iter_rows(min_row=HEADER_ROW + 1, values_only=True):
        key, tab, area = row[0], row[5], row[6]
        if tab and area:
            left, top, right, bottom = range_boundaries(area)
            spots = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
            for number, (r, c) in enumerate(spots):
                found[tab, r, c] = ("key", key, number)
    return found


def _by_block(sheet: Worksheet) -> dict[Place, tuple[object, ...]]:
    """Return a name for every cell of a list: its block, row and column, as they are titled."""
    found: dict[Place, tuple[object, ...]] = {}
    title: object = None
    heads: dict[int, tuple[object, ...]] = {}
    above = False  # whether the row above is bold: a title, or captions
    for row in sheet.iter_rows():
        first, is_bold = row[0].value, bool(row[0].font.b)
        if is_bold and not above:
            title, heads = first, {}
        for cell in row:
            if cell.value is not None:
                name = heads.get(cell.column, (cell.column,))
                found[sheet.title, cell.row, cell.column] = (
                    *("block", title, first, row[1].value),
                    *name,
                )
        if is_bold or first is None:
            for cell in row[2:]:
                if cell.value is not None:
                    heads[cell.column] = (*heads.get(cell.column, ()), cell.value)
        above = is_bold
    return found


def _spelled(value: object, sheet: str, keys: Keys) -> object:
    """Return a formula with its references to lines spelled by key; anything else as it is."""
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    return "".join(
        str(_reference(text, sheet, keys)) if kind == "RANGE" else text
        for kind, text in _tokens(value)
    )


@cache
def _tokens(formula: str) -> tuple[tuple[str, str], ...]:
    return tuple((token.subtype, token.value) for token in Tokenizer(formula).items)


def _reference(text: str, sheet: str, keys: Keys) -> object:
    """Return a reference, spelled by the keys of its first and last cell where they have any."""
    name, _, area = text.rpartition("!")
    tab = name.strip("'").replace("''", "'") or sheet
    if not re.fullmatch(r"\$?[A-Z]+\$?\d+(:.*)?", area):
        return text
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    ends = dict.fromkeys(((tab, top, left), (tab, bottom, right)))
    return tuple(keys[end] for end in ends) if all(end in keys for end in ends) else text


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
