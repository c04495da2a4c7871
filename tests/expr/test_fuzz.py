"""The n/a fuzz: random models over inputs that go wrong, computed by three programs.

What is known to differ, and therefore left out of the random models: LibreOffice takes powers
below 1e-308 for errors, and 0 for a SUMPRODUCT whose condition is n/a and whose values all are;
formualizer takes blank dates and values of a series for 0, shows more than 15 digits, and has no
STDEV of huge numbers.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen.expr.solve import Solved, solve
from tests.expr.expressions import MEMBERS, RandomModel, random_model
from tests.support import one_sheet
from tests.support.agreement import disagreements
from tests.support.shaking import shaken, unsteady

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.agreement import Disagreement
    from tests.support.one_sheet import Sheet
    from tests.support.stored_cells import Value

SIZE = 40
WHOLE = range(8)  # seeds of models that every program computes
CLEARED = range(8, 14)  # seeds of models whose dated series have blanks


class Trial(NamedTuple):
    """A random model on a sheet, what Python says of it, and the cells nobody can be sure of."""

    sheet: Sheet
    expected: dict[str, Value]
    unsteady: set[object]

    def disagreements(self, actual: dict[str, Value]) -> list[tuple[Disagreement, str]]:
        """Where another program thinks differently, and the formula there."""
        return [
            (found, self.sheet.formulas[str(found.place)])
            for found in disagreements(self.expected, actual)
            if found.place not in self.unsteady
        ]


def trial(seed: int) -> Trial:
    model = random_model(Random(seed), SIZE, cleared_series=seed in CLEARED)  # noqa: S311 - no secret
    solution = solved(model)
    sheet = one_sheet.written(model.lines, model.typed, solution)
    expected = one_sheet.expected(sheet, solution)
    moved = one_sheet.expected(sheet, solved(model._replace(given=shaken(model.given))))
    return Trial(sheet, expected, unsteady(expected, moved))


def solved(model: RandomModel) -> Solved:
    return solve(model.lines, model.given, MEMBERS, {})


@pytest.fixture(scope="module")
def trials() -> dict[int, Trial]:
    return {seed: trial(seed) for seed in (*WHOLE, *CLEARED)}


def test_the_random_models_are_worth_computing(trials: dict[int, Trial]) -> None:
    cells = [value for one in trials.values() for value in one.expected.values()]
    hairy = sum(len(one.unsteady) for one in trials.values())
    assert hairy < 0.1 * len(cells)
    assert 0.2 < cells.count("n/a") / len(cells) < 0.6
    assert len({value for value in cells if isinstance(value, float)}) > 100


@pytest.mark.parametrize("seed", WHOLE)
def test_formualizer_agrees_with_python(trials: dict[int, Trial], seed: int) -> None:
    one = trials[seed]
    assert one.disagreements(one_sheet.by_formualizer(one.sheet)) == []


def test_libreoffice_agrees_with_python(trials: dict[int, Trial], tmp_path: Path) -> None:
    sheets = [one.sheet for one in trials.values()]
    computed = one_sheet.by_libreoffice(sheets, tmp_path)
    for one, actual in zip(trials.values(), computed, strict=True):
        assert one.disagreements(actual) == []


def test_a_wrong_formula_is_found(trials: dict[int, Trial]) -> None:
    one = trials[WHOLE[0]]
    at = next(at for at, value in one.expected.items() if value == "n/a" and at not in one.unsteady)
    wrong = one.sheet._replace(formulas={**one.sheet.formulas, at: "MAX(0,1)"})
    places = [found.place for found, _ in one.disagreements(one_sheet.by_formualizer(wrong))]
    assert at in places
