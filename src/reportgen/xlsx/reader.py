"""Reading a workbook: everything in it, or only the values.

Files that come from outside are read by `reportgen.xlsx.child.read_safely`, which is this in a
process of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.guard import DEFAULT_LIMITS, Limits
from reportgen.xlsx.reading.records import (
    CellError,
    ReadBook,
    ReadCell,
    ReadChart,
    ReadColumns,
    ReadConditionalFormat,
    ReadLink,
    ReadSeries,
    ReadSheet,
    ReadStyle,
    ReadValidation,
    Value,
    serial_date,
)
from reportgen.xlsx.reading.workbook import WorkbookFile

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = [
    "CellError",
    "ReadBook",
    "ReadCell",
    "ReadChart",
    "ReadColumns",
    "ReadConditionalFormat",
    "ReadLink",
    "ReadSeries",
    "ReadSheet",
    "ReadStyle",
    "ReadValidation",
    "Value",
    "read",
    "read_values",
    "serial_date",
]


def read(
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    sheets: Collection[str] | None = None,
    *,
    cells_only: bool = False,
) -> ReadBook:
    """Everything that stands in the workbook. Raises UnreadableFile or HostileFile.

    With `sheets`, all others stand there by name and state, without content. With `cells_only`
    cells have no looks, and nothing but them and the warnings is read. Nothing is computed, run or
    fetched.
    """
    with WorkbookFile(path, limits) as file:
        names = {entry.name for entry in file.entries}
        skipped = names.difference(names if sheets is None else sheets)
        return file.cells_alone(skipped) if cells_only else file.book(skipped)


def read_values(
    path: Path, sheets: Collection[str] | None = None, limits: Limits = DEFAULT_LIMITS
) -> dict[str, dict[tuple[int, int], Value]]:
    """The values by sheet and (row, column) from 0, of all sheets or of those named.

    Sheets named that do not exist are left out. Errors as for `read`.
    """
    with WorkbookFile(path, limits) as file:
        return {
            entry.name: file.values(entry)
            for entry in file.entries
            if sheets is None or entry.name in sheets
        }
