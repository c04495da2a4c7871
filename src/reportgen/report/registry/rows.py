"""Every row of the Registry: what the report was made from, then every field with its key.

A field is a cell: its kind, type, unit and origin, its value at issue and a live link that follows
inserted rows. Working columns of tables and series are one field a column, whose link is a range
and whose key names the dimension it runs along: `target[{target}].age`. What the workbook leaves
out is n/a, without a link.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Kind, Line, Unit
from reportgen.model.dims import FACT, OFFER
from reportgen.model.keys import NONE, filled
from reportgen.periods import serial
from reportgen.report.blocks import unit_name
from reportgen.report.cells import NOT_AVAILABLE, is_drawn
from reportgen.report.registry.form import LEFT_OUT, NOTHING, Field, LiveValue, Value, packed
from reportgen.report.registry.identity import SCHEMA, model_hash, snapshot
from reportgen.report.registry.kinds import is_by_cell, kind_of, read_by_the_model, type_of
from reportgen.report.registry.origins import labels_of_constants, origins, stated_units
from reportgen.xlsx.addresses import a1, quoted_sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from reportgen.expr.numeric import Array
    from reportgen.facts.rows import Argument
    from reportgen.model.case.record import Origin
    from reportgen.report.context import Context
    from reportgen.report.placement import Placement, Places


_IDENTITY = (
    ("report.schema", "Version of this list"),
    ("report.ticker", "Ticker"),
    ("report.as_of", "As of"),
    ("report.snapshot", "Inputs as issued, SHA-256"),
    ("report.model_hash", "Model, SHA-256"),
    ("report.input_hash", "Input pack, SHA-256"),
)
_IN_CELLS = frozenset(
    {
        "ticker",
        "name",
        "price_currency",
        "reporting_currency",
        "adr_ratio",
        "segments",
        "peers",
        "own_vendor",
        "reference",
        "launch",
    }
)


def head(context: Context) -> Iterator[Field]:
    """Yield what identifies the report, then members, company, unread policy and arguments."""
    yield from _identity(context)
    for dim in sorted(context.members, key=lambda dim: dim.name):
        yield from _listed(f"members[{dim.name}]", "Members, in order", context.members[dim])
    yield from _listed(
        "report.unused_overrides", "Overrides that name no input", context.case.unused_overrides
    )
    yield from _listed(
        "report.confirmed", "Figures confirmed", tuple(sorted(context.case.confirmed))
    )
    yield from _splits(context)
    yield from _company(context)
    yield from _unread_policy(context)
    for number, argument in enumerate(context.case.arguments, start=1):
        yield _argument(number, argument)


def _identity(context: Context) -> Iterator[Field]:
    pack = context.pack
    values: tuple[float | str, ...] = (
        float(SCHEMA),
        pack.company.ticker,
        float(serial(pack.as_of)),
        snapshot(context.case),
        model_hash(),
        pack.input_hash,
    )
    for (key, label), value in zip(_IDENTITY, values, strict=True):
        kind = "text" if isinstance(value, str) else "number"
        style = "date" if key == "report.as_of" else "text" if kind == "text" else "count"
        type_ = "date" if style == "date" else kind
        yield Field(key, label, "report", type_, issued=value, style=style)


def _listed(key: str, label: str, names: tuple[str, ...]) -> Iterator[Field]:
    first, *more = packed(names)
    yield Field(key, label, "members", "text", issued=first)
    for text in more:
        yield Field(key, label, "continued", "text", issued=text)


def _splits(context: Context) -> Iterator[Field]:
    """Yield the splits that figures per share are restated for, each its day and its ratio."""
    splits = (f"{one.ex_date} {one.ratio!r}" for one in context.pack.rows.actions)
    yield from _listed("report.splits", "Splits in force", tuple(splits))


def _company(context: Context) -> Iterator[Field]:
    """Yield what company.yaml says that no cell of the report holds."""
    for name, value in context.pack.company.description.items():
        if name not in _IN_CELLS:
            label = name.replace("_", " ").capitalize()
            text = None if value is None else str(value)
            yield Field(f"company.{name}", label, "company", "text", issued=text or None)


def _unread_policy(context: Context) -> Iterator[Field]:
    """Yield the constants of the method that no formula reads."""
    read = {line.key for line in context.lines}
    for constant in context.policy.values.values():
        key = f"policy[{constant.key}]"
        if key not in read:
            yield Field(
                key,
                constant.label,
                "constant",
                "number",
                constant.unit,
                issued=constant.value,
                source="method",
                style="",
            )


def _argument(number: int, argument: Argument) -> Field:
    """Return an argument of the written case as JSON; its line in the file is left out."""
    parts = argument._asdict()
    del parts["line_no"]
    parts["published"] = argument.published.isoformat()
    parts["due"] = argument.due.isoformat() if argument.due else None
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
    return Field(
        f"argument[{number}]",
        "Argument of the written case",
        "argument",
        "text",
        issued=text,
        source=argument.source,
        published=LiveValue(float(serial(argument.published))),
    )


_ORIGINATED = frozenset({"input", "override"})
_REMARKS = ("author", "reason", "expires")


def fields(context: Context, places: Places, left_out: Collection[Line]) -> Iterator[Field]:
    """Yield the fields of every line of a report, in the order of calculation."""
    register = _Register(context, places)
    beside = frozenset(register.remarks.values()) - read_by_the_model()
    for line in context.lines:
        if line in beside or _is_nothing(line, context):
            continue
        if line in left_out:
            yield from register.nothing(line)
        elif line in places.lines:
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
        self.remarks: Mapping[str, Line] = {
            line.key: line for line in context.lines if line.kind is Kind.REMARK
        }

    def nothing(self, line: Line) -> Iterator[Field]:
        """Yield the fields of a line that the workbook leaves out: n/a, and no cell to look at."""
        members = self.places.members
        if not is_by_cell(line):
            along = max(line.dims, key=lambda dim: len(members[dim]))
            members = {**members, along: (f"{{{along.name}}}",)}
        type_, unit = type_of(line), unit_name(line.unit, self.context)
        label, nothing = self.labels.get(line.key, line.label), LiveValue(NOT_AVAILABLE)
        for key, index in filled(line, members):
            field = Field(key, label, LEFT_OUT, type_, unit, issued=NOT_AVAILABLE, live=nothing)
            yield self._with_origin(field, line, index) if line.kind is Kind.ISSUED else field

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
                _at_issue(value, typed=line.expr is None),
                _pointer_to(start + cell) if drawn else _link_to(line, start + cell, value),
                style="count" if drawn else style,
            )
            yield self._with_origin(field, line, index) if field.kind in _ORIGINATED else field

    def ranges(self, line: Line) -> Iterator[Field]:
        """Yield a field for each column (or row) of a line, along one of its dimensions."""
        place = self.places.lines[line]
        axis = _straight_axis(place)
        along = line.dims[axis]
        pattern = {**self.places.members, along: (f"{{{along.name}}}",)}
        heads = [key for key, _ in filled(line, pattern)]
        rows, cols, values = (
            (array if array.ndim == 1 else np.moveaxis(array, axis, -1)).reshape(len(heads), -1)
            for array in (place.rows, place.cols, self.values[line])
        )
        for head, *part in zip(heads, rows, cols, values, strict=True):
            yield from self._range(line, head, place.sheet, part)

    def _range(self, line: Line, key: str, sheet: str, part: list[Array]) -> Iterator[Field]:
        rows, cols, values = (array.tolist() for array in part)
        cell = f"{a1(rows[0], cols[0])}:{a1(rows[-1], cols[-1])}"
        count = "ROWS" if cols[0] == cols[-1] else "COLUMNS"
        texts = packed(values) if line.expr is None else [None]
        origin = self.origins.get(line.of_input or line.key)
        field = Field(
            key,
            line.label,
            kind_of(line),
            type_of(line),
            unit_name(line.unit, self.context),
            sheet,
            cell,
            texts[0],
            LiveValue(float(len(rows)), f"={count}({quoted_sheet(sheet)}!{cell})"),
            origin.source if origin and line.kind is Kind.ISSUED else "",
            style="text" if line.expr is None else "count",
        )
        yield field
        for text in texts[1:]:
            yield Field(key, line.label, "continued", field.type, issued=text)

    def _with_origin(self, field: Field, line: Line, index: tuple[int, ...]) -> Field:
        """Add where an issued value, or an override, comes from."""
        if line.kind is Kind.OVERRIDE:
            return self._with_remarks(field, line, index)
        key = field.key.removesuffix(".issued")
        unit = self.units.get(key, field.unit)
        origin = self.origins.get(key)
        if origin is None or line.kind is not Kind.ISSUED:
            return field._replace(unit=unit)
        return field._replace(
            unit=unit,
            source=origin.source,
            published=self._published(line, index, origin),
            author=LiveValue(origin.author),
            reason=LiveValue(origin.reason),
        )

    def _with_remarks(self, field: Field, line: Line, index: tuple[int, ...]) -> Field:
        """Add who overrides an input, why and until when: the cells beside it, where it has any."""
        key = field.key.removesuffix(".override")
        origin: Origin | None = self.context.case.overridden.get(key)
        field = field._replace(
            unit=self.units.get(key, field.unit),
            published=_day_link(origin.published) if origin else NOTHING,
        )
        if f"{line.key}.author" in self.remarks:
            links = [
                self._remark(self.remarks[f"{line.key}.{remark}"], index) for remark in _REMARKS
            ]
            return field._replace(author=links[0], reason=links[1], expires=links[2])
        if origin is None:
            return field
        return field._replace(
            author=LiveValue(origin.author),
            reason=LiveValue(origin.reason),
            expires=_day_link(origin.expires),
        )

    def _published(self, line: Line, index: tuple[int, ...], origin: Origin) -> LiveValue:
        """Return the day of an issued value: a link to where it stands, else the day itself."""
        key = f"{line.key}.published"
        remark = self.remarks.get(key)
        if remark in self.places.lines:
            return self._remark(remark, index)
        return _day_link(origin.published)

    def _remark(self, line: Line, index: tuple[int, ...]) -> LiveValue:
        place = self.places.lines[line]
        cell = a1(int(place.rows[index]), int(place.cols[index]))
        return _link_to(line, f"{quoted_sheet(place.sheet)}!{cell}", self.values[line][index])


def _is_nothing(line: Line, context: Context) -> bool:
    """Return whether a line is about facts although no document states any."""
    return any(context.members[dim] == (NONE,) for dim in line.dims if dim in {FACT, OFFER})


def _at_issue(value: float | str, *, typed: bool) -> Value:
    """Return what a field holds at issue: blank where nothing is typed, n/a where computed so."""
    if isinstance(value, str):
        return value or None
    missing = None if typed else "n/a"
    return missing if math.isnan(value) else value


def _link_to(line: Line, cell: str, value: float | str) -> LiveValue:
    """Return a live link: a blank cell shows as blank, for a plain link would make it 0."""
    if line.expr is not None:
        shown = "n/a" if not isinstance(value, str) and math.isnan(value) else value
        return LiveValue(shown, f"={cell}")
    if line.unit is Unit.TEXT:
        return LiveValue(value, f'={cell}&""')
    blank = not isinstance(value, str) and math.isnan(value)
    return LiveValue("" if blank else value, f'=IF(ISBLANK({cell}),"",{cell})')


def _pointer_to(cell: str) -> LiveValue:
    """Return a link to a cell that may be empty, which a plain link would show as 0."""
    return LiveValue(1.0, f"=ROWS({cell})")


def _day_link(day: float) -> LiveValue:
    """Return a day that stands in the Registry alone; blank if there is none."""
    return NOTHING if math.isnan(day) else LiveValue(day)


def _straight_axis(place: Placement) -> int:
    """Return the longest axis along which the cells stand side by side: every layout has one."""
    shape = place.rows.shape

    def is_straight(axis: int) -> bool:
        first, last = ((slice(None),) * axis + (end,) for end in (0, -1))
        down = place.rows[last] - place.rows[first]
        right = place.cols[last] - place.cols[first]
        return bool(np.all(down + right == shape[axis] - 1) and not (down.any() and right.any()))

    return next(filter(is_straight, sorted(range(len(shape)), key=lambda axis: -shape[axis])))
