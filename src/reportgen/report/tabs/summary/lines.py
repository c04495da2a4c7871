"""The lines of Summary: figures as issued, and the state of the report."""

from __future__ import annotations

import operator
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    concat,
    count_known,
    equal,
    fixed,
    known,
    sum_known,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model.checks import catalogue, freshness
from reportgen.model.headlines import VALUES, HeadlineLine
from reportgen.model.inputs import market_data
from reportgen.model.inputs.constants import policy
from reportgen.model.words import given, line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.question import Question


issued = {
    of.key: given(f"issued.{of.headline.name}", f"{of.line.label}, as issued", of.line.unit)
    for of in VALUES
}


def _gap(of: HeadlineLine) -> Line:
    return line(
        f"issued.{of.headline.name}.gap",
        f"{of.line.label}: distance from the issue",
        of.line.unit,
        absolute(of.cell - issued[of.key]),
    )


def _moved(of: HeadlineLine) -> Line:
    """Return whether a headline has another value than at issue, or has become n/a or known."""
    at_issue, gap = issued[of.key], gaps[of.key]
    one_is_known = known(of.cell) | known(at_issue)
    return line(
        f"issued.{of.headline.name}.moved",
        f"{of.line.label}: moved since issue",
        Unit.FLAG,
        where(
            known(gap),
            where(gap > policy("tolerance.relative") * (1 + absolute(at_issue)), 1, 0),
            where(one_is_known, 1, 0),
        ),
    )


gaps = {of.key: _gap(of) for of in VALUES}
moved = {of.key: _moved(of) for of in VALUES}
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


class Column(NamedTuple):
    """A column of a series, told by its sum and count: whether any of it was changed since issue.

    The Registry holds such a column as one text, which no formula can compare with its cells.
    """

    filled: Line
    total: Line
    filled_then: Line
    total_then: Line
    moved: Line


def _column(part: str, of: Line) -> Column:
    name = f"issued.{part}"
    filled = line(f"{name}.filled", f"{of.label}: cells", Unit.COUNT, count_known(of, of.dims[0]))
    sums = line(f"{name}.sum", f"{of.label}: sum", Unit.NUMBER, sum_known(of, of.dims[0]))
    filled_then = given(f"{name}.filled_then", f"{filled.label}, as issued", Unit.COUNT)
    total_then = given(f"{name}.sum_then", f"{sums.label}, as issued", Unit.NUMBER)
    apart = absolute(sums - total_then) > policy("tolerance.relative") * (1 + absolute(total_then))
    moved = where(known(total_then), where(apart, 1, where(equal(filled, filled_then), 0, 1)), 0)
    changed = line(f"{name}.moved", f"{of.label}: changed since issue", Unit.FLAG, moved)
    return Column(filled, sums, filled_then, total_then, changed)


SERIES = tuple(
    _column(part, of)
    for part, of in (
        ("close.date", market_data.close_date),
        ("close", market_data.close),
        ("benchmark.date", market_data.benchmark_date),
        ("benchmark", market_data.benchmark_close),
        ("estimate.date", market_data.estimate_date),
        ("estimate", market_data.estimate),
    )
)
series_changed = line(
    "issued.series",
    "Columns of closes, benchmark and estimates changed since issue",
    Unit.COUNT,
    reduce(operator.add, (column.moved for column in SERIES)),
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


def ask_issued(question: Question) -> None:
    """Copy the headlines, and what columns of series sum up to, as issued."""
    for of in VALUES:
        question.links[issued[of.key]] = (of.cell,)
    for column in SERIES:
        question.links[column.filled_then] = (column.filled,)
        question.links[column.total_then] = (column.total,)
