"""Last month's headlines: the same model on the same pack as of the previous month end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.functions import spot
from reportgen.expr.nodes import Line, Unit
from reportgen.model.dims import SCENARIOS
from reportgen.model.hype.adjusted_value import hype_value
from reportgen.model.hype.price_targets import consensus
from reportgen.model.hype_score import score
from reportgen.model.market import price
from reportgen.model.valuation import expected_value, value
from reportgen.model.words import given, line

if TYPE_CHECKING:
    from reportgen.expr.solve import Solved
    from reportgen.model.question import Question

day = given("last_month.as_of", "Last month", Unit.DATE)
_HEADLINES: tuple[tuple[str, Line, tuple[str, ...]], ...] = (
    *((f"{name}.value", value, (name,)) for name in SCENARIOS),
    ("expected_value", expected_value, ()),
    ("hype.value", hype_value, ()),
    ("hype.consensus", consensus, ()),
    ("hype.score", score, ()),
    ("price", price, ()),
)
before: dict[str, Line] = {
    name: given(f"last_month.{name}", f"{of.label}, last month", of.unit)
    for name, of, _ in _HEADLINES
}
change: dict[str, Line] = {
    name: line(
        f"since_last_month.{name}",
        "Change since last month",
        of.unit,
        spot(of, *at) - before[name],
    )
    for name, of, at in _HEADLINES
}
lines: tuple[Line, ...] = (*before.values(), *change.values())


def ask(question: Question, solved: Solved | None, serial: float) -> None:
    """Fill in last month's headlines; all are n/a where that month could not be valued."""
    question.given[day] = np.array(serial if solved is not None else np.nan)
    for name, of, at in _HEADLINES:
        question.given[before[name]] = np.array(_headline(solved, of, at))


def _headline(solved: Solved | None, of: Line, at: tuple[str, ...]) -> float:
    if solved is None:
        return float("nan")
    index = tuple(solved.members[dim].index(name) for dim, name in zip(of.dims, at, strict=True))
    return float(solved.values[of][index])
