"""What differs between two workbooks, cell by cell, whoever wrote them."""

from __future__ import annotations

from reportgen.xlsx.compare.books import compare
from reportgen.xlsx.compare.changes import CompareOptions, Kind, WorkbookChange
from reportgen.xlsx.compare.files import compare_files

__all__ = ["CompareOptions", "Kind", "WorkbookChange", "compare", "compare_files"]
