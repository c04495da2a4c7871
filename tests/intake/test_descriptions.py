"""What files say of a company: the surest first, and nothing that cannot be so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.company import Segment
from reportgen.intake.contents import Bars, Filings, Listed, Segments
from reportgen.intake.descriptions import described, is_foreign, members_of, segments_of
from reportgen.intake.sec.facts import Fact, Filer
from reportgen.intake.sec.filings import Listing
from reportgen.intake.sec.instance import Figure, Instance
from reportgen.intake.yahoo import Summary

if TYPE_CHECKING:
    from reportgen.intake.contents import Content


def bars(**quote: str) -> Bars:
    return Bars(Path("bars.json"), "ACME", {}, {}, quote)


def summary(name: str = "", exchange: str = "", currency: str = "") -> Summary:
    return Summary(Path("summary.json"), "", "ACME", currency, (), {}, name, exchange)


def listed(*exchanges: str, tickers: tuple[str, ...] = ("ACME",), year_end: str = "") -> Listed:
    listing = Listing(7, "Listed Corp", tickers, (), exchanges, year_end)
    return Listed(Path("list.json"), listing)


def filings(*facts: tuple[str, str, str], form: str = "10-K", name: str = "Filer Corp") -> Filings:
    """Filings that state figures in units, from a day to another."""
    found = tuple(
        Fact("Revenues", unit, date.fromisoformat(start), date.fromisoformat(end), 1.0, "a", form,
             date(2026, 2, 1))
        for unit, start, end in facts
    )  # fmt: skip
    return Filings(Path("facts.json"), Filer(7, name, found))


YEAR = ("EUR", "2025-01-01", "2025-12-31")
OLDER = ("EUR", "2024-07-01", "2025-06-30")


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        ([], {}),
        (
            [bars(name="Bars plc", exchange="LSE", price_currency="GBp")],
            {"name": "Bars plc", "exchange": "LSE", "price_currency": "GBp"},
        ),
        (
            [summary("Summary", "XETRA", "EUR"), bars(name="Bars plc")],
            {"name": "Bars plc", "exchange": "XETRA", "price_currency": "EUR"},
        ),
        (
            [listed("NYSE", year_end="0930"), summary("Summary", "", "euro")],
            {
                "name": "Summary",
                "exchange": "NYSE",
                "fiscal_year_end": "09-30",
                "price_currency": "USD",
            },
        ),
        (
            [listed("XLON", "Nasdaq", tickers=("OTHER", "ACME"))],
            {"name": "Listed Corp", "exchange": "Nasdaq", "price_currency": "USD"},
        ),
        (
            [listed("XLON", "Nasdaq", tickers=("OTHER",), year_end="1331")],
            {"name": "Listed Corp", "exchange": "XLON"},
        ),
        (
            [filings(YEAR, OLDER, ("USD", "2025-01-01", "2025-12-31"))],
            {
                "name": "Filer Corp",
                "reporting_currency": "EUR",
                "fiscal_year_end": "12-31",
                "price_currency": "EUR",
            },
        ),
        (
            [filings(OLDER, form="20-F", name="x" * 300)],
            {
                "name": "x" * 80,
                "reporting_currency": "EUR",
                "fiscal_year_end": "06-30",
            },
        ),
        (
            [filings(("shares", "2025-01-01", "2025-03-31"), name="a\nb\x00c")],
            {"name": "a bc"},
        ),
        (
            [filings(YEAR), listed("NYSE", year_end="0630")],
            {
                "name": "Listed Corp",
                "exchange": "NYSE",
                "fiscal_year_end": "06-30",
                "price_currency": "USD",
                "reporting_currency": "EUR",
            },
        ),
    ],
)
def test_of_several_files_the_one_that_knows_best_is_believed(
    contents: list[Content], expected: dict[str, str]
) -> None:
    found = described(contents, "ACME")
    assert {name: said.value for name, said in found.items()} == expected


def test_one_figure_of_a_foreign_form_makes_a_filer_foreign() -> None:
    for forms, foreign in (((), False), (("10-K", "20-F"), True), (("40-F", "10-Q"), True)):
        facts = (fact for form in forms for fact in filings(YEAR, form=form).filer.facts)
        assert is_foreign(Filer(7, "", tuple(facts))) == foreign


def test_what_follows_from_something_else_says_so() -> None:
    found = described([filings(YEAR), listed("NYSE")], "ACME")
    assert {name: said.by for name, said in found.items()} == {
        "name": "list.json",
        "exchange": "list.json",
        "price_currency": "list.json, by the exchange",
        "reporting_currency": "facts.json",
        "fiscal_year_end": "facts.json",
    }
    alone = described([filings(YEAR)], "ACME")
    assert alone["price_currency"].by == "facts.json, the currency of its filings"


def instance(*members: str) -> Segments:
    day = date(2025, 12, 31)
    figures = (Figure(one, "Revenues", "USD", None, day, 1.0, 0.0) for one in members)
    return Segments(Path("instance.xml"), Instance(7, "10-K", day, tuple(figures)))


def test_segments_are_called_by_the_words_of_their_members() -> None:
    contents = [instance("CloudComputingMember", "AIMember", "GroupMember"), instance("B2BMember")]
    assert members_of(contents, {}) == {
        "AIMember": "ai",
        "B2BMember": "b_2_b",
        "CloudComputingMember": "cloud_computing",
        "GroupMember": "group_segment",
    }
    assert members_of(contents, {"AIMember": "brains"}) == {"AIMember": "brains"}
    many = members_of([instance(*(f"A{at:02}Member" for at in range(25)))], {})
    assert list(many) == [f"A{at:02}Member" for at in range(20)]


def test_a_company_of_one_segment_has_no_parts() -> None:
    assert segments_of({"A": "main_part", "B": "main_part"}) == segments_of({})
    assert segments_of({}) == (Segment("main", "Whole company", "revenue"),)
    assert segments_of({"A": "home-robots", "B": "cloud_computing", "C": "home-robots"}) == (
        Segment("home-robots", "Home robots", "revenue"),
        Segment("cloud_computing", "Cloud computing", "revenue"),
    )
