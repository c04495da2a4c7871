"""Keys that the inputs name and the report does not have: overrides, arguments, triggers.

Only the model knows every key, so these are told once a report is composed, as warnings: a report
can be built, but says less than whoever wrote the row meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import Problem, quote
from reportgen.expr.nodes import Unit
from reportgen.facts.key_syntax import parse_trigger
from reportgen.facts.nearest import suggestion
from reportgen.model.arguments import newest_series
from reportgen.model.keys import filled
from reportgen.model.words import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.solve import Solved
    from reportgen.facts.pack import Pack

_KEYS = "a key of the Inputs tab, such as assumption[growth,bull,cloud]"
_METRICS = "a public key, or the newest of reported figures: fundamental[SEGMENT,METRIC]"


def misfits(pack: Pack, solved: Solved, folder: str) -> tuple[Problem, ...]:
    """Return a warning for each key that the rows in force name and no figure of a report has.

    `folder` is that of the company as messages show it ("inputs/BABA").
    """
    return (*_overrides(pack, solved, folder), *_arguments(pack, solved, folder))


def _overrides(pack: Pack, solved: Solved, folder: str) -> Iterator[Problem]:
    rows = [row for row in pack.rows.overrides if row.active]
    inputs = _inputs(solved) if rows else frozenset()
    for row in rows:
        if row.key not in inputs:
            found = f"{quote(row.key)} is no input of this report, so the override changes nothing"
            yield _warning(f"{folder}/overrides.csv", row.line_no, "key", found, _KEYS,
                           suggestion(row.key, inputs))  # fmt: skip


def _arguments(pack: Pack, solved: Solved, folder: str) -> Iterator[Problem]:
    rows = [row for row in pack.rows.arguments if row.assumption or row.trigger]
    inputs = _inputs(solved) if rows else frozenset()
    figures = _figures(solved) | _newest(pack) if rows else frozenset()
    path = f"{folder}/arguments.csv"
    for row in rows:
        if row.assumption and row.assumption not in inputs:
            found = f"{quote(row.assumption)} is no input of this report: nothing is at stake"
            remedy = suggestion(row.assumption, inputs)
            yield _warning(path, row.line_no, "assumption", found, _KEYS, remedy)
        metric = parse_trigger(row.trigger).metric if row.trigger else ""
        if metric and metric not in figures:
            found = f"{quote(metric)} is no figure of this report: the trigger never fires"
            remedy = suggestion(metric, figures)
            yield _warning(path, row.line_no, "trigger", found, _METRICS, remedy)


def _warning(path: str, line: int, column: str, found: str, expected: str, remedy: str) -> Problem:
    return Problem(path, line, column, found, expected, remedy, "warning")


def _inputs(solved: Solved) -> frozenset[str]:
    """Return the key of every input that may be overridden."""
    return frozenset(
        key
        for line in solved.values
        if isinstance(line, Entry)
        for key, _ in filled(line, solved.members)
    )


def _figures(solved: Solved) -> frozenset[str]:
    """Return the key of every number."""
    return frozenset(
        key
        for line in solved.values
        if line.unit is not Unit.TEXT
        for key, _ in filled(line, solved.members)
    )


def _newest(pack: Pack) -> frozenset[str]:
    """Return how a trigger names the newest figure of each reported series."""
    return frozenset(
        newest_series(row.segment, row.metric, yoy=yoy)
        for row in pack.rows.fundamentals
        for yoy in (False, True)
    )
