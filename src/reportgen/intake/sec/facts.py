"""A companyfacts file of the SEC: every figure that a company filed, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.intake.sec.filings import ACCESSION
from reportgen.periods import parse_iso_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_TAXONOMIES = ("us-gaap", "ifrs-full")


class Fact(NamedTuple):
    """A figure of a filing: over a span of days, or of the day `end` where `start` is None."""

    concept: str
    unit: str
    start: date | None
    end: date
    value: float
    filing: str
    form: str
    filed: date

    @property
    def days(self) -> int:
        """How many days it spans, both ends counted; 0 for a balance."""
        return 0 if self.start is None else (self.end - self.start).days + 1


class Filer(NamedTuple):
    """A company as the SEC knows it, and every figure it filed, in the order of filing."""

    cik: int
    name: str
    facts: tuple[Fact, ...]


def filer_of(told: Any) -> Filer:  # noqa: ANN401 - what JSON holds
    """Return what a companyfacts file holds; a fact that is none, such as one without a day, not.

    Raises ReportgenError where it is no such file.
    """
    facts = told.get("facts") if isinstance(told, dict) else None
    if not isinstance(facts, dict):
        raise ReportgenError("is no companyfacts file: it has no facts")
    try:
        cik = int(told.get("cik"))
    except (TypeError, ValueError):
        raise ReportgenError("is no companyfacts file: its cik is no number") from None
    name = told.get("entityName")
    found = [fact for taxonomy in _TAXONOMIES for fact in _facts(facts.get(taxonomy))]
    found.sort(key=lambda fact: (fact.filed, fact.filing))
    return Filer(cik, name if isinstance(name, str) else "", tuple(found))


def _facts(taxonomy: Any) -> Iterator[Fact]:  # noqa: ANN401 - what JSON holds
    for concept, told in taxonomy.items() if isinstance(taxonomy, dict) else ():
        units = told.get("units") if isinstance(told, dict) else None
        for unit, rows in units.items() if isinstance(units, dict) else ():
            for row in rows if isinstance(rows, list) else ():
                fact = _fact(concept, unit, row) if isinstance(row, dict) else None
                if fact is not None:
                    yield fact


def _fact(concept: str, unit: str, row: Mapping[str, Any]) -> Fact | None:
    value, filing, form = row.get("val"), row.get("accn"), row.get("form")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not isinstance(filing, str) or not ACCESSION.fullmatch(filing):
        return None
    start, end, filed = (_day(row.get(name)) for name in ("start", "end", "filed"))
    if end is None or filed is None or ("start" in row and start is None) or filed < end:
        return None
    form = form if isinstance(form, str) else ""
    return Fact(concept, unit, start, end, float(value), filing, form, filed)


def _day(text: object) -> date | None:
    return parse_iso_day(text) if isinstance(text, str) else None
