"""Comparing two workbooks of 100,000 cells, against the time openpyxl needs merely to load both."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import openpyxl
import xlsxwriter

from benchmarks.ratios import Ratio, side_by_side
from reportgen.xlsx.compare.changes import ChangeKind
from reportgen.xlsx.compare.workbooks import compare_files

ALLOWED_CHANGED = 0.3
ALLOWED_SAME = 0.05
ALLOWED_GB = 0.2
SHEETS, ROWS = 50, 200
ROUNDS = 5

# Each on a sheet of its own. The new text is the first of the file, so that it renumbers all
# shared texts after it.
PLANTED = {
    1: ChangeKind.INPUT,  # a text
    4: ChangeKind.INPUT,  # a number
    7: ChangeKind.FORMULA,
    10: ChangeKind.HARDCODED,
    13: ChangeKind.ROW_INSERTED,
    16: ChangeKind.ROW_DELETED,
    19: ChangeKind.ROW_MOVED,
    22: ChangeKind.COLUMN_INSERTED,
    25: ChangeKind.SHEET_RENAMED,
    28: ChangeKind.COMMENT,
    31: ChangeKind.HIDDEN,
    34: ChangeKind.VALIDATION,
    37: ChangeKind.NAME,
}
_MEMORY = """
import resource, sys
from pathlib import Path
from reportgen.xlsx.compare.workbooks import compare_files
compare_files(Path(sys.argv[1]), Path(sys.argv[2]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak * (1 if sys.platform == "darwin" else 1024))
"""


def main() -> list[Ratio]:
    """The ratios of time for changed and for equal workbooks, and of memory to what is allowed."""
    with tempfile.TemporaryDirectory() as folder:
        old = write_book(Path(folder, "old.xlsx"), changed=False)
        new = write_book(Path(folder, "new.xlsx"), changed=True)
        twin = Path(folder, "twin.xlsx")
        twin.write_bytes(old.read_bytes())
        _check(old, new)
        return [
            side_by_side(
                f"compare 2 x {SHEETS * ROWS * 10:,} cells, {len(PLANTED)} changes / openpyxl load",
                lambda: compare_files(old, new),
                lambda: (openpyxl.load_workbook(old), openpyxl.load_workbook(new)),
                ALLOWED_CHANGED,
                ROUNDS,
            ),
            side_by_side(
                "compare equal workbooks / openpyxl load",
                lambda: compare_files(old, twin),
                lambda: (openpyxl.load_workbook(old), openpyxl.load_workbook(twin)),
                ALLOWED_SAME,
                ROUNDS,
            ),
            Ratio("peak MB, not ms, of that comparison / 200 MB", _peak(old, new), ALLOWED_GB, 1.0),
        ]


def write_book(path: Path, *, changed: bool) -> Path:
    """A workbook of SHEETS sheets of ROWS rows of 10 cells, with the PLANTED changes or without."""
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        for number in range(SHEETS):
            _write_sheet(book, number, PLANTED.get(number) if changed else None)
        book.define_name("discount", "=Sheet2!$B$2" if changed else "=Sheet2!$B$1")
    return path


def _write_sheet(book: xlsxwriter.Workbook, number: int, planted: ChangeKind | None) -> None:
    renamed = planted is ChangeKind.SHEET_RENAMED
    sheet = book.add_worksheet("Renamed" if renamed else f"Sheet{number}")
    lines = list(range(ROWS))
    if planted is ChangeKind.ROW_INSERTED:
        lines.insert(90, ROWS)
    elif planted is ChangeKind.ROW_DELETED:
        del lines[90]
    elif planted is ChangeKind.ROW_MOVED:
        lines.insert(150, lines.pop(50))
    skip = 5 if planted is ChangeKind.COLUMN_INSERTED else 99
    for row, line in enumerate(lines):
        for col, value in enumerate(_values(number, line, row)):
            place = row, col + (col >= skip)
            if isinstance(value, tuple):
                sheet.write_formula(*place, value[0], None, value[1])
            else:
                sheet.write(*place, value)
        if skip < ROWS and planted is ChangeKind.COLUMN_INSERTED:
            sheet.write_string(row, skip, f"why {line}")
    _plant(sheet, number, planted)


def _values(number: int, line: int, row: int) -> list[object]:
    figure = (number * 1000 + line) * 1.37
    sums = [(f"=B{row + 1}*C{row + 1}+{k}", figure * 2.0 + k) for k in range(3)]
    label = f"line {line} of block {number % 7}"
    return [label, figure, 2.0, line % 5, *sums, f"kind {line % 11}", 1.0 + line, figure / 3]


def _plant(sheet: xlsxwriter.worksheet.Worksheet, number: int, planted: ChangeKind | None) -> None:
    if planted is ChangeKind.INPUT:
        sheet.write(30, 8, "a new text" if number == 1 else 12345.6)
    elif planted is ChangeKind.FORMULA:
        sheet.write_formula(30, 4, "=B31*C31+7", None, (number * 1000 + 30) * 1.37 * 2.0)
    elif planted is ChangeKind.HARDCODED:
        sheet.write_number(30, 4, (number * 1000 + 30) * 1.37 * 2.0)
    elif planted is ChangeKind.COMMENT:
        sheet.write_comment(30, 4, "is this right?")
    elif planted is ChangeKind.HIDDEN:
        sheet.set_column(3, 3, None, None, {"hidden": True})
    elif planted is ChangeKind.VALIDATION:
        sheet.data_validation(0, 1, 99, 1, {"validate": "decimal", "criteria": ">", "value": 0})


def _check(old: Path, new: Path) -> None:
    """Raises AssertionError unless exactly the planted changes are found."""
    found = Counter(change.kind for change in compare_files(old, new))
    if found != Counter(PLANTED.values()):
        raise AssertionError(f"planted {Counter(PLANTED.values())}, found {found}")


def _peak(old: Path, new: Path) -> float:
    """The peak of resident memory, in GB, of a process that compares the two."""
    command = [sys.executable, "-c", _MEMORY, str(old), str(new)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own code
    return float(done.stdout) / 1e9
