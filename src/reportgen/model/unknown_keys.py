"""Keys that the inputs name and the report does not have: overrides, arguments, confirmations.

Only the model knows every key, so these are told once a report is composed, as warnings: a report
can be built, but says less than whoever wrote the row meant.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.expr.nodes import Unit
from reportgen.facts.key_syntax import parse_trigger
from reportgen.facts.knowledge import known_at
from reportgen.facts.overrides import newer_figures
from reportgen.facts.problems import suggestion
from reportgen.model.arguments import newest_series
from reportgen.model.keys import filled
from reportgen.model.words import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.errors import Problem
    from reportgen.expr.solve import Solved
    from reportgen.facts.pack import Pack
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.rows import Fundamental

_KEYS = "a key of the Inputs tab, such as assumption[growth,bull,cloud]"
_SIGN_AGAIN = "revoke it, or sign it again of a later day"
_NAMED = "the key that a check of plausibility names, such as fundamental[group,eps,FY2026-Q2]"
_METRICS = "a public key, or the newest of reported figures: fundamental[SEGMENT,METRIC]"


def unknown_keys(pack: Pack, solved: Solved, files: PackFiles) -> tuple[Problem, ...]:
    """Return a warning for each key that the rows in force name and no figure of a report has.

    A reported figure of later days is known: until then its trigger waits. `files` are those that
    the pack was read from.
    """
    logs = {name: files.log(name) for name in ("overrides", "arguments", "confirmed")}
    _check_overrides(pack, solved, logs["overrides"])
    _check_arguments(pack, solved, files, logs["arguments"])
    _check_confirmed(pack, solved, logs["confirmed"])
    return tuple(problem for log in logs.values() for problem in log.found)


def _check_overrides(pack: Pack, solved: Solved, log: ProblemLog) -> None:
    rows = [row for row in pack.rows.overrides if row.active]
    inputs = _inputs(solved) if rows else frozenset()
    newer = newer_figures(pack.rows, rows)
    for row in rows:
        if row.key not in inputs:
            found = f"{quote(row.key)} is no input of this report, so the override changes nothing"
            log.caution(row.line_no, "key", found, _KEYS, suggestion(row.key, inputs))
        elif row.key in newer:
            found = f"the override of {row.key} stands against a newer figure, of {newer[row.key]}"
            log.caution(row.line_no, None, found, "", _SIGN_AGAIN)


def _check_arguments(pack: Pack, solved: Solved, files: PackFiles, log: ProblemLog) -> None:
    rows = [row for row in pack.rows.arguments if row.assumption or row.trigger]
    inputs = _inputs(solved) if rows else frozenset()
    figures = _figures(solved) | _newest(pack.rows.fundamentals) if rows else frozenset()
    for row in rows:
        if row.assumption and row.assumption not in inputs:
            found = f"{quote(row.assumption)} is no input of this report: nothing is at stake"
            remedy = suggestion(row.assumption, inputs)
            log.caution(row.line_no, "assumption", found, _KEYS, remedy)
        metric = parse_trigger(row.trigger).metric if row.trigger else ""
        if metric and metric not in figures and metric not in _ever(files):
            found = f"{quote(metric)} is no figure of this report: the trigger never fires"
            remedy = suggestion(metric, figures)
            log.caution(row.line_no, "trigger", found, _METRICS, remedy)


def _check_confirmed(pack: Pack, solved: Solved, log: ProblemLog) -> None:
    rows = pack.rows.confirmed
    figures = _figures(solved) if rows else frozenset()
    for row in rows:
        if row.key not in figures:
            found = f"{quote(row.key)} is no figure of this report, so nothing is confirmed"
            remedy = suggestion(row.key, figures)
            log.caution(row.line_no, "key", found, _NAMED, remedy)


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


def _newest(rows: Iterable[Fundamental]) -> frozenset[str]:
    """Return how a trigger names the newest figure of each reported series."""
    return frozenset(
        newest_series(row.segment, row.metric, yoy=yoy) for row in rows for yoy in (False, True)
    )


def _ever(files: PackFiles) -> frozenset[str]:
    """Return the same of all series that the pack has on any day. Asked only of an unknown key."""
    return _newest(known_at(files, date.max).rows.fundamentals)
