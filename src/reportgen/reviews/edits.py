"""What every edit of the inputs is: an override, an input typed over, a control, a new row ..."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.facts.problems import CellError
from reportgen.facts.reading.dates import readings
from reportgen.facts.reading.numbers import parse_number
from reportgen.model.cell_names import cell_name
from reportgen.model.keys import is_spare
from reportgen.model.words import Entry, is_view
from reportgen.report.readback.given import given_entries, given_lines
from reportgen.report.readback.workbook import TYPED
from reportgen.reviews import rows
from reportgen.reviews.added import added
from reportgen.reviews.cells import Typed, address, is_gone, place_in, same, shown, typed, unit_of
from reportgen.reviews.records import Change, Edit, EditKind, Remark, State
from reportgen.reviews.remarks import Remarks
from reportgen.reviews.rows import retyped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.expr.nodes import Line
    from reportgen.reviews.cells import Spot
    from reportgen.reviews.returned import Returned


_NOTED = "it stands in the list alone, so the model did not move: type it beside its input"
_SERIES = "series come from their source: append the rows there, or type them into its spare rows"
_GONE = "their cells or their tab were removed: they are taken as they were issued"


_FORMULA = "formulas are never taken over: type the number"
_TEXT = "it holds text where a number belongs: type the number"
_DAY = "it holds text where a day belongs: type the day"
_CELL = "only figures can be overridden by key: correct the row in its table, or add a row"
_CLEARED = "an override needs a value: a blank cannot be taken over"
_MASKED = "the override beside it stands, so the model did not move"


def beyond_cells(returned: Returned, remarks: Remarks, told: set[str]) -> Iterator[Edit]:
    """Yield the edits that no single cell tells of; `told` are the keys already reported."""
    yield from _series(returned)
    yield from _gone(returned, tuple(f"{key}." for key in told))
    yield from _noted(remarks, told, returned)


def _series(returned: Returned) -> Iterator[Edit]:
    """Yield an edit for every series that gained or lost rows."""
    before, after = returned.issued.members, returned.now.members
    gone = {
        dim
        for line in given_lines()
        if len(line.dims) == 1
        for dim in line.dims
        if is_gone(returned, line.key, line)
    }
    for dim, names in before.items():
        if dim in gone:
            continue
        gained = [name for name in after[dim] if name not in set(names)]
        lost = [name for name in names if name not in set(after[dim]) and not is_spare(name)]
        if gained or lost:
            told = [*(f"+{name}" for name in gained), *(f"-{name}" for name in lost)]
            yield Edit(
                f"members[{dim.name}]",
                f"Rows of the series {dim.name}",
                "",
                EditKind.SERIES,
                "",
                float(len(names)),
                float(len(after[dim])),
                note=f"{' '.join(told[:6])}: {_SERIES}",
                is_beyond_model=True,
            )


def _gone(returned: Returned, told: tuple[str, ...]) -> Iterator[Edit]:
    """Yield an edit that tells of inputs whose cells are gone, apart from the rows `told`."""
    gone = [
        row
        for row in returned.report.listed.values()
        if row.kind in TYPED and not row.place and not any(row.key.startswith(key) for key in told)
    ]
    if gone:
        count = float(len(gone))
        yield Edit(
            "report.inputs",
            "Cells of inputs",
            "count",
            EditKind.GONE,
            "",
            count,
            0.0,
            note=_GONE,
            is_beyond_model=True,
        )


def _noted(remarks: Remarks, told: set[str], returned: Returned) -> Iterator[Edit]:
    """Yield an edit for every value that stands in the list of overrides alone."""
    for key, (value, remark) in remarks.noted.items():
        if value is not None and key not in told:
            issued = _live(returned, key)
            if issued is None or not same(issued, value):
                yield Edit(
                    key, key, "", EditKind.NOTED, "", issued, value, remark=remark, note=_NOTED
                )


def _live(returned: Returned, key: str) -> float | None:
    """Return the value of an input as issued; None if there is no such input."""
    for part in (".override", ".issued"):
        row = returned.report.listed.get(f"{key}{part}")
        if row is not None and isinstance(row.issued[0], float):
            return row.issued[0]
    return None


def edits_of(returned: Returned) -> tuple[Edit, ...]:
    """Return every edit of inputs, controls and tables, in the order of the model.

    Their state against our inputs is still open: VIEW for controls, LISTED for all others.
    """
    found = typed(returned)
    remarks = Remarks(returned.report)
    entries = {part: one for one in given_entries() for part in (one.issued, one.override)}
    inputs = dict.fromkeys((entries.get(line, line), index) for line, index in found)
    told = retyped(returned, found)
    done = {(entries.get(line, line), index) for line, index in told.spots}
    edits: list[Edit] = [*told.edits]
    for line, index in inputs:
        if (line, index) not in done and not rows.is_spare(line, index, returned):
            one = _Cell(returned, remarks, found, line, index)
            edits += one.entry(line) if isinstance(line, Entry) else one.other()
    edits += added(returned, found)
    edits += beyond_cells(returned, remarks, {edit.key for edit in edits})
    return tuple(edits)


class _Cell:
    """The edits of one input: its issued value, its override, or a cell of a table."""

    def __init__(
        self,
        returned: Returned,
        remarks: Remarks,
        found: Mapping[Spot, Typed],
        line: Line,
        index: tuple[int, ...],
    ) -> None:
        self.returned, self.remarks, self.found = returned, remarks, found
        self.line, self.index = line, index
        self.key = _key(line, index, returned)
        self.label = cell_name(line, index, returned.issued.members, returned.issued.given)

    def other(self) -> Iterator[Edit]:
        """Yield the edit of a cell that has no override: a control, or a cell of a table."""
        cell = self.found[self.line, self.index]
        if cell.odd is not None:
            yield self._odd(cell)
        else:
            kind = EditKind.CONTROL if is_view(self.line) else EditKind.TEXT
            yield self._edit(cell, kind, cell.issued, cell.now)

    def entry(self, entry: Entry) -> Iterator[Edit]:
        """Yield the edits of an input that can be overridden."""
        issued = self._typed(entry.issued)
        override = self._typed(entry.override)
        yield from (self._odd(cell) for cell in (issued, override) if cell.odd is not None)
        before = issued.issued if _is_blank(override.issued) else override.issued
        if override.is_changed and not _is_blank(override.now):
            yield self._edit(override, EditKind.OVERRIDE, before, override.now)
        elif override.is_changed:
            changes = tuple(cell for cell in (issued, override) if cell.is_changed)
            kind = EditKind.INPUT if issued.is_changed else EditKind.WITHDRAWN
            if not _is_blank(issued.now) or kind is EditKind.WITHDRAWN:
                yield self._edit(override, kind, before, issued.now, changes)
        elif issued.is_changed and not _is_blank(override.now):
            yield self._edit(issued, EditKind.MASKED, issued.issued, issued.now)
        elif issued.is_changed:
            kind = EditKind.CLEARED if _is_blank(issued.now) else EditKind.INPUT
            yield self._edit(issued, kind, before, issued.now)

    def _typed(self, line: Line) -> Typed:
        from_issue = self.returned.issued.given[line][self.index]
        value = from_issue if isinstance(from_issue, str) else float(from_issue)
        key = _key(line, self.index, self.returned)
        unchanged = Typed(key, line, self.index, value, value, None)
        return self.found.get((line, self.index), unchanged)

    def _edit(
        self,
        cell: Typed,
        kind: EditKind,
        issued: float | str,
        theirs: float | str,
        changed: tuple[Typed, ...] = (),
    ) -> Edit:
        views = is_view(self.line)
        notes = {EditKind.TEXT: _CELL, EditKind.CLEARED: _CLEARED, EditKind.MASKED: _MASKED}
        edit = Edit(
            self.key,
            self.label,
            unit_of(self.line, self.returned.issued),
            EditKind.CONTROL if views else kind,
            address(place_in(self.returned.report, cell.key, cell.line, cell.index)),
            shown(self.line, issued),
            shown(self.line, theirs),
            state=State.VIEW if views else State.LISTED,
            remark=Remark() if views else self.remarks.of(self.key),
            note=notes.get(kind, "" if views else self.remarks.doubt(self.key)),
            changes=tuple(Change(one.line, one.index, one.now) for one in changed or (cell,)),
        )
        return self._of_row(edit) if kind is EditKind.TEXT else edit

    def _of_row(self, edit: Edit) -> Edit:
        """Return the edit of a cell of a table, with the row as it would become."""
        table = rows.TABLES.get(self.line.dims[0]) if len(self.line.dims) == 1 else None
        if table is None or not rows.is_as_long(self.line.dims[0], self.returned):
            return edit
        if self.line not in table.columns.values():
            return edit
        now = rows.cells_of(table, self.index, self.returned.now)
        line = rows.as_line(table, now)
        note = f"{edit.note}; {table.file} would read {line}"
        return replace(edit, note=note, table=table.name, cells=now)

    def _odd(self, cell: Typed) -> Edit:
        odd = cell.odd
        formula, text, place = (odd.formula, odd.text, odd.place) if odd else ("", "", "")
        now = math.nan if text and not formula else cell.now
        return Edit(
            self.key,
            self.label,
            unit_of(self.line, self.returned.issued),
            EditKind.FORMULA_TYPED if formula else EditKind.NOT_A_NUMBER,
            place,
            shown(self.line, cell.issued),
            formula or text,
            note=_FORMULA if formula else meant(self.line.unit, text),
            changes=(Change(cell.line, cell.index, now),) if not same(cell.issued, now) else (),
            is_beyond_model=bool(formula),
        )


def _key(line: Line, index: tuple[int, ...], returned: Returned) -> str:
    key = line.key
    for dim, at in zip(line.dims, index, strict=True):
        key = key.replace(f"{{{dim.name}}}", returned.issued.members[dim][at])
    return key


def _is_blank(value: float | str) -> bool:
    return value == "" or (isinstance(value, float) and math.isnan(value))


def meant(unit: Unit, text: str) -> str:
    """Return what to type instead of a text in a cell of a unit, and how it may have been meant."""
    if unit is Unit.DATE:
        days = {day.isoformat() for day in readings(text).values()}
        return _DAY + (f" ({' or '.join(sorted(days))}?)" if days else "")
    try:
        number = parse_number(text, None)
    except CellError as error:
        return _TEXT + (f" ({error.found})" if "can be read" in error.found else "")
    size = number.value / 100 if number.mark == "%" else number.value
    return _TEXT if math.isnan(size) else f"{_TEXT} ({size:.15g}?)"
