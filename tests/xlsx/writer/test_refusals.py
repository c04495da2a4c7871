"""What a workbook cannot hold is refused in words that say where, what and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from reportgen.errors import ReportgenError
from reportgen.xlsx.addresses import Area, Ref
from reportgen.xlsx.book import (
    Axis,
    Book,
    Cell,
    Chart,
    Columns,
    Comment,
    ConditionalFormat,
    Labels,
    Link,
    Look,
    Page,
    Properties,
    RowGroup,
    Series,
    Sheet,
    Sparkline,
    Sparklines,
    Style,
    Validation,
    WorkbookError,
)
from reportgen.xlsx.writer.workbook import render
from tests.xlsx.writer.samples import CREATED, one_sheet

B3 = Area(2, 1, 2, 1)
FIGURES = Ref("Model", 0, 0, 4, 0)
LINE = Chart("line", (Series("Price", FIGURES, FIGURES),), "Price", "Price.", (0, 0, 0, 0), (9, 9))


def cell(value: Any = None, formula: str = "", style: str = "") -> Book:  # noqa: ANN401 - also wrong ones
    return one_sheet(Cell(2, 1, value, formula, style))


def sheets(*names: str) -> Book:
    return Book(tuple(Sheet(name) for name in names), CREATED)


def named(name: str, formula: str = "=Model!$A$1") -> Book:
    return replace(one_sheet(), names=(("total", "=Model!$A$2"), (name, formula)))


def ruled(**rule: Any) -> Book:  # noqa: ANN401 - fields of all kinds
    return one_sheet(validations=(Validation((B3,), **rule),))


def looking(**rule: Any) -> Book:  # noqa: ANN401 - fields of all kinds
    return one_sheet(conditional_formats=(ConditionalFormat((B3,), **rule),))


def styled(**look: Any) -> Book:  # noqa: ANN401 - fields of all kinds
    return replace(one_sheet(), styles={"odd": Style(**look)})


def charted(**changes: Any) -> Book:  # noqa: ANN401 - fields of all kinds
    return one_sheet(charts=(replace(LINE, **changes),))


SERIES = LINE.series[0]
REFUSALS = {
    "colour by name": (styled(color="red"), "style 'odd': 'red' is no colour; give six"),
    "colour with #": (styled(fill="#1F3864"), "style 'odd': '#1F3864' is no colour"),
    "open quote": (styled(number_format='0.0"x'), "is not a number format"),
    "open bracket": (styled(number_format="[Red0.0"), "is not a number format"),
    "five sections": (styled(number_format="0;0;0;0;0"), "is not a number format"),
    "no number format": (styled(number_format=""), "is not a number format"),
    "no size": (styled(size=0), "a font has 1 to 409 points, not 0"),
    "no font": (styled(font=""), "'' is not the name of a font"),
    "deep indent": (styled(indent=251), "an indent has 0 to 250 steps"),
    "tab by name": (one_sheet(tab_color="blue"), "sheet 'Model': 'blue' is no colour"),
    "bar by name": (looking(kind="data_bar", color="blue"), "of B3: 'blue' is no colour"),
    "series by name": (charted(series=(replace(SERIES, color="navy"),)), "'navy' is no colour"),
    "grid by name": (charted(look=Look(grid="grey")), "chart 'Price': 'grey' is no colour"),
    "not a number": (cell(float("nan")), "sheet 'Model': B3: nan is not a number that Excel knows"),
    "cached infinity": (cell(float("-inf"), "=1/0"), "B3: -inf is not a number"),
    "a number too large": (cell(10**400), "B3: 1000000"),
    "a date": (cell(date(2025, 11, 30)), "B3: datetime.date(2025, 11, 30) cannot be stored"),
    "formula without =": (cell(1.0, "A1+1"), "B3: a formula begins with ="),
    "array braces": (cell(1.0, "{=A1}"), "B3: a formula begins with ="),
    "long formula": (cell(1.0, "=" + "1+" * 5000 + "1"), "B3: a formula begins with ="),
    "control in formula": (cell("x", '="\x00"'), "B3: control characters cannot stand"),
    "surrogate in formula": (cell("x", '="\ud800"'), "B3: control characters cannot stand"),
    "spilling function": (cell(1.0, "=SUM(SORT(A1:A9))"), "B3: SORT is unknown to Excel 2010"),
    "unknown style": (cell(1.0, style="bold"), "B3: there is no style 'bold'; define it"),
    "taken place": (one_sheet(Cell(2, 1, 1.0), Cell(2, 1, 2.0)), "B3: two cells stand here"),
    "before row 1": (one_sheet(Cell(-1, 1, 1.0)), "row -1, column 1 (from 0) is not on a sheet"),
    "beyond XFD": (one_sheet(Cell(0, 16_384, 1.0)), "column 16384 (from 0) is not on a sheet"),
    "sheet name too long": (sheets("x" * 32), "a sheet name has 1 to 31 characters, this one 32"),
    "no sheet name": (sheets(""), "a sheet name has 1 to 31 characters, this one 0"),
    "sheet name with :": (sheets("a:b"), "sheet 'a:b': a sheet name has none of [ ] : * ? / \\"),
    "sheet name in quotes": (sheets("'a'"), "no apostrophe at an end"),
    "sheet name with a bell": (sheets("a\x07"), "no control characters"),
    "same sheet name": (sheets("Inputs", "INPUTS"), "sheet 'INPUTS': another sheet has this name"),
    "reserved sheet name": (sheets("History"), "Excel keeps this name for itself"),
    "no sheet": (sheets(), "sheet 0 is to open first and there are 0"),
    "opens hidden": (
        Book((Sheet("A", hidden=True),), CREATED),
        "it is to open first and is hidden",
    ),
    "name like a cell": (named("fy2026"), "name 'fy2026': it reads as a cell"),
    "name like R1C1": (named("r1c1"), "name 'r1c1': it reads as a cell"),
    "name with space": (named("net cash"), "name 'net cash': a name has letters, digits"),
    "name twice": (named("TOTAL"), "name 'TOTAL': it is given twice"),
    "name of nothing": (named("lost", "=#REF!"), "name 'lost': '=#REF!' points nowhere"),
    "title with a bell": (
        replace(one_sheet(), properties=Properties(date(2025, 1, 1), "\x07")),
        "document title",
    ),
    "merge of one": (one_sheet(merges=(B3,)), "sheet 'Model': B3: one cell cannot be merged"),
    "merges overlap": (
        one_sheet(merges=(Area(0, 0, 2, 2), Area(2, 2, 3, 3))),
        "C3:D4: it overlaps the merged A1:C3",
    ),
    "zoom": (one_sheet(zoom=5), "zoom 5 %"),
    "column too wide": (one_sheet(column_widths=(Columns(0, 1, 300),)), "columns 0 to 1"),
    "row too high": (one_sheet(row_heights={4: 500.0}), "row 5: no such row, or a height of 500"),
    "groups overlap": (
        one_sheet(groups=(RowGroup(1, 3), RowGroup(3, 4))),
        "rows 4 to 5: they share a row with another group",
    ),
    "list too long": (
        ruled(kind="list", items=("x" * 200, "y" * 60)),
        "validation of B3: its items are longer than 255 characters",
    ),
    "list with commas": (ruled(kind="list", items=("a,b",)), "an item holds a comma"),
    "list of nothing": (ruled(kind="list"), "a list has either items or a formula"),
    "no bound": (ruled(kind="decimal"), "it has no bound"),
    "two exclusive": (ruled(kind="whole", low=0, high=1, exclusive=True), "two exclusive bounds"),
    "custom without =": (ruled(kind="custom", formula="A1"), "a custom rule needs a formula"),
    "long rule title": (
        ruled(kind="whole", low=0, error_title="x" * 33),
        "is longer than 32 characters",
    ),
    "long message": (
        ruled(kind="whole", low=0, input_message="x" * 256),
        f"the message '{'x' * 40}'... is longer than 255; shorten it",
    ),
    "bell in message": (ruled(kind="whole", low=0, error_message="\x07"), "control characters"),
    "rule of nothing": (
        one_sheet(validations=(Validation((), "whole", 0),)),
        "validation of nothing: it covers no cell",
    ),
    "look without style": (looking(kind="formula", formula="=A1"), "there is no style ''"),
    "look without =": (looking(kind="formula", style="bad", formula="A1"), "begins with ="),
    "between one": (
        looking(kind="cell", style="bad", criterion="between", low=1),
        "between needs low and high",
    ),
    "more than two": (
        looking(kind="cell", style="bad", criterion=">", low=1, high=2),
        "> needs low alone",
    ),
    "look at nothing": (
        one_sheet(conditional_formats=(ConditionalFormat((), "data_bar"),)),
        "conditional format of nothing: it covers no cell",
    ),
    "link astray": (
        one_sheet(links=(Link(2, 1, Ref.cell("Lost", 0, 0), "x"),)),
        "link in B3: there is no sheet 'Lost' to go to",
    ),
    "link on a cell": (
        one_sheet(Cell(2, 1, 1.0), links=(Link(2, 1, FIGURES, "x"),)),
        "link in B3: a cell with its own content stands there",
    ),
    "link on nothing": (
        one_sheet(links=(Link(2, 1, FIGURES),)),
        "link in B3: nothing stands there",
    ),
    "link to a page of the web": (
        one_sheet(links=(Link(2, 1, "http://example.org/a.xlsx", "x"),)),
        "link in B3: 'http://example.org/a.xlsx' is neither a file beside the workbook",
    ),
    "link to a long path": (
        one_sheet(links=(Link(2, 1, "../" + "a" * 58, "x"),)),
        f"link in B3: '../{'a' * 57}' is neither",
    ),
    "link out of the folder": (
        one_sheet(links=(Link(2, 1, "../a.xlsx", "x"),)),
        "is neither a file beside the workbook",
    ),
    "link from the root": (
        one_sheet(links=(Link(2, 1, "/etc/passwd", "x"),)),
        "is neither a file beside the workbook",
    ),
    "too many links": (
        one_sheet(links=(Link(2, 1, "a.xlsx", "x"),) * 65_531),
        "65,531 links, of 65,530 that a sheet holds",
    ),
    "sparklines of nothing": (one_sheet(sparklines=(Sparklines(()),)), "sparklines has none"),
    "sparkline of an area": (
        one_sheet(sparklines=(Sparklines((Sparkline(2, 1, Ref("Model", 0, 0, 2, 2)),)),)),
        "sparkline in B3: its values are one row or one column",
    ),
    "sparkline of a lost sheet": (
        one_sheet(sparklines=(Sparklines((Sparkline(2, 1, Ref("Lost", 0, 0, 2, 0)),)),)),
        "sparkline in B3: its values are",
    ),
    "sparkline in no colour": (
        one_sheet(sparklines=(Sparklines((Sparkline(2, 1, FIGURES),), color="blue"),)),
        "'blue' is no colour",
    ),
    "long tip": (one_sheet(links=(Link(2, 1, FIGURES, "x", tip="t" * 256),)), "its tip is longer"),
    "long note": (one_sheet(comments=(Comment(2, 1, "x" * 32_768),)), "note on B3: 32,768"),
    "long footer": (one_sheet(page=Page(footer="x" * 256)), "footer: longer than 255"),
    "tiny print": (one_sheet(page=Page(fit=None, scale=5)), "print scale 5 %"),
    "chart of nothing": (charted(series=()), "chart 'Price': a chart has 1 to 255 series"),
    "chart of a lost sheet": (
        charted(series=(replace(SERIES, name=Ref.cell("Lost", 0, 0)),)),
        "there is no sheet 'Lost'",
    ),
    "lines over bars": (charted(kind="bar", overlay=(SERIES,)), "drawn differently by programs"),
    "idle second axis": (charted(y2_axis=Axis()), "no line of the overlay uses it"),
    "second axis of a column": (
        charted(series=(replace(SERIES, secondary=True),)),
        "only a line of the overlay can use the second axis",
    ),
    "square values": (
        charted(series=(replace(SERIES, values=Ref("Model", 0, 0, 4, 4)),)),
        "series 'Price': its values are one row or one column",
    ),
    "square categories": (
        charted(series=(replace(SERIES, categories=Ref("Model", 0, 0, 4, 4)),)),
        "series 'Price': its values are one row or one column",
    ),
    "square values of a name in a cell": (
        charted(
            series=(replace(SERIES, name=FIGURES, values=Ref("Model", 0, 0, 4, 4)),),
            title=FIGURES,
            anchor=(6, 9, 0, 0),
        ),
        "chart 'in row 7': series 'of Model': its values are one row or one column",
    ),
    "more names than values": (
        charted(series=(replace(SERIES, values=Ref("Model", 0, 0, 3, 0)),)),
        "series 'Price': 4 values and 5 categories",
    ),
    "too few labels": (
        charted(series=(replace(SERIES, labels=Labels("custom", texts=("a",))),)),
        "series 'Price': 5 values and 1 labels",
    ),
    "too many colours": (
        charted(series=(replace(SERIES, point_colors=("FF0000",) * 6),)),
        "series 'Price': 5 values and 6 colours",
    ),
    "no alternative text": (charted(alt_text=""), "its alternative text is empty"),
}


@pytest.mark.parametrize(("book", "message"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_a_workbook_cannot_hold_is_refused_by_place(book: Book, message: str) -> None:
    with pytest.raises(WorkbookError) as refusal:
        render(book)
    assert message in str(refusal.value)
    assert isinstance(refusal.value, ReportgenError)


def test_all_cells_that_cannot_be_stored_are_told_at_once() -> None:
    book = Book(
        (
            Sheet("One", (Cell(0, 0, float("nan")), Cell(1, 0, 2.0), Cell(2, 0, "x" * 40_000))),
            Sheet("Two", (Cell(5, 5, 1.0, "=XLOOKUP(1,A1:A2,B1:B2)"),)),
        ),
        CREATED,
    )
    with pytest.raises(WorkbookError) as refusal:
        render(book)
    places = [line.split(":")[0] + line.split(":")[1] for line in str(refusal.value).splitlines()]
    assert places == ["sheet 'One' A1", "sheet 'One' A3", "sheet 'Two' F6"]


@pytest.mark.parametrize(
    "number_format",
    [
        "General",
        '#,##0.0_);(#,##0.0);"-"_)',
        '0.0"x"',
        '"US$"0.00',
        "+0.0%;-0.0%;0.0%",
        '"a;b""c"0',
        "[>=1000]0.0,;0;;@",
        "yyyy-mm-dd",
        '\\"0',
        '0_";-0_"',
    ],
)
def test_formats_that_analysts_use_are_taken(number_format: str) -> None:
    assert render(replace(one_sheet(), styles={"figure": Style(number_format)}))


@pytest.mark.parametrize(
    "formula", ['="use SORT(x)"', "=_xlfn.XLOOKUP(1,A1:A2,B1:B2)", "=RESORT(1)", "=MAP1"]
)
def test_formulas_that_only_look_new_are_stored_as_they_are(formula: str) -> None:
    assert render(one_sheet(Cell(0, 0, 1.0, formula)))
