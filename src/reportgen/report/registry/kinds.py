"""What a field of the Registry is for, and how many of those that may be typed were changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Kind, Line, Role, Unit
from reportgen.headline import HEADLINE
from reportgen.model import dims, valuation
from reportgen.model.lines import MODEL
from reportgen.model.whatif import grids
from reportgen.report.registry.form import (
    HEADER,
    ISSUED,
    KEY,
    KIND,
    LIVE,
    SERIES,
    USUAL_KIND,
    USUAL_TYPE,
)
from reportgen.report.tabs.inputs.lines import OVERRIDE_ROW
from reportgen.xlsx.addresses import a1

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from reportgen.report.context import Context

TYPED_KINDS = ("input", "override", "text")  # a choice is a view, though it moves values
# Choices that only show something else: the case shown on Valuation, the segment of the first grid
_SHOWS = (valuation.scenario_choice.key, grids.segment_choice.key)
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
        dims.FLOW,
        dims.CYCLE,
        dims.GROWTH_CASE,
        dims.COMPONENT,
        dims.SUB_SCORE,
    }
)
_SERIES = frozenset({dims.CLOSE, dims.BENCHMARK, dims.ESTIMATE, dims.MEASURE, dims.PERIOD})
_TYPES = {Unit.FLAG: "flag", Unit.TEXT: "text", Unit.DATE: "date"}
_HEADLINES = frozenset(HEADLINE)


def read_by_the_model() -> frozenset[Line]:
    """Return every line of the model."""
    return _KNOWN


def is_by_cell(line: Line) -> bool:
    """Return whether each cell of a line is a field of its own."""
    if line.dims == (OVERRIDE_ROW,) or not line.dims:
        return True
    if not _is_of_the_model(line):
        return False
    if line.expr is None:
        return line.kind is not Kind.ROW_NUMBER and not set(line.dims) & _SERIES
    return set(line.dims) <= _SHORT


def _is_of_the_model(line: Line) -> bool:
    """Return whether a line belongs to the valuation, or is a constant that what-ifs read."""
    return line in _KNOWN or line.role is Role.CONSTANT


def kind_of(line: Line, key: str = "") -> str:
    """Return what a field of a line is for: input, override, control, calculated, headline ..."""
    if line.expr is not None:
        return "headline" if key in _HEADLINES else USUAL_KIND
    if line.kind is Kind.CONTROL:
        return "control"
    if line.kind is Kind.OVERRIDE:
        return "override"
    if line.kind is Kind.REMARK or OVERRIDE_ROW in line.dims:
        return "remark"
    if not _is_of_the_model(line):
        return "fixed"
    return "text" if line.unit is Unit.TEXT else "input"


def type_of(line: Line) -> str:
    """Return what the cells of a line hold: number, flag, text or date."""
    return _TYPES.get(line.unit, USUAL_TYPE)


def changed_formula(fields: int) -> str:
    """Return the formula that counts them, for a Registry with so many fields below its header.

    Choices that move values count as well. Of a whole column of a series the Registry holds the
    values as one text, and beside it a count: such fields differ always, and are taken off again.
    """
    key, kind, issued, live = (_column(col, fields) for col in (KEY, KIND, ISSUED, LIVE))
    typed = "+".join(f'({kind}="{name}")' for name in (*TYPED_KINDS, "control"))
    typed += "".join(f'-({key}="{name}")' for name in _SHOWS)
    return f'=IFERROR(SUMPRODUCT(({typed})*({issued}&""<>{live}&""))-{a1(*SERIES)},"n/a")'


def series_formula(fields: int) -> str:
    """Return the formula that counts the columns of series among what may be typed."""
    key, kind = _column(KEY, fields), _column(KIND, fields)
    return "=" + "+".join(f'COUNTIFS({kind},"{name}",{key},"*{{*")' for name in TYPED_KINDS)


def _column(col: int, fields: int) -> str:
    return f"{a1(HEADER + 1, col)}:{a1(HEADER + fields, col)}"


def changed(context: Context) -> float:
    """Return their number in a report: 0 as it is issued."""
    return float(
        sum(
            _differing(line, context)
            for line in context.lines
            if is_by_cell(line) and _counts(line)
        )
    )


def _counts(line: Line) -> bool:
    kind = kind_of(line)
    return kind in TYPED_KINDS or (kind == "control" and line.key not in _SHOWS)


def _differing(line: Line, context: Context) -> int:
    now = context.solved.values[line]
    return int(np.sum(_blank_or(now) != _blank_or(context.case.given.get(line, now))))


def _blank_or(values: Array) -> Array:
    """Return values that can be compared: one blank is like the other."""
    return values if values.dtype == object else np.where(np.isnan(values), np.inf, values)
