"""Which cells hang by a hair: a breath of noise on the inputs changes them, as rounding may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Line, Unit
from tests.support.agreement import disagreements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.numeric import Array
    from tests.support.stored_cells import Value

NOISE = 1e-13
STEADY = 1e-10
_EXACT = frozenset({Unit.TEXT, Unit.DATE, Unit.COUNT})  # nobody computes these


def shaken(given: Mapping[Line, Array], *, apart: bool = False) -> dict[Line, Array]:
    """The given arrays with numbers moved a little: opposite ones apart, equal ones alike.

    With `apart` equal ones of different lines move apart, too: ties between them are not sure.
    """
    return {
        line: array
        if line.unit in _EXACT
        else array * (1 + NOISE * _wind(array) * (1 + apart * number % 7))
        for number, (line, array) in enumerate(given.items())
    }


def _wind(array: Array) -> Array:
    return np.where(np.asarray(array) < 0, 1.7, -0.6)


def unsteady(still: Mapping[str, Value], moved: Mapping[str, Value]) -> set[object]:
    """The cells whose value the noise changes by more than it should."""
    return {change.place for change in disagreements(still, moved, STEADY)}
