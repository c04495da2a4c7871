"""What an analyst types in a spare row counts as the same row of the file would."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.rows import Claim, Close, Fundamental, FxRate, Product, Source, Target
from reportgen.facts.units import (
    SHARES,
    alike,
    in_millions,
    whole_claim,
    whole_product,
    whole_target,
)
from reportgen.model import fundamentals, twelve_months
from reportgen.model.case.build import build_case
from reportgen.model.checks import differences
from reportgen.model.dims import CLAIM, CLOSE, FUNDAMENTAL, PRODUCT, SOURCE, TARGET
from reportgen.model.evidence import claims, products
from reportgen.model.given_values import day_number
from reportgen.model.hype import price_targets
from reportgen.model.inputs import market_data, sources
from reportgen.model.market import price
from reportgen.model.valuation import expected_value
from reportgen.model.words import Entry, Table
from tests.laws.altered import Company
from tests.model.by_hand import worked_out
from tests.report.conftest import AS_OF, ROOT

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim
    from reportgen.facts.pack import Pack
    from reportgen.facts.rows import PackRows

Row = Claim | Close | Fundamental | Product | Source | Target
SCALES = ("k", "m", "bn", "tn")
RATES = {"USD": 1.1, "CNY": 8.0, "HKD": 8.8, "GBP": 0.85, "JPY": 170.0, "ZAR": 20.0, "ILS": 4.0}


@cache
def pack() -> Pack:
    """The example, one listed share of which is 8 ordinary ones, with rates of many currencies."""
    read = pack_at(read_pack("BABA", ROOT / "inputs"), AS_OF)
    known = {row.currency for row in read.rows.fx}
    more = [FxRate(code, rate, AS_OF) for code, rate in RATES.items() if code not in known]
    return replace(read, rows=read.rows._replace(fx=(*read.rows.fx, *more)))


def case_of(rows: PackRows) -> Company:
    return Company.of("baba", build_case(replace(pack(), rows=rows), load_policy()))


def spare(case: Company, dim: Dim) -> int:
    return case.members[dim].index("+1")


def filled_in(case: Company, dim: Dim, table: Table, row: Row) -> Company:
    """A case with what a row of a file says typed into the first spare row of a table."""
    at = spare(case, dim)
    given = dict(case.given)
    for name, line in table.columns.items():
        column = line.override if isinstance(line, Entry) else line
        typed = getattr(row, name)
        given[column] = given[column].copy()
        given[column][at] = typed if isinstance(typed, str | float | int) else day_number(typed)
    return replace(case, given=given)


def claim(key: str, value: float, unit: str, variant: str = "") -> Claim:
    return Claim(key, variant, value, unit, "=", AS_OF, AS_OF, "alibaba-q2", "", "", 1)


@pytest.mark.parametrize(
    ("key", "variant", "value", "unit"),
    [
        *(("ai_capex_3y", "", 5.0, f"{code} {of}") for code in ("USD", "CNY") for of in SCALES),
        *(("market_size", "ai_glasses 2026", 5.0, f"HKD {of}") for of in SCALES),
        *(("units", "ai_glasses 2026", 5.0, of) for of in SCALES),
        ("ai_capex_3y", "", 380e9, "CNY"),
        ("headcount", "", 120.0, "k"),
        ("order_book", "", 120.0, "USD k"),
        ("price", "", 150.0, "USD"),
        ("price", "", 150.0, "USD/ADS"),
        ("price", "", 18.75, "USD/ORD"),
        ("price", "ORD", 18.75, "USD"),
        ("price", "ORD", 18.75, "USD/ORD"),
        ("price", "", 11_000.0, "GBp"),
        ("price", "", 11_000.0, "GBX"),
        ("price", "", 110.0, "GBP"),
        ("bull_target", "", 3000.0, "ZAc"),
        ("bull_target", "", 600.0, "ILA"),
        ("pe", "BABA", 20.0, "x"),
        ("pe", "BABA", 20.0, "ratio"),
    ],
)
def test_a_claim_counts_as_the_file_would_have_it(
    key: str, variant: str, value: float, unit: str
) -> None:
    rows, row = pack().rows, claim(key, value, unit, variant)
    whole = whole_claim(row, pack().company.adr_ratio)
    from_file = case_of(rows._replace(claims=alike((*rows.claims, whole))))
    typed = filled_in(case_of(rows), CLAIM, claims.CLAIMS, row)
    found, expected = (
        in_whole(case, place) for case, place in ((typed, spare(typed, CLAIM)), (from_file, -6))
    )
    assert found == pytest.approx(expected, rel=1e-12)


def in_whole(case: Company, place: int) -> float:
    """The value of a claim, of a fact in some magnitude in all."""
    value = worked_out(claims.claim_value, {}, case)[place]
    key = str(case.given[claims.claim_key][place])
    if key in {"market_size", "units"}:
        return float(value)
    told_in = worked_out(claims.claim_fact_millions, {}, case)[place]
    own = worked_out(claims.claim_millions, {}, case)[place]
    return float(value * np.nan_to_num(own if np.isnan(told_in) else told_in, nan=1e-6))


@pytest.mark.parametrize(
    ("key", "variant", "unit"),
    [
        ("price", "", "USD m"),
        ("price", "", "ratio"),
        ("price", "", "USD lots"),
        ("price", "", "gbp"),
        ("price", "", "GBp/share"),
        ("bull_target", "", "USD bn"),
        ("market_size", "ai_glasses 2026", "ratio"),
        ("market_size", "ai_glasses 2026", "m"),
        ("market_size", "ai_glasses 2026", "USD/ADS"),
        ("units", "ai_glasses 2026", "USD m"),
        ("units", "ai_glasses 2026", "x"),
        ("pe", "BABA", "USD"),
        ("day_return", "", "USD m"),
        ("ai_capex_3y", "", "USD zn"),
        ("ai_capex_3y", "", "GBp m"),
        ("ai_capex_3y", "", "XAU m"),
        ("ai_capex_3y", "", ""),
    ],
)
def test_a_claim_in_a_unit_that_it_is_not_due_in_is_n_a(key: str, variant: str, unit: str) -> None:
    typed = filled_in(case_of(pack().rows), CLAIM, claims.CLAIMS, claim(key, 5.0, unit, variant))
    assert np.isnan(worked_out(claims.claim_value, {}, typed)[spare(typed, CLAIM)])


@pytest.mark.parametrize("line", ["", "listed", "ADS", "adr", "ordinary", "ORD", "ordinary shares"])
@pytest.mark.parametrize("currency", ["USD", "HKD", "GBP", "GBp", "GBX", "ZAc", "usd"])
def test_a_target_counts_as_the_file_would_have_it(currency: str, line: str) -> None:
    said = SHARES.get(line.lower(), "listed")
    row = Target(AS_OF, "Harbour", 170.0, currency, said, 12, "broker", "", "alibaba-q2", 1)
    rows = pack().rows
    from_file = case_of(rows._replace(targets=(*rows.targets, whole_target(row))))
    typed = filled_in(case_of(rows), TARGET, price_targets.TARGETS, row._replace(line=line))
    found = worked_out(price_targets.per_share, {}, typed)[spare(typed, TARGET)]
    expected = worked_out(price_targets.per_share, {}, from_file)[len(rows.targets)]
    assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("currency", "line"),
    [("USD m", "listed"), ("gbp", "listed"), ("dollars", "listed"), ("USD", "share"),
     ("USD", "preferred")],
)  # fmt: skip
def test_a_target_in_no_currency_or_of_an_unknown_share_is_n_a(currency: str, line: str) -> None:
    row = Target(AS_OF, "Harbour", 170.0, currency, line, 12, "broker", "", "alibaba-q2", 1)
    typed = filled_in(case_of(pack().rows), TARGET, price_targets.TARGETS, row)
    place = spare(typed, TARGET)
    assert np.isnan(worked_out(price_targets.per_share, {}, typed)[place])
    assert worked_out(price_targets.set_aside, {}, typed)[place] == 1


@pytest.mark.parametrize("currency", ["USD", "CNY", "GBP", "GBp", "GBx", "USc", "cny"])
def test_a_product_counts_as_the_file_would_have_it(currency: str) -> None:
    row = Product("Acme", "Anvil", "", 199.0, currency, "", "=", AS_OF, AS_OF, "alibaba-q2", "", 1)
    rows = pack().rows
    from_file = case_of(rows._replace(products=(*rows.products, whole_product(row))))
    typed = filled_in(case_of(rows), PRODUCT, products.PRODUCTS, row)
    found = worked_out(products.product_value, {}, typed)[spare(typed, PRODUCT)]
    expected = worked_out(products.product_value, {}, from_file)[len(rows.products)]
    assert found == pytest.approx(expected, rel=1e-12)


def result(metric: str, period: str, value: float, unit: str) -> Fundamental:
    """A row of results as it is typed: what follows from its period and unit is left blank."""
    end = date(2025, 9, 30)
    blank = {"months": math.nan, "month_index": math.nan, "currency": ""}
    row = Fundamental(
        end, period, "group", metric, value, unit, 0.25, "=", AS_OF, "alibaba-q2", "", 1
    )
    return row._replace(**blank)


WATCHED = {
    "eps_reference": twelve_months.eps_reference,
    "net_cash": fundamentals.net_cash,
    "shares_diluted": fundamentals.shares_diluted,
}


@pytest.mark.parametrize(
    ("metric", "period", "value", "unit", "moves"),
    [
        ("eps", "FY2026-Q2", 9.9, "CNY/ADS", "eps_reference"),
        ("eps", "fy2026-q2", 9.9, "cny/ads", "eps_reference"),
        ("eps", "FY2026-Q2", 1.4, "USD/ADS", "eps_reference"),
        ("net_cash", "2025-10-31", 250_000.0, "CNY m", "net_cash"),
        ("net_cash", "2025-09-30", 30_000.0, "USD m", "net_cash"),
        ("shares_diluted", "2025-09-30", 2_300.0, "m", "shares_diluted"),
    ],
)
def test_a_result_counts_as_the_file_would_have_it(
    metric: str, period: str, value: float, unit: str, moves: str
) -> None:
    rows, row = pack().rows, result(metric, period, value, unit)
    before = case_of(rows)
    whole = in_millions(
        row._replace(period=period.upper(), unit=unit.replace("cny/ads", "CNY/ADS")),
        pack().company.adr_ratio,
    )
    from_file = case_of(rows._replace(fundamentals=(*rows.fundamentals, whole)))
    typed = filled_in(before, FUNDAMENTAL, fundamentals.RESULTS, row)
    watched = WATCHED[moves]
    found = worked_out(watched, {}, typed)
    assert found == pytest.approx(worked_out(watched, {}, from_file), rel=1e-12)
    assert found != pytest.approx(worked_out(watched, {}, before), rel=1e-6)


@pytest.mark.parametrize("unit", ["CNY bn", "CNY/ORD", "CNY", "lots", "XAU m", ""])
def test_a_result_in_no_whole_unit_is_n_a(unit: str) -> None:
    row = result("net_cash", "2025-10-31", 250.0, unit)
    typed = filled_in(case_of(pack().rows), FUNDAMENTAL, fundamentals.RESULTS, row)
    assert np.isnan(worked_out(fundamentals.net_cash, {}, typed))


def closes(case: Company, day: date, value: float) -> Company:
    row = Close(day, value, 1)
    return filled_in(case, CLOSE, market_data.CLOSES, row)


def test_a_close_counts_as_the_file_would_have_it() -> None:
    rows, day = pack().rows, date(2025, 11, 29)
    from_file = case_of(rows._replace(prices=(*rows.prices, Close(day, 170.5, 1))))
    typed = closes(case_of(rows), day, 170.5)
    for line in (price, expected_value, price_targets.consensus_upside):
        found, expected = (worked_out(line, {}, case) for case in (typed, from_file))
        assert found == pytest.approx(expected, rel=1e-12)
    assert worked_out(price, {}, typed) == 170.5


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ((date(2025, 11, 29), date(2025, 11, 30)), 0),
        ((date(2025, 11, 28),), 1),
        ((date(2025, 11, 3),), 1),
        ((date(2025, 11, 30), date(2025, 11, 29)), 1),
        ((None, date(2025, 11, 29)), 1),
    ],
)
def test_closes_out_of_the_order_of_their_days_are_counted(
    days: tuple[date | None, ...], wrong: int
) -> None:
    case = case_of(pack().rows)
    given, at = dict(case.given), spare(case, CLOSE)
    given[market_data.close_date] = given[market_data.close_date].copy()
    given[market_data.close_date][at : at + len(days)] = [day_number(day) for day in days]
    typed = replace(case, given=given)
    assert worked_out(differences.closes_disordered, {}, typed) == wrong


def test_of_a_source_that_is_named_twice_the_first_row_counts() -> None:
    case = case_of(pack().rows)
    first = str(case.given[sources.source_id][2])
    again = Source(first.upper(), "", "", "", "assumption", "", None, "", "", 1)
    typed = filled_in(case, SOURCE, sources.SOURCES, again)
    assert worked_out(sources.source_row, {}, typed)[spare(case, SOURCE)] == 0
    assert worked_out(differences.sources_twice, {}, typed) == 1
    for line in (claims.claim_reliability, products.product_reliability):
        np.testing.assert_array_equal(worked_out(line, {}, typed), worked_out(line, {}, case))


@pytest.mark.parametrize("currency", ["USD m", "gbp", "x", ""])
def test_a_product_in_no_currency_is_n_a(currency: str) -> None:
    row = Product("Acme", "Anvil", "", 199.0, currency, "", "=", AS_OF, AS_OF, "s", "", 1)
    typed = filled_in(case_of(pack().rows), PRODUCT, products.PRODUCTS, row)
    assert np.isnan(worked_out(products.product_value, {}, typed)[spare(typed, PRODUCT)])
