"""Put the whole question about a case: the model, its what-ifs and what is shown beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.solve import Solved, solve
from reportgen.model import (
    arguments,
    check_list,
    checks,
    freshness,
    input_blocks,
    input_counts,
    last_month,
    out_of_bounds,
    phrases,
)
from reportgen.model.check_list import every_check
from reportgen.model.checks import reasons
from reportgen.model.dims import SCENARIOS, SEGMENT
from reportgen.model.lines import MODEL, constants_beside, lines_of
from reportgen.model.question import Question
from reportgen.model.whatif import alternatives, bridges, grids, hype_range, stakes, without
from reportgen.model.whatif.stakes import moves, ranking, removals

if TYPE_CHECKING:
    from reportgen.model.case.record import Case

PARTS = (
    hype_range,
    bridges,
    grids,
    moves,
    ranking,
    removals,
    alternatives,
    arguments,
    input_counts,
    out_of_bounds,
    every_check,
    reasons,
)
# in the order of calculation
BESIDE = (
    hype_range,
    bridges,
    grids,
    without,
    stakes,
    alternatives,
    arguments,
    freshness,
    input_blocks,
    input_counts,
    out_of_bounds,
    checks,
    check_list,
    last_month,
    phrases,
)
ALL_LINES = (*MODEL, *lines_of(BESIDE, MODEL))


def ask(case: Case, last: Solved | None, last_day: float) -> Question:
    """Return the question of a full report about a case.

    `last` is the solution as of the previous month end, whose Excel serial is `last_day`; None
    where that month could not be valued.
    """
    question = Question(
        case, dict(case.members), dict(case.given), [*constants_beside(ALL_LINES), *ALL_LINES]
    )
    for part in PARTS:
        part.ask(question)
    last_month.ask(question, last, last_day)
    _segment_dates(question)
    question.blank_rest()
    return question


def answer(question: Question) -> Solved:
    """Return every value that the question asks for."""
    return solve(
        question.lines, question.given, question.members, question.what_ifs, question.links
    )


def _segment_dates(question: Question) -> None:
    """Fill in the day of the oldest growth or multiple assumed for each segment."""
    days = []
    for segment in question.members[SEGMENT]:
        mine = [
            question.case.issued[f"assumption[{name},{scenario},{segment}]"].published
            for name in ("growth", "multiple")
            for scenario in SCENARIOS
        ]
        dated = [day for day in mine if day == day]  # noqa: PLR0124 - NaN is unequal to itself
        days.append(min(dated, default=float("nan")))
    question.give(freshness.segment_assumed, days)
