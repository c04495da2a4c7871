"""Many values in the text of a few cells, without loss."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.expr.numeric import Array

CELL_LIMIT = 32_000  # characters; a cell holds 32,767


def packed(values: Iterable[float | str]) -> list[str]:
    """Return values as texts that each fit into a cell; joined, they are JSON. n/a is null."""
    text = json.dumps([_plain(value) for value in values], separators=(",", ":"))
    return [text[at : at + CELL_LIMIT] for at in range(0, len(text), CELL_LIMIT)]


def _plain(value: float | str) -> float | str | None:
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return None
    # a whole number is shorter without its point; minus zero would lose its sign
    whole = float(value).is_integer() and (value != 0 or math.copysign(1, value) > 0)
    return int(value) if whole and abs(value) < 2**53 else float(value)


def unpacked(texts: Sequence[str]) -> list[float | str | None]:
    """Return the values of `packed` texts, numbers as floats. Raises ValueError on other text."""
    values = json.loads("".join(texts))
    try:
        return [value if isinstance(value, str | None) else float(value) for value in values]
    except TypeError:
        raise ValueError("not a list of texts and numbers") from None


def column(values: Sequence[object], *, text: bool) -> Array:
    """Return values read from cells as a line holds them: blanks and what does not fit are n/a."""
    array = np.empty(len(values), dtype=object if text else float)
    array[:] = [_as_text(value) if text else _as_number(value) for value in values]
    return array


def _as_text(value: object) -> str:
    """Return what a cell for text holds; a number typed into it as a formula would join it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _as_number(value: object) -> float:
    """Return what a cell for a number holds; text and truths are no numbers."""
    return value if isinstance(value, float) else math.nan
