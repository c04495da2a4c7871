"""A returned workbook opened: what was issued, what it says now, and the file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.reading.company_file import file_name_fault
from reportgen.periods import from_serial
from reportgen.report.readback.case import current_case, issued_case
from reportgen.report.readback.workbook import ReadReport, guarded, open_report, stated_text
from reportgen.report.registry.identity import model_hash, snapshot
from reportgen.resources import report_path

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reportgen.model.case.record import Case


@dataclass(frozen=True, slots=True)
class Returned:
    """A report that came back: `issued` as its Registry has it, `now` as its cells state it."""

    report: ReadReport
    issued: Case
    now: Case
    ticker: str
    as_of: date
    snapshot: str
    notes: tuple[str, ...]


def open_returned(path: Path) -> Returned:
    """Return the report that a file holds, read under limits.

    Raises NotAReportError without a Registry, ReportgenError if the values at issue were changed,
    HostileFile and UnreadableFile as reading does.
    """
    report = guarded(open_report(path))
    issued = issued_case(report)
    notes = list(report.book.warnings)
    stated = report.text("report.snapshot")
    if report.text("report.model_hash") != model_hash():
        notes.append(
            "it was built by another version of the method: effects are those of today's method"
        )
    elif stated != snapshot(issued):
        raise ReportgenError(
            f"{path}: Registry: the values at issue are not those that its snapshot names, so what"
            " was edited cannot be told; use the file as it was issued"
        )
    ticker = report.text("report.ticker")
    if fault := file_name_fault(ticker):
        raise ReportgenError(f"{path}: Registry: report.ticker {fault}; use the file as issued")
    return Returned(
        report, issued, current_case(report), ticker, _as_of(report), stated, tuple(notes)
    )


def _as_of(report: ReadReport) -> date:
    row = report.listed.get("report.as_of")
    day = row.issued[0] if row is not None else None
    try:
        return from_serial(day if isinstance(day, float) else 0)
    except (ValueError, OverflowError):
        raise ReportgenError(
            f"{report.path}: Registry: report.as_of is not a day; use the file as it was issued"
        ) from None


def issued_file(returned: Returned, outputs: Path, named: Path | None) -> tuple[Path | None, str]:
    """Return the file that was issued, and why there is none ("" if there is).

    It is the one `named`, else the report of the day in the folder of outputs; it has to have the
    same snapshot. Raises ReportgenError where the one named has another.
    """
    path = named or report_path(outputs, returned.ticker, returned.as_of)
    if not path.is_file():
        if named is not None:
            raise ReportgenError(f"{path}: there is no such file; name the report as it was issued")
        return None, f"{path} is not there: formulas and layout were not compared with the issue"
    if _snapshot_of(path) == returned.snapshot:
        return path, ""
    if named is not None:
        raise ReportgenError(f"{path}: has another snapshot: the returned file does not come of it")
    return None, f"{path} is of other inputs: formulas and layout were not compared with the issue"


def _snapshot_of(path: Path) -> str:
    try:
        return stated_text(path, "report.snapshot")
    except ReportgenError:
        return ""
