"""What stands around the cells, and areas cut up differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.addresses import Area
from reportgen.xlsx.compare.changes import ChangeKind, CompareOptions
from reportgen.xlsx.compare.workbooks import compare
from reportgen.xlsx.reader.records import (
    ReadBook,
    ReadChart,
    ReadColumns,
    ReadConditionalFormat,
    ReadFilter,
    ReadLink,
    ReadSeries,
    ReadSheet,
    ReadTable,
    ReadValidation,
)
from tests.xlsx.compare.tables import TABLE, book, told

if TYPE_CHECKING:
    from reportgen.values import Value


def only(made: ReadBook) -> ReadSheet:
    return made.sheets[0]


def with_sheet(made: ReadBook, **changes: object) -> ReadBook:
    return made._replace(sheets=(only(made)._replace(**changes), *made.sheets[1:]))


OLD = book(*TABLE)


LONGER = book(*TABLE[:4], ("new", 1.0, 2.0), *TABLE[4:])


RENAMED = book(*TABLE[:4], ("new", 1.0, 2.0), *TABLE[4:], name="Renamed")


PRINTED = "_xlnm.Print_Area"


INSERTED = (ChangeKind.ROW_INSERTED, "5:5")


RULE = ReadValidation((Area(0, 1, 8, 1),), "decimal greaterThan", ("0",), "")


LOOK = ReadConditionalFormat((Area(0, 1, 8, 1),), "expression", ("$B1>3",), "font.b=yes")


CHART = ReadChart("line", "", (ReadSeries("s", "Table!$A$1:$A$9", "Table!$B$1:$B$9"),), (1, 5))


OTHER_SERIES = ReadSeries("t", "Table!$A$2:$A$9", "Table!$C$1:$C$9")


LINK = ReadLink(Area(5, 0, 5, 0), "#Table!B6")


FILTER = ReadFilter(Area(0, 0, 8, 2), ((1, "filters 1, 2"),))


RANGE = ReadTable("Targets", Area(0, 0, 8, 2), ("Broker", "Target", "Weight"))


def of_its_own(last: int) -> dict[str, object]:
    """What refers to cells of its own sheet, without its name, down to the last of its rows."""
    area = Area(0, 1, last - 1, 1)
    return {
        "charts": (
            CHART._replace(series=(ReadSeries("s", f"$A$1:$A${last}", f"$B$1:$B${last}"),)),
        ),
        "validations": (RULE._replace(areas=(area,), formulas=(f"$C${last}",)),),
        "conditional_formats": (LOOK._replace(areas=(area,), formulas=(f"$B{last}>3",)),),
        "links": (LINK._replace(area=Area(last - 1, 0, last - 1, 0), target=f"#B{last}"),),
    }


# old, new, what is told
DETAILS: dict[str, tuple[ReadBook, ReadBook, list[tuple[ChangeKind, str]]]] = {
    "a validation cut in two": (
        with_sheet(OLD, validations=(RULE,)),
        with_sheet(
            OLD,
            validations=(
                RULE._replace(areas=(Area(0, 1, 3, 1),)),
                RULE._replace(areas=(Area(4, 1, 8, 1),)),
            ),
        ),
        [],
    ),
    "a validation that grew with an inserted row": (
        with_sheet(OLD, validations=(RULE,)),
        with_sheet(LONGER, validations=(RULE._replace(areas=(Area(0, 1, 9, 1),)),)),
        [INSERTED],
    ),
    "a validation that grew with a row inserted at its end, and a column": (
        with_sheet(book(*TABLE, ("below",)), validations=(RULE,)),
        with_sheet(
            book(*((row[0], "why", *row[1:]) for row in (*TABLE, ("new", 1.0, 2.0), ("below",)))),
            validations=(RULE._replace(areas=(Area(0, 1, 9, 2),)),),
        ),
        [(ChangeKind.COLUMN_INSERTED, "B:B"), (ChangeKind.ROW_INSERTED, "10:10")],
    ),
    "a validation that grew with a row inserted at its beginning, and a column": (
        with_sheet(
            book(("above",), *TABLE), validations=(RULE._replace(areas=(Area(1, 1, 9, 1),)),)
        ),
        with_sheet(
            book(
                *(
                    ("above",),
                    *((row[0], row[1], "why", *row[2:]) for row in (("new", 1.0, 2.0), *TABLE)),
                )
            ),
            validations=(RULE._replace(areas=(Area(1, 1, 10, 2),)),),
        ),
        [(ChangeKind.COLUMN_INSERTED, "C:C"), (ChangeKind.ROW_INSERTED, "2:2")],
    ),
    "a validation over fewer cells": (
        with_sheet(OLD, validations=(RULE,)),
        with_sheet(OLD, validations=(RULE._replace(areas=(Area(0, 1, 5, 1),)),)),
        [(ChangeKind.VALIDATION, "B1:B6")],
    ),
    "a validation removed": (
        with_sheet(OLD, validations=(RULE,)),
        OLD,
        [(ChangeKind.VALIDATION, "B1:B9")],
    ),
    "a conditional format that paints otherwise, when looks are not asked for": (
        with_sheet(OLD, conditional_formats=(LOOK,)),
        with_sheet(OLD, conditional_formats=(LOOK._replace(look="font.i=yes"),)),
        [],
    ),
    "a conditional format with another formula": (
        with_sheet(OLD, conditional_formats=(LOOK,)),
        with_sheet(OLD, conditional_formats=(LOOK._replace(formulas=("$B1>4",)),)),
        [(ChangeKind.CONDITIONAL_FORMAT, "B1:B9")],
    ),
    "a chart whose range grew with an inserted row": (
        with_sheet(OLD, charts=(CHART,)),
        with_sheet(
            LONGER,
            charts=(
                CHART._replace(series=(ReadSeries("s", "Table!$A$1:$A$10", "Table!$B$1:$B$10"),)),
            ),
        ),
        [INSERTED],
    ),
    "a chart removed": (with_sheet(OLD, charts=(CHART,)), OLD, [(ChangeKind.CHART, "F2")]),
    "a chart added": (OLD, with_sheet(OLD, charts=(CHART,)), [(ChangeKind.CHART, "F2")]),
    "a series added to a chart": (
        with_sheet(OLD, charts=(CHART,)),
        with_sheet(OLD, charts=(CHART._replace(series=CHART.series * 2),)),
        [(ChangeKind.CHART, "F2")],
    ),
    "a chart of another kind": (
        with_sheet(OLD, charts=(CHART,)),
        with_sheet(OLD, charts=(CHART._replace(kind="bar"),)),
        [(ChangeKind.CHART, "F2")],
    ),
    "a chart with a title": (
        with_sheet(OLD, charts=(CHART,)),
        with_sheet(OLD, charts=(CHART._replace(title="Price"),)),
        [(ChangeKind.CHART, "Price")],
    ),
    "a chart in another place": (
        with_sheet(OLD, charts=(CHART,)),
        with_sheet(OLD, charts=(CHART._replace(anchor=(9, 4)),)),
        [],
    ),
    "a series of another name, over other categories, of other values": (
        with_sheet(OLD, charts=(CHART,)),
        with_sheet(OLD, charts=(CHART._replace(series=(OTHER_SERIES,)),)),
        [(ChangeKind.CHART, "F2")],
    ),
    "the first of two charts removed": (
        with_sheet(OLD, charts=(CHART, CHART._replace(title="Second", anchor=(20, 5)))),
        with_sheet(OLD, charts=(CHART._replace(title="Second", anchor=(20, 5)),)),
        [(ChangeKind.CHART, "F2")],
    ),
    "a comment reworded": (
        with_sheet(OLD, comments={(6, 1): "why?"}),
        with_sheet(OLD, comments={(6, 1): "why not?"}),
        [(ChangeKind.COMMENT, "B7")],
    ),
    "cells merged": (
        OLD,
        with_sheet(OLD, merges=(Area(6, 0, 6, 2),)),
        [(ChangeKind.MERGE, "A7:C7")],
    ),
    "other cells merged": (
        with_sheet(OLD, merges=(Area(6, 0, 6, 2),)),
        with_sheet(OLD, merges=(Area(6, 0, 6, 1),)),
        [(ChangeKind.MERGE, "A7:B7")],
    ),
    "a link on another cell": (
        with_sheet(OLD, links=(LINK,)),
        with_sheet(OLD, links=(LINK._replace(area=Area(6, 0, 6, 0)),)),
        [(ChangeKind.LINK, "A6"), (ChangeKind.LINK, "A7")],
    ),
    "a comment that went with its row": (
        with_sheet(OLD, comments={(6, 1): "why?"}),
        with_sheet(LONGER, comments={(7, 1): "why?"}),
        [INSERTED],
    ),
    "a comment taken away": (
        with_sheet(OLD, comments={(6, 1): "why?"}),
        OLD,
        [(ChangeKind.COMMENT, "B7")],
    ),
    "a merged area that went with its rows": (
        with_sheet(OLD, merges=(Area(6, 0, 6, 2),)),
        with_sheet(LONGER, merges=(Area(7, 0, 7, 2),)),
        [INSERTED],
    ),
    "a link that went with its row": (
        with_sheet(OLD, links=(LINK,)),
        with_sheet(LONGER, links=(LINK._replace(area=Area(6, 0, 6, 0), target="#Table!B7"),)),
        [INSERTED],
    ),
    "a link left as it was although its target was pushed down": (
        with_sheet(OLD, links=(LINK,)),
        with_sheet(LONGER, links=(LINK._replace(area=Area(6, 0, 6, 0)),)),
        [INSERTED],
    ),
    "a link on an inserted row": (
        OLD,
        with_sheet(LONGER, links=(ReadLink(Area(4, 0, 4, 0), "https://example.org/"),)),
        [INSERTED],
    ),
    "a link to another place": (
        with_sheet(OLD, links=(LINK,)),
        with_sheet(OLD, links=(LINK._replace(target="#Table!B7"),)),
        [(ChangeKind.LINK, "A6")],
    ),
    "a link to a place that leads out of the workbook, and one the other way": (
        with_sheet(OLD, links=(LINK, LINK._replace(area=Area(6, 0, 6, 0), target="?Table!B6"))),
        with_sheet(
            OLD,
            links=(LINK._replace(target="?Table!B6"), LINK._replace(area=Area(6, 0, 6, 0))),
        ),
        [(ChangeKind.LINK, "A6"), (ChangeKind.LINK, "A7")],
    ),
    "what is printed said with other signs, said no more, and said for the first time": (
        OLD._replace(names={f"Table!{PRINTED}": "Table!$A$1:$C$9", f"Other!{PRINTED}": "Table!A1"}),
        OLD._replace(names={f"Table!{PRINTED}": "Table!A1:C9", f"Third!{PRINTED}": "Table!A1"}),
        [(ChangeKind.NAME, f"Other!{PRINTED}"), (ChangeKind.NAME, f"Third!{PRINTED}")],
    ),
    "a constant with a name, and a row inserted": (
        OLD._replace(names={"rate": "0.05"}),
        LONGER._replace(names={"rate": "0.05"}),
        [INSERTED],
    ),
    "hidden rows and columns, neighbours as one": (
        OLD,
        with_sheet(
            OLD, hidden_rows=frozenset({2, 3, 7}), columns=(ReadColumns(1, 2, 9.0, hidden=True),)
        ),
        [(ChangeKind.HIDDEN, "3:4"), (ChangeKind.HIDDEN, "8:8"), (ChangeKind.HIDDEN, "B:C")],
    ),
    "a hidden row pushed down": (
        with_sheet(OLD, hidden_rows=frozenset({6})),
        with_sheet(LONGER, hidden_rows=frozenset({7})),
        [INSERTED],
    ),
    "a filter that grew with an inserted row": (
        with_sheet(OLD, filters=(FILTER,)),
        with_sheet(LONGER, filters=(FILTER._replace(area=Area(0, 0, 9, 2)),)),
        [INSERTED],
    ),
    "a filter that lets other rows through": (
        with_sheet(OLD, filters=(FILTER,)),
        with_sheet(OLD, filters=(FILTER._replace(criteria=((2, "filters 1, 2"),)),)),
        [(ChangeKind.FILTER, "A1:C9")],
    ),
    "a filter taken away": (
        with_sheet(OLD, filters=(FILTER,)),
        OLD,
        [(ChangeKind.FILTER, "A1:C9")],
    ),
    "a table that grew with an inserted row": (
        with_sheet(OLD, tables=(RANGE,)),
        with_sheet(LONGER, tables=(RANGE._replace(area=Area(0, 0, 9, 2)),)),
        [INSERTED],
    ),
    "a table added": (OLD, with_sheet(OLD, tables=(RANGE,)), [(ChangeKind.TABLE, "Targets")]),
    "a link added": (OLD, with_sheet(OLD, links=(LINK,)), [(ChangeKind.LINK, "A6")]),
    "a table that grew with a row added at its end": (
        with_sheet(book(*TABLE, ("below",)), tables=(RANGE,)),
        with_sheet(
            book(*TABLE, ("new", 1.0, 2.0), ("below",)),
            tables=(RANGE._replace(area=Area(0, 0, 9, 2)),),
        ),
        [(ChangeKind.ROW_INSERTED, "10:10")],
    ),
    "a table over fewer rows": (
        with_sheet(OLD, tables=(RANGE,)),
        with_sheet(OLD, tables=(RANGE._replace(area=Area(0, 0, 5, 2)),)),
        [(ChangeKind.TABLE, "Targets")],
    ),
    "a sheet protected": (
        OLD,
        with_sheet(OLD, protection="locked: cells"),
        [(ChangeKind.PROTECTION, "")],
    ),
    "the list of sheets protected": (
        OLD,
        OLD._replace(protection="locked: list of sheets"),
        [(ChangeKind.PROTECTION, "")],
    ),
    "macros that came and a link that went": (
        OLD._replace(warnings=("links to other files",)),
        OLD._replace(warnings=("contains macros",)),
        [(ChangeKind.ACTIVE, ""), (ChangeKind.ACTIVE, "")],
    ),
    "a chart with another option": (
        with_sheet(OLD, charts=(CHART,)),
        with_sheet(OLD, charts=(CHART._replace(options=(("value axis from", "10"),)),)),
        [(ChangeKind.CHART, "F2")],
    ),
    "a sheet hidden": (OLD, with_sheet(OLD, state="hidden"), [(ChangeKind.HIDDEN, "")]),
    "another system of dates": (OLD, OLD._replace(date_1904=True), [(ChangeKind.DATES, "")]),
    "a name that went with its cell": (
        OLD._replace(names={"last": "Table!$B$9"}),
        LONGER._replace(names={"last": "Table!$B$10"}),
        [INSERTED],
    ),
    "a name without a meaning that was given one": (
        OLD._replace(names={"empty": ""}),
        OLD._replace(names={"empty": "Table!$B$9"}),
        [(ChangeKind.NAME, "empty")],
    ),
    "a sheet renamed, a row inserted, and what refers to cells of its own": (
        with_sheet(OLD, **of_its_own(9)),
        with_sheet(RENAMED, **of_its_own(10)),
        [(ChangeKind.SHEET_RENAMED, ""), INSERTED],
    ),
    "a formula that still names a sheet that was renamed": (
        book(("x", "=Table!A1")),
        book(("x", "=Table!A1"), name="Renamed"),
        [(ChangeKind.SHEET_RENAMED, ""), (ChangeKind.FORMULA, "B1")],
    ),
    "a sheet's own name, after the sheet was renamed": (
        OLD._replace(names={"Table!last": "Table!$B$9"}),
        book(*TABLE, name="Renamed")._replace(names={"Renamed!last": "Renamed!$B$9"}),
        [(ChangeKind.SHEET_RENAMED, "")],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), DETAILS.values(), ids=DETAILS)
def test_what_stands_around_the_cells_is_compared(
    old: ReadBook, new: ReadBook, expected: list[tuple[ChangeKind, str]]
) -> None:
    assert told(old, new) == expected


@pytest.mark.parametrize(("gone", "left"), [(2, 1), (6, 1), (2, 2), (5, 2)])
def test_an_area_whose_first_or_last_rows_were_deleted_reaches_as_far_as_the_others(
    gone: int, left: int
) -> None:
    kept = [row for at, row in enumerate(TABLE) if not gone <= at < gone + left]
    old = with_sheet(OLD, validations=(RULE._replace(areas=(Area(2, 1, 6, 2),)),))
    new = with_sheet(book(*kept), validations=(RULE._replace(areas=(Area(2, 1, 6 - left, 2),)),))
    assert {kind for kind, _ in told(old, new)} == {ChangeKind.ROW_DELETED}


@pytest.mark.parametrize("gone", [1, 2])
def test_an_area_whose_first_or_last_column_was_deleted_reaches_as_far_as_the_other(
    gone: int,
) -> None:
    kept = [tuple(value for at, value in enumerate(row) if at != gone) for row in TABLE]
    old = with_sheet(OLD, validations=(RULE._replace(areas=(Area(2, 1, 6, 2),)),))
    new = with_sheet(book(*kept), validations=(RULE._replace(areas=(Area(2, 1, 6, 1),)),))
    assert [kind for kind, _ in told(old, new)] == [ChangeKind.COLUMN_DELETED]


def test_changes_carry_the_rule_before_and_after() -> None:
    old = with_sheet(OLD, validations=(RULE,))
    new = with_sheet(OLD, validations=(RULE._replace(formulas=("1",), messages="At least one"),))
    (change,) = compare(old, new)
    assert change.old == "decimal greaterThan 0"
    assert change.new == "decimal greaterThan 1 At least one"


# what only --formats tells: new, and what is told of it with its old and new value
SIZES: dict[str, tuple[ReadBook, list[tuple[ChangeKind, str, Value, Value]]]] = {
    "columns made wider, neighbours as one": (
        with_sheet(OLD, columns=(ReadColumns(1, 2, 40.0, hidden=False),)),
        [(ChangeKind.COLUMN_WIDTH, "B:C", None, 40.0)],
    ),
    "a row made higher": (
        with_sheet(OLD, heights={4: 30.0}),
        [(ChangeKind.ROW_HEIGHT, "5:5", None, 30.0)],
    ),
    "another zoom": (
        with_sheet(OLD, settings=(("zoom", "80"),)),
        [(ChangeKind.SETTING, "zoom", None, "80")],
    ),
}


@pytest.mark.parametrize(("new", "expected"), SIZES.values(), ids=SIZES)
def test_sizes_and_settings_are_told_on_request(
    new: ReadBook, expected: list[tuple[ChangeKind, str, Value, Value]]
) -> None:
    assert compare(OLD, new) == ()
    found = compare(OLD, new, CompareOptions(formats=True))
    assert [(one.kind, one.place, one.old, one.new) for one in found] == expected


def test_looks_that_changed_alike_are_told_by_the_first_cell_of_them() -> None:
    cells = dict(only(OLD).cells)
    for place, look in {(1, 1): "0.0", (4, 1): "0.00", (8, 1): "0.0"}.items():
        cells[place] = cells[place]._replace(number_format=look)
    found = compare(OLD, with_sheet(OLD, cells=cells), CompareOptions(formats=True))
    assert [(one.place, one.new) for one in found] == [("B2 B9", "0.0"), ("B5", "0.00")]


def test_a_width_that_went_with_its_column_has_not_changed() -> None:
    wide = (ReadColumns(1, 1, 40.0, hidden=False),)
    new = book(*((row[0], f"note {row[0]}", *row[1:]) for row in TABLE))
    moved = with_sheet(new, columns=(wide[0]._replace(first=2, last=2),))
    found = compare(with_sheet(OLD, columns=wide), moved, CompareOptions(formats=True))
    assert [(one.kind, one.place) for one in found] == [(ChangeKind.COLUMN_INSERTED, "B:B")]


def test_names_of_a_table_s_columns_are_told_on_request() -> None:
    old = with_sheet(OLD, tables=(RANGE,))
    new = with_sheet(OLD, tables=(RANGE._replace(columns=("House", "Target", "Weight")),))
    assert compare(old, new) == ()
    (change,) = compare(old, new, CompareOptions(formats=True))
    assert (change.kind, change.old, change.new) == (
        ChangeKind.TABLE,
        "Broker, Target, Weight",
        "House, Target, Weight",
    )


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        (86.0, "86", "number -> text"),
        ("TRUE", True, "text -> truth"),
        (1.0, True, "number -> truth"),
        (86.0, 87.0, ""),
        (None, "86", ""),
    ],
)
def test_a_value_of_another_sort_that_looks_the_same_is_told_as_such(
    old: Value, new: Value, note: str
) -> None:
    (change,) = compare(*(book(*TABLE, ("last", value)) for value in (old, new)))
    assert (change.kind, change.old, change.new, change.note) == (ChangeKind.INPUT, old, new, note)


@pytest.mark.parametrize("gone", range(1, 4))
def test_blank_rows_that_were_deleted_are_told(gone: int) -> None:
    apart = (*TABLE[:4], *[()] * 3, *TABLE[4:])
    closer = (*TABLE[:4], *[()] * (3 - gone), *TABLE[4:])
    (change,) = compare(book(*apart), book(*closer))
    assert (change.kind, change.note) == (ChangeKind.ROW_DELETED, "empty")
