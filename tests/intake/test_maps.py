"""Sheets of brokers, terminals and vendors, read by a map into the packs of several companies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from reportgen.errors import ReportgenError
from reportgen.intake.candidates import State
from reportgen.intake.imports import bring, take
from reportgen.intake.imports_file import read_imports
from reportgen.intake.records import Import
from tests.intake.maps.sheets import GRID, TARGETS, WIDE, workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.intake.records import Brought
    from tests.intake.maps.sheets import Rows

TODAY = date(2026, 11, 2)
COMPANY = """\
ticker: {ticker}
name: {ticker} plc
exchange: NYSE
price_currency: USD
reporting_currency: USD
adr_ratio: {ratio}
fiscal_year_end: "09-30"
segments: [{{id: main, name: Main, metric: ebitda}}]
"""
IMPORTS = """\
maps:
  pts: {table: targets, header: Ticker, ticker: Ticker, source: sellside, asof: As of,
    columns: {published: Date, broker: Broker, target: PT, currency: Ccy},
    tickers: {9901.HK: {ticker: ACME, line: ORD}}}
  best: {table: estimates, header: Security, ticker: Security, source: best,
    columns: {value: EPS}, unit: "{Ccy}/share", constants: {metric: eps_ntm}}
  dated: {table: estimates, header: Security, ticker: Security, source: best, asof: Updated,
    columns: {value: EPS}, unit: "{Ccy}/share", constants: {metric: eps_ntm}}
  wide: {table: fundamentals, ticker: ACME, across: Period Ending, source: vendor,
    published: Filing Date, currency: Currency, unit: m,
    rows: {Total Revenue: revenue, Diluted EPS: {metric: eps, unit: ADS},
      Shares: {metric: shares_diluted, unit: count}, Capex: {metric: capex, sign: -1},
      Net Debt: {metric: net_cash, sign: -1}}}
  shop: {table: products, header: Model, ticker: ACME, source: shop,
    columns: {vendor: Maker, product: Model, price: List, currency: Ccy}}
"""


@pytest.fixture
def asked(tmp_path: Path) -> Import:
    inputs = tmp_path / "inputs"
    for ticker, ratio in (("ACME", 8), ("BETA", 1)):
        (inputs / ticker).mkdir(parents=True)
        (inputs / ticker / "company.yaml").write_text(COMPANY.format(ticker=ticker, ratio=ratio))
    (inputs / "imports.yaml").write_text(IMPORTS)
    return Import(TODAY, inputs)


def by(asked: Import, name: str) -> Import:
    return replace(asked, how=read_imports(asked.inputs).map(name, asked.inputs))


def brought(asked: Import, name: str, *paths: Path) -> dict[str, Brought]:
    return {one.ticker: one for one in bring(paths, by(asked, name))}


def told(found: Brought, *columns: str) -> list[tuple[str, ...]]:
    assert found.error == ""
    return [
        tuple(row.candidate.cells.get(name, "") for name in columns)
        for row in found.rows
        if row.state is State.NEW
    ]


def skipped(found: Brought) -> list[str]:
    return [f"{part.number} {part.why}" for part in found.skipped]


def test_targets_of_many_companies_go_to_each_with_their_own_days(
    asked: Import, tmp_path: Path
) -> None:
    found = brought(asked, "pts", workbook(tmp_path, TARGETS))
    names = ("broker", "target", "currency", "line", "published", "source")
    assert told(found["ACME"], *names) == [
        ("Broker A", "212", "USD", "", "2026-10-27", "sellside-2026-10-30"),
        ("Broker C", "205", "HKD", "ordinary", "2026-10-28", "sellside-2026-10-30"),
    ]
    assert told(found["BETA"], "broker", "target", "published") == [
        ("Broker A", "1240.5", "2026-10-28")
    ]
    assert skipped(found["BETA"]) == ["1 blank, n/a or an error of the vendor"]
    assert skipped(found["sheet.xlsx"]) == ["2 of no company here: GAMA, Total"]


def test_a_snapshot_is_known_from_its_day_and_its_source_is_the_vendors(
    asked: Import, tmp_path: Path
) -> None:
    found = brought(asked, "dated", workbook(tmp_path, GRID))
    names = ("value", "unit", "published", "source")
    assert told(found["ACME"], *names) == [("9.85", "USD/ADS", "2026-10-30", "best-2026-10-30")]
    assert told(found["BETA"], *names) == [("95.2", "GBp/share", "2026-10-30", "best-2026-10-30")]
    take(found["ACME"])
    (line,) = (asked.inputs / "ACME/sources.csv").read_text().splitlines()[1:]
    assert line.startswith('best-2026-10-30,"best, as read on 2026-10-30",best,best,wire,')


def test_a_wide_sheet_gives_periods_of_the_companys_years(asked: Import, tmp_path: Path) -> None:
    found = brought(asked, "wide", workbook(tmp_path, WIDE))["ACME"]
    rows = told(found, "metric", "period", "value", "unit", "published", "note")
    assert sorted(rows) == [
        ("capex", "FY2026-Q1", "88", "USD m", "2026-01-30", "Capex"),
        ("eps", "FY2026", "4.38", "USD/ADS", "2026-10-30", "Diluted EPS"),
        ("eps", "FY2026-Q1", "1.02", "USD/ADS", "2026-01-30", "Diluted EPS"),
        ("net_cash", "2025-12-31", "310", "USD m", "2026-01-30", "Net Debt"),
        ("net_cash", "2026-09-30", "-25", "USD m", "2026-10-30", "Net Debt"),
        ("revenue", "FY2026", "5167", "USD m", "2026-10-30", "Total Revenue"),
        ("revenue", "FY2026-Q1", "1240.5", "USD m", "2026-01-30", "Total Revenue"),
        ("shares_diluted", "FY2026", "240.2", "m", "2026-10-30", "Shares"),
        ("shares_diluted", "FY2026-Q1", "241", "m", "2026-01-30", "Shares"),
    ]
    assert skipped(found) == [
        '5 "LTM Sep-30-2026" is no period that was reported',
        "1 blank, n/a or an error of the vendor",
    ]


def test_a_map_of_one_company_reads_the_sheet_of_another_that_is_named(
    asked: Import, tmp_path: Path
) -> None:
    found = bring([workbook(tmp_path, WIDE)], by(asked, "wide"), "BETA")
    assert [one.ticker for one in found] == ["BETA"]


def test_of_a_sheet_of_many_companies_one_is_taken(asked: Import, tmp_path: Path) -> None:
    found = bring([workbook(tmp_path, TARGETS)], by(asked, "pts"), "BETA")
    assert [(one.ticker, len(one.rows)) for one in found] == [("BETA", 1), ("sheet.xlsx", 0)]


SHEETS = {"pts": TARGETS, "best": GRID, "wide": WIDE}


@pytest.mark.parametrize("name", SHEETS)
def test_a_second_time_nothing_is_added_today_or_tomorrow(
    asked: Import, tmp_path: Path, name: str
) -> None:
    path = workbook(tmp_path, SHEETS[name])
    for one in brought(asked, name, path).values():
        take(one)
    for today in (TODAY, date(2026, 11, 3)):
        again = brought(replace(asked, today=today), name, path)
        assert not any(one.files or one.error for one in again.values())
        assert again["ACME"].count(State.SAME) == len(again["ACME"].rows)


def test_the_order_of_files_changes_no_row(asked: Import, tmp_path: Path) -> None:
    one = workbook(tmp_path, TARGETS[:5], "one.xlsx")
    other = workbook(tmp_path, [*TARGETS[:4], ["ACME", "Z", 9, "USD", date(2026, 10, 1)]], "b.xlsx")
    forth, back = (brought(asked, "pts", *paths) for paths in ((one, other), (other, one)))
    assert forth["ACME"].files == back["ACME"].files
    assert len(forth["ACME"].rows) == 2


def test_a_source_of_the_pack_is_cited_as_it_is(asked: Import, tmp_path: Path) -> None:
    (asked.inputs / "ACME/sources.csv").write_text("id,tier\nbest,wire\n")
    found = brought(asked, "best", workbook(tmp_path, GRID))["ACME"]
    assert told(found, "source", "published") == [("best", TODAY.isoformat())]
    assert [file.path.name for file in found.files] == ["estimates.csv"]


def test_a_snapshot_is_never_dated_back(asked: Import, tmp_path: Path) -> None:
    path = workbook(tmp_path, GRID)
    with pytest.raises(ReportgenError, match="read on 2026-11-02 was not known on 2026-11-01"):
        brought(replace(asked, published=date(2026, 11, 1)), "best", path)
    later = brought(replace(asked, published=date(2026, 11, 5)), "best", path)
    assert told(later["ACME"], "published") == [("2026-11-05",)]
    targets = workbook(tmp_path, TARGETS)
    with pytest.raises(ReportgenError, match="state their own days"):
        brought(replace(asked, published=date(2026, 11, 5)), "pts", targets)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Security,EPS,Ccy\nACME,9.85,USD\n", [("9.85", "USD/ADS")]),
        ("sep=;\nSecurity;EPS;Ccy\nACME;9,85;USD\n", [("9.85", "USD/ADS")]),
        ("A list\n\nSECURITY\tEps\tCcy\nacme\t1,234.5\tUSD\n", [("1234.5", "USD/ADS")]),
        ("\ufeffSecurity,EPS,Ccy\nACME,$9.85,USD\n", [("9.85", "USD/ADS")]),
        ("Security,EPS,Ccy\nACME,€9.85,USD\n", []),
        ("Security,EPS,Ccy\nACME,9.85,\n", []),
        ("Security,EPS,Ccy\nACME,#NAME?,USD\nACME,,USD\n", []),
    ],
)
def test_a_csv_is_read_in_its_own_spelling(
    asked: Import, tmp_path: Path, text: str, rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path / "grid.csv"
    path.write_text(text, encoding="utf-8")
    found = brought(asked, "best", path)["ACME"]
    assert told(found, "value", "unit") == rows
    assert rows or found.skipped


@pytest.mark.parametrize(
    ("labels", "taken"),
    [
        (["ACME US Equity"], 1),
        (["acme"], 1),
        (["ACME.N"], 1),
        (["NYSE:ACME"], 1),
        (["ACME", "ACME LN Equity"], 1),
        (["ACME LN Equity", "ACME US Equity"], 0),
        (["ACME.B"], 0),
        (["ACMEX"], 0),
        (["X ACME"], 0),
    ],
)
def test_a_name_is_a_company_only_where_it_can_be_no_other(
    asked: Import, tmp_path: Path, labels: list[str], taken: int
) -> None:
    rows = [GRID[0], *([label, 1.5, "USD"] for label in labels)]
    found = brought(asked, "best", workbook(tmp_path, rows))
    assert sum(len(one.rows) for one in found.values()) == taken


def test_a_number_is_a_ticker_without_its_noughts(asked: Import, tmp_path: Path) -> None:
    (asked.inputs / "0700.HK").mkdir()
    description = COMPANY.format(ticker="0700.HK", ratio=1)
    (asked.inputs / "0700.HK/company.yaml").write_text(description)
    rows = [GRID[0], ["700 HK Equity", 1.5, "HKD"]]
    assert [*brought(asked, "best", workbook(tmp_path, rows))] == ["0700.HK"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_letters_of_another_encoding_are_read(asked: Import, tmp_path: Path, encoding: str) -> None:
    text = "Ticker;Broker;PT;Ccy;Date\nACME;Société Générale;212,5;USD;27.10.2026\n"
    path = tmp_path / "targets.csv"
    path.write_bytes(("As of;30.10.2026\n" + text).encode(encoding))
    found = brought(asked, "pts", path)["ACME"]
    assert told(found, "broker", "target", "published") == [
        ("Société Générale", "212.5", "2026-10-27")
    ]


def test_days_since_1904_and_shares_in_percent_are_read_as_they_show(
    asked: Import, tmp_path: Path
) -> None:
    maps = asked.inputs / "imports.yaml"
    maps.write_text(
        "maps: {pct: {table: fundamentals, ticker: ACME, across: Item, source: vendor,"
        " published: Filed, unit: ratio, rows: {Margin: gross_margin}}}"
    )
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    since_1904 = 46325 - 1462
    for row in (
        ["Item", "FY2026", "FY2025"],
        ["Filed", date(2026, 10, 30), since_1904],
        ["Margin", 0.081, 0.07],
    ):
        book.active.append(row)
    book.active["B3"].number_format = "0.0%"
    book.save(tmp_path / "sheet.xlsx")
    found = brought(asked, "pct", tmp_path / "sheet.xlsx")["ACME"]
    assert told(found, "period", "value", "unit", "published") == [
        ("FY2025", "0.07", "ratio", "2026-10-30"),
        ("FY2026", "8.1%", "ratio", "2026-10-30"),
    ]


def merged(book: Workbook) -> None:
    book.active.merge_cells("A5:A6")


def uncomputed(book: Workbook) -> None:
    book.active["C5"] = "=1+1"


def second(book: Workbook) -> None:
    book.copy_worksheet(book.active)


def hidden(book: Workbook) -> None:
    book.copy_worksheet(book.active).sheet_state = "hidden"


def renamed(book: Workbook) -> None:
    book.active["C4"] = "PTs"


def headless(book: Workbook) -> None:
    book.active["A4"] = "Tickers"


def twice(book: Workbook) -> None:
    book.active["F4"] = "PT"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (merged, ""),
        (hidden, ""),
        (uncomputed, "Sheet!C5]: holds a formula without its value; open it in a spreadsheet"),
        (second, "has the header on several sheets"),
        (renamed, 'has no column "PT"; did you mean "PTs"?'),
        (headless, 'has no cell "Ticker" in its first 30 rows; did you mean "Tickers"?'),
        (twice, 'has two columns "PT"'),
    ],
)
def test_a_sheet_of_another_shape_is_read_or_told(
    asked: Import, tmp_path: Path, change: Callable[[Workbook], None], words: str
) -> None:
    book = Workbook()
    for row in TARGETS:
        book.active.append(row)
    change(book)
    book.save(tmp_path / "sheet.xlsx")
    if not words:
        assert len(brought(asked, "pts", tmp_path / "sheet.xlsx")["ACME"].rows) == 2
        return
    with pytest.raises(ReportgenError) as raised:
        brought(asked, "pts", tmp_path / "sheet.xlsx")
    assert words in str(raised.value)


def test_prices_of_products_are_of_the_one_company_of_the_sheet(
    asked: Import, tmp_path: Path
) -> None:
    rows: Rows = [
        ["Maker", "Model", "List", "Ccy"],
        ["Acme", "X1", 0.5, "USD"],
        ["B", "-", 1, "USD"],
    ]
    found = brought(asked, "shop", workbook(tmp_path, rows))["ACME"]
    assert told(found, "product", "price", "published") == [("X1", "0.5", "2026-11-02")]
    assert found.count(State.SKIPPED) == 1


def test_a_row_of_a_day_to_come_is_skipped(asked: Import, tmp_path: Path) -> None:
    rows = [*TARGETS[:4], ["ACME", "Broker A", 1, "USD", date(2027, 1, 1)]]
    found = brought(asked, "pts", workbook(tmp_path, rows))["ACME"]
    assert (found.rows, skipped(found)) == ((), ["1 dated after today, 2026-11-02"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .xlsx"),
        ("page.xls", b"<html><table></table></html>", "save it as .xlsx"),
        ("torn.xlsx", b"PK\x03\x04 torn", "torn.xlsx"),
        ("none.csv", None, "there is no such file"),
        ("odd.csv", b'Security,EPS,Ccy\nACME,"9,USD\n', "quotation mark"),
        ("long.csv", b"Security,EPS,Ccy\n" + b"9" * 1_500_000, "a line of 1,500,000 bytes"),
        ("wide.csv", b"Security,EPS,Ccy\n" + b",\n" * 300_000, "300,001 lines"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_its_name(
    asked: Import, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ReportgenError) as raised:
        brought(asked, "best", tmp_path / name)
    assert words in str(raised.value)
    assert str(tmp_path / name) in str(raised.value)
