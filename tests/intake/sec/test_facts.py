"""A companyfacts file is hostile until it is read: what is no figure of a filing is left out."""

from __future__ import annotations

import pytest

from reportgen.errors import ReportgenError
from reportgen.intake.sec.facts import filer_of
from tests.intake.sec.filings import FILER

SOUND = {
    "start": "2025-01-01", "end": "2025-03-31", "val": 5, "accn": "0000999999-25-000001",
    "form": "10-Q", "filed": "2025-05-02",
}  # fmt: skip


def holding(*rows: object) -> dict[str, object]:
    return FILER | {"facts": {"us-gaap": {"Revenues": {"units": {"USD": list(rows)}}}}}


def test_a_fact_keeps_its_span_its_filing_and_its_day() -> None:
    filer = filer_of(holding(SOUND))
    (fact,) = filer.facts
    assert (filer.cik, filer.name, fact.value, fact.days) == (999999, "ACME CORP", 5.0, 90)
    assert (fact.filing, fact.filed.isoformat()) == ("0000999999-25-000001", "2025-05-02")


@pytest.mark.parametrize(
    "change",
    [
        {"val": None},
        {"val": "5"},
        {"val": True},
        {"accn": "../../etc/passwd"},
        {"accn": 7},
        {"end": "2025-13-01"},
        {"end": None},
        {"start": "soon"},
        {"start": None},
        {"filed": "2025-03-01"},
        {"filed": 20250502},
    ],
)
def test_what_is_no_figure_of_a_filing_is_left_out(change: dict[str, object]) -> None:
    assert filer_of(holding(SOUND | change, "text", 5)).facts == ()


def test_a_filing_of_the_last_day_itself_counts() -> None:
    assert len(filer_of(holding(SOUND | {"filed": "2025-03-31"})).facts) == 1
    assert filer_of(holding(SOUND | {"filed": "2025-03-30"})).facts == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ([1], "it has no facts"),
        ({"facts": []}, "it has no facts"),
        ({"facts": {}}, "its cik is no number"),
        ({"cik": "x", "facts": {"us-gaap": {}}}, "its cik is no number"),
    ],
)
def test_what_is_no_companyfacts_file_is_told(content: object, told: str) -> None:
    with pytest.raises(ReportgenError, match=told):
        filer_of(content)


@pytest.mark.parametrize(
    "facts",
    [
        {"us-gaap": []},
        {"us-gaap": {"Revenues": 5}},
        {"us-gaap": {"Revenues": {"units": {"USD": 5}}}},
    ],
)
def test_another_shape_of_facts_holds_none(facts: object) -> None:
    assert filer_of(FILER | {"cik": "0000999999", "facts": facts}).facts == ()
