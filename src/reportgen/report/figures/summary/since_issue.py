"""As issued: a typed copy of each headline, so that an edit shows; and the report's state."""

from __future__ import annotations

import operator
from functools import reduce
from typing import TYPE_CHECKING

from reportgen.expr.functions import absolute, concat, fixed, known, spot, where
from reportgen.expr.nodes import Unit
from reportgen.model.checks import catalogue, freshness
from reportgen.model.dims import SCENARIOS
from reportgen.model.hype.adjusted_value import hype_value
from reportgen.model.hype.price_targets import consensus
from reportgen.model.inputs.constants import policy
from reportgen.model.valuation import expected_value, value
from reportgen.model.words import given, line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.question import Question

HEADLINES: dict[str, tuple[Line, tuple[str, ...]]] = {
    **{name: (value, (name,)) for name in SCENARIOS},
    "expected": (expected_value, ()),
    "hype": (hype_value, ()),
    "consensus": (consensus, ()),
}
issued = {
    name: given(f"issued.{name}", f"{of.label}, as issued", of.unit)
    for name, (of, _) in HEADLINES.items()
}


def _gap(name: str) -> Line:
    of, at = HEADLINES[name]
    return line(
        f"issued.{name}.gap",
        f"{of.label}: distance from the issue",
        of.unit,
        absolute(spot(of, *at) - issued[name]),
    )


def _moved(name: str) -> Line:
    """Return whether a headline has another value than at issue, or has become n/a or known."""
    of, at = HEADLINES[name]
    one_is_known = known(spot(of, *at)) | known(issued[name])
    return line(
        f"issued.{name}.moved",
        f"{of.label}: moved since issue",
        Unit.FLAG,
        where(
            known(gaps[name]),
            where(gaps[name] > policy("tolerance.relative") * (1 + absolute(issued[name])), 1, 0),
            where(one_is_known, 1, 0),
        ),
    )


gaps = {name: _gap(name) for name in HEADLINES}
moved = {name: _moved(name) for name in HEADLINES}
moved_count = line(
    "issued.moved",
    "Headlines moved since issue",
    Unit.COUNT,
    reduce(operator.add, moved.values()),
)
moved_text = line(
    "say.moved",
    "Since issue",
    Unit.TEXT,
    where(
        moved_count > 0,
        concat(fixed(moved_count, 0), " of 6 headlines moved since issue"),
        "no headline moved since issue",
    ),
)

state = line(
    "say.state",
    "State of the report",
    Unit.TEXT,
    concat(
        fixed(catalogue.fails, 0),
        " FAIL, ",
        fixed(catalogue.warns, 0),
        " WARN, ",
        fixed(freshness.stale_count, 0),
        " stale, ",
        fixed(freshness.conflicts, 0),
        " in conflict",
    ),
)


def ask(question: Question) -> None:
    """Copy the headlines as issued."""
    for name, (of, at) in HEADLINES.items():
        question.links[issued[name]] = (spot(of, *at),)
