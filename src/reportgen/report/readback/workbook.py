"""The Registry of a report that was written: its rows, and where their fields stand now.

Anybody may have rewritten it since: it is read under limits and made safe to follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.report.registry.form import (
    AUTHOR,
    CAPTIONS,
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
    USUAL_KIND,
    USUAL_TYPE,
    is_of_whole_column,
)
from reportgen.report.registry.identity import SCHEMA
from reportgen.system import paused_collector
from reportgen.xlsx.addresses import Ref, column_number
from reportgen.xlsx.reader.process import Reading
from reportgen.xlsx.reader.records import ReadBook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.report.registry.file import Recorded, RecordedRow
    from reportgen.values import Value
    from reportgen.xlsx.reader.records import ReadCell, ReadSheet


TYPED = frozenset({"input", "override", "control", "text", "remark"})  # kinds of typed cells
MOST_CELLS = 1_000_000  # that all links together lead to; a report of daily prices has a tenth
_HEADER_WITHIN = 100  # rows in which the captions are looked for
_FOLLOWED = (KIND, TYPE, ISSUED, LIVE, SOURCE, PUBLISHED, AUTHOR, REASON, EXPIRES)
_LINK = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^\W\d][\w.]*))!"
    r"\$?(?P<col>[A-Z]{1,3})\$?(?P<row>[1-9]\d{0,6})"
    r"(?::\$?(?P<last_col>[A-Z]{1,3})\$?(?P<last_row>[1-9]\d{0,6}))?"
)


_new_ref = partial(tuple.__new__, Ref)  # thousands in a report: half the time of the class


class NotAReportError(ReportgenError):
    """The workbook has no Registry that can be read; the message says what to do."""


class StatedOrigin(NamedTuple):
    """Where a value comes from, as its row of the Registry shows it; `published` is a serial."""

    source: Value = None
    published: Value = None
    author: Value = None
    reason: Value = None
    expires: Value = None


class RemarkCells(NamedTuple):
    """The cells of their own in which an origin stands; None where there is none."""

    published: Ref | None = None
    author: Ref | None = None
    reason: Ref | None = None
    expires: Ref | None = None

    @property
    def signature(self) -> tuple[Ref | None, Ref | None, Ref | None]:
        """Who overrides, why, and until when."""
        return self.author, self.reason, self.expires


_NO_ORIGIN, _NO_REMARKS = StatedOrigin(), RemarkCells()


class RegistryRow(NamedTuple):
    """One row of the Registry. `issued` are the values at issue, more than one if continued.

    `place` is where the field stands now, None where its cell was deleted, or it is left out.
    """

    key: str
    kind: str
    type: str
    issued: tuple[Value, ...]
    place: Ref | None
    is_range: bool
    origin: StatedOrigin
    remarks: RemarkCells

    @property
    def is_left_out(self) -> bool:
        """Whether the workbook has no cell for it: n/a, and blank where it would be typed."""
        return self.kind == LEFT_OUT


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report that was read back: the whole workbook, and its Registry by key.

    `tabs` are its sheets by their case-folded names, under which links find them.
    """

    path: Path
    book: ReadBook
    listed: Mapping[str, RegistryRow]
    tabs: Mapping[str, ReadSheet]

    def text(self, key: str) -> str:
        """Return a text of the head, such as `report.snapshot`; "" if it is not there."""
        return _text(self.listed.get(key))

    def cells(self, place: Ref) -> list[ReadCell | None]:
        """Return the cells of a place, row by row, None where nothing stands."""
        name, row, col, last_row, last_col = place
        get = self.tabs[name.casefold()].cells.get
        if row == last_row and col == last_col:  # most of them: thousands in a report
            return [get((row, col))]
        rows, columns = range(row, last_row + 1), range(col, last_col + 1)
        return [get((row, col)) for row in rows for col in columns]


@paused_collector()
def open_report(path: Path, *, registry_only: bool = False) -> ReadReport:
    """Return the report that a workbook holds, read in a process of its own, under limits.

    With `registry_only` no other tab is read, if the Registry still has its name: enough for the
    case as issued. Raises NotAReportError where there is no Registry or one newer than this
    program, ReportgenError where its links lead to more cells than any report has or its days count
    from 1904, HostileFile and UnreadableFile as reading does.
    """
    sheets = (TITLE,) if registry_only else None
    with Reading(path, sheets=sheets, cells_only=True) as reading:
        book = reading.book()
    report = _report(path, book)
    if report is None and registry_only:
        return open_report(path)
    return guarded(_found(path, report))


def _text(row: RegistryRow | None) -> str:
    return "" if row is None or not isinstance(row.issued[0], str) else row.issued[0]


def finish(reading: Reading) -> ReadReport:
    """Return the report in a workbook that is being read. Errors as for open_report.

    Where not all is, and the Registry is not laid out as it was written, or leads to a tab that was
    skipped, all is read.
    """
    book = reading.book()
    if not (reading.is_whole or any(map(_is_as_written, book.sheets))):
        return open_report(reading.path)
    report = guarded(_found(reading.path, _report(reading.path, book)))
    skipped = {name.casefold() for name in reading.skipped}
    if any(place.sheet.casefold() in skipped for place in _places(report.listed.values())):
        return open_report(reading.path)
    return report


def as_issued(recorded: Recorded) -> ReadReport:
    """Return the report of a workbook that is as issued: what it was made from, without a cell."""
    listed = dict(_joined(map(_recorded_row, recorded.rows)))
    return ReadReport(recorded.path, ReadBook(()), listed, {})


def _recorded_row(row: RecordedRow) -> RegistryRow:
    issued = None if row.kind == LEFT_OUT else row.issued
    origin = StatedOrigin(row.source, row.published, row.author, row.reason, row.expires)
    type_ = row.type or USUAL_TYPE
    return RegistryRow(row.key, row.kind, type_, (issued,), None, row.is_range, origin, _NO_REMARKS)


def _is_as_written(sheet: ReadSheet) -> bool:
    """Return whether a sheet is a Registry whose columns nobody moved."""
    return sheet.name == TITLE and _header(sheet) == (
        HEADER,
        {caption: col for col, caption in enumerate(CAPTIONS)},
    )


def _report(path: Path, book: ReadBook) -> ReadReport | None:
    """Return the report in a workbook; None where no tab has the captions of a Registry."""
    for sheet in book.sheets:
        header = _header(sheet)
        if header is not None:
            listed: dict[str, RegistryRow] = {}
            for key, row in _rows(sheet, *header):
                listed.setdefault(key, row)
            _refuse_newer(path, listed)
            _refuse_1904(path, book)
            tabs = {sheet.name.casefold(): sheet for sheet in book.sheets}
            return ReadReport(path, book, listed, tabs)
    return None


def _found(path: Path, report: ReadReport | None) -> ReadReport:
    if report is not None:
        return report
    raise NotAReportError(
        f"{path}: has no Registry tab with the columns {', '.join(CAPTIONS[:3])} ..., so it is no"
        " report of this program, or one whose Registry was removed; use the file as it was issued"
    )


def _refuse_newer(path: Path, listed: Mapping[str, RegistryRow]) -> None:
    row = listed.get("report.schema")
    schema = row.issued[0] if row is not None else None
    if not isinstance(schema, float) or schema > SCHEMA:
        found = "no version" if schema is None else f"version {schema}"
        raise NotAReportError(
            f"{path}: its Registry has {found}, this program reads versions up to {SCHEMA};"
            " update reportgen"
        )


def _refuse_1904(path: Path, book: ReadBook) -> None:
    """A program that switches the system converts no day: those issued and those typed differ."""
    if book.date_1904:
        raise ReportgenError(
            f"{path}: counts its days from 1904, and the report was issued with days from 1900, so"
            " they are four years off; switch the 1904 date system off, look at the days that were"
            " typed, and save it again"
        )


def _header(sheet: ReadSheet) -> tuple[int, Mapping[str, int]] | None:
    """Return the row of the captions and the column of each, wherever they were moved."""
    wanted = set(CAPTIONS)
    for row in range(_HEADER_WITHIN):
        first = sheet.cells.get((row, 0))
        if first is not None and first.value == CAPTIONS[0]:
            cells = ((col, sheet.cells.get((row, col))) for col in range(4 * len(CAPTIONS)))
            found = {str(cell.value): col for col, cell in cells if cell is not None}
            if wanted <= set(found):
                return row, found
    return None


def _rows(
    sheet: ReadSheet, header: int, columns: Mapping[str, int]
) -> Iterator[tuple[str, RegistryRow]]:
    """Yield the rows by key, continued ones joined; of two with one key the first counts."""
    last = max(map(itemgetter(0), sheet.cells), default=header)
    order = [columns[caption] for caption in CAPTIONS]
    get = sheet.cells.get
    listed = (_listed(get, at, order) for at in range(header + 1, last + 1))
    return _joined(row for row in listed if row is not None)


def _joined(rows: Iterable[RegistryRow]) -> Iterator[tuple[str, RegistryRow]]:
    """Yield rows by key, those that continue another one as a part of it."""
    pending: RegistryRow | None = None
    for row in rows:
        if row.kind == "continued" and pending is not None and row.key == pending.key:
            pending = pending._replace(issued=(*pending.issued, *row.issued))
            continue
        if pending is not None:
            yield pending.key, pending
        pending = row
    if pending is not None:
        yield pending.key, pending


def _listed(
    get: Callable[[tuple[int, int]], ReadCell | None], at: int, order: Sequence[int]
) -> RegistryRow | None:
    """Return a row whose columns stand in that order, None for one without a key."""
    first = get((at, order[KEY]))
    if first is None or not isinstance(first.value, str):
        return None
    kind, type_, issued, live, *beside = [get((at, order[column])) for column in _FOLLOWED]
    formula = live.formula if live is not None else ""
    origin, remarks = _NO_ORIGIN, _NO_REMARKS
    if any(beside):  # of few rows is anything said
        origin = StatedOrigin._make([None if cell is None else cell.value for cell in beside])
        _, *cells = [place_of(cell.formula) if cell else None for cell in beside]
        remarks = RemarkCells._make(cells)
    found_kind = str((kind and kind.value) or USUAL_KIND)
    return RegistryRow(
        first.value,
        found_kind,
        str((type_ and type_.value) or USUAL_TYPE),
        (None if issued is None or found_kind == LEFT_OUT else issued.value,),
        place_of(formula),
        is_of_whole_column(formula),
        origin,
        remarks,
    )


def place_of(formula: str) -> Ref | None:
    """Return the cells that the first reference of a formula to another tab names."""
    found = _LINK.search(formula) if formula else None  # most cells hold none
    if found is None:
        return None
    quoted, bare, col, row, last_col, last_row = found.groups()
    sheet = bare if quoted is None else quoted.replace("''", "'")
    at, column = int(row) - 1, column_number(col)
    if last_row is None:
        return _new_ref((sheet, at, column, at, column))
    return _new_ref((sheet, at, column, int(last_row) - 1, column_number(last_col)))


def guarded(report: ReadReport) -> ReadReport:
    """Return a report whose links lead to cells of its own tabs, and to no more than it has.

    Raises ReportgenError if they lead to more cells than any report has.
    """
    places = _places(report.listed.values())
    lost = {
        name for name in {place.sheet for place in places} if name.casefold() not in report.tabs
    }
    if lost:
        listed = {key: _without(row, lost) for key, row in report.listed.items()}
        report, places = replace(report, listed=listed), _places(listed.values())
    size = sum(map(_size, places))
    if size > MOST_CELLS:
        raise ReportgenError(
            f"{report.path}: Registry: its links lead to {size:,} cells, more than a report has;"
            " use the file as it was issued"
        )
    return report


def _without(row: RegistryRow, lost: Collection[str]) -> RegistryRow:
    """Return a row without links to tabs that are not there."""
    remarks = RemarkCells._make(_kept(place, lost) for place in row.remarks)
    return row._replace(place=_kept(row.place, lost), remarks=remarks)


def _kept(place: Ref | None, lost: Collection[str]) -> Ref | None:
    return None if place is None or place.sheet in lost else place


def _places(rows: Iterable[RegistryRow]) -> list[Ref]:
    return [place for row in rows for place in (row.place, *row.remarks) if place is not None]


def _size(place: Ref) -> int:
    rows, columns = place.last_row - place.first_row + 1, place.last_col - place.first_col + 1
    return max(0, rows) * max(0, columns)
