"""Filings become rows that the pack's own reader takes, each with its source."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from reportgen.facts.reading.pack_files import read_pack
from reportgen.intake.candidates import State, judged
from reportgen.intake.sec.facts import filer_of
from reportgen.intake.sec.quarters import DEFAULT
from reportgen.intake.sec.rows import Offer, offered
from tests.intake.sec.filings import Filing, Stated, companyfacts
from tests.support.tools import REPOSITORY

PACK = read_pack("BABA", REPOSITORY / "inputs")
ORDINARY = replace(
    PACK.company,
    adr_ratio=1.0,
    reporting_currency="USD",
    fiscal_year_end="09-30",
    metric_names=(),
)
Q4 = Filing(4, "2025-11-07", "10-K")
SPAN = "2025-06-29/2025-10-04"
STATED = (
    Stated(Q4, "Revenues", SPAN, 1_234_567_891),
    Stated(Q4, "Revenues", "2024-06-30/2024-09-28", 1_000_000_000),
    Stated(Q4, "EarningsPerShareDiluted", SPAN, 1.1, "USD/shares"),
    Stated(Q4, "WeightedAverageNumberOfDilutedSharesOutstanding", SPAN, 242_500_000, "shares"),
    Stated(Q4, "CashAndCashEquivalentsAtCarryingValue", "2025-10-04", 640e6),
)


def offer(*stated: Stated, since: date | None = None, **company: object) -> Offer:
    filer = filer_of(json.loads(companyfacts(*stated)))
    return offered(filer, replace(ORDINARY, **company), DEFAULT, (), since)  # type: ignore[arg-type]


def test_figures_have_the_names_periods_and_units_of_a_pack() -> None:
    told = {
        (row.cells["metric"], row.cells["period"]): (row.cells["value"], row.cells["unit"])
        for row in offer(*STATED).rows
    }
    assert told == {
        ("revenue", "FY2025-Q4"): ("1234.567891", "USD m"),
        ("revenue", "FY2024-Q4"): ("1000", "USD m"),
        ("eps", "FY2025-Q4"): ("1.1", "USD/share"),
        ("shares_diluted", "2025-10-04"): ("242.5", "m"),
        ("net_cash", "2025-10-04"): ("640", "USD m"),
    }


@pytest.mark.parametrize(
    ("company", "metric", "unit"),
    [
        ({}, "eps", "USD/share"),
        ({"adr_ratio": 8.0}, "eps", "USD/ORD"),
        ({"metric_names": (("eps", "non-GAAP EPS"),)}, "eps_gaap", "USD/share"),
    ],
)
def test_eps_is_of_the_ordinary_share_and_no_measure_of_the_companys_own(
    company: dict[str, object], metric: str, unit: str
) -> None:
    (row,) = (one for one in offer(*STATED, **company).rows if "eps" in one.cells["metric"])
    assert (row.cells["metric"], row.cells["unit"]) == (metric, unit)


def test_the_filing_is_the_source_of_its_figures_and_its_day_their_day() -> None:
    found = offer(*STATED)
    assert {row.cells["published"] for row in found.rows} == {"2025-11-07"}
    source = found.sources["sec-0000999999-25-000004"]
    assert {row.cells["source"] for row in found.rows} == {source["id"]}
    assert (source["tier"], source["title"]) == ("primary", "Form 10-K of 2025-11-07")
    assert source["document"].endswith("/999999/000099999925000004/")


def test_every_row_is_one_that_the_pack_can_take_and_a_second_time_none() -> None:
    files = replace(PACK, company=ORDINARY, tables={})
    rows = offer(*STATED).rows
    assert {one.state for one in judged(rows, files)} == {State.NEW}
    assert {one.state for one in judged((*rows, *rows), files)[len(rows) :]} == {State.SAME}


def test_the_last_twelve_quarters_are_offered_or_those_since_a_day() -> None:
    old = Stated(Filing(1, "2022-05-02"), "Revenues", "2022-01-01/2022-03-31", 9e8)
    assert len(offer(*STATED, old).rows) == 5
    assert len(offer(*STATED, old, since=date(2020, 1, 1)).rows) == 6
    assert len(offer(*STATED, since=date(2025, 1, 1)).rows) == 4


@pytest.mark.parametrize(
    ("end", "since", "rows"),
    [
        ("2022-10-06", None, 2),  # the first day of twelve quarters up to 2025-10-04
        ("2022-10-05", None, 1),
        ("2022-10-04", "2022-10-04", 2),
        ("2022-10-04", "2022-10-05", 1),
    ],
)
def test_a_quarter_is_offered_from_the_first_day_on(end: str, since: str | None, rows: int) -> None:
    start = date.fromisoformat(end) - timedelta(days=90)
    filing = Filing(1, "2022-11-02")
    stated = [Stated(filing, "Revenues", f"{start}/{end}", value) for value in (9e8,)]
    first = date.fromisoformat(since) if since else None
    assert len(offer(STATED[0], *stated, since=first).rows) == rows
    twice = offer(STATED[0], *stated, stated[0]._replace(value=1.0), since=first)
    assert (len(twice.rows), len(twice.troubles)) == (1, rows - 1)


def test_what_is_never_filed_is_said_once() -> None:
    (note,) = offer(*STATED).notes
    assert note.startswith("not in these files: ebitda, free_cash_flow, book_value; ")
