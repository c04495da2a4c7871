"""A unit that is stated is used or refused: which share, which magnitude, money or not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

TWO = "one ADS stands for 8 ordinary shares"
ESTIMATES = "published,metric,value,unit,source\n"


@pytest.fixture
def of_ads(folder: PackFolder) -> PackFolder:
    """A pack of a share that stands for eight ordinary ones."""
    return folder.append("company.yaml", "adr_ratio: 8")


def result(metric: str, value: str, unit: str) -> str:
    """A line of fundamentals.csv."""
    return f"2025-06-30,FY2025-Q2,group,{metric},{value},{unit},,=,2025-08-20,filing,"


@pytest.mark.parametrize(
    ("metric", "stated", "unit", "value", "used"),
    [
        ("eps", "1.5", "USD/ADS", 1.5, "USD/ADS"),
        ("eps", "1.5", "USD/ADR", 1.5, "USD/ADR"),
        ("eps", "1.5", "CNY/ORD", 12, "CNY/ADS"),
        ("eps", "150", "GBp/ORD", 12, "GBP/ADS"),
        ("eps", "1.5", "USD per ordinary share", 12, "USD/ADS"),
        ("eps_gaap", "-1.5", "USD/ORD", -12, "USD/ADS"),
        ("shares_diluted", "40", "m", 40, "m"),
        ("shares_diluted", "40", "m ADS", 40, "m"),
        ("shares_diluted", "320", "m ORD", 40, "m"),
        ("shares_diluted", "0.32", "bn ordinary shares", 40, "m"),
        ("shares_diluted", "40000", "k ADS", 40, "m"),
        ("revenue", "1.5", "USD bn", 1500, "USD m"),
        ("revenue", "1500", "USD million", 1500, "USD m"),
        ("revenue", "1500000", "USD k", 1500, "USD m"),
        ("revenue", "0.0015", "USD tn", 1500, "USD m"),
        ("revenue", "1500000000", "USD", 1500, "USD m"),
    ],
)
def test_a_result_is_used_per_listed_share_and_in_millions(
    of_ads: PackFolder, metric: str, stated: str, unit: str, value: float, used: str
) -> None:
    of_ads.replace("fundamentals.csv", "USD/ADS", "USD/ORD")
    of_ads.append("fundamentals.csv", result(metric, stated, unit))
    (row,) = (one for one in of_ads.load().rows.fundamentals if one.period == "FY2025-Q2")
    assert (row.value, row.unit) == (pytest.approx(value), used)
    assert row.note == (f"stated as {stated} {unit}" if "ord" in unit.lower() else "")


def test_what_was_typed_stays_visible_where_the_share_is_another(of_ads: PackFolder) -> None:
    of_ads.append("fundamentals.csv", result("eps", "1.5", "CNY/ORD") + "restated")
    row = of_ads.load().rows.fundamentals[0]
    assert row.note == "restated; stated as 1.5 CNY/ORD"


@pytest.mark.parametrize(
    ("unit", "value", "used"),
    [
        ("USD/ADS", 0.5, "USD/ADS"),
        ("HKD/ORD", 4, "HKD/ADS"),
        ("GBp/ORD", 0.04, "GBP/ADS"),
        ("USD/GDR", 0.5, "USD/GDR"),
    ],
)
def test_assumptions_and_estimates_are_per_listed_share(
    of_ads: PackFolder, unit: str, value: float, used: str
) -> None:
    of_ads.append("assumptions.csv", f"2025-10-02,all,,dividend,0.5,{unit},house,")
    of_ads.write("estimates.csv", f"{ESTIMATES}2025-11-03,eps_ntm,0.5,{unit},wire\n")
    rows = of_ads.load().rows
    dividend = next(row for row in rows.assumptions if row.published == date(2025, 10, 2))
    (eps_ntm,) = rows.estimates
    assert (dividend.value, eps_ntm.value) == (pytest.approx(value), pytest.approx(value))
    assert (dividend.currency, eps_ntm.unit) == (used[:3], used)


@pytest.mark.parametrize(
    ("metric", "stated", "unit", "value", "used"),
    [
        ("revenue_fy2026", "1.2", "USD bn", 1200, "USD m"),
        ("ebitda_fy2027", "1200", "USDm", 1200, "USD m"),
        ("eps_fy2026", "1.2", "USD/ORD", 9.6, "USD/ADS"),
        ("eps_growth_fy2026", "12%", "ratio", 0.12, "ratio"),
    ],
)
def test_an_estimate_of_any_metric_is_read_alike(
    of_ads: PackFolder, metric: str, stated: str, unit: str, value: float, used: str
) -> None:
    of_ads.write("estimates.csv", f"{ESTIMATES}2025-11-03,{metric},{stated},{unit},wire\n")
    (row,) = of_ads.load().rows.estimates
    assert (row.value, row.unit) == (pytest.approx(value), used)


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        (
            "fundamentals.csv",
            result("eps", "1.5", "USD/share"),
            (f':5 unit: "USD/share" does not say which share: {TWO}; expected USD/ADS or USD/ORD'),
        ),
        (
            "fundamentals.csv",
            result("shares_diluted", "50", "m shares"),
            (f':5 unit: "m shares" does not say which share: {TWO}; expected m ADS or m ORD'),
        ),
        (
            "assumptions.csv",
            "2025-10-02,all,,dividend,0.5,USD/share,house,",
            (f':24 unit: "USD/share" does not say which share: {TWO}; expected USD/ADS or USD/ORD'),
        ),
        (
            "targets.csv",
            "2025-11-04,Acme Brokers,5,USD,share,12,broker,,wire",
            (f':4 line: "share" does not say which one: {TWO}; expected listed or ordinary'),
        ),
        (
            "claims.csv",
            "price,,5,USD/share,=,,2025-11-28,wire,,",
            (f':3 unit: "USD/share" does not say which share: {TWO}; expected USD/ADS or USD/ORD'),
        ),
        (
            "claims.csv",
            "price,ADS,5,HKD/ORD,=,,2025-11-28,wire,,",
            (
                ':3 unit: "HKD/ORD" is not the share of the variant "ADS"; '
                "expected HKD; make the two agree"
            ),
        ),
    ],
)
def test_a_share_that_is_not_named_is_refused_where_there_are_two(
    of_ads: PackFolder, name: str, line: str, message: str
) -> None:
    of_ads.append(name, line)
    assert of_ads.errors() == [f"inputs/ACME/{name}{message}"]


def test_all_words_for_a_share_mean_the_same_where_there_is_one(folder: PackFolder) -> None:
    folder.append("fundamentals.csv", *(result("eps", "1", f"USD/{one}") for one in ("share",)))
    folder.append("targets.csv", "2025-11-04,Acme Brokers,5,USD,share,12,broker,,wire")
    rows = folder.load().rows
    assert rows.fundamentals[0].value == 1
    assert [row.line for row in rows.targets if row.target == 5] == ["listed"]


@pytest.mark.parametrize(
    ("metric", "unit", "message"),
    [
        ("eps", "USD", '"USD" is not money per share; expected USD/share'),
        ("eps", "USD m", '"USD m" is not money per share; expected USD/share'),
        ("eps", "ratio", '"ratio" is not money per share; expected USD/share'),
        ("eps_gaap", "m", '"m" is not money per share; expected USD/share'),
        ("dividend_per_share", "x", '"x" is not money per share; expected USD/share'),
        ("net_cash", "m", '"m" is not an amount of money; expected USD m'),
        ("net_cash", "USD/share", '"USD/share" is not an amount of money; expected USD m'),
        ("book_value", "USD/share", '"USD/share" is not an amount of money; expected USD m'),
        ("revenue", "ratio", '"ratio" is not an amount of money; expected USD m'),
        ("shares_diluted", "USD m", '"USD m" does not count shares; expected m'),
        ("shares_diluted", "x", '"x" does not count shares; expected m'),
    ],
)
def test_a_figure_that_is_not_what_is_due_is_refused(
    folder: PackFolder, metric: str, unit: str, message: str
) -> None:
    folder.append("fundamentals.csv", result(metric, "5", unit))
    assert folder.errors() == [f"inputs/ACME/fundamentals.csv:5 unit: {message}"]


def test_no_figure_in_millions_is_larger_than_a_report_can_hold(folder: PackFolder) -> None:
    folder.append("fundamentals.csv", result("revenue", "1e12", "USD tn"))
    assert folder.errors() == [
        "inputs/ACME/fundamentals.csv:5 value: 1e+18 is too large; expected a number up to 1e+15"
    ]


@pytest.mark.parametrize("unit", ["", "ratio", "USD m"])
def test_a_row_that_states_growth_alone_may_have_any_unit(folder: PackFolder, unit: str) -> None:
    row = f"2025-06-30,FY2025-Q2,group,eps,,{unit},0.1,=,2025-08-20,filing,"
    folder.append("fundamentals.csv", row)
    assert len(folder.load().rows.fundamentals) == 4


def test_a_figure_without_a_unit_is_refused(folder: PackFolder) -> None:
    folder.append("fundamentals.csv", result("eps", "5", ""))
    (error,) = folder.errors()
    assert error.startswith("inputs/ACME/fundamentals.csv:5 unit: is blank; expected a unit such")


@pytest.mark.parametrize(
    ("key", "variant", "unit", "message"),
    [
        ("price", "", "USD m", '"USD m" is an amount of money, not a price'),
        ("bull_target", "", "m", '"m" is not money'),
        ("market_size", "anvils 2026", "USD/share", '"USD/share" is not money'),
        ("units", "anvils 2026", "units", '"units" does not count units; expected k, m or bn'),
        ("pe", "META", "USD", '"USD" is not the unit of pe; expected x'),
        ("day_return", "2025-10-23", "x", '"x" is not the unit of day_return; expected ratio'),
        ("units", "anvils 2026", "USD m", '"USD m" does not count units; expected k, m or bn'),
    ],
)
def test_a_claim_that_is_not_what_is_due_is_refused(
    folder: PackFolder, key: str, variant: str, unit: str, message: str
) -> None:
    folder.append("claims.csv", f"{key},{variant},5,{unit},=,,2025-11-28,wire,,")
    (error,) = folder.errors()
    assert f"unit: {message}" in error


@pytest.mark.parametrize(
    ("variant", "unit", "value", "used"),
    [
        ("", "USD/ORD", 40, "USD"),
        ("ADS", "USD/ADS", 5, "USD"),
        ("ORD", "USD/ORD", 5, "USD"),  # the method multiplies what its variant names
        ("ORD", "GBp", 0.05, "GBP"),
        ("ORD", "USD/share", 5, "USD"),
    ],
)
def test_a_claimed_price_is_in_money_of_one_share(
    of_ads: PackFolder, variant: str, unit: str, value: float, used: str
) -> None:
    of_ads.write("claims.csv", "key,variant,value,unit,published,source\n")
    of_ads.append("claims.csv", f"price,{variant},5,{unit},2025-11-28,wire")
    (row,) = of_ads.load().rows.claims
    assert (row.value, row.unit, row.currency) == (value, used, used)


def test_claims_of_one_fact_are_put_in_one_magnitude(folder: PackFolder) -> None:
    folder.write("claims.csv", "key,variant,value,unit,published,source\n")
    folder.append(
        "claims.csv",
        "capex,,53,USD bn,2025-11-28,wire",
        "capex,,50000,EUR m,2025-11-28,filing",
        "orders,,1.5,m,2025-11-28,wire",
        "orders,,1400,k,2025-11-28,filing",
        "market_size,anvils 2026,1500000,USD k,2025-11-28,wire",
        "units,anvils 2026,500,k,2025-11-28,wire",
    )
    found = {(row.key, row.source): (row.value, row.unit) for row in folder.load().rows.claims}
    assert found == {
        ("capex", "wire"): (53, "USD bn"),
        ("capex", "filing"): (50, "EUR bn"),
        ("orders", "wire"): (1.5, "m"),
        ("orders", "filing"): (pytest.approx(1.4), "m"),
        ("market_size", "wire"): (1_500_000, "USD k"),  # the method scales it
        ("units", "wire"): (500, "k"),
    }


@pytest.mark.parametrize(
    ("metric", "unit", "is_refused"),
    [
        ("pe_ntm", "USD", True),
        ("ev_ebitda", "USD m", True),
        ("p_tbv", "years", True),
        ("pe_ntm", "x", False),
        ("pe_ntm", "ratio", False),
        ("growth", "%", False),
        ("market_cap", "USD bn", False),
        ("eps_ntm", "USD/share", False),
    ],
)
def test_a_multiple_of_a_peer_is_one(
    folder: PackFolder, metric: str, unit: str, *, is_refused: bool
) -> None:
    folder.write("peers.csv", "published,peer,metric,value,unit,source\n")
    folder.append("peers.csv", f"2025-11-03,META,{metric},12,{unit},wire")
    told = [one for one in folder.problems() if "is not the unit of a multiple; expected x" in one]
    assert bool(told) is is_refused


def test_a_figure_said_twice_in_two_magnitudes_is_said_once(folder: PackFolder) -> None:
    folder.append(
        "fundamentals.csv", result("revenue", "1100", "USD m"), result("revenue", "1.1", "USD bn")
    )
    (warning,) = folder.warnings()
    assert warning.endswith("repeats line 5; counted once")


def test_a_product_may_be_named_without_a_price(folder: PackFolder) -> None:
    folder.write("products.csv", "vendor,product,price,currency,published,source\n")
    folder.append(
        "products.csv", "Acme,Anvil,,,2025-11-03,wire", "Acme,Bolt,#N/A,USD,2025-11-03,wire"
    )
    rows = folder.load().rows.products
    assert [(row.product, row.price == row.price, row.currency) for row in rows] == [
        ("Anvil", False, ""),
        ("Bolt", False, "USD"),
    ]
    folder.append("products.csv", "Acme,Nut,5,,2025-11-03,wire")
    assert folder.errors() == [
        "inputs/ACME/products.csv:4 currency: is blank; expected a currency such as USD"
    ]
