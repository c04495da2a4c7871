"""A workbook with one of everything that another program may spell differently."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

# formula, the value that it has
FORMULAS: tuple[tuple[str, float | str | bool], ...] = (
    ("=A1*2.50+1E-3", 25.001),
    ("=IF(A1>0,TRUE,FALSE)", True),
    ('=IFERROR(A1/0,"n/a")', "n/a"),
    ("=A1 / ( A2 - A2 )", "#DIV/0!"),
    ("='Prices & targets'!$B$2+SUM('Prices & targets'!B2:B9)", 50.5),
    ("=SUM(A1:A3,A1)", 26.0),
    ('=A1&" of ""all"""', '10 of "all"'),
    ("=cost_of_equity^2", 0.01),
    ("=-A1%", -0.1),
    ("=SUMPRODUCT((A1:A3>2)*(A1:A3))", 14.0),
    ("=INDEX(A1:A3,MATCH(4,A1:A3,0))", 4.0),
    ('=TEXT(A1,"0.0%")', "1000.0%"),
    ("=AND(A1>0,NOT(FALSE))", True),
    ("=MEDIAN(A1:A3)", 4.0),
    ("=_xlfn.STDEV.S(A1:A3)", 4.163331998932265),
    ("=ROUND(A1/3,2)", 3.33),
    ("=$A1+A$2+$A$3", 16.0),
    ("=EDATE(A4,6)", 46172.0),
)


def write_rich_book(path: Path) -> Path:
    """The workbook at `path`."""
    with xlsxwriter.Workbook(path) as book:
        model, prices = book.add_worksheet("Model"), book.add_worksheet("Prices & targets")
        _write_model(book, model)
        _write_prices(book, prices)
        model.insert_chart("H2", _chart(book, "line", None))
        model.insert_chart("H20", _chart(book, "bar", "stacked"))
        model.insert_chart("P2", _chart(book, "scatter", None))
        prices.hide()
        book.define_name("cost_of_equity", "=Model!$A$5")
        book.define_name("'Prices & targets'!local", "='Prices & targets'!$B$2:$B$9")
    return path


def _write_model(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    for row, number in enumerate((10.0, 2.0, 4.0, 45991.0, 0.1)):
        sheet.write_number(row, 0, number)
    for row, (formula, value) in enumerate(FORMULAS):
        sheet.write_formula(row, 2, formula, None, value)
    sheet.write_array_formula("D1:D3", "{=A1:A3*2}", None, 20.0)
    sheet.write_number("D2", 4.0)
    sheet.write_number("D3", 8.0)
    sheet.write_boolean("E1", True)  # noqa: FBT003 - positional only
    sheet.write_string("E2", "text with\na second line and trailing blank ")
    sheet.write_string("E3", "=not a formula")
    sheet.write_rich_string("E4", "plain ", book.add_format({"bold": True}), "bold", " plain")
    sheet.write_datetime(
        "E5",
        datetime(2025, 11, 30),  # noqa: DTZ001 - cells know no time zone
        book.add_format({"num_format": "yyyy-mm-dd"}),
    )
    sheet.merge_range("A25:D25", "a title over four columns")
    sheet.write_comment("A1", "a note\nof two lines", {"author": "An analyst"})
    sheet.write_url("A27", "https://example.org/filing?a=1&b=2", string="a filing")
    sheet.write_url("A28", "internal:'Prices & targets'!B2", string="prices")
    sheet.set_row(20, None, None, {"hidden": True})
    sheet.set_column("F:G", 3, None, {"hidden": True})
    sheet.data_validation(
        "A1:A3",
        {
            "validate": "list",
            "source": ["10", "2", "4"],
            "input_title": "Choose",
            "input_message": "one of three",
        },
    )
    sheet.data_validation(
        "A5",
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": 0.5,
            "error_title": "Too much",
        },
    )
    sheet.data_validation("A4", {"validate": "custom", "value": "=A4>0"})
    red, green = book.add_format({"font_color": "#9C0006"}), book.add_format({"bold": True})
    sheet.conditional_format("C1:C18", {"type": "formula", "criteria": "=$A1>3", "format": red})
    sheet.conditional_format(
        "C1:C18",
        {"type": "cell", "criteria": "between", "minimum": 1, "maximum": 5, "format": green},
    )
    sheet.conditional_format("A1:A3", {"type": "data_bar"})
    sheet.conditional_format(
        "E1:E4", {"type": "text", "criteria": "containing", "value": "text", "format": red}
    )
    sheet.print_area("A1:E28")
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)


def _write_prices(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.write_row(0, 0, ["Date", "Close"], book.add_format({"bold": True}))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for row in range(1, 9):
        sheet.write_number(row, 0, 45990.0 + row, day)
        sheet.write_number(row, 1, float(row) + 1.5)


def _chart(book: xlsxwriter.Workbook, kind: str, subtype: str | None) -> Chart:
    chart = book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
    sheet = "Prices & targets"
    for _ in range(2):
        chart.add_series(
            {
                "name": [sheet, 0, 1],
                "categories": [sheet, 1, 0, 8, 0],
                "values": [sheet, 1, 1, 8, 1],
            }
        )
    chart.set_title({"name": f"A {kind} chart"})
    return chart
