"""Whatever is typed into a report, three programs agree on what follows.

Random cells become n/a, blank, 0, negative, huge: a few at a time, so that what depends on them
stays alive, and by the hundred, so that every typed number is hit. Large numbers that cancel leave
over what every program rounds in its own way: that much they may differ.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from reportgen.expr.nodes import Unit
from reportgen.model.inputs import market_data
from tests.support import formualizer_engine
from tests.support.agreement import disagreements
from tests.support.selection import groups, long_except
from tests.support.stored_cells import read_values
from tests.truth.cells import by_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.support.agreement import Disagreement
    from tests.support.stored_cells import Value
    from tests.truth.cells import Place
    from tests.truth.conftest import Workshop
    from tests.truth.editing import Editor, Spot, Typed

SEED = 3
FEW, WORKBOOKS_OF_FEW = 5, 20
WORKBOOKS_OF_MANY = 10
TOGETHER = 5  # workbooks that one start of LibreOffice recalculates
CASES = range(WORKBOOKS_OF_FEW + WORKBOOKS_OF_MANY)
KEPT = (WORKBOOKS_OF_FEW,)  # in the short form: one in which many cells are typed
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
LAST_DAY = 73_050.0  # 2099-12-31
EPSILON, ROUNDINGS = 2**-52, 64
DAYS = {market_data.close_date, market_data.benchmark_date, market_data.estimate_date}


def _cases(editor: Editor) -> list[dict[str, Typed]]:
    """What is typed into each workbook, by key; the same in every run."""
    chance = random.Random(SEED)  # noqa: S311 - dice, not secrets
    keys = [key for key, spot in editor.spots.items() if _may_be_typed(key, spot, editor)]
    chance.shuffle(keys)
    few = [keys[FEW * k :][:FEW] for k in range(WORKBOOKS_OF_FEW)]
    rest = keys[FEW * WORKBOOKS_OF_FEW :]
    many = [rest[k::WORKBOOKS_OF_MANY] for k in range(WORKBOOKS_OF_MANY)]
    return [{key: _typed(key, editor, chance) for key in group} for group in (*few, *many)]


def _may_be_typed(key: str, spot: Spot, editor: Editor) -> bool:
    """Whether a cell holds a number and may hold any.

    The days of a dated series must ascend, for closes are looked up among them; without tolerances
    it is noise that decides.
    """
    if spot.line.unit is Unit.TEXT or spot.line in DAYS or key.startswith("policy[tolerance."):
        return False
    try:
        editor.place(key)
    except LookupError:
        return False
    return True


def _typed(key: str, editor: Editor, chance: random.Random) -> Typed:
    issued = editor.typed(key)
    number = issued if isinstance(issued, float) and issued else 1.0
    # Of days beyond those of the calendar every program thinks in its own way.
    is_day = editor.spots[key].line.unit is Unit.DATE
    huge = LAST_DAY if is_day else (10 if key.startswith("policy[") else 1000) * number
    return chance.choice(["n/a", None, 0.0, -number, -0.3 * number, 1.1 * number, huge])


@pytest.mark.parametrize("number", long_except(KEPT, CASES))
def test_whatever_is_typed_three_programs_agree_on_every_formula(
    number: int, workshop: Workshop, editor: Callable[[str], Editor]
) -> None:
    baba = editor("baba")
    cases = _cases(baba)
    group = next(one for one in groups(KEPT, CASES, TOGETHER) if number in one)
    edits = [("baba", list(baba.in_file(cases[one]))) for one in group]
    workbook = workshop.edited(f"fuzz-{group[0]}", edits)[group.index(number)]
    expected = baba.expected(cases[number])
    by_libreoffice = by_place(read_values(workbook.recalculated))
    assert list(_disagreements(expected, by_libreoffice)) == []
    by_formualizer = by_place(formualizer_engine.recalculate(workbook.typed))
    assert list(_disagreements(expected, by_formualizer)) == []


def _disagreements(
    expected: Mapping[Place, Value], actual: Mapping[Place, Value]
) -> Iterator[Disagreement]:
    """Where two programs differ by more than what large numbers leave over when they cancel."""
    largest = max(abs(value) for value in expected.values() if isinstance(value, float))
    for found in disagreements(expected, actual):
        one, other = found.expected, found.actual
        if isinstance(one, str) and isinstance(other, str):
            close = _rounded(one) == _rounded(other)
        else:
            numbers = isinstance(one, float) and isinstance(other, float)
            close = numbers and abs(one - other) <= ROUNDINGS * EPSILON * largest
        if not close:
            yield found


def _rounded(text: str) -> str:
    """A sentence with as many digits of its numbers as every program has."""
    return NUMBER.sub(lambda number: f"{float(number[0].replace(',', '')):.10g}", text)
