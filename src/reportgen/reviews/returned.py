"""A returned workbook opened: the file that was issued, what was issued, what it says now.

Nothing that the returned file says of itself is believed: ticker, day, values at issue and the
places of its inputs are taken from the file that was issued, wherever that is at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.reading.company_file import file_name_fault
from reportgen.periods import parse_serial
from reportgen.report.readback.case import current_case, issued_case
from reportgen.report.readback.workbook import ReadReport, guarded, open_report
from reportgen.report.registry.identity import model_hash, snapshot
from reportgen.reviews.issued import Issued, Sought, find_issued
from reportgen.reviews.links import rerouted
from reportgen.xlsx.reader.limits import WorkbookFileError
from reportgen.xlsx.reader.process import compare_and_map_safely

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from reportgen.model.case.record import Case
    from reportgen.xlsx.compare.changes import WorkbookChange

_OTHER_METHOD = "it was built by another version of the method: effects are those of today's method"
_UNVERIFIED = (
    "not verified: the file that was issued is not at hand, so what was issued, the company and the"
    " day are what the returned file says of itself"
)


class Named(NamedTuple):
    """The company and the day that whoever reviews names, where the issued file is not at hand."""

    ticker: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Returned:
    """A report that came back: `issued` as it was handed out, `now` as its cells state it.

    `at_issue` is the file that was issued and `changes` how the workbook differs from it; None
    where it is not at hand: then nothing is verified. `misled` are keys whose place the file's own
    Registry gives as another one. `inserted` are rows that came into a tab, by its case-folded
    name, `still` are tabs of which nothing was shifted, `origin` is the issued file as it was
    read; `missing` are checks that could not run.
    """

    report: ReadReport
    issued: Case
    now: Case
    ticker: str
    as_of: date
    snapshot: str
    notes: tuple[str, ...]
    at_issue: Path | None = None
    changes: tuple[WorkbookChange, ...] | None = None
    misled: frozenset[str] = frozenset()
    inserted: Mapping[str, frozenset[int]] = field(default_factory=dict)
    still: frozenset[str] = frozenset()
    origin: ReadReport | None = None
    missing: tuple[str, ...] = ()


def open_returned(
    path: Path, outputs: Path, issued: Path | None = None, named: Named | None = None
) -> Returned:
    """Return the report that a file holds, read under limits.

    The file that was issued is `issued`, else the one with the returned file's snapshot below
    `outputs`. Raises NotAReportError without a Registry, ReportgenError if the values at issue were
    changed or `issued` is no such file, HostileFile and UnreadableFile as reading does.
    """
    report = guarded(open_report(path))
    stated = report.text("report.snapshot")
    if not _method(report) and stated != snapshot(issued_case(report)):
        raise _damaged(report)
    sought = Sought(path, stated, report.text("report.ticker"), _day(report))
    found = find_issued(sought, outputs, issued)
    if found.report is not None:
        try:
            return _verified(report, found.report)
        except WorkbookFileError as error:
            missing = f"{error}: formulas and layout were not compared with the issue"
            return _on_its_word(report, named, Issued(missing=(missing,)))
    return _on_its_word(report, named, found)


def _verified(report: ReadReport, at_issue: ReadReport) -> Returned:
    """Return the report with what was issued taken from the issued file, and its places, too."""
    issued = issued_case(at_issue)
    if snapshot(issued_case(report)) != snapshot(issued):
        raise _damaged(report)
    compared = compare_and_map_safely(at_issue.path, report.path)
    routes = rerouted(report, at_issue, compared.sheets)
    sheets = compared.sheets or {}
    ticker, as_of = _ticker(at_issue), _stated_day(at_issue)
    notes = [*_warnings(report), *_method(at_issue), *routes.notes]
    if (report.text("report.ticker"), _day(report)) != (ticker, as_of):
        notes.append(
            f"its Registry says that it is of {report.text('report.ticker') or 'nobody'} as of"
            f" {_day(report) or 'no day'}; it was issued for {ticker} as of {as_of}"
        )
    return Returned(
        routes.report,
        issued,
        current_case(routes.report),
        ticker,
        as_of,
        at_issue.text("report.snapshot"),
        tuple(notes),
        at_issue.path,
        compared.changes,
        routes.misled,
        {sheet.name: sheet.map.rows.inserted for sheet in sheets.values()},
        routes.still,
        at_issue,
    )


def _damaged(report: ReadReport) -> ReportgenError:
    return ReportgenError(
        f"{report.path}: Registry: the values at issue are not those that its snapshot names, so it"
        " was damaged since; use the file as it was issued"
    )


def _on_its_word(report: ReadReport, named: Named | None, found: Issued) -> Returned:
    """Return the report as it describes itself, but for the company and the day if named."""
    ticker, as_of = named or (_ticker(report), _stated_day(report))
    return Returned(
        report,
        issued_case(report),
        current_case(report),
        ticker,
        as_of,
        report.text("report.snapshot"),
        (*_warnings(report), *_method(report), _UNVERIFIED, *found.edited),
        missing=found.missing,
    )


def _warnings(report: ReadReport) -> Iterator[str]:
    return (f"{report.path} {warning}" for warning in report.book.warnings)


def _method(report: ReadReport) -> tuple[str, ...]:
    return () if report.text("report.model_hash") == model_hash() else (_OTHER_METHOD,)


def _ticker(report: ReadReport) -> str:
    ticker = report.text("report.ticker")
    if fault := file_name_fault(ticker):
        raise ReportgenError(
            f"{report.path}: Registry: report.ticker {fault}; use the file as issued"
        )
    return ticker


def _stated_day(report: ReadReport) -> date:
    day = _day(report)
    if day is None:
        raise ReportgenError(
            f"{report.path}: Registry: report.as_of is not a day; use the file as it was issued"
        )
    return day


def _day(report: ReadReport) -> date | None:
    row = report.listed.get("report.as_of")
    day = row.issued[0] if row is not None else None
    return parse_serial(day)
