"""Quarters of a filer: stated or derived, as each filing gave them, and never known too early."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.split_words import Split
from reportgen.intake.sec.facts import filer_of
from reportgen.intake.sec.quarters import DEFAULT, Wanted, of_segments, reported
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


# --- edges ---
CONCEPTS = {
    "revenue": (
        "RevenueFromContractWithCustomerExcludingAssessedTax",
        *("Revenues", "SalesRevenueNet", "Revenue"),
    ),
    "ebit": ("OperatingIncomeLoss", "ProfitLossFromOperatingActivities"),
    "depreciation_amortisation": (
        "DepreciationDepletionAndAmortization",
        "DepreciationAndAmortization",
        "AdjustmentsForDepreciationAndAmortisationExpense",
    ),
    "operating_cash_flow": (
        "NetCashProvidedByUsedInOperatingActivities",
        "CashFlowsFromUsedInOperatingActivities",
        "CashFlowsFromUsedInOperations",
    ),
    "capex": (
        "PaymentsToAcquirePropertyPlantAndEquipment",
        "PaymentsToAcquireProductiveAssets",
        "PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities",
    ),
    "eps": ("EarningsPerShareDiluted", "DilutedEarningsLossPerShare"),
    "shares_diluted": (
        "WeightedAverageNumberOfDilutedSharesOutstanding",
        "AdjustedWeightedAverageShares",
    ),
    "book_value": ("StockholdersEquity", "EquityAttributableToOwnersOfParent"),
    "cash": ("CashAndCashEquivalentsAtCarryingValue", "CashAndCashEquivalents"),
}
OF_A_DAY = ("book_value", "cash")
UNITS = {"eps": "USD/shares", "shares_diluted": "shares"}


@pytest.mark.parametrize("metric", CONCEPTS)
def test_of_several_concepts_of_one_span_the_first_in_our_list_counts(metric: str) -> None:
    span = MAR if metric in OF_A_DAY else f"{JAN}/{MAR}"
    unit = UNITS.get(metric, "USD")
    scale = 1.0 if metric == "eps" else 1e6
    for first, expected in enumerate(CONCEPTS[metric], start=1):
        stated = [
            Stated(Q1, concept, span, number * scale, unit)
            for number, concept in enumerate(CONCEPTS[metric][first - 1 :], start=first)
        ]
        for order in (stated, stated[::-1]):
            (row,), troubles = asked(*order, metrics=(metric,))
            assert (row.value, row.concept, row.unit) == (first, expected, unit)
            assert (row.metric, row.months, row.qualifier, troubles) == (
                *(metric, 0 if span == MAR or metric == "shares_diluted" else 3),
                *("=", ()),
            )


PARTS = {
    1: (CASH, "CashAndCashEquivalents"),
    10: (BONDS, "DebtSecuritiesCurrent", "ShortTermInvestments"),
    -100: (CURRENT, "CurrentPortionOfLongtermBorrowings"),
    -1000: (LONG, "LongtermBorrowings"),
    -10000: ("CommercialPaper", "ShortTermBorrowings"),
}


def test_of_each_part_of_net_cash_the_first_in_our_list_counts() -> None:
    for skipped in (0, 1):
        stated = [
            Stated(Q1, concept, MAR, abs(weight) * number * 1e6)
            for weight, concepts in PARTS.items()
            for number, concept in enumerate(concepts[skipped:], start=1)
        ]
        (row,), _ = asked(*stated, metrics=("net_cash",))
        assert row.value == sum(PARTS)
        named = " ".join(concepts[skipped] for concepts in PARTS.values())
        assert set(row.concept.replace("+", "").replace("-", "").split()) == set(named.split())
    (row,), _ = asked(Stated(Q1, CASH, MAR, 5e6), Stated(Q1, LONG, MAR, 2e6), metrics=("net_cash",))
    assert row.concept == f"{CASH} - {LONG}"


def _span(days: int, first: str = JAN) -> str:
    start = date.fromisoformat(first)
    return f"{start}/{start + timedelta(days=days - 1)}"


@pytest.mark.parametrize(
    ("days", "form", "months"),
    [
        *((79, "10-Q", []), (80, "10-Q", [3]), (101, "10-Q", [3]), (102, "10-Q", [])),
        *((349, "20-F", []), (350, "20-F", [12]), (380, "40-F", [12]), (381, "40-F", [])),
        *((365, "10-K", []), (90, "20-F", [3])),
    ],
)
def test_a_span_is_a_quarter_or_a_foreign_year_by_its_days(
    days: int, form: str, months: list[int]
) -> None:
    rows, _ = asked(Stated(Filing(1, "2026-06-01", form), REVENUES, _span(days), 5e6))
    assert [row.months for row in rows] == months


@pytest.mark.parametrize(
    ("shorter", "longer", "derived"),
    [
        *((90, 169, 0), (90, 170, 1), (91, 192, 1), (92, 193, 0)),
        *((91, 170, 0), (90, 191, 1), (90, 192, 0)),  # 79, 101 and 102 days are left
        *((180, 259, 0), (180, 260, 1), (182, 283, 1), (183, 284, 0)),
        *((270, 349, 0), (270, 350, 1), (279, 380, 1), (280, 381, 0)),
    ],
)
def test_what_is_left_of_a_longer_span_is_a_quarter_by_its_days(
    shorter: int, longer: int, derived: int
) -> None:
    before, now = Filing(1, "2026-06-01"), Filing(2, "2026-07-01")
    first = Stated(before, REVENUES, _span(shorter), 5e6)
    rows, _ = asked(first, Stated(now, REVENUES, _span(longer), 9e6))
    assert [row.value for row in rows if row.filing == now.accession] == [4.0] * derived
    whole = Stated(now, REVENUES, _span(longer), 9e6)
    rows, _ = asked(first._replace(filing=now), whole)  # both of one filing
    assert [row.value for row in rows if row.end.isoformat() in whole.span] == [4.0] * derived


def test_a_year_whose_last_quarter_is_not_known_is_one_where_years_are_wanted() -> None:
    def years(*stated: Stated) -> list[tuple[int, float, str]]:
        filer = filer_of(json.loads(companyfacts(*stated)))
        rows, _ = reported(filer, Wanted(("revenue",), "USD", years=True))
        return [(row.months, row.value, row.concept) for row in rows]

    for days, expected in ((349, []), (350, [12]), (380, [12]), (381, []), (182, [])):
        one = Stated(Filing(4, "2026-06-01", "10-K"), REVENUES, _span(days), 40e6)
        assert [months for months, *_ in years(one)] == expected
    whole = Stated(YEAR, REVENUES, f"{JAN}/{DEC}", 40e6)
    assert years(whole) == [(12, 40.0, REVENUES)]
    known = year_to_date(REVENUES, 10e6, 21e6, 33e6, 46e6)
    assert [months for months, *_ in years(*known)] == [3, 3, 3, 3]


@pytest.mark.parametrize(
    ("metric", "before", "after", "ratio"),
    [
        *[("eps", 10.0, 10 / ratio, f"{ratio:g}") for ratio in (1.5, 2, 3, 4, 5, 6, 7, 8, 10)],
        *[("eps", 100.0, 100 / ratio, f"{ratio:g}") for ratio in (15, 20, 25, 30, 40, 50, 100)],
        ("eps", 1.0, 4.0, "0.25"),
        *(("eps", -4.0, -2.0, "2"), ("eps", -4.0, 2.0, ""), ("eps", 0.0, 2.0, "")),
        *(("eps", 4.0, 0.0, ""), ("eps", 10.0, 10 / 2.039, "2"), ("eps", 10.0, 10 / 2.041, "")),
        *(("eps", 10.0, 10 / 1.961, "2"), ("eps", 10.0, 10 / 1.959, "")),
        *(("shares_diluted", 10.0, 40.0, "4"), ("shares_diluted", 40.0, 10.0, "0.25")),
        *(("shares_diluted", 0.0, 12.0, ""), ("shares_diluted", 10.0, 0.0, "")),
        *(("shares_diluted", 10.0, 12.0, ""), ("revenue", 10.0, 20.0, "")),
    ],
)
def test_a_figure_that_only_a_split_changes_like_this_is_told_with_its_ratio(
    metric: str, before: float, after: float, ratio: str
) -> None:
    concept, unit = CONCEPTS[metric][0], UNITS.get(metric, "USD")
    scale = 1.0 if metric == "eps" else 1e6
    span = f"{JAN}/{MAR}"
    if metric == "shares_diluted":
        span = MAR
    rows, troubles = asked(
        *(Stated(filing, concept, span, value * scale, unit)
          for filing, value in ((Q1, before), (NEXT, after))),
        metrics=(metric,),
    )  # fmt: skip
    assert len(rows) == (1 if ratio else 2)
    said = f"{before:g} of 2025-05-02 became {after:g} in {NEXT.accession}: that looks like a split"
    expected = [f"{said} of {ratio}: add it to actions.csv"] if ratio else []
    assert [one.told for one in troubles] == expected


@pytest.mark.parametrize(
    ("metric", "before", "after", "is_new"),
    [
        ("eps", 1.0, 1.005, False),
        ("eps", 1.0, 1.006, True),
        ("eps", -1.0, -1.005, False),
        ("eps", 0.004, 0.008, False),  # twice as much, and the same cent
        ("shares_diluted", 1000.0, 1001.0, False),
        ("shares_diluted", 1000.0, 1001.05, True),
        ("revenue", 1000.0, 1000.0000009, False),
        ("revenue", 1000.0, 1000.00000105, True),
        ("revenue", -1000.0, -1000.0000021, True),
    ],
)
def test_a_figure_is_told_anew_beyond_the_digits_that_are_filed(
    metric: str, before: float, after: float, *, is_new: bool
) -> None:
    concept, unit = CONCEPTS[metric][0], UNITS.get(metric, "USD")
    scale, span = (1.0 if metric == "eps" else 1e6), f"{JAN}/{MAR}"
    stated = [
        Stated(of, concept, span, scale * one, unit) for of, one in ((Q1, before), (Q2, after))
    ]
    rows, _ = asked(*stated, metrics=(metric,))
    assert len(rows) == 1 + is_new


@pytest.mark.parametrize(
    ("days", "ended", "growth"),
    [
        (90, "2024-03-31", 0.25),
        (98, "2024-03-31", 0.25),
        (99, "2024-03-31", None),
        (82, "2024-03-31", 0.25),
        (81, "2024-03-31", None),
        (90, "2024-04-15", 0.25),  # 350 days before
        (90, "2024-04-16", None),
        (90, "2024-03-16", 0.25),  # 380 days before
        (90, "2024-03-15", None),
    ],
)
def test_growth_is_on_a_span_as_long_that_ended_a_year_before(
    days: int, ended: str, growth: float | None
) -> None:
    first = date.fromisoformat(ended) - timedelta(days=days - 1)
    rows, _ = asked(
        Stated(Q1, REVENUES, f"{first}/{ended}", 8e6), Stated(Q1, REVENUES, f"{JAN}/{MAR}", 10e6)
    )
    newest = rows[-1]
    assert newest.end.isoformat() == MAR
    assert newest.yoy == growth if growth else math.isnan(newest.yoy)


@pytest.mark.parametrize(("before", "has_growth"), [(0.0, False), (-4e6, False), (1.0, True)])
def test_growth_on_nothing_or_on_a_loss_is_none(before: float, *, has_growth: bool) -> None:
    rows, _ = asked(
        Stated(Q1, REVENUES, "2024-01-01/2024-03-31", before),
        Stated(Q1, REVENUES, f"{JAN}/{MAR}", 10e6),
    )
    assert math.isnan(rows[-1].yoy) is not has_growth


def test_metrics_of_a_segment_are_flows_and_by_default_three() -> None:
    assert of_segments(()) == ("revenue", "ebit", "ebitda")
    assert of_segments(("eps", "capex", "cash", "ebitda")) == ("capex", "ebitda")


def test_an_average_count_is_that_of_the_shortest_span_that_ends_last() -> None:
    name = CONCEPTS["shares_diluted"][0]
    spans = {f"{JAN}/{JUN}": 10e6, f"{APR}/{JUN}": 11e6, f"{JAN}/{MAR}": 9e6}
    rows, _ = asked(
        *(Stated(Q2, name, span, value, "shares") for span, value in spans.items()),
        metrics=("shares_diluted",),
    )
    assert [(row.end.isoformat(), row.value) for row in rows] == [(JUN, 11.0)]


def test_figures_come_in_the_order_of_filing_whatever_is_asked_first() -> None:
    rows, _ = asked(
        Stated(Filing(1, "2025-08-01"), CASH, JUN, 5e6),
        Stated(Filing(9, "2025-05-02"), REVENUES, f"{JAN}/{MAR}", 1e6),
        metrics=("cash", "revenue"),
    )
    assert [row.metric for row in rows] == ["revenue", "cash"]


def test_of_a_sum_the_parts_are_named_and_only_spans_of_all_of_them_count() -> None:
    rows, _ = asked(
        *year_to_date(FLOW, 5e6, 11e6),
        Stated(Q1, CAPEX, f"{JAN}/{MAR}", 1e6),
        Stated(Q2, CAPEX, f"{APR}/{JUN}", 1e6),
        metrics=("free_cash_flow",),
    )
    assert [(row.value, row.concept) for row in rows] == [(4.0, f"{FLOW} - {CAPEX}")]


def test_a_third_figure_of_one_period_is_not_told_again() -> None:
    stated = [Stated(Q2, REVENUES, f"{JAN}/{MAR}", value) for value in (1e6, 2e6, 3e6)]
    rows, troubles = asked(*stated, Stated(Q2, REVENUES, f"{APR}/{JUN}", 4e6))
    assert ([row.value for row in rows], len(troubles)) == ([4.0], 1)


def test_a_split_counts_from_its_own_day_on() -> None:
    facts = [
        Stated(Q1, EPS, f"{JAN}/{MAR}", 4.0, "USD/shares"),
        Stated(NEXT, EPS, f"{JAN}/{MAR}", 1.0, "USD/shares"),
    ]
    for day, troubles in ((NEXT.filed, 0), ("2026-05-02", 1), (Q1.filed, 1)):
        split = Split(date.fromisoformat(day), 4.0)
        assert len(asked(*facts, metrics=("eps",), splits=(split,))[1]) == troubles


DEPRECIATION = "DepreciationAndAmortization"


def test_a_sum_of_two_is_named_as_one() -> None:
    (row,), _ = asked(
        *year_to_date("OperatingIncomeLoss", 5e6),
        *year_to_date(DEPRECIATION, 2e6),
        metrics=("ebitda",),
    )
    assert (row.value, row.concept) == (7.0, f"OperatingIncomeLoss + {DEPRECIATION}")


@pytest.mark.parametrize(
    ("later", "ends"),
    [
        ([], []),
        ([Stated(Q2, REVENUES, f"{JAN}/{JUN}", 1e6)], []),  # of neither part a word
        ([Stated(Q2, FLOW, f"{APR}/{JUN}", 1e6), Stated(Q2, CAPEX, f"{JAN}/{JUN}", 1e6)], []),
        ([Stated(Q2, CAPEX, f"{JAN}/{MAR}", 1e6), Stated(Q2, CAPEX, f"{APR}/{JUN}", 1e6)], [JUN]),
    ],
)
def test_only_a_sum_that_lacks_one_part_of_those_it_had_is_told(
    later: list[Stated], ends: list[str]
) -> None:
    first = [*year_to_date(FLOW, 5e6), *year_to_date(CAPEX, 1e6)]
    rows, troubles = asked(*first, *later, metrics=("free_cash_flow",))
    assert [row.value for row in rows] == [4.0]
    assert [one.end.isoformat() for one in troubles] == ends
    assert asked(*later, metrics=("free_cash_flow",)) == ((), ())


def test_net_cash_is_that_of_the_newest_balance_in_the_currency_of_the_reports() -> None:
    rows, troubles = asked(
        *(Stated(Q1, CASH, "2024-12-31", 3e6), Stated(Q1, CASH, MAR, 5e6)),
        *(Stated(Q1, LONG, MAR, 1e6, "EUR"), Stated(Q1, BONDS, f"{JAN}/{MAR}", 1e6)),
        *(Stated(Q2, LONG, JUN, 2e6), Stated(Q3, CASH, SEP, 9e6, "EUR")),
        metrics=("net_cash",),
    )
    assert [(row.end.isoformat(), row.value) for row in rows] == [(MAR, 5.0)]
    assert not troubles


def test_a_foreign_filer_gives_no_quarter_that_it_does_not_state() -> None:
    year = Filing(9, "2026-06-20", "20-F")
    rows, _ = asked(
        Stated(year, REVENUES, f"{JAN}/{DEC}", 99e6), Stated(year, REVENUES, f"{JAN}/{SEP}", 70e6)
    )
    assert [(row.months, row.value) for row in rows] == [(12, 99.0)]
