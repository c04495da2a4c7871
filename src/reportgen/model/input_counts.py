"""Are all inputs still there? The filled cells of each block, against the count at issue.

A cleared cell of a table changes sums and choices without a trace, so cells are counted. Rows
that an analyst adds in the spare ones are left out: they cannot make up for a cleared one.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.functions import (
    by,
    count_known,
    count_where,
    each,
    maximum,
    same,
    sum_known,
    where,
)
from reportgen.expr.nodes import Dim, Line, Node, Unit
from reportgen.model.dims import CLAIM, PRODUCT, TARGET
from reportgen.model.input_blocks.blocks import BLOCKS
from reportgen.model.input_blocks.row_by_row import (
    ROW_BY_ROW,
    claim_rows,
    is_filled,
    product_rows,
    target_rows,
)
from reportgen.model.words import Entry, case_line, given

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from reportgen.model.question import Question

BLOCK = Dim("block")


def _count(cells: Line) -> Node:
    """Return how many cells of a line are filled."""
    if cells in ROW_BY_ROW:
        return sum_known(cells, cells.dims[0])
    if not cells.dims:
        return where(is_filled(cells), 1, 0)
    if cells.unit is Unit.TEXT:
        return count_where(cells.dims[0], ~same(each(cells), ""))
    return count_known(cells, cells.dims[0])


block_label = given("check_count[{block}].label", "Block", Unit.TEXT, BLOCK)
filled_at_issue = given("check_count[{block}].at_issue", "Filled at issue", Unit.COUNT, BLOCK)
filled_now = case_line(
    "check_count[{block}].now",
    "Filled now",
    Unit.COUNT,
    by(BLOCK, **{name: reduce(add, map(_count, cells)) for name, _, cells in BLOCKS}),
    BLOCK,
)
cleared = case_line(
    "check_count[{block}]",
    "Cleared since issue",
    Unit.COUNT,
    maximum(0, filled_at_issue - filled_now),
    BLOCK,
)


def ask(question: Question) -> None:
    """Add the blocks, and what is filled in them now: at issue."""
    question.dimension(BLOCK, (name for name, _, _ in BLOCKS))
    question.give(block_label, [title for _, title, _ in BLOCKS])
    for rows, dim in ((target_rows, TARGET), (claim_rows, CLAIM), (product_rows, PRODUCT)):
        known_rows = [name for name in question.members[dim] if not name.startswith("+")]
        question.given[rows] = np.array(float(len(known_rows)))
    counts = [
        sum(_held(cell, question) for line in cells for cell in ROW_BY_ROW.get(line, (line,)))
        for _, _, cells in BLOCKS
    ]
    question.give(filled_at_issue, [float(count) for count in counts])


def _held(cells: Line, question: Question) -> int:
    """Return how many cells of an input are filled at issue."""
    parts = (cells.issued, cells.override) if isinstance(cells, Entry) else (cells,)
    present = [_present(question.given[part]) for part in parts]
    return int(np.sum(np.any(present, axis=0)))


def _present(values: Array) -> Array:
    """Return which values are filled."""
    return values != "" if values.dtype == object else ~np.isnan(values)
