"""Sheets of a csv or workbook as cells of text, with what is a number in them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.problems import CellError
from reportgen.facts.reading.encodings import LEGACY, guess, recode
from reportgen.facts.reading.text_files import decode, fold, read_input, split
from reportgen.intake.sandbox import require_measure
from reportgen.xlsx.addresses import a1
from reportgen.xlsx.reader.process import read_safely
from reportgen.xlsx.reader.records import CellError as ErrorValue
from reportgen.xlsx.reader.records import serial_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.facts.reading.text_files import Record
    from reportgen.xlsx.reader.records import ReadCell, ReadSheet

_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_SUFFIXES = frozenset({".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"})
_NOT_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')  # of a number format
_MOST_MERGED = 2_000  # cells of one area that is shown as one
Place = tuple[int, int]  # row and column, from 0


class Cell(NamedTuple):
    """What stands in a cell: its text, and the number where it is typed as one.

    `is_open`: a formula whose value the file does not have.
    """

    text: str = ""
    number: float | None = None
    is_open: bool = False


_BLANK = Cell()


@dataclass(frozen=True)
class Grid:
    """A sheet by its cells that hold something.

    A share as Excel shows it, 8.1%, is so in the text, with the number 0.081.
    """

    path: Path
    name: str
    cells: Mapping[Place, Cell]
    is_workbook: bool
    decimal: str | None = "."
    is_hidden: bool = False
    date_1904: bool = False
    digest: str = field(default="", repr=False)

    def at(self, row: int, column: int) -> Cell:
        """Return what stands at a place; a blank cell where nothing does."""
        return self.cells.get((row, column), _BLANK)

    def row(self, row: int) -> dict[int, str]:
        """Return the texts of a row by their columns."""
        return self._by_row.get(row, {})

    @property
    def rows(self) -> list[int]:
        """The rows that hold something, in order."""
        return list(self._by_row)

    @cached_property
    def _by_row(self) -> dict[int, dict[int, str]]:
        found: dict[int, dict[int, str]] = {}
        for row, column in sorted(self.cells):
            found.setdefault(row, {})[column] = self.cells[row, column].text
        return found

    def place(self, row: int, column: int) -> str:
        """Return where a cell stands, as people say it."""
        return f"{self.name}!{a1(row, column)}" if self.is_workbook else f"line {row + 1}"


def compared(text: str) -> str:
    """Return a name of a sheet as names are compared: without case, accents, line breaks."""
    return " ".join(fold(text).split())


def read_grids(path: Path, recognise: Callable[[list[str]], int]) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, or the one of a csv, whose names `recognise` counts.

    Raises ReportgenError where it cannot be read, is of an old kind, or built to deceive.
    """
    real = path.resolve()
    try:
        raw = read_input(real, real.parent)
    except CellError as error:
        raise ReportgenError(f"{path}: {error.found}; expected {error.expected}") from None
    if raw is None:
        raise ReportgenError(f"{path}: there is no such file")
    digest = hashlib.sha256(raw).hexdigest()
    if raw.startswith(_WORKBOOKS) or path.suffix.lower() in _SUFFIXES:
        book = read_safely(path)
        return tuple(
            _of_sheet(path, sheet, digest, date_1904=book.date_1904) for sheet in book.sheets
        )
    try:
        require_measure(raw)
    except ReportgenError as error:
        raise ReportgenError(f"{path}: {error}") from None
    try:
        return (_of_text(path, raw, digest, recognise),)
    except CellError as error:
        raise ReportgenError(f"{path}: {error.found}; {error.expected or error.remedy}") from None


def shown(grids: Sequence[Grid]) -> Sequence[Grid]:
    """Return the sheets that are not hidden, or all of them where none is shown."""
    return [one for one in grids if not one.is_hidden] or grids


def _of_text(path: Path, raw: bytes, digest: str, recognise: Callable[[list[str]], int]) -> Grid:
    text, encoding = decode(raw)
    table = split(text, encoding, recognise)
    broken = next((record for record in table.records if record.broken), None)
    if broken:
        raise ReportgenError(f"{path}:{broken.line_no}: {broken.broken}; mend it, or export again")
    cells = {
        (record.line_no - 1, column): Cell(one.strip())
        for record in _in_letters(table.records, encoding)
        for column, one in enumerate(record.cells)
        if one.strip()
    }
    decimal = "." if table.delimiter == "," else None
    return Grid(path, path.name, cells, is_workbook=False, decimal=decimal, digest=digest)


def _in_letters(records: list[Record], encoding: str) -> list[Record]:
    """Return records in the letters that they were written in. Raises CellError if in doubt."""
    if encoding != LEGACY:
        return records
    strange = [cell for record in records for cell in record.cells if not cell.isascii()]
    guessed = guess([cell.encode(LEGACY) for cell in strange])
    if not guessed.is_sure:
        raise CellError("is not UTF-8, and what else is not sure", "", "save it as CSV UTF-8")
    return [
        type(record)(record.line_no, [recode(cell, guessed.encoding) for cell in record.cells])
        for record in records
    ]


def _of_sheet(path: Path, sheet: ReadSheet, digest: str, *, date_1904: bool) -> Grid:
    cells = {
        place: one
        for place, cell in sheet.cells.items()
        if (one := _cell(cell, date_1904=date_1904)) != _BLANK
    }
    cells |= dict(_merged(sheet, cells))
    hidden = sheet.state != "visible"
    return Grid(
        path, sheet.name, cells, is_workbook=True, is_hidden=hidden, date_1904=date_1904,
        digest=digest,
    )  # fmt: skip


def _merged(sheet: ReadSheet, cells: Mapping[Place, Cell]) -> Iterator[tuple[Place, Cell]]:
    """Give what stands in a merged area to each row of its first column, where it is tall."""
    for area in sheet.merges:
        first = cells.get((area.first_row, area.first_col))
        if first and area.last_row - area.first_row < _MOST_MERGED:
            for row in range(area.first_row, area.last_row + 1):
                yield (row, area.first_col), first


def _cell(cell: ReadCell, *, date_1904: bool) -> Cell:
    value = cell.value
    if value is None:
        return Cell(is_open=True) if cell.formula else _BLANK
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, ErrorValue | str):
        return Cell(str(value).strip())
    letters = _NOT_LETTERS.sub("", cell.number_format).lower()
    if "d" in letters or "y" in letters:
        try:
            return Cell(serial_date(value, date_1904=date_1904).isoformat())
        except OverflowError:
            return Cell(spelled(value), value)
    return Cell(f"{spelled(value * 100)}%" if "%" in letters else spelled(value), value)


def spelled(value: float) -> str:
    """Return a number in as few digits as tell it."""
    return f"{value:.12g}"
