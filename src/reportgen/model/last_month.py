"""Last month's headlines: the same model on the same pack as of the previous month end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Line, Unit
from reportgen.model.headlines import HEADLINES
from reportgen.model.hype.price_targets import brokers
from reportgen.model.words import given, line

if TYPE_CHECKING:
    from reportgen.expr.solve import Solved
    from reportgen.model.question import Question

day = given("last_month.as_of", "Last month", Unit.DATE)
restated = given("last_month.restated", "Last month's figures per share", Unit.TEXT)
before: dict[str, Line] = {
    of.key: given(f"last_month.{of.key}", f"{of.line.label}, last month", of.line.unit)
    for of in HEADLINES
}
brokers_then = given("last_month.hype.brokers", f"{brokers.label}, last month", brokers.unit)
change: dict[str, Line] = {
    of.key: line(
        f"since_last_month.{of.key}",
        "Change since last month",
        of.line.unit,
        of.cell - before[of.key],
    )
    for of in HEADLINES
}
lines: tuple[Line, ...] = (*before.values(), brokers_then, restated, *change.values())


class LastMonth(NamedTuple):
    """The previous month end as an Excel serial and what was known then, in shares of as-of.

    `solved` is None where that month could not be valued; `restated` says which splits its figures
    per share are restated for, "" for none.
    """

    serial: float
    solved: Solved | None
    restated: str = ""


def ask(question: Question, last: LastMonth) -> None:
    """Fill in last month's headlines; all are n/a where that month could not be valued."""
    solved = last.solved
    question.given[day] = np.array(last.serial if solved is not None else np.nan)
    question.given[restated] = np.array(last.restated if solved else "", dtype=object)
    for of in HEADLINES:
        then = float("nan") if solved is None else of.value_in(solved)
        question.given[before[of.key]] = np.array(then)
    houses = float("nan") if solved is None else float(solved.values[brokers])
    question.given[brokers_then] = np.array(houses)
