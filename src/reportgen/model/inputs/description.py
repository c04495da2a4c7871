"""The company as its description tells it: currencies, share lines, segments, peers, launch."""

from __future__ import annotations

from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import FIGURES, Family
from reportgen.model.dims import PEER, SEGMENT
from reportgen.model.words import entry, given

as_of = entry("as_of", "As of", Unit.DATE, bounds=FIGURES["as_of"], is_view=True)
ticker = given("company.ticker", "Ticker", Unit.TEXT)
company_name = given("company.name", "Company", Unit.TEXT)
price_currency = given("company.price_currency", "Price currency", Unit.TEXT)
reporting_currency = given("company.reporting_currency", "Reporting currency", Unit.TEXT)
adr_ratio = entry(
    "company.adr_ratio",
    "Ordinary shares per listed share",
    Unit.NUMBER,
    bounds=FIGURES["company.adr_ratio"],
)
own_vendor = given("company.products.own", "Own vendor name", Unit.TEXT)
reference_vendor = given("company.products.reference.vendor", "Reference vendor", Unit.TEXT)
reference_product = given("company.products.reference.product", "Reference product", Unit.TEXT)
launch_name = given("company.launch.name", "Launched product", Unit.TEXT, family=Family.LAUNCH)
launch_date = entry(
    "company.launch.date",
    "Launch announced on",
    Unit.DATE,
    bounds=FIGURES["company.launch.date"],
    family=Family.LAUNCH,
)
launch_market = given(
    "company.launch.market", "Market of the launch", Unit.TEXT, family=Family.LAUNCH
)
segment_id = given(
    "company.segment[{segment}].id", "Segment id", Unit.TEXT, SEGMENT, family=Family.FUNDAMENTALS
)
segment_name = given(
    "company.segment[{segment}].name", "Segment", Unit.TEXT, SEGMENT, family=Family.FUNDAMENTALS
)
segment_metric = given(
    "company.segment[{segment}].metric", "Valued on", Unit.TEXT, SEGMENT, family=Family.FUNDAMENTALS
)
# What the company calls its metrics, by our names of them
METRIC_NAMES = {
    metric: given(f"company.metric_names.{metric}", f"{metric.upper()} is called", Unit.TEXT)
    for metric in ("eps", "ebita", "ebitda")
}
EPS_NAME, EBITA_NAME, EBITDA_NAME = METRIC_NAMES.values()
peer = given("company.peer[{peer}]", "Peer", Unit.TEXT, PEER)
