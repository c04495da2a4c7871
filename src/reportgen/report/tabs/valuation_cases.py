"""The Valuation tab's cases: key data, sum of the parts, P/E, value, stance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import stance, valuation
from reportgen.model.evidence.claims import peer_pe
from reportgen.model.fundamentals import ads_diluted, eps_reference, investments, net_cash
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.model.market import price, price_date
from reportgen.report.figures import valuation as figures
from reportgen.report.figures.segment_metric import metric_words
from reportgen.report.tabs.valuation_rows import ALL, CASE_CAPTIONS

if TYPE_CHECKING:
    from reportgen.report.tabs.valuation_rows import Rows


def key_data(rows: Rows) -> None:
    """Write price, currency, value of the whole company and multiples."""
    rows.band("Key data", {ALL: "Value"})
    rows.own(price, "output")
    rows.own(price_date)
    rows.own(figures.market_cap)
    rows.own(figures.ev_at_price)
    rows.own(
        conversion.fx, unit=f"{rows.context.reporting_currency} / {rows.context.price_currency}"
    )
    rows.seen(description.ordinary_per_ads)
    rows.own(valuation.own_pe)
    rows.seen(peer_pe, label="P/E of the peers")


def sum_of_parts(rows: Rows) -> None:
    """Write the sum of the parts: segments, enterprise value, per share, in 12 months."""
    rows.band("Sum of the parts", CASE_CAPTIONS)
    rows.heading("Base metric", f"{rows.origin(assumptions.base_stated)}; valued on")
    rows.segments(conversion.base_metric, own=True, note=metric_words)
    rows.heading("Growth of the base metric", rows.origin(assumptions.growth))
    rows.segments(assumptions.growth, own=False)
    rows.heading("Multiple of the grown metric", rows.origin(assumptions.multiple))
    rows.segments(assumptions.multiple, own=False)
    rows.heading("Segment value", "base metric x (1 + growth) x multiple; a loss counts negative")
    rows.segments(valuation.segment_value, own=True)
    rows.own(valuation.segments_total, "total")
    rows.own(
        conversion.fx, unit=f"{rows.context.reporting_currency} / {rows.context.price_currency}"
    )
    rows.seen(assumptions.conglomerate_discount)
    rows.own(valuation.ev, "output")
    rows.seen(net_cash)
    rows.seen(investments)
    rows.seen(assumptions.investment_haircut)
    rows.own(valuation.stakes)
    rows.seen(ads_diluted)
    _per_share(rows)
    rows.seen(assumptions.cost_of_equity)
    rows.own(conversion.dividend)
    rows.own(valuation.sotp_12m, "output")


def _per_share(rows: Rows) -> None:
    rows.heading("Segment value per share", "value / rate x (1 - discount) / shares")
    rows.segments(figures.segment_per_share, own=True)
    rows.own(figures.ev_per_share, "total")
    rows.own(figures.net_cash_per_share)
    rows.own(figures.stakes_per_share)
    rows.own(valuation.launch)
    rows.own(valuation.sotp_today, "output")


def earnings_multiple(rows: Rows) -> None:
    """Write the P/E method."""
    rows.band("Price / earnings", CASE_CAPTIONS)
    rows.seen(eps_reference)
    rows.seen(assumptions.eps_growth)
    rows.own(valuation.eps_12m)
    rows.seen(assumptions.pe_assumed)
    rows.seen(peer_pe, label="P/E of the peers")
    rows.seen(assumptions.peer_pe_discount)
    rows.own(valuation.pe_of_peers)
    rows.own(valuation.pe_multiple)
    rows.own(valuation.pe_12m, "output")


def values(rows: Rows) -> None:
    """Write the value of each case and what the cases come to together."""
    rows.band("Value in 12 months", CASE_CAPTIONS)
    rows.seen(valuation.sotp_12m)
    rows.seen(assumptions.weight_sotp)
    rows.seen(valuation.pe_12m)
    rows.seen(assumptions.weight_pe)
    rows.own(valuation.raw_value)
    rows.own(valuation.value, "headline")
    rows.own(valuation.upside)
    rows.own(valuation.scenario_probability)
    rows.own(valuation.weighted_value)
    rows.own(valuation.expected_value, "headline")
    rows.own(valuation.expected_upside, label="Expected value against the price")
    rows.own(valuation.skew, unit="ratio")
    rows.own(valuation.gain_part)
    rows.own(valuation.loss_part)
    rows.own(valuation.omega, unit="ratio")
    rows.own(valuation.implied_bull_probability)
    rows.own(valuation.house_bull_probability, label="The house's probability, on two points")


def stances(rows: Rows) -> None:
    """Write at which price to buy and to sell, before readiness is asked."""
    rows.band("Stance", {ALL: "Value"})
    rows.seen(price)
    rows.own(stance.total_return)
    rows.seen(assumptions.cost_of_equity)
    rows.seen(assumptions.stance_min_skew, unit="ratio")
    rows.own(stance.buy_below, "output")
    rows.seen(assumptions.stance_max_skew, unit="ratio")
    rows.own(stance.short_above, "output")
    rows.own(stance.view, "output")
