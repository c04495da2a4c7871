"""The file that a returned workbook was before it was edited: found by its snapshot, and whole."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.reading.company_file import file_name_fault
from reportgen.report.readback.case import current_case, issued_case
from reportgen.report.readback.workbook import ReadReport, open_report
from reportgen.report.registry.identity import model_hash, snapshot
from reportgen.resources import report_path
from reportgen.xlsx.reader.limits import WorkbookFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

_TEXTS = "xl/sharedStrings.xml"  # where a report holds its snapshot
_MOST_TEXTS = 64 * 1024 * 1024  # bytes


class Sought(NamedTuple):
    """What a returned file says of its issue: a place to look first, and no more than that."""

    path: Path
    snapshot: str
    ticker: str
    as_of: date | None


class EditedItselfError(ReportgenError):
    """The file that was issued does not hold what was issued any more."""


class Issued(NamedTuple):
    """The report as it was issued, None if none was found.

    `missing` are those that could not be read, `edited` those that are not as they were issued.
    """

    report: ReadReport | None = None
    missing: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


def find_issued(sought: Sought, outputs: Path, named: Path | None) -> Issued:
    """Return the report that was issued: the one `named`, else the one of that snapshot.

    Raises ReportgenError where the one named is not there, is another one or was edited itself.
    """
    if named is not None:
        if not named.is_file():
            raise ReportgenError(
                f"{named}: there is no such file; name the report as it was issued"
            )
        report = open_report(named)
        if report.text("report.snapshot") != sought.snapshot:
            raise ReportgenError(
                f"{named}: has another snapshot: the returned file does not come of it"
            )
        return Issued(_whole(report))
    missing: list[str] = []
    edited: list[str] = []
    for path in _candidates(sought, outputs):
        try:
            report = open_report(path)
            if report.text("report.snapshot") == sought.snapshot:
                return Issued(_whole(report))
        except WorkbookFileError as error:
            missing.append(f"{error}: whether it is the report as issued was not looked at")
        except EditedItselfError as error:
            if not path.samefile(sought.path):
                edited.append(str(error))
        except ReportgenError:
            continue  # no report
    return Issued(missing=tuple(missing), edited=tuple(edited))


def _whole(report: ReadReport) -> ReadReport:
    """Return a report in which nothing was typed. Raises ReportgenError where something was.

    A returned file may itself lie in the folder of outputs; whole, it is what was issued.
    """
    issued = issued_case(report)
    same_method = report.text("report.model_hash") == model_hash()
    stated = report.text("report.snapshot") if same_method else snapshot(issued)
    if not stated == snapshot(issued) == snapshot(current_case(report)):
        raise EditedItselfError(
            f"{report.path}: was edited itself, so it is not the report as it was issued; restore"
            " it, or build it again"
        )
    return report


def _candidates(sought: Sought, outputs: Path) -> Iterator[Path]:
    """Yield the reports of the day, its revisions, then whichever other holds the snapshot."""
    first: list[Path] = []
    if not sought.snapshot:
        return
    if sought.as_of is not None and not file_name_fault(sought.ticker):
        report = report_path(outputs, sought.ticker, sought.as_of)
        first = [report, *sorted(report.parent.glob(f"{report.stem}-r*.xlsx"))]
    others = (path for path in sorted(outputs.glob("*/*/*.xlsx")) if path not in first)
    for path in chain(first, (path for path in others if _holds(path, sought.snapshot))):
        if path.is_file():
            yield path


def _holds(path: Path, text: str) -> bool:
    """Return whether a workbook holds a text, at a glance: thousands of them may stand there."""
    with (
        suppress(OSError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError),
        zipfile.ZipFile(path) as package,
        package.open(_TEXTS) as texts,
    ):
        return bool(text) and text.encode() in texts.read(_MOST_TEXTS)
    return False
