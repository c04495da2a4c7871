"""Rows that somebody typed into a table: into its spare rows, or into rows inserted there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import Unit
from reportgen.facts.brokers import house
from reportgen.model.hype import price_targets
from reportgen.model.keys import filled
from reportgen.model.keys import is_spare as is_spare_name
from reportgen.model.words import Entry
from reportgen.periods import from_serial, serial
from reportgen.reviews.cells import address, place_in, shown
from reportgen.reviews.readings import Row, read_row, spelling_of
from reportgen.reviews.records import Change, Edit, EditKind
from reportgen.reviews.rows import FILLED_IN, TABLES, ReviewedTable, flagged, is_spare
from reportgen.xlsx.addresses import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.facts.reading.tables import Spelling
    from reportgen.model.case.record import Case
    from reportgen.reviews.cells import Spot, Typed
    from reportgen.reviews.returned import Returned
    from reportgen.values import Value
    from reportgen.xlsx.reader.records import ReadCell

_COUNTS_NOT = "it counts in the model only once accepted"


class NewRow(NamedTuple):
    """What stands in a new row: by column, what was typed, and which of it is odd there.

    `changes` are what the model of the workbook sees of it; `slot` is the spare row in which the
    row can be evaluated, None if all are taken.
    """

    dim: Dim
    key: str
    place: str
    typed: Mapping[str, Value]
    odd: frozenset[str]
    formulas: frozenset[str]
    changes: tuple[Change, ...]
    slot: int | None
    is_inserted: bool = False

    @property
    def table(self) -> ReviewedTable:
        """The table that it is a row of."""
        return TABLES[self.dim]


def added(returned: Returned, typed: Mapping[Spot, Typed]) -> Iterator[Edit]:
    """Yield an edit for every new row in which something was typed."""
    rows = [*_in_spare_rows(returned, typed), *_inserted(returned, typed)]
    spelling = _spelling(rows)
    for row in rows:
        yield _edit(row, spelling, returned)


def _in_spare_rows(returned: Returned, typed: Mapping[Spot, Typed]) -> Iterator[NewRow]:
    rows: dict[tuple[Dim, int], dict[Line, Typed]] = {}
    for (line, index), cell in typed.items():
        if is_spare(line, index, returned):
            rows.setdefault((line.dims[0], index[0]), {})[line] = cell
    for (dim, at), cells in sorted(rows.items(), key=lambda row: (row[0][0].name, row[0][1])):
        named = {
            name: (line, cells[part])
            for name, line in TABLES[dim].columns.items()
            for part in _parts(line)
            if part in cells
        }
        yield NewRow(
            dim,
            TABLES[dim].key(returned.issued.members[dim][at]),
            _place(dim, at, returned),
            {
                **{name: _stated(line, cell) for name, (line, cell) in named.items()},
                **_flags(TABLES[dim], at, returned.now.given, cells),
            },
            frozenset(name for name, (_, cell) in named.items() if cell.odd is not None),
            frozenset(name for name, (_, cell) in named.items() if cell.odd and cell.odd.formula),
            tuple(Change(one.line, one.index, one.now) for one in cells.values() if one.is_changed),
            at,
        )


def _place(dim: Dim, at: int, returned: Returned) -> str:
    """Return where a row of a table stands: the cell of its figure."""
    figure = TABLES[dim].figure
    (key,) = (key for key, index in filled(figure, returned.issued.members) if index == (at,))
    return address(place_in(returned.report, key, figure, (at,)))


def _flags(
    table: ReviewedTable, at: int, now: Mapping[Line, Array], cells: Mapping[Line, Typed]
) -> dict[str, Value]:
    """Return what the flags of a row come to in the column of its file; nothing if none was set."""
    if cells.keys().isdisjoint(table.flags.values()):
        return {}
    return {"flags": flagged(table, {of: float(now[of][at]) for of in table.flags.values()})}


def _parts(line: Line) -> tuple[Line, ...]:
    """Return the cells of a column: of a figure the issued one, and the override, which counts."""
    return (line.issued, line.override) if isinstance(line, Entry) else (line,)


def _stated(line: Line, cell: Typed) -> Value:
    if cell.odd is not None:
        return cell.odd.text  # what a formula would give is never read
    return shown(line, cell.now)


def _inserted(returned: Returned, typed: Mapping[Spot, Typed]) -> Iterator[NewRow]:
    """Yield the rows in the midst of a table that stand for none of its rows as issued."""
    for dim, table in TABLES.items():
        places = list(_places(returned, table))
        if not places:
            continue
        columns = {line: place.first_col for line, place in places}
        sheet, rows = places[0][1].sheet, {place.first_row for _, place in places}
        free = _free(returned, dim, typed)
        for at in _between(rows, returned.inserted.get(sheet.casefold(), frozenset())):
            cells = _filled_in(returned, sheet, at, columns)
            if any(not cell.formula for cell in cells.values()):
                first = columns[next(iter(cells))]
                place = address(Ref.cell(sheet, at, first))
                yield _inserted_row(dim, table.key(f"row{at + 1}"), place, cells, next(free, None))


def _places(returned: Returned, table: ReviewedTable) -> Iterator[tuple[Line, Ref]]:
    """Yield where every cell of a table stands now."""
    columns = (*table.columns.values(), *table.flags.values())
    for line in (part for one in columns for part in _parts(one)):
        for key, index in filled(line, returned.issued.members):
            place = place_in(returned.report, key, line, index)
            if place is not None:
                yield line, place


def _filled_in(
    returned: Returned, sheet: str, at: int, columns: Mapping[Line, int]
) -> dict[Line, ReadCell]:
    """Return the cells of a row in which something stands."""
    get = returned.report.tabs[sheet.casefold()].cells.get
    found = ((line, get((at, col))) for line, col in columns.items())
    return {
        line: cell
        for line, cell in found
        if cell and (cell.formula or cell.value not in {None, ""})
    }


def _inserted_row(
    dim: Dim, key: str, place: str, cells: Mapping[Line, ReadCell], slot: int | None
) -> NewRow:
    named = {
        name: (line, cells[part])
        for name, line in TABLES[dim].columns.items()
        for part in _parts(line)
        if part in cells
    }
    return NewRow(
        dim,
        key,
        place,
        {
            **{name: _in_cell(line, cell) for name, (line, cell) in named.items()},
            **({"flags": flagged(TABLES[dim], _values(cells))} if TABLES[dim].flags else {}),
        },
        frozenset(
            name
            for name, (line, cell) in named.items()
            if line.unit is not Unit.TEXT and not isinstance(cell.value, float)
        ),
        frozenset(name for name, (_, cell) in named.items() if cell.formula),
        (),
        slot,
        is_inserted=True,
    )


def _values(cells: Mapping[Line, ReadCell]) -> dict[Line, Value]:
    return {line: cell.value for line, cell in cells.items() if not isinstance(cell.value, bool)}


def _in_cell(line: Line, cell: ReadCell) -> Value:
    return shown(line, cell.value) if isinstance(cell.value, float) else str(cell.value)


def _between(rows: set[int], inserted: frozenset[int]) -> list[int]:
    """Return the rows within a table, or inserted at its ends, that are none of its own."""
    first, last = min(rows), max(rows)
    while first - 1 in inserted:
        first -= 1
    while last + 1 in inserted:
        last += 1
    return [at for at in range(first, last + 1) if at not in rows]


def _free(returned: Returned, dim: Dim, typed: Mapping[Spot, Typed]) -> Iterator[int]:
    """Yield the spare rows in which nothing was typed."""
    taken = {index[0] for line, index in typed if line.dims == (dim,)}
    names = returned.issued.members[dim]
    return (at for at, name in enumerate(names) if is_spare_name(name) and at not in taken)


def _spelling(rows: Sequence[NewRow]) -> Spelling:
    """Return how the texts of all new rows spell days and numbers."""
    days: list[str] = []
    numbers: list[str] = []
    for row in rows:
        for name in row.odd - row.formulas:
            is_day = row.table.columns[name].unit is Unit.DATE
            (days if is_day else numbers).append(str(row.typed[name]))
    return spelling_of(days, numbers)


def _edit(row: NewRow, spelling: Spelling, returned: Returned) -> Edit:
    table = row.table
    readable = {name: value for name, value in row.typed.items() if name not in row.formulas}
    read = read_row(table.spec, readable, row.odd, spelling)
    faults = [
        *(f"{name}: holds a formula; type the {_what(name)}" for name in sorted(row.formulas)),
        *read.faults,
    ]
    faults += _out_of_order(row, read, returned)
    missing = [
        column.name
        for column in table.spec.columns
        if table.spec.is_needed(column)
        and column.name not in FILLED_IN | row.formulas
        and read.cells[column.name] is None
    ]
    if missing:
        faults.insert(0, f"lacks {', '.join(missing)}: fill it in")
    named = [str(read.cells[name]) for name in table.names if read.cells[name]]
    return Edit(
        row.key,
        f"new row of {table.file}: {', '.join(named)}",
        str(read.cells.get("currency") or read.cells.get("unit") or ""),
        EditKind.INCOMPLETE if faults else EditKind.ROW,
        row.place,
        None,
        read.cells[table.amount],
        note="; ".join(faults or _notes(row, read, returned)),
        changes=row.changes,
        taken=() if faults else tuple(_taken(row, read, returned)),
        is_beyond_model=row.is_inserted,
        table=table.name,
        cells=read.cells,
    )


def _out_of_order(row: NewRow, read: Row, returned: Returned) -> Iterator[str]:
    """Yield what is wrong with a close whose day is not after the last one that was issued."""
    day = read.cells.get("date")
    if not row.table.is_series or day is None:
        return
    days = returned.issued.given[row.table.columns["date"]].tolist()
    known = {from_serial(one).isoformat() for one in days if one > 0}
    if day in known:
        yield f"date: {day} is there already: type an override beside that close"
    elif known and str(day) < max(known):
        yield (
            f"date: {day} is before {max(known)}, the last day at issue, and look-ups need days in"
            f" order: add it to {row.table.file}, where the order is free"
        )


def _what(name: str) -> str:
    return "day" if name in {"published", "observed", "period_end", "date"} else "value"


def _notes(row: NewRow, read: Row, returned: Returned) -> Iterator[str]:
    """Yield what to know of a row: what was read, a day left blank, a broker known already."""
    yield from read.readings
    if "source" in read.cells and read.cells["published"] is None:
        day = f"published {returned.as_of.isoformat()}"
        yield f"published left blank, so it did not count; once accepted: {day}"
    elif row.odd or row.is_inserted:
        yield _COUNTS_NOT
    other = _other_spelling(str(read.cells.get("broker") or ""), returned.issued)
    if other:
        yield f"the same broker as {other}, which it counts as once accepted"


def _other_spelling(broker: str, issued: Case) -> str:
    """Return how the report spells a broker that it has under another spelling; else ""."""
    known = {str(name) for name in issued.given[price_targets.broker].tolist() if name}
    same = {name.casefold() for name in known}
    if not broker or broker.casefold() in same:
        return ""
    return next((name for name in sorted(known) if house(name) == house(broker)), "")


def _taken(row: NewRow, read: Row, returned: Returned) -> Iterator[Change]:
    """Yield what the model sees of the row once it is accepted, as typed into its spare row."""
    if row.slot is None:
        return
    yield from (one for one in row.changes if one.line in row.table.flags.values())
    cells = dict(read.cells)
    if "source" in cells:  # what cites one is dated
        cells["published"] = cells["published"] or returned.as_of.isoformat()
    broker = str(cells.get("broker") or "")
    if broker:
        cells["broker"] = _other_spelling(broker, returned.issued) or broker
    for name, line in row.table.columns.items():
        value = cells.get(name)  # what follows from others, such as months, is in no file
        if value is None:
            continue
        given = line.issued if isinstance(line, Entry) else line
        if line.unit is Unit.DATE:
            value = float(serial(date.fromisoformat(str(value))))
        if isinstance(value, float) or given.unit is Unit.TEXT:
            yield Change(given, (row.slot,), value if isinstance(value, float) else str(value))
