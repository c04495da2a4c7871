"""A table of many companies, read once, line by line, and cut by the company each row is of.

A vendor's export of thousands of companies is one long file: millions of lines, perhaps compressed.
What is kept of it is each company's lines as they stand there, and their numbers; they become
cells only when that company is asked for.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import zlib
from array import array
from collections import deque
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import CellError, nearest, numbered
from reportgen.facts.reading.encodings import LEGACY, UTF_8
from reportgen.facts.reading.text_files import (
    DEEPEST_HEADER,
    SAMPLE,
    Delimited,
    Record,
    broken_record,
    cells_of,
    cut,
    decode,
    delimiter_of,
    fold,
    invalid,
    lines_of,
    opened,
    stated_encoding,
    unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping
    from pathlib import Path
    from typing import IO

LARGEST = 1024**3  # bytes, unpacked
MOST_LINES = 5_000_000
MOST_KEYS = 100_000  # companies: there are some 60,000 listed ones
LONGEST_LINE = 1024**2
MOST_BROKEN = 1_000  # lines of one company that are kept to be told: no report is made of them
COMPRESSED = ".gz"
_UNCLOSED = csv.Error("unexpected end of data")
_CUT = "keep what is needed"


class Broken(NamedTuple):
    """A line whose quotation marks do not add up, and what is wrong with them."""

    line_no: int
    line: bytes
    fault: str


class Cut(NamedTuple):
    """The lines of one company in a long table: the header, its rows and the number of each line.

    Columns whose place (from 0) is in `unread` are as if they had no name. It can be sent to
    another process.
    """

    header: bytes
    header_no: int
    delimiter: str
    unread: frozenset[int]
    rows: bytes
    numbers: array[int]
    broken: tuple[Broken, ...] = ()

    def table(self, file: int) -> Delimited:
        """The cells of these lines, numbered as those of file `file` of a log."""
        text, encoding = decode(self.header + self.rows)
        numbers = (self.header_no, *self.numbers)
        header, *records = (
            replace(one, line_no=numbered(file, numbers[one.line_no - 1]))
            for one in cut(lines_of(text), 0, self.delimiter)
        )
        names = ["" if at in self.unread else name for at, name in enumerate(header.cells)]
        for number, line, fault in self.broken:
            cells = line.decode(UTF_8, "replace").replace('"', "").split(self.delimiter)
            records.append(Record(numbered(file, number), cells, fault))
        return Delimited([replace(header, cells=names), *records], self.delimiter, encoding)

    @property
    def first_line(self) -> int:
        """The line on which the first of its rows begins."""
        return min([*self.numbers[:1], *(one.line_no for one in self.broken)])

    def joined(self, other: Cut) -> Cut:
        """The lines of both, of one file."""
        return self._replace(
            rows=self.rows + other.rows,
            numbers=self.numbers + other.numbers,
            broken=self.broken + other.broken,
        )

    def content(self) -> Iterator[bytes]:
        """What the lines say, without where they stand."""
        yield self.header
        yield self.rows
        yield from (one.line for one in self.broken)


@dataclass(slots=True)
class _Rows:
    """The lines of one company, as they are gathered."""

    text: bytearray = field(default_factory=bytearray)
    numbers: array[int] = field(default_factory=lambda: array("I"))
    broken: list[Broken] = field(default_factory=list)


class Strangers(NamedTuple):
    """Rows of companies that nothing lists: how many, and the first of them."""

    rows: int
    line_no: int
    key: str


class LongTable(NamedTuple):
    """A table cut by a column, whose cell in `header` is blank."""

    header: Record
    rows: Mapping[str, Cut]
    strangers: Strangers | None


class Column(NamedTuple):
    """The column that a table is cut by, the keys wanted of it, and those that exist at all.

    `None` stands for all.
    """

    name: str
    wanted: Container[str] | None = None
    known: Container[str] | None = None


def read_long_table(
    path: Path, root: Path, column: Column, recognise: Callable[[list[str]], int]
) -> LongTable | None:
    """The table cut by `column`, each key's lines in order; None if there is no such file.

    `recognise` counts the known names among the cells of a header. Raises CellError where the file
    as a whole cannot be used: it is no text, too large, or has no such column.
    """
    try:
        with opened(path, root) as descriptor, os.fdopen(descriptor, "rb", closefd=False) as file:
            source = gzip.GzipFile(fileobj=file) if path.suffix == COMPRESSED else file
            return _read(source, column, recognise)
    except FileNotFoundError:
        return None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CellError(f"is not a whole gzip file ({error})", "", "compress it again") from None
    except OSError as error:
        raise unreadable(error) from None


def _read(
    source: IO[bytes] | gzip.GzipFile, column: Column, recognise: Callable[[list[str]], int]
) -> LongTable:
    stream = io.BufferedReader(_Limited(source), io.DEFAULT_BUFFER_SIZE * 8)
    encoding, start = stated_encoding(stream.peek(SAMPLE))
    stream.read(start)
    wide = "" if encoding in ("", UTF_8) else encoding
    # one letter a byte, until a company's own lines tell what they are written in
    reader = io.TextIOWrapper(stream, wide or LEGACY, newline="")
    try:
        return _Cutter(reader, UTF_8 if wide else LEGACY, column, recognise).table()
    except UnicodeDecodeError:
        raise invalid(wide) from None


class _Limited(io.RawIOBase):
    """A stream that ends with a CellError once it has given too many bytes."""

    def __init__(self, source: IO[bytes] | gzip.GzipFile) -> None:
        self._source = source
        self._left = LARGEST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # as called
        piece = self._source.read(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            raise CellError(f"is too large (over {LARGEST:,} bytes unpacked)", "", _CUT)
        buffer[: len(piece)] = piece
        return len(piece)


class _Cutter:
    """Goes through the lines of a file once."""

    def __init__(
        self,
        reader: io.TextIOWrapper,
        kept_as: str,
        column: Column,
        recognise: Callable[[list[str]], int],
    ) -> None:
        self._reader = reader
        self._kept_as = kept_as
        self._column = column
        self._back: deque[str] = deque()  # lines read ahead and given back
        self._found: dict[str, _Rows] = {}
        self._strangers: Strangers | None = None
        head = list(islice(self._lines(), DEEPEST_HEADER))

        def names(cells: list[str]) -> int:
            return recognise(cells) + (column.name in map(fold, cells))

        start, self._delimiter = delimiter_of(head, names)
        self._above = self._header(head, start)
        self._header_line = head[self._above]
        self._names = cells_of(self._header_line, self._delimiter)
        self._place = list(map(fold, self._names)).index(column.name)
        self._back.extend(head[self._above + 1 :])

    def _header(self, head: list[str], start: int) -> int:
        """Where the line stands that names the column: titles may stand above."""
        for number in range(start, len(head)):
            if self._column.name in map(fold, cells_of(head[number], self._delimiter)):
                return number
        if not head:
            raise CellError("is empty", f"a header line with {self._column.name}")
        cells = cells_of(head[start], self._delimiter) if start < len(head) else []
        meant = nearest(self._column.name, map(fold, cells)) or ""
        raise CellError(
            f"has no column {self._column.name}",
            "the company that each row is of" if self._column.name == "ticker" else "",
            f"rename {quote(meant)}" if meant else "",
        )

    def _lines(self) -> Iterator[str]:
        """The lines with their ends; those given back come first."""
        readline, back = self._reader.readline, self._back
        while True:
            while back:
                yield back.popleft()
            line = readline(LONGEST_LINE)
            if not line:
                return
            if len(line) == LONGEST_LINE:
                raise CellError(f"has a line of {LONGEST_LINE:,} characters or more", "a table")
            yield line

    def table(self) -> LongTable:
        """The whole table, cut."""
        number = self._above + 1
        while True:  # what was read ahead up to the end of the file may have been given back
            number = self._cut(number)
            if not self._back:
                break
        whole = Cut(
            self._header_line.rstrip("\r\n").encode(self._kept_as) + b"\n",
            self._above + 1,
            self._delimiter,
            frozenset({self._place}),
            b"",
            array("I"),
        )
        rows = {}
        for key in list(self._found):
            found = self._found.pop(key)  # at no time is the whole file held twice
            rows[self._readable(key)] = whole._replace(
                rows=bytes(found.text), numbers=found.numbers, broken=tuple(found.broken)
            )
        names = ["" if at == self._place else name for at, name in enumerate(self._names)]
        strangers = self._strangers
        if strangers is not None:
            strangers = strangers._replace(key=self._readable(strangers.key))
        return LongTable(Record(self._above + 1, names), rows, strangers)

    def _readable(self, key: str) -> str:
        """A key as it reads where its letters are those of UTF-8."""
        if self._kept_as == UTF_8 or key.isascii():
            return key
        try:
            return key.encode(LEGACY).decode(UTF_8)
        except UnicodeDecodeError:
            return key

    def _cut(self, number: int) -> int:
        """Put each record with its company; the number of the last line is returned."""
        delimiter, place, kept_as = self._delimiter, self._place, self._kept_as
        lines = self._lines()
        for line in lines:
            number += 1
            if number > MOST_LINES:
                raise CellError(f"has more than {MOST_LINES:,} lines", "", _CUT)
            if '"' in line:
                number += self._quoted(line, lines, number)
                continue
            cells = line.split(delimiter, place + 1)
            key = cells[place].strip() if place < len(cells) else ""
            rows = self._found.get(key)
            if rows is None:
                rows = self._rows_of(key, line, number)
                if rows is None:
                    continue
            rows.text += line.encode(kept_as)
            if line[-1] not in "\r\n":
                rows.text += b"\n"
            rows.numbers.append(number)
        return number

    def _quoted(self, line: str, lines: Iterator[str], number: int) -> int:
        """Put a record with quotation marks; the number of further lines it takes is returned.

        What a mark that is never closed would swallow is given back: it costs its own line only.
        """
        taken = [line]

        def more() -> Iterator[str]:
            yield line
            for another in lines:
                taken.append(another)
                yield another

        try:
            cells = next(csv.reader(more(), delimiter=self._delimiter, strict=True))
            if any(map(self._is_row, taken[1:])):
                raise _UNCLOSED
        except csv.Error as error:
            self._back.extendleft(reversed(taken[1:]))
            broken = broken_record(line, number, self._delimiter, error)
            rows = self._rows_of(self._key(broken.cells), line, number)
            if rows is not None and len(rows.broken) < MOST_BROKEN:
                raw = line.rstrip("\r\n").encode(self._kept_as)
                rows.broken.append(Broken(number, raw, broken.broken))
            return 0
        rows = self._rows_of(self._key(cells), line, number)
        if rows is not None:
            text = "".join(taken)
            rows.text += (text if text[-1] in "\r\n" else f"{text}\n").encode(self._kept_as)
            rows.numbers.extend(range(number, number + len(taken)))
        return len(taken) - 1

    def _key(self, cells: list[str]) -> str:
        return cells[self._place].strip() if self._place < len(cells) else ""

    def _is_row(self, line: str) -> bool:
        """Whether a line that stands inside a cell looks like a row of its own.

        Where any key may be one, only a line without marks is taken for a row.
        """
        cells = cells_of(line, self._delimiter)
        key, known = self._key(cells), self._column.known
        is_key = bool(key) and '"' not in line if known is None else key in known
        return is_key and len(cells) == len(self._names)

    def _rows_of(self, key: str, line: str, number: int) -> _Rows | None:
        """Where the lines of a company are put; None for one that is not wanted."""
        rows = self._found.get(key)
        if rows is not None:
            return rows
        wanted, known = self._column.wanted, self._column.known
        if not line.strip(f"{self._delimiter} \t\r\n"):
            return None
        if (known is None and not key) or (known is not None and key not in known):
            first = self._strangers or Strangers(0, number, key)
            self._strangers = first._replace(rows=first.rows + 1)
            return None
        if wanted is not None and key not in wanted:
            return None
        if len(self._found) >= MOST_KEYS:
            raise CellError(f"names more than {MOST_KEYS:,} different ones", "", _CUT)
        return self._found.setdefault(key, _Rows())
