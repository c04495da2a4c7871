"""Every line of the model and every cell of its what-ifs, computed by three programs.

Not the workbook: the lines stand on one plain sheet, so that a difference is one of language.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from reportgen.expr.numeric import MISFIT
from reportgen.facts.pack import load
from reportgen.facts.policy import load_policy
from reportgen.model.case.build import build_case
from reportgen.model.last_month import LastMonth
from reportgen.model.report_question import answer, ask
from reportgen.periods import serial
from tests.support import one_sheet
from tests.support.agreement import disagreements
from tests.support.shaking import shaken, unsteady
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.model.question import Question
    from tests.support.one_sheet import Index, Sheet
    from tests.support.stored_cells import Value

AS_OF, MONTH_BEFORE = date(2025, 11, 30), date(2025, 10, 31)
HOSTILE = range(1, 2)
SHARE = 0.06  # of the numbers go wrong
# Ranks are of millionths in 15 digits: numbers that are huger still are for the language to bear.
WRONG = ("n/a", None, 0.0, -1.0, -2.5, 2e6, 37.5)


class Trial(NamedTuple):
    """A model on a sheet, what Python says of it, and the cells nobody can be sure of."""

    sheet: Sheet
    expected: dict[str, Value]
    unsteady: set[object]


def question() -> Question:
    policy = load_policy()
    before, now = (
        build_case(load("BABA", as_of=day, inputs=REPOSITORY / "inputs"), policy)
        for day in (MONTH_BEFORE, AS_OF)
    )
    last = answer(ask(before, LastMonth(float("nan"), None)))
    return ask(now, LastMonth(float(serial(MONTH_BEFORE)), last))


def typed_in(array: Array) -> dict[Index, Value | None]:
    """The cells of a given array as they are typed: blank where there is nothing."""
    cells = np.ndenumerate(np.asarray(array))
    return {
        index: (cell or None) if isinstance(cell, str) else None if np.isnan(cell) else float(cell)
        for index, cell in cells
    }


def may_go_wrong(line: Line, array: Array) -> bool:
    """Whether a line is an amount, a rate, a flag: no text, no day, no number of a row."""
    days = np.any(np.asarray(array, dtype=object) == "") or line.unit.name in {"TEXT", "DATE"}
    return not days and not line.key.endswith("number")


def spoilt(asked: Question, seed: int) -> dict[Line, dict[Index, Value | None]]:
    """What is typed in the given lines, some of it wrong."""
    rng = Random(seed)  # noqa: S311 - no secret
    typed = {line: typed_in(array) for line, array in asked.given.items()}
    for line, cells in typed.items():
        if may_go_wrong(line, asked.given[line]):
            for index in cells:
                if rng.random() < SHARE:
                    cells[index] = rng.choice(WRONG)
    return typed


def trial(asked: Question, typed: dict[Line, dict[Index, Value | None]]) -> Trial:
    for line, cells in typed.items():
        if may_go_wrong(line, asked.given[line]):
            array = np.empty(np.shape(asked.given[line]))
            for index, cell in cells.items():
                array[index] = MISFIT if isinstance(cell, str) else np.nan if cell is None else cell
            asked.given[line] = array
    still = answer(asked)
    asked.given.update(shaken(asked.given, apart=True))
    sheet = one_sheet.written(asked.lines, typed, still, asked.links)
    expected = one_sheet.expected(sheet, still)
    return Trial(sheet, expected, unsteady(expected, one_sheet.expected(sheet, answer(asked))))


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    """BABA as it is, then with inputs that go wrong."""
    right = question()
    made = [trial(right, {line: typed_in(array) for line, array in right.given.items()})]
    for seed in HOSTILE:
        asked = question()
        made.append(trial(asked, spoilt(asked, seed)))
    return made


def differences(one: Trial, actual: dict[str, Value]) -> list[object]:
    """Where a program thinks differently: line, both values, formula."""
    return [
        (one.sheet.computed[str(found.place)].line.key, found, one.sheet.formulas[str(found.place)])
        for found in disagreements(one.expected, actual)
        if found.place not in one.unsteady
    ]


@pytest.mark.long  # the workbooks are recalculated in tests/truth, with wrong inputs, too
def test_formualizer_agrees_about_trials_that_are_worth_computing(trials: list[Trial]) -> None:
    for one in trials:
        assert len(one.expected) > 10_000
        assert len(one.unsteady) < 0.03 * len(one.expected)
    shares = [list(one.expected.values()).count("n/a") / len(one.expected) for one in trials]
    assert max(shares[1:]) > shares[0]
    for one in trials:
        assert differences(one, one_sheet.by_formualizer(one.sheet)) == []


@pytest.mark.long  # as above
def test_libreoffice_agrees_about_the_model(trials: list[Trial], tmp_path: Path) -> None:
    computed = one_sheet.by_libreoffice([one.sheet for one in trials], tmp_path)
    for one, actual in zip(trials, computed, strict=True):
        assert differences(one, actual) == []
