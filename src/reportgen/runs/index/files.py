"""From the manifests below the outputs to the two files of the index, and back onto the disk."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.reading.company_file import file_name_fault
from reportgen.periods import as_day, parse_iso_day
from reportgen.resources import report_path
from reportgen.runs.folders import company_folders
from reportgen.runs.index.page import index_page
from reportgen.runs.index.records import Concern, Links
from reportgen.runs.index.rows import LONGEST_TEXT, Reported, index_of, spelled
from reportgen.runs.index.workbook import index_book
from reportgen.runs.issued import issued_path, read_issued
from reportgen.runs.manifest import ManifestError, manifest_of, manifest_path
from reportgen.runs.outputs import place_of
from reportgen.runs.track.records import track_record
from reportgen.system import paused_collector
from reportgen.xlsx.atomic import atomic_store
from reportgen.xlsx.writer.workbook import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from reportgen.periods import Day
    from reportgen.runs.index.records import Index
    from reportgen.runs.issued import Issue
    from reportgen.runs.manifest import Manifest

FORGOTTEN = timedelta(days=366)  # after the last report of a company that is reported no more
# A split moves price and value by more than this, or is not worth a look at an older manifest
NOTABLE = 0.15


@dataclass(frozen=True)
class Written:
    """The files of an index, and what stands in them; of a bucket only their names are left."""

    workbook: Path
    page: Path
    index: Index


def index(*, as_of: Day, outputs: str | os.PathLike[str] = "outputs") -> Written:
    """Write the index of a day anew from the manifests of its reports.

    Raises ReportgenError where there is none, or where the file system refuses.
    """
    day = as_day(as_of)
    with place_of(outputs) as place:
        place.fetch((day,))
        written = write_index(place.folder, day)
        place.keep()
    return written


@paused_collector()
def write_index(
    outputs: Path,
    as_of: date,
    *,
    failed: Mapping[str, str] | None = None,
) -> Written:
    """Write OUTPUTS/index-DATE.xlsx and .html, each whole or not at all; same input, same bytes.

    `failed` says, by ticker, why a company could not be built. Raises ReportgenError as `index`
    does.
    """
    found = read_index(outputs, as_of, failed or {})
    if not (found.rows or found.concerns):
        raise ReportgenError(
            f"{outputs}: no report of {as_of} has a manifest; reportgen run --as-of {as_of} makes"
            " reports with one"
        )
    workbook, page = (outputs / f"index-{as_of}.{kind}" for kind in ("xlsx", "html"))
    text = index_page(found)
    write(index_book(found), workbook)
    atomic_store(page, text)
    return Written(workbook, page, found)


def read_index(outputs: Path, as_of: date, failed: Mapping[str, str]) -> Index:
    """Return the index of a day as the files below the outputs give it.

    A company whose files cannot be read is told among what needs a person, and costs no other.
    """
    companies: list[Reported] = []
    told = [
        Concern(spelled(ticker), "", "failed", spelled(why, LONGEST_TEXT))
        for ticker, why in failed.items()
    ]
    for ticker in company_folders(outputs):
        for one in _found(outputs, ticker, as_of):
            if isinstance(one, Reported):
                companies.append(one)
            elif one.ticker not in failed:
                told.append(one)
    record = track_record(outputs, as_of)
    for ticker, why in record.unreadable.items():
        one = Concern(ticker, "", "unreadable", _told(why, outputs))
        if all((said.ticker, said.text) != (one.ticker, one.text) for said in told):
            told.append(one)
    return index_of(as_of, companies, told, record.tables)


def _found(outputs: Path, ticker: str, as_of: date) -> Iterator[Reported | Concern]:
    """What stands on disk about a company, and what is wrong with it."""
    name = ""
    try:
        manifest = manifest_of(outputs, ticker, as_of)
        if manifest is None:
            why = _why_absent(outputs, ticker, as_of)
            if why:
                yield Concern(ticker, "", "no report", why)
            return
        name = spelled(manifest.name)
        names = _names(manifest_path(outputs, ticker, as_of).parent)
    except (ReportgenError, OSError) as error:
        yield Concern(ticker, name, "no report", _told(error, outputs))
        return
    issues: tuple[Issue, ...] = ()
    try:
        issues = read_issued(issued_path(outputs, ticker))
    except ReportgenError as error:
        yield Concern(ticker, name, "unreadable", _told(error, outputs))
    yield Reported(
        manifest,
        issues,
        None if any(one.as_of < as_of for one in issues) else _previous(outputs, ticker, as_of),
        dict(_splits(outputs, ticker, as_of, issues)),
        _links(manifest, names),
    )


def _names(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in folder.iterdir())


def _told(error: Exception | str, outputs: Path) -> str:
    """A message without the place of the outputs, which is not the same on every machine."""
    return spelled(str(error).replace(f"{outputs}{os.sep}", ""), LONGEST_TEXT)


def _why_absent(outputs: Path, ticker: str, as_of: date) -> str:
    """Why a company that is known has no row; "" for one that is not, or that was given up."""
    remedy = f"reportgen run {shlex.quote(ticker)} --as-of {as_of} makes one"
    draft = report_path(outputs, ticker, as_of)
    if draft.is_file():
        return f"{draft.name} is a draft, without a manifest; {remedy}"
    earlier = _earlier(outputs, ticker, as_of)
    if earlier is None or as_of - earlier > FORGOTTEN:
        return ""
    return f"no report of {as_of}, the newest is of {earlier}; {remedy}"


def _earlier(outputs: Path, ticker: str, as_of: date) -> date | None:
    """The day of the newest report before a day that has a manifest."""
    days = (parse_iso_day(name) for name in _names(outputs / ticker))
    for day in sorted((day for day in days if day and day < as_of), reverse=True):
        if manifest_path(outputs, ticker, day).is_file():
            return day
    return None


def _previous(outputs: Path, ticker: str, as_of: date) -> Manifest | None:
    """The manifest of the newest report before a day, if there is one that can be read."""
    try:
        earlier = _earlier(outputs, ticker, as_of)
        return manifest_of(outputs, ticker, earlier) if earlier else None
    except (ManifestError, OSError):
        return None


def _splits(
    outputs: Path, ticker: str, as_of: date, issues: Iterable[Issue]
) -> Iterator[tuple[date, float]]:
    """The splits before the reports whose values are far from those of the report before."""
    newest = {one.as_of: one for one in issues if FORGOTTEN > as_of - one.as_of > timedelta(0)}
    for before, after in pairwise(newest[day] for day in sorted(newest)):
        if not _is_near(before, after):
            with suppress(ManifestError):
                found = manifest_of(outputs, ticker, after.as_of)
                if found:
                    yield after.as_of, found.since_last_month.split


def _is_near(before: Issue, after: Issue) -> bool:
    pairs = ((before.number(name), after.number(name)) for name in ("price", "expected"))
    return all(
        old and new and abs(new / old - 1) < NOTABLE for old, new in pairs if old is not None
    )


def _links(manifest: Manifest, names: frozenset[str]) -> Links:
    """The files beside a manifest that are there; a name that no file should have is none."""
    report = manifest.newest.file
    folder, stem = f"{manifest.ticker}/{manifest.as_of}", report.removesuffix(".xlsx")
    files = (report, f"{stem}.html", f"{stem}-diff.html")
    return Links(
        *(
            f"{folder}/{name}" if name in names and not file_name_fault(name) else ""
            for name in files
        )
    )
