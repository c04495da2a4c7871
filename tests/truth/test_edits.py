"""A report that was edited by hand says what Python says of the same edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.model.report_question import answer
from reportgen.model.solved import by_key
from reportgen.report.tabs.summary.lines import series_changed
from tests.support.agreement import agree, disagreements
from tests.support.selection import groups, long_except
from tests.support.stored_cells import read_values
from tests.truth.cells import by_place
from tests.truth.edit_kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.truth.conftest import Workshop
    from tests.truth.editing import Editor, Typed


TOGETHER = 8  # workbooks that one start of LibreOffice recalculates
# In the short form: n/a that spreads, a number, a row; test_live_behaviour turns the case cell
KEPT = (
    "a needed input is cleared",
    "an exchange rate moves",
    "a new broker stands in a spare row",
)


@pytest.mark.parametrize("name", long_except(KEPT, KINDS))
def test_a_report_that_was_edited_says_what_python_says(
    name: str, workshop: Workshop, editor: Callable[[str], Editor]
) -> None:
    kind = KINDS[name]
    expected = editor(kind.pack).expected(kind.typed)
    computed = by_place(read_values(recalculated(name, workshop, editor)))
    assert disagreements(expected, computed) == []


def recalculated(name: str, workshop: Workshop, editor: Callable[[str], Editor]) -> Path:
    """The report with one kind of edit, made and recalculated together with some others."""
    number, group = next(
        (number, group)
        for number, group in enumerate(groups(KEPT, KINDS, TOGETHER))
        if name in group
    )
    kinds = [KINDS[one] for one in group]
    edits = [(kind.pack, list(editor(kind.pack).in_file(kind.typed))) for kind in kinds]
    return workshop.edited(f"edits-{number}", edits)[group.index(name)].recalculated


@pytest.mark.parametrize("name", KINDS)
def test_an_edit_moves_what_depends_on_it(name: str, editor: Callable[[str], Editor]) -> None:
    kind = KINDS[name]
    edited = answer(editor(kind.pack).in_question(kind.typed))
    issued = editor(kind.pack).issued
    assert not kind.moves or not agree(dict(by_key(edited))[kind.moves], issued[kind.moves])


def test_a_cleared_input_spreads_as_not_available_and_blocks_the_report(
    editor: Callable[[str], Editor],
) -> None:
    cleared: dict[str, Typed] = {"assumption[probability,base,].issued": None}
    says = dict(by_key(answer(editor("baba").in_question(cleared))))
    missing = ("expected_value", "upside", "omega", "stance.total_return", "stance.buy_below")
    assert [says[key] for key in missing] == [None] * len(missing)
    assert (says["readiness"], says["stance.call"]) == ("blocked", "BLOCKED")
    assert says["base.value"] is not None


@pytest.mark.parametrize(
    ("key", "value", "changed"),
    [
        ("close[2025-11-28].issued", 150.0, 1),
        ("close[2025-11-28].issued", None, 1),
        ("benchmark_close[2025-10-23].issued", 39.0, 1),
        ("eps_ntm[2025-11-28].override", 9.9, 1),
        ("assumption[cost_of_equity,all,].override", 0.12, 0),
    ],
)
def test_a_column_of_a_series_counts_as_changed_where_a_cell_of_it_was(
    key: str, value: float | None, changed: int, editor: Callable[[str], Editor]
) -> None:
    solved = answer(editor("baba").in_question({key: value}))
    assert solved.values[series_changed] == changed
