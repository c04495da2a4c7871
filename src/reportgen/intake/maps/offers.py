"""What a sheet offers one company: its rows with periods of its years, and the source they cite."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.problems import CellError
from reportgen.facts.units import ORDINARY, SHARE
from reportgen.intake.candidates import Candidate
from reportgen.intake.maps.periods import placed
from reportgen.intake.records import Skipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from reportgen.facts.company import Company
    from reportgen.facts.rows import Source
    from reportgen.intake.maps.rows import Mapped, Row

BALANCES = frozenset(
    ["net_cash", "net_debt", "cash", "debt", "investments", "book_value", "total_assets"]
)


class Offered(NamedTuple):
    """Rows in an order of their own, the sources that they cite by id, and what was skipped."""

    rows: tuple[Candidate, ...]
    sources: dict[str, dict[str, str]]
    skipped: tuple[Skipped, ...]


def offered(
    mapped: Mapped, company: Company, sources: Collection[Source], *, is_redated: bool = False
) -> Offered:
    """Return what a file offers a company by a map, whose pack has some `sources`.

    A snapshot that the pack took in before keeps the day on which it was read first, unless it
    `is_redated`: a file that is read a second time adds nothing.
    """
    before = None if mapped.how.asof or is_redated else _taken_before(mapped, sources)
    rows: list[Candidate] = []
    cited: dict[str, dict[str, str]] = {}
    skipped: Counter[str] = Counter()
    for row in mapped.rows.get(company.ticker, ()):
        day = row.day if before is None or before.published is None else before.published
        is_own = any(one.id == mapped.how.source for one in sources)
        source = mapped.how.source if is_own else f"{mapped.how.source}-{day}"
        try:
            cells = {**row.cells, **_period(row, company), **_unit(row, company), "source": source}
        except CellError as error:
            skipped[": ".join(filter(None, (error.found, error.remedy)))] += 1
            continue
        if cells["published"] == row.day.isoformat() and not mapped.how.is_dated:
            cells["published"] = day.isoformat()
        rows.append(Candidate(mapped.how.table, cells, f"{mapped.path.name} {row.origin}"))
        if not is_own:
            cited[source] = _source(mapped, source, day)
    told = tuple(Skipped(number, why) for why, number in sorted(skipped.items()))
    return Offered(tuple(rows), cited, (*mapped.skipped.get(company.ticker, ()), *told))


def in_order(rows: Iterable[Candidate]) -> list[Candidate]:
    """Return rows in an order that no order of files changes: known first, stand first."""
    return sorted(rows, key=lambda row: (row.cells["published"], sorted(row.cells.items())))


def _taken_before(mapped: Mapped, sources: Iterable[Source]) -> Source | None:
    return next((one for one in sources if mapped.digest in one.note), None)


def _period(row: Row, company: Company) -> dict[str, str]:
    """Return the cells of a period by the fiscal years of a company; a balance is of a day."""
    if row.period is None:
        return {}
    months = row.months
    if months is None and row.cells.get("metric") in BALANCES:
        months = 0
    found = placed(row.period, company.fiscal_year_end, months)
    return {"period_end": found.end.isoformat(), "period": found.label}


def _unit(row: Row, company: Company) -> dict[str, str]:
    """Return the unit of a figure a share, where there are two: of the share that the row is of."""
    money, _, share = row.cells.get("unit", "").rpartition("/")
    if share != SHARE or not row.line or company.adr_ratio == 1:
        return {}
    return {"unit": f"{money}/{'ORD' if row.line == ORDINARY else 'ADS'}"}


def _source(mapped: Mapped, source: str, day: date) -> dict[str, str]:
    vendor = mapped.how.source
    return {
        "id": source,
        "title": f"{vendor}, as read on {day}",
        "publisher": vendor,
        "publisher_group": vendor,
        "tier": "wire",
        "published": day.isoformat(),
        "document": mapped.path.name,
        "flags": mapped.flags,
        "note": "; ".join(filter(None, (mapped.note, f"sha256 {mapped.digest}"))),
    }
