"""Put the whole question about a case: the model, its what-ifs and what is shown beside them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.order import in_order
from reportgen.expr.solve import Solved, solve
from reportgen.model import arguments, checks, gaps, last_month, number_text, sentences, whatif
from reportgen.model.checks import (
    bounds,
    catalogue,
    completeness,
    directions,
    freshness,
    plausibility,
    readiness,
)
from reportgen.model.dims import SEGMENT
from reportgen.model.inputs import assumptions
from reportgen.model.inputs.constants import policies
from reportgen.model.keys import cells
from reportgen.model.lines import MODEL
from reportgen.model.question import Question
from reportgen.model.whatif import (
    alternatives,
    bridges,
    grids,
    hype_range,
    removals,
    value_at_stake,
)
from reportgen.model.words import lines_in

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.case.record import Case
    from reportgen.model.last_month import LastMonth

# What depends on the company, each part after those whose members it counts on
PARTS = (
    hype_range.ask,
    bridges.ask,
    grids.ask,
    value_at_stake.ask,
    removals.ask,
    alternatives.ask,
    arguments.ask,
    completeness.ask,
    bounds.ask,
    directions.ask,
    plausibility.ask,
    catalogue.ask,
    readiness.ask,
    gaps.ask,
)
BESIDE = lines_in(
    whatif.LINES,
    arguments.bull,
    arguments.bear,
    freshness.stale_count,
    freshness.conflicts,
    freshness.first_target,
    freshness.first_product,
    freshness.first_peer,
    freshness.first_segment,
    completeness.block_label,
    bounds.label,
    bounds.bounds_text,
    bounds.count,
    checks.LINES,
    gaps.count,
    gaps.known_together,
    gaps.told_label,
    gaps.told_remedy,
    gaps.matters,
    last_month.day,
    last_month.lines,
    number_text.is_small,
    sentences.sentence,
    sentences.hype_sentence,
    sentences.spread_sentence,
)
ALL_LINES = in_order((*MODEL, *BESIDE))


def ask(case: Case, last: LastMonth) -> Question:
    """Return the question of a full report about a case, beside the previous month end."""
    question = Question(
        case, dict(case.members), dict(case.given), list(in_order((*policies(), *ALL_LINES)))
    )
    for part in PARTS:
        part(question)
    last_month.ask(question, last)
    _segment_dates(question)
    question.blank_rest()
    question.sort()
    return question


def answer(question: Question, model: Solved | None = None) -> Solved:
    """Return every value that the question asks for; those of its `model` may be known already."""
    given = question.given if model is None else {**model.values, **question.given}
    return solve(question.lines, given, question.members, question.what_ifs, question.links)


def answer_alone(case: Case, *lines: Line) -> Solved:
    """Return some lines of a case and what they read: a report asks for fifty times that."""
    asked = list(_with_what_they_read(lines))
    question = Question(case, dict(case.members), dict(case.given), asked)
    _segment_dates(question)
    question.blank_rest()
    return answer(question)


@cache
def _with_what_they_read(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(in_order((*policies(), *lines)))


def _segment_dates(question: Question) -> None:
    """Fill in the day of the oldest growth or multiple assumed for each segment."""
    oldest = dict.fromkeys(question.members[SEGMENT], float("nan"))
    for line in (assumptions.growth, assumptions.multiple):
        for key, (_, segment) in cells(line, question.members):
            day = question.case.issued[key].published
            oldest[segment] = float(np.fmin(oldest[segment], day))
    question.give(freshness.segment_assumed, list(oldest.values()))
