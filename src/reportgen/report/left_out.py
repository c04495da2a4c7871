"""What the workbook leaves out: the lines of blocks that the pack does not ask for.

They are those that the tabs would lay out if everything were asked for, and what only such lines
read. The Registry lists their keys as n/a. Nothing can be typed into them, so that most come to one
value for good; where a formula of the workbook reads one all the same, that constant stands on
Workings. A few still move, such as the row of a source in a table without rows: where they are read
their formula stands there.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Kind
from reportgen.expr.order import Needed, ties
from reportgen.expr.settled import settled
from reportgen.expr.tree import reads

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


class LeftOut(NamedTuple):
    """The lines that are left out, of those that stand on no tab.

    `lines` are left out of the workbook, `without_cell` stand nowhere at all; the `constants` come
    to one value for good, and are no formulas where they stand.
    """

    lines: frozenset[Line]
    without_cell: frozenset[Line]
    constants: frozenset[Line]


def left_out(context: Context, tabs: Iterable[Tab], everything: Collection[Line]) -> LeftOut:
    """Return what is left out; `everything` is what the tabs lay out where all is asked for."""
    tabs = tuple(tabs)
    placed = frozenset(placed.line for tab in tabs for placed in tab.placed)
    shown = frozenset(view.line for tab in tabs for view in tab.views)
    return _Choice(context, placed, shown, frozenset(everything) - placed).made()


def without(solved: Solved, lines: Collection[Line]) -> Solved:
    """Return solved values in which those of some lines are n/a."""
    gone = {line: np.full_like(solved.values[line], _na(solved.values[line])) for line in lines}
    return replace(solved, values={**solved.values, **gone})


def _na(values: Array) -> float | str:
    return "n/a" if values.dtype == object else np.nan


class _Choice:
    """Chooses, from the last line of a report to the first, which of them need a cell."""

    def __init__(
        self,
        context: Context,
        placed: frozenset[Line],
        shown: frozenset[Line],
        block: frozenset[Line],
    ) -> None:
        self.context = context
        self.placed = placed
        self.shown = shown
        self.block = block
        self.needed = Needed(ties(context.question.links, context.question.what_ifs))
        self.readers = _readers(context.lines, self.needed)
        replaced = {
            line
            for what_ifs in context.question.what_ifs.values()
            for what_if in what_ifs
            for line, _, _ in what_if.replaced
        }
        free = block - shown - replaced
        blank = frozenset(chain.from_iterable(self._blank_inputs(free)))
        self.closed = self._closed_tables(free, blank)
        self.constants = self._constants(blank)

    def _blank_inputs(self, free: frozenset[Line]) -> Iterator[list[Line]]:
        """Yield the given lines of each input that is blank, its override and remarks included."""
        inputs: dict[str, list[Line]] = {}
        for line in self.context.lines:
            if line.expr is None:
                inputs.setdefault(line.of_input or line.key, []).append(line)
        values = self.context.solved.values
        for lines in inputs.values():
            if free.issuperset(lines) and all(_is_blank(values[line]) for line in lines):
                yield lines

    def _closed_tables(self, free: frozenset[Line], blank: frozenset[Line]) -> frozenset[Dim]:
        """Return the tables that nothing can be typed into: all of their columns are blank."""
        columns: dict[Dim, list[Line]] = {}
        for line in self.context.case.given:
            if len(line.dims) == 1:
                columns.setdefault(line.dims[0], []).append(line)
        return frozenset(
            dim
            for dim, lines in columns.items()
            if free.issuperset(lines)
            and all(line in blank or line.kind is Kind.ROW_NUMBER for line in lines)
        )

    def _constants(self, blank: frozenset[Line]) -> frozenset[Line]:
        """Return what stands on no tab and comes to one value as nothing can be typed there."""
        context = self.context
        found = {
            line
            for line in context.lines
            if line in blank or (line.expr is None and self.closed & set(line.dims))
        }
        fixed = settled(context.lines, found, context.solved.values, context.question.links)
        for line in context.lines:
            if line in fixed and not found.isdisjoint(self.needed.by(line)):
                found.add(line)
        return frozenset(found) - self.placed

    def _candidates(self) -> frozenset[Line]:
        """Return the lines of blocks and closed tables, what follows, and what only they read."""
        found = {
            line
            for line in self.context.lines
            if line in self.block or (line not in self.placed and self.closed & set(line.dims))
        }
        found |= self.constants - self.shown
        for line in reversed(self.context.lines):
            readers = self.readers.get(line, ())
            if readers and line not in self.placed and found.issuperset(readers):
                found.add(line)
        return frozenset(found)

    def made(self) -> LeftOut:
        """Return what is left out."""
        candidates = self._candidates()
        printed: set[Line] = set()  # with a formula, which reads other lines
        lines, without_cell = set(), set()
        for line in reversed(self.context.lines):
            is_read = line in self.shown or not printed.isdisjoint(self.readers.get(line, ()))
            if line in candidates and self._goes(line, is_read=is_read):
                lines.add(line)
                if not is_read:
                    without_cell.add(line)
                    continue
            if line not in self.constants:
                printed.add(line)
        return LeftOut(frozenset(lines), frozenset(without_cell), self.constants)

    def _goes(self, line: Line, *, is_read: bool) -> bool:
        """Return whether a line of a block is left out: it is settled, or nothing live reads it."""
        if line in self.constants or self.closed & set(line.dims):
            return True
        return not is_read and line.expr is not None


def _is_blank(values: Array) -> bool:
    return bool(np.all(values == "" if values.dtype == object else np.isnan(values)))


def _readers(lines: Collection[Line], needed: Needed) -> Mapping[Line, list[Line]]:
    """Return the lines that read each line, ladders looking back among them."""
    by_key = {line.key: line for line in lines}
    found: dict[Line, list[Line]] = {}
    for line in lines:
        back = (by_key[key] for key in reads(line).earlier if key in by_key)
        for read in dict.fromkeys((*needed.by(line), *back)):
            if read is not line:
                found.setdefault(read, []).append(line)
    return found
