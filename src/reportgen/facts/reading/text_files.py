"""From the bytes of an input file to its cells: which file is read, its letters, its delimiter.

UTF-8 and UTF-16 are certain. Any other encoding is guessed, and a later row must not change the
guess: such a file is cut into cells first (`LEGACY` keeps one letter a byte), and decoded when the
rows known at as-of are.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import stat
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.facts.problems import CellError
from reportgen.facts.reading.encodings import LEGACY, UTF_8
from reportgen.system import open_to_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


LARGEST = 64 * 1024 * 1024  # bytes; every daily rate of the ECB since 1999 takes 2 MB
MOST_LINES = 200_000  # of a company's table: the closes of six shares since 1900, read in 2 s
_PLAIN = "a plain file"


def read_input(path: Path, root: Path) -> bytes | None:
    """The bytes of a plain file below `root`; None if there is none.

    Raises CellError for whatever else stands there: a folder, a pipe, a link that leads out of
    `root`, a file too large or not readable. Opening does not wait for a pipe's other end.
    """
    try:
        with opened(path, root) as descriptor:
            return _read(descriptor)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(error) from None


@contextmanager
def opened(path: Path, root: Path) -> Iterator[int]:
    """A descriptor of a plain file below `root`. Raises OSError, CellError as `read_input`."""
    if path.is_symlink() or (path.parent != root and path.parent.is_symlink() and path.exists()):
        path = _target(path, root)
    descriptor = open_to_read(path, follow=False)  # it may have become a link since
    try:
        _check_plain(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


def unreadable(error: OSError) -> CellError:
    """What a file is told to be that the system does not let be read."""
    return CellError(f"cannot be read ({error.strerror})", _PLAIN)


def _target(path: Path, root: Path) -> Path:
    """Where a link leads: only to a place inside the inputs, so that a pack can be trusted."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise CellError("is a link that leads nowhere", _PLAIN) from None
    if not target.is_relative_to(root.resolve()):
        raise CellError("is a link that leads out of the inputs", _PLAIN, "copy the file here")
    return target


def _check_plain(descriptor: int) -> None:
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "not a file"
        raise CellError(f"is {kind}", _PLAIN)


def _read(descriptor: int) -> bytes:
    size = os.fstat(descriptor).st_size
    if size > LARGEST:
        raise CellError(f"is too large ({size:,} bytes)", f"at most {LARGEST:,} bytes")
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read(LARGEST)


_BOMS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_TEXT = (
    (b"PK\x03\x04", "a workbook or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "compressed"),
)
SAMPLE = 400  # bytes that tell of an encoding
_FEWEST_ZEROS = 3  # a stray one is no sign of wide letters


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a file and the encoding read; (text, LEGACY) where that is still to be guessed.

    Raises CellError for bytes that are no text at all.
    """
    encoding, start = stated_encoding(raw)
    if encoding:
        return _strictly(raw[start:], encoding), encoding
    try:
        return raw.decode(UTF_8), UTF_8
    except UnicodeDecodeError:
        return raw.decode(LEGACY), LEGACY


def stated_encoding(head: bytes) -> tuple[str, int]:
    """The encoding that the first bytes of a file state, "" if none, and how many bytes say so.

    Raises CellError for bytes that are no text at all.
    """
    for mark, what in _NO_TEXT:
        if head.startswith(mark):
            raise CellError(f"is {what}, not a text", "a text file", "save it as CSV UTF-8")
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, len(mark)
    return (_wide(head), 0) if b"\0" in head[:SAMPLE] else ("", 0)


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        where = f" at byte {error.start:,}"
        raise invalid(encoding, where) from None


def invalid(encoding: str, where: str = "") -> CellError:
    """What a file is told to be whose bytes are not in the encoding that it states."""
    return CellError(
        f"is not valid {encoding.upper()}{where}", "a text file", "save it as CSV UTF-8"
    )


def _wide(raw: bytes) -> str:
    """UTF-16 without its mark: ASCII letters with a zero byte on one side."""
    sample = raw[:SAMPLE]
    zeros_after, zeros_before = sample[1::2].count(0), sample[0::2].count(0)
    many = max(_FEWEST_ZEROS, 0.4 * len(sample) // 2)
    if zeros_after > many and not zeros_before:
        return "utf-16-le"
    if zeros_before > many and not zeros_after:
        return "utf-16-be"
    return UTF_8


DEEPEST_HEADER = 50  # lines; titles may stand above
DELIMITERS = ",;\t|"
_SEPARATOR_HINT = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_TOLD = {
    "unexpected end of data": "opens a quotation mark that is never closed",
    "expected after": "has text after a closing quotation mark",
    "field larger": "has a cell of more than 131,072 characters",
}


@dataclass(frozen=True)
class Record:
    """One record of a file: its cells as they stand there and the line it begins on.

    `broken` says what is wrong with its quotation marks ("" for nothing).
    """

    line_no: int
    cells: list[str]
    broken: str = ""


@dataclass(frozen=True)
class Delimited:
    """A file's records, blank ones left out; `encoding` as decoding.decode tells it."""

    records: list[Record]
    delimiter: str
    encoding: str = "utf-8"


def fold(name: str) -> str:
    """A column's name without case, accents, asterisks and spaces around it, to compare by."""
    if not name.isascii():
        letters = unicodedata.normalize("NFKD", name)
        name = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return name.strip(" \t\r\n*\ufeff").lower()


def split(text: str, encoding: str, recognise: Callable[[list[str]], int]) -> Delimited:
    """The records of a text.

    The delimiter is the one under which `recognise` knows most of the first records' cells. A
    record with broken quotation marks costs only its first line: reading goes on after it.
    """
    lines = _unwrapped(lines_of(text), recognise)
    start, delimiter = delimiter_of(lines, recognise)
    return Delimited(cut(lines, start, delimiter), delimiter, encoding)


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends, as every editor counts them."""
    return io.StringIO(text, newline="").readlines()


def cut(lines: list[str], start: int, delimiter: str) -> list[Record]:
    """The records in lines, from line `start` (from 0) on; one with broken quotation marks, too."""
    records: list[Record] = []
    while start < len(lines):
        start = _read_until_broken(lines, start, delimiter, records)
    return records


def _unwrapped(lines: list[str], recognise: Callable[[list[str]], int]) -> list[str]:
    """The lines; without the quotation marks that a spreadsheet put around each of them as a whole.

    They were if each is a single cell that holds a separator, and nothing is known in them as such.
    """
    filled = [line.rstrip("\r\n") for line in lines if line.strip()]
    if not all(line[0] == line[-1] == '"' for line in filled) or not filled:
        return lines
    if any(
        recognise(cells_of(line, mark)) for line in filled[:DEEPEST_HEADER] for mark in DELIMITERS
    ):
        return lines
    inner = [line.strip()[1:-1].replace('""', '"') + "\n" for line in lines]
    found = any(recognise(cells_of(one, mark)) > 1 for one in inner for mark in DELIMITERS)
    return inner if found else lines


def delimiter_of(lines: list[str], recognise: Callable[[list[str]], int]) -> tuple[int, str]:
    """The number of lines before the first record, and the delimiter."""
    if lines and (hint := _SEPARATOR_HINT.fullmatch(lines[0])):
        return 1, hint[1]
    head = [line for line in lines[:DEEPEST_HEADER] if line.strip()]

    def known(delimiter: str) -> int:
        return max((recognise(cells_of(line, delimiter)) for line in head), default=0)

    present = [mark for mark in DELIMITERS if any(mark in line for line in head)]
    return 0, present[0] if len(present) == 1 else max(present or DELIMITERS, key=known)


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line by itself, as far as its quotation marks allow."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.rstrip("\r\n").split(delimiter)


def _read_until_broken(lines: list[str], start: int, delimiter: str, records: list[Record]) -> int:
    """Append records from line `start` (from 0) on; the line to go on with is returned."""
    reader = csv.reader(lines[start:] if start else lines, delimiter=delimiter, strict=True)
    line_no = start + 1
    try:
        for cells in reader:
            if any(cells):
                records.append(Record(line_no, cells))
            line_no = start + reader.line_num + 1
    except csv.Error as error:
        records.append(broken_record(lines[line_no - 1], line_no, delimiter, error))
        return line_no
    return len(lines)


def broken_record(line: str, line_no: int, delimiter: str, error: csv.Error) -> Record:
    """The record that a line with broken quotation marks stands for: its cells, more or less."""
    told = next((text for sign, text in _TOLD.items() if sign in str(error)), str(error))
    return Record(line_no, line.rstrip("\r\n").replace('"', "").split(delimiter), told)
