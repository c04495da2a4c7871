"""The dated series of Prices & targets: consensus EPS, closes, the benchmark."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.model.dims import BENCHMARK, CLOSE, ESTIMATE
from reportgen.model.inputs import market_data
from reportgen.report.blocks import section, unit_name
from reportgen.report.origins import EXCHANGE
from reportgen.report.tables import HEADER_ROWS, Column, days_only, numbers_only, table

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

CODE = "input_code"  # typed short codes, centered
LAST_COL = 10


class Band(NamedTuple):
    """A dated series, oldest first as look-ups need it: its days, then its values."""

    title: str
    dim: Dim
    columns: tuple[Column, ...]
    source: str


def dated_series(context: Context) -> tuple[Band, ...]:
    """Return every dated series."""
    company = context.pack.company
    price = unit_name(market_data.close.unit, context)
    return (
        Band(
            "Consensus EPS",
            ESTIMATE,
            (
                Column(market_data.estimate_date),
                Column(market_data.estimate, "EPS", "as stated"),
                Column(market_data.estimate_currency, look=CODE),
                Column(market_data.estimate_value),
                Column(market_data.estimate_source, look=CODE),
            ),
            "earnings per share of the next twelve months, as known on each day",
        ),
        Band(
            "Closes",
            CLOSE,
            (Column(market_data.close_date), Column(market_data.close, unit=price)),
            f"source: {company.price_source or company.exchange}; not adjusted for dividends",
        ),
        Band(
            "Benchmark",
            BENCHMARK,
            (
                Column(market_data.benchmark_date),
                Column(market_data.benchmark_close, unit="points"),
            ),
            f"{company.benchmark}; source: {company.benchmark_source or EXCHANGE}"
            if company.benchmark
            else "n/a: the pack names none",
        ),
    )


def lay_out_band(tab: Tab, context: Context, row: int, band: Band) -> int:
    """Lay out one dated series; return the row after it."""
    section(tab, row, LAST_COL, {0: band.title, 5: band.source})
    table(tab, context, (row + 1, 1), band.dim, band.columns)
    days_only(tab, band.columns[0].line)
    numbers_only(tab, band.columns[1].line, what=f"{band.title} of that day")
    return row + 1 + HEADER_ROWS + tab.size(band.dim) + 1
