"""The blocks of inputs whose cells are counted: what belongs together, and what it is called.

Of tables with spare rows the cells that the model reads are counted row by row; the spare rows are
left out, since what an analyst adds there cannot make up for a cell that was cleared.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import NamedTuple

from reportgen.expr.functions import count_known, given_text, known, where
from reportgen.expr.nodes import Line, Node, Unit
from reportgen.model import inputs as i
from reportgen.model.dims import SCENARIO
from reportgen.model.evidence import claims, products
from reportgen.model.fundamentals import reported
from reportgen.model.hype import price_targets
from reportgen.model.words import given, line


class Block(NamedTuple):
    """Inputs counted together: few enough for one formula."""

    key: str
    title: str
    cells: tuple[Line, ...]


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
    count_known(i.growth, SCENARIO),
)
multiple_filled = line(
    "segment[{segment}].multiple_filled",
    "Multiples filled",
    Unit.COUNT,
    count_known(i.multiple, SCENARIO),
)
ROW_BY_ROW = {
    target_filled: _TARGET_CELLS[:_HALF],
    target_rest: _TARGET_CELLS[_HALF:],
    claim_filled: _CLAIM_CELLS,
    product_filled: _PRODUCT_CELLS,
    growth_filled: (i.growth,),
    multiple_filled: (i.multiple,),
}

BLOCKS = (
    Block("company", "Company", (i.as_of, i.ordinary_per_ads, i.launch_date)),
    Block(
        "currencies", "Currencies", (i.price_currency, i.reporting_currency, i.dividend_currency)
    ),
    Block(
        "scenarios",
        "Scenarios",
        (i.probability, i.conglomerate_discount, i.investment_haircut, i.eps_growth),
    ),
    Block("multiples", "Multiples of the scenarios", (i.pe_assumed, i.peer_pe_discount)),
    Block("segments", "Segments", (i.segment_id, i.base_currency, i.base_stated)),
    Block("segment_growth", "Growth of the segments", (growth_filled,)),
    Block("segment_multiples", "Multiples of the segments", (multiple_filled,)),
    Block(
        "returns",
        "Return, growth and fade",
        (i.cost_of_equity, i.terminal_growth, i.growth_half_life, i.fade_years),
    ),
    Block(
        "methods",
        "Dividend, cash and weights of the methods",
        (i.dividend_stated, i.cash_conversion, i.weight_sotp, i.weight_pe, i.benchmark_beta),
    ),
    Block(
        "hype_rates",
        "Rates of the hype adjustment",
        (
            i.hype_optimism_rate,
            i.hype_target_half_life,
            i.hype_max_target_age,
            i.hype_runup_share,
            i.hype_launch_share,
            i.hype_allowance_rate,
        ),
    ),
    Block(
        "hype_caps",
        "Caps of the hype adjustment",
        (
            i.hype_runup_cap,
            i.hype_launch_cap,
            i.hype_max_haircut,
        ),
    ),
    Block(
        "hype_switches",
        "Switches of the hype adjustment",
        (
            i.hype_switch_optimism,
            i.hype_switch_staleness,
            i.hype_switch_runup,
            i.hype_switch_launch,
        ),
    ),
    Block(
        "hype_weights",
        "Weights of the hype adjustment, stance",
        (
            i.hype_weight_optimism,
            i.hype_weight_staleness,
            i.hype_weight_runup,
            i.hype_weight_launch,
            i.stance_min_skew,
            i.stance_max_skew,
        ),
    ),
    Block(
        "launch_market",
        "Launch: share of the market and of units",
        (i.launch_market_share, i.launch_share_ramp, i.variant_id, i.launch_price_mix),
    ),
    Block(
        "launch_profit",
        "Launch: margins, tax, discount rate, success",
        (
            i.launch_margin_hardware,
            i.launch_margin_ecosystem,
            i.launch_tax,
            i.launch_discount_rate,
            i.launch_success_probability,
        ),
    ),
    Block("exchange_rates", "Exchange rates", (i.currency_code, i.per_euro)),
    Block("closes", "Closes", (i.close_date, i.close)),
    Block("benchmark", "Benchmark closes", (i.benchmark_date, i.benchmark_close)),
    Block("estimates", "Consensus earnings", (i.estimate_date, i.estimate, i.estimate_currency)),
    Block("results", "Results: figures", (reported.value, reported.yoy)),
    Block(
        "result_rows",
        "Results: what they are",
        (reported.period_end, reported.published, reported.metric),
    ),
    Block("targets", "Price targets", (target_filled, target_rest)),
    Block("claims", "Claims", (claim_filled,)),
    Block("products", "Product prices", (product_filled,)),
)
