"""Put the whole question about a case: the model, its what-ifs and what is shown beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.solve import Solved, solve
from reportgen.model.lines import MODEL, lines_of
from reportgen.model.question import Question
from reportgen.model.whatif import bridges, grids, hype_range, stakes

if TYPE_CHECKING:
    from reportgen.model.case import Case

PARTS = (hype_range, bridges, grids, stakes)
WHAT_IFS = lines_of(PARTS, MODEL)
ALL_LINES = (*MODEL, *WHAT_IFS)


def ask(case: Case) -> Question:
    """Return the question of a full report about a case."""
    question = Question(case, dict(case.members), dict(case.given), list(ALL_LINES))
    for part in PARTS:
        part.ask(question)
    question.blank_rest()
    return question


def answer(question: Question) -> Solved:
    """Return every value that the question asks for."""
    return solve(
        question.lines, question.given, question.members, question.what_ifs, question.links
    )
