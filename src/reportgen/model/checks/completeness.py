"""Are all inputs still there? The filled cells of each block, against the count at issue.

A cleared cell of a table changes sums and choices without a trace, so cells are counted, in blocks
of what belongs together. Of tables with spare rows the cells that the model reads are counted row
by row; what an analyst adds in the spare rows is left out: it cannot make up for a cleared cell.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.functions import (
    by,
    count_filled,
    count_known,
    count_where,
    each,
    either,
    given_text,
    known,
    maximum,
    same,
    sum_known,
    where,
)
from reportgen.expr.nodes import NA, Dim, Unit
from reportgen.facts.catalogue import Group
from reportgen.model import fundamentals, peers
from reportgen.model.dims import CLAIM, PRODUCT, SCENARIO, TARGET
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions as a
from reportgen.model.inputs import conversion, description, market_data
from reportgen.model.inputs.assumptions import inputs_of
from reportgen.model.keys import is_spare
from reportgen.model.spare_rows import SPARE
from reportgen.model.words import Entry, case_line, given, line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.expr.numeric import Array
    from reportgen.model.question import Question


_TARGET_CELLS = (
    price_targets.broker,
    price_targets.published,
    price_targets.stated,
    price_targets.currency,
    price_targets.horizon,
    price_targets.kind,
)
_CLAIM_CELLS = (
    claims.claim_key,
    claims.claim_amount,
    claims.claim_unit,
    claims.claim_published,
    claims.claim_source,
)
_PRODUCT_CELLS = (
    products.product_vendor,
    products.product_name,
    products.product_price,
    products.product_currency,
    products.product_published,
    products.product_source,
)


def is_filled(cell: Line) -> Node:
    """Return 1 where a cell holds what it is for: a number, or some text."""
    return given_text(cell) if cell.unit is Unit.TEXT else known(cell)


def _rows_at_issue(table: str) -> Line:
    return given(f"check_count.{table}.rows", f"Rows at issue: {table}", Unit.COUNT)


def _read(rows: Line) -> Line:
    """Return the line that reads the rows at issue once for all rows; n/a where that is blank."""
    return line(f"{rows.key}.read", f"{rows.label}, as read", Unit.COUNT, either(rows, NA))


def _filled_cells(key: str, row: Line, rows: Line, cells: tuple[Line, ...]) -> Line:
    """Return how many of its cells a row has filled; 0 in the spare rows."""
    count = line(
        f"{key}.cells",
        "Filled cells, spare rows too",
        Unit.COUNT,
        reduce(add, (where(is_filled(cell), 1, 0) for cell in cells)),
    )
    return line(f"{key}.filled", "Filled cells", Unit.COUNT, where(row <= rows, count, 0))


def _known_cases(group: Group) -> Node:
    """Return how many cells of the inputs of a group are known, over the cases."""
    return reduce(add, (count_known(of, SCENARIO) for of in inputs_of(group)))


target_rows = _rows_at_issue("targets")
claim_rows = _rows_at_issue("claims")
product_rows = _rows_at_issue("products")
_target_rows, _claim_rows, _product_rows = map(_read, (target_rows, claim_rows, product_rows))
_HALF = len(_TARGET_CELLS) // 2
target_filled = _filled_cells(
    "target[{target}].first", price_targets.row, _target_rows, _TARGET_CELLS[:_HALF]
)
target_rest = _filled_cells(
    "target[{target}].rest", price_targets.row, _target_rows, _TARGET_CELLS[_HALF:]
)
claim_filled = _filled_cells("claim[{claim}]", claims.claim_row, _claim_rows, _CLAIM_CELLS)
product_filled = _filled_cells(
    "product[{product}]", products.product_row, _product_rows, _PRODUCT_CELLS
)
growth_filled = line(
    "segment[{segment}].growth_filled",
    "Growth rates and levels filled",
    Unit.COUNT,
    _known_cases(Group.SEGMENT_GROWTH),
)
multiple_filled = line(
    "segment[{segment}].multiple_filled",
    "Multiples filled",
    Unit.COUNT,
    _known_cases(Group.SEGMENT_MULTIPLES),
)
ROW_BY_ROW = {
    target_filled: _TARGET_CELLS[:_HALF],
    target_rest: _TARGET_CELLS[_HALF:],
    claim_filled: _CLAIM_CELLS,
    product_filled: _PRODUCT_CELLS,
    growth_filled: inputs_of(Group.SEGMENT_GROWTH),
    multiple_filled: inputs_of(Group.SEGMENT_MULTIPLES),
}


# --- the blocks ---
class Block(NamedTuple):
    """Inputs counted together: few enough for one formula."""

    key: str
    title: str
    cells: tuple[Line, ...]


BLOCKS = (
    Block(
        "company",
        "Company",
        (description.as_of, description.adr_ratio, description.launch_date),
    ),
    Block(
        "currencies",
        "Currencies",
        (
            description.price_currency,
            description.reporting_currency,
            a.dividend_currency,
            a.eps_level_currency,
        ),
    ),
    Block("scenarios", "Scenarios", inputs_of(Group.SCENARIOS)),
    Block("flows", "Earnings, EBITDA and book value in 12 months", inputs_of(Group.FLOWS)),
    Block("multiples", "Multiples of the scenarios", inputs_of(Group.MULTIPLES)),
    Block(
        "segments",
        "Segments",
        (
            description.segment_id,
            a.base_currency,
            a.level_currency,
            *inputs_of(Group.SEGMENTS),
        ),
    ),
    Block("segment_growth", "Growth of the segments", (growth_filled,)),
    Block("segment_multiples", "Multiples of the segments", (multiple_filled,)),
    Block("returns", "Return, growth and fade", inputs_of(Group.RETURNS)),
    Block("methods", "Dividend, cash conversion, beta", inputs_of(Group.METHODS)),
    Block("weights", "Weights of the methods", inputs_of(Group.WEIGHTS)),
    Block("hype_rates", "Rates of the hype adjustment", inputs_of(Group.HYPE_RATES)),
    Block("hype_caps", "Caps of the hype adjustment", inputs_of(Group.HYPE_CAPS)),
    Block("hype_switches", "Switches of the hype adjustment", inputs_of(Group.HYPE_SWITCHES)),
    Block(
        "hype_weights",
        "Weights of the hype adjustment, stance",
        inputs_of(Group.HYPE_WEIGHTS, Group.STANCE),
    ),
    Block(
        "launch_market",
        "Launch: share of the market and of units",
        (
            *inputs_of(Group.LAUNCH_MARKET),
            a.variant_id,
            *inputs_of(Group.LAUNCH_VARIANTS),
        ),
    ),
    Block(
        "launch_profit",
        "Launch: margins, tax, discount rate, success",
        inputs_of(Group.LAUNCH_PROFIT),
    ),
    Block("exchange_rates", "Exchange rates", (conversion.currency_code, conversion.per_euro)),
    Block("closes", "Closes", (market_data.close_date, market_data.close)),
    Block(
        "benchmark", "Benchmark closes", (market_data.benchmark_date, market_data.benchmark_close)
    ),
    Block(
        "estimates",
        "Consensus earnings",
        (market_data.estimate_date, market_data.estimate, market_data.estimate_currency),
    ),
    Block("results", "Results: figures", (fundamentals.value, fundamentals.yoy)),
    Block(
        "result_rows",
        "Results: what they are",
        (fundamentals.period_end, fundamentals.published, fundamentals.metric),
    ),
    Block("peers", "Multiples of peers", (peers.company, peers.metric, peers.value)),
    Block("targets", "Price targets", (target_filled, target_rest)),
    Block("claims", "Claims", (claim_filled,)),
    Block("products", "Product prices", (product_filled,)),
)


# --- the count of each block ---
BLOCK = Dim("block")
_FEW = 3  # inputs whose cells one formula of the tab counts


def _count(cells: Line) -> Node:
    """Return how many cells of a line are filled."""
    if cells in ROW_BY_ROW:
        return sum_known(cells, cells.dims[0])
    if not cells.dims:
        return where(is_filled(cells), 1, 0)
    dim = cells.dims[0]
    if cells.unit is not Unit.TEXT:
        return count_known(cells, dim, SPARE.get(dim, 0))
    if dim in SPARE:
        return count_filled(cells, dim, SPARE[dim])
    return count_where(dim, ~same(each(cells), ""))


def _filled(block: Block) -> Node:
    """Return how many cells of a block are filled; one of many inputs in a line of its own."""
    count = reduce(add, map(_count, block.cells))
    if len(block.cells) <= _FEW:
        return count
    return line(f"check_count.{block.key}.filled", f"{block.title}: filled", Unit.COUNT, count)


block_label = given("check_count[{block}].label", "Block", Unit.TEXT, BLOCK)
filled_at_issue = given("check_count[{block}].at_issue", "Filled at issue", Unit.COUNT, BLOCK)
filled_now = case_line(
    "check_count[{block}].now",
    "Filled now",
    Unit.COUNT,
    by(BLOCK, **{block.key: _filled(block) for block in BLOCKS}),
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
    question.dimension(BLOCK, (block.key for block in BLOCKS))
    question.give(block_label, [block.title for block in BLOCKS])
    for rows, dim in ((target_rows, TARGET), (claim_rows, CLAIM), (product_rows, PRODUCT)):
        known_rows = [name for name in question.members[dim] if not is_spare(name)]
        question.given[rows] = np.array(float(len(known_rows)))
    counts = [
        sum(_held(cell, question) for line in block.cells for cell in ROW_BY_ROW.get(line, (line,)))
        for block in BLOCKS
    ]
    question.give(filled_at_issue, [float(count) for count in counts])


def _held(cells: Line, question: Question) -> int:
    """Return how many cells of an input are filled at issue."""
    parts = (cells.issued, cells.override) if isinstance(cells, Entry) else (cells,)
    present = np.any([_present(question.given[part]) for part in parts], axis=0)
    spare = SPARE.get(cells.dims[0], 0) if cells.dims else 0
    return int(np.sum(present[: len(present) - spare] if spare else present))


def _present(values: Array) -> Array:
    """Return which values are filled."""
    return values != "" if values.dtype == object else ~np.isnan(values)
