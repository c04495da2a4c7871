"""What the cells of a report are called in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.expr.nodes import Unit
from reportgen.model import fundamentals
from reportgen.model.cell_names import cell_name, fact_in_words, name_of, unit_words
from reportgen.model.dims import CLAIM, FUNDAMENTAL, PRODUCT, TARGET
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions
from tests.differences.case_ends import NOVEMBER, end_at
from tests.laws.altered import with_rows
from tests.model.by_hand import example
from tests.model.reported import day

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line

SEGMENTS = {"cloud": "Cloud Intelligence"}


@pytest.mark.parametrize(
    ("line", "at", "name"),
    [
        (assumptions.growth, ("bull", "cloud"), "Growth: Cloud Intelligence, bull"),
        (assumptions.growth, ("bull", "games"), "Growth: games, bull"),
        (claims.facts.value, ("price/ADS",), "Value used: price ADS"),
        (products.offers.value, ("product/Acme/Big_Anvil/G1",), "Value used: Acme Big Anvil G1"),
        (fundamentals.net_cash, (), "Net cash"),
        (price_targets.stated, ("A_B/C",), f"{price_targets.stated.label}: A_B/C"),
    ],
)
def test_a_cell_is_called_by_its_line_and_members_the_case_last(
    line: Line, at: tuple[str, ...], name: str
) -> None:
    assert name_of(line, at, SEGMENTS) == name


NAN = float("nan")
DAY = day("2025-11-03")
ROWS: list[tuple[Line, Dim, dict[Line, object], str]] = [
    (
        price_targets.stated,
        TARGET,
        {price_targets.broker: "Coyote", price_targets.published: DAY},
        "Target: Coyote, 2025-11-03",
    ),
    (
        price_targets.horizon,
        TARGET,
        {price_targets.broker: "Coyote", price_targets.published: NAN},
        "Target: Coyote, horizon, months",
    ),
    (
        price_targets.stated,
        TARGET,
        {price_targets.broker: "", price_targets.published: 1e9},
        "Target",
    ),
    (
        fundamentals.value,
        FUNDAMENTAL,
        {
            fundamentals.segment: "cloud",
            fundamentals.metric: "ebita",
            fundamentals.period: "FY2026-Q2",
            fundamentals.period_end: DAY,
        },
        "EBITA: Cloud Intelligence, FY2026-Q2",
    ),
    (
        fundamentals.yoy,
        FUNDAMENTAL,
        {
            fundamentals.segment: "games",
            fundamentals.metric: "net_cash",
            fundamentals.period: "",
            fundamentals.period_end: DAY,
        },
        "Net cash: games, 2025-11-03, change on a year",
    ),
    (
        products.product_price,
        PRODUCT,
        {
            products.product_name: "Anvil",
            products.product_variant: "",
            products.product_source: "wire",
            products.product_observed: NAN,
            products.product_published: DAY,
        },
        "Price: Anvil (wire, 2025-11-03)",
    ),
    (
        claims.claim_amount,
        CLAIM,
        {
            claims.claim_key: "ai_capex_3y",
            claims.claim_variant: "all_of_it",
            claims.claim_source: "",
            claims.claim_observed: DAY,
            claims.claim_published: DAY + 1,
        },
        "Claimed AI capex 3 years: All of it (2025-11-03)",
    ),
    (
        claims.claim_amount,
        CLAIM,
        {
            claims.claim_key: "market_size",
            claims.claim_variant: "anvils 2026",
            claims.claim_source: "wire",
            claims.claim_observed: NAN,
            claims.claim_published: NAN,
        },
        "Claimed market size: anvils 2026 (wire)",
    ),
]


@pytest.mark.parametrize(("line", "dim", "row", "name"), ROWS)
def test_a_row_of_a_table_is_called_by_what_it_is_about(
    line: Line, dim: Dim, row: dict[Line, object], name: str
) -> None:
    case = with_rows(example(), dim, 1, {of: [value] for of, value in row.items()})
    assert cell_name(line, (0,), case.members, case.given) == name
    twice = {**case.members, dim: ("a#2",)}
    figures = {price_targets.stated, fundamentals.value, products.product_price}
    if line in {*figures, claims.claim_amount}:
        assert cell_name(line, (0,), twice, case.given) == f"{name}, no. 2"


@pytest.mark.parametrize(
    ("fact", "words"),
    [("product/Alibaba/Quark AI/G1", "Alibaba Quark AI G1"), ("ai_capex_3y/", "ai capex 3y ")],
)
def test_a_fact_is_told_without_the_marks_of_its_key(fact: str, words: str) -> None:
    assert fact_in_words(fact) == words


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (Unit.PER_SHARE, "USD per share"),
        (Unit.REPORTING_M, "CNY m"),
        (Unit.RATIO, "ratio"),
        (Unit.DAYS, "days"),
    ],
)
def test_a_unit_names_its_currency(unit: Unit, words: str) -> None:
    assert unit_words(unit, end_at("baba", NOVEMBER).solved) == words
