"""Which cells of the frontier an outcome depends on, told apart by scenario."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.diff.frontier import SUBSTITUTES, Outcome, is_taken
from reportgen.expr.nodes import At, By, Each, Line, Previous, Reduce, Spot
from reportgen.expr.tree import children
from reportgen.model.dims import SCENARIO, SCENARIOS
from reportgen.model.lines import BY_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.nodes import Dim, Node

Need = tuple[Line, str]  # a line, and the scenario of it, "" where it has none


@lru_cache(maxsize=32)
def needs(outcome: Outcome) -> frozenset[Need]:
    """Return the lines between the frontier and an outcome, the frontier's own among them."""
    found: set[Need] = set()
    stack: list[Need] = [(outcome.line, next(iter(outcome.at), ""))]
    while stack:
        need = stack.pop()
        if need not in found:
            found.add(need)
            stack.extend(_below(*need))
    return frozenset(found)


def _below(line: Line, scenario: str) -> Iterator[Need]:
    if is_taken(line):
        return
    if line in SUBSTITUTES:
        yield from _of_line(SUBSTITUTES[line], scenario)
    elif line.expr is not None:
        yield from _inside(line.expr, scenario)


def _inside(of: Node, scenario: str) -> Iterator[Need]:
    match of:
        case Line():
            yield from _of_line(of, scenario)
        case At(dim=dim, member=member) if dim is SCENARIO:
            yield of.line, member
        case Reduce(dim=dim) | Each(dim=dim) if dim is SCENARIO:
            yield from ((of.line, name) for name in SCENARIOS)
        case Spot():
            yield from _of_line(of.line, _at(of.line.dims, of.at))
        case By(dim=dim, cases=cases) if dim is SCENARIO and scenario:
            yield from _inside(cases[scenario], scenario)
        case Previous():
            yield from _of_line(BY_KEY[of.key], scenario)
            yield from _inside(of.first, scenario)
        case _:
            for child in children(of):
                yield from _inside(child, scenario)


def _of_line(line: Line, scenario: str) -> Iterator[Need]:
    """Yield a line in a scenario; in every one where it has them and the reader has none."""
    if SCENARIO not in line.dims:
        yield line, ""
    elif scenario:
        yield line, scenario
    else:
        yield from ((line, name) for name in SCENARIOS)


def _at(dims: tuple[Dim, ...], at: tuple[str, ...]) -> str:
    return next((name for dim, name in zip(dims, at, strict=True) if dim is SCENARIO), "")
