"""Twelve months from every mix of quarters, halves and years, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.model import fundamentals, twelve_months
from reportgen.model.delivered_growth import (
    change_key,
    ebita_yoy,
    end_and_length,
    eps_yoy,
    free_cash_flow,
    place_by_length,
)
from reportgen.model.inputs import conversion
from reportgen.model.inputs.description import as_of, price_currency, reporting_currency
from reportgen.model.twelve_months import OF_CYCLE
from tests.model.by_hand import example, worked_out
from tests.model.reported import NA, Row, day, reporting

TODAY = "2025-11-30"
KNOWN = {as_of: day(TODAY), price_currency: "USD", reporting_currency: "CNY"}

QUARTERS_OF_2025 = [Row(f"FY2025-Q{k}", value) for k, value in enumerate((1, 2, 3), start=1)]
QUARTERS_OF_2024 = [Row(f"FY2024-Q{k}", value) for k, value in enumerate((1, 1, 2, 4), start=1)]
QUARTERS_OF_2023 = [Row(f"FY2023-Q{k}", value) for k, value in enumerate((1, 1, 1, 2), start=1)]
HALVES = [Row("FY2025-H1", 5), Row("FY2024-H2", 4), Row("FY2024-H1", 3), Row("FY2023-H2", 2)]
YEARS = [Row("FY2024", 8), Row("FY2023", 5)]
ROLLED_BY_A_HALF = [*YEARS, Row("FY2025-H1", 5), Row("FY2024-H1", 3), Row("FY2023-H1", 2)]

MIXES = {
    # rows, made of, twelve months, the year before, last month
    "four quarters": (
        [*QUARTERS_OF_2025, *QUARTERS_OF_2024, *QUARTERS_OF_2023],
        ("quarters", 10, 6, "FY2025-Q3"),
    ),
    "two halves": (HALVES, ("halves", 9, 5, "FY2025-H1")),
    "a year": (YEARS, ("year", 8, 5, "FY2024")),
    "a year and a half": (ROLLED_BY_A_HALF, ("year_and_half", 10, 6, "FY2025-H1")),
    "a year and one quarter": (
        [
            *YEARS,
            *(Row(f"FY{year}-Q1", value) for year, value in ((2025, 3), (2024, 2), (2023, 1))),
        ],
        ("year_and_quarters", 9, 6, "FY2025-Q1"),
    ),
    "a year and three quarters": (
        [*YEARS, *QUARTERS_OF_2025, *QUARTERS_OF_2024[:3], *QUARTERS_OF_2023[:3]],
        ("year_and_quarters", 10, 6, "FY2025-Q3"),
    ),
    "a year and one quarter: one before that year takes no part": (
        [
            *YEARS,
            *(Row(f"FY{year}-Q1", value) for year, value in ((2025, 3), (2024, 2), (2023, 1))),
            *(Row(f"FY{year}-Q4", 7) for year in (2022, 2023)),
        ],
        ("year_and_quarters", 9, 6, "FY2025-Q1"),
    ),
    "a year, of which no year before is known": (
        [Row("FY2024", 8), Row("FY2025-H1", 5), Row("FY2024-H1", 3)],
        ("year_and_half", 10, NA, "FY2025-H1"),
    ),
    "the candidate that ends last, not the first of the list": (
        [*QUARTERS_OF_2024, *ROLLED_BY_A_HALF],
        ("year_and_half", 10, 6, "FY2025-H1"),
    ),
    "of equal ends quarters before the year": (
        [*QUARTERS_OF_2024, *QUARTERS_OF_2023, Row("FY2024", 9), Row("FY2023", 7)],
        ("quarters", 8, 5, "FY2024-Q4"),
    ),
    "of equal ends halves before a year and a half": (
        [*HALVES, Row("FY2024", 8), Row("FY2023", 5), Row("FY2023-H1", 2)],
        ("halves", 9, 5, "FY2025-H1"),
    ),
    "a gap among the quarters: the last four in a row": (
        [*QUARTERS_OF_2025[1:], *QUARTERS_OF_2024, *QUARTERS_OF_2023],
        ("quarters", 8, 5, "FY2024-Q4"),
    ),
    "a quarter missing of the year before: no rolling on": (
        [*YEARS, *QUARTERS_OF_2025, *QUARTERS_OF_2024[:2]],
        # to the half two quarters of both years are known
        ("year_and_quarters", 9, NA, "FY2025-Q2"),
    ),
    "a loss": (
        [Row("FY2024", -8), Row("FY2023", -5)],
        ("year", -8, -5, "FY2024"),
    ),
}


@pytest.mark.parametrize("mix", MIXES)
def test_twelve_months_are_those_that_end_last(mix: str) -> None:
    rows, (cycle, value, before, last) = MIXES[mix]
    for ordered in (rows, rows[::-1]):
        case = reporting(*ordered)
        found = worked_out(twelve_months.twelve_months, KNOWN, case)[0]
        assert found == pytest.approx(value)
        assert worked_out(twelve_months.eps_reference, KNOWN, case) == pytest.approx(value)
        year_before = worked_out(twelve_months.twelve_months_before, KNOWN, case)[0]
        assert year_before == pytest.approx(before, nan_ok=True)
        growth = worked_out(twelve_months.eps_growth_ttm, KNOWN, case)
        expected = value / before - 1 if before > 0 else NA
        assert growth == pytest.approx(expected, nan_ok=True)
        made_of = worked_out(twelve_months.chosen_cycle, KNOWN, case)[0]
        assert list(OF_CYCLE)[int(made_of) - 1] == cycle
        row = int(worked_out(twelve_months.last_row, KNOWN, case)[0])
        assert case.given[fundamentals.period][row - 1] == last


@pytest.mark.parametrize(
    "rows",
    [
        [],
        QUARTERS_OF_2025,
        [Row("FY2025-H1", 5), Row("FY2024-H1", 3)],
        [Row("2024-12-31", 8)],  # a balance is no flow
        [Row("FY2024", NA, yoy=0.1)],
        [Row("FY2025", 8)],  # ends after as-of
        [Row("FY2024", 8, published="2025-12-01")],  # nor is it known
    ],
    ids=["none", "three quarters", "one half", "a balance", "no figure", "to come", "unpublished"],
)
def test_without_a_full_year_there_are_no_twelve_months(rows: list[Row]) -> None:
    case = reporting(*rows) if rows else reporting(Row("FY2024", 8, series="group/ebita"))
    assert np.isnan(worked_out(twelve_months.eps_reference, KNOWN, case))


@pytest.mark.parametrize(("late", "value"), [(500, 8.0), (501, NA)])
def test_twelve_months_that_ended_more_than_500_days_ago_are_na(late: int, value: float) -> None:
    known = {**KNOWN, as_of: day("2024-12-31") + late}
    found = worked_out(twelve_months.eps_reference, known, reporting(*YEARS))
    assert found == pytest.approx(value, nan_ok=True)
    grown = worked_out(twelve_months.eps_growth_ttm, known, reporting(*YEARS))
    assert grown == pytest.approx(0.6 * value / value, nan_ok=True)


@pytest.mark.parametrize(
    ("again", "value"),
    [
        (Row("FY2024", 9, published="2025-11-20"), 9),  # restated
        (Row("FY2024", 9, published="2025-10-01"), 8),  # said before
        (Row("FY2024", 9), 9),  # of one day the later row
        (Row("FY2024", NA, yoy=0.5, published="2025-11-20"), 8),  # says nothing of the figure
    ],
)
def test_of_each_period_the_newest_figure_counts(again: Row, value: float) -> None:
    assert worked_out(twelve_months.eps_reference, KNOWN, reporting(*YEARS, again)) == value


@pytest.mark.parametrize(
    ("rows", "before"),
    [
        ([Row("FY2024", 8, yoy=0.6)], 5),  # by the change alone
        ([Row("FY2024", 8, yoy=0.6), Row("FY2023", 4)], 4),  # the figure before the change
        ([Row("FY2024", 8, yoy=-1)], NA),  # from nothing to nothing
        ([Row("FY2024", 8, yoy=-1.5)], NA),
        ([Row("FY2024", 8, yoy=0.6), Row("FY2024", NA, yoy=1, published="2025-11-02")], 4),
        ([Row("FY2024", 8)], NA),
        (
            [
                *(Row(f"FY2024-Q{k}", 2, yoy=1.0) for k in (1, 2, 3)),
                Row("FY2024-Q4", 2),
                Row("FY2023-Q4", 0.5),
            ],
            3.5,  # three by their change, one by its figure
        ),
        ([*(Row(f"FY2024-Q{k}", 2, yoy=1.0) for k in (1, 2, 3)), Row("FY2024-Q4", 2)], NA),
    ],
)
def test_the_year_before_is_the_figures_of_it_else_by_the_change(
    rows: list[Row], before: float
) -> None:
    found = worked_out(twelve_months.twelve_months_before, KNOWN, reporting(*rows))[0]
    assert found == pytest.approx(before, nan_ok=True)


def test_parts_in_other_currencies_are_converted_before_they_are_summed() -> None:
    codes = example().given[conversion.currency_code].tolist()
    rates = {
        **KNOWN,
        conversion.cross: np.array([8.0 if code == "CNY" else NA for code in codes]),
    }
    rows = [*(Row(f"FY2024-Q{k}", 8, currency="CNY") for k in (1, 2)), *QUARTERS_OF_2024[2:]]
    assert worked_out(twelve_months.eps_reference, rates, reporting(*rows)) == 1 + 1 + 2 + 4
    rows[0] = rows[0]._replace(currency="XXX")  # without a rate a part is n/a, and so is the sum
    assert np.isnan(worked_out(twelve_months.eps_reference, rates, reporting(*rows)))


@pytest.mark.parametrize(
    ("of_year", "apart"), [(8.0, 0), (8.079, 0), (8.081, 1), (7.921, 0), (7.919, 1)]
)
def test_twelve_months_of_one_end_that_differ_by_more_than_a_percent_are_told(
    of_year: float, apart: int
) -> None:
    case = reporting(*QUARTERS_OF_2024, Row("FY2024", of_year))
    range_ = worked_out(twelve_months.disagreement, KNOWN, case)[0]
    assert range_ == pytest.approx(abs(of_year - 8) / 8)
    assert worked_out(twelve_months.flow_apart, KNOWN, case)[0] == apart


@pytest.mark.parametrize(
    ("mix", "parts"),
    [
        ("four quarters", {"FY2025-Q1": 1, "FY2025-Q2": 1, "FY2025-Q3": 1, "FY2024-Q4": 1}),
        ("two halves", {"FY2025-H1": 1, "FY2024-H2": 1}),
        ("a year", {"FY2024": 1}),
        ("a year and a half", {"FY2024": 1, "FY2025-H1": 1, "FY2024-H1": -1}),
        ("a year and one quarter", {"FY2024": 1, "FY2025-Q1": 1, "FY2024-Q1": -1}),
    ],
)
def test_the_rows_that_make_up_the_earnings_are_known(mix: str, parts: dict[str, int]) -> None:
    case = reporting(*MIXES[mix][0])
    found = worked_out(twelve_months.part_of_eps, KNOWN, case)
    named = zip(case.given[fundamentals.period], found, strict=True)
    assert {period: part for period, part in named if part} == parts


def test_series_and_what_they_are_made_of_are_numbered_from_1() -> None:
    for numbers in (twelve_months.flow_number, twelve_months.cycle_number):
        found = worked_out(numbers, KNOWN).tolist()
        assert found == [k + 1.0 for k, _ in enumerate(found)]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([Row("FY2025-Q3", 3, yoy=0.5), Row("FY2024-Q3", 1.5)], [0.5, NA]),  # as stated
        ([Row("FY2025-Q3", 3), Row("FY2024-Q3", 1.5)], [1.0, NA]),  # by the two figures
        ([Row("FY2025-Q3", 3), Row("FY2024-Q3", -1.5)], [NA, NA]),  # from a loss there is none
    ],
)
def test_the_change_on_a_year_is_as_stated_else_by_the_two_figures(
    rows: list[Row], shown: list[float]
) -> None:
    found = worked_out(twelve_months.period_yoy, KNOWN, reporting(*rows))
    assert found.tolist() == pytest.approx(shown, nan_ok=True)
    assert worked_out(eps_yoy, KNOWN, reporting(*rows)) == pytest.approx(shown[0], nan_ok=True)


def test_the_change_of_a_period_stands_on_one_of_its_rows() -> None:
    rows = [
        Row("FY2025-Q3", 3, yoy=0.5),
        Row("FY2025-Q3", NA, yoy=0.6, published="2025-11-20"),  # said again, without the figure
        Row("FY2024-Q3", 2),  # has no change
        Row("FY2024", 9, yoy=0.1),
    ]
    slots = worked_out(twelve_months.period_slot, KNOWN, reporting(*rows)).tolist()
    assert len(set(slots)) == 3
    found = worked_out(change_key, KNOWN, reporting(*rows)).tolist()
    assert found == ["", slots[1], "", slots[3]]


def test_the_newest_change_is_of_the_last_period_and_of_those_of_one_end_the_shortest() -> None:
    rows = [
        Row("FY2024", 8, yoy=0.1, series="group/ebita"),
        Row("FY2024-Q4", 3, yoy=0.2, series="group/ebita"),
        Row("FY2024-Q3", 3, yoy=0.3, series="group/ebita"),
        Row("FY2025-Q1", 3, series="group/ebita"),  # newer, but without a change
    ]
    assert worked_out(ebita_yoy, KNOWN, reporting(*rows)) == pytest.approx(0.2)


def test_rows_are_ordered_by_their_end_and_of_one_end_by_how_short_they_are() -> None:
    rows = [
        Row("FY2024", 8, series="group/ebita"),
        Row("FY2024-Q4", 3, series="group/ebita"),
        Row("FY2024-Q3", 3, series="group/ebita"),
        Row("FY2024-Q4", 3, series="group/eps"),  # below the other of this end and length
    ]
    days = worked_out(fundamentals.end, KNOWN, reporting(*rows))
    as_one = worked_out(end_and_length, KNOWN, reporting(*rows))
    assert as_one.tolist() == (1000 * days - [12, 3, 3, 3]).tolist()
    assert worked_out(place_by_length, KNOWN, reporting(*rows)).tolist() == [2, 1, 3, 0]


def test_free_cash_flow_comes_in_the_currency_of_reporting() -> None:
    known = {**KNOWN, conversion.fx: 8.0}
    rows = [Row("FY2024", 30, series="group/free_cash_flow")]
    assert worked_out(free_cash_flow, known, reporting(*rows)) == pytest.approx(240)
