"""Files are compared as they are stored: what is stored alike is not read, and never mistaken."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from reportgen.xlsx.compare.changes import ChangeKind, CompareOptions
from reportgen.xlsx.compare.parts import same_sheets
from reportgen.xlsx.compare.workbooks import compare_and_map, compare_files
from reportgen.xlsx.reader.limits import DEFAULT_LIMITS, UnreadableFile
from reportgen.xlsx.reader.workbook import WorkbookFile
from tests.xlsx.compare.rich_book import write_rich_book
from tests.xlsx.reader.raw_book import pack, parts, write_rows

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.xlsx.reader.records import ReadSheet
    from reportgen.xlsx.reader.sheet import SheetEntry


def stored_alike(old: Path, new: Path, *, formats: bool = False) -> list[tuple[str, str]]:
    with WorkbookFile(old, DEFAULT_LIMITS) as left, WorkbookFile(new, DEFAULT_LIMITS) as right:
        return [(a.name, b.name) for a, b in same_sheets(left, right, formats=formats)]


def repacked(path: Path, new: Path, method: int) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w", method) as package:
        for name in reversed(old.namelist()):
            package.writestr(name, old.read(name))
    return new


def table(path: Path, *, texts: tuple[str, ...], bold: bool = False, name: str = "Table") -> Path:
    with xlsxwriter.Workbook(path) as book:
        first, second = book.add_worksheet("First"), book.add_worksheet(name)
        look = book.add_format({"bold": True})
        first.write_string(0, 0, texts[0], look if bold else None)
        for row, text in enumerate(texts[1:]):
            second.write_string(row, 0, text, book.add_format({"num_format": "@"}))
            second.write_number(row, 1, 1.5 * row)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_file_packed_otherwise_is_the_same(tmp_path: Path, method: int) -> None:
    old = write_rich_book(tmp_path / "old.xlsx")
    new = repacked(old, tmp_path / "new.xlsx", method)
    assert len(stored_alike(old, new)) == 2
    assert compare_files(old, new) == ()


def test_texts_numbered_otherwise_are_the_same_texts(tmp_path: Path) -> None:
    old = table(tmp_path / "old.xlsx", texts=("a", "b", "c", "b"))
    new = table(tmp_path / "new.xlsx", texts=("new", "b", "c", "b"))
    assert stored_alike(old, new) == [("Table", "Table")]
    assert [change.place for change in compare_files(old, new)] == ["A1"]


def test_equal_numbers_of_other_texts_are_other_texts(tmp_path: Path) -> None:
    old = table(tmp_path / "old.xlsx", texts=("a", "b", "c"))
    new = table(tmp_path / "new.xlsx", texts=("a", "c", "b"))
    assert stored_alike(old, new) == [("First", "First")]
    assert {change.sheet for change in compare_files(old, new)} == {"Table"}


def test_styles_numbered_otherwise_matter_only_where_looks_do(tmp_path: Path) -> None:
    old = table(tmp_path / "old.xlsx", texts=("a", "b", "c"))
    new = table(tmp_path / "new.xlsx", texts=("a", "b", "c"), bold=True)
    assert len(stored_alike(old, new)) == 2
    assert compare_files(old, new) == ()
    assert stored_alike(old, new, formats=True) == []
    (change,) = compare_files(old, new, CompareOptions(formats=True))
    assert (change.kind, change.sheet, change.place) == (ChangeKind.STYLE, "First", "A1")
    assert change.new == "font.b=yes"


def test_a_renamed_sheet_that_is_stored_alike_is_known_at_once(tmp_path: Path) -> None:
    old = table(tmp_path / "old.xlsx", texts=("a", "b", "c"))
    new = table(tmp_path / "new.xlsx", texts=("a", "b", "c"), name="Renamed")
    assert stored_alike(old, new) == [("First", "First"), ("Table", "Renamed")]
    assert [change.kind for change in compare_files(old, new)] == [ChangeKind.SHEET_RENAMED]


def test_a_sheet_stored_alike_that_refers_to_what_moved_has_changed(tmp_path: Path) -> None:
    def made(path: Path, rows: list[str]) -> Path:
        with xlsxwriter.Workbook(path) as book:
            sheet, calc = book.add_worksheet("R & D's"), book.add_worksheet("Calc")
            for row, text in enumerate(rows):
                sheet.write_string(row, 0, text)
                sheet.write_number(row, 1, float(row in (1, 2)))
            calc.write_formula(0, 0, "='R & D''s'!B3", None, 1.0)
        return path

    old = made(tmp_path / "old.xlsx", ["a", "b", "c", "d"])
    new = made(tmp_path / "new.xlsx", ["a", "new", "b", "c", "d"])
    assert ("Calc", "Calc") in stored_alike(old, new)
    assert (ChangeKind.FORMULA, "Calc") in [(c.kind, c.sheet) for c in compare_files(old, new)]


def test_no_sheet_is_read_but_what_changed_and_what_refers_to_a_sheet_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(path: Path, name: str) -> Path:
        with xlsxwriter.Workbook(path) as book:
            names = (name, "Calc", "Span", "Plain")
            data, calc, span, plain = (book.add_worksheet(one) for one in names)
            for sheet in (data, plain):
                sheet.write_column(0, 0, ["a", "b", "c"])
            calc.write_formula(0, 0, "=Data!A1", None, "a")
            span.write_formula(0, 0, "=SUM(Data:Calc!B1)", None, 0.0)
        return path

    old, new = made(tmp_path / "old.xlsx", "Data"), made(tmp_path / "new.xlsx", "Figures")
    read: list[str] = []
    whole = WorkbookFile.sheet

    def reading(file: WorkbookFile, entry: SheetEntry) -> ReadSheet:
        read.append(entry.name)
        return whole(file, entry)

    monkeypatch.setattr(WorkbookFile, "sheet", reading)
    told = [(one.kind, one.sheet) for one in compare_files(old, new)]
    renamed = (ChangeKind.SHEET_RENAMED, "Figures")
    assert told == [renamed, (ChangeKind.FORMULA, "Calc"), (ChangeKind.FORMULA, "Span")]
    assert read == ["Calc", "Span"] * 2


def test_what_acts_is_told_of_each_of_two_equal_files(tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {**parts(), "xl/vbaProject.bin": b""}
    old, new = (pack(tmp_path / f"{name}.xlsx", content) for name in ("old", "new"))
    told = "contains macros, which were not run"
    read: list[str] = []
    compared = compare_and_map(old, new, after_reading=lambda: read.append("read"))
    assert (read, compared.changes) == ([], ())
    assert compared.warnings == (f"{old} {told}", f"{new} {told}")


@pytest.mark.parametrize("turned", [False, True])
def test_a_link_out_of_the_file_is_not_the_part_of_that_name(
    tmp_path: Path, *, turned: bool
) -> None:
    inside, outside = tmp_path / "inside.xlsx", tmp_path / "outside.xlsx"
    with xlsxwriter.Workbook(inside) as book:
        book.add_worksheet("Data").add_table(0, 0, 2, 1)
    with zipfile.ZipFile(inside) as old, zipfile.ZipFile(outside, "w") as package:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/_rels/sheet1.xml.rels":
                out = b'Target="xl/tables/table1.xml" TargetMode="External"'
                content = content.replace(b'Target="../tables/table1.xml"', out)
                assert out in content
            package.writestr(name, content)
    pair = (outside, inside) if turned else (inside, outside)
    assert stored_alike(*pair) == []
    assert stored_alike(outside, outside) == [("Data", "Data")]


def test_a_sheet_with_a_text_that_there_is_not_is_unreadable_not_unchanged(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>7</v></c></row>'
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
    old = write_rows(tmp_path / "old.xlsx", rows, strings=strings.format("<si><t>a</t></si>"))
    new = write_rows(tmp_path / "new.xlsx", rows, strings=strings.format("<si><t>b</t></si>"))
    with pytest.raises(UnreadableFile, match='the text of number "7", and there are 1'):
        compare_files(old, new)


def test_two_equal_files_that_are_no_workbooks_are_refused(tmp_path: Path) -> None:
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    for path in (old, new):
        path.write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableFile, match="PDF"):
        compare_files(old, new)


def test_files_of_one_size_are_not_taken_for_one_file(tmp_path: Path) -> None:
    old, new = (
        repacked(table(tmp_path / f"{text}.xlsx", texts=("a", text, "c")),
                 tmp_path / f"stored_{text}.xlsx", zipfile.ZIP_STORED)
        for text in ("b", "d")
    )  # fmt: skip
    assert old.stat().st_size == new.stat().st_size
    assert [(c.old, c.new) for c in compare_files(old, new)] == [("b", "d")]
    assert compare_files(old, old) == ()
