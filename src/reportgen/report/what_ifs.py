"""The What-ifs tab: every cell that a what-if moves, in a row with the cell as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.cell_names import member_name, segment_names
from reportgen.report.blocks import footer, unit_name
from reportgen.report.cells import copied, placed_cells, shown, style
from reportgen.report.formulas import FREE
from reportgen.report.placement import UNMOVED, StudyPlacement
from reportgen.report.registry.form import WHAT_IFS
from reportgen.report.study_formulas import study_cells
from reportgen.report.workings import head_height, longest
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, Page, RowGroup

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from reportgen.expr.nodes import Line, Study
    from reportgen.expr.numeric import Array
    from reportgen.expr.study import StudyResult
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab
    from reportgen.xlsx.book import Cell

_NOTE = (
    "One column a what-if, one row a cell that any of them moves, beside the cell as it stands;"
    " blank where a what-if leaves it there"
)
_HEAD = 2
_LABEL, _MEMBERS, _UNIT, _BASE, _FIRST = range(5)
_WIDTH = 15  # of a what-if, in characters


def build(tab: Tab, context: Context, unmoved: Collection[Line]) -> None:
    """Lay out the studies, a block each that can be folded away.

    The `unmoved` lines come to one value for good, or are read by nothing.
    """
    tab.text(0, 0, WHAT_IFS, "title")
    tab.text(1, 0, _NOTE, "subtitle")
    row = _HEAD + 1
    for study, result in context.solved.studies.items():
        row = _Block(tab, context, study, result, row).placed(unmoved) + 1
    most = max((len(result.what_ifs) for result in context.solved.studies.values()), default=0)
    for col, caption in ((_LABEL, "Line"), (_MEMBERS, "Of"), (_UNIT, "Unit")):
        tab.text(_HEAD, col, caption, "header_left")
    tab.text(_HEAD, _BASE, "As it stands", "header")
    for number in range(most):
        tab.text(_HEAD, _FIRST + number, f"What-if {number + 1}", "header")
    tab.widths = [
        *(Columns(col, col, longest(tab, col, from_row=_HEAD)) for col in (_LABEL, _MEMBERS)),
        Columns(_UNIT, _FIRST + most, _WIDTH),
    ]
    tab.freeze = (_HEAD + 1, _MEMBERS)
    tab.page = Page(area=Area(0, 0, 1, 7), footer=footer(context))  # an audit takes a screen


class _Block:
    """The block of one study: what each row is, and where its cells stand."""

    def __init__(
        self, tab: Tab, context: Context, study: Study, result: StudyResult, row: int
    ) -> None:
        self.tab, self.context, self.study, self.result, self.row = tab, context, study, result, row
        self.segments = segment_names(context.solved.values, context.members)

    def placed(self, unmoved: Collection[Line]) -> int:
        """Place the block without the `unmoved` lines; returns the row below it."""
        tab, start = self.tab, self.row
        labels = [what_if.label for what_if in self.result.what_ifs]
        tab.text(start, _LABEL, self.study.label, "section")
        for col in range(_MEMBERS, _FIRST):
            tab.text(start, col, "", "band")
        for number, label in enumerate(labels):
            tab.text(start, _FIRST + number, label, "header")
        tab.heights[start] = head_height(labels, _WIDTH)
        rows: dict[Line, Array] = {}
        at = start + 1
        for line, affected in self.result.affected.items():
            if line not in unmoved and affected.any():
                rows[line] = self._rows(line, np.asarray(affected.any(axis=0)), at)
                at = int(rows[line].max()) + 1
        columns = _FIRST + np.arange(len(labels))
        moving = {line: self.result.affected[line] for line in rows}
        tab.places.studies[self.study] = StudyPlacement(tab.name, columns, rows, moving)
        if at > start + 1:
            tab.groups.append(RowGroup(start + 1, at - 1))
        return at

    def _rows(self, line: Line, moved: Array, at: int) -> Array:
        """Give each moved cell of a line a row from `at` on, with its words; UNMOVED elsewhere."""
        rows = np.full(moved.shape, UNMOVED)
        rows[moved] = at + np.arange(moved.sum())
        unit = unit_name(line.unit, self.context)
        for row, places in zip(rows[moved].tolist(), np.argwhere(moved).tolist(), strict=True):
            self.tab.text(row, _LABEL, line.label)
            if places:
                self.tab.text(row, _MEMBERS, self._members(line, places))
            if unit:
                self.tab.text(row, _UNIT, unit, "unit")
        return rows

    def _members(self, line: Line, places: Iterable[int]) -> str:
        members = self.context.members
        return ", ".join(
            member_name(dim, members[dim][place], self.segments)
            for dim, place in zip(line.dims, places, strict=True)
        )


def cells(tab: Tab, context: Context) -> Iterator[Cell]:
    """Yield the cells of all studies, each row with a link to the cell as it stands."""
    for study, result in context.solved.studies.items():
        for line, rows in tab.places.studies[study].rows.items():
            yield from _as_it_stands(tab, line, rows, context)
        yield from study_cells(study, result, tab.places)


def _as_it_stands(tab: Tab, line: Line, rows: Array, context: Context) -> Iterable[Cell]:
    moved = rows != UNMOVED
    addresses = tab.places.cells(line, tab.name, FREE)[moved]
    formulas = [copied(line, address) for address in addresses.tolist()]
    values = shown(context.solved.values[line][moved], typed=False)
    at = rows[moved]
    return placed_cells(at, np.full_like(at, _BASE), values, formulas, style("calc", line.unit))
