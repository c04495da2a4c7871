"""Dated series: closes of the share and of the benchmark, consensus earnings."""

from __future__ import annotations

from reportgen.expr.functions import each, known, pick, same, sum_where, where
from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import FIGURES
from reportgen.model.dims import BENCHMARK, CLOSE, ESTIMATE, SOURCE, SPARE_ROWS
from reportgen.model.inputs.conversion import rate_of
from reportgen.model.inputs.sources import source_id, source_row, source_tier
from reportgen.model.words import Table, line

CLOSES = Table("close[{close}]", CLOSE, SPARE_ROWS)
BENCHMARK_CLOSES = Table("benchmark_close[{benchmark}]", BENCHMARK, SPARE_ROWS)
ESTIMATES = Table("eps_ntm[{estimate}]", ESTIMATE)
close_date = CLOSES.given("date", "Date", Unit.DATE)
close = CLOSES.figure("close", "Close", Unit.PER_SHARE, bounds=FIGURES["close"])
benchmark_date = BENCHMARK_CLOSES.given("date", "Date", Unit.DATE)
benchmark_close = BENCHMARK_CLOSES.figure(
    "close", "Benchmark close", Unit.NUMBER, bounds=FIGURES["benchmark_close"]
)
estimate_date = ESTIMATES.given("published", "Published", Unit.DATE)
estimate = ESTIMATES.figure("value", "Consensus EPS, next 12 months", Unit.NUMBER)
estimate_currency = ESTIMATES.text("currency", "Currency")
estimate_source = ESTIMATES.text("source", "Source")
estimate_source_row = line(
    "eps_ntm[{estimate}].source_row",
    "Row of the source",
    Unit.COUNT,
    sum_where(SOURCE, same(each(source_id), estimate_source), source_row),
)
estimate_assumed = line(
    "eps_ntm[{estimate}].assumed",
    "Of the house",
    Unit.FLAG,
    where(
        known(estimate_date) & (estimate_source_row >= 1),
        where(same(pick(source_tier, SOURCE, estimate_source_row), "assumption"), 1, 0),
        0,
    ),
)
estimate_value = line(
    "eps_ntm[{estimate}].in_price_currency",
    "In price currency",
    Unit.PER_SHARE,
    estimate / rate_of(estimate_currency),
)
