"""What-ifs: which cells they move, and what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from reportgen.expr import functions as f
from reportgen.expr.nodes import NA, Dim, Line, Linked, Node, Study, Unit, Varied, WhatIf
from reportgen.expr.solve import Solved, solve
from tests.expr.small import CASE, MEMBERS, ROW, STEP, given, line

if TYPE_CHECKING:
    from collections.abc import Sequence

WHAT_IF = Dim("what_if")
BASE, GROWTH, WEIGHT = given("base", ROW), given("growth", CASE), given("weight")
WORTH = line("worth", BASE * (1 + GROWTH), CASE, ROW)
TOTAL = line("total", f.total(WORTH, ROW), CASE)
MEAN = line("mean", f.mean(TOTAL, CASE) * WEIGHT)
ASIDE = line("aside", WEIGHT * 2)
TYPED = {"base": [1, 2, 3, 4], "growth": [0, 1, 2], "weight": 10}


def study_of(*outputs: Line) -> tuple[Study, list[Line]]:
    """A study of some outputs, and lines that read it."""
    study = Study("study", "", (WHAT_IF,), outputs)
    readers = [
        Line(f"{one.key} varied", "", one.unit, (WHAT_IF, *one.dims), Varied(study, one))
        for one in outputs
    ]
    return study, readers


def studied(
    *what_ifs: WhatIf, outputs: Sequence[Line] = (MEAN,)
) -> tuple[Solved, Study, list[Line]]:
    study, readers = study_of(*outputs)
    members = {**MEMBERS, WHAT_IF: tuple(what_if.key for what_if in what_ifs)}
    arrays = {BASE: TYPED["base"], GROWTH: TYPED["growth"], WEIGHT: TYPED["weight"]}
    given_arrays: dict[Line, Any] = {one: np.array(cells) for one, cells in arrays.items()}
    lines = (BASE, GROWTH, WEIGHT, WORTH, TOTAL, ASIDE, MEAN, *readers)
    return solve(lines, given_arrays, members, {study: what_ifs}), study, readers


def what_if(*replaced: tuple[Line, tuple[str, ...], Node | float]) -> WhatIf:
    return WhatIf("", "", tuple((one, at, f.node(expr)) for one, at, expr in replaced))


def test_an_output_is_read_under_each_what_if() -> None:
    grown = what_if((GROWTH, ("base",), 4))
    heavier = what_if((WEIGHT, (), 20), (BASE, ("4",), NA))
    solution, _, (varied,) = studied(grown, heavier, what_if())
    assert solution.values[varied].tolist() == pytest.approx([300, np.nan, 200], nan_ok=True)
    assert solution.values[MEAN] == 200


def test_only_the_cells_that_a_replaced_cell_reaches_are_affected() -> None:
    solution, study, _ = studied(what_if((GROWTH, ("base",), 4)), what_if((WEIGHT, (), 3)))
    affected = {one.key: mask.tolist() for one, mask in solution.studies[study].affected.items()}
    assert affected == {
        "growth": [[False, True, False], [False] * 3],
        "weight": [False, True],
        "worth": [[[False] * 4, [True] * 4, [False] * 4], [[False] * 4] * 3],
        # The mean reads all cases as one range: in a sheet they stand together.
        "total": [[True, True, True], [False] * 3],
        "mean": [True, True],
    }


def test_a_line_that_the_output_does_not_read_is_left_alone() -> None:
    solution, study, _ = studied(what_if((WEIGHT, (), 3)))
    assert ASIDE not in solution.studies[study].affected


def test_what_is_put_in_place_reads_the_model_as_it_stands() -> None:
    both = what_if(
        (GROWTH, ("bear",), f.at(GROWTH, CASE, "bull")), (GROWTH, ("bull",), f.spot(GROWTH, "bear"))
    )
    solution, study, _ = studied(both)
    assert solution.studies[study].values[GROWTH].tolist() == [[2, 1, 0]]


def test_a_text_is_replaced_by_a_text() -> None:
    name, number = given("name", unit=Unit.TEXT), given("number")
    picked = line("picked", f.where(f.same(name, "peers"), number, 0))
    study, (varied,) = study_of(picked)
    changed = what_if((name, (), f.node("PEERS")))
    solution = solve(
        (name, number, picked, varied),
        {name: np.array("own", dtype=object), number: np.array(5.0)},
        {WHAT_IF: ("1",)},
        {study: (changed,)},
    )
    assert solution.values[varied].tolist() == [5]


def test_a_rung_of_a_ladder_cannot_be_replaced() -> None:
    climbing = line("climbing", f.previous("climbing", STEP, 0) + 1, STEP)
    top = line("top", f.at(climbing, STEP, "3") + 0)
    study, (varied,) = study_of(top)
    broken = what_if((climbing, ("1",), 7))
    with pytest.raises(ValueError, match="cannot replace climbing"):
        solve((climbing, top, varied), {}, {**MEMBERS, WHAT_IF: ("1",)}, {study: (broken,)})


def test_each_cell_of_a_linked_line_has_an_expression_of_its_own() -> None:
    number = given("number")
    linked = Line("linked", "", Unit.NUMBER, (ROW,), Linked())
    doubled = line("doubled", linked * 2, ROW)
    cells = {linked: (number + 1, f.node(2), NA, number * 3)}
    values = solve((number, linked, doubled), {number: np.array(5.0)}, MEMBERS, {}, cells).values
    assert values[doubled].tolist() == pytest.approx([12, 4, np.nan, 30], nan_ok=True)


def test_what_ifs_within_what_ifs_are_refused() -> None:
    inner, (varied,) = study_of(MEAN)
    over = line("over", f.total(varied, WHAT_IF) * WEIGHT)
    outer = Study("outer", "", (WHAT_IF,), (over,))
    reader = Line("reader", "", Unit.NUMBER, (WHAT_IF,), Varied(outer, over))
    heavier = (what_if((WEIGHT, (), 20)),)
    lines = (BASE, GROWTH, WEIGHT, WORTH, TOTAL, MEAN, varied, over, reader)
    arrays = {BASE: np.ones(4), GROWTH: np.ones(3), WEIGHT: np.ones(())}
    with pytest.raises(ValueError, match="mean varied reads what-ifs and cannot be part of others"):
        solve(lines, arrays, {**MEMBERS, WHAT_IF: ("1",)}, {inner: heavier, outer: heavier})
