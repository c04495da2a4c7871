"""Given values as arrays: as long as their dimensions are, and blank where nothing is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Line, Unit
from reportgen.periods import serial

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members

BLANK = float("nan")


def column(line: Line, values: Iterable[object], size: int) -> Array:
    """Return the values of a line along one dimension; short ones are padded with blanks."""
    array = blank(line, size)
    filled = list(values)
    array[: len(filled)] = filled
    return array


def blank(line: Line, *shape: int) -> Array:
    """Return a line without values: empty texts, or numbers that are blank."""
    text = line.unit is Unit.TEXT
    return np.full(shape, "" if text else BLANK, dtype=object if text else float)


def blank_rest(given: dict[Line, Array], lines: Iterable[Line], members: Members) -> None:
    """Leave every given line that has no values yet blank."""
    for line in lines:
        if line.expr is None and line not in given:
            given[line] = blank(line, *(len(members[dim]) for dim in line.dims))


def numbered(rows: Iterable[object]) -> list[float]:
    """Return the numbers of rows, counted from 1."""
    return [float(k) for k, _ in enumerate(rows, start=1)]


def day_number(day: date | None) -> float:
    """Return a day as Excel counts it; blank where there is none."""
    return BLANK if day is None else float(serial(day))
