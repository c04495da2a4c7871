"""How many inputs hold something else than at issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.report.fields import is_by_cell, kind_of
from reportgen.report.registry_form import HEADER, ISSUED, KEY, KIND, LIVE, SERIES
from reportgen.xlsx.addresses import a1

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.report.context import Context

TYPED_KINDS = ("input", "override", "text")  # a choice or a switch is a view


def changed_formula(fields: int) -> str:
    """Return the formula that counts them, for a Registry with so many fields below its header.

    Of a whole column of a series the Registry holds the values as one text, and beside it a count:
    such fields differ always, and are taken off again.
    """
    kind, issued, live = (_column(col, fields) for col in (KIND, ISSUED, LIVE))
    typed = "+".join(f'({kind}="{name}")' for name in TYPED_KINDS)
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
            if line.expr is None and is_by_cell(line) and kind_of(line) in TYPED_KINDS
        )
    )


def _differing(line: Line, context: Context) -> int:
    now = context.solved.values[line]
    return int(np.sum(_blank_or(now) != _blank_or(context.case.given.get(line, now))))


def _blank_or(values: Array) -> Array:
    """Return values that can be compared: one blank is like the other."""
    return values if values.dtype == object else np.where(np.isnan(values), np.inf, values)
