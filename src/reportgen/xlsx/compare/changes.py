"""What a change of a workbook is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.values import Value
    from reportgen.xlsx.compare.maps import MappedSheet


class ChangeKind(StrEnum):
    """The kinds of change, in the words in which they are reported."""

    SHEET_ADDED = "sheet added"
    SHEET_REMOVED = "sheet removed"
    SHEET_RENAMED = "sheet renamed"
    SHEET_MOVED = "sheet moved"
    NAME = "name"
    DATES = "date system"
    ROW_INSERTED = "row inserted"
    ROW_DELETED = "row deleted"
    ROW_MOVED = "row moved"
    COLUMN_INSERTED = "column inserted"
    COLUMN_DELETED = "column deleted"
    COLUMN_MOVED = "column moved"
    INPUT = "input"
    CALCULATED = "calculated"
    FORMULA = "formula"
    HARDCODED = "hardcoded"
    UNEXPLAINED = "unexplained"
    UNCACHED = "uncached"
    CHART = "chart"
    COMMENT = "comment"
    VALIDATION = "validation"
    CONDITIONAL_FORMAT = "conditional format"
    MERGE = "merge"
    HIDDEN = "hidden"
    LINK = "link"
    FILTER = "filter"
    TABLE = "table"
    PROTECTION = "protection"
    ACTIVE = "active content"
    NUMBER_FORMAT = "number format"
    STYLE = "style"
    COLUMN_WIDTH = "column width"
    ROW_HEIGHT = "row height"
    SETTING = "sheet setting"


@dataclass(frozen=True, slots=True)
class WorkbookChange:
    """One change, large or small: an inserted row is one, not one a cell.

    `sheet` is the tab's new name (its old one if it was removed, "" for the whole workbook);
    `place` an address, a row ("7:7"), a column ("C:C"), a name or a title, in the new workbook
    (in the old one for what was deleted); `old_place` where it stood before. `old` and `new` are
    values, or formulas where the formula is what changed; None is nothing there.
    """

    kind: ChangeKind
    sheet: str
    place: str
    old: Value = None
    new: Value = None
    old_place: str = ""
    note: str = ""


class Compared(NamedTuple):
    """What changed between two files, and where every cell of the old one went.

    `sheets` maps names of old sheets, case-folded; None where nobody asked, or the files are alike.
    `warnings` name each file and what in it was never touched.
    """

    changes: tuple[WorkbookChange, ...] = ()
    sheets: Mapping[str, MappedSheet] | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """Numbers within either tolerance are equal; `formats` reports looks and sizes too."""

    relative_tolerance: float = 1e-9
    absolute_tolerance: float = 1e-12
    formats: bool = False


DEFAULT_OPTIONS = CompareOptions()
