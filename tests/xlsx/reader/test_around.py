"""What stands around the cells of a sheet: rules, filters, tables, protection, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from reportgen.xlsx.addresses import Area
from reportgen.xlsx.reader.records import ReadFilter, ReadTable
from reportgen.xlsx.reader.workbook import read
from tests.xlsx.reader.raw_book import pack, parts, sheet_xml

if TYPE_CHECKING:
    from pathlib import Path


def test_validations_on_other_sheets_in_the_extension_are_read(tmp_path: Path) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    extension = (
        f'<extLst><ext uri="x"><x14:dataValidations xmlns:x14="{space}" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>Other!$A$1:$A$3</xm:f></x14:formula1>'
        "<xm:sqref>B2:B4</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    path = pack(tmp_path / "a.xlsx", parts(sheet=sheet_xml("", extension)))
    (rule,) = read(path).sheets[0].validations
    assert (rule.areas, rule.rule, rule.formulas) == (
        (Area(1, 1, 3, 1),),
        "list",
        ("Other!$A$1:$A$3",),
    )


def test_protection_filters_tables_and_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        sheet.protect("secret", {"sort": True, "objects": True, "select_locked_cells": False})
        sheet.autofilter("A1:C9")
        sheet.filter_column("B", "x > 5 and x < 9")
        sheet.filter_column_list("C", ["yes", "no"])
        sheet.add_table("E1:F4", {"name": "Targets", "columns": [{"header": "House"}, {}]})
        sheet.set_row(4, 30)
        sheet.set_column("B:C", 40)
        sheet.set_zoom(80)
        sheet.freeze_panes(3, 1)
        sheet.set_landscape()
    sheet = read(path).sheets[0]
    assert sheet.protection == (
        "locked: cells, scenarios, choice of locked cells; with a password; allowed: sort"
    )
    assert sheet.filters == (
        ReadFilter(
            Area(0, 0, 8, 2), ((1, "customFilters and=1 greaterThan 5, lessThan 9"), (2, LISTED))
        ),
        ReadFilter(Area(0, 4, 3, 5), ()),
    )
    assert sheet.tables == (ReadTable("Targets", Area(0, 4, 3, 5), ("House", "Column2")),)
    assert sheet.heights == {4: 30.0}
    assert [(one.first, one.last) for one in sheet.columns] == [(1, 2)]
    assert dict(sheet.settings) == {
        "zoom": "80",
        "frozen rows": "3",
        "frozen columns": "1",
        "page": "landscape",
    }


LISTED = "filters no, yes"


@pytest.mark.parametrize(
    "after",
    [
        '<autoFilter/><mergeCells><mergeCell ref="nowhere"/></mergeCells>',
        '<conditionalFormatting sqref="A1"><cfRule dxfId=""/></conditionalFormatting>',
        '<hyperlinks><hyperlink ref=""/></hyperlinks>',
        '<dataValidations><dataValidation type="list" sqref="#REF!"/></dataValidations>',
    ],
)
def test_rules_that_cannot_be_read_do_not_keep_the_cells_from_being_read(
    tmp_path: Path, after: str
) -> None:
    cell = '<row r="1"><c r="A1"><v>1</v></c></row>'
    path = pack(tmp_path / "a.xlsx", parts(sheet=sheet_xml(cell, after)))
    assert read(path).sheets[0].cells[0, 0].value == 1.0
