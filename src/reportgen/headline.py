"""The short list of a report: the public keys of what it says, in the order people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.values import Value


CASES = ("bear", "base", "bull")


class Headline(NamedTuple):
    """A number that is followed from month to month, from report to report, and under edits.

    `name` is what it goes by inside of keys, `label` in a table of its kind, `title` elsewhere.
    `probability` and `upside` are keys of what is said of it; `growth` is what it goes by among
    the prices of which the growth that they need is said. Each is "" where nothing is.
    """

    key: str
    name: str
    label: str
    title: str
    probability: str = ""
    upside: str = ""
    growth: str = ""


def _of_case(case: str) -> Headline:
    label = case.capitalize()
    return Headline(
        f"{case}.value",
        case,
        label,
        f"{label} value",
        f"{case}.probability",
        f"{case}.upside",
        case,
    )


# Values of a share in 12 months: of the cases, of the house, of others
VALUES = (
    *map(_of_case, CASES),
    Headline("expected_value", "expected", "Expected", "Expected value", upside="upside"),
    Headline(
        "hype.value",
        "hype",
        "Hype-adjusted",
        "Hype-adjusted value",
        upside="hype.upside",
        growth="hype_adjusted",
    ),
    Headline(
        "hype.consensus",
        "consensus",
        "Consensus",
        "Consensus",
        upside="consensus.upside",
        growth="consensus",
    ),
)
HEADLINES = (
    *VALUES,
    Headline("hype.score", "score", "Hype score", "Hype score"),
    Headline("price", "price", "Price", "Price"),
)
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
    "hype.brokers",
    "consensus.upside",
    *(f"priced_in.g_needed[{case}]" for case in _NEEDED),
    *(f"last_month.{one.key}" for one in HEADLINES),
    *(f"since_last_month.{one.key}" for one in HEADLINES),
    "readiness",
    "readiness.reason",
    "checks.fail",
    "checks.warn",
)


def raised_checks(values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """The checks that FAIL, then those that WARN: the status of each, and its public key."""
    for status in ("FAIL", "WARN"):
        for key, value in values.items():
            if value == status and key.startswith("check[") and key.endswith("]"):
                yield status, key


def headline(values: Mapping[str, Value]) -> dict[str, Value]:
    """The short list out of all values of a report; None where one is n/a or not there."""
    return {key: values.get(key) for key in HEADLINE}
