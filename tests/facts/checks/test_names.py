"""Names that are nearly those that the method reads are told, and their rows kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.facts.pack import load
from tests.facts.pack_folder import AS_OF, INPUTS

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder


def result(metric: str, unit: str) -> str:
    return f"2025-06-30,FY2025-Q2,group,{metric},5,{unit},,=,2025-08-20,filing,"


@pytest.mark.parametrize(
    ("metric", "unit", "meant"),
    [
        ("esp", "USD/share", "eps"),
        ("eps_diluted", "USD/share", "eps"),
        ("Diluted EPS", "USD/share", "eps"),
        ("earnings per share", "USD/share", "eps"),
        ("net-cash", "USD m", "net_cash"),
        ("NetCash", "USD m", "net_cash"),
        ("net_debt", "USD m", "net_cash"),
        ("shares_dilutd", "m", "shares_diluted"),
        ("diluted shares outstanding", "m", "shares_diluted"),
        ("shares_outstanding", "m", "shares_diluted"),
        ("free cash flow", "USD m", "free_cash_flow"),
        ("FCF", "USD m", "free_cash_flow"),
        ("Revenues", "USD m", "revenue"),
        ("total_revenue", "USD m", "revenue"),
        ("revnue", "USD m", "revenue"),
        ("adjusted_ebitda", "USD m", "ebitda"),
        ("ebtida", "USD m", "ebitda"),
        ("investment", "USD m", "investments"),
        ("book value", "USD m", "book_value"),
        ("revenue_lfl", "USD m", "revenue_like_for_like"),
    ],
)
def test_a_near_miss_of_a_metric_is_told_and_kept(
    folder: PackFolder, metric: str, unit: str, meant: str
) -> None:
    folder.append("fundamentals.csv", result(metric, unit))
    (warning,) = folder.warnings()
    told = f'fundamentals.csv:5 metric: "{metric}" is shown under its own name and not read'
    assert told in warning
    assert f"did you mean {meant}?" in warning
    assert metric in [row.metric for row in folder.load().rows.fundamentals]


@pytest.mark.parametrize(
    ("metric", "unit"),
    [
        *((name, "USD m") for name in ("ebit", "ebita", "ebitda", "ebitdar", "cash", "debt")),
        *((name, "USD m") for name in ("operating_income", "net_income", "profit_before_tax")),
        *((name, "USD m") for name in ("operating_cash_flow", "capex", "investments_listed")),
        ("eps_gaap", "USD/share"),
        ("dps", "USD/share"),
        ("shares_basic", "m"),
        ("subscribers", "m"),
        ("ebitda_margin", "ratio"),
        ("revenue_per_share", "USD/share"),
    ],
)
def test_other_metrics_are_figures_of_their_own(folder: PackFolder, metric: str, unit: str) -> None:
    folder.append("fundamentals.csv", result(metric, unit))
    assert folder.warnings() == []


def test_a_near_miss_on_many_lines_is_told_once(folder: PackFolder) -> None:
    row = result("revenues", "USD m")
    quarter_before = row.replace("FY2025-Q2", "FY2025-Q1").replace("06-30", "03-31")
    folder.append("fundamentals.csv", row, quarter_before)
    (warning,) = folder.warnings()
    assert "fundamentals.csv:5 metric" in warning
    assert "(on 2 lines)" in warning


def test_a_name_in_other_letters_is_read_and_said_so(folder: PackFolder) -> None:
    folder.append("fundamentals.csv", result("EPS", "USD/share"), result("Orders", "USD m"))
    folder.write("estimates.csv", "published,metric,value,unit,source\n")
    folder.append("estimates.csv", *(f"2025-11-{day},EPS_NTM,5,USD/share,wire" for day in (11, 12)))
    folder.append("claims.csv", "Price,,98,USD,~,,2025-11-27,wire,,")
    rows = folder.load().rows
    assert "eps" in [row.metric for row in rows.fundamentals if row.period == "FY2025-Q2"]
    assert {row.metric for row in rows.estimates} == {"eps_ntm"}
    assert {row.key for row in rows.claims} == {"price"}
    assert folder.warnings() == [
        'inputs/ACME/claims.csv:3 key: "Price" is read as price',
        'inputs/ACME/estimates.csv:2 metric: "EPS_NTM" is read as eps_ntm (on 2 lines)',
        'inputs/ACME/fundamentals.csv:5 metric: "EPS" is read as eps',
    ]
    folder.replace("fundamentals.csv", "EPS,5,USD/share", "EPS,5,USD m")
    (error,) = folder.errors()
    assert 'unit: "USD m" is not money per share' in error


@pytest.mark.parametrize(
    ("peer", "meant"),
    [
        ("META US Equity", "META"),
        ("0700", "0700.HK"),
        ("Nortlight", "Northlight"),
        ("meta", ""),
        ("GOOGL", ""),
        ("ACME", ""),
    ],
)
def test_a_peer_that_is_nearly_one_of_the_company_s_is_told(
    folder: PackFolder, peer: str, meant: str
) -> None:
    folder.replace("company.yaml", "peers: []", "peers: [META, 0700.HK, Northlight]")
    folder.write("peers.csv", "published,peer,metric,value,unit,source\n")
    folder.append("peers.csv", *(f"2025-11-{day},{peer},pe_ntm,12,x,wire" for day in (11, 12)))
    told = [f"did you mean {meant}?"] if meant else []
    assert [one.rpartition("; ")[2] for one in folder.warnings()] == told


def test_the_metric_of_a_segment_is_read_too(folder: PackFolder) -> None:
    folder.replace(
        "company.yaml", "name: Rockets, metric: revenue", "name: Rockets, metric: orders"
    )
    folder.append("fundamentals.csv", result("ordres", "USD m"), result("orders", "USD m"))
    (warning,) = (one for one in folder.warnings() if "fundamentals" in one)
    assert 'metric: "ordres"' in warning
    assert "did you mean orders?" in warning


@pytest.mark.parametrize(
    ("name", "header", "row", "meant"),
    [
        ("estimates.csv", "published,metric,value,unit,source", "eps ntm,5,USD/share", "eps_ntm"),
        ("estimates.csv", "published,metric,value,unit,source", "epsntm,5,USD/share", "eps_ntm"),
        ("estimates.csv", "published,metric,value,unit,source", "eps_fy2026,5,USD/share", ""),
        ("estimates.csv", "published,metric,value,unit,source", "eps_ttm,5,USD/share", ""),
        ("peers.csv", "published,peer,metric,value,unit,source", "META,pe-ttm,5,x", "pe_ttm"),
        ("peers.csv", "published,peer,metric,value,unit,source", "META,forward PE,5,x", "pe_ntm"),
        ("peers.csv", "published,peer,metric,value,unit,source", "META,pe_fy,5,x", ""),
        ("peers.csv", "published,peer,metric,value,unit,source", "META,ev_ebita,5,x", ""),
        ("peers.csv", "published,peer,metric,value,unit,source", "META,market_cap,5,USD bn", ""),
    ],
)
def test_estimates_and_multiples_are_looked_at_alike(
    folder: PackFolder, name: str, header: str, row: str, meant: str
) -> None:
    folder.write(name, f"{header}\n2025-11-03,{row},wire\n")
    told = [f"did you mean {meant}?"] if meant else []
    assert [one.rpartition("; ")[2] for one in folder.warnings()] == told


def test_the_pack_of_the_repo_has_no_near_miss() -> None:
    assert load("BABA", as_of=AS_OF, inputs=INPUTS).warnings == ()
