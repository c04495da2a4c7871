"""What a company filed, as rows of its pack: figures with their periods, filings as sources."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.rows import GROUP
from reportgen.intake.candidates import Candidate
from reportgen.intake.sec.filings import ARCHIVES
from reportgen.intake.sec.quarters import COUNT, DEFAULT, FOREIGN, PER_SHARE, Wanted, reported
from reportgen.periods import fiscal_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reportgen.facts.company import Company
    from reportgen.facts.split_words import Split
    from reportgen.intake.sec.facts import Filer
    from reportgen.intake.sec.quarters import Reported, Trouble

_TWELVE_QUARTERS = timedelta(days=3 * 365)
_DIGITS = 6  # decimals: a figure in millions to the unit
_FORM = "Form "
_NEVER = "a company's own measures and revenue_like_for_like are never in these files"


class Offer(NamedTuple):
    """What a file offers one company: rows, the sources that they cite by id, and what is said."""

    rows: tuple[Candidate, ...]
    sources: dict[str, dict[str, str]]
    troubles: tuple[Trouble, ...] = ()
    notes: tuple[str, ...] = ()


def offered(
    filer: Filer,
    company: Company,
    metrics: Sequence[str],
    splits: Iterable[Split],
    since: date | None = None,
    segment: str = GROUP,
) -> Offer:
    """Return the rows that filings give a company or a segment: of its last twelve quarters.

    `metrics` are those asked for, none for the usual ones; `since` is another first day of a
    period's end. What is asked for of a company and never filed is said.
    """
    metrics = metrics or DEFAULT
    wanted = Wanted(tuple(metrics), company.reporting_currency, tuple(splits), segment != GROUP)
    found, troubles = reported(filer, wanted)
    newest = max((row.end for row in found), default=None)
    first = since if since or newest is None else newest - _TWELVE_QUARTERS + timedelta(days=1)
    kept = [row for row in found if first is None or row.end >= first]
    lacking = [metric for metric in metrics if not any(row.metric == metric for row in found)]
    words = ", ".join(lacking)
    notes: tuple[str, ...] = (f"not in these files: {words}; {_NEVER}" if lacking else _NEVER,)
    if segment != GROUP:
        told = f"{segment}: the filings state no {words} in {company.reporting_currency}"
        notes = () if found else (told,)
    return Offer(
        tuple(_candidate(row, company, segment) for row in kept),
        {_source_id(row): _source(row, filer, company) for row in kept},
        tuple(one for one in troubles if first is None or one.end >= first),
        notes,
    )


def _candidate(row: Reported, company: Company, segment: str) -> Candidate:
    cells = {
        "period_end": row.end.isoformat(),
        "period": fiscal_label(row.end, row.months, company.fiscal_year_end),
        "segment": segment,
        "metric": _metric(row, company),
        "value": _spelled(row.value),
        "unit": _unit(row, company),
        "yoy": "" if math.isnan(row.yoy) else _spelled(row.yoy),
        "qualifier": row.qualifier,
        "published": row.filed.isoformat(),
        "source": _source_id(row),
        "note": row.concept,
    }
    return Candidate("fundamentals", cells, row.filing)


def _metric(row: Reported, company: Company) -> str:
    """What the pack calls a metric: EPS is the company's own measure where it names one."""
    is_other = row.metric == PER_SHARE and PER_SHARE in dict(company.metric_names)
    return "eps_gaap" if is_other else row.metric


def _unit(row: Reported, company: Company) -> str:
    """Shares of a filing are ordinary ones; where the listed share is one, there is no other.

    Of a foreign filer that may turn out otherwise, so that the unit says which share is meant.
    """
    is_the_share = company.adr_ratio == 1 and not row.form.startswith(FOREIGN)
    if row.metric == PER_SHARE:
        return f"{company.reporting_currency}/{'share' if is_the_share else 'ORD'}"
    if row.metric == COUNT:
        return "m" if is_the_share else "m ORD"
    return f"{company.reporting_currency} m"


def _spelled(value: float) -> str:
    return f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")


def _source_id(row: Reported) -> str:
    return f"sec-{row.filing}"


def _source(row: Reported, filer: Filer, company: Company) -> dict[str, str]:
    return {
        "id": _source_id(row),
        "title": f"{_FORM}{row.form} of {row.filed}",
        "publisher": filer.name or company.name,
        "publisher_group": company.ticker,
        "tier": "primary",
        "published": row.filed.isoformat(),
        "document": f"{ARCHIVES}/{filer.cik}/{row.filing.replace('-', '')}/",
    }


def form_of(title: str) -> str:
    """Return the form of a filing by the title of the source that it became, "" for none."""
    return title.removeprefix(_FORM).partition(" of ")[0] if title.startswith(_FORM) else ""
