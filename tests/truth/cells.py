"""The cells of a report by place: sheet and address."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.stored_cells import StoredCell, Value

Place: TypeAlias = tuple[str, str]
"""A sheet and an address such as B7."""

Cells: TypeAlias = "Mapping[str, Mapping[str, StoredCell]]"
"""Every cell of a file, by sheet and address."""


def stored_formulas(cells: Cells) -> dict[Place, Value]:
    """The value stored with every formula of a file, whose cells were read."""
    return {
        # A formula whose result is no text at all has an empty value stored with it.
        (sheet, at): "" if cell.value is None else cell.value
        for sheet, stored in cells.items()
        for at, cell in stored.items()
        if cell.formula is not None
    }


def by_place(values: Mapping[str, Mapping[str, Value]]) -> dict[Place, Value]:
    """The values of all sheets in one mapping."""
    return {(sheet, at): value for sheet, cells in values.items() for at, value in cells.items()}
