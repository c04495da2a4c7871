"""Whether assumptions agree with each other and with what is known, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.expr.nodes import Unit
from reportgen.model import market, twelve_months, valuation
from reportgen.model.checks import catalogue, differences
from reportgen.model.dims import ESTIMATE, SEGMENT
from reportgen.model.fundamentals import shares_diluted
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, market_data
from reportgen.model.inputs.assumptions import cash_conversion
from reportgen.model.inputs.description import as_of, segment_metric
from reportgen.model.last_month import brokers_then
from reportgen.model.words import line
from tests.laws.altered import with_rows
from tests.model.by_hand import example, worked_out
from tests.model.reported import NA, day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line
    from tests.laws.altered import Company


TODAY = day("2025-11-30")


# --- coherence ---
SEGMENTS = len(example().members[SEGMENT])


def verdict(name: str, stated: Mapping[Line, object], case: Company | None = None) -> float:
    """Whether the check of that name is wrong."""
    (check,) = (one for one in catalogue.gravest_first() if one.label == name)
    return float(worked_out(line("tried", "Tried", Unit.FLAG, check.wrong), stated, case))


@pytest.mark.parametrize(
    ("eps", "level", "metrics", "apart"),
    [
        (1.2, 120.0, "ebita", 0.0),
        (1.45, 120.0, "ebita", 0.25),
        (0.9, 120.0, "ebita", 0.3),
        (1.2, 120.0, "revenue", NA),  # revenue is no earnings
    ],
)
def test_growth_of_eps_is_set_against_that_of_segments_that_are_valued_on_earnings(
    eps: float, level: float, metrics: str, apart: float
) -> None:
    stated = {
        segment_metric: np.array([metrics, *["revenue"] * (SEGMENTS - 1)], dtype=object),
        valuation.level: np.full((3, SEGMENTS), level),
        valuation.base_metric: np.full(SEGMENTS, 100.0),
        valuation.eps_12m: np.array([1.2, 1.2, eps]),
        twelve_months.eps_reference: 1.0,
        assumptions.weight_pe: 0.5,
        assumptions.weight_sotp: 0.5,
    }
    found = worked_out(differences.growths_apart, stated)
    assert found == pytest.approx(apart, nan_ok=True)
    for unweighed in (assumptions.weight_pe, assumptions.weight_sotp):
        assert np.isnan(worked_out(differences.growths_apart, {**stated, unweighed: 0.0}))
    if not np.isnan(apart):
        loss = {**stated, valuation.base_metric: np.full(SEGMENTS, -100.0)}
        assert np.isnan(worked_out(differences.growths_apart, loss))


@pytest.mark.parametrize(
    ("eps", "consensus", "ahead"), [(5.5, 5.0, 0.1), (4.0, 5.0, -0.2), (5.5, -5.0, NA), (5, NA, NA)]
)
def test_base_eps_is_set_against_consensus(eps: float, consensus: float, ahead: float) -> None:
    rows = {
        market_data.estimate_date: [TODAY - 40],
        market_data.estimate: [consensus],
        market_data.estimate_currency: ["USD"],
    }
    stated = {
        as_of: TODAY,
        valuation.eps_12m: np.array([1.0, eps, 9.0]),
        assumptions.weight_pe: 0.5,
    }
    case = with_rows(example(), ESTIMATE, 1, rows)
    found = worked_out(differences.eps_ahead, stated, case)
    assert found == pytest.approx(ahead, nan_ok=True)
    assert np.isnan(worked_out(differences.eps_ahead, {**stated, assumptions.weight_pe: 0}, case))


@pytest.mark.parametrize(
    ("name", "apart", "edge"),
    [
        ("EPS grows as the segments do", differences.growths_apart, 0.25),
        ("Base EPS agrees with consensus EPS", differences.eps_ahead, 0.1),
    ],
)
def test_a_disagreement_is_told_beyond_its_limit(name: str, apart: Line, edge: float) -> None:
    assert verdict(name, {apart: edge}) == 0
    assert verdict(name, {apart: edge + 0.001}) == 1
    assert verdict(name, {apart: -edge - 0.001}) == 1
    assert verdict(name, {apart: NA}) == 0


@pytest.mark.parametrize(
    ("flow", "eps", "reported", "wrong"),
    [
        (10.0, 2.0, 0.5, 0),
        (15.0, 2.0, 0.75, 0),
        (15.2, 2.0, 0.76, 1),
        (4.8, 2.0, 0.24, 1),
        (10, -2.0, NA, 0),
    ],
)
def test_cash_conversion_is_set_against_free_cash_flow_of_the_earnings(
    flow: float, eps: float, reported: float, wrong: int
) -> None:
    names = example().given[twelve_months.flow_series]
    stated = {
        twelve_months.twelve_months: np.where(names == "group/free_cash_flow", flow, 1.0),
        twelve_months.eps_reference: eps,
        shares_diluted: 10.0,
        cash_conversion: 0.5,
    }
    found = worked_out(differences.conversion_reported, stated)
    assert found == pytest.approx(reported, nan_ok=True)
    assert verdict("Cash conversion agrees with free cash flow", stated) == wrong


@pytest.mark.parametrize(
    ("now", "then", "changed"), [(3, 2, 0), (0, 0, 0), (1, 0, 1), (0, 4, 1), (3, NA, 0)]
)
def test_consensus_on_another_basis_than_a_month_ago_is_told(
    now: float, then: float, changed: int
) -> None:
    stated = {price_targets.brokers: float(now), brokers_then: then}
    assert worked_out(differences.basis_changed, stated) == changed


@pytest.mark.parametrize(
    ("weights", "used", "missing"),
    [
        ((0.5, 0.5, 0, 0), (0.5, 0.5, 0, 0), 0),
        ((0.5, 0.5, 0.1, 0), (0.5, 0.5, 0, 0), 1),
        ((1, 1, 1, 1), (0, 0, 0, 0), 4),
    ],
)
def test_methods_with_a_weight_that_do_not_count_are_told(
    weights: tuple[float, ...], used: tuple[float, ...], missing: int
) -> None:
    stated: dict[Line, object] = {}
    for name, weight, of_used in zip(valuation.METHODS, weights, used, strict=True):
        stated[valuation.METHODS[name].weight] = float(weight)
        stated[valuation.weight_used[name]] = float(of_used)
    assert worked_out(differences.methods_missing, stated) == missing


@pytest.mark.parametrize(
    ("eps", "weight", "told"),
    [(1.0, 0.5, 0), (0.0, 0.5, 1), (-1.0, 0.5, 1), (-1.0, 0.0, 0), (NA, 0.5, 0)],
)
def test_p_e_on_a_loss_is_told(eps: float, weight: float, told: int) -> None:
    stated = {twelve_months.eps_reference: eps, assumptions.weight_pe: weight}
    assert worked_out(differences.loss_valued, stated) == told


@pytest.mark.parametrize(
    ("own", "bull", "wrong"), [(20.0, 20.0, 0), (20.1, 20.0, 1), (NA, 20.0, 0)]
)
def test_a_bull_multiple_below_todays_own_is_told(own: float, bull: float, wrong: int) -> None:
    stated = {valuation.own_pe: own, valuation.pe_multiple: np.array([10.0, 15.0, bull])}
    assert verdict("Bull multiple not below today's own P/E", stated) == wrong


@pytest.mark.parametrize("values", [(1, 2, 3), (2, 1, 3), (1, 3, 2)])
def test_cases_that_had_to_be_put_in_order_are_told(values: tuple[float, ...]) -> None:
    found = verdict(
        "Bear, base, bull in order before ordering", {valuation.raw_value: np.array(values)}
    )
    assert found == (list(values) != sorted(values))


@pytest.mark.parametrize("missing", ["Price", "Buy below"])
def test_a_headline_that_is_na_fails(missing: str) -> None:
    (check,) = (one for one in catalogue.CHECKS if one.label == f"{missing} is known")
    assert check.verdict == "FAIL"
    assert verdict(f"{missing} is known", {market.price: NA}) == (missing == "Price")
