"""Figures that do not fit each other are told, where no other check would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

HEADER = "period_end,period,segment,metric,value,unit,published,source"


def told(folder: PackFolder, *rows: str) -> str:
    """The warnings about reported figures (day, period, metric, value, unit), all of the group."""
    lines = []
    for row in rows:
        end, period, figure = row.split(",", 2)
        lines.append(f"{end},{period},group,{figure},2025-11-20,filing")
    folder.write("fundamentals.csv", "\n".join([HEADER, *lines, ""]))
    return "\n".join(folder.warnings(of="fundamentals.csv"))


def balances(metric: str, *figures: str) -> list[str]:
    """The rows of a balance on the last days of as many quarters."""
    days = ("2025-03-31", "2025-06-30", "2025-09-30")[-len(figures) :]
    return [f"{day},{day},{metric},{figure}" for day, figure in zip(days, figures, strict=True)]


@pytest.mark.parametrize(
    ("metric", "figures", "line"),
    [
        ("net_cash", ("1000,USD m", "-950,USD m"), 3),
        ("net_cash", ("-1000,USD m", "1.1,USD bn"), 3),
        ("net_cash", ("1000,USD m", "-850,EUR m"), 3),
        ("net_cash", ("1000,USD m", "-1000,USD m", "1000,USD m"), 3),
        ("book_value", ("1000,USD m", "-1050,USD m"), 3),
        ("investments", ("1000,USD m", "-1000,USD m"), 3),
    ],
)
def test_a_balance_with_the_sign_turned_round_is_told(
    folder: PackFolder, metric: str, figures: tuple[str, ...], line: int
) -> None:
    found = told(folder, *balances(metric, *figures))
    assert f"fundamentals.csv:{line} value: {metric} is " in found
    assert "about the same with the other sign" in found


def test_a_balance_in_one_currency_needs_no_rates(folder: PackFolder) -> None:
    folder.path("market/fx.csv").unlink()
    assert "other sign" in told(folder, *balances("net_cash", "1000,USD m", "-950,USD m"))


@pytest.mark.parametrize(
    "figures",
    [
        ("1000,USD m", "-300,USD m"),  # it crossed zero
        ("-1000,USD m", "100,USD m"),
        ("1000,USD m", "0,USD m"),
        ("1000,USD m", "900,USD m"),
        ("1000,USD m", "-950,BRL m"),  # without a rate
    ],
)
def test_a_balance_that_moved_is_not_told(folder: PackFolder, figures: tuple[str, ...]) -> None:
    assert "other sign" not in told(folder, *balances("net_cash", *figures))


def test_a_balance_that_was_confirmed_is_not_told(folder: PackFolder) -> None:
    key = "fundamental[group,net_cash,2025-09-30]"
    folder.write(
        "confirmed.csv", f'published,key,author,reason\n2025-11-21,"{key}",me,bought a rival\n'
    )
    assert told(folder, *balances("net_cash", "1000,USD m", "-950,USD m")) == ""


@pytest.mark.parametrize(
    ("weight", "metric", "meaning"),
    [("pb", "book_value", "P/B counts as 0"), ("sotp", "investments", "stakes are taken off")],
)
def test_a_negative_balance_that_a_method_rests_on_is_told(
    folder: PackFolder, weight: str, metric: str, meaning: str
) -> None:
    folder.append("assumptions.csv", f"2025-10-01,all,,weight_{weight},0.4,ratio,house,")
    assert meaning in told(folder, *balances(metric, "-50,USD m"))
    assert meaning not in told(folder, *balances(metric, "50,USD m"))
    folder.append("assumptions.csv", f"2025-10-02,all,,weight_{weight},0,ratio,house,")
    assert meaning not in told(folder, *balances(metric, "-50,USD m"))


EARNINGS = ("2025-09-30,FY2025-Q3,net_income,100,USD m", "2025-09-30,FY2025-Q3,eps,0.5,USD/ADS")
LOSS = ("2025-06-30,FY2025-Q2,net_income,-9,USD m", "2025-06-30,FY2025-Q2,eps,-2,USD/ADS")


@pytest.mark.parametrize(
    ("shares", "apart"),
    [
        ("200,m", ""),
        ("0.2,bn", ""),
        ("400,m", ""),
        ("1600,m", "8 times apart"),  # ordinary shares taken for the listed ones
        ("200000,m", "1e+03 times apart"),
        ("0.2,m", "1e+03 times apart"),
        ("25,m", "8 times apart"),
    ],
)
def test_a_share_count_far_from_earnings_over_earnings_a_share_is_told(
    folder: PackFolder, shares: str, apart: str
) -> None:
    found = told(folder, *EARNINGS, *LOSS, *balances("shares_diluted", shares))
    assert (apart in found) if apart else (found == "")


@pytest.mark.parametrize(
    ("later", "told_times"),
    [
        ("anvils,base_metric,0.7,USD m", 1),
        ("anvils,base_metric,700,USD bn", 1),
        ("anvils,base_metric,1400,USD m", 0),
        (",dividend,100,USD/ADS", 1),
        (",dividend,1.2,USD/ADS", 0),
        (",dividend,0,USD/ADS", 0),
        (",pe_multiple,90,x", 0),
    ],
)
def test_typed_money_in_another_unit_than_before_is_told(
    folder: PackFolder, later: str, told_times: int
) -> None:
    folder.append("assumptions.csv", f"2025-11-01,all,{later},house,")
    found = folder.warnings(of="assumptions.csv")
    assert sum(" follows " in one for one in found) == told_times


@pytest.mark.parametrize(("value", "told_times"), [(52, 1), (0.6, 1), (5.5, 0), (-5, 0)])
def test_an_estimate_in_another_unit_than_before_is_told(
    folder: PackFolder, value: float, told_times: int
) -> None:
    rows = [
        f"2025-1{month},eps_ntm,{eps},USD/ADS,wire" for month, eps in (("0-01", 5), ("1-01", value))
    ]
    folder.write("estimates.csv", "\n".join(["published,metric,value,unit,source", *rows, ""]))
    found = folder.warnings(of="estimates.csv")
    assert sum(" follows 5 USD/ADS of 2025-10-01" in one for one in found) == told_times
