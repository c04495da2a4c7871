"""Which changes of the workbooks a diff tells of, and when two files count as different."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from reportgen.differences.forms import comparison
from reportgen.differences.forms.comparison import (
    FORMULAS,
    MOVED,
    Asked,
    compare,
    concerns,
    is_sound,
)
from reportgen.differences.forms.content import WorkbookDiff
from reportgen.differences.records import Headline, ReportDiff
from reportgen.report.readback.workbook import NotAReportError
from reportgen.xlsx.compare.changes import ChangeKind, Compared, WorkbookChange
from tests.differences.told import FULL, NEW, OLD

if TYPE_CHECKING:
    from reportgen.differences.forms.comparison import Diff
    from reportgen.xlsx.reader.process import Reading

SAME = ReportDiff(OLD, OLD._replace(path=NEW.path))
MOVING = replace(SAME, inputs=FULL.inputs[:1])  # of the same pack, for an input was typed
OTHER_INPUTS = replace(MOVING, new=NEW)
OTHER_DAY = replace(MOVING, new=OLD._replace(as_of=NEW.as_of))
OTHER_PACK = replace(MOVING, new=OLD._replace(input_hash="b" * 64))
FILES = WorkbookDiff(OLD.path, NEW.path)
STILL = Headline("price", "Price", "USD", 1.0, 1.0)


def with_kinds(diff: Diff, *kinds: ChangeKind) -> Diff:
    """A diff with a change of the workbook of each kind."""
    changes = tuple(WorkbookChange(kind, "Inputs", "A1") for kind in kinds)
    if isinstance(diff, WorkbookDiff):
        return replace(diff, changes=changes)
    return replace(diff, workbook=changes)


@pytest.mark.parametrize(
    ("diff", "sorts"),
    [
        (SAME, ""),
        (FILES, ""),
        (MOVING, "any input"),
        (OTHER_INPUTS, "any input"),
        (replace(SAME, facts=FULL.facts), "any"),
        (replace(SAME, headlines=(STILL, STILL._replace(new=2.0))), "any output"),
        (replace(SAME, headlines=(STILL,)), ""),
        (replace(SAME, new=OLD._replace(model_hash="d" * 64)), "formula"),
        (with_kinds(SAME, ChangeKind.INPUT), "any input"),
        (with_kinds(SAME, ChangeKind.CALCULATED), "any output"),
        (with_kinds(SAME, ChangeKind.CHART), "any"),
        *((with_kinds(one, kind), "any formula") for one in (SAME, FILES) for kind in FORMULAS),
        (with_kinds(OTHER_DAY, ChangeKind.FORMULA), "any input"),
        (with_kinds(OTHER_DAY, ChangeKind.HARDCODED), "any input formula"),
        (with_kinds(OTHER_PACK, ChangeKind.UNCACHED), "any input"),
        (with_kinds(OTHER_PACK, ChangeKind.UNEXPLAINED), "any input formula"),
        (with_kinds(FILES, ChangeKind.INPUT), "any input"),
        (with_kinds(FILES, ChangeKind.CALCULATED), "any output"),
    ],
)
def test_a_difference_is_of_the_sorts_that_it_is_of(diff: Diff, sorts: str) -> None:
    asked = ("any", "input", "formula", "output", "never")
    assert [what for what in asked if concerns(diff, what)] == [
        what for what in asked if what in sorts.split()
    ]


@pytest.mark.parametrize(
    ("diff", "sound"),
    [(FILES, True), (SAME, True), (replace(SAME, unreproduced=FULL.unreproduced), False)],
)
def test_only_a_value_that_its_inputs_do_not_give_is_unsound(diff: Diff, *, sound: bool) -> None:
    assert is_sound(diff) is sound


def end(path: object) -> Reading:
    """What is read of a file: here, where it stands."""
    return cast("Reading", SimpleNamespace(path=path))


ALL = tuple(WorkbookChange(kind, "Inputs", "A1") for kind in (*ChangeKind, ChangeKind.CHART))
BY_KEY = {ChangeKind.INPUT, ChangeKind.CALCULATED}


@pytest.mark.parametrize(
    ("diff", "asked", "cells", "untold"),
    [
        (MOVING, Asked(), False, set(ChangeKind)),
        (OTHER_INPUTS, Asked(method="exact"), False, set(ChangeKind)),
        (MOVING, Asked(), True, BY_KEY),
        (MOVING, Asked(everything=True), False, BY_KEY),
        (OTHER_INPUTS, Asked(), True, MOVED),
        (OTHER_DAY, Asked(everything=True), False, MOVED),
        (OTHER_PACK, Asked(), True, MOVED),
        (OTHER_INPUTS, Asked(formats=True), False, BY_KEY),
        (SAME, Asked(), False, set()),
        (replace(SAME, new=OLD._replace(as_of=NEW.as_of)), Asked(), True, set()),
    ],
)
def test_cells_are_compared_where_they_are_asked_for_or_nothing_else_differs(
    diff: ReportDiff,
    asked: Asked,
    untold: set[ChangeKind],
    monkeypatch: pytest.MonkeyPatch,
    *,
    cells: bool,
) -> None:
    def of_keys(*ends: object, **how: object) -> ReportDiff:
        assert ends == (old, new)
        assert how == {"all_numbers": asked.everything, "method": asked.method, "order": ()}
        return replace(diff, notes=("first",))

    def of_cells(*paths: object) -> Compared:
        assert paths[:2] == (OLD.path, NEW.path)
        return Compared(ALL)

    monkeypatch.setattr(comparison, "compare_reports", of_keys)
    monkeypatch.setattr(comparison, "compare_safely", of_cells)
    old, new = end(OLD.path), end(NEW.path)
    found = compare(old, new, asked, cells=cells)
    assert isinstance(found, ReportDiff)
    assert found.workbook == tuple(one for one in ALL if one.kind not in untold)
    if untold == MOVED:
        _, note = found.notes
        assert note.startswith("the inputs differ, so tables have other lengths: 2 x chart, 1 x co")
        assert " input" not in note.partition(":")[2]
        assert note.endswith(" in the workbook; --formats lists them")
    else:
        assert found.notes == ("first",)


def test_of_what_is_no_report_the_cells_are_compared_and_it_is_said_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object, **__: object) -> ReportDiff:
        raise NotAReportError("no report")

    def of_cells(*paths: object) -> Compared:
        assert paths[:2] == (OLD.path, NEW.path)
        return Compared(ALL, warnings=("macros",))

    monkeypatch.setattr(comparison, "compare_reports", refused)
    monkeypatch.setattr(comparison, "compare_safely", of_cells)
    found = compare(end(OLD.path), end(NEW.path), Asked())
    assert found == WorkbookDiff(OLD.path, NEW.path, ALL, ("no report", "macros"))
