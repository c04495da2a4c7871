"""What a sheet offers one company: periods of its years, its share, the source it cites."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.rows import Source
from reportgen.intake.candidates import Candidate
from reportgen.intake.maps.map_file import Map
from reportgen.intake.maps.offers import BALANCES, in_order, offered
from reportgen.intake.maps.periods import Period
from reportgen.intake.maps.rows import Mapped, Row
from reportgen.intake.records import Skipped
from tests.support.tools import REPOSITORY

NORD = read_pack("NORD", REPOSITORY / "tests/packs/bare/inputs").company
COMPANY = replace(NORD, adr_ratio=8.0, fiscal_year_end="09-30")
DAY, READ = date(2026, 10, 30), date(2026, 10, 15)
HOW = Map("m", "fundamentals", "vendor")
SOURCE = Source("vendor-2026-10-15", "told", "", "", "wire", "", READ, "", "sha256 abc", 2)


def offer(
    *rows: Row, how: Map = HOW, sources: tuple[Source, ...] = (), is_redated: bool = False
) -> tuple[list[dict[str, str]], list[str], list[str]]:
    """The cells of the rows, the sources that they need, and what was skipped."""
    skipped = {COMPANY.ticker: (Skipped(2, "blank"),)}
    given = Mapped(Path("a.xlsx"), how, "abc", {COMPANY.ticker: rows}, skipped, "flag", "note")
    found = offered(given, COMPANY, sources, is_redated=is_redated)
    cells = [dict(one.cells) for one in found.rows]
    return cells, list(found.sources), [f"{one.number} {one.why}" for one in found.skipped]


def row(published: date = DAY, line: str = "", period: Period | None = None, **cells: str) -> Row:
    return Row({"published": published.isoformat()} | cells, DAY, "line 2", period, None, line)


@pytest.mark.parametrize(
    ("metric", "months", "label"),
    [
        *(("revenue", 3, "FY2026-Q4"), ("revenue", 0, "2026-09-30"), ("revenue", 12, "FY2026")),
        *((metric, None, "2026-09-30") for metric in sorted(BALANCES)),
        ("cash", 3, "FY2026-Q4"),
    ],
)
def test_a_balance_is_of_a_day_unless_the_map_says_otherwise(
    metric: str, months: int | None, label: str
) -> None:
    stated = row(period=Period(date(2026, 9, 30), None), metric=metric)._replace(months=months)
    ((cells,), _, skipped) = offer(stated)
    assert (cells["period"], cells["period_end"]) == (label, "2026-09-30")
    assert skipped == ["2 blank"]


def test_a_period_without_a_length_is_skipped_and_told_with_its_remedy() -> None:
    stated = row(period=Period(date(2026, 9, 30), None), metric="revenue")
    cells, _, skipped = offer(stated, stated)
    assert cells == []
    told = "says no length of the period: give months: 3, 6 or 12 in the map, 0 for a balance"
    assert skipped == ["2 blank", f"2 {told}"]


@pytest.mark.parametrize(
    ("line", "unit", "ratio", "found"),
    [
        ("ordinary", "USD/share", 8.0, "USD/ORD"),
        ("listed", "USD/share", 8.0, "USD/ADS"),
        ("listed", "USD/share", 1.0, "USD/share"),
        ("", "USD/share", 8.0, "USD/share"),
        ("listed", "USD m", 8.0, "USD m"),
        ("listed", "USD/ORD", 8.0, "USD/ORD"),
    ],
)
def test_a_figure_a_share_is_of_the_share_that_the_row_is_of(
    line: str, unit: str, ratio: float, found: str
) -> None:
    given = Mapped(Path("a"), HOW, "", {COMPANY.ticker: (row(line=line, unit=unit),)}, {})
    (one,) = offered(given, replace(COMPANY, adr_ratio=ratio), ()).rows
    assert one.cells["unit"] == found


def test_a_snapshot_that_was_taken_in_before_keeps_its_first_day() -> None:
    dated, filed = replace(HOW, asof="As of"), replace(HOW, published="Filed")
    given = (row(), row(published=READ))
    for how, sources, redated, days, needed in (
        (HOW, (), False, ["2026-10-30", "2026-10-15"], ["vendor-2026-10-30"]),
        (HOW, (SOURCE,), False, ["2026-10-15", "2026-10-15"], ["vendor-2026-10-15"]),
        (HOW, (SOURCE,), True, ["2026-10-30", "2026-10-15"], ["vendor-2026-10-30"]),
        (dated, (SOURCE,), False, ["2026-10-30", "2026-10-15"], ["vendor-2026-10-30"]),
        (HOW, (SOURCE._replace(published=None),), False, ["2026-10-30", "2026-10-15"], None),
        (filed, (SOURCE,), False, ["2026-10-30", "2026-10-15"], ["vendor-2026-10-15"]),
        (HOW, (SOURCE._replace(note="of another"),), False, ["2026-10-30", "2026-10-15"], None),
    ):
        cells, cited, _ = offer(*given, how=how, sources=sources, is_redated=redated)
        assert [one["published"] for one in cells] == days
        assert cited == (needed or ["vendor-2026-10-30"])
    own = SOURCE._replace(id="vendor", note="")
    cells, cited, _ = offer(*given, sources=(own,))
    assert ({one["source"] for one in cells}, cited) == ({"vendor"}, [])


def test_the_source_of_a_snapshot_names_its_vendor_its_day_and_its_file() -> None:
    given = Mapped(Path("a.xlsx"), HOW, "abc", {COMPANY.ticker: (row(),)}, {}, "flag", "note")
    assert offered(given, COMPANY, ()).sources == {
        "vendor-2026-10-30": {
            "id": "vendor-2026-10-30",
            "title": "vendor, as read on 2026-10-30",
            "publisher": "vendor",
            "publisher_group": "vendor",
            "tier": "wire",
            "published": "2026-10-30",
            "document": "a.xlsx",
            "flags": "flag",
            "note": "note; sha256 abc",
        }
    }
    (only,) = offered(replace(given, note=""), COMPANY, ()).sources.values()
    assert only["note"] == "sha256 abc"
    (taken,) = offered(given, COMPANY, ()).rows
    assert (taken.table, taken.origin) == ("fundamentals", "a.xlsx line 2")


def test_rows_come_in_the_order_in_which_they_were_known() -> None:
    rows = [Candidate("t", {"published": day, "b": b}, "") for day, b in (("2", "1"), ("1", "2"))]
    more = [*rows, Candidate("t", {"published": "1", "b": "1"}, "")]
    found = [(one.cells["published"], one.cells["b"]) for one in in_order(more)]
    assert found == [("1", "1"), ("1", "2"), ("2", "1")]
