"""A field of a report: one row of its Registry, and how the lines of the model become fields."""

from __future__ import annotations

import math
from typing import NamedTuple

from reportgen.expr.nodes import Line, Unit
from reportgen.model import dims
from reportgen.model.lines import MODEL
from reportgen.report.figures.inputs import OVERRIDE_ROW

Value = float | str | None
_KNOWN = frozenset(MODEL)
# A line of the model over these has a field a cell; over any other, given or not, see _by_cell
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
HEADLINES = frozenset(
    {
        "price",
        "expected_value",
        "upside",
        "skew",
        "omega",
        "implied_bull_probability",
        *(f"{{scenario}}.{name}" for name in ("value", "probability", "upside")),
        *(f"stance.{name}" for name in ("total_return", "buy_below", "short_above", "call")),
        *(f"hype.{name}" for name in ("value", "consensus", "score", "upside", "low", "high")),
    }
)


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
    published: float = math.nan
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


def kind_of(line: Line) -> str:
    """Return what a field of a line is for: input, override, control, calculated, headline ..."""
    if line.expr is not None:
        return "headline" if line.key in HEADLINES else "calculated"
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
