"""The short list of a report: the public keys of what it says, in the order people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.values import Value


CASES = ("bear", "base", "bull")
_OVERALL = ("expected_value", "hype.value", "hype.consensus", "hype.score", "price")
_NEEDED = ("bear", "base", "bull", "consensus", "hype_adjusted", "bull_narrative")

HEADLINE: tuple[str, ...] = (
    "company.ticker",
    "company.name",
    "company.price_currency",
    "as_of",
    "price",
    "say.sentence",
    *(f"stance.{name}" for name in ("call", "buy_below", "short_above", "total_return")),
    *(f"{case}.{name}" for case in CASES for name in ("value", "probability", "upside")),
    "expected_value",
    "upside",
    "skew",
    "omega",
    "implied_bull_probability",
    "house_bull_probability",
    *(f"hype.{name}" for name in ("value", "upside", "low", "high")),
    *(f"hype.{name}" for name in ("generic", "specific", "to_expected", "score", "coverage")),
    "hype.consensus",
    "consensus.upside",
    *(f"priced_in.g_needed[{case}]" for case in _NEEDED),
    *(f"last_month.{case}.value" for case in CASES),
    *(f"last_month.{name}" for name in _OVERALL),
    *(f"since_last_month.{case}.value" for case in CASES),
    *(f"since_last_month.{name}" for name in _OVERALL),
    "readiness",
    "readiness.reason",
    "checks.fail",
    "checks.warn",
)


def headline(values: Mapping[str, Value]) -> dict[str, Value]:
    """The short list out of all values of a report; None where one is n/a or not there."""
    return {key: values.get(key) for key in HEADLINE}
