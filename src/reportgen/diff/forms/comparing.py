"""Two files compared as what they are: two reports by key, any other workbooks by cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reportgen.diff.forms.content import content
from reportgen.diff.forms.file_content import WorkbookDiff, file_content
from reportgen.diff.records import ReportDiff
from reportgen.diff.semantic import compare_reports
from reportgen.report.listing import NotAReportError
from reportgen.xlsx.child import compare_safely
from reportgen.xlsx.compare.changes import CompareOptions, Kind

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.diff.forms.document import Document
    from reportgen.xlsx.compare.changes import WorkbookChange

Diff = ReportDiff | WorkbookDiff
VALUES = frozenset({Kind.INPUT, Kind.CALCULATED})  # told by key, where there are keys
FORMULAS = frozenset({Kind.FORMULA, Kind.HARDCODED, Kind.UNEXPLAINED, Kind.UNCACHED})


class Asked(NamedTuple):
    """What is asked of a comparison: every number and cell, looks too, how changes are split."""

    everything: bool = False
    formats: bool = False
    method: str = "auto"
    order: tuple[str, ...] = ()


def compare(old: Path, new: Path, asked: Asked, *, cells: bool = False) -> Diff:
    """What two files differ in; `cells` asks for the workbooks' own changes, too.

    Where two reports would be called the same, their cells are compared before that is said.
    Raises ReportgenError for a file that cannot be read safely, or a change that cannot be split.
    """
    try:
        diff = compare_reports(
            old, new, all_numbers=asked.everything, method=asked.method, order=asked.order
        )
    except NotAReportError as error:
        return WorkbookDiff(old, new, _cells(old, new, asked), (str(error),))
    if not (cells or asked.everything or asked.formats or diff.is_empty):
        return diff
    changes = tuple(one for one in _cells(old, new, asked) if one.kind not in VALUES)
    return replace(diff, workbook=changes)


def page(diff: Diff, *, every_bridge: bool = True) -> Document:
    """The diff as a page for people."""
    if isinstance(diff, WorkbookDiff):
        return file_content(diff)
    return content(diff, every_bridge=every_bridge)


def is_sound(diff: Diff) -> bool:
    """Whether both ends are what their own inputs give."""
    return isinstance(diff, WorkbookDiff) or not diff.unreproduced


def concerns(diff: Diff, what: str) -> bool:
    """Whether the diff holds a difference of a sort: any, input, formula, output or never."""
    kinds = {one.kind for one in _changes(diff)}
    of_report = diff if isinstance(diff, ReportDiff) else None
    match what:
        case "never":
            return False
        case "input":
            return Kind.INPUT in kinds or bool(of_report and of_report.inputs)
        case "formula":
            other_model = of_report and of_report.old.model_hash != of_report.new.model_hash
            return bool(kinds & FORMULAS) or bool(other_model)
        case "output":
            return Kind.CALCULATED in kinds or _moved(of_report)
    return bool(kinds) or bool(of_report and not of_report.is_empty)


def _changes(diff: Diff) -> tuple[WorkbookChange, ...]:
    return diff.changes if isinstance(diff, WorkbookDiff) else diff.workbook


def _moved(diff: ReportDiff | None) -> bool:
    """Whether a headline value differs."""
    return diff is not None and any(one.old != one.new for one in diff.headlines)


def _cells(old: Path, new: Path, asked: Asked) -> tuple[WorkbookChange, ...]:
    return compare_safely(old, new, CompareOptions(formats=asked.formats))
