"""Maps proposed for sheets from what their columns and rows are called."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.intake.imports_file import imports_of
from reportgen.intake.maps.proposing import proposed
from reportgen.intake.maps.rows import Asked
from tests.intake.maps.sheets import GRID, TARGETS, WIDE, workbook

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.intake.maps.mapping import Map
    from tests.intake.maps.sheets import Rows

ASKED = Asked(("ACME", "BETA"), date(2026, 11, 2))
WITHOUT_CORNER: Rows = [
    ["Acme (NYSE:ACME), GBP in thousands"],
    [None, None, "FY2024", "FY2025"],
    ["Net sales", None, 5, 6],
    ["Capex", None, -1, -2],
]
LONG: Rows = [
    ["Ticker", "Metric", "Period", "Value", "Published"],
    ["ACME", "revenue", "Q4 2026", 1405, date(2026, 10, 30)],
    ["ACME", "revenue", "FY2026", 5167, date(2026, 10, 30)],
]
SHOP: Rows = [["Brand", "Model", "MSRP: new", "Price", "Ccy"], ["Acme", "X", 1, 2, "USD"]]


def map_of(text: str) -> Map:
    (found,) = imports_of(text, "proposed").maps.values()
    return found


@pytest.mark.parametrize(
    ("rows", "table", "anchor", "taken", "first"),
    [
        (TARGETS, "targets", "Ticker", {"broker", "target", "currency", "published"}, "first of 2"),
        (GRID[:3], "estimates", "Security", {"value"}, "first of 2"),
        (WIDE, "fundamentals", "Period Ending", {"revenue", "eps", "capex", "net_cash"}, "of 7"),
        (WITHOUT_CORNER, "fundamentals", "FY2024", {"revenue", "capex"}, "of 4"),
        (LONG, "fundamentals", "Ticker", {"metric", "period", "value", "published"}, "of 2"),
        (SHOP, "products", "Brand", {"vendor", "product", "price", "currency"}, "no rows as yet"),
    ],
)
def test_a_map_is_proposed_that_reads_the_sheet(
    tmp_path: Path, rows: Rows, table: str, anchor: str, taken: set[str], first: str
) -> None:
    text = proposed(workbook(tmp_path, rows), ASKED)
    found = map_of(text)
    assert (found.table, found.anchor) == (table, anchor)
    assert {*found.columns, *(row.metric for row in found.rows.values())} == taken
    assert first in text


def test_what_a_sheet_says_of_itself_is_taken_over(tmp_path: Path) -> None:
    assert map_of(proposed(workbook(tmp_path, TARGETS), ASKED)).asof == "As of"
    wide = map_of(proposed(workbook(tmp_path, WIDE), ASKED))
    assert (wide.ticker, wide.published, wide.currency) == ("ACME", "Filing Date", "Currency")
    assert {label: row.sign for label, row in wide.rows.items()}["Net Debt"] == -1
    thousands = map_of(proposed(workbook(tmp_path, WITHOUT_CORNER), ASKED))
    assert (thousands.unit, thousands.rows["Capex"].sign) == ("k", -1)
    assert thousands.currency == "GBP"


@pytest.mark.parametrize("name", ["new.xlsx", "No.xlsx", "1 & 2.xlsx", "&.xlsx"])
def test_any_name_of_a_file_gives_a_map_that_is_read(tmp_path: Path, name: str) -> None:
    assert map_of(proposed(workbook(tmp_path, GRID, name), ASKED)).table == "estimates"


def test_a_sheet_that_calls_nothing_as_usual_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError, match="write a map for it by hand"):
        proposed(workbook(tmp_path, [["a", "b"], [1, 2]]), ASKED)
