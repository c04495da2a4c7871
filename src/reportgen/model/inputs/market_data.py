"""Dated series: closes of the share and of the benchmark, consensus earnings."""

from __future__ import annotations

from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import FIGURES
from reportgen.model.dims import BENCHMARK, CLOSE, ESTIMATE
from reportgen.model.inputs.conversion import rate_of
from reportgen.model.words import entry, given, line

close_date = given("close[{close}].date", "Date", Unit.DATE, CLOSE)
close = entry("close[{close}]", "Close", Unit.PER_SHARE, CLOSE, bounds=FIGURES["close"])
benchmark_date = given("benchmark_close[{benchmark}].date", "Date", Unit.DATE, BENCHMARK)
benchmark_close = entry(
    "benchmark_close[{benchmark}]",
    "Benchmark close",
    Unit.NUMBER,
    BENCHMARK,
    bounds=FIGURES["benchmark_close"],
)
estimate_date = given("eps_ntm[{estimate}].published", "Published", Unit.DATE, ESTIMATE)
estimate = entry("eps_ntm[{estimate}]", "Consensus EPS, next 12 months", Unit.NUMBER, ESTIMATE)
estimate_currency = given("eps_ntm[{estimate}].currency", "Currency", Unit.TEXT, ESTIMATE)
estimate_source = given("eps_ntm[{estimate}].source", "Source", Unit.TEXT, ESTIMATE)
estimate_value = line(
    "eps_ntm[{estimate}].in_price_currency",
    "In price currency",
    Unit.PER_SHARE,
    estimate / rate_of(estimate_currency),
)
