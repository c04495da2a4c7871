"""Books of the shape of a report, in any size, to measure with."""

from __future__ import annotations

from datetime import date
from math import sin
from typing import Literal

from reportgen.xlsx.addresses import Area, Ref
from reportgen.xlsx.book import (
    Axis,
    Book,
    Border,
    Cell,
    Chart,
    Columns,
    ConditionalFormat,
    Labels,
    Page,
    Properties,
    Series,
    Sheet,
    Style,
    Validation,
)

PRICES = 500
TABS = ("Summary", "Bull", "Base", "Bear", "Valuation", "Inputs", "Checks", "Growth")
FIRST_DAY = 45_260
KINDS: tuple[Literal["line", "stacked_column", "column", "area"], ...] = (
    "line",
    "stacked_column",
    "column",
    "area",
)

STYLES = {
    "title": Style(bold=True, size=14, color="1F3864"),
    "head": Style(bold=True, color="FFFFFF", fill="1F3864", align="center"),
    "label": Style(),
    "input": Style(number_format='#,##0.0_);(#,##0.0);"-"_)', color="0000FF", fill="FFF9E5"),
    "amount": Style(number_format='#,##0.0_);(#,##0.0);"-"_)', color="000000"),
    "percent": Style(number_format="0.0%", color="000000"),
    "multiple": Style(number_format='0.0"x"', color="008000", border_top=Border("thin", "BFBFBF")),
    "date": Style(number_format="yyyy-mm-dd"),
    "price": Style(number_format="0.00", color="0000FF"),
    "total": Style(number_format="#,##0.0", bold=True, border_top=Border("thin")),
    "warn": Style(color="9C0006", fill="FFC7CE"),
}


def report_like(cells: int) -> Book:
    """About `cells` cells: 500 prices, 40 % formulas, 8 tabs, 8 charts, names, validations."""
    rows_a_tab = max(4, (cells - 2 * PRICES) // (8 * len(TABS)))
    tabs = tuple(_tab(index, name, rows_a_tab) for index, name in enumerate(TABS))
    return Book(
        sheets=(*tabs, _prices()),
        properties=Properties(date(2025, 11, 30), title="Benchmark", author="reportgen"),
        styles=STYLES,
        names=tuple((f"input_{row}", f"=Inputs!$C${row + 3}") for row in range(12)),
    )


def _tab(index: int, name: str, rows: int) -> Sheet:
    cells = [Cell(0, 0, f"{name} of the company", "", "title")]
    cells += [Cell(1, col, f"Column {col}", "", "head") for col in range(8)]
    for row in range(2, 2 + rows):
        cells += _line(name, row)
    return Sheet(
        name=name,
        cells=tuple(cells),
        column_widths=(Columns(0, 0, 34), Columns(1, 7, 12)),
        row_heights={0: 24.0},
        freeze=(2, 1),
        validations=(
            Validation((Area(2, 2, 1 + rows, 2),), "decimal", -1e6, 1e6, error_message="A number"),
            Validation((Area(2, 1, 1 + rows, 1),), "list", items=("USD m", "CNY m", "x")),
        ),
        conditional_formats=(
            ConditionalFormat((Area(2, 4, 1 + rows, 4),), "formula", "warn", "=$E3<0"),
        ),
        charts=(_chart(index, name, rows),),
        page=Page(repeat_rows=(0, 1), footer="&LBABA 2025-11-30&RPage &P of &N"),
    )


def _line(name: str, row: int) -> list[Cell]:
    base = 1000 * sin(row + len(name))
    return [
        Cell(row, 0, f"Line {row} of {name}", "", "label"),
        Cell(row, 1, "USD m", "", "label"),
        Cell(row, 2, base, "", "input"),
        Cell(row, 3, base / 7, f"=C{row + 1}/12*2-IF(C{row + 1}<0,1,0)", "amount"),
        Cell(row, 4, base + base / 7, f'=IFERROR(C{row + 1}+D{row + 1},"n/a")', "amount"),
        Cell(row, 5, 0.07, f"=IF(C{row + 1}>0,MAX(0,D{row + 1}+0)/(C{row + 1}+1),0.5)", "percent"),
        Cell(row, 6, base * 3, f"=SUMPRODUCT($C$3:$C${row + 1},$D$3:$D${row + 1})", "multiple"),
        Cell(row, 7, "n/a", f"=Inputs!$C${row + 1}*'{name}'!E{row + 1}", "amount"),
    ]


def _chart(index: int, name: str, rows: int) -> Chart:
    kind = KINDS[index % len(KINDS)]
    history = kind == "line"
    sheet, last = ("Prices", PRICES) if history else (name, 1 + min(rows, 24))
    series = tuple(
        Series(
            name=Ref.cell(sheet, 0, col),
            categories=Ref(sheet, 1, 0, last, 0),
            values=Ref(sheet, 1, col, last, col),
            color=color,
            labels=Labels("last_name", position="right") if history and col > 1 else None,
        )
        for col, color in enumerate(("1F3864", "C55A11", "7F7F7F", "2E75B6"), start=1)
    )
    return Chart(
        kind=kind,
        series=series,
        title=f"{name} in pictures",
        alt_text=f"The main figures of {name}.",
        anchor=(2, 9, 4, 4),
        size=(520, 300),
        x_axis=Axis(title="Date", number_format="mmm yy", is_date=history),
        y_axis=Axis(title="USD", number_format="#,##0", gridlines=True),
    )


def _prices() -> Sheet:
    names = ("Date", "Close", "Bear", "Base", "Bull")
    cells = [Cell(0, col, name, "", "head") for col, name in enumerate(names)]
    for day in range(PRICES):
        cells.append(Cell(day + 1, 0, FIRST_DAY + day, "", "date"))
        cells.append(Cell(day + 1, 1, round(120 + 30 * sin(day / 40), 2), "", "price"))
    for day in (PRICES - 1, PRICES):
        cells += [
            Cell(day, col, 100.0 + 9 * col, f"=Valuation!C{col}", "amount") for col in range(2, 5)
        ]
    return Sheet("Prices", tuple(cells), freeze=(1, 0))
