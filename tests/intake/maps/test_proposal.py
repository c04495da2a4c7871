"""Maps proposed for sheets from what their columns and rows are called."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from reportgen.errors import ReportgenError
from reportgen.intake.imports_file import imports_of
from reportgen.intake.maps.proposal import proposed
from reportgen.intake.maps.rows import Asked
from tests.intake.maps.sheets import GRID, TARGETS, WIDE, table, workbook

if TYPE_CHECKING:
    from reportgen.intake.maps.map_file import Map
    from tests.intake.maps.sheets import Rows

ASKED = Asked(("ACME", "BETA"), date(2026, 11, 2))
WITHOUT_CORNER: Rows = [
    ["Acme (NYSE:ACME), GBP in thousands"],
    [None, None, "FY2024", "FY2025"],
    ["Net sales", "in all", 5, 6],
    ["Capex", None, -1, -2],
]
LONG: Rows = [
    ["Ticker", "Metric", "Period", "Value", "Published"],
    ["ACME", "revenue", "Q4 2026", 1405, date(2026, 10, 30)],
    ["ACME", "revenue", "FY2026", 5167, date(2026, 10, 30)],
]
IN_BILLIONS: Rows = [  # no more cells of a header that name no period than may be
    ["Beta in bn, EUR"],
    ["x", "Q1 2026", "Q2 2026", "Q3 2026", "note", "source"],
    ["Revenue", 1, 2, 3],
    ["Revenues", 9, 9, 9],
    ["D&A", 4, 5, 6],
    ["Capital Expenditures", -1, 2, -3],
    ["Ccy", "EUR", "EUR", "EUR"],
    ["Announcement Date", date(2026, 5, 1), date(2026, 8, 1), date(2026, 10, 29)],
]
OF_TITLES: Rows = [
    ["As of:", date(2026, 10, 30)],
    ["Acme figures, in thousand EUR of CET"],
    ["Metric", "Period", "Value"],
    ["revenue", "Q4 2026", 1],
    ["eps", "Q4 2026", 2],
]
SHOP: Rows = [["Brand", "Model", "MSRP: new", "Price", "Ccy"], ["Acme", "X", 1, 2, "USD"]]
NO_CURRENCY: Rows = [["In EUR"], ["Broker", "PT", "Ticker"], ["Broker A", 5, "ACME"]]
EPS_ALONE: Rows = [["EPS", "Security"], [1.5, "ACME"]]
WITH_UNITS: Rows = [
    ["Printed", date(2026, 10, 29)],
    ["As of", "never", date(2026, 10, 28)],
    ["Updated :", date(2026, 10, 30)],
    ["Metric", "Period", "Value", "Unit"],
    ["revenue", "Q4 2026", 1, "USD bn"],
]
ODD_LABELS: Rows = [  # a corner called as a row, one over two lines, costs that are not turned
    ["Revenue", "FY2024", "FY2025"],
    ["Net sales \u00e9", 12, 13],
    ["N\u00e9t sales", 12, 13],
    ["Operating\nincome", -1, -2],
    ["EBIT", -11, -12],
    ["Net debt", 1, 2],
]
TWO_HEADERS: Rows = [
    ["Broker", "PT", "Ccy"],
    ["Broker", "PT", "Ccy", "Ticker"],
    ["Broker A", 5, "EUR", "ACME"],
]
LONG_FIRST: Rows = [
    ["Broker", "PT", "Ccy"],
    ["Broker A", 5, "EUR"],
    ["Acme", "FY2024", "FY2025"],
    ["Revenue", 1, 2],
    ["EBIT", 1, 2],
]
WIDE_FIRST: Rows = [*LONG_FIRST, ["EBITDA", 1, 2]]
SHEETS = {
    "targets": TARGETS,
    "estimates": GRID[:3],
    "statements": WIDE,
    "without a corner": WITHOUT_CORNER,
    "a row a figure": LONG,
    "in billions": IN_BILLIONS,
    "of what titles say": OF_TITLES,
    "a shop": SHOP,
    "the currency of a title": NO_CURRENCY,
    "no currency at all": EPS_ALONE,
    "a column of units, and days that are none of the sheet": WITH_UNITS,
    "labels": ODD_LABELS,
    "of two headers the fuller": TWO_HEADERS,
    "of two as full the first": LONG_FIRST,
    "of two tables the fuller": WIDE_FIRST,
}


def map_of(text: str) -> Map:
    (found,) = imports_of(text, "proposed").maps.values()
    return found


@pytest.mark.parametrize(
    ("name", "map_name", "source"),
    [
        *(("new.csv", "sheet", "new"), ("No.csv", '"no"', "No"), ("null.csv", '"null"', "null")),
        *(("1 & 2.csv", '"1-2"', "1-2"), ("&.csv", "sheet", "vendor")),
        ("A_b.é-.csv", "a-b", "A_b.é"),
        (f"{'x' * 61}.csv", "x" * 61, "x" * 60),
    ],
)
def test_any_name_of_a_file_gives_a_map_that_is_read(
    tmp_path: Path, name: str, map_name: str, source: str
) -> None:
    text = proposed(table(tmp_path, GRID, name), ASKED)
    assert f"\nmaps:\n  {map_name}:\n    table: estimates\n" in text
    assert map_of(text).source == source


def test_a_file_of_text_is_proposed_for_by_its_own_separator(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Security;EPS;Ccy;x\nACME;1,5;USD;a, b, c, d, e\n")
    assert map_of(proposed(tmp_path / "a.csv", ASKED)).columns == {"value": "EPS"}


def test_a_sheet_that_calls_nothing_as_usual_is_told(tmp_path: Path) -> None:
    for rows in ([["a", "b"], [1, 2]], [["Acme", "FY2024", "FY2025"], ["Other", 1, 2]]):
        with pytest.raises(ReportgenError, match="write a map for it by hand"):
            proposed(table(tmp_path, rows), ASKED)


def test_maps_are_proposed_word_by_word(tmp_path: Path) -> None:
    said = []
    for name, rows in SHEETS.items():
        head, *lines = proposed(table(tmp_path, rows), ASKED).splitlines(keepends=True)
        assert head.startswith('# Proposed from "sheet.csv": check every line')
        said += [f"== {name}\n", *(line.replace(f"{tmp_path}/", "") for line in lines)]
    assert "".join(said) == Path(__file__).with_name("proposed.txt").read_text()


@pytest.mark.parametrize(
    ("figures", "is_turned"),
    [
        *(((-1, 2, 3), False), ((-1, -2, 3), True), ((-1, 2), True), ((1, 2), False)),
        *((("(1)", "(2)", "-"), True), (("-", "-", "-1"), False), ((12, 13), False)),
    ],
)
def test_capital_expenditure_that_is_mostly_negative_is_turned(
    tmp_path: Path, figures: tuple[object, ...], *, is_turned: bool
) -> None:
    heads = [f"FY{2024 + at}" for at in range(len(figures))]
    rows: Rows = [["Acme", *heads], ["Capex", *figures]]
    sign = map_of(proposed(table(tmp_path, rows), ASKED)).rows["Capex"].sign
    assert sign == (-1 if is_turned else 1)


@pytest.mark.parametrize(
    ("above", "head"),
    [
        (0, ["Acme", "FY2024"]),  # one period is no row of periods
        (0, ["Acme", "FY2024", "FY2025", "a", "b"]),  # nor are two of four cells
        (30, ["Acme", "FY2024", "FY2025"]),  # too far down
    ],
)
def test_what_is_no_header_of_periods_gives_no_map(
    tmp_path: Path, above: int, head: list[object]
) -> None:
    rows: Rows = [*[["Acme"]] * above, head, ["Capex", 1, 2]]
    with pytest.raises(ReportgenError, match="write a map for it by hand"):
        proposed(table(tmp_path, rows), ASKED)
    enough: Rows = [*[["Acme"]] * min(above, 29), ["Acme", "FY2024", "FY2025", "a"], rows[-1]]
    assert map_of(proposed(table(tmp_path, enough), ASKED)).across == "Acme"


def test_a_hidden_sheet_is_proposed_only_where_there_is_no_other(tmp_path: Path) -> None:
    path = workbook(tmp_path, WIDE)
    book = load_workbook(path)
    book.active.sheet_state = "hidden"
    book.create_sheet("Other").append(["a"])
    book.save(path)
    with pytest.raises(ReportgenError, match="write a map for it by hand"):
        proposed(path, ASKED)
    for row in GRID:
        book["Other"].append(row)
    book.save(path)
    assert map_of(proposed(path, ASKED)).table == "estimates"
