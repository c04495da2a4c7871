"""Laws of a diff over random edits: nothing of the same, the way back mirrored, and applied."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reportgen.differences.inputs import input_changes
from reportgen.expr.nodes import Unit
from reportgen.model.keys import filled
from reportgen.model.lines import MODEL
from reportgen.model.words import Entry
from tests.differences.case_ends import NOVEMBER, case_at, end_at, end_of, with_given
from tests.support.agreement import agree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn

    from reportgen.differences.ends import ReadEnd
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case

PACKS = ["baba", "tokyo", "pence"]
HEADLINES = (
    *(f"{case}.value" for case in ("bear", "base", "bull")),
    *("expected_value", "hype.value", "hype.consensus", "hype.score", "price"),
)
Spot = tuple[Entry, tuple[int, ...]]


def spots(case: Case) -> dict[str, Spot]:
    """Every figure that the inputs state, by key; days aside, on which other rows are known."""
    return {
        key: (line, index)
        for line in MODEL
        if isinstance(line, Entry) and line.unit is not Unit.DATE
        for key, index in filled(line, case.members)
        if not math.isnan(case.given[line.issued][index])
    }


def put(case: Case, stated: Mapping[str, float]) -> Case:
    """The case with other figures issued, and none of them overridden."""
    where = spots(case)
    given_now: dict[Line, Array] = {}
    for key, value in stated.items():
        line, index = where[key]
        for part, figure in ((line.issued, value), (line.override, math.nan)):
            given_now.setdefault(part, case.given[part].copy())[index] = figure
    return with_given(case, given_now)


@st.composite
def figures(draw: DrawFn, pack: str) -> dict[str, float]:
    """Up to five other figures for the November report of a pack."""
    case = case_at(pack, NOVEMBER)
    found: dict[str, float] = {}
    where = spots(case)
    for key in draw(st.lists(st.sampled_from(sorted(where)), max_size=5, unique=True)):
        line, index = where[key]
        found[key] = draw(st.floats(0.7, 1.3)) * (float(case.given[line.issued][index]) or 0.1)
    return found


def drawn(data: st.DataObject, pack: str) -> ReadEnd:
    """The report with other figures; they are drawn alone, since what is drawn is printed."""
    return end_of(put(case_at(pack, NOVEMBER), data.draw(figures(pack))))


def differences(old: ReadEnd, new: ReadEnd) -> dict[str, tuple[float | None, float | None]]:
    """The inputs that differ, by key: old and new figure.

    Without what was superseded: that a candidate of a fact gave way is told of the old one alone.
    """
    return {
        change.key: (change.old, change.new)
        for change in input_changes(old, new)
        if change.kind != "superseded"
    }


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=8, derandomize=True, phases=(Phase.generate,))
@given(data=st.data())
def test_a_report_does_not_differ_from_one_of_the_same_inputs(
    pack: str, data: st.DataObject
) -> None:
    one = drawn(data, pack)
    assert differences(one, end_of(one.case)) == {}


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=8, derandomize=True, phases=(Phase.generate,))
@given(data=st.data())
def test_the_way_back_mirrors_every_figure_that_changed(pack: str, data: st.DataObject) -> None:
    one, other = drawn(data, pack), drawn(data, pack)
    back = {key: (old, new) for key, (new, old) in differences(other, one).items()}
    assert differences(one, other) == back


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=8, derandomize=True, phases=(Phase.generate,))
@given(data=st.data())
def test_the_old_inputs_with_the_changes_applied_give_the_new_outputs(
    pack: str, data: st.DataObject
) -> None:
    one, other = drawn(data, pack), drawn(data, pack)
    told = {key: new for key, (_, new) in differences(one, other).items()}
    applied = end_of(put(one.case, {key: new for key, new in told.items() if new is not None}))
    for key in HEADLINES:
        assert agree(applied.now.get(key), other.now.get(key))


def test_the_ends_of_these_laws_do_differ() -> None:
    case = case_at("baba", NOVEMBER)
    other = end_of(put(case, {"assumption[pe_multiple,base,]": 20.0}))
    assert differences(end_at("baba", NOVEMBER), other) == {
        "assumption[pe_multiple,base,]": (17.0, 20.0)
    }
