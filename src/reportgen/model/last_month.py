"""Last month's headlines: the same model on the same pack as of the previous month end.

With them, typed as issued, the largest causes of what the expected value has changed by since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.functions import sum_known
from reportgen.expr.nodes import Dim, Line, Unit
from reportgen.model.headlines import HEADLINES
from reportgen.model.hype.price_targets import broker, brokers, in_use
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
joined = given("last_month.hype.joined", "Houses in use now that were not last month", Unit.COUNT)

CAUSE = Dim("cause")  # of the change of the expected value, the largest first
CAUSES = 3
cause_label = given("last_month.cause[{cause}].label", "Cause, as issued", Unit.TEXT, CAUSE)
cause_amount = given(
    "last_month.cause[{cause}]", "What it did to the expected value", Unit.PER_SHARE, CAUSE
)
rest = line(
    "since_last_month.rest",
    "All else, with edits since issue",
    Unit.PER_SHARE,
    change["expected_value"] - sum_known(cause_amount, CAUSE),
)
lines: tuple[Line, ...] = (
    *before.values(),
    brokers_then,
    joined,
    restated,
    *change.values(),
    cause_label,
    rest,
)


class Cause(NamedTuple):
    """What moved the expected value, and by how much, in price currency a share."""

    label: str
    amount: float


class LastMonth(NamedTuple):
    """The previous month end as an Excel serial and what was known then, in shares of as-of.

    `solved` is None where that month could not be valued; `restated` says which splits its figures
    per share are restated for, "" for none. `causes` are those of the expected value's change, the
    largest first; `joined` counts the houses in the consensus that were not in that of last month.
    """

    serial: float
    solved: Solved | None
    restated: str = ""
    causes: tuple[Cause, ...] = ()
    joined: float = float("nan")


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
    question.given[joined] = np.array(last.joined)
    question.dimension(CAUSE, (str(k + 1) for k in range(CAUSES)))
    question.give(cause_label, [cause.label for cause in last.causes[:CAUSES]])
    question.give(cause_amount, [cause.amount for cause in last.causes[:CAUSES]])


def houses_in_use(solved: Solved) -> frozenset[str]:
    """Return the houses whose targets make up the consensus."""
    names = solved.values[broker][solved.values[in_use] > 0]
    return frozenset(str(name).casefold() for name in names)
