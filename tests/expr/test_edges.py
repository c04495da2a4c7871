"""Edges at which programs are known to differ: texts of halves, ends of months, ends of series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reportgen.expr import functions as f
from reportgen.expr.nodes import NA, Node, Unit
from tests.expr.small import NAN, ROW, cells_typed, given, line, solved, sure, with_inputs
from tests.support import one_sheet
from tests.support.agreement import disagreements

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.one_sheet import Sheet
    from tests.support.stored_cells import Value

NUMBERS = (0.0, -0.001, -0.4, 2.5, -2.5, 0.125, 1.005, 2.675, 0.285, 10.075, 1e12, 1e-9, -1234.565)
RATIOS = (0.125, 0.145, 0.285, 0.0345, -0.0004, 12.5, -0.005)
DAYS = (45991.0, 45900.0, 45535.0, 45747.0, 45351.0, 1001.0, 1000.0, 60.0, 0.0, -5.0, 45991.75)
SERIES = {
    "dates": [45000.0, 45657.0, 45991.0, 46081.0],
    "values": [1.0, NAN, 3.0, 4.0],
    "flags": [1.0, 0.0, 1.0, 1.0],
    "names": ["a", "A", "", "n/a"],
}
LOOKED_UP = (44999.0, 45000.0, 45000.5, 45657.0, 45990.0, 99999.0, -1.0)
POSITIONS = (-1.0, 0.0, 0.5, 1.0, 1.9, 2.0, 4.0, 4.5, 5.0, 1e9)
UNKNOWN, ONE = given("unknown"), given("one")
DATES, VALUES, FLAGS = given("dates", ROW), given("values", ROW), sure("flags", ROW)
NAMES = given("names", ROW, unit=Unit.TEXT)
LIVE = line("live", f.either(VALUES, NA), ROW)


def edges() -> dict[str, tuple[Node, Unit]]:
    """Every expression to be tried, by a name, with the unit of its value."""
    number = {n: given(f"{n!r}") for n in {*NUMBERS, *RATIOS, *DAYS, *LOOKED_UP, *POSITIONS}}
    found: dict[str, tuple[Node, Unit]] = {}
    for places in (0, 1, 2):
        for n in NUMBERS:
            found[f"fixed {n!r} {places}"] = f.fixed(number[n], places), Unit.TEXT
        for n in RATIOS:
            found[f"percent {n!r} {places}"] = f.percent(number[n], places), Unit.TEXT
    for n in DAYS:
        found[f"day {n!r}"] = f.date_text(number[n]), Unit.TEXT
        for months in (1, 6, 18):
            found[f"{months} months before {n!r}"] = f.months_before(number[n], months), Unit.DATE
    for n in LOOKED_UP:
        found[f"as of {n!r}"] = f.as_of(DATES, LIVE, number[n]), Unit.NUMBER
        found[f"found as of {n!r}"] = f.known(f.as_of(DATES, DATES, number[n])), Unit.FLAG
    for n in POSITIONS:
        found[f"no. {n!r}"] = f.pick(LIVE, ROW, number[n]), Unit.NUMBER
        found[f"name no. {n!r}"] = f.pick(NAMES, ROW, number[n]), Unit.TEXT
    return found | unknown()


def unknown() -> dict[str, tuple[Node, Unit]]:
    """What becomes of n/a in conditions, totals and sums."""
    asked = UNKNOWN > 0
    same = f.same(f.each(NAMES), "a")
    numbers: dict[str, Node] = {
        "if n/a": f.where(asked, 1, 2),
        "if n/a itself": f.where(UNKNOWN, 1, 2),
        "n/a and false": asked & (ONE > 1),
        "true or n/a": (ONE > 0) | asked,
        "true or n/a itself": (ONE > 0) | UNKNOWN,
        "not n/a": ~asked,
        "n/a is known": f.known(UNKNOWN + 1),
        "n/a equals itself": f.equal(UNKNOWN, UNKNOWN),
        "the larger of n/a and 1": f.maximum(UNKNOWN, ONE),
        "n/a to the power of 0": UNKNOWN ** (ONE - 1),
        "1 to the power of n/a": ONE**UNKNOWN,
        "0 to the power of 0": (ONE - 1) ** (ONE - 1),
        "-8 to the power of a third": (ONE - 9) ** (ONE / 3),
        "total with n/a": f.total(LIVE, ROW),
        "total of typed cells with n/a": f.total(VALUES, ROW),
        "total with nothing n/a": f.total(FLAGS, ROW),
        "sum where, values n/a": f.sum_where(ROW, same, LIVE),
        "sum where, limit n/a": f.sum_where(ROW, f.each(FLAGS) > UNKNOWN, FLAGS),
        "count where, limit n/a": f.count_where(ROW, same * (f.each(FLAGS) > UNKNOWN)),
        "count of blank names": f.count_where(ROW, f.same(f.each(NAMES), "")),
        "count of the name n/a": f.count_where(ROW, f.same(f.each(NAMES), "N/A")),
    }
    return {name: (expr, Unit.NUMBER) for name, expr in numbers.items()}


@pytest.fixture(scope="module")
def sheet() -> tuple[Sheet, dict[str, Value]]:
    """Every edge on one sheet, and what Python says of it."""
    lines = [line(name, expr, unit=unit) for name, (expr, unit) in edges().items()]
    known = with_inputs(*lines)
    typed: dict[str, Any] = SERIES | {"one": 1.0}
    typed |= {
        one.key: float(one.key) for one in known if one.key[-1].isdigit() and one.expr is None
    }
    solution = solved(*lines, typed=typed)
    made = one_sheet.written(known, cells_typed(known, typed), solution)
    return made, one_sheet.expected(made, solution)


def named(sheet: Sheet, found: dict[str, Value], expected: dict[str, Value]) -> list[object]:
    return [
        (sheet.computed[str(one.place)].line.key, one) for one in disagreements(expected, found)
    ]


def test_formualizer_agrees_at_the_edges(sheet: tuple[Sheet, dict[str, Value]]) -> None:
    made, expected = sheet
    assert named(made, one_sheet.by_formualizer(made), expected) == []


def test_libreoffice_agrees_at_the_edges(
    sheet: tuple[Sheet, dict[str, Value]], tmp_path: Path
) -> None:
    made, expected = sheet
    (found,) = one_sheet.by_libreoffice([made], tmp_path)
    assert named(made, found, expected) == []


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        ("if n/a", "n/a"),
        ("n/a and false", "n/a"),
        ("true or n/a", "n/a"),
        ("n/a is known", 0.0),
        ("the larger of n/a and 1", "n/a"),
        ("n/a to the power of 0", "n/a"),
        ("1 to the power of n/a", "n/a"),
        ("-8 to the power of a third", "n/a"),
        ("total with n/a", "n/a"),
        ("total of typed cells with n/a", "n/a"),
        ("total with nothing n/a", 3.0),
        ("sum where, values n/a", 1.0),
        ("sum where, limit n/a", "n/a"),
        ("as of 44999.0", "n/a"),
        ("as of 45990.0", "n/a"),
        ("as of 99999.0", 4.0),
        ("no. 0.5", "n/a"),
        ("no. 4.5", 4.0),
        ("no. 5.0", "n/a"),
        ("6 months before 45900.0", 45716.0),
    ],
)
def test_n_a_is_never_taken_for_a_number(
    sheet: tuple[Sheet, dict[str, Value]], edge: str, expected: Value
) -> None:
    made, said = sheet
    (at,) = (at for at, place in made.computed.items() if place.line.key == edge)
    assert said[at] == expected
