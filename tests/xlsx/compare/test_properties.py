"""One property of one cell changed: that it is told, and that nothing else is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.book import Book, Border, Cell, Properties, Sheet, Style
from reportgen.xlsx.compare.changes import ChangeKind, CompareOptions
from reportgen.xlsx.compare.workbooks import compare_files
from reportgen.xlsx.reader.records import CellError, ReadBook, ReadCell, ReadSheet
from reportgen.xlsx.writer.workbook import write
from tests.xlsx.compare.tables import book, told
from tests.xlsx.reader.raw_book import MAIN, XML, write_rows

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.values import Value
    from reportgen.xlsx.compare.changes import WorkbookChange

PROPERTIES = Properties(date(2025, 11, 30))
LOOKS = CompareOptions(formats=True)

# Spellings of one place that are not the same formula: a copy of the cell would tell them apart
ANCHORED = [
    ("A1", "$A1", "A$1", "$A$1"),
    ("A1:B2", "$A1:B2", "A$1:B2", "A1:$B2", "A1:B$2", "$A$1:$B$2"),
    ("SUM(A:A)", "SUM($A:A)", "SUM(A:$A)", "SUM($A:$A)"),
    ("SUM(1:1)", "SUM($1:1)", "SUM(1:$1)", "SUM($1:$1)"),
    ("Other!A1", "Other!$A1", "Other!A$1", "Other!$A$1"),
]


@pytest.mark.parametrize(
    ("old", "new"), [pair for spellings in ANCHORED for pair in permutations(spellings, 2)]
)
@pytest.mark.parametrize("inserted", [0, 1], ids=["in place", "below an inserted row"])
def test_what_a_reference_is_fixed_to_is_told(old: str, new: str, inserted: int) -> None:
    """Its row and its column are two properties, of each corner."""
    rows = [(f"row {n}", float(n)) for n in range(9)]
    above = [("new", 7.0)] * inserted
    other = [(1.0,)]
    before = book(*rows, ("end", 0.0, f"={old}"), Other=other)
    same, changed = (
        book(*above, *rows, ("end", 0.0, f"={lowered(text, inserted)}"), Other=other)
        for text in (old, new)
    )
    came = [(ChangeKind.ROW_INSERTED, "1:1")] * inserted
    assert told(before, same) == came
    assert told(before, changed) == [*came, (ChangeKind.FORMULA, f"C{10 + inserted}")]


def lowered(formula: str, rows: int) -> str:
    """A formula whose references to its own sheet stand so many rows lower."""
    if "!" in formula:
        return formula
    return re.sub(r"\d+", lambda row: str(int(row.group()) + rows), formula)


# Values that look alike, or that Python takes for the same
VALUES: list[Value] = [
    None, 0.0, 1.0, 1e-6, -1.0, False, True, "", "0", "1", "TRUE", "true", "n/a", " n/a",
    "#N/A", CellError("#N/A"), CellError("#REF!"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [*permutations(VALUES, 2)])
def test_a_typed_value_of_another_kind_is_another_value(old: Value, new: Value) -> None:
    left, right = (
        ReadBook((ReadSheet("Table", cells={(0, 0): ReadCell("key"), (0, 1): ReadCell(value)}),))
        for value in (old, new)
    )
    assert told(left, right) == [(ChangeKind.INPUT, "B1")]


@pytest.mark.parametrize("value", VALUES)
def test_a_typed_value_is_itself(value: Value) -> None:
    assert told(book(("key", value)), book(("key", value))) == []


def written(path: Path, style: Style) -> Path:
    """A sheet whose cell B2 has a style of its own, among cells of another."""
    cells = tuple(
        Cell(row, col, row + col + 0.5, style="own" if (row, col) == (1, 1) else "plain")
        for row in range(3)
        for col in range(3)
    )
    write(Book((Sheet("Sheet1", cells),), PROPERTIES, {"plain": Style(), "own": style}), path)
    return path


def differences(folder: Path, old: Style, new: Style) -> tuple[WorkbookChange, ...]:
    return compare_files(
        written(folder / "old.xlsx", old), written(folder / "new.xlsx", new), LOOKS
    )


PAINTED = Style(
    color="1F3864",
    fill="FFFBE6",
    bold=True,
    italic=True,
    underline=True,
    align="left",
    valign="top",
    indent=1,
    wrap=True,
    border_top=Border("thin", "7F7F7F"),
    border_bottom=Border("medium", "7F7F7F"),
    locked=False,
)
# The style changed, and the traits that are told to have gone and to have come
TRAITS = {
    "bold": (replace(PAINTED, bold=False), {"font.b=yes"}, set()),
    "italic": (replace(PAINTED, italic=False), {"font.i=yes"}, set()),
    "underline": (replace(PAINTED, underline=False), {"font.u=yes"}, set()),
    "colour": (
        replace(PAINTED, color="C00000"),
        {"font.color:rgb=FF1F3864"},
        {"font.color:rgb=FFC00000"},
    ),
    "fill": (
        replace(PAINTED, fill="E2EFDA"),
        {"fill.patternFill.fgColor:rgb=FFFFFBE6"},
        {"fill.patternFill.fgColor:rgb=FFE2EFDA"},
    ),
    "size": (replace(PAINTED, size=9), {"font.sz=11"}, {"font.sz=9"}),
    "font": (replace(PAINTED, font="Arial"), {"font.name=Calibri"}, {"font.name=Arial"}),
    "alignment": (
        replace(PAINTED, align="right"),
        {"alignment:horizontal=left"},
        {"alignment:horizontal=right"},
    ),
    "vertical alignment": (
        replace(PAINTED, valign="vcenter"),
        {"alignment:vertical=top"},
        {"alignment:vertical=center"},
    ),
    "indent": (replace(PAINTED, indent=2), {"alignment:indent=1"}, {"alignment:indent=2"}),
    "wrap": (replace(PAINTED, wrap=False), {"alignment:wrapText=1"}, set()),
    "edge above": (
        replace(PAINTED, border_top=Border("hair", "7F7F7F")),
        {"border.top:style=thin"},
        {"border.top:style=hair"},
    ),
    "colour of an edge": (
        replace(PAINTED, border_bottom=Border("medium", "262626")),
        {"border.bottom.color:rgb=FF7F7F7F"},
        {"border.bottom.color:rgb=FF262626"},
    ),
    "protection": (replace(PAINTED, locked=True), {"protection:locked=0"}, set()),
}


@pytest.mark.parametrize(("style", "gone", "come"), TRAITS.values(), ids=TRAITS)
def test_one_trait_of_a_look_is_told_alone(
    tmp_path: Path, style: Style, gone: set[str], come: set[str]
) -> None:
    (change,) = differences(tmp_path, PAINTED, style)
    assert (change.kind, change.place) == (ChangeKind.STYLE, "B2")
    assert set(filter(None, str(change.old).split("; "))) == gone
    assert set(filter(None, str(change.new).split("; "))) == come


# Number formats that show the same numbers differently
FORMATS = [
    ("0.0%", "0.0"),
    ("0.0%", "0%"),
    ("0.00", "0.0"),
    ("#,##0.00", "0.00"),
    ("#,##0;-#,##0", "#,##0;#,##0"),
    ("+0.0%;-0.0%", "0.0%"),
    ("yyyy-mm-dd", "yyyy-dd-mm"),
    ("yyyy-mm-dd", "yy-mm-dd"),
    ("General", "0"),
    ("General", "@"),
    ('0.0"x"', "0.0"),
    ("mm-dd-yy", "m/d/yy h:mm"),
]


@pytest.mark.parametrize(("old", "new"), [*FORMATS, *((new, old) for old, new in FORMATS)])
def test_a_number_format_is_told_as_it_stands(tmp_path: Path, old: str, new: str) -> None:
    (change,) = differences(tmp_path, Style(old), Style(new))
    assert (change.kind, change.place) == (ChangeKind.NUMBER_FORMAT, "B2")
    assert (change.old, change.new) == (old, new)


def test_looks_and_formats_are_told_only_on_request(tmp_path: Path) -> None:
    old, new = written(tmp_path / "a.xlsx", Style("0.0%")), written(tmp_path / "b.xlsx", PAINTED)
    assert compare_files(old, new) == ()


def styles_xml(font: str, xf: str, border: str) -> str:
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><fonts><font>{font}</font></fonts>'
        f"<fills><fill/></fills><borders><border>{border}</border></borders>"
        f'<cellXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0">{xf}</xf></cellXfs>'
        "</styleSheet>"
    )


# Fonts, formats and borders that look the same, as one program and another write them
SPELLINGS = {
    "bold": [("<b/>", "", ""), ('<b val="1"/>', "", ""), ('<b val="true"/>', "", "")],
    "not bold": [("", "", ""), ('<b val="0"/>', "", ""), ('<b val="false"/>', "", "")],
    "not italic, not struck": [("", "", ""), ('<i val="0"/><strike val="false"/>', "", "")],
    "underlined": [("<u/>", "", ""), ('<u val="single"/>', "", "")],
    "not underlined": [("", "", ""), ('<u val="none"/>', "", "")],
    "wrapped": [
        ("", '<alignment wrapText="1"/>', ""),
        ("", '<alignment wrapText="true" horizontal="general"/>', ""),
    ],
    "not wrapped": [("", "", ""), ("", '<alignment wrapText="false"/>', "")],
    "not locked": [
        ("", '<protection locked="0"/>', ""),
        ("", '<protection locked="false" hidden="false"/>', ""),
    ],
    "without edges": [
        ("", "", ""),
        ("", "", "<left/><right/><top/><bottom/>"),
        ("", "", '<left style="none"/><diagonal/>'),
    ],
}


@pytest.mark.parametrize("spellings", SPELLINGS.values(), ids=SPELLINGS)
def test_one_look_in_several_spellings_is_one_look(
    tmp_path: Path, spellings: list[tuple[str, str, str]]
) -> None:
    rows = '<row r="1"><c r="A1" s="0"><v>1</v></c></row>'
    paths = [
        write_rows(tmp_path / f"{number}.xlsx", rows, styles=styles_xml(*spelling))
        for number, spelling in enumerate(spellings)
    ]
    for path in paths:
        assert compare_files(paths[0], path, LOOKS) == ()
