"""Which reports are handed out with what beside them, and why one may not be."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError, quote
from reportgen.facts.reading.company_file import file_name_fault
from reportgen.runs.companions import KINDS, is_of, issued_report, origins
from reportgen.runs.folders import company_folders
from reportgen.runs.index.records import Links
from reportgen.runs.manifest import ManifestError, manifest_of, sha256_of
from reportgen.runs.selection import METHODS, selected
from reportgen.runs.standings import last_statuses_of, stance_of
from reportgen.runs.state import standing_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.runs.companions import Issued
    from reportgen.runs.manifest import Manifest


class Part(NamedTuple):
    """A file that is handed out as it stands: its name in the hand-out, and its SHA-256."""

    name: str
    path: Path
    sha256: str


@dataclass(frozen=True)
class Gathered:
    """A report that is handed out.

    `links` lead to its workbook, page and diff, `pdf` and `summary` to its PDFs, all
    "" for what is not there. `restricted` are its sources that may not be passed on;
    `left_out` says which files beside it are not of this report.
    """

    manifest: Manifest
    parts: tuple[Part, ...]
    links: Links
    pdf: str
    summary: str
    restricted: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class _Candidate:
    """A company with a manifest of the day; without one that can be read, `trouble` says why."""

    ticker: str
    manifest: Manifest | None
    trouble: str
    statuses: tuple[str, ...]

    def values_of(self, method: str) -> tuple[str, ...]:
        """What selectors are held against. Raises ReportgenError for what takes the inputs."""
        match method:
            case "tag":
                return self.manifest.tags if self.manifest else ()
            case "stance":
                return (stance_of(self.manifest),)
            case "result":
                return self.statuses
        raise ReportgenError(
            f"--select {method}: needs the inputs, and a hand-out is made without them; select by"
            f" ticker, {', '.join(one for one in METHODS if one != method)}"
        )


def gathered(
    outputs: Path,
    as_of: date,
    select: Sequence[str],
    exclude: Sequence[str],
    *,
    include_restricted: bool,
) -> tuple[Gathered, ...]:
    """Return the reports of a day that are meant, in the order of their tickers.

    Raises ReportgenError that names each one that may not be handed out, or where none is meant.
    """
    found = list(_candidates(outputs, as_of))
    if not found:
        raise ReportgenError(
            f"{outputs}: no report of {as_of} has a manifest; reportgen run --as-of {as_of} makes"
            " reports with one"
        )
    faults = [
        f"{one}: there is no report of {as_of}; reportgen run {shlex.quote(one)} --as-of {as_of}"
        " makes one"
        for one in _unknown(select, {one.ticker for one in found})
    ]
    meant = selected(found, (), select, exclude)
    if not meant and not faults:
        raise ReportgenError(f"{outputs}: no report of {as_of} is meant; say other selectors")
    reports: list[Gathered] = []
    for one in meant:
        try:
            if one.manifest is None:
                raise ManifestError(one.trouble)
            reports.append(_gathered(outputs, one.manifest))
        except (ReportgenError, OSError) as error:
            faults.append(
                f"{one.ticker}: {error}; reportgen run {shlex.quote(one.ticker)} --as-of {as_of}"
                " makes it whole"
            )
    if not include_restricted:
        faults += [_restricted(one) for one in reports if one.restricted]
    if faults:
        raise ReportgenError("nothing was handed out:\n" + "\n".join(f"  {one}" for one in faults))
    return tuple(reports)


def _candidates(outputs: Path, as_of: date) -> Iterator[_Candidate]:
    statuses = last_statuses_of(outputs)
    for ticker in company_folders(outputs):
        manifest, trouble = None, ""
        try:
            manifest = manifest_of(outputs, ticker, as_of)
            if manifest is None:
                continue
        except ManifestError as error:
            trouble = str(error)
        yield _Candidate(ticker, manifest, trouble, statuses.get(ticker, ()))


def _unknown(select: Iterable[str], known: set[str]) -> list[str]:
    """The tickers that selectors name one by one and that have no report."""
    return [one for one in select if not set(one) & set("*?[:,@") and one.strip() not in known]


def _restricted(one: Gathered) -> str:
    ticker = one.manifest.ticker
    return (
        f"{one.manifest.newest.file}: rests on what may not be passed on:"
        f" {', '.join(map(quote, one.restricted))}; --exclude {shlex.quote(ticker)} leaves it out,"
        " --include-restricted hands it out all the same"
    )


def _gathered(outputs: Path, manifest: Manifest) -> Gathered:
    """Return a report with what is beside it. Raises ReportgenError if it is not as issued."""
    report = issued_report(outputs, manifest)
    folder = f"{manifest.ticker}/{manifest.as_of}"
    if file_name_fault(manifest.newest.file):
        raise ReportgenError(
            f"{quote(manifest.newest.file)} {file_name_fault(manifest.newest.file)}"
        )
    standing_file(manifest, report.path.parent)
    parts = [Part(f"{folder}/{report.path.name}", report.path, report.sha256)]
    restricted = list(manifest.restricted)
    left_out: list[str] = []
    names = dict.fromkeys(KINDS, "")
    for kind in KINDS:
        path, of = report.beside(kind), origins(outputs, report, kind)
        if not path.is_file():
            continue
        digest = sha256_of(path)
        if not digest or not is_of(report, kind, of):
            option = "--pages" if kind in ("page", "diff") else "--pdf"
            left_out.append(
                f"{folder}/{path.name} is not known to be of this report, and was left out;"
                f" reportgen run {option} writes it anew"
            )
            continue
        names[kind] = f"{folder}/{path.name}"
        parts.append(Part(names[kind], path, digest))
        restricted += _of_others(of, report)
    return Gathered(
        manifest,
        tuple(parts),
        Links(parts[0].name, names["page"], names["diff"]),
        names["PDF"],
        names["summary PDF"],
        tuple(dict.fromkeys(restricted)),
        tuple(left_out),
    )


def _of_others(of: Iterable[Issued], report: Issued) -> Iterator[str]:
    """The restricted sources of the other reports that a diff tells of."""
    for one in of:
        if one is not report:
            yield from one.manifest.restricted
