"""Tables of a pack read as of a day: the rows then known, and what is wrong with the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple

from reportgen.facts.problem_log import CellError
from reportgen.facts.reading.batches import Batch, is_later, split_by_knowledge
from reportgen.facts.reading.decoding import LEGACY, UTF_8, guess, recode
from reportgen.facts.reading.headers import positions
from reportgen.facts.reading.numbers import decimal_sign
from reportgen.facts.reading.table_spec import RowT
from reportgen.facts.reading.values import Spelling, column_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reportgen.facts.problem_log import ProblemLog
    from reportgen.facts.reading.columns import Column
    from reportgen.facts.reading.dates import Order
    from reportgen.facts.reading.delimited import Delimited, Record
    from reportgen.facts.reading.table_spec import TableSpec

_QUOTING = "put text that holds a separator or quotation mark in quotation marks, doubled inside"


class Body(NamedTuple):
    """What stands below a header: the columns to read, their places (from 0), the records.

    A record must reach to cell `least`; `order` is that of a date which the file does not settle.
    """

    columns: tuple[Column, ...]
    places: Mapping[str, int]
    header: Record
    records: Sequence[Record]
    least: int
    order: Order | None = None


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
    known, later = read_body(body, table, as_of, log)
    return Rows(_records(spec, known), _records(spec, later))


def _records(spec: TableSpec[RowT], part: Values) -> tuple[RowT, ...]:
    return tuple(spec.row_type(*row) for row in zip(*part.columns, part.lines, strict=True))


def read_body(body: Body, table: Delimited, as_of: date, log: ProblemLog) -> tuple[Values, Values]:
    """The rows known at `as_of` and those dated later, without those that have a mistake.

    Mistakes are logged. How the file spells days, numbers and letters is settled by these rows.
    """
    sound = [record for record in body.records if _is_sound(record, body, as_of, log)]
    batch = Batch.of(body.columns, sound, body.places)
    known, later, order = split_by_knowledge(body.columns, batch, as_of)
    if table.encoding == LEGACY:
        encoding = _encoding(body.header, known)
        if encoding != UTF_8:
            log.caution(None, None, f"is not UTF-8; it was read as {encoding.upper()}")
        known, later = _recoded(known, encoding, log), _recoded(later, encoding, log, later=True)
    spelling = Spelling(order or body.order, _decimal(table, known))
    dated_later = _sound_columns(body.columns, later, spelling, log, later=True)
    return _sound_columns(body.columns, known, spelling, log), dated_later


def _is_sound(record: Record, body: Body, as_of: date, log: ProblemLog) -> bool:
    """Whether a record has the shape of the header; if not, that is logged."""
    found = record.broken
    width, cells = len(body.header.cells), len(record.cells)
    if not found and cells > width and any(record.cells[width:]):
        found = f"has {cells} cells where the header has {width}"
    if not found and cells < body.least:
        found = f"has {cells} cells where at least {body.least} are needed"
    if found:
        later = is_later(body.columns, record, body.places, as_of)
        log.cell(record.line_no, None, CellError(found, "", _QUOTING), later=later)
    return not found


def _encoding(header: Record, known: Batch) -> str:
    """The encoding of a file, guessed from its header and the rows known."""
    cells = [*header.cells, *(cell for cells in known.cells.values() for cell in cells)]
    return guess([cell.encode(LEGACY) for cell in cells if not cell.isascii()])


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


def _decimal(table: Delimited, known: Batch) -> str | None:
    """The decimal sign of the file: a point, unless cells or a semicolon between them say else."""
    cells = [cell for name in known.numeric for cell in known.cells[name]]
    if table.delimiter == "," and not any("," in cell for cell in cells):
        return "."
    return decimal_sign(cells, "." if table.delimiter == "," else None)


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
