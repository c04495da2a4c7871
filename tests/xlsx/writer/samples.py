"""Books that use everything the records can say, and the smallest book there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reportgen.xlsx.addresses import Area, Ref
from reportgen.xlsx.book import (
    Axis,
    Book,
    Border,
    Cell,
    Chart,
    Columns,
    Comment,
    ConditionalFormat,
    IgnoredErrors,
    Labels,
    Legend,
    Link,
    Look,
    Marker,
    Page,
    Properties,
    RowGroup,
    Series,
    Sheet,
    Sparkline,
    Sparklines,
    Style,
    Validation,
)

CREATED = Properties(
    date(2025, 11, 30), "Alibaba & Co <BABA>", "Valuation", "Anna Li", "House", "As of 2025-11-30"
)

STYLES = {
    "title": Style(bold=True, size=14, color="1F3864", underline=True),
    "input": Style('#,##0.0_);(#,##0.0);"-"_)', "0000FF", "FFF9E5", locked=False),
    "percent": Style("+0.0%;-0.0%", italic=True, align="right", valign="vcenter"),
    "total": Style("0.00", border_top=Border("thin"), border_bottom=Border("medium", "1F3864")),
    "note": Style(wrap=True, indent=1, size=9, font="Arial", valign="top"),
    "head": Style(color="FFFFFF", fill="1F3864", align="center", border_bottom=Border("hair")),
    "grey": Style(color="808080"),
    "bad": Style(color="9C0006", fill="FFC7CE", bold=True),
}

TEXTS = (
    "=1+1",
    "+44 20",
    "-5",
    "@SUM(A1)",
    "{=A1}",
    "https://example.com",
    "mailto:a@example.com",
    "internal:Model!A1",
    "0700",
    "TRUE",
    "#N/A",
    "  spaces at both ends ",
    "two\nlines\tand a tab",
    "& < > \" '",
    "阿里巴巴 🐜 İı",
    "n/a",
)


def everything() -> Book:
    """A book with every feature of the records on it."""
    return Book(
        (_model(), _evidence(), Sheet("Empty"), Sheet("Hidden", (Cell(0, 0, 1.5),), hidden=True)),
        CREATED,
        STYLES,
        (
            ("cost_of_equity", "=Model!$B$3"),
            ("prices", "='Facts & claims'!$B$2:$B$5"),
        ),
        active=1,
    )


def smallest() -> Book:
    """One sheet with nothing on it."""
    return Book((Sheet("Sheet"),), Properties(date(2025, 11, 30)))


def one_sheet(*cells: Cell, **changes: object) -> Book:
    """A book of one sheet named Model with these cells; `changes` are fields of the sheet."""
    sheet = replace(Sheet("Model", tuple(cells)), **changes)  # type: ignore[arg-type]  # any field
    return Book((sheet,), CREATED, STYLES)


def _model() -> Sheet:
    return Sheet(
        "Model",
        (
            Cell(0, 0, "The model", "", "title"),
            Cell(2, 0, "Cost of equity"),
            Cell(2, 1, 0.1 + 0.2, "", "input"),
            Cell(3, 1, 1 / 3, "=B3*(1+B3)-B3^2", "percent"),
            Cell(4, 1, "n/a", '=IFERROR(1/0,"n/a")', "grey"),
            Cell(5, 1, value=True, formula="=B3<B4", style="total"),
            Cell(6, 1, "#N/A", "=NA()"),
            Cell(7, 1, "", '=""'),
            Cell(8, 1, None, "=B99"),
            Cell(9, 1, "a & b<", '="a & b"&"<"', "note"),
            Cell(10, 1, value=False),
            Cell(10, 2, None, "", "total"),
            Cell(10, 3, None),
            Cell(40, 30, -0.0),
            Cell(41, 1, 1e22, "", "input"),
            Cell(41, 2, 5e-324),
            Cell(41, 3, 12345678901234567.0),
            Cell(42, 1, 1e22, "=B42"),
        ),
        (Columns(0, 0, 30), Columns(1, 3, 11.5), Columns(5, 5, 0)),
        {0: 24.0, 20: 8.0, 60: 30.0},
        (Area(0, 0, 0, 5),),
        (3, 1),
        (
            Validation((Area(2, 1, 2, 1),), "decimal", 0, 1, error_message="Between 0 and 1"),
            Validation((Area(3, 2, 3, 2), Area(5, 2, 6, 3)), "whole", low=1, exclusive=True),
            Validation((Area(4, 2, 4, 2),), "date", high=45_991, severity="warning"),
            Validation((Area(7, 2, 7, 2),), "list", items=("on", "off"), input_title="Switch"),
            Validation((Area(8, 2, 8, 2),), "list", formula="='Facts & claims'!$A$2:$A$5"),
            Validation((Area(9, 2, 9, 2),), "custom", formula='=EXACT(C10,"x & y")'),
        ),
        (
            ConditionalFormat((Area(2, 1, 9, 1),), "formula", "bad", "=$B3<0"),
            ConditionalFormat((Area(2, 2, 9, 2), Area(2, 4, 9, 4)), "text", "grey", text='n/a "x"'),
            ConditionalFormat((Area(2, 3, 9, 3),), "cell", "bad", criterion=">", low="=$B$3"),
            ConditionalFormat((Area(2, 3, 9, 3),), "cell", "grey", "", "between", 1, 2),
            ConditionalFormat((Area(2, 5, 9, 5),), "data_bar", low=0, high="=$B$3"),
            ConditionalFormat((Area(2, 6, 9, 6),), "data_bar", negative="FFC7CE"),
        ),
        (_chart(), _overlaid()),
        page=Page(
            "portrait", (1, 1), area=Area(0, 0, 42, 12), header="&LModel", footer="&RPage &P"
        ),
        sparklines=(
            Sparklines((Sparkline(41, 6, Ref("Model", 41, 1, 41, 3)),)),
            Sparklines(
                (
                    Sparkline(1, 8, Ref("Facts & claims", 1, 1, 4, 1)),
                    Sparkline(2, 8, Ref("Model", 2, 1, 5, 1)),
                ),
                "column",
                "7F7F7F",
                "C00000",
                2.25,
            ),
        ),
        tab_color="1F3864",
        zoom=85,
        groups=(RowGroup(3, 8), RowGroup(20, 21)),
    )


def _evidence() -> Sheet:
    cells = [Cell(0, col, name, "", "head") for col, name in enumerate(("Claim", "Value"))]
    cells += [Cell(1 + row, 0, text, "", "note") for row, text in enumerate(TEXTS)]
    cells += [Cell(1 + row, 1, 10.0 * row) for row in range(4)]
    return Sheet(
        "Facts & claims",
        tuple(reversed(cells)),
        links=(
            Link(20, 0, Ref.cell("Model", 2, 1), "Cost of equity", "note", "Go to the model"),
            Link(1, 1, Ref.cell("Facts & claims", 0, 0)),
            Link(21, 0, "A&B/2025-11-30/^A B#1.xlsx", "Report", "note", "Open the report"),
            Link(22, 0, "index.xlsx", "Index"),
        ),
        comments=(
            Comment(1, 0, "Said by the chairman & <others>\nin a call that lasted an hour"),
            Comment(70, 3, "alone in its row"),
        ),
        ignored_errors=(IgnoredErrors("number_stored_as_text", (Area(1, 0, 20, 0),)),),
        page=Page(fit=None, scale=75, repeat_rows=(0, 1), center=True, breaks=(10, 30)),
        filter=Area(0, 0, len(TEXTS), 1),
    )


def _chart() -> Chart:
    values, names = Ref("Facts & claims", 1, 1, 4, 1), Ref("Facts & claims", 6, 0, 9, 0)
    return Chart(
        "line",
        (
            Series(
                Ref.cell("Model", 0, 0),
                names,
                values,
                marker=Marker("diamond", 7, "1F3864", "FFFFFF"),
                labels=Labels("last_name", position="right"),
            ),
            Series("Facts!B2", names, Ref("Model", 2, 1, 5, 1), dash="dash", transparency=30),
        ),
        Ref.cell("Model", 0, 0),
        "What the claims add up to.",
        (12, 4, 3, 5),
        (480, 260),
        x_axis=Axis("Claims", rotation=-45, label_position="low"),
        y_axis=Axis("USD", "0.0", 0, 50, major_unit=10, crossing="max", gridlines=True),
        legend=Legend("top", (1,)),
        plot=(0.1, 0.2, 0.8, 0.6),
        look=Look(border="BFBFBF"),
    )


def _overlaid() -> Chart:
    values, names = Ref("Facts & claims", 1, 1, 4, 1), Ref("Facts & claims", 1, 0, 4, 0)
    return Chart(
        "stacked_column",
        (
            Series("Low", names, values, invisible=True),
            Series("Range", names, values, border="7F7F7F", pattern="wide_upward_diagonal"),
            Series(
                "Top",
                names,
                values,
                point_colors=("A5402D", None),
                labels=Labels("custom", texts=("x", None, "Wow!A1", "n/a"), bold=True),
            ),
        ),
        "Ranges & <lines>",
        "Ranges of value and the price.",
        (30, 4, 0, 0),
        (480, 260),
        overlay=(Series("Price", names, Ref("Model", 2, 1, 5, 1), secondary=True),),
        y2_axis=Axis("%", "0%", reverse=True),
        legend=None,
        gap=30,
    )
