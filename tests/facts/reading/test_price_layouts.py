"""Closes are read from what vendors export, recognised by the header."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.reading.price_layouts import find_layout, known_price_columns
from reportgen.facts.reading.price_names import is_label_of
from reportgen.facts.reading.text_files import split

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


def export(header: str, row: str, decimal: str = ".", footer: str = "") -> str:
    """An export of three days; `{day}`, `{close}` and `{other}` stand for what differs."""
    rows = [
        row.format(day=day, close=str(close).replace(".", decimal), other=f"1{decimal}5")
        for day, close in ((26, 98.5), (27, 101.25), (28, 99.25))
    ]
    return "\n".join([header, *rows, footer])


THREE_DAYS = {date(2025, 11, 26): 98.5, date(2025, 11, 27): 101.25, date(2025, 11, 28): 99.25}
VENDORS = {
    "Alpha Vantage": export(
        "timestamp,open,high,low,close,volume", "2025-11-{day},1,1,1,{close},9"
    ),
    "Alpha Vantage, adjusted too": export(
        "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient",
        "2025-11-{day},1,1,1,{close},7,9,0.0000,1.0",
    ),
    "Alpha Vantage, in a frame": export(
        "date,1. open,2. high,3. low,4. close,5. volume", "2025-11-{day},1,1,1,{close},9"
    ),
    "TradingView": export("time,open,high,low,close,Volume", "2025-11-{day},1,1,1,{close},9"),
    "EODHD": export(
        "Date,Open,High,Low,Close,Adjusted_close,Volume", "2025-11-{day},1,1,1,{close},7,9"
    ),
    "Tiingo": export(
        "date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash",
        "2025-11-{day}T00:00:00.000Z,{close},1,1,1,9,7,1,1,1,9,0.0",
    ),
    "Sharadar": export(
        "ticker,date,open,high,low,close,volume,closeadj,closeunadj,lastupdated",
        "ACME,2025-11-{day},1,1,1,{close},9,7,{close},2025-11-29",
    ),
    "Eikon": export(
        "Acme Corp (ACME.N)\nPrice History\n\nExchange Date,Close,Net,%Chg,Open,Low,Volume,Flow",
        "{day}-Nov-2025,{close},0,0,1,1,9,1",
    ),
    "Eikon by instrument": export(
        "Instrument,Date,Price Close", "ACME.N,2025-11-{day}T00:00:00Z,{close}"
    ),
    "CapIQ": export(
        "Acme Corporation (NYSE:ACME)\nPricing,,\nCurrency: USD,,\n\nDate,Close,Volume",
        "Nov-{day}-2025,{close},1.2",
    ),
    "CapIQ chart": export(
        "Dates,NYSE:ACME - Share Pricing,NYSE:ACME - Volume", "Nov-{day}-2025,{close},1.2"
    ),
    "FactSet": export(
        "Acme Corp (ACME-US)\nPrice History\nUSD\n\n"
        "Date,Price,CVol,Change,% Change,% Return,Total Return (Gross)",
        "11/{day}/2025,{close},1,0,0,0,100",
    ),
    "Investing.com, German": export(
        '\ufeff"Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"',
        '"{day}.11.2025","{close}","{other}","{other}","{other}","25,00K","1,77%"',
        decimal=",",
    ),
    "Investing.com, French": export(
        '\ufeff"Date","Dernier","Ouv."," Plus Haut","Plus Bas","Vol.","Variation %"',
        '"{day}/11/2025","{close}","{other}","{other}","{other}","25,00K","1,77%"',
        decimal=",",
    ),
    "Investing.com, Spanish": export(
        '"Fecha","Último","Apertura","Máximo","Mínimo","Vol.","% var."',
        '"{day}.11.2025","{close}","{other}","{other}","{other}","25,00K","1,77%"',
        decimal=",",
    ),
    "Investing.com, Italian": export(
        '"Data","Ultimo","Apertura","Massimo","Minimo","Vol.","Var. %"',
        '"{day}.11.2025","{close}","{other}","{other}","{other}","25,00K","1,77%"',
        decimal=",",
    ),
    "Investing.com, Russian": export(
        '"Дата","Цена","Откр.","Макс.","Мин.","Объём","Изм. %"',
        '"{day}.11.2025","{close}","{other}","{other}","{other}","25,00K","1,77%"',
        decimal=",",
    ),
    "Investing.com, Japanese": export(
        '"日付け","終値","始値","高値","安値"', '"2025年11月{day}日","{close}","1","1","1"'
    ),
    "Investing.com, Korean": export(
        '"날짜","종가","시가","고가","저가"', '"2025- 11- {day}","{close}","1","1","1"'
    ),
    "Google Finance": export("Date,Close", "11/{day}/2025 16:00:00,{close}"),
    "Google Finance, French": export("Date;Close", "{day}/11/2025 22:00:00;{close}", decimal=","),
    "a clock of twelve hours": export("Date,Close", "11/{day}/2025 4:00:00 PM,{close}"),
    "MarketWatch": export(
        "Date,Open,High,Low,Close,Volume", '11/{day}/2025,"1,000.5",1,1,{close},"9,876,543"'
    ),
    "Wall Street Journal": export(
        "Date, Open, High, Low, Close, Volume", "11/{day}/25, 1, 1, 1, {close}, 9"
    ),
    "Barchart": export(
        "Symbol,Time,Open,High,Low,Last,Change,%Chg,Volume",
        "ACME,11/{day}/2025,1,1,1,{close},0,0%,9",
        footer='"Downloaded from Barchart.com as of 11-28-2025 03:01pm CST"',
    ),
    "Euronext": export(
        '"Historical Data"\n"From 2024-11-28 to 2025-11-28"\nNL000\n'
        'Date;Open;High;Low;Last;Close;"Number of Shares";vwap',
        "{day}/11/2025;1;1;1;7;{close};9;1",
    ),
    "Nasdaq Nordic": export(
        "sep=;\nDate;Bid;Ask;Opening price;High price;Low price;Closing price;Average price;",
        "2025-11-{day};{other};{other};{other};{other};{other};{close};{other};",
        decimal=",",
    ),
    "National Stock Exchange of India": export(
        '"Date ","series ","OPEN ","PREV. CLOSE ","ltp ","close ","vwap "',
        '"{day}-Nov-2025","EQ","1","7","8","{close}","1"',
    ),
    "BSE of India": export("Date,Open Price,Close Price,WAP", "{day}-November-25,1,{close},1"),
    "Boursorama": export(
        "date\touv\thaut\tbas\tclot\tvol\tdevise\t",
        "{day}/11/2025 00:00\t1\t1\t1\t{close}\t9\tUSD\t",
    ),
    "MetaTrader": export("<DATE>\t<OPEN>\t<CLOSE>\t<VOL>", "2025.11.{day}\t1\t{close}\t9"),
    "a terminal's history": export(
        "Security,ACME US Equity\nStart Date,2025-01-01\nCurrency,USD\n\nDate,Last Price,Volume",
        "2025-11-{day},{close},9",
    ),
    "a currency beside each": export("Date;Close", "{day}.11.2025;{close} $", decimal=","),
    "a column a share": export("Date,ACNE,ACME,XYZ", "2025-11-{day},1,{close},3"),
    "named by share and field": export("date,ACNE close,ACME close", "2025-11-{day},1,{close}"),
    "a close in each currency": export("Date,Close (HKD),Close (USD)", "2025-11-{day},7,{close}"),
    "each line in quotation marks": export('"Date;Close"', '"{day}.11.2025;{close}"', decimal=","),
    "a sign of the currency in the name": export("Date,Close $", "2025-11-{day},{close}"),
    "an index without a name": export(",Close,Volume", "2025-11-{day},{close},9"),
}


@pytest.mark.parametrize("text", VENDORS.values(), ids=VENDORS)
def test_a_vendor_of_the_world_is_read_without_a_word(folder: PackFolder, text: str) -> None:
    folder.write("prices.csv", text)
    assert closes(folder) == THREE_DAYS
    assert folder.warnings(of="prices.csv") == []


@pytest.mark.parametrize(
    ("encoding", "header", "day"),
    [
        ("gb18030", "日期,收盘", "2025年11月{day}日"),
        ("cp949", "날짜,종가", "2025- 11- {day}"),
        ("cp932", "日付け,終値", "2025年11月{day}日"),
        ("cp1251", "Дата,Цена", "{day}.11.2025"),
    ],
)
def test_names_in_an_old_encoding_are_known(
    folder: PackFolder, encoding: str, header: str, day: str
) -> None:
    folder.write("prices.csv", export(header, day + ",{close}").encode(encoding))
    assert closes(folder) == THREE_DAYS
    (told,) = folder.warnings(of="prices.csv")
    assert f"it was read as {encoding.upper()}: " in told


@pytest.mark.parametrize(
    ("close", "expected"), [('"157,301"', 157.301), ('"1.157,30"', 1157.3), ('"157,30"', 157.3)]
)
def test_the_language_of_a_header_settles_what_the_cells_do_not(
    folder: PackFolder, close: str, expected: float
) -> None:
    for header in ("Datum,Zuletzt", "Date,Dernier"):
        folder.write("prices.csv", f"{header}\n05/11/2025,{close}\n")
        assert closes(folder) == {date(2025, 11, 5): expected}


def side_by_side(*lines: str) -> str:
    return "\n".join([*lines, ""])


BLOCKS = (
    "2025-11-26,1,2025-11-26,98.5",
    "2025-11-27,1,2025-11-28,99.25",
    "2025-11-28,1,,",
)
OWN_DAYS = {date(2025, 11, 26): 98.5, date(2025, 11, 28): 99.25}


@pytest.mark.parametrize(
    "lines",
    [
        (",9988 HK Equity,,ACME US Equity", "Dates,PX_LAST,Dates,PX_LAST", *BLOCKS),
        ("9988 HK Equity,,ACME US Equity,", "Dates,PX_LAST,Dates,PX_LAST", *BLOCKS),
        ("Date,9988 HK Equity,Date,ACME US Equity", *BLOCKS),
        ("Date,9988.HK,Date,NYSE:ACME", *BLOCKS),
        ("Name,,Name,", "9988 HK Equity,,ACME US Equity,", "Date,Close,Date,Close", *BLOCKS),
    ],
)
def test_a_close_belongs_to_the_days_on_its_left(folder: PackFolder, lines: tuple[str]) -> None:
    folder.write("prices.csv", side_by_side(*lines))
    assert closes(folder) == OWN_DAYS
    assert folder.warnings(of="prices.csv") == []


@pytest.mark.parametrize("shares", [("9988 HK", "ACNE US"), ("ACME US", "ACME LN"), ("", "")])
def test_blocks_of_none_or_two_of_the_share_are_refused(
    folder: PackFolder, shares: tuple[str, str]
) -> None:
    labels = ",{} Equity,,{} Equity".format(*shares) if shares[0] else ",,,"
    folder.write("prices.csv", side_by_side(labels, "Dates,PX_LAST,Dates,PX_LAST", *BLOCKS))
    assert folder.errors() == [
        (
            'inputs/ACME/prices.csv: has closes of 2 shares, and not one column for "ACME"; '
            "expected one column of closes labelled ACME"
        )
    ]


@pytest.mark.parametrize(
    ("share", "label", "means"),
    [
        ("BABA", "BABA US Equity", True),
        ("BABA", "NYSE:BABA", True),
        ("BABA", "Alibaba Group (BABA-US)", True),
        ("BABA", "BABAF US Equity", False),
        ("0700.HK", "700 HK Equity", True),
        ("RR.L", "RR/ LN Equity", True),
        ("BRK-B", "BRK/B US Equity", True),
        ("BRK-B", "BRK/A US Equity", False),
        ("GOOG", "GOOGL US Equity", False),
        ("^HSI", "HSI Index", True),
    ],
)
def test_a_label_means_a_share_however_a_vendor_spells_it(
    share: str,
    label: str,
    means: bool,  # noqa: FBT001 - one more column of the table
) -> None:
    assert is_label_of(label, share) is means


ADJUSTED = (
    "has no column Adj Close: its closes are adjusted for dividends; expected raw closes; "
    "download with auto_adjust=False"
)
HISTORIES = {
    "history": export(
        "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits",
        "2025-11-{day} 00:00:00-05:00,1,1,1,{close},9,0.0,0.0",
    ),
    "with a numbered index": export(
        ",Date,Open,High,Low,Close,Volume,Dividends,Stock Splits",
        "0,2025-11-{day} 00:00:00-05:00,1,1,1,{close},9,0.0,0.0",
    ),
    "in small letters": export(
        "date,open,high,low,close,volume,dividends,stock_splits",
        "2025-11-{day},1,1,1,{close},9,0.0,0.0",
    ),
    "with semicolons": export(
        "Date;Open;High;Low;Close;Volume;Dividends;Stock Splits",
        "2025-11-{day} 00:00:00-05:00;1;1;1;{close};9;0,0;0,0",
        decimal=",",
    ),
    "without events": export(
        "Date,Open,High,Low,Close,Volume", "2025-11-{day} 00:00:00-05:00,1,1,1,{close},9"
    ),
    "closes alone": export("Date,Close", "2025-11-{day} 00:00:00-05:00,{close}"),
    "download on one level": export(
        "Date,Close,High,Low,Open,Volume", "2025-11-{day},{close},1,1,1,9"
    ),
    "download, joined": export(
        "Date,Close_ACME,High_ACME,Low_ACME,Open_ACME,Volume_ACME", "2025-11-{day},{close},1,1,1,9"
    ),
    "download, in pairs": export(
        "Date,\"('Close', 'ACME')\",\"('High', 'ACME')\",\"('Low', 'ACME')\",\"('Open', 'ACME')\"",
        "2025-11-{day},{close},1,1,1",
    ),
    "download, stacked": export(
        "Date,Ticker,Close,High,Low,Open,Volume", "2025-11-{day},ACME,{close},1,1,1,9"
    ),
}


@pytest.mark.parametrize("text", HISTORIES.values(), ids=HISTORIES)
def test_histories_adjusted_for_dividends_are_told_however_exported(
    folder: PackFolder, text: str
) -> None:
    folder.write("prices.csv", text)
    assert closes(folder) == THREE_DAYS
    assert [told.split(": ", 1)[1] for told in folder.warnings(of="prices.csv")] == [ADJUSTED]


@pytest.mark.parametrize(
    "name", ["Adj Close", "Adjusted_close", "adjClose", "Schlusskurs bereinigt"]
)
def test_a_file_of_adjusted_closes_alone_is_told(folder: PackFolder, name: str) -> None:
    folder.write("prices.csv", export(f"Date,Open,{name}", "2025-11-{day},1,{close}"))
    assert closes(folder) == THREE_DAYS
    (told,) = folder.warnings(of="prices.csv")
    assert "has no column of closes but one adjusted for dividends" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            export("Date,Close,Volume", "2025-11-{day},{close},9", footer="46"),
            ':5: "46" is no row of closes: passed over',
        ),
        (
            export(
                "Date,Close", "{day} Nov 2025,{close}", footer='\n"* Prices.\nCopyright",\nEnd,'
            ),
            ':6: "* Prices.\\nCopyright" and 1 more line are no rows of closes: passed over',
        ),
        (
            export("Date,Close\n,USD", "2025-11-{day},{close}", footer="2025-1"),
            None,
        ),
        (
            export("Date,Open,Close", "2025-11-{day},1,{close}", footer="2025-11-14,0.25 Dividend"),
            ':5: "2025-11-14" is no row of closes: passed over',
        ),
        (
            export("Date,Close", "2025-11-{day},{close}", footer="Date,Close\n2025-11-25,#N/A"),
            ':5: "Date" is no row of closes: passed over',
        ),
    ],
)
def test_lines_that_are_no_rows_of_closes_are_passed_over_and_told(
    folder: PackFolder, text: str, told: str | None
) -> None:
    folder.write("prices.csv", text)
    assert closes(folder) == THREE_DAYS
    (warning,) = folder.warnings(of="prices.csv")
    assert warning.startswith("inputs/ACME/prices.csv")
    assert warning.endswith(told or '"USD" and 1 more line are no rows of closes: passed over')


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Date,Close (HKD)\n2025-11-28,770\n", "says its closes are in HKD, and company.yaml USD"),
        ("Currency: GBP\n\nDate,Close\n2025-11-28,9\n", "says its closes are in GBP"),
        ("Währung,EUR\n\nDate,Close\n2025-11-28,9\n", "says its closes are in EUR"),
        ("Acne (NYSE:ACNE)\n\nDate,Close\n2025-11-28,9\n", 'is labelled "NYSE:ACNE", not "ACME"'),
        ("Ticker,Date,Close\nACNE,2025-11-28,9\n", 'is labelled "ACNE", not "ACME"'),
    ],
)
def test_what_a_file_says_against_the_pack_is_told(
    folder: PackFolder, text: str, told: str
) -> None:
    folder.write("prices.csv", text)
    (warning,) = folder.warnings(of="prices.csv")
    assert told in warning


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"Information": "Thank you for using our API"}\n', "holds JSON, not a table"),
        ("<!DOCTYPE html>\n<html><body>Log in</body></html>\n", "holds a web page, not a table"),
        (b"PK\x03\x04\x14\x00\x06\x00", "is a workbook or an archive, not a text"),
        (b"\x1f\x8b\x08\x00", "is compressed, not a text"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(
    folder: PackFolder, content: str | bytes, told: str
) -> None:
    folder.write("prices.csv", content)
    (error,) = folder.errors()
    assert told in error


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("0{n}/11/2025,5", '"01/11/2025" can be read as 2025-11-01 or 2025-01-11'),
        ("2025-11-0{n},0", "0 is not above 0"),
        ("0{n}.11.2025,157,30", "has 3 cells where the header has 2"),
        ("4598{n},5", '"45981" is not a day'),
        ("2025-11-0{n},5 EUR", '"5 EUR" is marked EUR, but the row\'s unit is "USD"'),
    ],
)
def test_a_mistake_on_every_line_is_told_once_with_its_count(
    folder: PackFolder, row: str, told: str
) -> None:
    rows = "".join(row.format(n=n) + "\n" for n in range(1, 9))
    folder.write("prices.csv", "Date,Close\n" + rows)
    (error,) = folder.errors()
    assert f"{told} (and alike on 7 more lines)" in error
    assert "prices.csv:2" in error


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
        ("Day,Value\n2025-11-28,1\n", 'has no column of closes (it begins with "Day,Value")'),
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


@pytest.mark.parametrize("below", ["", "Date,\n"])
def test_a_download_of_no_day_says_that_there_is_none(folder: PackFolder, below: str) -> None:
    folder.write("prices.csv", f"Price,Close\nTicker,ACME\n{below}")
    assert len([one for one in folder.problems() if "prices.csv" in one]) == 1


@pytest.mark.parametrize(
    ("text", "share", "label", "currency"),
    [
        ("ACME US\nDate,Close\n", "ACME", "", ""),  # a title is no label of a column
        ("ACME US,\nDate,Close\n", "ACME", "", ""),
        (",ACME\nDate,Close\n", "OST", "ACME", ""),
        ("OLD,ACME US\nDate,Close\n", "ACME", "ACME US", ""),
        ("ACME US,,OST US,\nDate,Close,Date,Close\n", "OST", "OST US", ""),
        ("Start Date,ACME\nDate,Close\n", "OST", "", ""),
        (",,X\nDate,Close,Volume\n", "ACME", "", ""),
        ("Date,Close (USD)\n", "ACME", "", "USD"),
        ("Currency: HKD\nDate,Close\n", "ACME", "", "HKD"),
        ("Currency: HKD\nDate,Close (USD)\n", "ACME", "", "USD"),
        ("Currency: HKD\nDate,USD\n", "USD", "USD", "HKD"),  # a share that is called so
    ],
)
def test_names_around_a_column_say_whose_closes_it_holds_and_in_what(
    text: str, share: str, label: str, currency: str
) -> None:
    records = split(f"{text}2025-11-28,1,2025-11-28,2\n", "utf-8", known_price_columns).records
    found = find_layout(records, share)
    assert (found.label, found.currency) == (label, currency)
