"""Answers of the services kept as they came, beside when and from where: `fetch` only writes files.

What they say comes into packs as that of any other file does, so that it can be done again offline.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.knowledge import TableReader
from reportgen.facts.reading import schema
from reportgen.facts.reading.pack_files import read_pack
from reportgen.intake.contents import Filings, Rates, content_of
from reportgen.intake.web import ECB, SEC
from reportgen.periods import LATEST
from reportgen.xlsx.atomic import atomic_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from reportgen.intake.web import Web

INDEX = "index.csv"
HEAD = ("file", "address", "fetched_at", "sha256")
SERVICES = ("sec", "ecb")
RATES = f"https://{ECB}/stats/eurofxref/eurofxref-hist.zip"
_CONTACT = re.compile(r"[^\x00-\x1f\x7f]{3,200}")
_STATEMENTS = re.compile(r"(?:10-[QK]|20-F|40-F)(?:/A)?")
_SAMPLE = 320193  # a filer of every quarter since there are such files


class Answer(NamedTuple):
    """A file as it was fetched; `address` is where from."""

    path: Path
    address: str


@dataclass
class Fetched:
    """What a fetch brought: files, what is said of it, and what went wrong, by whom it is of."""

    answers: list[Answer] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fetch:
    """What is asked: of which services, for which companies (their numbers at the SEC), into where.

    Files go to `folder`/DAY; `now` is the instant of a file.
    """

    services: tuple[str, ...]
    ciks: Mapping[str, int]
    inputs: Path
    folder: Path
    now: Callable[[], datetime]


def require_contact(contact: str) -> None:
    """Raise ReportgenError unless a contact can be told to a service."""
    if not _CONTACT.fullmatch(contact) or "@" not in contact:
        raise ReportgenError(
            "the SEC wants to know who asks: write contact: NAME name@address into imports.yaml of"
            " the inputs, or set REPORTGEN_CONTACT"
        )


def fetch(asked: Fetch, web: Web, done: Callable[[str], object] = str) -> Fetched:
    """Fetch what is new of each company, and rates; one that fails costs only itself.

    `done` is told of each company and of the rates once they are there, or not.
    """
    found = Fetched()
    tasks: list[tuple[str, Callable[[], None]]] = []
    if "ecb" in asked.services:
        tasks.append(("rates", lambda: _keep(asked, RATES, "eurofxref-hist.zip", web, found)))
    if "sec" in asked.services:
        tasks += [
            (ticker, lambda ticker=ticker: _filings(asked, ticker, web, found))  # type: ignore[misc]
            for ticker in asked.ciks
        ]
    for name, task in tasks:
        try:
            task()
        except ReportgenError as error:
            found.failures[name] = str(error)
        done(name)
    return found


def _filings(asked: Fetch, ticker: str, web: Web, found: Fetched) -> None:
    """Fetch all that a company filed, if its newest filing is none of the pack's sources."""
    cik = asked.ciks[ticker]
    newest = _newest_filing(web.get(submissions(cik)))
    if newest is None:
        found.notes.append(f"{ticker}: filed no statements as yet")
    elif f"sec-{newest}" in _sources(ticker, asked.inputs):
        found.notes.append(f"{ticker}: nothing was filed since {newest}")
    else:
        _keep(asked, companyfacts(cik), f"companyfacts-{cik:010}.json", web, found)


def submissions(cik: int) -> str:
    """Return the address of the list of what a company filed."""
    return f"https://{SEC}/submissions/CIK{cik:010}.json"


def companyfacts(cik: int) -> str:
    """Return the address of every figure that a company filed."""
    return f"https://{SEC}/api/xbrl/companyfacts/CIK{cik:010}.json"


def _newest_filing(raw: bytes) -> str | None:
    """Return the accession of the newest statements in a list of filings, newest first."""
    try:
        recent = json.loads(raw)["filings"]["recent"]
        pairs = zip(recent["accessionNumber"], recent["form"], strict=True)
        return next((str(name) for name, form in pairs if _STATEMENTS.fullmatch(form)), None)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ReportgenError("the list of filings has another shape than it had") from None


def _sources(ticker: str, inputs: Path) -> set[str]:
    reader = TableReader(read_pack(ticker, inputs), LATEST)
    return {row.id for row in reader.sound(schema.SOURCES)}


def _keep(asked: Fetch, address: str, name: str, web: Web, found: Fetched) -> None:
    """Write an answer as it came, and into the index of its day where it is from."""
    raw = web.get(address)
    at = asked.now()
    path = asked.folder / at.date().isoformat() / name
    content_of(path, raw)  # a page of HTML is no answer, and not kept
    atomic_store(path, raw)
    row = (name, address, at.isoformat(timespec="seconds"), hashlib.sha256(raw).hexdigest())
    index = path.with_name(INDEX)
    before = index.read_text(encoding="utf-8") if index.exists() else _line(HEAD)
    atomic_store(index, before + _line(row))
    found.answers.append(Answer(path, address))


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def verify(services: Iterable[str], web: Web, folder: Path) -> dict[str, str]:
    """Return, by service, what is wrong with the shape of its answers today, "" for nothing.

    Nothing is written; `folder` only names files in messages.
    """
    said: dict[str, str] = {}
    for service in services:
        try:
            said[service] = _VERIFIED[service](web, folder)
        except ReportgenError as error:
            said[service] = str(error)
    return said


def _verified_sec(web: Web, folder: Path) -> str:
    if _newest_filing(web.get(submissions(_SAMPLE))) is None:
        return "the list of filings names no statements"
    found = content_of(folder / "companyfacts.json", web.get(companyfacts(_SAMPLE)))
    is_whole = isinstance(found, Filings) and len(found.filer.facts) > 0
    return "" if is_whole else "companyfacts holds no figures"


def _verified_ecb(web: Web, folder: Path) -> str:
    found = content_of(folder / "eurofxref-hist.zip", web.get(RATES))
    return "" if isinstance(found, Rates) else "eurofxref-hist.zip holds no rates"


_VERIFIED = {"sec": _verified_sec, "ecb": _verified_ecb}
