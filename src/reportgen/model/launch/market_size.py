"""The market of the launched product: what documents say of its size, units and prices."""

from __future__ import annotations

from reportgen.expr.functions import concat, known, largest, same, smallest, total, where
from reportgen.expr.nodes import NA, Line, Unit
from reportgen.model.dims import FACT, VARIANT
from reportgen.model.evidence.claims import fact_key, fact_market, fact_value, fact_year, facts
from reportgen.model.evidence.products import offer_value
from reportgen.model.inputs.assumptions import launch_price_mix, variant_id
from reportgen.model.inputs.description import launch_market, launch_name, own_vendor
from reportgen.model.launch.announcement import applies
from reportgen.model.words import line

market_year = line(
    "fact[{fact}].market_year",
    "Year of a market size",
    Unit.COUNT,
    where(
        same(fact_key, "market_size") & same(fact_market, launch_market) & known(facts.value),
        where((applies > 0) & known(fact_year), fact_year, NA),
        NA,
    ),
)
first_year = line(
    "launch.first_year", "First year claimed", Unit.COUNT, smallest(market_year, FACT)
)
last_year = line("launch.last_year", "Last year claimed", Unit.COUNT, largest(market_year, FACT))
years = line("launch.years", "Years", Unit.YEARS, last_year - first_year)


def _size_id(which: str, year: Line) -> Line:
    fact = concat("market_size/", launch_market, " ", year)
    return line(f"launch.{which}_size_id", "Fact looked up", Unit.TEXT, fact)


first_size_id = _size_id("first", first_year)
first_size = line(
    "launch.first_size", "Market, first year", Unit.PRICE_M, fact_value(first_size_id)
)
last_size_id = _size_id("last", last_year)
last_size = line("launch.last_size", "Market, last year", Unit.PRICE_M, fact_value(last_size_id))
cagr = line(
    "launch.cagr",
    "Growth of the market a year",
    Unit.CHANGE,
    where(
        (years > 0) & (last_size / first_size > 0), (last_size / first_size) ** (1 / years) - 1, NA
    ),
)
units_year = line("launch.units_year", "Model year 1", Unit.COUNT, first_year + 1)
units_id = line(
    "launch.units_id",
    "Fact looked up",
    Unit.TEXT,
    concat("units/", launch_market, " ", units_year),
)
units = line(
    "launch.units",
    "Units, model year 1",
    Unit.NUMBER,
    fact_value(units_id),
    note="millions",
)
variant_offer = line(
    "launch.offer[{variant}]",
    "Fact looked up",
    Unit.TEXT,
    concat("product/", own_vendor, "/", launch_name, "/", variant_id),
)
variant_price = line(
    "launch.price[{variant}]",
    "Chosen price",
    Unit.PER_SHARE,
    offer_value(variant_offer),
)
variant_part = line(
    "launch.price_part[{variant}]",
    "Price x share of units",
    Unit.PER_SHARE,
    launch_price_mix * variant_price,
)
average_price = line(
    "launch.average_price",
    "Average price",
    Unit.PER_SHARE,
    where(applies > 0, total(variant_part, VARIANT), NA),
)
market_top_down = line(
    "launch.market_top_down", "Market of year 1, top-down", Unit.PRICE_M, first_size * (1 + cagr)
)
market_bottom_up = line(
    "launch.market_bottom_up", "Market of year 1, bottom-up", Unit.PRICE_M, units * average_price
)
market_ratio = line(
    "launch.market_ratio", "Bottom-up / top-down", Unit.MULTIPLE, market_bottom_up / market_top_down
)
