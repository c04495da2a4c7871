"""A workbook as lines of text, one for each thing that can change by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.headline import HEADLINE
from reportgen.model.checks import catalogue as checks
from reportgen.model.keys import listed_as, listed_of
from reportgen.pages.figures import NA, plain, shown
from reportgen.report.readback.values import NO_VALUES, has_no_values, values
from reportgen.report.readback.workbook import NotAReportError, open_report
from reportgen.xlsx.addresses import a1
from reportgen.xlsx.reader.process import read_safely

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reportgen.report.readback.workbook import ReadReport
    from reportgen.values import Value as PublicValue
    from reportgen.xlsx.reader.records import ReadBook, ReadCell

IDENTITY = ("report.model_hash", "report.input_hash")
ISSUED, OVERRIDE = ".issued", ".override"
# what the report before it said stands in that report
_SAID = [key for key in HEADLINE if not key.startswith(("last_month.", "since_last_month."))]
_LIKE_ANOTHER = re.compile(r"\s*[-+]?[\d.]+(?:[eE][-+]?\d+)?\s*|yes|no|#[A-Z/0!?]+")


def lines(path: Path, *, everything: bool = False) -> Iterator[str]:
    """Yield `key = value` for fields of a report, `Sheet!A1 = value` for cells of any other book.

    Of a report: what it says, its checks, its inputs and what was typed over them, its controls;
    `everything` asks for each of its fields. Raises ReportgenError for a file that cannot be read
    safely.
    """
    try:
        report = open_report(path)
    except NotAReportError:
        book = read_safely(path)
        yield from map(_of_file, book.warnings)
        yield from _cells(book)
        return
    yield from map(_of_file, report.book.warnings)
    if has_no_values(report):
        yield _of_file(NO_VALUES)
    fields = dict(values(report))
    if everything:
        yield from (_line(report, key, value) for key, value in fields.items())
    else:
        yield from _essential(report, fields)


def _essential(report: ReadReport, fields: Mapping[str, PublicValue]) -> Iterator[str]:
    yield from (f"{key} = {report.text(key)}" for key in IDENTITY)
    yield from (_line(report, key, fields[key]) for key in _SAID if key in fields)
    for key, number in listed_of(checks.status, fields):
        label = listed_as(checks.label, number)
        yield f"check[{_text(fields.get(label))}] = {_text(fields[key])}"
    for key, value in fields.items():
        if key.endswith(ISSUED) and value is not None and key.removesuffix(ISSUED) not in _SAID:
            yield _line(report, key, value).replace(f"{ISSUED} = ", " = ", 1)
        elif key.startswith("control[") or (key.endswith(OVERRIDE) and value not in {None, ""}):
            yield _line(report, key, value)
    arguments = (row for row in report.listed.values() if row.kind == "argument")
    yield from (f"{row.key} = {_text(row.issued[0])}" for row in arguments)


def _line(report: ReadReport, key: str, value: PublicValue) -> str:
    row = report.listed.get(key)
    is_day = row is not None and row.type == "date" and isinstance(value, float)
    return f"{key} = {shown(value, 'date') if is_day else _text(value)}"


def _text(value: PublicValue) -> str:
    return NA if value is None else _one_line(plain(value))


def _cells(book: ReadBook) -> Iterator[str]:
    """Yield the cells row by row: a formula with the value it came to, or the value typed."""
    for sheet in book.sheets:
        for (row, col), cell in sorted(sheet.cells.items()):
            if cell.formula or cell.value is not None:
                yield f"{_one_line(sheet.name)}!{a1(row, col)} = {_cell(cell)}"


def _of_file(warning: str) -> str:
    return f"file = {warning}"


def _cell(cell: ReadCell) -> str:
    value = plain(cell.value)
    if type(cell.value) is str and _LIKE_ANOTHER.fullmatch(value):
        value = f'"{value}"'  # a text that looks like a number, a truth or an error
    return _one_line(f"{value} [{cell.formula}]" if cell.formula else value)


def _one_line(text: str) -> str:
    """The text on one line, whatever line ends and runs of blanks it holds."""
    return " ".join(text.split())
