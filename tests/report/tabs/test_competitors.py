"""Competitors: prices beside our own, changes over time, and where we stand among peers."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model.evidence.products import offers
from reportgen.model.solved import by_key
from reportgen.report.tabs.competitors.charts import rotation_of_names
from tests.report.sheets import chart, held, sheet, table
from tests.support.tools import REPOSITORY
from tests.truth.packs import asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.pipeline import Report
    from tests.report.sheets import Row

    Reports = Callable[[str], Report]

TAB = "Competitors"


def product(report: Report, name: str) -> Row:
    rows = table(report, TAB, "Product", "Market", "State")
    return next(row for row in rows if row["Product"].value == name)


@pytest.mark.parametrize(("count", "degrees"), [(1, 0), (6, 0), (7, -45)])
def test_names_of_more_than_six_products_are_turned(count: int, degrees: int) -> None:
    assert rotation_of_names(count) == degrees


def test_a_price_cut_is_a_change_over_time_against_the_earlier_price(report: Reports) -> None:
    row = product(report("baba"), "Alibaba Quark AI Glasses S1")
    assert row["Price as stated"].value == 3799  # yuan
    assert row["Previous price"].value == pytest.approx(664.1165, rel=1e-6)  # 4,699 yuan
    price = row["In price currency"].value
    assert row["Change since"].value == pytest.approx(price / 664.1165 - 1, rel=1e-6)
    assert row["State"].value == "changed"


def test_prices_of_one_day_that_differ_little_are_no_change(report: Reports) -> None:
    row = product(report("baba"), "Alibaba Quark AI Glasses G1")
    assert [row[name].value for name in ("Previous price", "Change since")] == ["n/a", "n/a"]
    assert row["State"].value == "agreed"


@pytest.mark.parametrize("pack", ["baba", "tokyo", "daily"])
def test_each_price_is_set_against_the_reference_and_our_cheapest(
    report: Reports, pack: str
) -> None:
    company = report(pack).pack.company
    assert company.reference is not None
    rows = table(report(pack), TAB, "Product", "Market", "State")
    prices = {str(row["Product"].value): row["In price currency"].value for row in rows}
    own = min(price for name, price in prices.items() if name.startswith(str(company.own_vendor)))
    reference_name = " ".join(company.reference)
    named = [row for row in rows if reference_name in str(row["Product"].value)]
    assert named[0]["Against the reference"].value == 0
    for row in rows:
        price = row["In price currency"].value
        reference = named[0]["In price currency"].value
        assert row["Against the reference"].value == pytest.approx(price / reference - 1)
        assert row["Against our cheapest"].value == pytest.approx(price / own - 1)


@pytest.mark.parametrize("pack", ["baba", "daily"])
def test_every_cell_of_the_price_table_is_live(report: Reports, pack: str) -> None:
    rows = table(report(pack), TAB, "Product", "Market", "State")
    assert all(cell.formula for row in rows for cell in row.values())


@pytest.mark.parametrize("pack", ["baba", "tokyo", "daily"])
def test_the_chart_draws_each_price_once_as_ours_or_as_a_competitor_s(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    own, other = chart(built, TAB, "Product prices").series
    names = [row["Product"].value for row in table(built, TAB, "Product", "Market", "State")]
    assert held(built, own.categories) == names
    vendor = str(built.pack.company.own_vendor)
    for name, price, ours, theirs in zip(
        names,
        built.solved.values[offers.value].tolist(),
        held(built, own.values),
        held(built, other.values),
        strict=True,
    ):
        expected = (price, "n/a") if str(name).startswith(vendor) else ("n/a", price)
        assert (ours, theirs) == expected


@pytest.mark.parametrize("pack", ["tokyo", "daily"])
def test_quartiles_are_those_of_the_newest_figure_of_each_company(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    newest: dict[str, dict[str, float]] = {}
    for peer in sorted(built.pack.rows.peers, key=lambda row: row.published):
        newest.setdefault(peer.metric, {})[peer.peer] = peer.value
    for row in table(built, TAB, "Metric", "Median", "Own"):
        figures = list(newest[str(row["Metric"].value)].values())
        shown = [row[name].value for name in ("Lower quartile", "Median", "Upper quartile")]
        assert shown == pytest.approx(np.quantile(figures, [0.25, 0.5, 0.75]).tolist())
        assert row["Companies"].value == len(figures)


def test_our_own_multiple_stands_beside_the_peers(report: Reports) -> None:
    rows = {row["Metric"].value: row for row in table(report("daily"), TAB, "Metric", "Median")}
    assert rows["pe_ntm"]["Own"].value == pytest.approx(46.85 / 2.49, rel=1e-6)
    assert rows["pe_ntm"]["Where we stand"].value == "below the lower quartile"


def test_quartiles_of_multiples_are_shown_as_multiples_are_everywhere(report: Reports) -> None:
    """23.02 times is 23.0x, by the unit that stands beside it."""
    captions = ("Metric", "Lower quartile", "Median", "Upper quartile", "Own")
    (row, *_) = table(report("baba"), "Competitors", *captions)
    assert row["Unit"].value == "x"
    shaped = {
        (row["Unit"].row, col)
        for rule in sheet(report("baba"), "Competitors").conditional_formats
        if rule.style == "shape.multiple" and rule.formula.startswith("=$B")
        for area in rule.ranges
        for col in range(area.first_col, area.last_col + 1)
        if area.first_row <= row["Unit"].row <= area.last_row
    }
    assert shaped == {(row[caption].row, row[caption].col) for caption in captions[1:]}


def test_every_claim_of_a_multiple_of_earnings_is_listed_with_its_source(report: Reports) -> None:
    built = report("baba")
    claims = [row for row in built.pack.rows.claims if row.key == "pe"]
    rows = table(built, TAB, "Company", "Of a peer", "P/E")
    listed = [
        tuple(row[name].value for name in ("Company", "P/E", "Source"))
        for row in rows
        if row["P/E"].value != "n/a"
    ]
    assert listed == [(claim.variant, claim.value, claim.source) for claim in claims]
    assert len(rows) == len(claims) + 5


@pytest.mark.parametrize("pack", ["bare", "no_claims", "pence"])
def test_a_pack_without_products_and_peers_has_no_page_of_n_a(report: Reports, pack: str) -> None:
    tab = sheet(report(pack), TAB)
    assert tab.charts == ()
    told = {cell.value for cell in tab.cells}
    assert "Product prices" not in told
    assert "Multiples of the peers" not in told
    assert "The pack names no products and no peers." in told


def test_a_product_without_a_price_is_named_and_never_valued(tmp_path: Path) -> None:
    inputs = Path(shutil.copytree(REPOSITORY / "inputs", tmp_path / "inputs"))
    with (inputs / "BABA/products.csv").open("a", encoding="utf-8") as file:
        file.write("Xreal,One Pro,,,,,,,2025-11-01,ainvest-catalyst,named by the article\n")
        file.write("Xreal,Later,,,,,,,2025-12-05,ainvest-catalyst,not known yet\n")
    values = dict(by_key(asked("BABA", inputs).solved))
    offer = "offer[product/Xreal/One Pro/]"
    assert values[f"{offer}.name"] == "Xreal One Pro"
    assert values[f"{offer}.state"] == "not priced"
    assert values[f"{offer}.source"] == "ainvest-catalyst"
    assert values[f"{offer}.price"] is None
    told = {key: value for key, value in values.items() if key.endswith(".use") and "Xreal" in key}
    assert told["product[Xreal,One Pro,,ainvest-catalyst,2025-11-01].use"] == "named, not priced"
    assert not any("Later" in key for key in values)
