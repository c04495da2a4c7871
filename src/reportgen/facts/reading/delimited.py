"""A delimited text file cut into cells, with the line every record begins on."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

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
    lines = io.StringIO(text, newline="").readlines()
    start, delimiter = _delimiter(lines, recognise)
    records: list[Record] = []
    while start < len(lines):
        start = _read_until_broken(lines, start, delimiter, records)
    return Delimited(records, delimiter, encoding)


def _delimiter(lines: list[str], recognise: Callable[[list[str]], int]) -> tuple[int, str]:
    """The number of lines before the first record, and the delimiter."""
    if lines and (hint := _SEPARATOR_HINT.fullmatch(lines[0])):
        return 1, hint[1]
    head = [line for line in lines[:8] if line.strip()]

    def known(delimiter: str) -> int:
        return max((recognise(_cells(line, delimiter)) for line in head), default=0)

    present = [mark for mark in DELIMITERS if any(mark in line for line in head)]
    return 0, present[0] if len(present) == 1 else max(present or DELIMITERS, key=known)


def _cells(line: str, delimiter: str) -> list[str]:
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
        told = next((text for sign, text in _TOLD.items() if sign in str(error)), str(error))
        rough = lines[line_no - 1].rstrip("\r\n").replace('"', "").split(delimiter)
        records.append(Record(line_no, rough, told))
        return line_no
    return len(lines)
