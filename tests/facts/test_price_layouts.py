"""Closes are read from what vendors export, recognised by the header."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

CLOSES = {date(2025, 11, 5): 98.5, date(2025, 11, 27): 101.5, date(2025, 11, 28): 1099.25}

YAHOO = """\
Date,Open,High,Low,Close,Adj Close,Volume
2025-11-05,98.000000,99.000000,97.000000,98.500000,98.100000,16268800
2025-11-27,100.0,102.0,99.0,101.5,101.1,27891000
2025-11-28,1100.0,1101.0,1098.0,1099.25,1099.0,1
"""
YAHOO_WITH_HOLIDAY = YAHOO + "2025-11-29,null,null,null,null,null,null\n"
NASDAQ = """\
Date,Close/Last,Volume,Open,High,Low
11/28/2025,"$1,099.25","11,980,150",$1100.00,$1101.00,$1098.00
11/27/2025,$101.50,"9,980,150",$100.00,$102.00,$99.00
11/05/2025,$98.50,"8,980,150",$98.00,$99.00,$97.00
"""
NASDAQ_OF_EARLY_MONTHS = """\
Date,Close/Last,Volume,Open,High,Low
11/05/2025,$98.50,"8,980,150",$98.00,$99.00,$97.00
"""
STOOQ = """\
Date,Open,High,Low,Close,Volume
2025-11-05,98,99,97,98.5,16268800
2025-11-27,100,102,99,101.5,27891000
2025-11-28,1100,1101,1098,1099.25,1
"""
STOOQ_POLISH = """\
Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen
2025-11-05,98,99,97,98.5,16268800
2025-11-27,100,102,99,101.5,27891000
2025-11-28,1100,1101,1098,1099.25,1
"""
STOOQ_POLISH_SEMICOLONS = """\
Data;Otwarcie;Najwyższy;Najniższy;Zamknięcie;Wolumen
2025-11-05;98;99;97;98,5;16268800
2025-11-27;100;102;99;101,5;27891000
2025-11-28;1100;1101;1098;1 099,25;1
"""
STOOQ_BULK = """\
<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
ACME.US,D,20251105,000000,98,99,97,98.5,16268800,0
ACME.US,D,20251127,000000,100,102,99,101.5,27891000,0
ACME.US,D,20251128,000000,1100,1101,1098,1099.25,1,0
"""
STOOQ_BULK_OF_MANY = STOOQ_BULK + "ACNE.US,D,20251128,000000,1,1,1,1,1,0\n"
INVESTING = """\
\ufeff"Date","Price","Open","High","Low","Vol.","Change %"
"11/28/2025","1,099.25","1,100.00","1,101.00","1,098.00","25.00K","1.77%"
"11/27/2025","101.50","100.00","102.00","99.00","38.00K","0.71%"
"11/05/2025","98.50","98.00","99.00","97.00","32.00K","0.00%"
"""
YFINANCE = """\
Price,Adj Close,Close,High,Low,Open,Volume
Ticker,ACME,ACME,ACME,ACME,ACME,ACME
Date,,,,,,
2025-11-05,98.1,98.5,99,97,98,16268800
2025-11-27,101.1,101.5,102,99,100,27891000
2025-11-28,1099.0,1099.25,1101,1098,1100,1
"""
YFINANCE_OF_MANY = """\
Price,Adj Close,Adj Close,Close,Close
Ticker,ACNE,ACME,ACNE,ACME
Date,,,,
2025-11-05,1,98.1,1,98.5
2025-11-27,1,101.1,1,101.5
2025-11-28,1,1099.0,1,1099.25
"""
YFINANCE_BY_TICKER = """\
Ticker,ACNE,ACNE,ACME,ACME
Price,Close,Adj Close,Close,Adj Close
Date,,,,
2025-11-05,1,1,98.5,98.1
2025-11-27,1,1,101.5,101.1
2025-11-28,1,1,1099.25,1099.0
"""
BLOOMBERG = """\
Start Date,1/1/2025
End Date,11/30/2025

,ACME US Equity
Dates,PX_LAST
11/5/2025,98.5
11/27/2025,101.5
11/28/2025,1099.25
11/29/2025,#N/A N/A
"""
BLOOMBERG_OF_EARLY_MONTHS = """\
Start Date,1/1/2025
End Date,30/11/2025
,ACME US Equity
Dates,PX_LAST
5/11/2025,98.5
"""
BLOOMBERG_OF_MANY = """\
Start Date,2025-01-01
,ACNE US Equity,ACME US Equity
Dates,PX_LAST,PX_LAST
2025-11-05,1,98.5
2025-11-27,1,101.5
2025-11-28,#N/A N/A,1099.25
"""
WITH_A_SEPARATOR_HINT = "sep=;\nDate;Close\n2025-11-05;98.5\n2025-11-27;101.5\n2025-11-28;1099.25\n"
NAMED_MONTHS = 'Date,Close\n"Nov 5, 2025",98.5\n"Nov 27, 2025",101.5\n"Nov 28, 2025",1099.25\n'
DAY_FIRST = "Date,Close\n05/11/2025,98.5\n27/11/2025,101.5\n28/11/2025,1099.25\n"
OLD_MAC = "Date,Close\r2025-11-05,98.5\r2025-11-27,101.5\r2025-11-28,1099.25\r"


def closes(folder: PackFolder) -> dict[date, float]:
    prices = folder.load().prices
    return dict(zip(prices["date"], prices["close"], strict=True))


@pytest.mark.parametrize(
    "export",
    [
        *(YAHOO, YAHOO_WITH_HOLIDAY, NASDAQ, STOOQ, STOOQ_POLISH, STOOQ_POLISH_SEMICOLONS),
        *(STOOQ_BULK, STOOQ_BULK_OF_MANY, INVESTING, YFINANCE, YFINANCE_OF_MANY),
        *(YFINANCE_BY_TICKER, BLOOMBERG, BLOOMBERG_OF_MANY, WITH_A_SEPARATOR_HINT),
        *(NAMED_MONTHS, DAY_FIRST, OLD_MAC, YAHOO.replace("\n", "\r\n")),
    ],
)
def test_a_vendors_export_gives_its_closes(folder: PackFolder, export: str) -> None:
    folder.write("prices.csv", export)
    folder.write("actions.csv", _ACCEPTED_JUMP)
    assert closes(folder) == CLOSES
    assert folder.warnings(of="prices.csv") == []


_ACCEPTED_JUMP = "published,ex_date,ratio,note\n2025-11-28,2025-11-28,1,a jump to show thousands\n"


@pytest.mark.parametrize("export", [NASDAQ_OF_EARLY_MONTHS, BLOOMBERG_OF_EARLY_MONTHS])
def test_a_vendors_own_order_of_dates_settles_what_the_rows_do_not(
    folder: PackFolder, export: str
) -> None:
    folder.write("prices.csv", export)
    assert closes(folder) == {date(2025, 11, 5): 98.5}


def test_a_polish_file_may_be_in_its_code_page(folder: PackFolder) -> None:
    folder.write("prices.csv", STOOQ_POLISH_SEMICOLONS.encode("cp1250"))
    folder.write("actions.csv", _ACCEPTED_JUMP)
    assert closes(folder) == CLOSES
    told = folder.warnings(of="prices.csv")
    assert told == ['inputs/ACME/prices.csv:1: is not UTF-8; it was read as CP1250: "Najwyższy"']


def test_closes_adjusted_for_dividends_are_warned_of(folder: PackFolder) -> None:
    folder.write("prices.csv", "Price,Close\nTicker,ACME\nDate,\n2025-11-28,99\n")
    assert folder.warnings() == [
        (
            "inputs/ACME/prices.csv:1: has no column Adj Close: its closes are adjusted for "
            "dividends; expected raw closes; download with auto_adjust=False"
        )
    ]


def test_closes_of_another_share_are_warned_of(folder: PackFolder) -> None:
    folder.write("prices.csv", BLOOMBERG_OF_EARLY_MONTHS.replace("ACME", "ACNE"))
    assert folder.warnings() == [
        'inputs/ACME/prices.csv:4: is labelled "ACNE US Equity", not "ACME"'
    ]


@pytest.mark.parametrize(
    ("export", "message"),
    [
        ("", "is empty"),
        ("Day,Value\n2025-11-28,1\n", "has no column of closes"),
        (
            YFINANCE_OF_MANY.replace("ACME", "ANVIL"),
            'has closes of 2 shares, and not one column for "ACME"',
        ),
        (STOOQ_BULK_OF_MANY.replace("ACME", "ANVIL"), 'has closes of 2 shares, and none is "ACME"'),
        ("Date,Close\n2025-11-28,0\n", ":2 Close: 0 is not above 0"),
        ("Date,Close\n2025-11-28,€5\n", ':2 Close: "€5" is marked €, but the row\'s unit is "USD"'),
        ("Date,Close\n,5\n", ":2 Date: is blank"),
        (
            "Date,Close\n2025-11-28,5\n2025-11-28,6\n",
            ":3 Close: 6 is not the close that line 2 states for the day",
        ),
        (
            "Date,Close\n2025-11-27,100\n2025-11-28,59\n",
            ":3 Close: the close of 2025-11-28 is -41% from that of 2025-11-27",
        ),
    ],
)
def test_closes_that_cannot_be_used_are_told(folder: PackFolder, export: str, message: str) -> None:
    folder.write("prices.csv", export)
    (error,) = folder.errors()
    assert message in error
    assert error.startswith("inputs/ACME/prices.csv")


def test_the_same_close_twice_counts_once(folder: PackFolder) -> None:
    folder.write("prices.csv", "Date,Close\n2025-11-28,5\n2025-11-28,5.0\n")
    assert closes(folder) == {date(2025, 11, 28): 5}


def test_a_benchmark_is_read_in_the_same_layouts(folder: PackFolder) -> None:
    folder.replace("company.yaml", "benchmark:", "benchmark: ACME")
    folder.write("market/ACME.csv", NASDAQ)
    benchmark = folder.load().benchmark
    assert dict(zip(benchmark["date"], benchmark["close"], strict=True)) == CLOSES


def test_a_jump_of_a_benchmark_is_warned_of(folder: PackFolder) -> None:
    folder.replace("company.yaml", "benchmark:", "benchmark: SPX")
    folder.write("market/SPX.csv", "Date,Close\n2025-11-27,100\n2025-11-28,50\n")
    (warning,) = folder.warnings()
    assert warning.startswith("inputs/market/SPX.csv:3 Close: the close of 2025-11-28 is -50% ")
    assert warning.endswith("; if that was a split, restate the closes before it")


def test_a_missing_file_of_closes_is_said_and_not_made_up(folder: PackFolder) -> None:
    folder.path("prices.csv").unlink()
    folder.replace("company.yaml", "benchmark:", "benchmark: SPX")
    assert folder.warnings() == [
        "inputs/ACME/prices.csv: is missing: what depends on it is n/a",
        "inputs/market/SPX.csv: is missing: what depends on it is n/a",
    ]
    assert len(folder.load().prices) == 0


def test_ambiguous_days_that_are_later_either_way_are_warnings(folder: PackFolder) -> None:
    rows = "Date,Price\n04/03/2026,104\n03/03/2026,103\n02/03/2026,102\n"
    folder.write("prices.csv", rows)
    pack = folder.load(date(2025, 11, 30))
    assert not pack.rows.prices
    assert any("can be read as" in str(told) for told in pack.later_warnings)


def test_a_file_of_absurd_length_is_refused(folder: PackFolder) -> None:
    folder.write("prices.csv", "Date,Close\n" + "2025-11-28,99\n" * 200_001)
    assert (
        "inputs/ACME/prices.csv: has 200,002 lines; expected at most 200,000; keep what is needed"
        in folder.errors()
    )
