"""Quarters of a filer: stated or derived, as each filing gave them, and never known too early."""

from __future__ import annotations

import json
import math
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.split_words import Split
from reportgen.intake.sec.facts import filer_of
from reportgen.intake.sec.quarters import DEFAULT, Wanted, reported
from tests.intake.sec.filings import Filing, Stated, companyfacts

if TYPE_CHECKING:
    from reportgen.intake.sec.quarters import Reported, Trouble

Q1 = Filing(1, "2025-05-02")
Q2 = Filing(2, "2025-08-01")
Q3 = Filing(3, "2025-10-31")
YEAR = Filing(4, "2026-02-06", "10-K")
AMENDED = Filing(5, "2026-03-12", "10-K/A")
NEXT = Filing(6, "2026-05-01")
JAN, APR, JUL, OCT = ("2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01")
MAR, JUN, SEP, DEC = ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31")
REVENUES, EPS = "Revenues", "EarningsPerShareDiluted"
SPLIT = Split(date(2025, 9, 15), 4.0)
Splits = tuple[Split, ...]


def asked(
    *stated: Stated,
    metrics: tuple[str, ...] = ("revenue",),
    splits: tuple[tuple[date, float], ...] = (),
) -> tuple[tuple[Reported, ...], tuple[Trouble, ...]]:
    return reported(filer_of(json.loads(companyfacts(*stated))), Wanted(metrics, "USD", splits))


def told(rows: tuple[Reported, ...]) -> list[tuple[str, float, str]]:
    return [(row.end.isoformat(), round(row.value, 6), row.filed.isoformat()) for row in rows]


def year_to_date(concept: str, *values: float, unit: str = "USD") -> list[Stated]:
    """A year as it is filed: a quarter, then the half year, nine months and the year."""
    spans = zip((Q1, Q2, Q3, YEAR), (MAR, JUN, SEP, DEC), values, strict=False)
    return [Stated(filing, concept, f"{JAN}/{end}", value, unit) for filing, end, value in spans]


def test_a_quarter_that_is_not_stated_is_the_longer_span_less_the_shorter() -> None:
    rows, troubles = asked(*year_to_date(REVENUES, 10e6, 21e6, 33e6, 46e6))
    assert told(rows) == [
        (MAR, 10.0, "2025-05-02"),
        (JUN, 11.0, "2025-08-01"),
        (SEP, 12.0, "2025-10-31"),
        (DEC, 13.0, "2026-02-06"),
    ]
    assert rows[-1].concept == f"Revenues: {JAN} to {DEC} less {JAN} to {SEP}"
    assert not troubles


def test_a_quarter_that_is_stated_is_not_derived() -> None:
    stated = Stated(Q2, REVENUES, f"{APR}/{JUN}", 11.5e6)
    rows, _ = asked(*year_to_date(REVENUES, 10e6, 21e6), stated)
    assert told(rows)[1:] == [(JUN, 11.5, "2025-08-01")]


def test_what_a_later_filing_restates_is_a_later_figure_and_what_it_repeats_is_none() -> None:
    rows, _ = asked(
        Stated(Q1, REVENUES, f"{JAN}/{MAR}", 10e6),
        Stated(NEXT, REVENUES, "2026-01-01/2026-03-31", 12e6),
        Stated(NEXT, REVENUES, f"{JAN}/{MAR}", 9.5e6),
    )
    assert told(rows) == [
        (MAR, 10.0, "2025-05-02"),
        (MAR, 9.5, "2026-05-01"),
        ("2026-03-31", 12.0, "2026-05-01"),
    ]
    assert rows[-1].yoy == pytest.approx(12 / 9.5 - 1)


def test_a_year_that_is_restated_leaves_its_derived_quarter_and_is_told() -> None:
    again = Stated(AMENDED, REVENUES, f"{JAN}/{DEC}", 45e6)
    rows, troubles = asked(*year_to_date(REVENUES, 10e6, 21e6, 33e6, 46e6), again)
    assert told(rows)[-1] == (DEC, 13.0, "2026-02-06")
    assert [trouble.end.isoformat() for trouble in troubles] == [DEC]
    same = Stated(AMENDED, REVENUES, f"{JAN}/{DEC}", 46e6)
    assert asked(*year_to_date(REVENUES, 10e6, 21e6, 33e6, 46e6), same)[1] == ()


def test_the_concept_of_a_filing_is_the_one_that_covers_its_newest_period_longest() -> None:
    note = "RevenueFromContractWithCustomerExcludingAssessedTax"
    rows, _ = asked(
        *year_to_date(REVENUES, 10e6, 21e6),
        Stated(Q2, note, f"{APR}/{JUN}", 3e6),
    )
    assert told(rows)[-1] == (JUN, 11.0, "2025-08-01")


def test_a_change_of_concept_between_filings_gives_no_quarter_across_it() -> None:
    rows, _ = asked(
        Stated(Q1, REVENUES, f"{JAN}/{MAR}", 10e6),
        Stated(Q2, "SalesRevenueNet", f"{JAN}/{JUN}", 20e6),
    )
    assert told(rows) == [(MAR, 10.0, "2025-05-02")]


@pytest.mark.parametrize(("splits", "third"), [((SPLIT,), 3.1 - 2.0), ((), 3.1 - 8.0)])
def test_a_span_of_before_a_split_is_divided_before_it_is_taken_off(
    splits: Splits, third: float
) -> None:
    rows, troubles = asked(
        *year_to_date(EPS, 4.0, 8.0, unit="USD/shares"),
        Stated(Q3, EPS, f"{JAN}/{SEP}", 3.1, "USD/shares"),
        metrics=("eps",),
        splits=splits,
    )
    derived = next(row for row in rows if row.end.isoformat() == SEP)
    assert derived.value == pytest.approx(third)
    assert (derived.qualifier, troubles) == ("~", ())


def test_a_comparative_that_only_a_known_split_changed_is_the_same_and_an_unknown_one_is_told() -> (
    None
):
    facts = [
        Stated(Q1, EPS, f"{JAN}/{MAR}", 4.0, "USD/shares"),
        Stated(NEXT, EPS, f"{JAN}/{MAR}", 1.0, "USD/shares"),
    ]
    rows, troubles = asked(*facts, metrics=("eps",), splits=(SPLIT,))
    assert (told(rows), troubles) == ([(MAR, 4.0, "2025-05-02")], ())
    rows, (trouble,) = asked(*facts, metrics=("eps",))
    assert told(rows) == [(MAR, 4.0, "2025-05-02")]
    assert "looks like a split of 4: add it to actions.csv" in trouble.told


FLOW, CAPEX = (
    "NetCashProvidedByUsedInOperatingActivities",
    "PaymentsToAcquirePropertyPlantAndEquipment",
)


def test_a_sum_is_made_of_the_spans_of_one_filing() -> None:
    rows, troubles = asked(
        *year_to_date(FLOW, 5e6, 11e6, 18e6),
        *year_to_date(CAPEX, 1e6, 3e6, 6e6),
        metrics=("free_cash_flow",),
    )
    assert told(rows) == [
        (MAR, 4.0, "2025-05-02"),
        (JUN, 4.0, "2025-08-01"),
        (SEP, 4.0, "2025-10-31"),
    ]
    assert not troubles


def test_a_sum_that_lacks_a_part_which_it_had_is_told_and_never_taken_for_0() -> None:
    rows, (trouble,) = asked(
        *year_to_date(FLOW, 5e6, 11e6), *year_to_date(CAPEX, 1e6), metrics=("free_cash_flow",)
    )
    assert told(rows) == [(MAR, 4.0, "2025-05-02")]
    assert "states no capex" in trouble.told


CASH, BONDS = "CashAndCashEquivalentsAtCarryingValue", "MarketableSecuritiesCurrent"
CURRENT, ALL_CURRENT, LONG = "LongTermDebtCurrent", "DebtCurrent", "LongTermDebtNoncurrent"


@pytest.mark.parametrize(
    ("balance", "net"),
    [
        ({CASH: 500}, 500),
        ({CASH: 500, BONDS: 300, LONG: 200}, 600),
        ({CASH: 500, CURRENT: 50, ALL_CURRENT: 50, LONG: 200}, 250),
        ({CASH: 500, "CommercialPaper": 20, CURRENT: 50}, 430),
        ({CASH: 500, "CommercialPaper": 20, ALL_CURRENT: 70}, 430),
        ({CASH: 500, "CommercialPaper": 20, "ShortTermBorrowings": 20}, 480),
        ({CASH: 500, BONDS: 300, "ShortTermInvestments": 300}, 800),
    ],
)
def test_net_cash_counts_no_part_twice(balance: dict[str, float], net: float) -> None:
    stated = [Stated(Q1, name, MAR, value * 1e6) for name, value in balance.items()]
    rows, _ = asked(*stated, metrics=("net_cash",))
    assert told(rows) == [(MAR, net, "2025-05-02")]


def test_a_balance_that_lacks_a_part_of_the_one_before_is_told_and_left_out() -> None:
    rows, (trouble,) = asked(
        Stated(Q1, CASH, MAR, 500e6),
        Stated(Q1, BONDS, MAR, 300e6),
        Stated(Q2, CASH, JUN, 520e6),
        metrics=("net_cash",),
    )
    assert told(rows) == [(MAR, 800.0, "2025-05-02")]
    assert "states no short investments" in trouble.told


def test_money_in_another_currency_than_the_company_reports_in_is_left_alone() -> None:
    rows, _ = asked(Stated(Q1, REVENUES, f"{JAN}/{MAR}", 70e6, "CNY"))
    assert rows == ()


def test_a_foreign_filer_gives_years() -> None:
    year = Filing(9, "2026-06-20", "20-F")
    rows, _ = asked(
        Stated(year, REVENUES, f"{JAN}/{DEC}", 99e6),
        Stated(year, REVENUES, "2024-01-01/2024-12-31", 90e6),
    )
    assert [(row.end.year, row.months, row.value) for row in rows] == [
        (2024, 12, 90.0),
        (2025, 12, 99.0),
    ]
    assert rows[-1].yoy == pytest.approx(0.1)


def test_one_period_with_two_figures_in_one_filing_is_told_and_left_out() -> None:
    rows, (trouble,) = asked(
        Stated(Q1, REVENUES, f"{JAN}/{MAR}", 10e6), Stated(Q1, REVENUES, f"{JAN}/{MAR}", 11e6)
    )
    assert rows == ()
    assert "states Revenues twice" in trouble.told


_AMOUNT = st.integers(-50, 500).map(float)


@given(st.lists(st.tuples(*[_AMOUNT] * 4), min_size=1, max_size=3), st.data())
def test_what_was_filed_by_a_day_gives_what_all_filings_give_of_then(
    years: list[tuple[float, ...]], data: st.DataObject
) -> None:
    """Nothing that is filed later takes a figure away or dates one back."""
    stated: list[Stated] = []
    for number, quarters in enumerate(years):
        first = 2020 + number
        filed = (f"{first}-05-01", f"{first}-08-01", f"{first}-11-01", f"{first + 1}-02-15")
        for at, end in enumerate(("03-31", "06-30", "09-30", "12-31")):
            filing = Filing(10 * number + at, filed[at], "10-K" if at == 3 else "10-Q")
            total = sum(quarters[: at + 1]) * 1e6
            stated.append(Stated(filing, REVENUES, f"{first}-01-01/{first}-{end}", total))
            if number and data.draw(st.booleans()):
                before = sum(years[number - 1][: at + 1]) * 1e6 + data.draw(_AMOUNT)
                span = f"{first - 1}-01-01/{first - 1}-{end}"
                stated.append(Stated(filing, REVENUES, span, before))
    everything, _ = asked(*stated)
    for day in {one.filing.filed for one in stated}:
        by_then, _ = asked(*(one for one in stated if one.filing.filed <= day))
        assert by_then == tuple(row for row in everything if row.filed.isoformat() <= day)


def test_a_metric_that_is_never_filed_gives_nothing() -> None:
    assert asked(metrics=DEFAULT) == ((), ())
    rows, _ = asked(Stated(Q1, "Depreciation", f"{JAN}/{MAR}", 1e6), metrics=("ebitda",))
    assert rows == ()
    assert math.isnan(asked(*year_to_date(REVENUES, 1e6))[0][0].yoy)
