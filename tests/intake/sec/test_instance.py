"""An instance gives the figures of segments alone, each once, and of one filing that is known."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.errors import ReportgenError
from reportgen.intake.outside_files import answer
from reportgen.intake.sec.filings import Filing
from reportgen.intake.sec.instance import Instance, instance_of, of_members
from tests.intake.sec.instances import OPERATING, Part, instance

QUARTER = "2025-01-01/2025-03-31"


REVENUE = Part("us-gaap:Revenues", QUARTER, "1900000000")


def read(*parts: Part, cik: str = "0000999999", form: str = "", period: str = "") -> Instance:
    told = answer("instance", instance(*parts, cik=cik, form=form, period=period))
    assert isinstance(told, tuple), told
    return instance_of(told[0])  # type: ignore[arg-type]


def test_a_figure_keeps_its_segment_its_span_and_its_unit() -> None:
    found = read(REVENUE, form="10-Q", period="2025-03-31")
    (figure,) = found.figures
    assert (found.cik, found.form, found.period) == (999999, "10-Q", date(2025, 3, 31))
    assert figure[:-1] == (
        "CloudMember", "Revenues", "USD", date(2025, 1, 1), date(2025, 3, 31), 1.9e9,
    )  # fmt: skip


@pytest.mark.parametrize(
    "part",
    [
        REVENUE,
        REVENUE._replace(more=OPERATING),
        REVENUE._replace(concept="ifrs-full:Revenue", axis="ifrs-full:SegmentsAxis"),
        REVENUE._replace(axis="srt:StatementBusinessSegmentsAxis"),
    ],
)
def test_figures_of_segments_are_taken(part: Part) -> None:
    assert read(part).members == ("CloudMember",)


@pytest.mark.parametrize(
    "part",
    [
        REVENUE._replace(member=""),
        REVENUE._replace(axis="srt:ProductOrServiceAxis"),
        REVENUE._replace(more={"srt:ProductOrServiceAxis": "acme:PhoneMember"}),
        REVENUE._replace(
            more={"srt:ConsolidationItemsAxis": "us-gaap:IntersegmentEliminationMember"}
        ),
        REVENUE._replace(axis="acme:StatementBusinessSegmentsAxis"),
        REVENUE._replace(concept="acme:Revenues"),
        REVENUE._replace(looks='xsi:nil="true"', digits=""),
        REVENUE._replace(span="2025-13-01/2025-03-31"),
        REVENUE._replace(span="2025-06-01/2025-03-31"),
        REVENUE._replace(span="/soon"),
        REVENUE._replace(unit="none"),
    ],
)
def test_what_is_no_figure_of_a_segment_is_left_out(part: Part) -> None:
    assert read(part).figures == ()


@pytest.mark.parametrize(
    ("digits", "decimals", "values"),
    [
        ("2000000000", "-9", [1_903e6]),  # the same, in fewer digits
        ("1903000000", "INF", [1_903e6]),
        ("1950000000", "-6", [1_903e6, 1_950e6]),
    ],
)
def test_a_figure_stated_twice_is_one_unless_it_is_another(
    digits: str, decimals: str, values: list[float]
) -> None:
    sure = REVENUE._replace(digits="1903000000")
    other = REVENUE._replace(digits=digits, looks=f'decimals="{decimals}"', more=OPERATING)
    assert sorted(figure.value for figure in read(sure, other).figures) == values


@pytest.mark.parametrize("digits", ["NaN", "INF", "1e999", "many", ""])
def test_what_is_no_number_is_told(digits: str) -> None:
    told = answer("instance", instance(REVENUE._replace(digits=digits)))
    assert isinstance(told, dict)
    assert "that is no figure" in told["message"][2]


def test_an_instance_of_nobody_is_told() -> None:
    for cik in ("ACME", "12345678901"):
        with pytest.raises(ReportgenError, match="names no company"):
            read(REVENUE, cik=cik)
    assert read(REVENUE, cik="1234567890").cik == 1_234_567_890


def test_an_instance_is_of_the_period_that_it_says_or_of_the_newest_of_its_figures() -> None:
    older = REVENUE._replace(span="2024-01-01/2024-03-31")
    for parts in ((older, REVENUE), (REVENUE, older)):
        assert read(*parts).period == date(2025, 3, 31)
        assert read(*parts, period="2025-04-05").period == date(2025, 4, 5)
        assert read(*parts, period="soon").period == date(2025, 3, 31)


def test_a_figure_may_be_of_one_day() -> None:
    day = date(2025, 3, 31)
    balance, of_a_day = (REVENUE._replace(span=span) for span in (f"{day}", f"{day}/{day}"))
    assert [(one.start, one.end) for one in read(balance, of_a_day).figures] == [
        (None, day),
        (day, day),
    ]


def test_the_facts_of_a_segment_are_of_all_its_names_the_first_filed_first() -> None:
    retail = REVENUE._replace(member="acme:RetailMember")
    other = REVENUE._replace(member="acme:OtherMember")
    found = [(read(REVENUE, other, retail), AMENDED), (read(REVENUE, cik="7"), ANNUAL)]
    filer = of_members(found, {"CloudMember", "RetailMember"})
    assert (filer.cik, filer.name) == (999999, "")
    assert [(one.filing, one.form, one.filed) for one in filer.facts] == [
        (of.accession, of.form, of.filed) for of in (ANNUAL, AMENDED, AMENDED)
    ]
    late = ANNUAL._replace(accession=NEWS.accession)
    alike = of_members([(found[1][0], late), (found[1][0], ANNUAL)], {"CloudMember"})
    assert [one.filing for one in alike.facts] == [ANNUAL.accession, NEWS.accession]
    older = AMENDED._replace(accession="0000999999-25-000001")
    mixed = of_members([(found[1][0], older), (found[1][0], ANNUAL)], {"CloudMember"})
    assert [one.filing for one in mixed.facts] == [ANNUAL.accession, older.accession]
    assert of_members([], {"CloudMember"}).cik == 0


ANNUAL = Filing("0000999999-25-000004", "10-K", date(2025, 11, 7), date(2025, 10, 4), "acme-2.htm")


AMENDED = Filing("0000999999-25-000005", "10-K/A", date(2025, 12, 1), date(2025, 10, 4))


NEWS = Filing("0000999999-25-000006", "8-K", date(2025, 11, 6), date(2025, 10, 4))


@pytest.mark.parametrize(
    ("digits", "decimals", "kept"),
    [
        ("2000000000", "-9", 1),  # is 1.9 bn, in whole billions
        ("2400000000", "-9", 1),
        ("2400000001", "-9", 2),  # more than half of a billion off
        ("1900000000", "INF", 1),
        ("1900000001", "INF", 2),
        ("1900000001", "0", 2),
        ("1900000000.05", "INF", 2),
    ],
)
def test_a_rounded_figure_is_the_surer_one_unless_it_differs_by_more_than_it_is_rounded(
    digits: str, decimals: str, kept: int
) -> None:
    rounded = REVENUE._replace(digits=digits, looks=f'decimals="{decimals}"')
    sure = REVENUE._replace(looks='decimals="INF"')
    for parts in ((sure, rounded), (rounded, sure)):
        figures = read(*parts).figures
        assert len(figures) == kept
        assert 1.9e9 in {figure.value for figure in figures}


def test_half_of_the_last_decimal_is_a_half_however_it_is_computed() -> None:
    sure = REVENUE._replace(digits="1.005", looks='decimals="3"')
    for digits, kept in (("1.01", 1), ("1.0101", 2)):
        rounded = REVENUE._replace(digits=digits, looks='decimals="2"')
        assert len(read(sure, rounded).figures) == kept
