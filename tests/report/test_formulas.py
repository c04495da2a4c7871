"""Copying the first formula of a row or a column of like cells along gives the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from reportgen.expr.formula import variants
from reportgen.pipeline import compose
from reportgen.report import cells
from scripts.workbook_facts import relative, unquoted
from tests.report.conftest import AS_OF, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.report.formulas import Formulas
    from reportgen.report.placement import Places

_LINK = re.compile(r"=(?:'[^']+'!|\w+!)?\$?[A-Z]+\$?\d+")
# Lines that run across and read cells that stand below each other, or the other way: no sign makes
# copies of them right. What only shows another cell is not copied along.
TURNED = {
    "{scenario}.eps_typed",  # each case has a row of its own on Inputs
    "ladder[{step}].side[{growth_case}]",
    "priced_in.g_needed[{growth_case}]",
}


class Printed(NamedTuple):
    """The formulas of a line as they stand on its tab."""

    line: Line
    places: Places
    formulas: Array


@pytest.fixture(scope="module")
def printed() -> list[Printed]:
    """Every line of the example with the formulas of its cells, but for those on Workings."""
    found: list[Printed] = []

    def noted(line: Line, places: Places) -> Formulas:
        formulas = printing_formulas(line, places)
        if places.lines[line].sheet != "Workings":
            found.append(Printed(line, places, formulas.texts))
        return formulas

    printing_formulas = cells.line_formulas
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "line_formulas", noted)
        compose("BABA", as_of=AS_OF, inputs=ROOT / "inputs")
    return found


def test_a_formula_copied_along_gives_those_of_its_row_and_column(printed: list[Printed]) -> None:
    assert {one.line.key for one in printed if any(_uneven(one))} == TURNED


def test_a_sign_pins_nothing_in_a_formula_that_stands_alone(printed: list[Printed]) -> None:
    alone = [one for one in printed if one.formulas.ndim == 0]
    assert {one.line.key for one in alone if "$" in unquoted(str(one.formulas))} == set()


def _uneven(of: Printed) -> Iterator[bool]:
    """Yield for each way in which cells of one formula run whether they are no copies."""
    place = of.places.lines[of.line]
    for variant in variants(of.line, of.places.members):
        at = [slice(None)] * of.formulas.ndim
        for axis, members in variant.where:
            at[axis] = members
        parts = [np.asarray(part[tuple(at)]) for part in (of.formulas, place.rows, place.cols)]
        cells = zip(*(part.ravel().tolist() for part in parts), strict=True)
        copies = np.array([relative(text, row + 1, col + 1) for text, row, col in cells])
        copies = copies.reshape(parts[0].shape)
        if not all(map(_LINK.fullmatch, parts[0].ravel().tolist())):
            yield from (_changes(copies, axis) for axis in range(copies.ndim))


def _changes(copies: Array, axis: int) -> bool:
    first, rest = np.split(copies, [1], axis=axis)
    return bool(np.any(first != rest))
