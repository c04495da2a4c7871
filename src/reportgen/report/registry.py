"""Every field of a report with its key: what the Registry tab lists, and how it is found again.

A field is a cell: its kind, type, unit and origin, its value at issue and a live link that follows
inserted rows. Working columns of tables and series are one field a column, whose link is a range
and whose key names the dimension it runs along: `target[{target}].age`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.dims import FACT, OFFER
from reportgen.model.keys import NONE, filled
from reportgen.report.blocks import unit_name
from reportgen.report.fields import (
    NO_LINK,
    Field,
    Link,
    at_issue,
    day_link,
    is_by_cell,
    kind_of,
    link_to,
    pointer_to,
    straight_axis,
    type_of,
)
from reportgen.report.lossless import packed
from reportgen.report.origins import labels_of_constants, origins, stated_units
from reportgen.report.printing import is_drawn
from reportgen.xlsx.addresses import a1, quoted_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Origin
    from reportgen.report.context import Context
    from reportgen.report.places import Places

_ORIGINATED = frozenset({"input", "override"})
_REMARKS = ("author", "reason", "expires")
_BESIDE = {".override": _REMARKS, ".issued": ("published",)}


def fields(context: Context, places: Places) -> Iterator[Field]:
    """Yield the fields of every line of a report, in the order of calculation."""
    register = _Register(context, places)
    beside = frozenset(register.remarks.values())
    for line in context.lines:
        if line in places.lines and line not in beside and not _is_nothing(line, context):
            whole = not is_by_cell(line) or is_drawn(line, places)
            yield from (register.ranges(line) if whole else register.cells(line))


class _Register:
    """Writes down lines; keeps what is looked up for all of them."""

    def __init__(self, context: Context, places: Places) -> None:
        self.context = context
        self.places = places
        self.values = context.solved.values
        self.origins = origins(context)
        self.units = stated_units(context)
        self.labels = labels_of_constants(context)
        by_key = {line.key: line for line in context.lines}
        self.remarks: Mapping[str, Line] = {
            key: by_key[key]
            for line in context.lines
            for end, names in _BESIDE.items()
            if line.key.endswith(end)
            for name in names
            if (key := f"{line.key}.{name}") in by_key
        }

    def cells(self, line: Line) -> Iterator[Field]:
        """Yield a field for each cell of a line."""
        place = self.places.lines[line]
        type_, unit = type_of(line), unit_name(line.unit, self.context)
        keys = filled(line, self.places.members)
        spots = zip(place.rows.ravel().tolist(), place.cols.ravel().tolist(), strict=True)
        values = self.values[line].ravel().tolist()
        start, style = f"{quoted_sheet(place.sheet)}!", line.unit.name.lower()
        drawn, label = is_drawn(line, self.places), self.labels.get(line.key, line.label)
        for (key, index), (row, col), value in zip(keys, spots, values, strict=True):
            cell = a1(row, col)
            field = Field(
                key,
                label,
                kind_of(line, key),
                type_,
                unit,
                place.sheet,
                cell,
                at_issue(value, typed=line.expr is None),
                pointer_to(start + cell) if drawn else link_to(line, start + cell, value),
                style="count" if drawn else style,
            )
            yield self._with_origin(field, line, index) if field.kind in _ORIGINATED else field

    def ranges(self, line: Line) -> Iterator[Field]:
        """Yield a field for each column (or row) of a line, along one of its dimensions."""
        place = self.places.lines[line]
        axis = straight_axis(place)
        if axis is None:
            yield from self.cells(line)
            return
        along = line.dims[axis]
        pattern = {**self.places.members, along: (f"{{{along.name}}}",)}
        heads = [key for key, _ in filled(line, pattern)]
        rows, cols, values = (
            np.moveaxis(array, axis, -1).reshape(len(heads), -1)
            for array in (place.rows, place.cols, self.values[line])
        )
        for head, *part in zip(heads, rows, cols, values, strict=True):
            yield from self._range(line, head, place.sheet, part)

    def _range(self, line: Line, key: str, sheet: str, part: list[Array]) -> Iterator[Field]:
        rows, cols, values = (array.tolist() for array in part)
        cell = f"{a1(rows[0], cols[0])}:{a1(rows[-1], cols[-1])}"
        count = "ROWS" if cols[0] == cols[-1] else "COLUMNS"
        texts = packed(values) if line.expr is None else [None]
        origin = self.origins.get(line.key.removesuffix(".issued"))
        field = Field(
            key,
            line.label,
            kind_of(line),
            type_of(line),
            unit_name(line.unit, self.context),
            sheet,
            cell,
            texts[0],
            Link(float(len(rows)), f"={count}({quoted_sheet(sheet)}!{cell})"),
            origin.source if origin and line.key.endswith(".issued") else "",
            style="text" if line.expr is None else "count",
        )
        yield field
        for text in texts[1:]:
            yield Field(key, line.label, "continued", field.type, issued=text)

    def _with_origin(self, field: Field, line: Line, index: tuple[int, ...]) -> Field:
        """Add where an issued value, or an override, comes from."""
        if line.key.endswith(".override"):
            return self._with_remarks(field, line, index)
        key = field.key.removesuffix(".issued")
        unit = self.units.get(key, field.unit)
        origin = self.origins.get(key)
        if origin is None or not line.key.endswith(".issued"):
            return field._replace(unit=unit)
        return field._replace(
            unit=unit,
            source=origin.source,
            published=self._published(line, index, origin),
            author=Link(origin.author),
            reason=Link(origin.reason),
        )

    def _with_remarks(self, field: Field, line: Line, index: tuple[int, ...]) -> Field:
        """Add who overrides an input, why and until when: the cells beside it, where it has any."""
        key = field.key.removesuffix(".override")
        origin: Origin | None = self.context.case.overridden.get(key)
        field = field._replace(
            unit=self.units.get(key, field.unit),
            published=day_link(origin.published) if origin else NO_LINK,
        )
        if f"{line.key}.author" in self.remarks:
            links = [
                self._remark(self.remarks[f"{line.key}.{remark}"], index) for remark in _REMARKS
            ]
            return field._replace(author=links[0], reason=links[1], expires=links[2])
        if origin is None:
            return field
        return field._replace(
            author=Link(origin.author),
            reason=Link(origin.reason),
            expires=day_link(origin.expires),
        )

    def _published(self, line: Line, index: tuple[int, ...], origin: Origin) -> Link:
        """Return the day of an issued value: a link to where it stands, else the day itself."""
        key = f"{line.key}.published"
        if key in self.remarks:
            return self._remark(self.remarks[key], index)
        return day_link(origin.published)

    def _remark(self, line: Line, index: tuple[int, ...]) -> Link:
        place = self.places.lines[line]
        cell = a1(int(place.rows[index]), int(place.cols[index]))
        return link_to(line, f"{quoted_sheet(place.sheet)}!{cell}", self.values[line][index])


def _is_nothing(line: Line, context: Context) -> bool:
    """Return whether a line is about facts although no document states any."""
    return any(context.members[dim] == (NONE,) for dim in line.dims if dim in {FACT, OFFER})
