"""Solve a case, and read single values of it by public key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.expr.solve import Solved, prepare, solve
from reportgen.model.dims import CHECK, GROWTH_CASE, SCENARIO
from reportgen.model.gaps import GAP
from reportgen.model.keys import filled
from reportgen.model.lines import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model.case.record import Case
    from reportgen.values import Value

# The dimensions that every report has few members of
_FEW = frozenset({SCENARIO, GROWTH_CASE, CHECK, GAP})


def prepare_model() -> None:
    """Do ahead, while there is time, what the first case would wait for."""
    prepare(MODEL)


def solve_case(case: Case) -> Solved:
    """Return every value of a case."""
    return solve(MODEL, case.given, case.members, {})


def of_few(solved: Solved) -> Solved:
    """Return what stands once a report, a case, a check or a gap: a few hundred values."""
    found = {line: array for line, array in solved.values.items() if _FEW.issuperset(line.dims)}
    return replace(solved, values=found)


def by_key(solved: Solved) -> Iterator[tuple[str, Value]]:
    """Yield (public key, value) of every line: number, true/false, text, or None for n/a."""
    for line, array in solved.values.items():
        flag = line.unit is Unit.FLAG
        for key, index in filled(line, solved.members):
            yield key, _plain(array[index], flag=flag)


def _plain(cell: float | str, *, flag: bool) -> Value:
    if isinstance(cell, str):
        return None if cell == "n/a" else cell
    if cell != cell:  # noqa: PLR0124 - NaN is unequal to itself
        return None
    return bool(cell) if flag else float(cell)
