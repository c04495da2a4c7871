"""Manifests and issues as runs leave them, in the words of a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.runs.manifest import (
    Attention,
    Cause,
    Manifest,
    NextEvent,
    Revision,
    SinceLastMonth,
    State,
)

if TYPE_CHECKING:
    from reportgen.values import Value

HEADLINE: dict[str, Value] = {
    "company.ticker": "ACME",
    "company.name": "Acme Corporation",
    "company.price_currency": "USD",
    "price": 100.0,
    "say.sentence": "LONG at USD 100.00",
    "stance.call": "LONG",
    "stance.buy_below": 110.0,
    "stance.short_above": None,
    "bear.value": 80.0,
    "base.value": 120.0,
    "bull.value": 160.0,
    "bear.probability": 0.3,
    "base.probability": 0.4,
    "bull.probability": 0.3,
    "expected_value": 120.0,
    "upside": 0.2,
    "skew": 3.0,
    "hype.value": 130.0,
    "hype.consensus": 150.0,
    "hype.score": 40.0,
    "last_month.expected_value": 110.0,
    "since_last_month.expected_value": 10.0,
    "readiness": "decision-grade",
    "readiness.reason": "",
    "checks.fail": 0.0,
    "checks.warn": 1.0,
}


def manifest(ticker: str = "ACME", as_of: str = "2025-11-30", **said: object) -> Manifest:
    """A manifest of one company; `said` replaces its fields."""
    fields: dict[str, object] = {
        "ticker": ticker,
        "name": f"{ticker.title()} Corporation",
        "tags": ("ai",),
        "as_of": as_of,
        "program": "0.1.0",
        "state": State("v" * 64, "t" * 64, "p" * 64, "m" * 64, {"ACME/prices.csv": "f" * 64}),
        "revisions": (Revision(1, f"{ticker}-{as_of}.xlsx", "a" * 64, "0.1.0", "first issue"),),
        "values": HEADLINE,
        "since_last_month": SinceLastMonth(
            "2025-10-31",
            110.0,
            120.0,
            (
                Cause("price", "Price", "price", 14.0),
                Cause("fx[CNY]", "Exchange rate of CNY", "FX", -4.0),
            ),
        ),
        "conflicts": 1,
        "stale": ("Net cash",),
        "attention": (Attention("WARN", "Cash conversion is apart from cash flow", "Checks!A9"),),
        "events": (NextEvent("2026-02-20", "Results of the quarter (expected)"),),
    }
    return Manifest(**fields | said)  # type: ignore[arg-type]  # as a caller names them
