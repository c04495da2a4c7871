"""What-ifs on random models give what the whole model gives with the same cells changed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st

from reportgen.expr.nodes import NA, Dim, Line, Node, Spot, Study, Unit, Varied, WhatIf, node
from reportgen.expr.order import steps
from reportgen.expr.solve import Solved, solve
from tests.expr.expressions import MEMBERS, NUMBERS, TEXTS, RandomModel, random_model
from tests.support import one_sheet
from tests.support.agreement import disagreements
from tests.support.shaking import shaken, unsteady

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array

WHAT_IF = Dim("what_if")
COUNT = 6


class Studied(NamedTuple):
    """A random model with a study of its last lines."""

    model: RandomModel
    study: Study
    lines: tuple[Line, ...]
    what_ifs: tuple[WhatIf, ...]

    def solved(self, given: dict[Line, Array]) -> Solved:
        members = {**MEMBERS, WHAT_IF: tuple(str(k) for k in range(COUNT))}
        return solve(self.lines, given, members, {self.study: self.what_ifs})


def random_study(seed: int) -> Studied:
    rng = Random(seed)  # noqa: S311 - no secret
    model = random_model(rng, 25)
    outputs = tuple(line for line in model.lines if line.expr is not None)[-5:]
    study = Study("study", "", (WHAT_IF,), outputs)
    readers = tuple(
        Line(f"{line.key} varied", "", line.unit, (WHAT_IF, *line.dims), Varied(study, line))
        for line in outputs
    )
    what_ifs = tuple(WhatIf(str(k), "", (_replaced(rng, model),)) for k in range(COUNT))
    return Studied(model, study, (*model.lines, *readers), what_ifs)


def _replaced(rng: Random, model: RandomModel) -> tuple[Line, tuple[str, ...], Node]:
    """Any cell that does not stand on a ladder, and a constant or another cell to put there."""
    alone = [step.lines[0] for step in steps(model.lines) if step.back is None]
    line = rng.choice(alone)
    at = tuple(rng.choice(MEMBERS[dim]) for dim in line.dims)
    if line.unit is Unit.TEXT:
        return line, at, node(rng.choice(TEXTS))
    other = rng.choice([one for one in alone if one.unit is not Unit.TEXT])
    spot = Spot(other, tuple(rng.choice(MEMBERS[dim]) for dim in other.dims))
    return line, at, rng.choice((node(rng.choice(NUMBERS)), NA, spot))


def changed(studied: Studied, base: Solved, number: int) -> Solved:
    """The whole model with the cell of one what-if typed in, its line else as it stands."""
    ((line, at, expr),) = studied.what_ifs[number].replaced
    array = base.values[line].copy()
    place = tuple(MEMBERS[dim].index(name) for dim, name in zip(line.dims, at, strict=True))
    array[place] = _put(base, expr)
    return solve(studied.model.lines, {**studied.model.given, line: array}, MEMBERS, {})


def _put(base: Solved, expr: Node) -> float | str:
    if isinstance(expr, Spot):
        index = (MEMBERS[d].index(name) for d, name in zip(expr.line.dims, expr.at, strict=True))
        return float(base.values[expr.line][tuple(index)])
    return getattr(expr, "value", np.nan)


def same(one: Array, other: Array) -> Array:
    if one.dtype == object:
        return np.asarray(one == other)
    return np.isclose(one, other, rtol=1e-12, atol=0, equal_nan=True)


@settings(max_examples=25)
@forall(seed=st.integers(0, 1_000_000))
def test_a_what_if_gives_what_the_changed_model_gives(seed: int) -> None:
    studied = random_study(seed)
    base = studied.solved(dict(studied.model.given))
    result = base.studies[studied.study]
    for number in range(COUNT):
        whole = changed(studied, base, number)
        for line, moved in result.affected.items():
            assert same(result.values[line][number, ...], whole.values[line]).all(), line
            assert same(base.values[line], whole.values[line])[~moved[number]].all(), line
        for line in studied.study.outputs:
            read = base.values[studied.lines[-5 + studied.study.outputs.index(line)]]
            assert same(read[number, ...], whole.values[line]).all(), line


@pytest.mark.parametrize("seed", range(4))
def test_formualizer_agrees_about_the_cells_of_what_ifs(seed: int) -> None:
    studied = random_study(seed)
    still, moved = (
        studied.solved(dict(given)) for given in (studied.model.given, shaken(studied.model.given))
    )
    sheet = one_sheet.written(studied.lines, studied.model.typed, still)
    expected = one_sheet.expected(sheet, still)
    unsure = unsteady(expected, one_sheet.expected(sheet, moved))
    found = disagreements(expected, one_sheet.by_formualizer(sheet))
    assert any(place.copy is not None for place in sheet.computed.values())
    assert [one for one in found if one.place not in unsure] == []
