"""The leaves of the model: every number and text that comes from the inputs or the policy."""

from __future__ import annotations

from reportgen.expr.functions import each, pick, same, sum_where, where
from reportgen.expr.nodes import NA, Dim, Line, Node, Unit
from reportgen.model.dims import (
    BENCHMARK,
    CLOSE,
    CURRENCY,
    ESTIMATE,
    MEASURE,
    PEER,
    SCENARIO,
    SEGMENT,
    SOURCE,
    VARIANT,
)
from reportgen.model.words import Entry, entry, given, line

# --- the company ---
as_of = entry("as_of", "As of", Unit.DATE)
ticker = given("company.ticker", "Ticker", Unit.TEXT)
company_name = given("company.name", "Company", Unit.TEXT)
price_currency = given("company.price_currency", "Price currency", Unit.TEXT)
reporting_currency = given("company.reporting_currency", "Reporting currency", Unit.TEXT)
ordinary_per_ads = entry("company.ordinary_per_ads", "Ordinary shares per ADS", Unit.NUMBER)
own_vendor = given("company.products.own", "Own vendor name", Unit.TEXT)
reference_vendor = given("company.products.reference.vendor", "Reference vendor", Unit.TEXT)
reference_product = given("company.products.reference.product", "Reference product", Unit.TEXT)
launch_name = given("company.launch.name", "Launched product", Unit.TEXT)
launch_date = entry("company.launch.date", "Launch announced on", Unit.DATE)
launch_market = given("company.launch.market", "Market of the launch", Unit.TEXT)
segment_id = given("company.segment[{segment}].id", "Segment id", Unit.TEXT, SEGMENT)
segment_name = given("company.segment[{segment}].name", "Segment", Unit.TEXT, SEGMENT)
segment_metric = given("company.segment[{segment}].metric", "Valued on", Unit.TEXT, SEGMENT)
peer = given("company.peer[{peer}]", "Peer", Unit.TEXT, PEER)


# --- assumptions ---
def _assumption(key: str, label: str, unit: Unit, *dims: Dim) -> Entry:
    scenario = "{scenario}" if SCENARIO in dims else "all"
    place = "{segment}" if SEGMENT in dims else "{variant}" if VARIANT in dims else ""
    return entry(f"assumption[{key},{scenario},{place}]", label, unit, *dims)


probability = _assumption("probability", "Probability", Unit.RATIO, SCENARIO)
base_stated = _assumption("base_metric", "Base metric", Unit.NUMBER, SEGMENT)
base_currency = given(
    "company.segment[{segment}].currency", "Currency of the base metric", Unit.TEXT, SEGMENT
)
growth = _assumption("growth", "Growth", Unit.RATIO, SCENARIO, SEGMENT)
multiple = _assumption("multiple", "Multiple", Unit.MULTIPLE, SCENARIO, SEGMENT)
conglomerate_discount = _assumption(
    "conglomerate_discount", "Conglomerate discount", Unit.RATIO, SCENARIO
)
investment_haircut = _assumption(
    "investment_haircut", "Haircut on investments", Unit.RATIO, SCENARIO
)
eps_growth = _assumption("eps_growth", "EPS growth", Unit.RATIO, SCENARIO)
pe_assumed = _assumption("pe_multiple", "P/E multiple assumed", Unit.MULTIPLE, SCENARIO)
peer_pe_discount = entry(
    "assumption[peer_pe_discount,bull,]", "Discount to the peers' P/E", Unit.RATIO
)
cost_of_equity = _assumption("cost_of_equity", "Cost of equity", Unit.RATIO)
terminal_growth = _assumption("terminal_growth", "Terminal growth", Unit.RATIO)
growth_half_life = _assumption("growth_half_life", "Half-life of growth", Unit.YEARS)
fade_years = _assumption("fade_years", "Years of growth before it fades", Unit.YEARS)
dividend_stated = _assumption("dividend", "Dividend, next 12 months", Unit.NUMBER)
dividend_currency = given("company.dividend_currency", "Currency of the dividend", Unit.TEXT)
cash_conversion = _assumption("cash_conversion", "Cash conversion of earnings", Unit.RATIO)
weight_sotp = _assumption("weight_sotp", "Weight of the sum of the parts", Unit.RATIO)
weight_pe = _assumption("weight_pe", "Weight of the P/E method", Unit.RATIO)
benchmark_beta = _assumption("benchmark_beta", "Beta to the benchmark", Unit.NUMBER)
hype_optimism_rate = _assumption("hype_optimism_rate", "Optimism rate", Unit.RATIO)
hype_target_half_life = _assumption("hype_target_half_life", "Half-life of a target", Unit.DAYS)
hype_max_target_age = _assumption("hype_max_target_age", "Oldest target in use", Unit.DAYS)
hype_runup_share = _assumption("hype_runup_share", "Share of unbacked run-up", Unit.RATIO)
hype_runup_cap = _assumption("hype_runup_cap", "Cap of the run-up", Unit.RATIO)
hype_launch_share = _assumption("hype_launch_share", "Share of launch overpricing", Unit.RATIO)
hype_launch_cap = _assumption("hype_launch_cap", "Cap of the launch", Unit.RATIO)
hype_max_haircut = _assumption("hype_max_haircut", "Largest haircut in all", Unit.RATIO)
hype_allowance_rate = _assumption("hype_allowance_rate", "Allowance rate", Unit.RATIO)
hype_weight_optimism = _assumption("hype_weight_optimism", "Weight of optimism", Unit.RATIO)
hype_weight_staleness = _assumption("hype_weight_staleness", "Weight of staleness", Unit.RATIO)
hype_weight_runup = _assumption("hype_weight_runup", "Weight of the run-up", Unit.RATIO)
hype_weight_launch = _assumption("hype_weight_launch", "Weight of the launch", Unit.RATIO)
hype_switch_optimism = _assumption("hype_switch_optimism", "Deduct optimism", Unit.FLAG)
hype_switch_staleness = _assumption("hype_switch_staleness", "Deduct staleness", Unit.FLAG)
hype_switch_runup = _assumption("hype_switch_runup", "Deduct the run-up", Unit.FLAG)
hype_switch_launch = _assumption("hype_switch_launch", "Deduct launch overpricing", Unit.FLAG)
stance_min_skew = _assumption("stance_min_skew", "Skew needed to buy", Unit.NUMBER)
stance_max_skew = _assumption("stance_max_skew", "Skew that allows a short", Unit.NUMBER)
launch_market_share = _assumption("launch_market_share", "Market share", Unit.RATIO)
launch_share_ramp = _assumption("launch_share_ramp", "Years to reach it", Unit.YEARS)
launch_margin_hardware = _assumption("launch_margin_hardware", "Hardware margin", Unit.RATIO)
launch_margin_ecosystem = _assumption("launch_margin_ecosystem", "Ecosystem margin", Unit.RATIO)
launch_tax = _assumption("launch_tax", "Tax", Unit.RATIO)
launch_discount_rate = _assumption("launch_discount_rate", "Discount rate", Unit.RATIO)
launch_success_probability = _assumption(
    "launch_success_probability", "Probability of success", Unit.RATIO
)
launch_price_mix = _assumption("launch_price_mix", "Share of units", Unit.RATIO, VARIANT)
variant_id = given("company.launch.variant[{variant}]", "Variant", Unit.TEXT, VARIANT)

# --- policy: the constants of the method, shown with their reasons ---
_policies: dict[str, Entry] = {}


def policy(key: str, unit: Unit = Unit.NUMBER) -> Entry:
    """Return the input line of a constant in method.yaml; the same line for the same key."""
    if key not in _policies:
        _policies[key] = entry(f"policy[{key}]", key, unit)
    return _policies[key]


def policies() -> tuple[Entry, ...]:
    """Return every policy line that the model reads, in the order of first use."""
    return tuple(_policies.values())


# --- currencies and units ---
currency_number = given("currency[{currency}].number", "No.", Unit.COUNT, CURRENCY)
currency_code = given("currency[{currency}]", "Currency", Unit.TEXT, CURRENCY)
per_euro = entry("fx[{currency}]", "Units per EUR", Unit.NUMBER, CURRENCY)
price_currency_per_euro = line(
    "fx_price_currency",
    "Price currency per EUR",
    Unit.NUMBER,
    sum_where(CURRENCY, same(each(currency_code), price_currency), per_euro),
)
cross = line(
    "fx_cross[{currency}]",
    "Units per unit of price currency",
    Unit.NUMBER,
    where((per_euro > 0) & (price_currency_per_euro > 0), per_euro / price_currency_per_euro, NA),
)


def rate_of(currency: Line) -> Node:
    """Return units of a currency (by its code) per unit of the price currency; n/a if unknown.

    The price currency itself needs no rate: a company may live in one currency alone.
    """
    return where(same(currency, price_currency), 1, _listed_rate(currency))


def _listed_rate(currency: Line) -> Node:
    """Return the rate in the table of currencies; n/a if it is not there."""
    place = sum_where(CURRENCY, same(each(currency_code), currency), currency_number)
    return pick(cross, CURRENCY, place)


fx = line(
    "fx_reporting",
    "Reporting currency per unit of price currency",
    Unit.NUMBER,
    rate_of(reporting_currency),
)
base_metric = line(
    "segment[{segment}].base_metric",
    "Base metric",
    Unit.REPORTING_M,
    where(
        same(base_currency, reporting_currency),
        base_stated,
        base_stated / _listed_rate(base_currency) * fx,
    ),
)
dividend = line(
    "dividend",
    "Dividend, next 12 months",
    Unit.PER_SHARE,
    where(
        same(dividend_currency, price_currency),
        dividend_stated,
        dividend_stated / _listed_rate(dividend_currency),
    ),
)
measure = given("measure[{measure}]", "Unit", Unit.TEXT, MEASURE)
measure_currency = given("measure[{measure}].currency", "Its currency", Unit.TEXT, MEASURE)
measure_millions = given("measure[{measure}].millions", "Millions in one", Unit.NUMBER, MEASURE)
measure_number = given("measure[{measure}].number", "No.", Unit.COUNT, MEASURE)
measure_divisor = line(
    "measure[{measure}].divisor",
    "Units per unit of price currency",
    Unit.NUMBER,
    where(same(measure_currency, ""), 1, rate_of(measure_currency)),
)

# --- sources ---
source_id = given("source[{source}]", "Source id", Unit.TEXT, SOURCE)
source_title = given("source[{source}].title", "Title", Unit.TEXT, SOURCE)
source_publisher = given("source[{source}].publisher", "Publisher", Unit.TEXT, SOURCE)
source_group = given("source[{source}].group", "Publisher group", Unit.TEXT, SOURCE)
source_tier = given("source[{source}].tier", "Tier", Unit.TEXT, SOURCE)
source_published = given("source[{source}].published", "Published", Unit.DATE, SOURCE)
source_number = given("source[{source}].number", "No.", Unit.COUNT, SOURCE)
source_ai = given("source[{source}].ai_generated", "AI-generated", Unit.FLAG, SOURCE)
source_promo = given("source[{source}].promotional", "Promotional", Unit.FLAG, SOURCE)
source_position = given("source[{source}].author_position", "Author's position", Unit.FLAG, SOURCE)
source_error = given("source[{source}].verified_error", "Verified error", Unit.FLAG, SOURCE)


def _tier(name: str) -> Node:
    return policy(f"reliability.tier.{name}", Unit.RATIO)


def _flag(flag: Line, name: str) -> Node:
    return where(flag > 0, policy(f"reliability.flag.{name}", Unit.RATIO), 1)


source_tier_weight = line(
    "source[{source}].tier_weight",
    "Weight of the tier",
    Unit.RATIO,
    where(
        same(source_tier, "primary"),
        _tier("primary"),
        where(
            same(source_tier, "wire"),
            _tier("wire"),
            where(
                same(source_tier, "trade_blog"),
                _tier("trade_blog"),
                where(same(source_tier, "user_post"), _tier("user_post"), _tier("assumption")),
            ),
        ),
    ),
)
source_flag_factor = line(
    "source[{source}].flag_factor",
    "Factor of the flags",
    Unit.RATIO,
    _flag(source_ai, "ai_generated")
    * _flag(source_promo, "promotional")
    * _flag(source_position, "author_position")
    * _flag(source_error, "verified_error"),
)
source_reliability = line(
    "source[{source}].reliability",
    "Reliability",
    Unit.RATIO,
    source_tier_weight * source_flag_factor,
)

# --- dated series ---
close_date = given("close[{close}].date", "Date", Unit.DATE, CLOSE)
close = entry("close[{close}]", "Close", Unit.PER_SHARE, CLOSE)
benchmark_date = given("benchmark_close[{benchmark}].date", "Date", Unit.DATE, BENCHMARK)
benchmark_close = entry("benchmark_close[{benchmark}]", "Benchmark close", Unit.NUMBER, BENCHMARK)
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
