"""Addresses and ranges as text, many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.xlsx.addresses import column_name, quoted_sheet

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array

UNMOVED = -1  # the column of a cell that a study does not move and so does not repeat
Sheets = tuple[str, str]  # where the cells stand, and where the formula stands


def constant(text: str, shape: tuple[int, ...]) -> Array:
    """Return one text for every cell of a shape."""
    array = np.empty(shape, dtype=object)
    array[...] = text
    return array


def spell(sheets: Sheets, rows: Array, cols: Array, pins: tuple[bool, bool]) -> Array:
    """Return the addresses of cells, shaped like their rows; `pins` set dollar signs."""
    row_sign, col_sign = ("$" if pin else "" for pin in pins)
    home, seen_from = sheets
    start = ("" if home == seen_from else f"{quoted_sheet(home)}!") + col_sign
    return _objects(
        [
            f"{start}{column_name(col)}{row_sign}{row + 1}"
            for row, col in zip(rows.ravel().tolist(), cols.ravel().tolist(), strict=True)
        ],
        rows.shape,
    )


def spell_ranges(
    line: Line, sheets: Sheets, cells: tuple[Array, Array], axis: int, pins: tuple[bool, bool]
) -> Array:
    """Return the ranges that the cells (rows, columns) of a line span along an axis.

    Raises ValueError where they do not stand side by side.
    """
    rows, cols = (np.moveaxis(part, axis, -1) for part in cells)
    down, right = rows[..., -1] - rows[..., 0], cols[..., -1] - cols[..., 0]
    unbroken = (down + right == rows.shape[-1] - 1) & ((down == 0) | (right == 0))
    if not np.all(unbroken | (cols[..., 0] == UNMOVED)):
        raise ValueError(f"{line.key} is read as a range, but its cells do not stand side by side")
    first = spell(sheets, rows[..., 0], cols[..., 0], pins)
    last = spell((sheets[0], sheets[0]), rows[..., -1], cols[..., -1], pins)
    pairs = zip(first.ravel(), last.ravel(), strict=True)
    return _objects([f"{start}:{end}" for start, end in pairs], first.shape)


def _objects(texts: list[str], shape: tuple[int, ...]) -> Array:
    array = np.empty(len(texts), dtype=object)
    array[:] = texts
    return array.reshape(shape)
