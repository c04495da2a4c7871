"""Small sheets in the shapes of a broker's summary, a terminal's grid and a vendor's statements."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from pathlib import Path

Rows = Sequence[Sequence[object]]

TARGETS: Rows = [
    ["Price targets"],
    ["As of", None, date(2026, 10, 30)],
    [],
    ["Ticker", "Broker", "PT", "Ccy", "Date"],
    ["ACME", "Broker A", 212, "USD", date(2026, 10, 27)],
    ["9901.HK", "Broker C", 205, "HKD", date(2026, 10, 28)],
    ["NYSE:BETA", "Broker A", "$1,240.50", "USD", "28/10/2026"],
    ["NYSE:BETA", "Broker D", "n/a", "USD", date(2026, 10, 29)],
    ["GAMA", "Broker E", 44, "EUR", date(2026, 10, 29)],
    ["Total"],
]
GRID: Rows = [
    ["Security", "EPS", "Ccy", "Updated"],
    ["ACME US Equity", 9.85, "USD", date(2026, 10, 30)],
    ["BETA LN Equity", 95.2, "GBp", 46325],
    ["GAMA GR Equity", "#N/A N/A", "EUR", date(2026, 10, 30)],
]
WIDE: Rows = [
    ["Acme (NYSE:ACME)"],
    ["Period Ending", "3 months Q1 Dec-31-2025", "12 months FY2026 Sep-30-2026", "LTM Sep-30-2026"],
    ["Filing Date", date(2026, 1, 30), date(2026, 10, 30), date(2026, 10, 30)],
    ["Currency", "USD", "USD", "USD"],
    [" Total Revenue", 1240.5, 5167, 5167],
    ["Diluted EPS", 1.02, 4.38, 4.38],
    ["Shares", 241, 240.2, 240.2],
    ["Capex", -88, "NM", -420],
    ["Net Debt", -310, 25, 25],
]


def workbook(folder: Path, rows: Rows, name: str = "sheet.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def table(folder: Path, rows: Rows, name: str = "sheet.csv") -> Path:
    """Write rows as a file of text, which is read sooner than a workbook."""
    path = folder / name
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path
