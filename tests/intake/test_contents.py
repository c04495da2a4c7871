"""What a file holds, and of whom it is, told by its content."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from reportgen.cli.imports import KINDS as COMMAND_KINDS
from reportgen.errors import ReportgenError
from reportgen.facts.reading.price_layouts import known_price_columns
from reportgen.facts.reading.text_files import split
from reportgen.intake.contents import KINDS, Bars, CloseTable, Rates, content_of
from reportgen.intake.imports import benchmarks, owners_of
from reportgen.intake.records import Import

TODAY = date(2026, 11, 1)


def test_contents_take_every_kind_that_the_command_knows() -> None:
    assert tuple(KINDS) == COMMAND_KINDS


@pytest.mark.parametrize(
    ("name", "text", "owners"),
    [
        ("a.csv", "Date,Ticker,Close\n2026-01-05,NORD,1\n2026-01-05,OST,2\n", ["NORD", "OST"]),
        ("ost.csv", "Date,Ticker,Close\n2026-01-05,NORD,1\n", ["NORD"]),
        ("a.csv", "Date,Close,Ticker\n2026-01-05,1\n2026-01-06,2,OST\n", ["OST"]),
        ("a.csv", "Date,NORD\n2026-01-05,1\n", ["NORD"]),
        ("nord.csv", "Date,OST\n2026-01-05,1\n", ["OST"]),
        ("x_ost_us.csv", "Date,Close\n2026-01-05,1\n", ["OST"]),
        ("indx.csv", "Date,Close\n2026-01-05,1\n", ["market/INDX"]),
        ("a.csv", "Date,Close\n2026-01-05,1\n", []),
        ("nord.csv", "Date,Volume\n2026-01-05,1\n", []),
    ],
)
def test_closes_are_of_whom_they_say_else_of_whom_the_file_is_named(
    name: str, text: str, owners: list[str]
) -> None:
    table = CloseTable(Path(name), split(text, "utf-8", known_price_columns))
    assert owners_of(table, ("NORD", "OST"), ("INDX",), Import(TODAY, Path("inputs"))) == owners


def test_the_benchmarks_are_the_closes_of_the_market(tmp_path: Path) -> None:
    assert benchmarks(tmp_path) == ()
    (tmp_path / "market").mkdir()
    for name in ("fx.csv", "rates.csv", "B.csv", "A.csv", "A.txt"):
        (tmp_path / "market" / name).write_text("")
    assert benchmarks(tmp_path) == ("A", "B")


def test_a_chart_says_of_whom_it_is_and_its_days_are_those_of_its_exchange() -> None:
    meta = {"symbol": "N.DE", "exchangeTimezoneName": "Asia/Tokyo", "longName": "Nord A/S"}
    meta |= {"fullExchangeName": "XETRA", "currency": None}
    stamp = 1_800_000_000  # eight in the morning of 15 January 2027 in London, five in Tokyo
    chart = {
        "meta": meta,
        "timestamp": [stamp, stamp + 8 * 3_600, stamp + 90_000],
        "indicators": {"quote": [{"close": [1.5, 2, None]}]},
        "events": {"splits": {"1": {"date": stamp + 8 * 3_600, "numerator": 3, "denominator": 2}}},
    }
    found = content_of(Path("a.json"), json.dumps({"chart": {"result": [chart]}}).encode())
    assert found == Bars(
        Path("a.json"),
        "N.DE",
        {date(2027, 1, 15): 1.5, date(2027, 1, 16): 2.0},
        {date(2027, 1, 16): 1.5},
        {"name": "Nord A/S", "exchange": "XETRA"},
    )
    chart["indicators"] = {"quote": [{"close": [1, "2", 3]}]}
    with pytest.raises(ReportgenError, match="another shape"):
        content_of(Path("a.json"), json.dumps({"chart": {"result": [chart]}}).encode())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Date,USD,GBP\n2026-01-05,1.1,0.8\n", Rates),
        ("Date,USD,ITL,\n2026-01-05,1.1,1900,\n", Rates),  # of a former member, too
        ("Date,USD,Close\n2026-01-05,1.1,2\n", CloseTable),
        ("Date,Close\n2026-01-05,1.1\n", CloseTable),
    ],
)
def test_a_table_is_of_rates_where_each_column_is_a_currency(text: str, kind: type) -> None:
    assert type(content_of(Path("a.csv"), text.encode())) is kind
