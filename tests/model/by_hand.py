"""A line of the model worked out from a few values that a test states, and the rest of a pack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Line
from reportgen.expr.order import in_order
from reportgen.expr.solve import solve
from reportgen.expr.tree import reads, within
from reportgen.model.checks.catalogue import CHECKS
from reportgen.model.last_month import LastMonth
from reportgen.model.report_question import ALL_LINES, ask
from tests.laws.cases import company

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.numeric import Array
    from tests.laws.altered import Company

# with what checks alone read
_CHECKED = (
    part
    for check in CHECKS
    for part in (*within(check.difference), *within(check.wrong))
    if isinstance(part, Line)
)
LINES = in_order((*ALL_LINES, *_CHECKED))
_BY_KEY = {line.key: line for line in LINES}


class Call(NamedTuple):
    """A line that a test looked at, what was given, and what it was computed from."""

    of: Line
    given: Mapping[Line, Array]
    case: Company
    behind: tuple[Line, ...]


CALLS: list[Call] = []  # of this process: see `held`


def example() -> Company:
    """The company of the example, nothing changed."""
    return company("baba")


def asked(case: Company) -> Company:
    """A case with the members and given values of what-ifs and checks, too."""
    question = ask(case, LastMonth(float("nan"), None))
    return replace(case, given=question.given, members=question.members)


def worked_out(of: Line, stated: Mapping[Line, object], case: Company | None = None) -> Array:
    """The values of a line where some lines, typed or computed, have the values stated.

    What it reads besides comes from the case, else from the example.
    """
    case = case or example()
    known = {
        line: np.array(value) for line, value in stated.items()
    }  # a test may go on with its own
    given = {**case.given, **known}
    call = Call(of, given, case, _behind(of, given))
    CALLS.append(call)
    return solve(call.behind, given, case.members, {}).values[of]


def _behind(of: Line, given: Mapping[Line, object]) -> tuple[Line, ...]:
    """What a line is computed from, itself included, as far as it is not given."""
    found: set[Line] = set()
    stack = [of]
    while stack:
        line = stack.pop()
        if line not in found and line not in given:
            found.add(line)
            stack += [*reads(line).lines, *(_BY_KEY[key] for key in reads(line).earlier)]
    ordered = LINES if of.key in _BY_KEY else (*LINES, of)
    return tuple(line for line in ordered if line in found)
