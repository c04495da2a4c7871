"""Two files compared as what they are: two reports by key, any other workbooks by cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reportgen.differences.forms.content import WorkbookDiff, content, file_content
from reportgen.differences.records import ReportDiff
from reportgen.differences.semantic import compare_reports
from reportgen.report.readback.workbook import NotAReportError
from reportgen.xlsx.compare.changes import ChangeKind, CompareOptions
from reportgen.xlsx.reader.process import compare_safely

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.differences.forms.document import Document
    from reportgen.report.registry.file import Recorded
    from reportgen.xlsx.compare.changes import Compared, WorkbookChange
    from reportgen.xlsx.reader.process import Reading


Diff = ReportDiff | WorkbookDiff
VALUES = frozenset({ChangeKind.INPUT, ChangeKind.CALCULATED})  # told by key, where there are keys
TYPED_OVER = frozenset({ChangeKind.HARDCODED, ChangeKind.UNEXPLAINED})
FORMULAS = TYPED_OVER | {ChangeKind.FORMULA, ChangeKind.UNCACHED}
# What else of a workbook differs where its inputs do: tables of another length move everything
MOVED = VALUES | {
    ChangeKind.FORMULA,
    ChangeKind.UNCACHED,
    ChangeKind.ROW_INSERTED,
    ChangeKind.ROW_DELETED,
    ChangeKind.ROW_MOVED,
    ChangeKind.COLUMN_INSERTED,
    ChangeKind.COLUMN_DELETED,
    ChangeKind.COLUMN_MOVED,
    ChangeKind.NAME,
    ChangeKind.CHART,
    ChangeKind.VALIDATION,
    ChangeKind.CONDITIONAL_FORMAT,
    ChangeKind.MERGE,
    ChangeKind.LINK,
    ChangeKind.FILTER,
    ChangeKind.TABLE,
}


class Asked(NamedTuple):
    """What is asked of a comparison: every number and cell, looks too, how changes are split."""

    everything: bool = False
    formats: bool = False
    method: str = "auto"
    order: tuple[str, ...] = ()


def compare(
    old: Reading | Recorded, new: Reading | Recorded, asked: Asked, *, cells: bool = False
) -> Diff:
    """What two files differ in; `cells` asks for the workbooks' own changes, too.

    Where two reports would be called the same, their cells are compared before that is said. Of
    reports on different inputs what follows from tables of another length is counted in a note,
    and listed only where looks are asked for, too. Raises ReportgenError for a file that cannot be
    read safely, or a change that cannot be split.
    """
    try:
        diff = compare_reports(
            old, new, all_numbers=asked.everything, method=asked.method, order=asked.order
        )
    except NotAReportError as error:
        compared = _cells(old.path, new.path, asked)
        notes = str(error), *compared.warnings
        return WorkbookDiff(old.path, new.path, compared.changes, notes)
    if not (cells or asked.everything or asked.formats or diff.is_empty):
        return diff
    found = _cells(old.path, new.path, asked).changes
    told = VALUES if asked.formats or same_inputs(diff) else MOVED
    if diff.is_empty:  # no key tells of what was typed beside them
        told = frozenset()
    changes = tuple(one for one in found if one.kind not in told)
    untold = Counter(one.kind.value for one in found if one.kind in told - VALUES)
    return replace(diff, workbook=changes, notes=(*diff.notes, *_counted(untold)))


def same_inputs(diff: ReportDiff) -> bool:
    """Whether both reports were issued on the same pack of inputs, as of the same day."""
    old, new = diff.old, diff.new
    return (old.input_hash, old.as_of) == (new.input_hash, new.as_of)


def _counted(untold: Counter[str]) -> Iterator[str]:
    if untold:
        counts = ", ".join(f"{count:,} x {kind}" for kind, count in sorted(untold.items()))
        yield (
            f"the inputs differ, so tables have other lengths: {counts} in the workbook; --formats"
            " lists them"
        )


def page(diff: Diff, *, every_bridge: bool = True, everything: bool = True) -> Document:
    """The diff as a page for people; the choices are those of `content`."""
    if isinstance(diff, WorkbookDiff):
        return file_content(diff)
    return content(diff, every_bridge=every_bridge, everything=everything)


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
            return ChangeKind.INPUT in kinds or bool(of_report and of_report.inputs)
        case "formula":
            other_model = of_report and of_report.old.model_hash != of_report.new.model_hash
            moved = of_report is not None and not same_inputs(of_report)
            return bool(kinds & (TYPED_OVER if moved else FORMULAS)) or bool(other_model)
        case "output":
            return ChangeKind.CALCULATED in kinds or _moved(of_report)
    return bool(kinds) or bool(of_report and not of_report.is_empty)


def _changes(diff: Diff) -> tuple[WorkbookChange, ...]:
    return diff.changes if isinstance(diff, WorkbookDiff) else diff.workbook


def _moved(diff: ReportDiff | None) -> bool:
    """Whether a headline value differs."""
    return diff is not None and any(one.has_moved for one in diff.headlines)


def _cells(old: Path, new: Path, asked: Asked) -> Compared:
    return compare_safely(old, new, CompareOptions(formats=asked.formats))
