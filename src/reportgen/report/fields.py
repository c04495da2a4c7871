"""A field of a report: one row of its Registry, and how the lines of the model become fields."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Line, Unit
from reportgen.headline import HEADLINE
from reportgen.model import dims
from reportgen.model.lines import MODEL
from reportgen.report.tabs.inputs.lines import OVERRIDE_ROW

if TYPE_CHECKING:
    from reportgen.report.places import Placement

Value = float | str | None
_KNOWN = frozenset(MODEL)
# A line of the model over these has a field a cell; over any other, given or not, see is_by_cell
_SHORT = frozenset(
    {
        dims.SCENARIO,
        dims.SEGMENT,
        dims.VARIANT,
        dims.CURRENCY,
        dims.PEER,
        dims.FACT,
        dims.OFFER,
        dims.QUARTER,
        dims.GROWTH_CASE,
        dims.COMPONENT,
        dims.SUB_SCORE,
    }
)
_SERIES = frozenset({dims.CLOSE, dims.BENCHMARK, dims.ESTIMATE, dims.MEASURE})
_TYPES = {Unit.FLAG: "flag", Unit.TEXT: "text", Unit.DATE: "date"}
_HEADLINES = frozenset(HEADLINE)


class Link(NamedTuple):
    """A formula and its value: what another cell shows, wherever that cell moves."""

    value: Value = None
    formula: str = ""


NO_LINK = Link()


class Field(NamedTuple):
    """One row of the Registry; `unit` is in words, `style` the unit that formats its values."""

    key: str
    label: str
    kind: str
    type: str
    unit: str = ""
    tab: str = ""
    cell: str = ""
    issued: Value = None
    live: Link = NO_LINK
    source: str = ""
    published: Link = NO_LINK
    author: Link = NO_LINK
    reason: Link = NO_LINK
    expires: Link = NO_LINK
    style: str = "text"


def is_by_cell(line: Line) -> bool:
    """Return whether each cell of a line is a field of its own."""
    if line.dims == (OVERRIDE_ROW,) or not line.dims:
        return True
    if not _is_of_the_model(line):
        return False
    if line.expr is None:
        return not line.key.endswith(".number") and not set(line.dims) & _SERIES
    return set(line.dims) <= _SHORT


def _is_of_the_model(line: Line) -> bool:
    """Return whether a line belongs to the valuation, or is a constant that what-ifs read."""
    return line in _KNOWN or line.key.startswith("policy[")


def kind_of(line: Line, key: str = "") -> str:
    """Return what a field of a line is for: input, override, control, calculated, headline ..."""
    if line.expr is not None:
        return "headline" if key in _HEADLINES else "calculated"
    if line.key.startswith("control["):
        return "control"
    if line.key.endswith(".override"):
        return "override"
    if OVERRIDE_ROW in line.dims:
        return "remark"
    if not _is_of_the_model(line):
        return "fixed"
    return "text" if line.unit is Unit.TEXT else "input"


def type_of(line: Line) -> str:
    """Return what the cells of a line hold: number, flag, text or date."""
    return _TYPES.get(line.unit, "number")


def at_issue(value: float | str, *, typed: bool) -> Value:
    """Return what a field holds at issue: blank where nothing is typed, n/a where computed so."""
    if isinstance(value, str):
        return value or None
    missing = None if typed else "n/a"
    return missing if math.isnan(value) else value


def link_to(line: Line, cell: str, value: float | str) -> Link:
    """Return a live link: a blank cell shows as blank, for a plain link would make it 0."""
    if line.expr is not None:
        shown = "n/a" if not isinstance(value, str) and math.isnan(value) else value
        return Link(shown, f"={cell}")
    if line.unit is Unit.TEXT:
        return Link(value, f'={cell}&""')
    blank = not isinstance(value, str) and math.isnan(value)
    return Link("" if blank else value, f'=IF(ISBLANK({cell}),"",{cell})')


def pointer_to(cell: str) -> Link:
    """Return a link to a cell that may hold #N/A, which a plain link would spread."""
    return Link(1.0, f"=ROWS({cell})")


def day_link(day: float) -> Link:
    """Return a day that stands in the Registry alone; blank if there is none."""
    return NO_LINK if math.isnan(day) else Link(day)


def straight_axis(place: Placement) -> int | None:
    """Return the longest axis along which the cells stand side by side, None if there is none."""
    shape = place.rows.shape
    for axis in sorted(range(len(shape)), key=lambda axis: -shape[axis]):
        rows, cols = np.moveaxis(place.rows, axis, 0), np.moveaxis(place.cols, axis, 0)
        down, right = rows[-1] - rows[0], cols[-1] - cols[0]
        if np.all(down + right == shape[axis] - 1) and (not down.any() or not right.any()):
            return axis
    return None
