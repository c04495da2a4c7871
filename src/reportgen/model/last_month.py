"""Last month's headlines: the same model on the same pack as of the previous month end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Line, Unit
from reportgen.model.headlines import HEADLINES, HeadlineLine
from reportgen.model.hype.price_targets import brokers
from reportgen.model.words import given, line

if TYPE_CHECKING:
    from reportgen.expr.solve import Solved
    from reportgen.model.question import Question

day = given("last_month.as_of", "Last month", Unit.DATE)
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
lines: tuple[Line, ...] = (*before.values(), brokers_then, *change.values())


def ask(question: Question, solved: Solved | None, serial: float) -> None:
    """Fill in last month's headlines; all are n/a where that month could not be valued."""
    question.given[day] = np.array(serial if solved is not None else np.nan)
    for of in HEADLINES:
        question.given[before[of.key]] = np.array(_value(solved, of))
    then = float("nan") if solved is None else float(solved.values[brokers])
    question.given[brokers_then] = np.array(then)


def _value(solved: Solved | None, of: HeadlineLine) -> float:
    if solved is None:
        return float("nan")
    members = (solved.members[dim] for dim in of.line.dims)
    index = tuple(names.index(name) for names, name in zip(members, of.at, strict=True))
    return float(solved.values[of.line][index])
