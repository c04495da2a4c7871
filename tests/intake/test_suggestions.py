"""What blanks could be: which figures each suggestion rests on, and where it ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.rows import Close, Estimate, FxRate, PackRows
from reportgen.intake.suggested import Suggestion
from reportgen.intake.suggestions import (
    _Base,
    _beta,
    _conversion,
    _growth,
    _month_ends,
    _multiple,
    _weekly_returns,
)
from reportgen.model.checks.differences import conversion_reported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.intake.suggestions import Found

DAY = date(2026, 4, 3)
BASE = _Base("eps", 4.0, "a share")


def told(found: Found) -> str:
    return f"{found.value}: {found.told}" if isinstance(found, Suggestion) else found.why


def consensus(value: float, currency: str = "USD", day: date = DAY, of: str = "eps") -> Estimate:
    return Estimate(day, f"{of}_ntm", value, f"{currency}/share", "desk", 2, currency)


def rows(*estimates: Estimate, rates: Sequence[tuple[str, float]] = ()) -> PackRows:
    fx = tuple(FxRate(currency, per_eur, DAY) for currency, per_eur in rates)
    return PackRows(estimates=estimates, fx=fx)


@pytest.mark.parametrize(
    ("given", "base", "expected"),
    [
        ((consensus(5.0), consensus(9.0, day=DAY - timedelta(days=1))), BASE, "0.25: consensus of"),
        ((consensus(5.0, of="sales"),), BASE, "estimates.csv has no consensus (eps_ntm)"),
        ((consensus(5.0),), BASE._replace(value=0.0), "eps of the last twelve months is not known"),
        ((consensus(3.0),), BASE, "-0.25: consensus of 2026-04-03, 3 USD/share (desk), over 4 USD"),
        ((consensus(4.0, "EUR"),), BASE, "0.25: consensus of 2026-04-03, 4 EUR/share"),
        ((consensus(4.0, "GBP"),), BASE, "market/fx.csv has no rate of GBP or USD"),
    ],
)
def test_growth_is_the_newest_consensus_over_what_was_reported(
    given: tuple[Estimate, ...], base: _Base, expected: str
) -> None:
    known = rows(*given, rates=(("USD", 1.25), ("EUR", 1.0)))
    assert told(_growth(known, "USD", base)).startswith(expected)


def test_a_beta_needs_a_market_that_moves_week_by_week() -> None:
    fridays = [date(2024, 1, 5) + timedelta(days=7 * week) for week in range(60)]
    own = tuple(Close(day, 100.0 + at, 2) for at, day in enumerate(fridays))
    still = tuple(Close(day, 100.0, 2) for day in fridays)
    known = PackRows(prices=own, benchmark=still)
    assert told(_beta(known, "INDX")) == "market/INDX.csv never moves"
    assert told(_beta(known._replace(benchmark=()), "INDX")) == "market/INDX.csv has no closes"
    assert len(list(_weekly_returns(own, still))) == 59
    # A week without a common day gives no return, nor does the one after it; Sunday ends a week
    assert len(list(_weekly_returns(own, (*still[:20], *still[21:])))) == 57
    days = (date(2024, 1, 5), date(2024, 1, 7), date(2024, 1, 8))
    closes = tuple(Close(day, value, 2) for day, value in zip(days, (1.0, 2.0, 3.0), strict=True))
    assert list(_weekly_returns(closes, closes)) == [(days[2], 0.5, 0.5)]


def test_a_multiple_is_of_twelve_months_of_its_own_or_of_its_peers() -> None:
    own = [(date(2025, month, 28), float(month)) for month in range(1, 13)]
    peers = (("A", 10.0), ("B", 40.0))
    beside = "; peers: A 10.0, B 40.0, 16.0 in all"
    span = "at 12 ends of months, 2025-01-28 to 2025-12-28"
    cases = ("bear", "base", "bull")
    assert [told(_multiple(case, own, ())) for case in cases] == [
        f"2.1: lowest tenth of its own {span}",
        f"6.5: median of its own {span}",
        f"10.9: highest tenth of its own {span}",
    ]
    assert told(_multiple("base", own, peers)) == f"6.5: median of its own {span}{beside}"
    assert [told(_multiple(case, own[1:], peers)) for case in cases] == [
        "10.0: lowest of the peers: A 10.0, B 40.0",
        "16.0: harmonic mean of the peers: A 10.0, B 40.0",
        "40.0: highest of the peers: A 10.0, B 40.0",
    ]
    why = "its own is known at 11 ends of months, and 12 are needed; no peers"
    assert told(_multiple("base", own[1:], ())) == why


def test_a_history_is_of_the_last_three_years_of_ends_of_months() -> None:
    ends = list(_month_ends(date(2026, 3, 1)))
    assert (len(ends), ends[:2]) == (36, [date(2026, 2, 28), date(2026, 1, 31)])
    assert ends[-1] == date(2023, 3, 31)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.914, "0.91: free cash"), (0.0, "0.00: free cash"), (-0.1, "free cash flow over earnings")],
)
def test_a_conversion_of_cash_is_not_negative(value: float, expected: str) -> None:
    now = {conversion_reported.key: value}
    assert told(_conversion(now)).startswith(expected)  # type: ignore[arg-type]
    assert told(_conversion({})).startswith("free cash flow over earnings of")
