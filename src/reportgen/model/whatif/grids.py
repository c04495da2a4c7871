"""Two live grids on the base case: a segment's growth by its multiple, P/E by EPS growth."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    absolute,
    at,
    by,
    each,
    either,
    equal,
    known,
    pick,
    spot,
    where,
)
from reportgen.expr.nodes import Line, Node, Study, Unit, Varied, WhatIf
from reportgen.model.dims import GRID, GRID_COL, GRID_ROW, SCENARIO, SEGMENT
from reportgen.model.given_values import numbered
from reportgen.model.inputs.assumptions import multiple
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import segment_name
from reportgen.model.ranks import above, first, larger
from reportgen.model.twelve_months import eps_reference
from reportgen.model.valuation import (
    base_metric,
    eps_12m,
    level,
    pe_multiple,
    segment_value,
    value,
)
from reportgen.model.words import comparable, control, line, or_zero, row_number, the

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim
    from reportgen.model.question import Question

_BASE = "base"
segment_number = row_number("segment[{segment}].number", SEGMENT)
segment_choice = control(
    "grid_segment", "Segment of the grid, no.; blank = the largest", Unit.COUNT
)
segment_worth = line(
    "segment[{segment}].worth_key",
    "Base value in whole thousandths",
    Unit.COUNT,
    comparable(absolute(at(segment_value, SCENARIO, _BASE))),
)
segment_place = line("segment[{segment}].no", "Number", Unit.COUNT, or_zero(segment_number))
is_largest = line(
    "segment[{segment}].is_largest",
    "Largest",
    Unit.FLAG,
    first(SEGMENT, known(segment_worth), larger(segment_worth, above(segment_place))),
)
chosen_segment = line(
    "grid.segment_number",
    "Segment of the grid, no.",
    Unit.COUNT,
    either(segment_choice, the(SEGMENT, each(is_largest) * 1, segment_place)),
)
chosen_name = line(
    "grid.segment", "Segment of the grid", Unit.TEXT, pick(segment_name, SEGMENT, chosen_segment)
)
base_level = line(
    "grid.base_level[{segment}]",
    "Metric in 12 months, base",
    Unit.REPORTING_M,
    at(level, SCENARIO, _BASE),
)
base_growth = line(
    "grid.base_growth[{segment}]",
    "Growth, base",
    Unit.CHANGE,
    (base_level - base_metric) / absolute(base_metric),
    note="by the level where one is assumed",
)
base_multiple = line(
    "grid.base_multiple[{segment}]", "Multiple, base", Unit.MULTIPLE, at(multiple, SCENARIO, _BASE)
)
base_value = line("grid.base_value", "Base value", Unit.PER_SHARE, at(value, SCENARIO, _BASE))


def _added(centre: Node, dim: Dim) -> Node:
    step = policy("grid.growth_step")
    moved = {"-2": centre - 2 * step, "-1": centre - step, "0": centre, "1": centre + step}
    return by(dim, **moved, **{"2": centre + 2 * step})


def _scaled(centre: Node, dim: Dim) -> Node:
    step = policy("grid.multiple_step")
    moved = {
        "-2": centre * (1 - 2 * step),
        "-1": centre * (1 - step),
        "0": centre,
        "1": centre * (1 + step),
        "2": centre * (1 + 2 * step),
    }
    return by(dim, **moved)


growth_axis = line(
    "grid.growth[{grid_row}]",
    "Growth of the segment",
    Unit.CHANGE,
    _added(pick(base_growth, SEGMENT, chosen_segment), GRID_ROW),
)
multiple_axis = line(
    "grid.multiple[{grid_col}]",
    "Multiple of the segment",
    Unit.MULTIPLE,
    _scaled(pick(base_multiple, SEGMENT, chosen_segment), GRID_COL),
)
eps_growth_axis = line(
    "grid.eps_growth[{grid_row}]",
    "EPS growth",
    Unit.CHANGE,
    _added((at(eps_12m, SCENARIO, _BASE) - eps_reference) / absolute(eps_reference), GRID_ROW),
)
pe_axis = line(
    "grid.pe[{grid_col}]",
    "P/E multiple",
    Unit.MULTIPLE,
    _scaled(at(pe_multiple, SCENARIO, _BASE), GRID_COL),
)
segment_study = Study(
    "grid_segment", "Grid: growth by multiple of a segment", (GRID_ROW, GRID_COL), (base_value,)
)
pe_study = Study("grid_pe", "Grid: EPS growth by P/E", (GRID_ROW, GRID_COL), (base_value,))
segment_grid = line(
    "grid.segment[{grid_row},{grid_col}]",
    "Base value",
    Unit.PER_SHARE,
    Varied(segment_study, base_value),
)
pe_grid = line(
    "grid.pe_eps[{grid_row},{grid_col}]", "Base value", Unit.PER_SHARE, Varied(pe_study, base_value)
)


def ask(question: Question) -> None:
    """Add the fifty what-ifs."""
    question.members[GRID_ROW] = question.members[GRID_COL] = GRID
    segments = question.members[SEGMENT]
    question.give(segment_number, numbered(segments))
    question.what_ifs[segment_study] = tuple(
        WhatIf(f"{row},{col}", f"growth step {row}, multiple step {col}", _on(segments, row, col))
        for row, col in product(GRID, GRID)
    )
    question.what_ifs[pe_study] = tuple(
        WhatIf(f"{row},{col}", f"EPS growth step {row}, P/E step {col}", _of_pe(row, col))
        for row, col in product(GRID, GRID)
    )


@cache
def _of_pe(row: str, col: str) -> tuple[tuple[Line, tuple[str, ...], Node], ...]:
    """Return the earnings and the P/E of the base case: those of the axes."""
    eps = eps_reference + absolute(eps_reference) * spot(eps_growth_axis, row)
    return (eps_12m, (_BASE,), eps), (pe_multiple, (_BASE,), spot(pe_axis, col))


@lru_cache(maxsize=256)  # companies of the same segments share them, and what is made of them
def _on(
    segments: tuple[str, ...], row: str, col: str
) -> tuple[tuple[Line, tuple[str, ...], Node], ...]:
    """Return the level and the multiple of every segment: the axis' for the one chosen."""
    put: list[tuple[Line, tuple[str, ...], Node]] = []
    for segment in segments:
        is_chosen = equal(spot(segment_number, segment), chosen_segment)
        stated = spot(base_metric, segment)
        grown = stated + absolute(stated) * spot(growth_axis, row)
        for line_, node in ((level, grown), (multiple, spot(multiple_axis, col))):
            own = spot(line_, _BASE, segment)
            put.append((line_, (_BASE, segment), where(is_chosen, node, own)))
    return tuple(put)
