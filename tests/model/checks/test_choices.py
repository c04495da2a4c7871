"""A text where a number belongs, and a choice of what is not offered, FAIL a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.expr.numeric import MISFIT
from reportgen.model import launch, stance
from reportgen.model.checks import bounds, catalogue, choices, directions, readiness
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, conversion, description, market_data
from reportgen.model.inputs.constants import policy
from reportgen.model.report_question import answer
from reportgen.model.valuation import pe_choice, scenario_choice, stakes_choice
from reportgen.model.whatif import grids
from tests.report.rebuilt import pack_of, question_of

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.expr.solve import Solved
    from reportgen.model.question import Question

Index = int | tuple[int, ...]


@pytest.fixture(scope="module")
def asked() -> Question:
    return question_of(pack_of("baba"))


def solved(asked: Question, *typed: tuple[Line, Index, float | str]) -> Solved:
    """The answer when something is typed into cells."""
    given = {line: values.copy() for line, values in asked.given.items()}
    for line, at, value in typed:
        given[line][at] = value
    return answer(
        type(asked)(asked.case, asked.members, given, asked.lines, asked.what_ifs, asked.links)
    )


def fails(found: Solved) -> list[str]:
    """The labels of the checks that FAIL."""
    values = found.values
    return [
        str(name)
        for name, status in zip(values[catalogue.label], values[catalogue.status], strict=True)
        if status == "FAIL"
    ]


TEXT = "Every cell for a number holds one, or nothing"
CHOICE = "Every choice is one of those offered"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        (assumptions.growth.override, (2, 1)),
        (assumptions.cost_of_equity.override, ()),
        (policy("grid.growth_step").override, ()),
        (conversion.per_euro.override, 1),
        (market_data.close.override, 5),
        (market_data.benchmark_date, 3),
        (price_targets.published, -1),
        (price_targets.stated.override, -1),
        (claims.claim_observed, 0),
        (description.launch_date.override, ()),
        (launch.market_choice, ()),
        (claims.fact_choice, 0),
        (grids.segment_choice, ()),
    ],
    ids=lambda value: value.key if not isinstance(value, int | tuple) else "",
)
def test_a_text_or_an_error_in_a_cell_for_a_number_fails(
    asked: Question, line: Line, at: Index
) -> None:
    found = solved(asked, (line, at, MISFIT))
    assert TEXT in fails(found)
    assert found.values[bounds.misfit_count] == 1
    assert found.values[readiness.call] == "BLOCKED"


def test_texts_are_counted_cell_by_cell(asked: Question) -> None:
    texts = [(assumptions.multiple.override, (k, 0), MISFIT) for k in range(3)]
    found = solved(asked, *texts, (stakes_choice, (), MISFIT))
    assert found.values[bounds.misfit_count] == 4


@pytest.mark.parametrize(
    ("line", "at", "value"),
    [
        (scenario_choice, (), "buull"),
        (grids.segment_choice, (), 9.0),
        (grids.segment_choice, (), 1.5),
        (stakes_choice, (), 2.0),
        (pe_choice, (), 3.0),
        (launch.market_choice, (), 0.0),
        (claims.fact_choice, 0, 999.0),
        (products.offer_choice, 0, -1.0),
    ],
)
def test_a_choice_of_what_is_not_offered_fails(
    asked: Question, line: Line, at: Index, value: float | str
) -> None:
    assert CHOICE in fails(solved(asked, (line, at, value)))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (scenario_choice, ""),
        (scenario_choice, "BULL"),
        (grids.segment_choice, 2.0),
        (stakes_choice, 0.0),
        (pe_choice, 2.0),
        (launch.market_choice, 1.0),
    ],
)
def test_a_choice_of_what_is_offered_is_none_of_the_checks_business(
    asked: Question, line: Line, value: float | str
) -> None:
    assert solved(asked, (line, (), value)).values[choices.count] == 0


AXES = (directions.by_growth, directions.by_multiple, directions.by_eps_growth, directions.by_pe)


@pytest.mark.parametrize(
    "typed",
    [
        (),
        ((assumptions.base_stated.override, 0, -50_000.0),),
        ((assumptions.multiple.override, (1, 0), 0.0),),
        ((assumptions.eps_growth.override, 1, -1.0),),
        ((assumptions.cost_of_equity.override, (), 0.0),),
        ((assumptions.dividend_stated.override, (), 500.0),),
        ((grids.segment_choice, (), 3.0),),
    ],
)
def test_figures_move_the_right_way_whatever_the_inputs(
    asked: Question, typed: tuple[tuple[Line, Index, float | str], ...]
) -> None:
    found = solved(asked, *typed)
    changes = [float(found.values[axis]) for axis in AXES]
    assert all(np.isnan(change) or change > -1e-6 for change in changes)
    dearer = float(found.values[directions.buy_below_dearer].item())
    assert dearer <= float(found.values[stance.buy_below]) + 1e-6
