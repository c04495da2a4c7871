"""The workbook of the index, read back by another library, and drawn by LibreOffice's rules."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reportgen.runs.index import workbook
from reportgen.runs.index.page import index_page
from reportgen.runs.index.records import PlainTable
from reportgen.runs.index.rows import index_of
from reportgen.runs.index.workbook import index_book
from reportgen.xlsx.writer.workbook import render
from tests.runs.index.cases import (
    NASTY,
    NOVEMBER,
    OCTOBER,
    full_index,
    issue,
    moved,
    reported,
    saying,
)
from tests.runs.records import manifest
from tests.support.ooxml import validate

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.runs.index.records import Index

TRACK = (
    PlainTable(
        "Hits",
        ("Measure", "n", "Share"),
        (("Base met", 24.0, 0.41), ("Bull met", 24.0, None), ("=1+1", None, 0.5)),
        ("", "count", "ratio"),
        "too few to judge",
    ),
    PlainTable("Words", ("A", "B"), (("a", True),)),
)


def opened(index: Index) -> Workbook:
    with warnings.catch_warnings():  # openpyxl leaves sparklines and bars of data out, and says so
        warnings.filterwarnings("ignore", message=".* extension is not supported")
        return openpyxl.load_workbook(io.BytesIO(render(index_book(index))))


def table(sheet: Worksheet, caption: str = "Ticker") -> list[dict[str, object]]:
    """The rows below the row of captions, by caption."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == caption)
    return [dict(zip(map(str, rows[head]), row, strict=True)) for row in rows[head + 1 :]]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(replace(full_index(), track=TRACK))


def test_a_company_stands_in_a_row_with_typed_values(book: Workbook) -> None:
    row = table(book["Index"])[0]
    assert (row["Ticker"], row["Stance"], row["New"]) == ("ACME", "SHORT", "was LONG")
    assert (row["Price"], row["Expected"], row["Upside"], row["Currency"]) == (100, 120, 0.2, "USD")
    assert (row["Change"], row["Largest cause"], row["Effect"]) == (10, "Price", 14)
    assert row["Change, %"] == pytest.approx(10 / 110)
    assert (row["WARN"], row["Stale"], row["Conflicts"], row["Issue"]) == (1, 1, 1, "r1")
    assert (row["Date"], row["Event"]) == (
        datetime(2026, 2, 20),  # noqa: DTZ001 - a day of a workbook has no zone
        "Results of the quarter (expected)",
    )


def test_what_is_not_known_says_so(book: Workbook) -> None:
    (row,) = (row for row in table(book["Index"]) if row["Ticker"] == "DUST")
    assert {
        row[name] for name in ("Bear", "Expected", "Upside", "Change", "Restated since issue")
    } == {"n/a"}
    assert (row["Largest cause"], row["Effect"]) == (None, None)


def test_amounts_have_the_decimals_of_the_report(book: Workbook) -> None:
    shapes = {
        str(row[0].value): row[6].number_format
        for row in book["Index"].iter_rows(min_row=7, max_row=20)
    }
    assert shapes["ACME"] == '[>=0.005]#,##0.00_);[<=-0.005](#,##0.00);"-"_)'
    assert shapes["DUST"] == '[>=0.00005]#,##0.0000_);[<=-0.00005](#,##0.0000);"-"_)'


def test_there_is_no_formula_and_no_link_that_leads_elsewhere(book: Workbook) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            targets = [cell.hyperlink.target for cell in row if cell.hyperlink]
            assert all(target.count("/") == 2 and ":" not in target for target in targets)
    assert book["Index"]["A7"].hyperlink.target == "ACME/2025-11-30/ACME-2025-11-30.xlsx"


def test_texts_of_ill_will_are_texts(book: Workbook) -> None:
    names = {str(row["Name"]) for row in table(book["Index"])}
    assert {text for text in NASTY if len(text) < 99 and text.isprintable()} <= names
    assert "two lines   [31m  " in names
    assert all(len(name) <= 200 for name in names)


def test_every_tab_is_filtered_frozen_and_printed_with_its_captions(book: Workbook) -> None:
    for name in ("Index", "Movers", "Attention"):
        sheet = book[name]
        head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Ticker")
        assert sheet.freeze_panes == f"C{head + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{head}:")
        assert sheet.print_title_rows.endswith(f"${head}")
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert not sheet.sheet_view.showGridLines


def test_each_trail_is_drawn_from_its_own_row() -> None:
    with zipfile.ZipFile(io.BytesIO(render(index_book(full_index())))) as package:
        text = package.read("xl/worksheets/sheet1.xml").decode()
    drawn = text.split("<x14:sparkline>")[1:]
    assert drawn[0].startswith("<xm:f>Index!AI7:AT7</xm:f><xm:sqref>L7</xm:sqref>")
    assert len(drawn) == 12  # all but the company of which nothing was issued


def test_movers_are_ranked_and_drawn(book: Workbook) -> None:
    sheet = book["Movers"]
    rows = table(sheet)
    sizes = [abs(float(str(row["Change, %"]))) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    (chart,) = sheet._charts  # noqa: SLF001 - openpyxl has no other way to read one
    assert chart.series[0].val.numRef.f.startswith("Movers!$H$6:")


def test_what_needs_a_person_leads_to_the_cell(book: Workbook) -> None:
    row = table(book["Attention"])[1]
    assert (row["Ticker"], row["Kind"], row["Cell"]) == ("ACME", "WARN", "Checks!A9")
    assert book["Attention"]["A7"].hyperlink.target.startswith("ACME/")


def test_the_track_record_is_laid_out_only_where_there_is_one(book: Workbook) -> None:
    assert "Track record" not in opened(full_index()).sheetnames
    sheet = book["Track record"]
    rows = table(sheet, "Measure")
    assert rows[0] == {"Measure": "Base met", "n": 24, "Share": 0.41}
    assert rows[1]["Share"] == "n/a"
    assert (rows[2]["Measure"], rows[2]["n"]) == ("=1+1", "n/a")
    assert rows[3]["Measure"] == "too few to judge"
    assert sheet["C7"].number_format == '[>=0.0005]#,##0.0%_);[<=-0.0005](#,##0.0%);"-"_)'


def test_an_index_of_nothing_but_trouble_is_a_workbook_still() -> None:
    book = opened(index_of(NOVEMBER, []))
    assert [table(book[name]) for name in ("Index", "Movers", "Attention")] == [[], [], []]


def test_columns_of_files_are_there_where_a_file_is() -> None:
    found = reported(manifest(), issue(OCTOBER))
    both = found._replace(links=found.links._replace(page="ACME/2025-11-30/a.html"))
    row = table(opened(index_of(NOVEMBER, [both, reported(saying("BOLT"))]))["Index"])
    assert (row[0]["Page"], row[1]["Page"]) == ("open", None)
    assert "Changes" not in row[0]


def test_on_the_page_a_ticker_leads_to_its_page_and_what_is_not_there_is_left_out() -> None:
    bare = reported(manifest(events=()), issue(OCTOBER))
    paged = bare._replace(links=bare.links._replace(page="ACME/2025-11-30/a.html"))
    for found, path in ((bare, "ACME-2025-11-30.xlsx"), (paged, "a.html")):
        text = index_page(index_of(NOVEMBER, [found]))
        assert f'<td class="who"><a href="ACME/2025-11-30/{path}"' in text
        assert re.search(r'<td class="date" data-label="Date"></td>', text)
        assert re.search(r'<td class="minor" data-label="Event"></td>', text)


def test_a_ticker_of_any_length_is_shown_as_far_as_a_tip_can_tell_it() -> None:
    (sheet, *_) = index_book(index_of(NOVEMBER, [reported(manifest("W" * 400))])).sheets
    assert len(sheet.links[0].tip) == len("The report of ") + 200


@pytest.mark.parametrize(("held", "linking"), [(25, 25), (24, 3)])
def test_more_links_than_a_sheet_can_hold_are_one_a_company(
    monkeypatch: pytest.MonkeyPatch, held: int, linking: int
) -> None:
    monkeypatch.setattr(workbook, "MAX_LINKS", held)
    index = full_index()
    many = tuple(
        one._replace(ticker=f"T{place // 10}") for place, one in enumerate([index.concerns[0]] * 25)
    )
    (sheet,) = (
        one for one in index_book(replace(index, concerns=many)).sheets if one.name == "Attention"
    )
    assert len(sheet.links) == linking


def test_twenty_movers_are_drawn_and_months_of_which_there_are_two() -> None:
    companies = [
        reported(
            manifest(f"C{place:02}", since_last_month=moved(100.0, 150.0 - place)),
            *([issue(OCTOBER)] if place else []),
        )
        for place in range(22)
    ]
    index = index_of(NOVEMBER, companies)
    first, movers, _ = index_book(index).sheets
    (chart,) = movers.charts
    (series,) = chart.series
    assert len(index.movers) == 22
    assert chart.title == "Expected value since last month: the 20 largest changes"
    assert (series.values.first_row, series.values.last_row) == (5, 24)
    assert chart.alt_text.endswith("; C18 +32.0%; C19 +31.0%.")
    assert "the 20 largest changes</figcaption>" in index_page(index)
    (trails,) = first.sparklines
    assert len(trails.lines) == 21  # one month alone is no line


def test_the_same_index_is_the_same_file() -> None:
    assert render(index_book(full_index())) == render(index_book(full_index()))


def test_excel_has_nothing_to_repair(tmp_path: Path) -> None:
    path = tmp_path / "index.xlsx"
    path.write_bytes(render(index_book(replace(full_index(), track=TRACK))))
    assert validate([path]) == []
