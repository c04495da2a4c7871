"""Answers of the services kept as they came, beside when and from where: `fetch` only writes files.

What they say comes into packs as that of any other file does, so that it can be done again offline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.knowledge import TableReader
from reportgen.facts.reading import schema
from reportgen.facts.reading.companies import has_pack
from reportgen.facts.reading.pack_files import PRICES, read_pack
from reportgen.facts.rows import GROUP
from reportgen.intake.contents import Bars, Filings, Rates, Segments, content_of
from reportgen.intake.index import note
from reportgen.intake.sandbox import unpacked
from reportgen.intake.sec.filings import ARCHIVES, SHAPE, accession_in, listing_of
from reportgen.intake.web import ECB, SEC
from reportgen.intake.yahoo import Summary
from reportgen.intake.yahoo_web import chart, summary
from reportgen.periods import LATEST
from reportgen.xlsx.atomic import atomic_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from reportgen.facts.rows import Close
    from reportgen.intake.imports_file import Listed
    from reportgen.intake.sec.filings import Filing
    from reportgen.intake.web import Web
    from reportgen.intake.yahoo_web import Yahoo

SERVICES = ("sec", "ecb", "yahoo")
RATES = f"https://{ECB}/stats/eurofxref/eurofxref-hist.zip"
_CONTACT = re.compile(r"[^\x00-\x1f\x7f]{3,200}")
_SAMPLE = 320193  # a filer of every quarter since there are such files
_SYMBOL = "AAPL"
_OVERLAP = timedelta(days=30)  # of closes: days that show in which basis they are
_THREE_YEARS = timedelta(days=3 * 365 + 100)  # twelve quarters, and the time to file the first
# Of a filing's files: names that may stand in an address, and those that are no instance
_DOCUMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\.xml", re.ASCII)
_INLINE = "_htm.xml"
_OTHER_XML = re.compile(
    r"_(?:cal|def|lab|pre|ref)\.xml$|^(?:FilingSummary|R\d+)\.xml$", re.IGNORECASE
)
_ROOT = re.compile(rb"<(?:\w+:)?xbrl\b")
_HEAD, _MOST_TRIED = 4096, 3


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


class Webs(NamedTuple):
    """Whom answers are got from: the services of the list, and Yahoo where it is asked."""

    web: Web
    yahoo: Yahoo | None = None


@dataclass(frozen=True)
class Fetch:
    """What is asked: of which services, for which companies, and into where.

    Files go to `folder`/DAY; `now` is the instant of a file.
    """

    services: tuple[str, ...]
    listed: Mapping[str, Listed]
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


def parts(asked: Fetch) -> dict[str, Callable[[Webs, Fetched], None]]:
    """Return what a fetch consists of, by names that people read: each may fail for itself."""
    found: dict[str, Callable[[Webs, Fetched], None]] = {}
    if "ecb" in asked.services:
        found["rates"] = partial(_rates, asked)
    for ticker, listed in asked.listed.items():
        if "sec" in asked.services and listed.cik is not None:
            found[ticker] = partial(_filings, asked, ticker, listed.cik)
        if "yahoo" in asked.services and listed.yahoo:
            found[f"{ticker} at Yahoo"] = partial(_quotes, asked, ticker, listed.yahoo)
    return found


def fetch(asked: Fetch, webs: Webs, done: Callable[[str], object] = str) -> Fetched:
    """Fetch what is new of each company, and rates; one that fails costs only itself.

    `done` is told of each part once it is there, or not.
    """
    found = Fetched()
    for name, bring in parts(asked).items():
        try:
            bring(webs, found)
        except ReportgenError as error:
            found.failures[name] = str(error)
        done(name)
    return found


def _rates(asked: Fetch, webs: Webs, found: Fetched) -> None:
    _keep(asked, RATES, "eurofxref-hist.zip", webs.web.get(RATES), found)


def _quotes(asked: Fetch, ticker: str, symbol: str, webs: Webs, found: Fetched) -> None:
    """Fetch the closes of a share from those that the pack has on, and what brokers say of it."""
    if webs.yahoo is None:
        raise ReportgenError("Yahoo is not asked here")
    until = asked.now()
    last = max((row.date for row in _closes(ticker, asked.inputs)), default=None)
    back = until - _THREE_YEARS
    since = back if last is None else datetime.combine(last - _OVERLAP, time(), until.tzinfo)
    for kind, address in (
        ("chart", chart(symbol, max(since, back), until)),
        ("summary", summary(symbol)),
    ):
        _keep(asked, address, f"yahoo-{kind}-{ticker}.json", webs.yahoo.get(address), found)


def _closes(ticker: str, inputs: Path) -> tuple[Close, ...]:
    """Return the closes of a pack; none of a company that has no pack as yet."""
    if not has_pack(ticker, inputs):
        return ()
    pack = read_pack(ticker, inputs)
    return TableReader(pack, LATEST).closes(PRICES, ticker, pack.company.quote_currency).known


def _filings(asked: Fetch, ticker: str, cik: int, webs: Webs, found: Fetched) -> None:
    """Fetch all that a company filed, if its newest filing is none of the pack's sources.

    Where its segments are wanted, the instances of filings whose segments the pack does not have as
    well, each with the one before it: the quarter of a year is what its months before leave of it.
    """
    listed, web = asked.listed[ticker], webs.web
    raw = web.get(submissions(cik))
    filings = _statements(raw)
    if not filings:
        found.notes.append(f"{ticker}: filed no statements as yet")
        return
    cited, in_segments = _cited(ticker, asked.inputs)
    is_new = filings[0].accession not in cited
    wanted = _lacking(filings, in_segments) if listed.segments else []
    if not is_new and not wanted:
        found.notes.append(f"{ticker}: nothing was filed since {filings[0].accession}")
        return
    _keep(asked, submissions(cik), f"submissions-{cik:010}.json", raw, found)
    if is_new:
        name = f"companyfacts-{cik:010}.json"
        _keep(asked, companyfacts(cik), name, web.get(companyfacts(cik)), found)
    for filing in wanted:
        _instance(asked, cik, filing.accession, web, found)


def _lacking(filings: Sequence[Filing], in_segments: set[str]) -> list[Filing]:
    """Return the filings of three years whose segments a pack lacks, and the one before each."""
    first = filings[0].filed - _THREE_YEARS
    recent = [filing for filing in filings if filing.filed > first]
    return [
        filing
        for filing, later in zip(recent, [recent[0], *recent], strict=False)
        if not {filing.accession, later.accession} <= in_segments
    ]


def _instance(asked: Fetch, cik: int, accession: str, web: Web, found: Fetched) -> None:
    """Fetch the instance of a filing, where it was not kept before."""
    name = f"instance-{cik:010}-{accession}.xml"
    before = sorted(asked.folder.glob(f"*/{name}"))
    if before:
        found.answers.append(Answer(before[-1], ""))
    elif answer := _instance_of(cik, accession, web):
        _keep(asked, answer[0], name, answer[1], found)
    else:
        found.notes.append(f"{accession}: has no instance, so that its segments are not known")


def _instance_of(cik: int, accession: str, web: Web) -> tuple[str, bytes] | None:
    """Return where the instance of a filing is, and what it holds; None where there is none.

    It is that of the pages of the filing, or else the first of its files with such a root.
    """
    folder = f"{ARCHIVES}/{cik}/{accession.replace('-', '')}"
    for name in _instances(web.get(f"{folder}/index.json")):
        address = f"{folder}/{name}"
        raw = web.get(address)
        if name.endswith(_INLINE) or _ROOT.search(raw[:_HEAD]):
            return address, raw
    return None


def _instances(raw: bytes) -> list[str]:
    """Return the files of a filing that may be its instance: the one of its pages, else others."""
    try:
        names = [str(item["name"]) for item in unpacked("json", raw)["directory"]["item"]]
    except (KeyError, TypeError):
        raise ReportgenError("the list of a filing's files has another shape") from None
    sound = [name for name in names if _DOCUMENT.fullmatch(name)]
    inline = [name for name in sound if name.endswith(_INLINE)]
    return inline[:1] or [name for name in sound if not _OTHER_XML.search(name)][:_MOST_TRIED]


def submissions(cik: int) -> str:
    """Return the address of the list of what a company filed."""
    return f"https://{SEC}/submissions/CIK{cik:010}.json"


def companyfacts(cik: int) -> str:
    """Return the address of every figure that a company filed."""
    return f"https://{SEC}/api/xbrl/companyfacts/CIK{cik:010}.json"


def _statements(raw: bytes) -> tuple[Filing, ...]:
    """Return the statements in a list of filings, the newest first."""
    try:
        listing = listing_of(unpacked("json", raw))
    except ReportgenError:
        raise ReportgenError(SHAPE) from None
    return tuple(filing for filing in listing.filings if filing.has_statements)


def _cited(ticker: str, inputs: Path) -> tuple[set[str], set[str]]:
    """Return the accessions that a pack cites, and those that figures of its segments cite.

    A company that has no pack as yet cites none.
    """
    if not has_pack(ticker, inputs):
        return set(), set()
    reader = TableReader(read_pack(ticker, inputs), LATEST)
    sources = {row.id for row in reader.sound(schema.SOURCES)}
    rows = reader.sound(schema.FUNDAMENTALS)
    in_segments = {row.source for row in rows if row.segment != GROUP}
    found = [{name for one in ids if (name := accession_in(one))} for ids in (sources, in_segments)]
    return found[0], found[1]


def _keep(asked: Fetch, address: str, name: str, raw: bytes, found: Fetched) -> None:
    """Write an answer as it came, and into the index of its day where it is from."""
    at = asked.now()
    path = asked.folder / at.date().isoformat() / name
    content_of(path, raw)  # a page of HTML is no answer, and not kept
    atomic_store(path, raw)
    note(path, address, at, raw)
    found.answers.append(Answer(path, address))


def verify(services: Iterable[str], webs: Webs, folder: Path) -> dict[str, str]:
    """Return, by service, what is wrong with the shape of its answers today, "" for nothing.

    Nothing is written; `folder` only names files in messages.
    """
    said: dict[str, str] = {}
    for service in services:
        try:
            said[service] = _VERIFIED[service](webs, folder)
        except ReportgenError as error:
            said[service] = str(error)
    return said


def _verified_sec(webs: Webs, folder: Path) -> str:
    filings = _statements(webs.web.get(submissions(_SAMPLE)))
    if not filings:
        return "the list of filings names no statements"
    found = content_of(folder / "companyfacts.json", webs.web.get(companyfacts(_SAMPLE)))
    if not isinstance(found, Filings) or not found.filer.facts:
        return "companyfacts holds no figures"
    answer = _instance_of(_SAMPLE, filings[0].accession, webs.web)
    if answer is None:
        return "the newest filing has no instance"
    document = content_of(folder / "instance.xml", answer[1])
    is_whole = isinstance(document, Segments) and document.instance.figures
    return "" if is_whole else "the instance of the newest filing has no segments"


def _verified_ecb(webs: Webs, folder: Path) -> str:
    found = content_of(folder / "eurofxref-hist.zip", webs.web.get(RATES))
    return "" if isinstance(found, Rates) else "eurofxref-hist.zip holds no rates"


def _verified_yahoo(webs: Webs, folder: Path) -> str:
    if webs.yahoo is None:
        return "Yahoo is not asked here"
    now = datetime.now(UTC)
    bars = chart(_SYMBOL, now - _OVERLAP, now)
    closes = content_of(folder / "chart.json", webs.yahoo.get(bars))
    if not isinstance(closes, Bars) or not closes.closes:
        return "the chart holds no closes"
    said = content_of(folder / "summary.json", webs.yahoo.get(summary(_SYMBOL)))
    if not isinstance(said, Summary) or not any(one.target for one in said.targets):
        return "the summary holds no targets"
    return "" if {"0y", "+1y"} <= said.years.keys() else "the summary holds no estimates of years"


_VERIFIED = {"sec": _verified_sec, "ecb": _verified_ecb, "yahoo": _verified_yahoo}
