"""Bases, levels in 12 months and the four methods, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model import launch, peers, twelve_months, valuation
from reportgen.model.dims import SEGMENT
from reportgen.model.fundamentals import book_value, investments, net_cash, shares_diluted
from reportgen.model.inputs import assumptions, conversion
from reportgen.model.inputs.description import segment_id, segment_metric
from reportgen.model.words import published_of
from tests.model.by_hand import example, worked_out

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line

NA = float("nan")
JANUARY, MARCH = 45658.0, 45717.0
CASES = (3,)
SEGMENTS = len(example().members[SEGMENT])
CELLS = (3, SEGMENTS)


@pytest.mark.parametrize(
    ("typed", "on", "override", "reported", "reported_on", "base"),
    [
        (100.0, MARCH, NA, 120.0, JANUARY, 100.0),  # typed since the results
        (100.0, JANUARY, NA, 120.0, MARCH, 120.0),  # rolled on by newer results
        (100.0, MARCH, NA, 120.0, MARCH, 100.0),  # of one day what is typed
        (100.0, JANUARY, NA, NA, MARCH, 100.0),
        (NA, NA, NA, 120.0, MARCH, 120.0),
        (NA, NA, NA, NA, NA, NA),
        (90.0, JANUARY, 90.0, 120.0, MARCH, 90.0),  # an override, whatever the days
    ],
)
def test_the_base_is_the_newer_of_what_is_typed_and_what_is_reported(
    typed: float, on: float, override: float, reported: float, reported_on: float, base: float
) -> None:
    given: dict[Line, object] = {
        assumptions.base_stated.override: override,
        published_of(assumptions.base_stated): on,
        conversion.base_typed: typed,
        valuation.reported: reported,
        valuation.reported_on: reported_on,
    }
    stated = {line: np.full(SEGMENTS, value) for line, value in given.items()}
    found = worked_out(valuation.base_metric, stated)
    assert np.array_equal(found, np.full(SEGMENTS, base), equal_nan=True)


def test_what_a_segment_reported_is_that_of_its_own_metric_in_the_currency_of_reporting() -> None:
    names = example().given[twelve_months.flow_series]
    stated = {
        segment_id: np.array(["cloud"] * SEGMENTS, dtype=object),
        segment_metric: np.array(["revenue", *["profit"] * (SEGMENTS - 1)], dtype=object),
        twelve_months.twelve_months: np.where(names == "cloud/revenue", 50.0, 7.0),
        twelve_months.known_since: np.where(names == "cloud/revenue", MARCH, JANUARY),
        conversion.fx: 8.0,
    }
    assert worked_out(valuation.reported, stated)[0] == 400
    assert worked_out(valuation.reported_on, stated)[0] == MARCH
    assert np.isnan(worked_out(valuation.reported, stated)[1:]).all()


LEVELS = [
    # level, its day and override, growth, its day and override, level in 12 months from a base
    (130.0, MARCH, NA, 0.1, JANUARY, NA, 100.0, 130.0),
    (130.0, JANUARY, NA, 0.1, MARCH, NA, 100.0, 110.0),
    (130.0, MARCH, NA, 0.1, MARCH, NA, 100.0, 130.0),  # of one day the level
    (NA, NA, NA, 0.1, JANUARY, NA, 100.0, 110.0),
    (130.0, JANUARY, NA, NA, NA, NA, 100.0, 130.0),
    (130.0, JANUARY, 130.0, 0.1, MARCH, NA, 100.0, 130.0),  # an override counts
    (130.0, MARCH, NA, 0.1, JANUARY, 0.1, 100.0, 110.0),  # of either
    (NA, NA, NA, 0.1, JANUARY, NA, -100.0, -90.0),  # growth of a loss is a smaller loss
    (-20.0, MARCH, NA, 0.1, JANUARY, NA, -100.0, -20.0),
    (NA, NA, NA, 0.1, JANUARY, NA, NA, NA),
    (NA, NA, NA, NA, NA, NA, 100.0, NA),
]


@pytest.mark.parametrize("row", LEVELS)
def test_a_level_in_12_months_is_the_newer_of_a_level_and_growth(row: tuple[float, ...]) -> None:
    level, level_on, level_override, growth, growth_on, growth_override, base, found = row
    segments: dict[Line, object] = {
        conversion.level_typed: level,
        published_of(assumptions.level_stated): level_on,
        assumptions.level_stated.override: level_override,
        assumptions.growth: growth,
        published_of(assumptions.growth): growth_on,
        assumptions.growth.override: growth_override,
    }
    stated = {line: np.full(CELLS, value) for line, value in segments.items()}
    stated[valuation.base_metric] = np.full(SEGMENTS, base)
    of_segments = worked_out(valuation.level, stated)
    assert of_segments == pytest.approx(np.full(CELLS, found), nan_ok=True)
    earnings: dict[Line, object] = {
        conversion.eps_level_typed: level,
        published_of(assumptions.eps_level_stated): level_on,
        assumptions.eps_level_stated.override: level_override,
        assumptions.eps_growth: growth,
        published_of(assumptions.eps_growth): growth_on,
        assumptions.eps_growth.override: growth_override,
    }
    stated = {line: np.full(CASES, value) for line, value in earnings.items()}
    stated[twelve_months.eps_reference] = np.array(base)
    of_eps = worked_out(valuation.eps_12m, stated)
    assert of_eps == pytest.approx(np.full(CASES, found), nan_ok=True)


def test_levels_in_another_currency_are_converted() -> None:
    codes = example().given[conversion.currency_code].tolist()
    stated: dict[Line, object] = {
        conversion.price_currency: "USD",
        conversion.reporting_currency: "CNY",
        conversion.fx: 8.0,
        conversion.cross: np.array([4.0 if code == "EUR" else NA for code in codes]),
        assumptions.level_currency: np.array(["EUR"] * SEGMENTS, dtype=object),
        assumptions.level_stated: np.full(CELLS, 10.0),
        assumptions.eps_level_currency: "EUR",
        assumptions.eps_level_stated: np.full(CASES, 10.0),
    }
    assert worked_out(conversion.level_typed, stated).ravel().tolist() == [20.0] * 3 * SEGMENTS
    assert worked_out(conversion.eps_level_typed, stated).tolist() == [2.5] * 3


@pytest.mark.parametrize("stakes_in", [NA, 1.0, 0.0])
def test_the_sum_of_the_parts(stakes_in: float) -> None:
    values = np.zeros(CELLS)
    values[:, 0], values[:, 1] = 1000.0, -200.0  # the discount is taken off the positive one
    stated: dict[Line, object] = {
        valuation.level: values,
        assumptions.multiple: np.ones(CELLS),
        assumptions.conglomerate_discount: np.array([0.3, 0.2, 0.0]),
        conversion.fx: 8.0,
        net_cash: 60.0,
        investments: 40.0,
        assumptions.investment_haircut: np.array([0.5, 0.25, 0.0]),
        valuation.stakes_choice: stakes_in,
        shares_diluted: 10.0,
        launch.value: 1.0,
        launch.value_bull: 3.0,
        assumptions.cost_of_equity: 0.1,
        conversion.dividend: 2.0,
    }
    # (1000 x (1 - discount) - 200) / 8
    assert worked_out(valuation.ev, stated).tolist() == [62.5, 75.0, 100.0]
    stakes = np.array([20.0, 30.0, 40.0]) * (stakes_in != 0)
    assert worked_out(valuation.stakes, stated).tolist() == stakes.tolist()
    today = (np.array([62.5, 75.0, 100.0]) + 60 + stakes) / 10 + np.array([0, 1, 3])
    assert worked_out(valuation.sotp_today, stated) == pytest.approx(today)
    assert worked_out(valuation.sotp_12m, stated) == pytest.approx(today * 1.1 - 2)
    assert worked_out(valuation.sotp_12m, {**stated, net_cash: -600.0}).tolist() == [0, 0, 0]
    unknown = worked_out(valuation.launch, {**stated, launch.value: NA, launch.value_bull: NA})
    assert unknown.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("eps", "pe"), [((2.0, 3.0, 4.0), (20.0, 45.0, 80.0)), ((-2.0, 0.0, 4.0), (0.0, 0.0, 80.0))]
)
def test_a_loss_a_share_is_worth_nothing_by_p_e(
    eps: tuple[float, ...], pe: tuple[float, ...]
) -> None:
    stated = {
        valuation.eps_12m: np.array(eps),
        valuation.pe_multiple: np.array([10.0, 15.0, 20.0]),
    }
    assert tuple(worked_out(valuation.pe_12m, stated)) == pe


@pytest.mark.parametrize(
    ("peer_pe", "discount", "choice", "bull"),
    [
        (30.0, 0.2, NA, 24.0),
        (NA, 0.2, NA, 20.0),
        (30.0, NA, NA, 20.0),
        (30.0, 0.2, 1.0, 20.0),  # the reader's choice: our own
        (30.0, 0.2, 2.0, 24.0),  # or the peers'
        (NA, 0.2, 2.0, NA),
    ],
)
def test_the_bull_multiple_is_that_of_the_peers_less_a_discount_where_both_are_known(
    peer_pe: float, discount: float, choice: float, bull: float
) -> None:
    stated = {
        assumptions.pe_assumed: np.array([10.0, 15.0, 20.0]),
        peers.peer_pe: peer_pe,
        assumptions.peer_pe_discount: discount,
        valuation.pe_choice: choice,
    }
    found = worked_out(valuation.pe_multiple, stated)
    assert found == pytest.approx(np.array([10.0, 15.0, bull]), nan_ok=True)


# 10 in 12 months is 9, 10 or 11; times 8, 11 and 16 that is 72, 110 and 176; stakes are 13, 25, 34
@pytest.mark.parametrize(
    ("ebitda", "cash", "found"),
    [
        (10.0, 20.0, (10.5, 15.5, 23.0)),
        (10.0, -500.0, (0.0, 0.0, 0.0)),
        (-10.0, 200.0, (12.5, 11.5, 9.0)),  # growth of a loss is a smaller loss: -11, -10, -9
        (NA, 20.0, (NA, NA, NA)),
    ],
)
def test_ev_ebitda(ebitda: float, cash: float, found: tuple[float, ...]) -> None:
    flows = example().given[twelve_months.flow_series]
    stated = {
        twelve_months.twelve_months: np.where(flows == "group/ebitda", ebitda, 1.0),
        conversion.fx: 8.0,
        assumptions.ebitda_growth: np.array([-0.1, 0.0, 0.1]),
        assumptions.ev_ebitda_multiple: np.array([8.0, 11.0, 16.0]),
        net_cash: cash,
        investments: 40.0,
        assumptions.investment_haircut: np.array([0.675, 0.375, 0.15]),
        valuation.stakes_choice: NA,
        shares_diluted: 10.0,
    }
    assert worked_out(valuation.ev_ebitda_12m, stated) == pytest.approx(
        np.array(found), nan_ok=True
    )


@pytest.mark.parametrize(
    ("book", "found"), [(100.0, (4.5, 10.0, 22.0)), (-100.0, (0, 0, 0)), (NA, (NA, NA, NA))]
)
def test_p_b(book: float, found: tuple[float, ...]) -> None:
    stated = {
        book_value: book,
        shares_diluted: 10.0,
        assumptions.book_growth: np.array([-0.1, 0.0, 0.1]),
        assumptions.pb_multiple: np.array([0.5, 1.0, 2.0]),
    }
    assert worked_out(valuation.pb_12m, stated) == pytest.approx(np.array(found), nan_ok=True)


KNOWN = [80.0, 100.0, 120.0]


@pytest.mark.parametrize(
    ("sotp", "pe", "ev_ebitda", "pb", "weights", "found"),
    [
        (KNOWN, KNOWN, KNOWN, KNOWN, (0.4, 0.3, 0.2, 0.1), KNOWN),
        ([0, 0, 0], KNOWN, KNOWN, KNOWN, (0.5, 0.5, 0, 0), [40, 50, 60]),
        (KNOWN, [100, 200, 300], [50, 60, 70], [10, 20, 30], (2, 1, 1, 0), [77.5, 115, 152.5]),
        (KNOWN, KNOWN, KNOWN, [10, 20, 30], (0, 0, 0, 1), [10, 20, 30]),
        # a method that one case lacks counts in none of them
        (KNOWN, [NA, 9, 9], [1, 2, 3], KNOWN, (0.5, 0.4, 0.5, 0), [40.5, 51, 61.5]),
        (KNOWN, [9, 9, NA], KNOWN, KNOWN, (0.2, 0.8, 0, 0), KNOWN),
        ([9, NA, 9], KNOWN, KNOWN, KNOWN, (0.9, 0.1, 0, 0), KNOWN),
        ([9, NA, 9], KNOWN, KNOWN, KNOWN, (1, 0, 0, 0), [NA, NA, NA]),
        (KNOWN, KNOWN, KNOWN, KNOWN, (0, 0, 0, 0), [NA, NA, NA]),
        # put in order: bear is no more than base, bull no less
        ([110, 100, 90], KNOWN, KNOWN, KNOWN, (1, 0, 0, 0), [100, 100, 100]),
        ([90, 100, 120], KNOWN, KNOWN, KNOWN, (1, 0, 0, 0), [90, 100, 120]),
    ],
)
def test_a_case_is_the_weighted_mean_of_the_methods_known_in_all_three(
    sotp: list[float],
    pe: list[float],
    ev_ebitda: list[float],
    pb: list[float],
    weights: tuple[float, ...],
    found: list[float],
) -> None:
    methods = zip(valuation.METHODS.values(), (sotp, pe, ev_ebitda, pb), weights, strict=True)
    stated: dict[Line, object] = {}
    for method, values, weight in methods:
        stated |= {
            method.value: np.array(values, dtype=float),
            method.unfloored: np.array(values, dtype=float) - 5,
            method.weight: float(weight),
        }
    assert worked_out(valuation.value, stated) == pytest.approx(np.array(found), nan_ok=True)
    unfloored = worked_out(valuation.unfloored_value, stated)
    raw = worked_out(valuation.raw_value, stated)
    assert unfloored == pytest.approx(raw - 5, nan_ok=True)


@pytest.mark.parametrize(("eps", "own"), [(5.0, 20.0), (0.0, NA), (-5.0, NA), (NA, NA)])
def test_the_own_p_e_needs_a_profit(eps: float, own: float) -> None:
    stated = {twelve_months.eps_reference: eps, valuation.price: 100.0}
    assert worked_out(valuation.own_pe, stated) == pytest.approx(own, nan_ok=True)
