"""Filings as the SEC lists them: which one a figure or a document is of, and when it was filed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.periods import parse_iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reportgen.intake.sec.facts import Filer
    from reportgen.intake.sec.instance import Instance

ARCHIVES = "https://www.sec.gov/Archives/edgar/data"
ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}", re.ASCII)
_IN_NAME = re.compile(r"(?<!\d)(\d{10})-?(\d{2})-?(\d{6})(?!\d)", re.ASCII)
_STATEMENTS = re.compile(r"(?:10-[QK]|20-F|40-F)(?:/A)?", re.ASCII)
_FORM = re.compile(r"[0-9A-Z][0-9A-Z/ -]{0,19}", re.ASCII)
_PACKED = re.compile(r"(?:_htm)?\.xml$|\.html?$", re.IGNORECASE)
SHAPE = "the list of filings has another shape than it had"


class Filing(NamedTuple):
    """A filing: its accession, its form, when it was filed, and the last day that it reports of.

    `document` is the name of its main file, "" where that is not known.
    """

    accession: str
    form: str
    filed: date
    period: date | None
    document: str = ""

    @property
    def has_statements(self) -> bool:
        """Whether its form is one of quarters or years."""
        return bool(_STATEMENTS.fullmatch(self.form))


class Listing(NamedTuple):
    """A company as the SEC lists it, with its filings, the newest first.

    `exchanges` are those of its `tickers`, `year_end` is MMDD: as the SEC writes them, or "".
    """

    cik: int
    name: str
    tickers: tuple[str, ...]
    filings: tuple[Filing, ...]
    exchanges: tuple[str, ...] = ()
    year_end: str = ""


def listing_of(told: Any) -> Listing:  # noqa: ANN401 - what JSON holds
    """Return the filings that a submissions file lists. ReportgenError for another shape."""
    try:
        recent = told["filings"]["recent"]
        columns = [recent[name] for name in ("accessionNumber", "form")]
        columns += [
            recent.get(name, [""] * len(columns[0]))
            for name in ("filingDate", "reportDate", "primaryDocument")
        ]
        rows = [[str(cell) for cell in row] for row in zip(*columns, strict=True)]
        cik = int(told["cik"])
        tickers, exchanges = (
            tuple(str(one or "") for one in told.get(name) or ())
            for name in ("tickers", "exchanges")
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ReportgenError(SHAPE) from None
    found = (_filing(*row) for row in rows)
    name, year_end = (str(told.get(name) or "") for name in ("name", "fiscalYearEnd"))
    filings = tuple(filing for filing in found if filing)
    return Listing(cik, name, tickers, filings, exchanges, year_end)


def _filing(accession: str, form: str, filed: str, period: str, document: str) -> Filing | None:
    day = parse_iso_day(filed)
    if not ACCESSION.fullmatch(accession) or not _FORM.fullmatch(form) or day is None:
        return None
    return Filing(accession, form, day, parse_iso_day(period), document)


def filings_of(filer: Filer) -> tuple[Filing, ...]:
    """Return the filings that the figures of a company are of, with the newest period of each."""
    found: dict[str, Filing] = {}
    for fact in filer.facts:
        known = found.get(fact.filing)
        if known is None or known.period is None or fact.end > known.period:
            found[fact.filing] = Filing(fact.filing, fact.form, fact.filed, fact.end)
    return tuple(found.values())


def filing_of(instance: Instance, name: str, known: Iterable[Filing]) -> Filing | None:
    """Return the filing of an instance: by the name of its file, else by what it reports of.

    None where no filing that is known is it, or several may be.
    """
    by_accession = {filing.accession: filing for filing in known}
    filings = by_accession.values()
    if (named := accession_in(name)) is not None:
        return by_accession.get(named)
    stem = _PACKED.sub("", name).casefold()
    of_name = [one for one in filings if _PACKED.sub("", one.document).casefold() == stem]
    of_period = [
        one for one in filings
        if one.has_statements and one.period == instance.period
        and (not instance.form or one.form == instance.form)
    ]  # fmt: skip
    return _only(of_name) or _only(of_period)


def accession_in(name: str) -> str | None:
    """Return the accession that a name or an address has in it, with its dashes."""
    found = _IN_NAME.search(name)
    return None if found is None else "-".join(found.groups())


def _only(filings: Sequence[Filing]) -> Filing | None:
    return filings[0] if len(filings) == 1 else None
