"""What the chart draws: the values of every past report on its day, and of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import plotted, spot
from reportgen.expr.nodes import Dim, Linked, Unit
from reportgen.headline import CASES
from reportgen.model.inputs.description import as_of
from reportgen.model.valuation import expected_value, value
from reportgen.model.words import case_line
from reportgen.report.tabs.history.lines import PAST, level, then

if TYPE_CHECKING:
    from reportgen.model.question import Question

TRAIL = Dim("trail")
NOW = "now"
DRAWN = ("bull", "expected", "base", "bear")  # from the top
day = case_line("trail[{trail}].as_of", "As of", Unit.DATE, Linked(), TRAIL)
values = {
    key: case_line(f"trail[{{trail}}].{key}", key.capitalize(), Unit.PER_SHARE, Linked(), TRAIL)
    for key in DRAWN
}
_NOW = {case: spot(value, case) for case in CASES} | {"expected": expected_value}


def ask(question: Question) -> None:
    """Add the points: a past report each, and this one."""
    past = question.members[PAST]
    question.dimension(TRAIL, (*past, NOW))
    question.links[day] = (*(spot(then, name) for name in past), as_of)
    for key, of in values.items():
        said = (plotted(spot(level, name, key)) for name in past)
        question.links[of] = (*said, plotted(_NOW[key]))
