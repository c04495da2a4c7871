"""Every limit of plausibility at its edges: either way, beyond the first, beyond the second."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model import market, valuation
from reportgen.model.checks import plausibility
from reportgen.model.checks.plausibility import SINGLE, SINGLES, WATCHES
from reportgen.model.dims import CLAIM, CLOSE, FUNDAMENTAL, SEGMENT, TARGET
from reportgen.model.evidence import claims
from reportgen.model.fundamentals import investments, net_cash, series, shares_diluted
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, conversion, market_data
from reportgen.model.inputs.description import as_of, price_currency
from tests.laws.altered import with_rows
from tests.model.by_hand import asked, example, worked_out
from tests.model.reported import Row, day, reporting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line
    from reportgen.model.checks.plausibility import Watch
    from tests.laws.altered import Company

NA = float("nan")
OK, WARN, FAIL = 0, 1, 2
OF = {watch.name: watch for watch in WATCHES}
TODAY = day("2025-11-30")
KNOWN: Mapping[Line, object] = {as_of: TODAY, price_currency: "USD"}


@cache
def company() -> Company:
    return asked(example())


def cases(bear: float, base: float = 100.0, bull: float = 100.0) -> Mapping[Line, object]:
    return {valuation.value: np.array([bear, base, bull])}


def growth(of: Line, largest: float) -> Mapping[Line, object]:
    return {of: np.array([-0.5, 0.0, largest])}


# a price of 100 and 10 million shares
EITHER_WAY = (
    (300, OK), (301, WARN), (1000, WARN), (1001, FAIL), (33.4, OK), (33.3, WARN), (10, WARN),
    (9.9, FAIL), (0, FAIL), (NA, OK),
)  # fmt: skip
BALANCE = ((1000, OK), (1001, WARN), (3000, WARN), (3001, FAIL), (-1001, WARN), (-3001, FAIL))
GROWTH = ((1.0, OK), (1.01, WARN), (10.0, WARN), (10.01, FAIL))
HEADLINES = [
    *(("bear.value", cases(x), level) for x, level in ((300, OK), (301, WARN), (1001, FAIL))),
    ("bear.value", cases(1), OK),  # a bear case may be as low as it likes
    *(("base.value", cases(1, x), level) for x, level in EITHER_WAY),
    *(("bull.value", cases(1, 2, x), level) for x, level in EITHER_WAY),
    *(("expected_value", {valuation.expected_value: x}, level) for x, level in EITHER_WAY),
    *(("hype.consensus", {price_targets.consensus: x}, level) for x, level in EITHER_WAY),
    *(("net_cash", {net_cash: x}, level) for x, level in BALANCE),
    *(("investments", {investments: x}, level) for x, level in BALANCE),
    *(
        ("dividend", {conversion.dividend: x}, level)
        for x, level in ((15, OK), (15.1, WARN), (50, WARN), (50.1, FAIL))
    ),
    *(
        ("own_pe", {valuation.own_pe: x}, level)
        for x, level in ((200, OK), (201, WARN), (2000, WARN), (2001, FAIL), (0.1, OK))
    ),
    *(
        ("own_pe_low", {valuation.own_pe: x}, level)
        for x, level in ((2, OK), (1.99, WARN), (0.2, WARN), (0.19, FAIL), (2001, OK))
    ),
    *(("eps_growth", growth(assumptions.eps_growth, x), level) for x, level in GROWTH),
    *(("ebitda_growth", growth(assumptions.ebitda_growth, x), level) for x, level in GROWTH),
    *(("book_growth", growth(assumptions.book_growth, x), level) for x, level in GROWTH),
]


@pytest.mark.parametrize(("name", "stated", "level"), HEADLINES)
def test_a_headline_figure_is_plausible_up_to_its_limits(
    name: str, stated: Mapping[Line, object], level: int
) -> None:
    given = {market.price: 100.0, shares_diluted: 10.0, **stated}
    found = worked_out(OF["headline"].level, given, company())
    assert found[list(SINGLES).index(name)] == level


def test_every_headline_figure_has_its_limits_tried() -> None:
    assert {name for name, _, _ in HEADLINES} == set(SINGLES)


@pytest.mark.parametrize(
    ("target", "level"),
    [(300, OK), (301, WARN), (33.4, OK), (33.3, WARN), (5000, WARN), (NA, OK)],
)
def test_a_target_far_from_the_close_at_its_issue_warns_and_never_fails(
    target: float, level: int
) -> None:
    size = len(company().members[TARGET])
    stated = {
        price_targets.candidate: np.array([1.0, 0.0, *[NA] * (size - 2)]),
        price_targets.per_share: np.full(size, float(target)),
        price_targets.close_at_issue: np.full(size, 100.0),
    }
    found = worked_out(OF["target"].level, stated, company())
    assert found.tolist() == [level, *[OK] * (size - 1)]


@pytest.mark.parametrize(
    ("target", "close", "confirmed", "aside"),
    [
        (1000.0, 100.0, 0, 0),
        (1001.0, 100.0, 0, 1),
        (10.0, 100.0, 0, 0),
        (9.9, 100.0, 0, 1),
        (1001.0, 100.0, 1, 0),
        (1001.0, NA, 0, 0),  # kept where its close is not known
        (NA, 100.0, 0, 1),  # in a currency without a rate
        (NA, 100.0, 1, 0),
    ],
)
def test_a_target_beyond_the_second_limit_is_set_aside_unless_confirmed(
    target: float, close: float, confirmed: int, aside: int
) -> None:
    size = len(company().members[TARGET])
    stated = {
        price_targets.candidate: np.array([1.0, *[0.0] * (size - 1)]),
        price_targets.per_share: np.full(size, target),
        price_targets.close_at_issue: np.full(size, close),
        price_targets.confirmed: np.full(size, float(confirmed)),
    }
    found = worked_out(price_targets.set_aside, stated, company())
    assert found.tolist() == [aside, *[0] * (size - 1)]
    counts = worked_out(price_targets.counts, stated, company())
    assert counts.tolist() == [1 - aside, *[0] * (size - 1)]


@pytest.mark.parametrize(
    ("key", "claimed", "level"),
    [
        ("price", 150, OK),
        ("price", 151, WARN),
        ("price", 300, WARN),
        ("price", 301, FAIL),
        ("price", 67, OK),
        ("price", 66, WARN),
        ("price", 33, FAIL),
        ("bull_target", 1000, OK),
    ],
)
def test_a_claimed_price_is_held_to_the_close_of_its_day(
    key: str, claimed: float, level: int
) -> None:
    closes = {market_data.close_date: [TODAY - 30, TODAY], market_data.close: [100.0, 900.0]}
    case = asked(with_rows(example(), CLOSE, 2, closes))
    size = len(case.members[CLAIM])
    stated = {
        claims.claim_key: np.array([key] * size, dtype=object),
        claims.claim_known: np.ones(size),
        claims.claim_seen: np.full(size, TODAY - 30),
        claims.claim_value: np.full(size, float(claimed)),
    }
    assert worked_out(OF["claim"].level, stated, case).tolist() == [level] * size


def levels(watch: Watch, *rows: Row) -> list[float]:
    found: list[float] = worked_out(watch.level, KNOWN, asked(reporting(*rows))).tolist()
    return found


@pytest.mark.parametrize(
    ("count", "level"),
    [(125, OK), (126, WARN), (300, WARN), (301, FAIL), (80, OK), (79, WARN), (33, FAIL)],
)
def test_a_share_count_is_held_to_the_one_before(count: float, level: int) -> None:
    before = Row("2025-06-30", 100, series="group/shares_diluted")
    mistyped = before._replace(value=9, published="2025-08-01")  # restated since
    now = Row("2025-09-30", count, series="group/shares_diluted")
    assert levels(OF["shares"], before, mistyped, now) == [OK, OK, level]


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (5, OK),
        (5.1, WARN),
        (50, WARN),
        (50.1, FAIL),
        (0.2, OK),
        (0.19, WARN),
        (0.01, FAIL),
        (-9, OK),
    ],
)
@pytest.mark.parametrize("name", ["group/eps", "group/ebitda", "cloud/revenue"])
def test_a_figure_that_feeds_a_value_is_held_to_the_one_before(
    name: str, value: float, level: int
) -> None:
    rows = [Row("FY2025-Q1", 1, series=name), Row("FY2025-Q2", value, series=name)]
    year = Row("FY2024", 1000, series=name)  # of another length
    assert levels(OF["series"], *rows, year) == [OK, level, OK]


def test_a_figure_that_feeds_no_value_may_jump() -> None:
    rows = [Row(f"FY2025-Q{k}", 100.0**k, series="group/operating_income") for k in (1, 2)]
    assert levels(OF["series"], *rows) == [OK, OK]


@pytest.mark.parametrize("name", ["net_cash", "investments", "book_value"])
def test_a_balance_is_held_to_the_one_before(name: str) -> None:
    rows = [Row(on, x, series=f"group/{name}") for on, x in (("2025-06-30", 1), ("2025-09-30", 6))]
    assert levels(OF["series"], *rows) == [OK, WARN]


@pytest.mark.parametrize(
    ("stated", "level"),
    [
        (0.5, OK),
        (0.509, OK),
        (0.511, WARN),
        (0.489, WARN),
        (0.99, WARN),
        (1.01, FAIL),
        (-0.01, FAIL),
    ],
)
def test_a_stated_change_is_held_to_the_two_figures(stated: float, level: int) -> None:
    rows = [Row("FY2024-Q3", 100), Row("FY2025-Q3", 150, yoy=stated)]
    assert levels(OF["yoy"], *rows) == [OK, level]


@pytest.mark.parametrize(
    ("base", "typed", "level"),
    [
        (109.9, 1, OK),
        (110.1, 1, WARN),
        (300.1, 1, FAIL),
        (91.0, 1, OK),
        (90.8, 1, WARN),
        (33.0, 1, FAIL),
        (500.0, 0, OK),  # not typed
        (-500.0, 1, OK),  # a profit that is expected of a loss, or the other way
    ],
)
def test_a_typed_base_is_held_to_the_twelve_months(base: float, typed: int, level: int) -> None:
    size = len(company().members[SEGMENT])
    stated = {
        valuation.is_typed: np.full(size, float(typed)),
        valuation.base_metric: np.full(size, base),
        valuation.reported: np.full(size, 100.0),
    }
    assert worked_out(OF["base"].level, stated, company()).tolist() == [level] * size


@pytest.mark.parametrize(("largest", "level"), GROWTH)
def test_growth_of_a_segment_is_plausible_up_to_its_limits(largest: float, level: int) -> None:
    size = len(company().members[SEGMENT])
    of_cases = np.array([[-0.5], [largest], [0.0]]) * np.ones((1, size))
    found = worked_out(OF["growth"].level, {assumptions.growth: of_cases}, company())
    assert found.tolist() == [level] * size


@pytest.mark.parametrize("watch", WATCHES, ids=lambda watch: watch.name)
def test_what_is_confirmed_counts_no_more_and_the_first_of_the_worst_is_named(
    watch: Watch,
) -> None:
    case = asked(reporting(*(Row(f"FY2025-Q{k}", 1) for k in (1, 2, 3))))
    dim = watch.measure.dims[0]
    if dim not in {SINGLE, SEGMENT, TARGET, CLAIM, FUNDAMENTAL}:
        pytest.fail(f"a watch along {dim.name} is not tried")
    size = len(case.members[dim])
    measured = np.full(size, NA)
    measured[:3] = [3500.0, 4000.0, 4000.0]  # beyond every limit
    stated = {watch.measure: measured, watch.confirmed: np.zeros(size)}
    count = watch.failed if watch.name != "target" else watch.warned
    key = case.given[watch.key]
    assert worked_out(count, stated, case) == 3
    assert worked_out(watch.said, stated, case) == key[0]
    assert worked_out(watch.said_measure, stated, case) == 3500
    stated[watch.confirmed][0] = 1
    assert worked_out(count, stated, case) == 2
    assert worked_out(watch.said, stated, case) == key[1]
    stated[watch.confirmed][:] = 1
    assert worked_out(count, stated, case) == 0
    assert worked_out(watch.said, stated, case) == ""
    assert np.isnan(worked_out(watch.said_measure, stated, case))


@pytest.mark.parametrize("watch", WATCHES, ids=lambda watch: watch.name)
@pytest.mark.parametrize("part", ["warned", "failed"])
def test_figures_of_every_kind_are_counted(watch: Watch, part: str) -> None:
    stated = {getattr(one, part): 0.0 for one in WATCHES} | {getattr(watch, part): 2.0}
    assert worked_out(getattr(plausibility, part), stated, company()) == 2


def test_a_row_without_a_series_is_no_share_count() -> None:
    blank = {series: np.array(["/"] * 2, dtype=object)}
    case = asked(reporting(Row("2025-06-30", 1), Row("2025-09-30", 900)))
    assert worked_out(OF["shares"].level, {**KNOWN, **blank}, case).tolist() == [OK, OK]
