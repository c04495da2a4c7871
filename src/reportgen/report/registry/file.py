"""The Registry as issued, in a file beside its workbook: what `diff` reads where it can.

Reading a workbook takes many times as long, since every cell of it may have been edited. So the
file counts only while the workbook beside it is, to the byte, the one it was written with: the
cells of that one hold what they held at issue.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from reportgen.report.registry.form import (
    AUTHOR,
    EXPIRES,
    HEADER,
    ISSUED,
    KEY,
    KIND,
    LEFT_OUT,
    LIVE,
    PUBLISHED,
    REASON,
    SOURCE,
    TITLE,
    TYPE,
    is_of_whole_column,
)
from reportgen.system import open_to_read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.values import Value
    from reportgen.xlsx.book import Book, Cell

SCHEMA = 1  # raised when a reader of today's could misread it
LARGEST = 32 * 1024 * 1024  # bytes; the file of BABA has a hundredth
_KEPT = (KEY, KIND, TYPE, ISSUED, SOURCE, PUBLISHED, AUTHOR, REASON, EXPIRES)
_COLUMNS = frozenset({*_KEPT, LIVE})
_SAID = frozenset({ISSUED, SOURCE, PUBLISHED, AUTHOR, REASON, EXPIRES})


class RecordedRow(NamedTuple):
    """A row of the Registry as issued: its cells, but those that say where the field stands.

    A blank type is the usual one.
    """

    is_range: bool
    key: str
    kind: str
    type: str | None
    issued: Value
    source: Value
    published: Value
    author: Value
    reason: Value
    expires: Value


class Recorded(NamedTuple):
    """A workbook that is as issued: what it was made from, and the values that a diff tells."""

    path: Path
    rows: tuple[RecordedRow, ...]
    values: Mapping[str, Value]


def registry_path(report: Path) -> Path:
    """Return where the file of a workbook stands: TICKER-DATE.registry.json."""
    return report.with_name(f"{report.stem}.registry.json")


def registry_beside(
    report: Path, book: Book, workbook: bytes, values: Mapping[str, Value]
) -> dict[Path, bytes]:
    """Return what is stored together with a workbook: its file, by where that stands."""
    return {registry_path(report): registry_bytes(book, workbook, values)}


def registry_bytes(book: Book, workbook: bytes, values: Mapping[str, Value]) -> bytes:
    """Return the file for a book that was written as `workbook`, with values by public key.

    Of the Registry it keeps what was given; what was calculated follows from that.
    """
    (sheet,) = (sheet for sheet in book.sheets if sheet.name == TITLE)
    cells: dict[int, dict[int, Cell]] = {}
    for cell in sheet.cells:
        if cell.row > HEADER and cell.col in _COLUMNS:
            cells.setdefault(cell.row, {})[cell.col] = cell
    rows = [_parts(row) for row in cells.values() if KIND in row and _says_something(row)]
    told = json.dumps({"rows": rows, "values": values}, ensure_ascii=False, separators=(",", ":"))
    content = f"{told[1:]}\n".encode()
    return _head(workbook, content) + content


def _says_something(row: Mapping[int, Cell]) -> bool:
    return row[KIND].value == LEFT_OUT or not _SAID.isdisjoint(row)


def _parts(row: Mapping[int, Cell]) -> list[Value]:
    """Return the parts of a RecordedRow, without blanks at its end."""
    is_range = LIVE in row and is_of_whole_column(row[LIVE].formula)
    values: list[Value] = [row[col].value if col in row else None for col in _KEPT]
    while values[-1] is None:
        values.pop()
    return [is_range, *values]


def _head(workbook: bytes, content: bytes) -> bytes:
    """Return the first line, which vouches for the workbook and for what follows."""
    digest = hashlib.sha256(workbook)
    digest.update(content)
    return f'{{"schema":{SCHEMA},"sha256":"{digest.hexdigest()}",\n'.encode()


def recorded(report: Path) -> Recorded | None:
    """Return what stands beside a workbook that is as issued.

    None where nothing does, or the two do not belong together: what such a workbook holds stands
    in its cells.
    """
    try:
        with open(open_to_read(registry_path(report), follow=False), "rb") as file:  # noqa: PTH123 - of a descriptor
            head, content = file.readline(LARGEST), file.read(LARGEST)
        if not report.is_file() or head != _head(report.read_bytes(), content):
            return None
        found = json.loads(head + content)
        return Recorded(report, tuple(map(_row, found["rows"])), {**found["values"]})
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def _row(parts: Sequence[Value]) -> RecordedRow:
    """Return a row from its parts. Raises ValueError, TypeError or IndexError for anything else."""
    _, key, kind, *_ = parts
    if not (isinstance(key, str) and isinstance(kind, str)) or any(map(_is_nested, parts)):
        raise ValueError("not the cells of a row")
    return RecordedRow._make([*parts, *[None] * (len(RecordedRow._fields) - len(parts))])


def _is_nested(part: object) -> bool:
    return isinstance(part, list | dict)
