"""Which lines of the model something holds: would anything be told if their expression were wrong?

A line is made wrong by moving its values, in a few ways, and what is computed from them again. It
is held by the references where one of their keys then differs, and by hand where a result that a
hand-worked test looked at does.

As a plugin of pytest it tells, after the tests that ran, which lines these hold by hand.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Kind, Unit
from reportgen.expr.solve import solve
from reportgen.expr.tree import reads
from reportgen.model.keys import filled
from reportgen.model.lines import BY_KEY, MODEL
from reportgen.model.solved import solve_case
from tests.laws.cases import company

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pytest

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from tests.model.by_hand import Call

    Values = Mapping[Line, Array]

REFERENCES = Path(__file__).parents[1] / "truth/data"
BY_PACK = {
    "baba": "keys-baba-2025-11-30.json",
    "halves": "keys-rr.l-2025-11-30.json",
    "bank": "keys-hsba.l-2025-11-30.json",
    "loss": "keys-meta-2025-11-30.json",
}
COUNTED = {Unit.COUNT, Unit.DATE, Unit.DAYS, Unit.YEARS}

# An input is its override, else what was issued: one expression, which tests of inputs hold
COMPUTED = tuple(line for line in MODEL if line.kind is Kind.COMPUTED)
# The steps of ladders are computed from the one before, so that none can be moved alone
STEPS = frozenset(BY_KEY[key] for line in MODEL for key in reads(line).earlier)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the file to write the keys of the lines into that are held."""
    parser.addoption("--held", type=Path, required=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write down what the references and the tests that ran hold."""
    from tests.model.by_hand import CALLS  # noqa: PLC0415 - after the tests filled it

    held = held_by_references()
    held |= held_by_hand(CALLS, set(COMPUTED) - held)
    keys = sorted(line.key for line in held)
    session.config.getoption("--held").write_text(json.dumps(keys), encoding="utf-8")


def wrong(line: Line, values: Array) -> Iterator[Array]:
    """The values of a line moved, all alike and each its own way; what is n/a stays so."""
    values = np.asarray(values)
    each = np.arange(values.size).reshape(values.shape)
    if line.unit is Unit.TEXT:
        yield np.vectorize(lambda text: f"{text}~", otypes=[object])(values)
    elif line.unit is Unit.FLAG:
        yield 1 - values
        yield np.where(each % 2 == 0, 1 - values, values)
    elif line.unit in COUNTED:
        yield values + 1
        yield values - 1 - each % 7
        yield values + 400
    else:
        yield values * 1.01 + 0.01
        yield values * (0.5 + each % 7) - 1


def held_by_references() -> set[Line]:
    """The computed lines of which a reference would tell that they are wrong."""
    held: set[Line] = set()
    for pack, name in BY_PACK.items():
        case = company(pack)
        keys = set(json.loads((REFERENCES / name).read_text(encoding="utf-8")))
        told = {
            line: cells
            for line in MODEL
            if (cells := [at for key, at in filled(line, case.members) if key in keys])
        }
        values = solve_case(case).values
        for line in COMPUTED:
            if line not in held | STEPS:
                after = _after(line, values, case.members, told)
                if any(_differ(values, moved, told) for moved in after):
                    held.add(line)
    return held


def held_by_hand(calls: Iterable[Call], lines: Iterable[Line]) -> set[Line]:
    """Those of some lines of which a result worked out by hand would tell that they are wrong."""
    held: set[Line] = set()
    sought = set(lines) - STEPS
    for call in calls:
        behind = [line for line in call.behind if line in sought - held]
        if not behind:
            continue
        values = solve(call.behind, call.given, call.case.members, {}).values
        for line in behind:
            readers = {call.of} if line is call.of else _cone(line) & set(call.behind)
            for moved in wrong(line, values[line]):
                given = {known: of for known, of in values.items() if known not in readers}
                given[line] = moved
                rest = tuple(of for of in call.behind if of in readers and of is not line)
                after = solve(rest, given, call.case.members, {}).values[call.of]
                if not _same(values[call.of], after):
                    held.add(line)
                    break
    return held


@cache
def _readers() -> Mapping[Line, set[Line]]:
    found: dict[Line, set[Line]] = defaultdict(set)
    for line in MODEL:
        for read in (*reads(line).lines, *(BY_KEY[key] for key in reads(line).earlier)):
            found[read].add(line)
    return found


@cache
def _cone(line: Line) -> set[Line]:
    """What is computed from a line, directly or not."""
    found: set[Line] = set()
    stack = [line]
    while stack:
        fresh = _readers()[stack.pop()] - found - {line}
        found |= fresh
        stack += fresh
    return found


def _after(
    line: Line, values: Values, members: object, told: Mapping[Line, object]
) -> Iterator[Values]:
    """The values with a line moved, and with what references look at computed from it."""
    cone = _cone(line)
    for moved in wrong(line, values[line]):
        given = {known: of for known, of in values.items() if known not in cone} | {line: moved}
        if told.keys() & cone:
            yield solve(tuple(of for of in MODEL if of in cone), given, members, {}).values
        else:
            yield {**values, line: moved}


def _differ(before: Values, after: Values, told: Mapping[Line, list[object]]) -> bool:
    return any(
        not _same(before[line][at], after[line][at]) for line, cells in told.items() for at in cells
    )


def _same(one: object, other: object) -> bool:
    left, right = np.asarray(one), np.asarray(other)
    if left.dtype == object:
        return np.array_equal(left, right)
    return np.allclose(left, right, rtol=1e-9, atol=1e-9, equal_nan=True)
