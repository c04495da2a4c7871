from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.problems import ProblemLog
from reportgen.facts.reading.market_files import known_rate_columns, read_rates
from reportgen.facts.reading.text_files import split
from reportgen.facts.units import CURRENCIES

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder


def test_the_last_rate_of_each_currency_on_or_before_as_of_is_known(folder: PackFolder) -> None:
    folder.write(
        "market/fx.csv",
        "Date,USD,JPY,CYP,GBP,\n"
        "2025-12-01,2,2,,2,\n2025-11-28,1.16,N/A,N/A,0.88,\n2025-11-27,1.15,180.5,N/A,0.87,\n",
    )
    fx = folder.load().fx
    assert [tuple(row) for row in fx.itertuples(index=False)] == [
        ("EUR", 1.0, date(2025, 11, 28)),
        ("GBP", 0.88, date(2025, 11, 28)),
        ("JPY", 180.5, date(2025, 11, 27)),
        ("USD", 1.16, date(2025, 11, 28)),
    ]


def test_a_weekend_takes_fridays_rate(folder: PackFolder) -> None:
    assert folder.load(date(2025, 11, 29)).fx.set_index("currency").loc["USD", "per_eur"] == 1.16


def test_without_rates_the_euro_stands_alone_and_money_abroad_is_warned_of(
    folder: PackFolder,
) -> None:
    folder.path("market/fx.csv").unlink()
    assert list(folder.load().fx["currency"]) == ["EUR"]
    assert folder.warnings() == [
        (
            "inputs/ACME/targets.csv:2 currency: "
            "USD has no rate in market/fx.csv on or before the day: what depends on it is n/a"
        )
    ]


def test_a_currency_without_a_rate_is_warned_of_where_it_is_used(folder: PackFolder) -> None:
    folder.replace("targets.csv", "EUR", "KRW")
    assert folder.warnings() == [
        (
            "inputs/ACME/targets.csv:3 currency: "
            "KRW has no rate in market/fx.csv on or before the day: what depends on it is n/a"
        )
    ]


def test_a_pack_in_one_currency_needs_no_rates(folder: PackFolder) -> None:
    folder.path("market/fx.csv").unlink()
    folder.replace("targets.csv", "EUR", "USD")
    assert folder.warnings() == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Date,USD\n2025-11-28,0\n", ":2 USD: 0 is not above 0; expected units per 1 EUR"),
        ("Date,USD\n2025-11-28,x\n", ':2 USD: "x" is not a number; expected units per 1 EUR'),
        (
            "Date,USD\n2025-11-28,1\n2025-11-28,2\n",
            ":3 Date: 2025-11-28 stands on line 2 with other",
        ),
        ("Date,USD,USD\n2025-11-28,1,1\n", ":1 USD: stands in the header twice"),
        ("USD,GBP\n1,1\n", ": has no rates; expected a header line Date,USD,CNY and so on"),
        ("", ": has no rates"),
    ],
)
def test_rates_that_cannot_be_used_are_told(folder: PackFolder, text: str, message: str) -> None:
    folder.write("market/fx.csv", text)
    assert folder.errors()[0].startswith(f"inputs/market/fx.csv{message}")


def test_a_day_repeated_in_full_counts_once(folder: PackFolder) -> None:
    folder.append("market/fx.csv", "2025-11-28,1.16,0.88")
    assert folder.load().fx.set_index("currency").loc["USD", "per_eur"] == 1.16


def test_a_column_that_is_no_currency_is_warned_of(folder: PackFolder) -> None:
    folder.write("market/fx.csv", "Date,USD,CNYY\n2025-11-28,1.16,8\n")
    assert folder.warnings() == [
        'inputs/market/fx.csv:1: has a column "CNYY", which is not a currency'
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Euro foreign exchange reference rates\n\nDate,USD,GBP\n2025-11-28,1.16,0.88\n",
        "Date, USD, GBP, \n28 November 2025, 1.16, 0.88, \n",
        "Datum;USD;GBP\n28.11.2025;1,16;0,88\n",
        "DATE,GBP,USD\n11/28/25,0.88,1.16\n",
    ],
)
def test_rates_are_read_below_titles_and_as_days_are_spelled(folder: PackFolder, text: str) -> None:
    folder.write("market/fx.csv", text)
    rates = folder.load().fx.set_index("currency")["per_eur"]
    assert (rates["USD"], rates["GBP"]) == (1.16, 0.88)
    assert folder.warnings(of="fx.csv") == []


def test_rates_of_another_currency_than_the_euro_are_refused(folder: PackFolder) -> None:
    folder.write(
        "market/fx.csv", "Date,USD,EUR,CNY\n2025-11-27,1,.86,7.08\n2025-11-28,1,.86,7.07\n"
    )
    assert folder.errors() == [
        (
            "inputs/market/fx.csv:1 USD: is 1 on every day, as in rates per 1 USD; "
            "expected units per 1 EUR; divide each rate by that of EUR"
        )
    ]


def test_a_single_day_at_one_is_no_other_base(folder: PackFolder) -> None:
    folder.write("market/fx.csv", "Date,USD\n2022-07-13,1.0\n2025-11-28,1.16\n")
    assert folder.warnings() == []


HISTORY = [date(2026, 6, 30) - timedelta(days=30 * back) for back in range(120)]  # ten years


def banks_own(codes: list[str], ended: dict[str, int]) -> str:
    """The rates of many currencies, newest first, some of which ended with a year."""
    lines = [",".join(["Date", *codes, ""])]
    for day in HISTORY:
        rates = [
            "N/A" if day.year > ended.get(code, 9999) else f"{at + day.month / 100:.4f}"
            for at, code in enumerate(codes, start=2)
        ]
        lines.append(",".join([str(day), *rates, ""]))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("as_of", [date(2025, 11, 28), date(2019, 5, 31), date(2026, 7, 1)])
def test_of_the_banks_own_table_the_year_and_the_currencies_that_are_needed_are_read(
    folder: PackFolder, as_of: date
) -> None:
    codes = [*sorted(CURRENCIES - {"EUR", "USD"})[:30], "USD"]
    text = banks_own(codes, {"AUD": 2023})
    table = split(text, "utf-8", known_rate_columns)
    log = ProblemLog("fx.csv")
    whole = {rate.currency: rate for rate in read_rates(table, as_of, log)}
    assert len(whole) == 32
    found = read_rates(table, as_of, log, {"AUD", "SEK"})
    assert {rate.currency for rate in found} >= {"EUR", "USD", "AUD"}
    assert len(found) < 12
    assert list(found) == [whole[rate.currency] for rate in found]
    assert log.found == []
    folder.write("market/fx.csv", text)
    assert "USD" in set(folder.load(as_of).fx["currency"])


def test_what_is_wrong_with_the_year_is_told(folder: PackFolder) -> None:
    text = banks_own(["USD", "SEK"], {}).replace("2025-09-03,2.0900", "2025-09-03,two")
    folder.write("market/fx.csv", text)
    (error,) = folder.errors()
    assert ' USD: "two" is not a number' in error
