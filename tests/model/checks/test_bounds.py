"""An input out of bounds, however it was typed, FAILs a check and blocks the stance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.facts.bounds import A_DAY, ANY
from reportgen.facts.catalogue import bounds_of
from reportgen.facts.policy import load_policy
from reportgen.model import fundamentals
from reportgen.model.checks import bounds, readiness
from reportgen.model.checks.completeness import BLOCKS, ROW_BY_ROW
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, conversion, description, market_data
from reportgen.model.inputs.constants import policy
from reportgen.model.lines import MODEL
from reportgen.model.report_question import answer
from reportgen.model.words import Entry
from tests.report.rebuilt import pack_of, question_of

if TYPE_CHECKING:
    from reportgen.expr.solve import Solved
    from reportgen.model.question import Question


@pytest.fixture(scope="module")
def asked() -> Question:
    return question_of(pack_of("baba"))


def solved(asked: Question, *typed: tuple[Entry, int | tuple[int, ...], float]) -> Solved:
    """The answer when figures are typed over."""
    given = {line: values.copy() for line, values in asked.given.items()}
    for entry, at, value in typed:
        given[entry.override][at] = value
    return answer(
        type(asked)(asked.case, asked.members, given, asked.lines, asked.what_ifs, asked.links)
    )


def row_of(asked: Question, metric: str) -> int:
    return asked.given[fundamentals.metric].tolist().index(metric)


def test_every_input_as_issued_lies_within_its_bounds(asked: Question) -> None:
    found = solved(asked)
    assert found.values[bounds.count] == 0
    assert found.values[readiness.readiness] != "blocked"


@pytest.mark.parametrize(
    ("entry", "at", "value"),
    [
        (assumptions.cost_of_equity, (), 1.5),
        (assumptions.probability, 0, -0.1),
        (assumptions.growth, (0, 0), -1.1),
        (assumptions.multiple, (2, 1), 1e17),
        (assumptions.base_stated, 0, -1e17),
        (assumptions.fade_years, (), 0.0),
        (assumptions.launch_margin_hardware, (), 1.2),
        (assumptions.hype_switch_launch, (), 0.5),
        (description.adr_ratio, (), 0.0),
        (conversion.per_euro, 1, -1.0),
        (market_data.close, 3, 0.0),
        (market_data.benchmark_close, 3, -2.0),
        (market_data.estimate, 0, -1e17),
        (price_targets.stated, 2, -5.0),
        (products.product_price, 1, 0.0),
        (policy("reliability.tier.wire"), (), 1.5),
        (policy("half_life.price"), (), 0.0),
        (policy("check.launch_ratio"), (), -1.0),
    ],
    ids=lambda value: value.key if isinstance(value, Entry) else str(value),
)
def test_an_input_out_of_bounds_blocks_the_stance(
    asked: Question, entry: Entry, at: int | tuple[int, ...], value: float
) -> None:
    found = solved(asked, (entry, at, value))
    assert found.values[bounds.count] == 1
    assert found.values[readiness.call] == "BLOCKED"


def test_a_result_and_a_claim_are_held_to_what_their_row_is_about(asked: Question) -> None:
    shares, revenue = row_of(asked, "shares_diluted"), row_of(asked, "revenue")
    pe = asked.given[claims.claim_key].tolist().index("pe")
    free = asked.given[claims.claim_key].tolist().index("ai_capex_3y")
    found = solved(
        asked,
        (fundamentals.value, shares, 0.0),
        (fundamentals.yoy, revenue, -1.5),
        (fundamentals.value, revenue, -9.0),
        (claims.claim_amount, pe, -2.0),
        (claims.claim_amount, free, -2.0),
    )
    assert found.values[bounds.count] == 3


def test_the_first_check_that_fails_names_the_bounds(asked: Question) -> None:
    found = solved(asked, (assumptions.hype_optimism_rate, (), 2.0))
    assert found.values[readiness.fail_reason] == "not met: Inputs within their bounds"


def test_every_input_is_counted_in_a_block() -> None:
    counted = {
        of for _, _, cells in BLOCKS for cell in cells for of in ROW_BY_ROW.get(cell, (cell,))
    }
    left_out = {
        line.key
        for line in MODEL
        if isinstance(line, Entry) and line not in counted and not line.key.startswith("policy[")
    }
    assert left_out == set()


def test_every_kind_of_key_has_the_bounds_of_its_reading() -> None:
    free = {line.key for line in MODEL if isinstance(line, Entry) and bounds_of(line.key) == ANY}
    assert free == {
        "assumption[base_metric,all,{segment}]",
        "assumption[benchmark_beta,all,]",
        "assumption[eps_12m,{scenario},]",
        "assumption[metric_12m,{scenario},{segment}]",
        "claim[{claim}]",
        "eps_ntm[{estimate}]",
        "fundamental[{fundamental}]",
        "fundamental[{fundamental}].yoy",
        "peer[{peer_row}]",
    }


def test_the_days_that_may_be_typed_are_those_of_the_policy() -> None:
    known = load_policy()
    assert (A_DAY.low, A_DAY.high) == (known["input.first_day"], known["input.last_day"])
