"""inputs/imports.yaml: by which names others know our companies, and maps of their sheets.

It is no input of a report: no figure stands in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError, quote
from reportgen.facts.problems import CellError, ProblemLog, require_sound, suggestion
from reportgen.facts.reading.company_file import check_zone, ticker_fault
from reportgen.facts.reading.encodings import LEGACY
from reportgen.facts.reading.text_files import decode, read_input
from reportgen.facts.reading.yaml import SectionReader
from reportgen.intake.maps.map_file import read_map

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.intake.maps.map_file import Map

FILE = "imports.yaml"
NEW = "new"  # a map to be proposed: no map can be named so
_KEYS = ("contact", "zone", "companies", "maps")
_CIK = re.compile(r"\d{1,10}", re.ASCII)


class Listed(NamedTuple):
    """What others call a company: its number at the SEC (None: unknown), its symbol at Yahoo.

    `segments` are the pack's by the members of the company's filings.
    """

    cik: int | None = None
    yahoo: str = ""
    segments: Mapping[str, str] = {}


@dataclass(frozen=True)
class Imports:
    """Who asks, which companies are listed by ticker, and the maps by name.

    Days of snapshots are those of `zone`, an IANA name, "" for that of the machine's clock.
    """

    contact: str = ""
    companies: Mapping[str, Listed] = field(default_factory=dict)
    maps: Mapping[str, Map] = field(default_factory=dict)
    zone: str = ""

    @property
    def ciks(self) -> dict[str, int]:
        """The numbers at the SEC, of those companies whose number is known."""
        return {ticker: one.cik for ticker, one in self.companies.items() if one.cik is not None}

    def map(self, name: str, inputs: Path) -> Map:
        """Return a map by its name. Raises ReportgenError, with the nearest, if there is none."""
        if name in self.maps:
            return self.maps[name]
        known = ", ".join(self.maps) or "none"
        remedy = suggestion(name, self.maps) or (
            f"it has {known}; reportgen import FILE --map {NEW} proposes one"
        )
        raise ReportgenError(f"{inputs / FILE}: has no map {quote(name)}; {remedy}")


def read_imports(inputs: Path) -> Imports:
    """Return what imports.yaml of the inputs says; nothing where there is none.

    Raises InputErrors for every mistake, each with its line.
    """
    root = inputs.resolve()
    log = ProblemLog(f"{root.name}/{FILE}")
    text = _text(root, log)
    found = Imports() if text is None else _imports(text, log)
    require_sound(log)
    return found


def imports_of(text: str, name: str) -> Imports:
    """Return what a text says, by the `name` that messages call it. Errors as for the file."""
    log = ProblemLog(name)
    found = _imports(text, log)
    require_sound(log)
    return found


def _text(root: Path, log: ProblemLog) -> str | None:
    try:
        raw = read_input(root / FILE, root)
        text, encoding = ("", "") if raw is None else decode(raw)
    except CellError as error:
        log.cell(None, None, error)
        return None
    if encoding == LEGACY:
        log.mistake(None, None, "is not UTF-8", "a text file", "save it as UTF-8")
        return None
    return text if raw is not None else None


def _imports(text: str, log: ProblemLog) -> Imports:
    reader = SectionReader.of_text(text, log, "contact, companies and maps")
    if reader is None:
        return Imports()
    reader.know_only(_KEYS)
    contact = reader.text("contact", "a name and an address", needed=False)
    zone = reader.checked("zone", check_zone, "a time zone such as Europe/London", needed=False)
    return Imports(contact, _companies(reader), _maps(reader), zone)


def _companies(reader: SectionReader) -> dict[str, Listed]:
    inner = reader.within_section("companies")
    if inner is None:
        return {}
    found: dict[str, Listed] = {}
    by_cik: dict[int, str] = {}
    for ticker in inner.section.items:
        line = inner.section.items[ticker].line
        if fault := ticker_fault(ticker):
            inner.fail(line, ticker, CellError(fault, "a ticker"))
        one = inner.within_section(ticker)
        if one is None:
            found[ticker] = Listed()
            continue
        one.know_only(("cik", "yahoo", "segments"))
        cik = one.checked("cik", _check_cik, "a number of at most ten digits", needed=False)
        number = int(cik) if _CIK.fullmatch(cik) else None
        if number is not None and (other := by_cik.setdefault(number, ticker)) != ticker:
            error = CellError(f"{cik} is that of {other}, too", "a number of its own")
            one.fail(one.section.items["cik"].line, "cik", error)
        segments = one.within_section("segments")
        found[ticker] = Listed(
            number,
            one.text("yahoo", needed=False),
            {name: segments.text(name, "a segment") for name in segments.section.items}
            if segments
            else {},
        )
    return found


def _check_cik(text: str) -> None:
    if not _CIK.fullmatch(text):
        raise CellError(f"{quote(text)} is no number of the SEC", "a number of at most ten digits")


def _maps(reader: SectionReader) -> dict[str, Map]:
    inner = reader.within_section("maps")
    if inner is None:
        return {}
    found: dict[str, Map] = {}
    for name in inner.section.items:
        if name == NEW:
            error = CellError("is kept for proposing one", "another name")
            inner.fail(inner.section.items[name].line, name, error)
        one = inner.within_section(name)
        if one is not None:
            found[name] = read_map(name, one)
    return found
