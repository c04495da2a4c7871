"""Rows appended to the tables of a pack: in each file's own spelling, all of them or none.

A row that nobody dated was never known, and is the only one that may be filled in where it stands.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import InputErrors, ReportgenError
from reportgen.facts.knowledge import known_at
from reportgen.facts.problems import CellError
from reportgen.facts.reading.columns import CellKind, known_columns
from reportgen.facts.reading.company_file import MARKET
from reportgen.facts.reading.encodings import LEGACY
from reportgen.facts.reading.free_text import neutral
from reportgen.facts.reading.numbers import decimal_sign
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.reading.schema import COMPANY_TABLES
from reportgen.facts.reading.text_files import cells_of, decode, fold, lines_of, read_input, split
from reportgen.xlsx.atomic import OutputError, atomic_write_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from reportgen.errors import Problem
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.reading.text_files import Delimited
    from reportgen.facts.reading.universe import Slice


NOTHING: Mapping[int, Mapping[str, str]] = MappingProxyType({})


class Addition(NamedTuple):
    """Rows for a table, each by the names of its columns; what is not named is blank.

    `filled` are cells of rows that are there, by their line.
    """

    table: str
    rows: tuple[Mapping[str, str], ...] = ()
    filled: Mapping[int, Mapping[str, str]] = NOTHING


class Appended(NamedTuple):
    """A file before (None: there is none) and after its rows were added; `lines` are the new.

    Lines that were filled in are among them.
    """

    path: Path
    before: bytes | None
    after: bytes
    lines: tuple[str, ...]


class Home(NamedTuple):
    """A file that takes rows, whether it is there as yet or not.

    `recognise` counts the columns that a header names; `header` gives the names of the columns of
    what was read, "" for one that rows leave blank, and raises CellError where it has none.
    `columns` are those of a new file, `words` those of free text, `numbers` those of figures, which
    rows state with a decimal point whatever the file's sign is.
    """

    path: Path
    recognise: Callable[[list[str]], int]
    header: Callable[[Delimited], Sequence[str]]
    columns: tuple[str, ...]
    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


def appended(addition: Addition, folder: Path) -> Appended:
    """Return a file of a company's folder with rows added below its last one.

    Errors as for `grown`.
    """
    spec = next(spec for spec in COMPANY_TABLES if spec.name == addition.table)
    names = {column.name for column in spec.columns}
    home = Home(
        folder / spec.file_name,
        lambda cells: known_columns(names, cells),
        lambda table: [fold(cell) for cell in table.records[0].cells],
        spec.column_names,
        frozenset(column.name for column in spec.columns if column.is_free_text),
        frozenset(column.name for column in spec.columns if column.kind is CellKind.NUMBER),
    )
    return grown(home, addition.rows, folder.parent, addition.filled)


def grown(
    home: Home,
    rows: Sequence[Mapping[str, str]],
    root: Path,
    filled: Mapping[int, Mapping[str, str]] = NOTHING,
) -> Appended:
    """Return a file with rows added below its last one, each by the names of its columns.

    Separator, line ends, order of columns and encoding stay the file's; no free text is stored such
    that a spreadsheet would run it. `root` is the folder that no link may lead out of. Of the lines
    in `filled` those cells are replaced that it names. Raises ReportgenError if it is no table, or
    lacks a column that is needed.
    """
    path = home.path.resolve()
    try:
        raw = read_input(path, root.resolve())
        held = raw or b""
        text, encoding = decode(held)
        if not text.strip():
            lines = _lines(home, rows, home.columns, _Spelling())
            header = ",".join(home.columns)
            return Appended(path, raw, "".join((f"{header}\n", *lines)).encode(), tuple(lines))
        if encoding == LEGACY:
            raise ReportgenError(f"{path}: is not UTF-8; save it as CSV UTF-8 before adding to it")
        table = split(text, encoding, home.recognise)
        header_cells = home.header(table)
    except CellError as error:
        raise ReportgenError(f"{path}: {error.found}; expected {error.expected}") from None
    newline = "\r\n" if "\r\n" in text else "\n"
    decimal = _decimal_sign(home, header_cells, table)
    spelling = _Spelling(table.delimiter, newline, decimal)
    lines = _lines(home, rows, header_cells, spelling)
    body = lines_of(text)
    replaced = _filled(home, filled, table, body, header_cells, spelling)
    start = len(held) - len(text.encode(encoding))  # of the mark of the encoding
    for number, line in replaced.items():
        body[number - 1] = line
    gap = newline if lines and body[-1][-1] not in "\r\n" else ""
    after = held[:start] + "".join((*body, gap, *lines)).encode(encoding)
    return Appended(path, raw, after, (*replaced.values(), *lines))


def _filled(
    home: Home,
    filled: Mapping[int, Mapping[str, str]],
    table: Delimited,
    lines: Sequence[str],
    columns: Sequence[str],
    spelling: _Spelling,
) -> dict[int, str]:
    """Return lines as they become, by their number; what is not named stays as it is written."""
    records = {record.line_no: record for record in table.records}
    found = {}
    for number, cells in filled.items():
        old = records[number].cells
        if old != cells_of(lines[number - 1], spelling.delimiter):
            raise ReportgenError(
                f"{home.path}:{number}: a cell of it goes over several lines; fill it in by hand"
            )
        kept = [*old, *[""] * (len(columns) - len(old))]
        named = {name: _told(home, name, cell, spelling) for name, cell in cells.items()}
        _require_columns(home, cells, columns)
        row = [named.get(name, cell) for name, cell in zip(columns, kept, strict=False)]
        found[number] = _line(row, spelling)
    return found


def table_of(path: Path, root: Path, recognise: Callable[[list[str]], int]) -> Delimited | None:
    """Return the records of a file of the inputs; None where there is none, or nothing in it.

    Raises ReportgenError if it is no text.
    """
    try:
        text, encoding = decode(read_input(path.resolve(), root.resolve()) or b"")
    except CellError as error:
        raise ReportgenError(f"{path}: {error.found}; expected {error.expected}") from None
    return split(text, encoding, recognise) if text.strip() else None


class _Spelling(NamedTuple):
    """How a file is written: what parts its cells, ends its lines, stands before its decimals."""

    delimiter: str = ","
    newline: str = "\n"
    decimal: str = "."


def _decimal_sign(home: Home, columns: Sequence[str], table: Delimited) -> str:
    places = [at for at, name in enumerate(columns) if name in home.numbers]
    cells = (
        record.cells[at] for record in table.records[1:] for at in places if at < len(record.cells)
    )
    return decimal_sign(cells, ".") or "."


def _lines(
    home: Home, rows: Sequence[Mapping[str, str]], columns: Sequence[str], spelling: _Spelling
) -> list[str]:
    for row in rows:
        _require_columns(home, row, columns)
    return [
        _line([_told(home, name, row.get(name, ""), spelling) for name in columns], spelling)
        for row in rows
    ]


def _require_columns(home: Home, row: Mapping[str, str], columns: Sequence[str]) -> None:
    lost = [name for name, cell in row.items() if cell and name not in columns]
    if lost:
        raise ReportgenError(
            f"{home.path}:1: lacks the column {', '.join(lost)}, which the new rows fill;"
            " add it to the header"
        )


def _line(cells: Sequence[str], spelling: _Spelling) -> str:
    line = io.StringIO()
    writer = csv.writer(line, delimiter=spelling.delimiter, lineterminator=spelling.newline)
    writer.writerow(cells)
    return line.getvalue()


def _told(home: Home, name: str, cell: str, spelling: _Spelling) -> str:
    if name in home.numbers:
        return cell.replace(".", spelling.decimal)
    return neutral(cell) if name in home.words else cell


def tried(
    files: Sequence[Appended], inputs: Path, ticker: str, check: Callable[[Path], None]
) -> None:
    """Let `check` look at a copy of the inputs in which the rows were added."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, inputs.resolve().name)
        for name in (ticker, MARKET):
            if (inputs / name).is_dir():
                shutil.copytree(inputs / name, copy / name, ignore=_strangers)
        (copy / ticker).mkdir(parents=True, exist_ok=True)  # of a universe, it may have none
        for file in files:
            folder = MARKET if file.path.parent == (inputs / MARKET).resolve() else ticker
            (copy / folder / file.path.name).write_bytes(file.after)
        check(copy)


def _strangers(folder: str, names: list[str]) -> list[str]:
    """What is no file that could be read, such as the links and pipes that editors leave there."""
    return [
        name
        for name in names
        if name.startswith(".")
        or not (path := Path(folder, name)).is_file()
        or not os.access(path, os.R_OK)
    ]


def require_no_new_errors(
    files: Sequence[Appended],
    inputs: Path,
    before: PackFiles,
    of_universe: Slice,
    days: Iterable[date],
    require: Callable[[PackFiles], None] = lambda _: None,
) -> None:
    """Try files on a copy: read the pack as of each day on which something became known.

    Raises InputErrors for what was no error before: a pack with blanks takes rows, too. `require`
    is shown the pack as it would become, and may raise.
    """
    ticker = before.company.ticker

    def check(copy: Path) -> None:
        after = read_pack(ticker, copy, of_universe=of_universe)
        new: set[Problem] = set()
        old: set[Problem] = set()  # blanks of a pack are errors on every day
        for day in sorted(days):
            errors = _errors(after, day) - old
            old |= _errors(before, day) if errors else set()
            new |= errors - old
        if new:
            raise InputErrors(new)
        require(after)

    tried(files, inputs, ticker, check)


def _errors(files: PackFiles, day: date) -> set[Problem]:
    return {one for one in known_at(files, day).problems if one.severity == "error"}


def one_line(text: str) -> str:
    """Return a remark without line breaks."""
    return " ".join(text.split())


def write(files: Sequence[Appended]) -> None:
    """Put the files in place, all of them or none, under one lock.

    Raises OutputError if one was changed since it was read, or cannot be written.
    """
    atomic_write_all({file.path: _writer(file) for file in files})


def _writer(file: Appended) -> Callable[[Path], None]:
    def fill(draft: Path) -> None:
        now = file.path.read_bytes() if file.path.exists() else None
        if now != file.before:
            raise OutputError(f"{file.path}: was changed meanwhile; run the command again")
        draft.write_bytes(file.after)

    return fill
