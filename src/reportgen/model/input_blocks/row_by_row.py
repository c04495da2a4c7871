"""The filled cells of tables with spare rows, counted row by row."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from reportgen.expr.functions import count_known, given_text, known, where
from reportgen.expr.nodes import Unit
from reportgen.model.dims import SCENARIO
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions as a
from reportgen.model.words import given, line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

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


def _filled_cells(key: str, row: Line, rows: Line, cells: tuple[Line, ...]) -> Line:
    """Return how many of its cells a row has filled; 0 in the spare rows."""
    count = reduce(add, (where(is_filled(cell), 1, 0) for cell in cells))
    return line(f"{key}.filled", "Filled cells", Unit.COUNT, where(row <= rows, count, 0))


target_rows = _rows_at_issue("targets")
claim_rows = _rows_at_issue("claims")
product_rows = _rows_at_issue("products")
_HALF = len(_TARGET_CELLS) // 2
target_filled = _filled_cells(
    "target[{target}].first", price_targets.row, target_rows, _TARGET_CELLS[:_HALF]
)
target_rest = _filled_cells(
    "target[{target}].rest", price_targets.row, target_rows, _TARGET_CELLS[_HALF:]
)
claim_filled = _filled_cells("claim[{claim}]", claims.claim_row, claim_rows, _CLAIM_CELLS)
product_filled = _filled_cells(
    "product[{product}]", products.product_row, product_rows, _PRODUCT_CELLS
)
growth_filled = line(
    "segment[{segment}].growth_filled",
    "Growth rates filled",
    Unit.COUNT,
    count_known(a.growth, SCENARIO),
)
multiple_filled = line(
    "segment[{segment}].multiple_filled",
    "Multiples filled",
    Unit.COUNT,
    count_known(a.multiple, SCENARIO),
)
ROW_BY_ROW = {
    target_filled: _TARGET_CELLS[:_HALF],
    target_rest: _TARGET_CELLS[_HALF:],
    claim_filled: _CLAIM_CELLS,
    product_filled: _PRODUCT_CELLS,
    growth_filled: (a.growth,),
    multiple_filled: (a.multiple,),
}
