"""Filings as they are listed, and which of them an instance or a figure is of."""

from __future__ import annotations

import re
from datetime import date

import pytest

from reportgen.errors import ReportgenError
from reportgen.intake.sec.facts import Fact, Filer
from reportgen.intake.sec.filings import Filing, filing_of, filings_of, listing_of
from reportgen.intake.sec.instance import Instance

ANNUAL = Filing("0000999999-25-000004", "10-K", date(2025, 11, 7), date(2025, 10, 4), "acme-2.htm")


AMENDED = Filing("0000999999-25-000005", "10-K/A", date(2025, 12, 1), date(2025, 10, 4))


NEWS = Filing("0000999999-25-000006", "8-K", date(2025, 11, 6), date(2025, 10, 4))


OF_YEAR = Instance(999999, "", date(2025, 10, 4), ())


@pytest.mark.parametrize(
    ("name", "form", "known", "filing"),
    [
        ("acme.xml", "", (ANNUAL, NEWS), ANNUAL),
        ("acme.xml", "", (ANNUAL, AMENDED), None),
        ("acme.xml", "10-K/A", (ANNUAL, AMENDED), AMENDED),
        ("acme-2_htm.xml", "", (ANNUAL, AMENDED), ANNUAL),
        ("instance-0000999999-0000999999-25-000005.xml", "", (ANNUAL, AMENDED), AMENDED),
        ("000099999925000004.xml", "", (ANNUAL, AMENDED), ANNUAL),
        ("instance-0000999999-0000999999-24-000001.xml", "", (ANNUAL,), None),
        ("acme.xml", "10-Q", (ANNUAL,), None),
        ("acme.xml", "", (ANNUAL._replace(period=date(2025, 10, 3)),), None),
        ("acme.xml", "", (), None),
    ],
)
def test_an_instance_is_of_the_filing_that_its_name_or_its_period_tells(
    name: str, form: str, known: tuple[Filing, ...], filing: Filing | None
) -> None:
    assert filing_of(OF_YEAR._replace(form=form), name, known) == filing


def test_filings_are_listed_with_their_days() -> None:
    recent = {
        "accessionNumber": [ANNUAL.accession, "../../etc", AMENDED.accession, NEWS.accession],
        "form": ["10-K", "10-Q", "10-K/A", "<b>8-K"],
        "filingDate": ["2025-11-07", "2025-11-07", "soon", "2025-11-07"],
        "reportDate": ["2025-10-04", "", "", ""],
        "primaryDocument": ["acme-2.htm", "", "", ""],
    }
    told = {"cik": "0000999999", "name": "ACME", "filings": {"recent": recent}}
    assert listing_of(told).filings == (ANNUAL,)


def test_a_list_of_filings_may_say_little_of_the_company() -> None:
    row = {"accessionNumber": [ANNUAL.accession], "form": ["10-K"], "filingDate": ["2025-11-07"]}
    more = {"name": None, "tickers": [None, "ACME"], "exchanges": None, "fiscalYearEnd": None}
    listing = listing_of({"cik": "7", "filings": {"recent": row}} | more)
    assert (listing.cik, listing.name, listing.tickers) == (7, "", ("", "ACME"))
    assert (listing.exchanges, listing.year_end) == ((), "")
    assert [(one.accession, one.period) for one in listing.filings] == [(ANNUAL.accession, None)]
    full = {"name": "Acme", "tickers": [], "exchanges": ["NYSE"], "fiscalYearEnd": "0930"}
    listing = listing_of({"cik": 7, "filings": {"recent": row}} | full)
    assert listing[:3] == (7, "Acme", ())
    assert (listing.exchanges, listing.year_end) == (("NYSE",), "0930")
    with pytest.raises(ReportgenError, match="another shape"):
        listing_of({"cik": 7, "filings": {"recent": row | {"form": ["10-K", "10-Q"]}}})


@pytest.mark.parametrize("told", [None, [], {"filings": {}}, {"filings": {"recent": {"form": 5}}}])
def test_another_shape_of_the_list_is_told(told: object) -> None:
    with pytest.raises(ReportgenError, match=re.escape("another shape")):
        listing_of(told)


def test_the_filings_of_figures_have_the_newest_of_their_periods() -> None:
    def fact(filing: str, end: str) -> Fact:
        day = date.fromisoformat(end)
        return Fact("Revenues", "USD", None, day, 1.0, filing, "10-Q", date(2025, 8, 1))

    facts = [fact("a", "2025-03-31"), fact("a", "2025-06-30"), fact("a", "2024-06-30")]
    found = filings_of(Filer(7, "Acme", (*facts, fact("b", "2025-06-30"))))
    assert [(one.accession, one.filed, one.period) for one in found] == [
        ("a", date(2025, 8, 1), date(2025, 6, 30)),
        ("b", date(2025, 8, 1), date(2025, 6, 30)),
    ]
