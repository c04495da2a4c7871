"""A what-if is refused whose formulas would read other cells than those of the model."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from reportgen.expr.pieces import How, Reference, Template
from reportgen.model.dims import SCENARIO
from reportgen.model.inputs.assumptions import cost_of_equity, ev_ebitda_multiple, probability
from reportgen.model.valuation import expected_value
from reportgen.report import study_formulas

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line


MOVED, UNMOVED = np.array([[False, True, False]]), np.array([[False, False, False]])
REFUSED = f"{expected_value.key} pairs moved rows with unmoved ones"


def ranges(*lines: Line) -> Template:
    """A formula that pairs ranges over the scenarios."""
    read = tuple(Reference(How.RANGE, line, SCENARIO) for line in lines)
    return Template(f"SUMPRODUCT({','.join('%s' for _ in lines)})", read)


def placed(affected: dict[Line, Any]) -> Any:  # noqa: ANN401 - as much of Places as is asked
    return SimpleNamespace(studies={None: SimpleNamespace(affected=affected)}, by_key={})


@pytest.mark.parametrize(
    ("affected", "is_refused"),
    [
        ({ev_ebitda_multiple: MOVED, probability: MOVED}, False),
        ({ev_ebitda_multiple: UNMOVED, probability: UNMOVED}, False),
        ({}, False),
        ({ev_ebitda_multiple: MOVED}, True),
        ({probability: MOVED, ev_ebitda_multiple: UNMOVED}, True),
    ],
    ids=["both moved", "both listed, none moved", "none listed", "one listed", "one moved"],
)
def test_moved_rows_are_paired_with_moved_ones_alone(
    affected: dict[Line, Any], *, is_refused: bool
) -> None:
    formula = ranges(ev_ebitda_multiple, probability)
    refuse = study_formulas._refuse_crossed  # noqa: SLF001 - no line of the model comes to it
    if is_refused:
        with pytest.raises(ValueError, match=REFUSED):
            refuse(None, expected_value, formula, placed(affected))  # type: ignore[arg-type]
    else:
        refuse(None, expected_value, formula, placed(affected))  # type: ignore[arg-type]


def test_cells_and_ranges_over_other_dimensions_are_not_paired() -> None:
    cell = Reference(How.CELL, probability, SCENARIO)
    formula = Template("%s*SUM(%s)", (cell, *ranges(ev_ebitda_multiple).references))
    study_formulas._refuse_crossed(  # noqa: SLF001 - see above
        None,  # type: ignore[arg-type]
        expected_value,
        formula,
        placed({ev_ebitda_multiple: MOVED}),
    )


def test_a_single_cell_is_read_by_no_what_if() -> None:
    spot = Reference(How.SPOT, cost_of_equity)
    with pytest.raises(ValueError, match="reads one single cell"):
        study_formulas._addresses(spot, None, expected_value, placed({}))  # type: ignore[arg-type]  # noqa: SLF001
