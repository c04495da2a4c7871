"""What analysts do to a report that they were handed: one of each kind, in the keys of the report.

`moves` names a public value that the edit must change; "" where nothing but the cell itself may.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from reportgen.periods import serial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.truth.editing import Typed


class Kind(NamedTuple):
    """One edit of one or more cells; `moves` names a value that follows."""

    typed: Mapping[str, Typed]
    moves: str
    pack: str = "baba"


def _day(year: int, month: int, day: int) -> float:
    return float(serial(date(year, month, day)))


_MACQUARIE = "target[Macquarie,ordinary,2025-11-26]"
_BARCLAYS = "target[Barclays,listed,2025-09-09]"
_G1 = "product[Alibaba,Quark AI Glasses,G1,press-products,2025-11-27#2]"
_MARKET = "market_size/ai_glasses 2025"

KINDS: dict[str, Kind] = {
    # --- inputs, overrides ---
    "an issued growth rate is typed over": Kind(
        {"assumption[growth,base,cloud].issued": 0.45}, "base.value"
    ),
    "a multiple is overridden": Kind(
        {
            "assumption[multiple,bull,cloud].override": 9.0,
            "assumption[multiple,bull,cloud].override.author": "A. Reviewer",
            "assumption[multiple,bull,cloud].override.reason": "peers re-rated",
        },
        "bull.value",
    ),
    "an override is cleared": Kind(
        {"assumption[cost_of_equity,all,].override": None}, "stance.buy_below", "tokyo"
    ),
    "an override of 0 is no blank": Kind(
        {"assumption[conglomerate_discount,base,].override": 0.0}, "base.ev"
    ),
    "a method that the report leaves out gets a weight": Kind(
        {"assumption[weight_pb,all,].override": 0.4}, "checks.warn"
    ),
    "probabilities are shifted": Kind(
        {
            "assumption[probability,bear,].override": 0.2,
            "assumption[probability,bull,].override": 0.4,
        },
        "expected_value",
    ),
    "a segment's metric is restated": Kind(
        {"assumption[base_metric,all,china_ecommerce].issued": 130_000.0},
        "base.segment_value[china_ecommerce]",
    ),
    "a segment turns to a loss": Kind(
        {"assumption[base_metric,all,aidc].override": -50_000.0}, "bear.value"
    ),
    "a segment's currency is another": Kind(
        {"company.segment[china_ecommerce].currency": "USD"}, "base.value"
    ),
    "a reported quarter is corrected": Kind(
        {"fundamental[group,eps,FY2026-Q2].issued": 9.9}, "eps_reference"
    ),
    "a growth rate that was reported is overridden": Kind(
        {"fundamental[group,revenue_like_for_like,FY2026-Q2].yoy.override": 0.02},
        "priced_in.g_delivered_revenue",
    ),
    "the share count is cleared": Kind(
        {"fundamental[group,shares_diluted,2025-09-30].issued": None}, "shares_diluted"
    ),
    "a needed input is cleared": Kind(
        {"assumption[cost_of_equity,all,].issued": None}, "expected_value"
    ),
    "an input is called n/a": Kind({"assumption[eps_growth,bear,].issued": "n/a"}, "bear.value"),
    "an input is zero": Kind({"assumption[weight_pe,all,].issued": 0.0}, "bull.value"),
    "an input is huge": Kind({"assumption[multiple,base,cloud].override": 1e6}, "base.value"),
    # --- currencies, prices, days ---
    "an exchange rate moves": Kind({"fx[CNY].override": 9.0}, "base.value"),
    "an exchange rate is cleared": Kind({"fx[HKD].issued": None}, "hype.consensus"),
    "the last close is another": Kind({"close[2025-11-28].override": 120.0}, "price"),
    "the last close is cleared": Kind({"close[2025-11-28].issued": None}, "upside"),
    "the benchmark is restated": Kind(
        {"benchmark_close[2025-10-23].issued": 39.0}, "launch.abnormal_return"
    ),
    "an estimate of earnings is overridden": Kind(
        {"eps_ntm[2025-11-28].override": 12.0}, "hype.sub[runup]"
    ),
    "the report speaks of another day": Kind(
        {"as_of.override": _day(2025, 10, 31)}, "hype.consensus"
    ),
    "the dividend is paid in another currency": Kind(
        {"company.dividend_currency": "CNY"}, "stance.total_return"
    ),
    "the ADS stands for more shares": Kind({"company.adr_ratio.override": 10.0}, "hype.consensus"),
    # --- choices and switches ---
    "a component of hype is switched off": Kind(
        {"assumption[hype_switch_staleness,all,].override": 0.0}, "hype.value"
    ),
    "every component of hype is switched off": Kind(
        {
            f"assumption[hype_switch_{name},all,].override": 0.0
            for name in ("optimism", "staleness", "runup", "launch")
        },
        "hype.value",
    ),
    "another candidate of a fact is chosen": Kind(
        {"control[choice,product/Alibaba/Quark AI Glasses/S1]": 3.0}, "launch.average_price"
    ),
    "a candidate is chosen that there is not": Kind(
        {f"control[choice,{_MARKET}]": 99.0}, "launch.value"
    ),
    "the market of the launch is bottom-up": Kind({"control[launch_market]": 2.0}, "base.value"),
    "the multiple of the bull case is our own": Kind({"control[pe_multiple]": 1.0}, "bull.value"),
    "stakes are left out": Kind({"control[stakes]": 0.0}, "bear.value"),
    "the selected case is the bull": Kind({"control[scenario]": "bull"}, "selected.value"),
    "the grid is of another segment": Kind({"control[grid_segment]": 2.0}, "grid.segment"),
    # --- targets, claims, products ---
    "a broker's target is of another day": Kind(
        {f"{_MACQUARIE}.published": _day(2025, 9, 1)}, "hype.staleness"
    ),
    "a broker's target is too old": Kind(
        {f"{_BARCLAYS}.published": _day(2024, 9, 9)}, "hype.consensus"
    ),
    "a target is in another currency": Kind({f"{_BARCLAYS}.currency": "HKD"}, "hype.consensus"),
    "a target is for the ordinary share": Kind({f"{_BARCLAYS}.line": "ordinary"}, "hype.consensus"),
    "a target has another horizon": Kind({f"{_BARCLAYS}.horizon_months": 24.0}, "hype.consensus"),
    "a target is an aggregate": Kind({f"{_MACQUARIE}.kind": "aggregate"}, "hype.consensus"),
    "a broker is spelt as another": Kind({f"{_MACQUARIE}.broker": "BARCLAYS"}, "hype.consensus"),
    "a new broker stands in a spare row": Kind(
        {
            "target[+1].broker": "Newcomer",
            "target[+1].published": _day(2025, 11, 20),
            "target[+1].issued": 200.0,
            "target[+1].currency": "HKD",
            "target[+1].line": "ORD",
            "target[+1].horizon_months": 18.0,
            "target[+1].kind": "broker",
            "target[+1].rating": "Buy",
            "target[+1].source": "press-brokers",
        },
        "hype.consensus",
    ),
    "a new broker's row lacks its date": Kind(
        {
            "target[+2].broker": "Newcomer",
            "target[+2].issued": 200.0,
            "target[+2].currency": "USD",
        },
        "",
    ),
    "a new claim stands in a spare row": Kind(
        {
            "claim[+1].key": "market_size",
            "claim[+1].variant": "ai_glasses 2025",
            "claim[+1].issued": 3.0,
            "claim[+1].unit": "USD bn",
            "claim[+1].qualifier": "=",
            "claim[+1].observed": _day(2025, 11, 28),
            "claim[+1].published": _day(2025, 11, 28),
            "claim[+1].source": "alibaba-6k-2025-09",
        },
        "launch.pv_top_down",
    ),
    "a claim of no fact stands in a spare row": Kind(
        {
            "claim[+2].key": "unheard_of",
            "claim[+2].issued": 1.0,
            "claim[+2].unit": "ratio",
            "claim[+2].qualifier": "=",
            "claim[+2].observed": _day(2025, 11, 28),
            "claim[+2].published": _day(2025, 11, 28),
            "claim[+2].source": "house",
        },
        "check.homeless",
    ),
    "a new product price stands in a spare row": Kind(
        {
            "product[+1].vendor": "Alibaba",
            "product[+1].product": "Quark AI Glasses",
            "product[+1].variant": "S1",
            "product[+1].issued": 3_499.0,
            "product[+1].currency": "CNY",
            "product[+1].market": "CN",
            "product[+1].qualifier": "=",
            "product[+1].observed": _day(2025, 11, 30),
            "product[+1].published": _day(2025, 11, 30),
            "product[+1].source": "alibaba-6k-2025-09",
        },
        "launch.average_price",
    ),
    "a price is only a bound": Kind({f"{_G1}.qualifier": ">"}, "launch.average_price"),
    "a price is in an unknown currency": Kind({f"{_G1}.currency": "XAU"}, "launch.pv_bottom_up"),
    "a source is more reliable": Kind({"source[tiger-post].tier": "primary"}, "hype.sub[sources]"),
    "a source is generated by a machine": Kind(
        {"source[press-brokers].ai_generated": 1.0}, "hype.sub[sources]"
    ),
    "the launch is another": Kind({"company.launch.name": "Another"}, "launch.average_price"),
    "a constant of the method is overridden": Kind(
        {"policy[reliability.tier.wire].override": 0.3}, "hype.sub[sources]"
    ),
}
