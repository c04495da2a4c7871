"""Tables read as of a day: cells parted by what is then known, turned into values and records.

How a file spells days, numbers and letters is settled by the rows known at as-of alone. A row with
a mistake is left out, and the mistake logged.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from reportgen.facts.problems import CellError, fold_alike
from reportgen.facts.reading.columns import (
    LONGEST_CELL,
    CellKind,
    Column,
    RowT,
    choice_value,
    currency_value,
    name_value,
    number_value,
    positions,
    text_value,
    unit_value,
)
from reportgen.facts.reading.dates import Order, is_surely_later, iso_days, parse_day, settled_order
from reportgen.facts.reading.encodings import LEGACY, UTF_8, guess, reading, recode, unsure
from reportgen.facts.reading.numbers import decimal_sign
from reportgen.periods import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.columns import Column, TableSpec
    from reportgen.facts.reading.dates import Order
    from reportgen.facts.reading.encodings import Guess
    from reportgen.facts.reading.text_files import Delimited, Record


class Batch(NamedTuple):
    """Some rows of a table: their lines, and the text of their cells column by column.

    `numeric` holds the names of the number columns.
    """

    lines: list[int]
    cells: dict[str, list[str]]
    numeric: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, columns: Sequence[Column], records: Sequence[Record], places: Mapping[str, int]
    ) -> Batch:
        """The cells of the records; "" where a column is absent or a record ends early."""
        rows = [record.cells for record in records]
        cells = {}
        for column in columns:
            place = places.get(column.name)
            cells[column.name] = (
                [""] * len(rows)
                if place is None
                else [row[place] if place < len(row) else "" for row in rows]
            )
        numeric = tuple(column.name for column in columns if column.kind is CellKind.NUMBER)
        return cls([record.line_no for record in records], cells, numeric)

    def at(self, indices: Sequence[int]) -> Batch:
        """The rows at the indices."""
        return Batch(
            [self.lines[index] for index in indices],
            {name: [cells[index] for index in indices] for name, cells in self.cells.items()},
            self.numeric,
        )

    def without(self, indices: Collection[int]) -> Batch:
        """The rows at all other indices."""
        return self.at([index for index in range(len(self.lines)) if index not in indices])


def split_by_knowledge(
    columns: Sequence[Column], batch: Batch, as_of: date
) -> tuple[Batch, Batch, Order | None]:
    """The rows not dated after `as_of`, the others, and the order of day and month of the first.

    A row is dated later if any of its dates is; one whose dates cannot be read counts as known,
    so that the mistake is told.
    """
    dated = [batch.cells[column.name] for column in columns if column.kind is CellKind.DATE]
    days = [iso_days(cells) for cells in dated]
    order = _order(columns, batch, dated, as_of) if None in days else None
    later = set()
    for cells, column_days in zip(dated, days, strict=True):
        if column_days is None:
            later |= {row for row, cell in enumerate(cells) if _is_later(cell, order, as_of)}
        else:
            later |= {row for row, day in enumerate(column_days) if day is not None and day > as_of}
    if not later:
        return batch, batch.at(()), order
    return batch.without(later), batch.at(sorted(later)), order


def is_later(
    columns: Sequence[Column], record: Record, places: Mapping[str, int], as_of: date
) -> bool:
    """Whether a malformed record is surely dated after `as_of`, so far as its dates can be read."""
    batch = Batch.of(columns, [record], places)
    dated = [batch.cells[column.name][0] for column in columns if column.kind is CellKind.DATE]
    return any(is_surely_later(cell, as_of) for cell in dated)


def _order(
    columns: Sequence[Column], batch: Batch, dated: list[list[str]], as_of: date
) -> Order | None:
    """The order that the rows settle which are not dated later however they are read."""
    days = [batch.cells[c.name] for c in columns if c.kind in (CellKind.DATE, CellKind.DUE)]
    known = [
        row
        for row in range(len(batch.lines))
        if not any(is_surely_later(cells[row], as_of) for cells in dated)
    ]
    return settled_order(cells[row] for cells in days for row in known)


def _is_later(cell: str, order: Order | None, as_of: date) -> bool:
    """Whether a day is after as-of: as the file spells days, or else however it is read."""
    try:
        day = parse_day(cell, order)
    except CellError:
        return is_surely_later(cell, as_of)
    return day is not None and day > as_of


ValueT = TypeVar("ValueT")
_NONE = "N/A"  # as central banks write it, thousands of times
_PLAIN_COLUMN = re.compile(r"(?:(?:-?\d{1,15}(?:\.\d{1,17})?|N/A)?\n)*", re.ASCII)


class Spelling(NamedTuple):
    """How a file spells days and numbers, settled by the rows known at as-of; None: unsettled."""

    order: Order | None
    decimal: str | None


_TEXTUAL: dict[CellKind, Callable[[Column, str], str]] = {
    CellKind.TEXT: text_value,
    CellKind.NAME: name_value,
    CellKind.CHOICE: choice_value,
    CellKind.CURRENCY: currency_value,
    CellKind.UNIT: unit_value,
}


def column_values(
    column: Column, batch: Batch, spelling: Spelling, report: Callable[[int, CellError], None]
) -> Sequence[object]:
    """The values of one column; `report` is told the index of each row whose cell is wrong."""
    cells = batch.cells[column.name]
    if column.kind in (CellKind.DATE, CellKind.DUE):
        return _days(column, cells, spelling.order, report)
    if column.kind is CellKind.NUMBER:
        units = batch.cells.get(column.measured_by) or [column.measured_by] * len(cells)
        return _numbers(column, cells, units, spelling.decimal, report)
    quick = _plain_text(column, cells)
    if quick is not None:
        return quick
    convert = _TEXTUAL[column.kind]
    return _each(lambda index: convert(column, cells[index]), "", len(cells), report)


def _each(
    value_at: Callable[[int], ValueT],
    placeholder: ValueT,
    count: int,
    report: Callable[[int, CellError], None],
) -> list[ValueT]:
    """One value a row; the placeholder where it cannot be had, and the reason reported."""
    values = []
    for index in range(count):
        try:
            values.append(value_at(index))
        except CellError as error:
            report(index, error)
            values.append(placeholder)
    return values


def _days(
    column: Column,
    cells: Sequence[str],
    order: Order | None,
    report: Callable[[int, CellError], None],
) -> Sequence[date | None]:
    quick = iso_days(cells)
    if quick is not None and not (column.needed and None in quick):
        return quick

    def day_at(index: int) -> date | None:
        day = parse_day(cells[index], order)
        if day is None and column.needed:
            raise CellError("is blank", column.expected)
        return day

    return _each(day_at, FIRST_DAY, len(cells), report)


def _numbers(
    column: Column,
    cells: Sequence[str],
    units: Sequence[str],
    decimal: str | None,
    report: Callable[[int, CellError], None],
) -> Sequence[float]:
    quick = _plain_numbers(column, cells, units) if decimal == "." else None
    if quick is not None:
        return quick

    def number_at(index: int) -> float:
        return number_value(column, cells[index], units[index].strip(), decimal)

    return _each(number_at, math.nan, len(cells), report)


def _plain_numbers(
    column: Column, cells: Sequence[str], units: Sequence[str]
) -> Sequence[float] | None:
    """The numbers of a column that has only plain ones or blanks (the usual case, quickly)."""
    if not _PLAIN_COLUMN.fullmatch("\n".join(cells) + "\n") or "%" in units:
        return None
    if "" not in cells and _NONE not in cells:
        return list(map(float, cells))
    if column.needed:
        return None
    missing = float(column.default) if column.default else math.nan
    return [float(cell) if cell and cell != _NONE else missing for cell in cells]


def _plain_text(column: Column, cells: Sequence[str]) -> Sequence[str] | None:
    """The text of a column that is short, printable and filled where it must be (as above)."""
    if column.kind is CellKind.CHOICE:
        return cells if set(cells) <= set(column.choices) else None
    if column.kind not in (CellKind.TEXT, CellKind.NAME):
        return None
    whole = "".join(cells)
    if len(whole) > LONGEST_CELL // 2 or not whole.isprintable():
        return None
    stripped = [cell.strip() for cell in cells]
    if column.is_free_text and any(cell.startswith("'") for cell in stripped):
        return None
    return None if column.needed and "" in stripped else stripped


QUOTING = "put text that holds a separator or quotation mark in quotation marks, doubled inside"


class Body(NamedTuple):
    """What stands below a header: the columns to read, their places (from 0), the records.

    A record must reach to cell `least`; `order` and `decimal` are those of a date and a number
    which the file does not settle.
    """

    columns: tuple[Column, ...]
    places: Mapping[str, int]
    header: Record
    records: Sequence[Record]
    least: int
    order: Order | None = None
    decimal: str | None = None


class Values(NamedTuple):
    """Rows as columns of values, and the line of each row."""

    columns: list[Sequence[object]]
    lines: list[int]


class Rows(NamedTuple, Generic[RowT]):
    """The rows of a table that are known at as-of, and those dated later, as the file has them."""

    known: tuple[RowT, ...] = ()
    later: tuple[RowT, ...] = ()


def read_rows(spec: TableSpec[RowT], table: Delimited, as_of: date, log: ProblemLog) -> Rows[RowT]:
    """The rows of a table as of a day. Problems are logged; a row that has one is left out."""
    if not table.records:
        log.mistake(None, None, "is empty", "at least a header line")
        return Rows()
    header, *records = table.records
    places = positions(spec, header, log)
    if places is None:
        return Rows()
    needed = [places[column.name] for column in spec.columns if spec.is_needed(column)]
    body = Body(spec.columns, places, header, records, max(needed) + 1)
    known, later = told_once(body, table, as_of, log, blanks_apart=True)
    return Rows(_records(spec, known), _records(spec, later))


def _records(spec: TableSpec[RowT], part: Values) -> tuple[RowT, ...]:
    return tuple(map(spec.record, zip(*part.columns, part.lines, strict=True)))


def told_once(
    body: Body, table: Delimited, as_of: date, log: ProblemLog, *, blanks_apart: bool = False
) -> tuple[Values, Values]:
    """As read_body; a mistake that stands on nearly every row is told once, with its count."""
    before, before_later = len(log.found), len(log.later)
    known, later = read_body(body, table, as_of, log)
    for problems, start, part in (
        (log.found, before, known),
        (log.later, before_later, later),
    ):
        lines = {one.line for one in problems[start:]} | set(part.lines)
        fold_alike(problems, start, len(lines), blanks_apart=blanks_apart)
    return known, later


def read_body(body: Body, table: Delimited, as_of: date, log: ProblemLog) -> tuple[Values, Values]:
    """The rows known at `as_of` and those dated later, without those that have a mistake.

    Mistakes are logged. How the file spells days, numbers and letters is settled by these rows.
    """
    sound = [record for record in body.records if _is_sound(record, body, as_of, log)]
    batch = Batch.of(body.columns, sound, body.places)
    known, later, order = split_by_knowledge(body.columns, batch, as_of)
    if table.encoding == LEGACY:
        guessed = _encoding(body.header, known)
        _tell_of_guess(guessed, body, known, log)
        known = _recoded(known, guessed.encoding, log)
        later = _recoded(later, guessed.encoding, log, later=True)
    spelling = Spelling(order or body.order, _decimal(table, known, body.decimal))
    dated_later = _sound_columns(body.columns, later, spelling, log, later=True)
    return _sound_columns(body.columns, known, spelling, log), dated_later


def _is_sound(record: Record, body: Body, as_of: date, log: ProblemLog) -> bool:
    """Whether a record has the shape of the header; if not, that is logged."""
    found = record.broken
    width, cells = len(body.header.cells), len(record.cells)
    if not found and any(record.cells[width:]):
        found = f"has {cells} cells where the header has {width}"
    if not found and cells < body.least:
        found = f"has {cells} cells where at least {body.least} are needed"
    if found:
        later = is_later(body.columns, record, body.places, as_of)
        log.cell(record.line_no, None, CellError(found, "", QUOTING), later=later)
    return not found


def _encoding(header: Record, known: Batch) -> Guess:
    """The encoding of a file, guessed from its header and the rows known."""
    cells = [*header.cells, *(cell for cells in known.cells.values() for cell in cells)]
    return guess([cell.encode(LEGACY) for cell in cells if not cell.isascii()])


def _tell_of_guess(guessed: Guess, body: Body, known: Batch, log: ProblemLog) -> None:
    """Show the first text that hangs on a guess; refuse one that is not sure of a name."""
    if guessed.encoding == UTF_8:
        return
    foreign = sorted(
        (known.lines[row], column.name, cell, column.kind is CellKind.NAME)
        for column in body.columns
        for row, cell in enumerate(known.cells[column.name])
        if not cell.isascii()
    )
    in_header = [(body.header.line_no, None, cell) for cell in body.header.cells]
    first = [*((line, name, cell) for line, name, cell, _ in foreign), *in_header]
    line, column, cell = next(one for one in first if not one[2].isascii())
    said = reading(cell, guessed.encoding)
    log.caution(line, column, f"is not UTF-8; it was read as {guessed.encoding.upper()}: {said}")
    if guessed.is_sure:
        return
    for line, column, cell, is_name in foreign:
        if is_name:
            log.cell(line, column, unsure(cell, guessed))


def _recoded(batch: Batch, encoding: str, log: ProblemLog, *, later: bool = False) -> Batch:
    """The batch in its true encoding, without the rows that are not valid in it."""
    bad = set()
    recoded: dict[str, list[str]] = {name: [] for name in batch.cells}
    for name, cells in batch.cells.items():
        for index, cell in enumerate(cells):
            try:
                recoded[name].append(recode(cell, encoding))
            except CellError as error:
                log.cell(batch.lines[index], name, error, later=later)
                recoded[name].append("")
                bad.add(index)
    whole = Batch(batch.lines, recoded, batch.numeric)
    return whole.without(bad) if bad else whole


def _decimal(table: Delimited, known: Batch, likely: str | None) -> str | None:
    """The decimal sign of the file: a point, unless cells or a semicolon between them say else."""
    if table.delimiter == "," and not any("," in "".join(known.cells[n]) for n in known.numeric):
        return "."
    cells = [cell for name in known.numeric for cell in known.cells[name]]
    return decimal_sign(cells, likely or ("." if table.delimiter == "," else None))


def _sound_columns(
    columns: Sequence[Column],
    batch: Batch,
    spelling: Spelling,
    log: ProblemLog,
    *,
    later: bool = False,
) -> Values:
    """The values and lines of the rows without a mistake; the mistakes of the others are logged."""
    bad: set[int] = set()
    values: list[Sequence[object]] = []
    for column in columns:

        def report(index: int, error: CellError, name: str = column.name) -> None:
            log.cell(batch.lines[index], name, error, later=later)
            bad.add(index)

        values.append(column_values(column, batch, spelling, report))
    if not bad:
        return Values(values, batch.lines)
    kept = [index for index in range(len(batch.lines)) if index not in bad]
    return Values(
        [[column[index] for index in kept] for column in values],
        [batch.lines[index] for index in kept],
    )
