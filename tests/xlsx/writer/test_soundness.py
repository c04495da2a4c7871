"""Where a workbook's limits lie: what is just inside is taken, what is just beyond refused."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.xlsx.addresses import Area, Ref
from reportgen.xlsx.book import (
    Border,
    Cell,
    Columns,
    Comment,
    ConditionalFormat,
    Labels,
    Link,
    Look,
    Marker,
    Page,
    RowGroup,
    Sparkline,
    Sparklines,
    Style,
    Validation,
)
from reportgen.xlsx.writer.soundness import book_problems
from tests.xlsx.writer.samples import one_sheet
from tests.xlsx.writer.test_refusals import (
    B3,
    FIGURES,
    LINE,
    SERIES,
    charted,
    looking,
    named,
    ruled,
    sheets,
    styled,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.xlsx.book import Book


def spoken_of(**texts: str) -> Book:
    book = one_sheet()
    return replace(book, properties=replace(book.properties, **texts))


def linked(tip: str) -> Book:
    return one_sheet(links=(Link(2, 1, FIGURES, "x", tip=tip),))


def drawn(**changes: Any) -> Book:  # noqa: ANN401 - fields of all kinds
    return charted(series=(replace(SERIES, **changes),))


def sparkling(**changes: Any) -> Book:  # noqa: ANN401 - fields of all kinds
    return one_sheet(sparklines=(Sparklines((Sparkline(2, 1, FIGURES),), **changes),))


def covering(rows: int, cols: int) -> Ref:
    return Ref("Model", 3, 2, rows + 2, cols + 1)


# What is taken up to its edges, and what is refused just beyond them.
EDGES: dict[str, tuple[Callable[[Any], Book], tuple[Any, ...], tuple[Any, ...]]] = {
    "sheet name": (lambda size: sheets("x" * size), (1, 31), (0, 32)),
    "sheet opened first": (lambda at: replace(sheets("A", "B"), active=at), (0, 1), (-1, 2)),
    "defined name": (lambda size: named("n_" + "x" * size), (0, 253), (254,)),
    "zoom": (lambda percent: one_sheet(zoom=percent), (10, 400), (9, 401)),
    "print scale": (
        lambda percent: one_sheet(page=Page(fit=None, scale=percent)),
        (10, 400),
        (9, 401),
    ),
    "width": (lambda width: one_sheet(column_widths=(Columns(0, 0, width),)), (0, 255), (-1, 256)),
    "first column": (
        lambda first: one_sheet(column_widths=(Columns(first, 2, 9),)),
        (0, 2),
        (-1, 3),
    ),
    "last column": (
        lambda last: one_sheet(column_widths=(Columns(0, last, 9),)),
        (0, 16_383),
        (-1, 16_384),
    ),
    "height": (lambda height: one_sheet(row_heights={0: height}), (0, 409), (-1, 410)),
    "row": (lambda row: one_sheet(row_heights={row: 9.0}), (0, 1_048_575), (-1, 1_048_576)),
    "first row of a group": (
        lambda first: one_sheet(groups=(RowGroup(first, 2),)),
        (0, 2),
        (-1, 3),
    ),
    "last row of a group": (
        lambda last: one_sheet(groups=(RowGroup(last - 1, last),)),
        (1, 1_048_575),
        (1_048_576,),
    ),
    "font size": (lambda size: styled(size=size), (1, 409), (0.5, 410)),
    "font name": (lambda size: styled(font="x" * size), (1, 31), (0, 32)),
    "indent": (lambda steps: styled(indent=steps), (0, 250), (-1, 251)),
    "number format": (
        lambda size: styled(number_format=f'"{"x" * size}"'),
        (0, 253),
        (254,),
    ),
    "sections": (
        lambda count: styled(number_format=";".join("0" * count)),
        (1, 4),
        (5,),
    ),
    "items": (lambda size: ruled(kind="list", items=("x", "y" * size)), (1, 253), (254,)),
    "links": (
        lambda count: one_sheet(links=(Link(2, 1, FIGURES, "x"),) * count),
        (1, 65_530),
        (65_531,),
    ),
    "tip": (lambda size: linked("x" * size), (0, 255), (256,)),
    "note": (
        lambda size: one_sheet(comments=(Comment(2, 1, "x" * size),)),
        (0, 32_767),
        (32_768,),
    ),
    "series": (lambda count: charted(series=(SERIES,) * count), (1, 255), (0, 256)),
    "labels": (
        lambda count: drawn(labels=Labels("custom", texts=("a",) * count)),
        (5,),
        (4, 6),
    ),
    "point colours": (lambda count: drawn(point_colors=("FF0000",) * count), (0, 5), (6,)),
    "categories": (lambda count: drawn(categories=covering(count, 1)), (5,), (4, 6)),
    "values in a row": (
        lambda cols: drawn(values=covering(1, cols), categories=None),
        (1, 5),
        (0,),
    ),
    "values in two": (lambda rows: drawn(values=covering(rows, 2), categories=None), (1,), (2, 3)),
    "overlap by row": (
        lambda row: one_sheet(merges=(Area(2, 2, 4, 4), Area(row, 2, row + 2, 4))),
        (5,),
        (0, 2, 4),
    ),
    "overlap by column": (
        lambda col: one_sheet(merges=(Area(2, 2, 4, 4), Area(2, col, 4, col + 2))),
        (5,),
        (0, 2, 4),
    ),
    **{
        f"document {place}": (
            lambda size, place=place: spoken_of(**{place: "x" * size}),
            (255,),
            (256,),
        )
        for place in ("title", "subject", "author", "company", "comments")
    },
    **{
        f"rule's {place}": (
            lambda size, place=place: ruled(kind="whole", low=0, **{place: "x" * size}),
            (most,),
            (most + 1,),
        )
        for place, most in (
            ("error_title", 32),
            ("input_title", 32),
            ("error_message", 255),
            ("input_message", 255),
        )
    },
    **{
        f"page's {place}": (
            lambda size, place=place: one_sheet(page=Page(**{place: "x" * size})),
            (255,),
            (256,),
        )
        for place in ("header", "footer")
    },
}


@pytest.mark.parametrize(("book", "taken", "refused"), EDGES.values(), ids=EDGES)
def test_the_edge_itself_is_taken_and_what_is_beyond_is_refused(
    book: Callable[[Any], Book], taken: tuple[Any, ...], refused: tuple[Any, ...]
) -> None:
    for value in taken:
        assert book_problems(book(value)) == [], value
    for value in refused:
        assert len(book_problems(book(value))) == 1, value


ODD = "navy"
COLOURED = {
    "text": styled(color=ODD),
    "fill": styled(fill=ODD),
    "top": styled(border_top=Border("thin", ODD)),
    "bottom": styled(border_bottom=Border("thin", ODD)),
    "tab": one_sheet(tab_color=ODD),
    "bar": looking(kind="data_bar", color=ODD),
    "bar below zero": looking(kind="data_bar", negative=ODD),
    "sparkline": sparkling(color=ODD),
    "last of a sparkline": sparkling(last=ODD),
    **{
        f"chart's {part}": charted(look=Look(**{part: ODD}))
        for part in ("ink", "muted", "axis", "grid", "border")
    },
    "series": drawn(color=ODD),
    "series' border": drawn(border=ODD),
    "point": drawn(point_colors=(None, ODD)),
    "label": drawn(labels=Labels("value", color=ODD)),
    "marker": drawn(marker=Marker("circle", color=ODD)),
    "marker's fill": drawn(marker=Marker("circle", fill=ODD)),
    "overlay": charted(kind="column", overlay=(replace(SERIES, color=ODD),)),
}


@pytest.mark.parametrize("book", COLOURED.values(), ids=COLOURED)
def test_each_colour_is_six_digits(book: Book) -> None:
    (problem,) = book_problems(book)
    assert "'navy' is no colour; give six hexadecimal digits" in problem


BELL = "\x07"
RUNG = {
    "document": spoken_of(company=BELL),
    "font": styled(font=BELL),
    "number format": styled(number_format=f'"{BELL}"'),
    "error title": ruled(kind="whole", low=0, error_title=BELL),
    "input title": ruled(kind="whole", low=0, input_title=BELL),
    "error message": ruled(kind="whole", low=0, error_message=BELL),
    "item": ruled(kind="list", items=(BELL,)),
    "header": one_sheet(page=Page(header=BELL)),
    "footer": one_sheet(page=Page(footer=BELL)),
    "tip": linked(BELL),
    "alternative text": charted(alt_text=BELL),
}


@pytest.mark.parametrize("book", RUNG.values(), ids=RUNG)
def test_no_text_has_control_characters(book: Book) -> None:
    assert len(book_problems(book)) == 1


GOOD = Style()
TAKEN = {
    "bound below alone, exclusive": ruled(kind="decimal", low=0.0, exclusive=True),
    "bound above alone": ruled(kind="date", high=5.0),
    "two bounds that are taken": ruled(kind="whole", low=0.0, high=1.0),
    "list by formula": ruled(kind="list", formula="=$A$1:$A$5"),
    "look between": replace(
        looking(kind="cell", style="good", criterion="between", low=1, high=2),
        styles={"good": GOOD},
    ),
    "look not between": replace(
        looking(kind="cell", style="good", criterion="not between", low=1, high=2),
        styles={"good": GOOD},
    ),
    "bar without a style": looking(kind="data_bar"),
    "second axis that a line uses": charted(
        kind="column", y2_axis=LINE.y_axis, overlay=(replace(SERIES, secondary=True),)
    ),
    "one row merged": one_sheet(merges=(Area(0, 0, 0, 1),)),
    "one column merged": one_sheet(merges=(Area(0, 0, 1, 0),)),
    **{
        f"areas merged side by side: {first} and {second}": one_sheet(
            merges=(Area(*first), Area(*second))
        )
        for one, other in (((5, 2, 6, 4), (2, 2, 4, 4)), ((2, 5, 4, 6), (2, 2, 4, 4)))
        for first, second in ((one, other), (other, one))
    },
    "look by a formula": replace(
        looking(kind="formula", style="good", formula="=A1"), styles={"good": GOOD}
    ),
    "scale of what is fitted": one_sheet(page=Page(scale=5)),
    **{f"{kind} chart": charted(kind=kind) for kind in ("bar", "stacked_bar", "scatter")},
    "link to a page of the web": one_sheet(links=(Link(2, 1, "https://example.org/", "x"),)),
    "link on a cell": one_sheet(Cell(2, 1, "x"), links=(Link(2, 1, FIGURES),)),
    "link to a file below": one_sheet(links=(Link(2, 1, "a/b.xlsx", "x"),)),
    "apostrophe within": sheets("it's"),
    "groups of rows that follow each other": one_sheet(groups=(RowGroup(1, 3), RowGroup(4, 5))),
    **{f"named {name}": named(name) for name in ("abcd1", "r1c1_", "rc_", "truth", "_1", "Ä.1")},
}


@pytest.mark.parametrize("book", TAKEN.values(), ids=TAKEN)
def test_what_can_be_stored_is_taken(book: Book) -> None:
    assert book_problems(book) == []


REFUSED = {
    "list with items and a formula": ruled(kind="list", items=("a",), formula="=$A$1"),
    "not between one": looking(kind="cell", style="bad", criterion="not between", low=1),
    "more than nothing": looking(kind="cell", style="bad", criterion=">"),
    "formula of a custom rule": ruled(kind="custom", formula=""),
    "rule of nothing": one_sheet(validations=(Validation((), "list", items=("a",)),)),
    "look at nothing": one_sheet(conditional_formats=(ConditionalFormat((), "data_bar"),)),
    "name without =": named("lost", "Model!$A$1"),
    "merged cell": one_sheet(merges=(B3,)),
    "drive": one_sheet(links=(Link(2, 1, "c:a.xlsx", "x"),)),
    "backslash": one_sheet(links=(Link(2, 1, "a\\b.xlsx", "x"),)),
    "bell in a path": one_sheet(links=(Link(2, 1, "a\x07.xlsx", "x"),)),
    "step that is none": one_sheet(links=(Link(2, 1, "a/./b.xlsx", "x"),)),
    "no alternative text": charted(alt_text=""),
    "categories of a square": drawn(categories=covering(5, 2)),
    **{
        f"lost {place}": charted(
            **{place: replace(getattr(LINE, place), title=Ref.cell("L", 0, 0))}
        )
        for place in ("x_axis", "y_axis")
    },
    **{
        f"sheet named {name}": sheets(name) for name in ("'a", "a'", *(f"a{c}" for c in "[]:*?/\\"))
    },
    **{f"named {name}": named(name) for name in ("abc1", "r", "c", "rc", "R2", "c2", "True", "1a")},
    **{
        f"lines over a {kind} chart": charted(kind=kind, overlay=(SERIES,))
        for kind in ("bar", "stacked_bar", "scatter")
    },
    **{f"colour {digits}": styled(color=digits) for digits in ("1F386", "1F38640", "1F386G")},
    "lost title": charted(title=Ref.cell("L", 0, 0)),
    "lost categories": drawn(categories=Ref("L", 0, 0, 4, 0)),
    "lost values": drawn(values=Ref("L", 0, 0, 4, 0)),
}


@pytest.mark.parametrize("book", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_stored_is_refused(book: Book) -> None:
    book = replace(book, styles={**book.styles, "bad": GOOD})
    assert len(book_problems(book)) == 1


# Where several things of one kind are amiss, the order in which they are told
ORDERED = {
    "document": (
        spoken_of(**dict.fromkeys(("comments", "company", "author", "subject", "title"), BELL)),
        ["document title", "document subject", "document author", "document company", "document c"],
    ),
    "style": (
        styled(
            color="a",
            fill="b",
            border_top=Border("thin", "c"),
            border_bottom=Border("thin", "d"),
            number_format="",
            size=0,
            font="",
            indent=-1,
        ),
        ["'a'", "'b'", "'c'", "'d'", "'' is not a number", "a font has", "'' is not the", "an ind"],
    ),
    "bar": (looking(kind="data_bar", color="a", negative="b"), ["'a'", "'b'"]),
    "sparklines": (sparkling(color="a", last="b"), ["'a'", "'b'"]),
    "chart": (
        charted(look=Look(ink="a", muted="b", axis="c", grid="d", border="e")),
        ["'a'", "'b'", "'c'", "'d'", "'e'"],
    ),
    "series": (
        drawn(
            color="a",
            border="b",
            point_colors=("c", "d"),
            labels=Labels("value", color="e"),
            marker=Marker("circle", color="f", fill="g"),
        ),
        ["'a'", "'b'", "'c'", "'d'", "'e'", "'f'", "'g'"],
    ),
    "series and overlay": (
        charted(
            kind="column",
            series=(replace(SERIES, color="a"),),
            overlay=(replace(SERIES, color="b"),),
        ),
        ["'a'", "'b'"],
    ),
    "rule": (
        ruled(
            kind="whole",
            low=0,
            error_title="a" * 33,
            input_title="b" * 33,
            error_message="c" * 256,
            input_message="d" * 256,
        ),
        ["the title 'a", "the title 'b", "the message 'c", "the message 'd"],
    ),
    "page": (one_sheet(page=Page(header=BELL, footer=BELL)), ["header", "footer"]),
}


@pytest.mark.parametrize(("book", "starts"), ORDERED.values(), ids=ORDERED)
def test_what_is_amiss_is_told_in_the_order_of_its_fields(book: Book, starts: list[str]) -> None:
    told = book_problems(book)
    assert len(told) == len(starts)
    for fact, start in zip(told, starts, strict=True):
        assert re.search(rf"(^|: ){re.escape(start)}", fact)
