"""The cells of a report by place: sheet and address."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tests.support.stored_cells import Value, read_cells

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Place: TypeAlias = tuple[str, str]
"""A sheet and an address such as B7."""


def stored_formulas(path: Path) -> dict[Place, Value]:
    """The value stored with every formula of a file."""
    return {
        # A formula whose result is no text at all has an empty value stored with it.
        (sheet, at): "" if cell.value is None else cell.value
        for sheet, cells in read_cells(path).items()
        for at, cell in cells.items()
        if cell.formula is not None
    }


def by_place(values: Mapping[str, Mapping[str, Value]]) -> dict[Place, Value]:
    """The values of all sheets in one mapping."""
    return {(sheet, at): value for sheet, cells in values.items() for at, value in cells.items()}
