"""By how much each input is moved up and down, cut at its bounds, worked out by hand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.expr.evaluate import Evaluator
from reportgen.facts.catalogue import Shock
from reportgen.model.dims import STAKE
from reportgen.model.fundamentals import book_value, investments, net_cash, shares_diluted
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.model.last_month import LastMonth
from reportgen.model.peers import peer_pe
from reportgen.model.report_question import answer, ask
from reportgen.model.twelve_months import eps_reference
from reportgen.model.valuation import base_metric, ebitda_ttm, expected_value
from reportgen.model.whatif import value_at_stake
from tests.model.by_hand import asked, example, worked_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line, WhatIf
    from reportgen.expr.numeric import Array
    from reportgen.model.question import Question

NA = float("nan")


@cache
def question() -> Question:
    return ask(example(), LastMonth(float("nan"), None))


@cache
def values() -> Mapping[Line, Array]:
    return answer(question()).values


@cache
def moves() -> Mapping[str, WhatIf]:
    """What is moved, by key and direction, such as `net_cash,up`."""
    return {move.key: move for move in question().what_ifs[value_at_stake.study]}


def moved(key: str, way: str, stated: Mapping[Line, object]) -> list[float]:
    """The cells that a move puts in place, where some lines have the values stated."""
    known = {line: np.asarray(array)[None] for line, array in {**values(), **stated}.items()}
    reader = Evaluator(known, example().members, {})
    return [reader.cell(node).item() for _, _, node in moves()[f"{key},{way}"].replaced]


def everywhere(of: Line, value: float) -> dict[Line, object]:
    return {of: np.full(np.shape(values()[of]), value)}


TEN_POINTS = [
    ("assumption[growth,bull,cloud]", assumptions.growth),
    ("assumption[eps_growth,bull,]", assumptions.eps_growth),
    ("assumption[conglomerate_discount,bull,]", assumptions.conglomerate_discount),
    ("assumption[investment_haircut,bull,]", assumptions.investment_haircut),
    ("assumption[peer_pe_discount,bull,]", assumptions.peer_pe_discount),
    ("assumption[launch_margin_hardware,all,]", assumptions.launch_margin_hardware),
    ("assumption[launch_margin_ecosystem,all,]", assumptions.launch_margin_ecosystem),
    ("assumption[launch_success_probability,all,]", assumptions.launch_success_probability),
]
ONE_POINT = [
    ("assumption[cost_of_equity,all,]", assumptions.cost_of_equity),
    ("assumption[terminal_growth,all,]", assumptions.terminal_growth),
]
A_FIFTH = [
    ("assumption[multiple,bull,cloud]", assumptions.multiple),
    ("assumption[pe_multiple,bull,]", assumptions.pe_assumed),
    ("peer_pe", peer_pe),
    ("net_cash", net_cash),
    ("investments", investments),
    ("assumption[fade_years,all,]", assumptions.fade_years),
]
A_TENTH = [
    ("segment_base[cloud]", base_metric),
    ("eps_reference", eps_reference),
    ("ebitda_ttm", ebitda_ttm),
    ("book_value", book_value),
]
MOVED = [
    *((key, of, 0.5, 0.6, 0.4) for key, of in TEN_POINTS),
    *((key, of, 0.5, 0.51, 0.49) for key, of in ONE_POINT),
    *((key, of, 50.0, 60.0, 40.0) for key, of in A_FIFTH),
    *((key, of, 50.0, 55.0, 45.0) for key, of in A_TENTH),
    *((key, of, -50.0, -45.0, -55.0) for key, of in A_TENTH),  # up is up for a loss, too
    ("net_cash", net_cash, -50.0, -40.0, -60.0),
    ("shares_diluted", shares_diluted, 50.0, 51.0, 49.0),
    ("fx_reporting", conversion.fx, 8.0, 8.4, 7.6),
    # cut at a bound
    ("assumption[conglomerate_discount,bull,]", assumptions.conglomerate_discount, 0.95, 1, 0.85),
    ("assumption[conglomerate_discount,bull,]", assumptions.conglomerate_discount, 0.05, 0.15, 0),
    ("assumption[growth,bull,cloud]", assumptions.growth, -0.95, -0.85, -1),
    ("assumption[multiple,bull,cloud]", assumptions.multiple, 0, 0, 0),
]


@pytest.mark.parametrize(("key", "of", "own", "up", "down"), MOVED)
def test_an_input_moves_by_the_shock_of_its_kind(
    key: str, of: Line, own: float, up: float, down: float
) -> None:
    currencies: dict[Line, object] = {
        description.price_currency: np.array("USD", dtype=object),
        description.reporting_currency: np.array("CNY", dtype=object),
    }
    stated = {**currencies, **everywhere(of, own)}
    assert moved(key, "up", stated) == pytest.approx([up])
    assert moved(key, "down", stated) == pytest.approx([down])


def test_where_both_currencies_are_one_no_rate_moves() -> None:
    one: dict[Line, object] = {
        description.price_currency: np.array("USD", dtype=object),
        description.reporting_currency: np.array("USD", dtype=object),
        conversion.fx: 1.0,
    }
    assert moved("fx_reporting", "up", one) == moved("fx_reporting", "down", one) == [1.0]


@pytest.mark.parametrize(
    ("chances", "way", "found"),
    [
        ((0.3, 0.4, 0.3), "up", (0.4, 0.4 * 0.6 / 0.7, 0.3 * 0.6 / 0.7)),
        ((0.3, 0.4, 0.3), "down", (0.2, 0.4 * 0.8 / 0.7, 0.3 * 0.8 / 0.7)),
        ((0.95, 0.05, 0.0), "up", (1.0, 0.0, 0.0)),
        ((0.05, 0.95, 0.0), "down", (0.0, 1.0, 0.0)),
    ],
)
def test_the_other_probabilities_share_the_rest_in_proportion(
    chances: tuple[float, ...], way: str, found: tuple[float, ...]
) -> None:
    stated: dict[Line, object] = {assumptions.probability: np.array(chances)}
    assert moved("assumption[probability,bear,]", way, stated) == pytest.approx(list(found))


def test_every_kind_of_shock_is_tried() -> None:
    tried = {of for _, of, *_ in MOVED}
    shocks = {stake.shock for stake in value_at_stake.RESTS_ON if stake.line in tried}
    assert shocks == set(Shock) - {Shock.NONE}


@pytest.mark.parametrize(
    ("up", "down", "stake"),
    [(110.0, 95.0, 10.0), (110.0, 80.0, 20.0), (NA, 95.0, 5.0), (NA, NA, NA)],
)
def test_at_stake_is_the_larger_change(up: float, down: float, stake: float) -> None:
    case = asked(example())
    size = len(case.members[STAKE])
    stated = {value_at_stake.moved: np.array([[up, down]] * size), expected_value: 100.0}
    found = worked_out(value_at_stake.at_stake, stated, case)
    assert found == pytest.approx(np.full(size, stake), nan_ok=True)
