"""What stands beside a report for those who open no workbook: its page, its diff and its PDF.

`companions.json` beside them says of which reports each was made, and which bytes it had: one of
another revision, or one that somebody changed, is never taken for the report's.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.resources import pdf_path
from reportgen.runs.manifest import LARGEST, Manifest, manifest_path, newest_manifest, sha256_of
from reportgen.runs.state import standing_file
from reportgen.xlsx.atomic import atomic_store

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.resources import Extent

NAME = "companions.json"
Kind = Literal["page", "diff", "PDF", "summary PDF"]
PDFS: dict[Extent, Kind] = {"report": "PDF", "summary": "summary PDF"}
_PAGES: dict[Kind, str] = {"page": ".html", "diff": "-diff.html"}
KINDS = (*_PAGES, *PDFS.values())


class Companion(NamedTuple):
    """A file as it was made: its SHA-256, and those of the reports that it tells of."""

    sha256: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Issued:
    """The newest revision of a report as its manifest has it, and where it stands."""

    manifest: Manifest
    path: Path

    @property
    def sha256(self) -> str:
        """The SHA-256 of the workbook as it was issued."""
        return self.manifest.newest.sha256

    def beside(self, kind: Kind) -> Path:
        """Return where a companion of the report stands."""
        return _beside(self.path, kind)


def _beside(report: Path, kind: Kind) -> Path:
    for extent, pdf in PDFS.items():
        if kind == pdf:
            return pdf_path(report, extent)
    return report.with_name(report.stem + _PAGES[kind])


def issued_report(outputs: Path, manifest: Manifest) -> Issued:
    """Return the newest revision of a report."""
    folder = manifest_path(outputs, manifest.ticker, manifest.day).parent
    return Issued(manifest, folder / manifest.newest.file)


def month_before(outputs: Path, report: Issued) -> Issued | None:
    """Return the newest report of the calendar month before; None where there is none."""
    last = report.manifest.day.replace(day=1) - timedelta(days=1)
    found = newest_manifest(outputs, report.manifest.ticker, last)
    if found is None or found.day < last.replace(day=1):
        return None
    return issued_report(outputs, found)


def origins(outputs: Path, report: Issued, kind: Kind) -> tuple[Issued, ...]:
    """Return the reports that a companion tells of, its own the last; none where it has nothing to.

    That is a diff without a report of the month before.
    """
    if kind != "diff":
        return (report,)
    before = month_before(outputs, report)
    return () if before is None else (before, report)


def is_of(report: Issued, kind: Kind, of: tuple[Issued, ...]) -> bool:
    """Return whether a companion is there as it was made, and made of these reports."""
    path = report.beside(kind)
    found = _recorded(path.parent).get(path.name)
    if found is None or found.of != tuple(one.sha256 for one in of):
        return False
    return sha256_of(path) == found.sha256


def is_lacking(outputs: Path, report: Issued, kind: Kind) -> bool:
    """Return whether a companion that a report can have is not there, or is of another revision."""
    of = origins(outputs, report, kind)
    return bool(of) and not is_of(report, kind, of)


def write_page(report: Issued, template: Path | None) -> None:
    """Write the page of a report beside it. Raises ReportgenError as `page` does."""
    from reportgen.pages.report.page import page  # noqa: PLC0415 - few runs write pages

    standing_file(report.manifest, report.path.parent)
    _record(page(report.path, to=report.beside("page"), template=template), (report,))


def write_diff(outputs: Path, report: Issued) -> None:
    """Write beside a report why it says something else than that of the month before.

    Raises ReportgenError where one of the two is not what was issued, or as `diff` does.
    """
    from reportgen.differences.files import diff  # noqa: PLC0415 - few runs write pages
    from reportgen.differences.forms.comparison import page  # noqa: PLC0415 - as above
    from reportgen.differences.forms.html import html  # noqa: PLC0415 - as above

    of = origins(outputs, report, "diff")
    old, new = (standing_file(one.manifest, one.path.parent) for one in of)
    store_companion(report, "diff", html(page(diff(old, new))).encode(), of)


def store_companion(report: Issued, kind: Kind, content: bytes, of: tuple[Issued, ...]) -> None:
    """Write a companion, whole or not at all, and of what it was made. Raises OutputError."""
    path = report.beside(kind)
    atomic_store(path, content)
    _record(path, of)


def drop_companions(report: Path) -> None:
    """Remove what tells of a workbook that another one has replaced under its name, if it can be.

    What cannot be removed is of another revision by its record, and taken for nothing.
    """
    for kind in KINDS:
        with suppress(OSError):
            _beside(report, kind).unlink()


def _record(path: Path, of: tuple[Issued, ...]) -> None:
    made = Companion(sha256_of(path) or "", tuple(one.sha256 for one in of))
    known = _recorded(path.parent) | {path.name: made}
    plain = {name: known[name]._asdict() for name in sorted(known)}
    content = json.dumps(plain, indent=1, ensure_ascii=False) + "\n"
    atomic_store(path.with_name(NAME), content)


def _recorded(folder: Path) -> dict[str, Companion]:
    """What is known of companions in a folder; nothing where that is torn: they are made anew."""
    try:
        with (folder / NAME).open("rb") as file:
            found = json.loads(file.read(LARGEST))
        return {
            str(name): Companion(str(one["sha256"]), tuple(map(str, one["of"])))
            for name, one in found.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
