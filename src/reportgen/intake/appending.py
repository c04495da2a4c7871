"""Rows appended to the tables of a pack: in each file's own spelling, all of them or none."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.problems import CellError
from reportgen.facts.reading.columns import known_columns
from reportgen.facts.reading.company_file import MARKET
from reportgen.facts.reading.encodings import LEGACY
from reportgen.facts.reading.free_text import neutral
from reportgen.facts.reading.schema import COMPANY_TABLES
from reportgen.facts.reading.text_files import decode, fold, read_input, split
from reportgen.xlsx.atomic import OutputError, atomic_write_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.facts.reading.columns import TableSpec


class Addition(NamedTuple):
    """Rows for a table, each by the names of its columns; what is not named is blank."""

    table: str
    rows: tuple[Mapping[str, str], ...]


class Appended(NamedTuple):
    """A file before (None: there is none) and after its rows were added; `lines` are the new."""

    path: Path
    before: bytes | None
    after: bytes
    lines: tuple[str, ...]


def appended(addition: Addition, folder: Path) -> Appended:
    """Return a file of a company's folder with rows added below its last one.

    Separator, line ends, order of columns and encoding stay the file's; no free text is stored such
    that a spreadsheet would run it. Raises ReportgenError if
    it is no table, or lacks a column that is needed.
    """
    spec = _spec(addition)
    path = (folder / spec.file_name).resolve()
    names = [column.name for column in spec.columns]
    try:
        raw = read_input(path, folder.parent.resolve())
        text, encoding = decode(raw or b"")
    except CellError as error:
        raise ReportgenError(f"{path}: {error.found}; expected {error.expected}") from None
    if not text.strip():
        lines = _lines(addition, names, ",", "\n", path)
        header = ",".join(names)
        return Appended(path, raw, "".join((f"{header}\n", *lines)).encode(), tuple(lines))
    if encoding == LEGACY:
        raise ReportgenError(f"{path}: is not UTF-8; save it as CSV UTF-8 before adding to it")
    table = split(text, encoding, lambda cells: known_columns(set(names), cells))
    header_cells = [fold(cell) for cell in table.records[0].cells]
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = _lines(addition, header_cells, table.delimiter, newline, path)
    gap = "" if text.endswith(("\n", "\r")) else newline
    added = (gap + "".join(lines)).encode(encoding)
    return Appended(path, raw, (raw or b"") + added, tuple(lines))


def _spec(addition: Addition) -> TableSpec[Any]:
    return next(spec for spec in COMPANY_TABLES if spec.name == addition.table)


def _lines(
    addition: Addition, columns: Sequence[str], delimiter: str, newline: str, path: Path
) -> list[str]:
    lines = []
    words = {column.name for column in _spec(addition).columns if column.is_free_text}
    for row in addition.rows:
        lost = [name for name, cell in row.items() if cell and name not in columns]
        if lost:
            raise ReportgenError(
                f"{path}:1: lacks the column {', '.join(lost)}, which the new rows fill; add it to"
                " the header"
            )
        line = io.StringIO()
        writer = csv.writer(line, delimiter=delimiter, lineterminator=newline)
        cells = ((name, row.get(name, "")) for name in columns)
        writer.writerow([neutral(cell) if name in words else cell for name, cell in cells])
        lines.append(line.getvalue())
    return lines


def tried(
    files: Sequence[Appended], inputs: Path, ticker: str, check: Callable[[Path], None]
) -> None:
    """Let `check` look at a copy of the inputs in which the rows were added."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, inputs.resolve().name)
        for name in (ticker, MARKET):
            if (inputs / name).is_dir():
                # What an editor leaves beside a file it has open may be a link to nowhere
                shutil.copytree(inputs / name, copy / name, ignore=shutil.ignore_patterns(".*"))
        (copy / ticker).mkdir(parents=True, exist_ok=True)  # of a universe, it may have none
        for file in files:
            (copy / ticker / file.path.name).write_bytes(file.after)
        check(copy)


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
        if file.before is not None:
            shutil.copymode(file.path, draft)

    return fill
