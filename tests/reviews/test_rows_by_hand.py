"""Rows that an analyst sorts, inserts, deletes or changes in a program that adjusts formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.reviews.acceptance import ALL, Decision
from reportgen.reviews.current_inputs import read_ours
from reportgen.reviews.records import EditKind, Remark, State
from reportgen.reviews.session import settle
from reportgen.runs.drafts import build
from tests.reviews.typing_in import AS_OF, by_key
from tests.support.hands import Job, Step, edit_in_libreoffice
from tests.support.stored_cells import read_cells

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.reviews.typing_in import Issue

EVERYTHING = Decision(accept=frozenset({ALL}))
POON = Remark("J. Poon")
MIZUHO = "target[Mizuho,listed,2025-10-24]"
NEW = {"broker": "Harbour & Co", "published": "2025-11-24", "issued": "230", "currency": "USD"}


@pytest.fixture(scope="module")
def by_hand(
    issue: Issue, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, tuple[Path, str]]:
    """The workbooks by what was done in LibreOffice, and the row of Mizuho as a person counts."""
    folder = tmp_path_factory.mktemp("hands")
    tab, first = issue.spot("target[Street average,listed,2025-07-28].broker")
    last = issue.spot("target[Macquarie,ordinary,2025-11-26].source")[1]
    row = issue.spot(f"{MIZUHO}.broker")[1].lstrip("ABCDEFGHIJ")
    columns = {name: issue.spot(f"target[+1].{name}")[1].rstrip("0123456789") for name in NEW}
    steps = {
        "sorted": [Step("sort", tab, f"{first}:{last}", "1")],
        "inserted": [
            Step("insert row", tab, row),
            *(Step("type", tab, f"{columns[name]}{row}", typed) for name, typed in NEW.items()),
        ],
        "deleted": [Step("delete row", tab, row)],
        "pasted": [Step("type", *issue.spot(key), "1000") for key in segment_values(issue)],
    }
    jobs = [Job(issue.path, done, folder / f"{name}.xlsx") for name, done in steps.items()]
    edit_in_libreoffice(jobs)
    return {name: (folder / f"{name}.xlsx", row) for name in steps}


def segment_values(issue: Issue) -> list[str]:
    """The keys of the values of the segments in two cases, all computed."""
    starts = ("bear.segment_value[", "base.segment_value[")
    return [key for key in issue.report.listed if key.startswith(starts)]


def test_sorted_rows_are_no_new_figures_and_no_new_formulas(
    issue: Issue, by_hand: Mapping[str, tuple[Path, str]]
) -> None:
    returned, _ = by_hand["sorted"]
    tab, first = issue.spot("target[Street average,listed,2025-07-28].broker")
    assert read_cells(returned)[tab][first].value == "Bank of America"
    found = issue.reviewed(returned)
    assert [(edit.key, edit.kind, edit.state) for edit in found.edits] == [
        ("rows[target]", EditKind.SORTED, State.VIEW)
    ]
    assert (found.effects, found.workbook) == ((), ())


def test_a_row_typed_into_an_inserted_row_comes_home_as_one_of_a_spare_row_does(
    issue: Issue, inputs: Path, by_hand: Mapping[str, tuple[Path, str]]
) -> None:
    returned, row = by_hand["inserted"]
    found = issue.reviewed(returned, inputs)
    (edit,) = found.edits
    assert (edit.key, edit.kind, edit.state) == (f"target[row{row}]", EditKind.ROW, State.NEW)
    effects = {effect.key: effect for effect in found.effects}
    settle(found, EVERYTHING, POON, inputs)
    targets = read_ours("BABA", AS_OF, inputs).rows.targets
    assert [one.target for one in targets if one.broker == "Harbour & Co"] == [230.0]
    rebuilt = build("BABA", as_of=AS_OF, inputs=inputs, outputs=inputs.parent / "outputs")
    for key, effect in effects.items():
        assert effect.accepted == pytest.approx(rebuilt.values[key], rel=1e-9)
    assert effects["hype.consensus"].accepted_change
    # without copied formulas the row does not count in the file, and the file says so itself
    consensus = effects["hype.consensus"]
    assert (consensus.edited, consensus.edited_by) == (pytest.approx(consensus.issued), "file")
    assert {one.state for one in issue.reviewed(returned, inputs).edits} == {State.SAME}


def test_a_deleted_row_is_told_with_what_it_does_and_what_hung_on_it_is_one_line(
    issue: Issue, by_hand: Mapping[str, tuple[Path, str]]
) -> None:
    found = issue.reviewed(by_hand["deleted"][0])
    edit = by_key(found)[MIZUHO]
    assert (edit.kind, edit.state) == (EditKind.REMOVED, State.LISTED)
    assert "2025-10-24,Mizuho" in edit.note
    assert edit.effect["hype.consensus"]
    assert [one.key for one in found.edits] == [MIZUHO, "formulas[lost]"]
    effects = {effect.key: effect for effect in found.effects}
    assert effects["hype.value"].edited == pytest.approx(
        (effects["hype.value"].issued or 0) + (edit.effect["hype.value"] or 0), rel=1e-9
    )


def test_a_changed_day_or_currency_says_how_the_row_would_read(
    issue: Issue, tmp_path: Path
) -> None:
    typed = {f"{MIZUHO}.published": 45957.0, f"{MIZUHO}.currency": "HKD"}
    edits = by_key(issue.reviewed(issue.typed(typed, tmp_path / "changed.xlsx")))
    for name in ("published", "currency"):
        edit = edits[f"{MIZUHO}.{name}"]
        assert (edit.kind, edit.state) == (EditKind.TEXT, State.LISTED)
        assert "targets.csv" in edit.note
        assert "2025-10-27,Mizuho,195,HKD" in edit.note


def test_many_formulas_typed_over_are_one_line_with_its_parts(
    issue: Issue, by_hand: Mapping[str, tuple[Path, str]]
) -> None:
    found = issue.reviewed(by_hand["pasted"][0])
    (edit,) = found.edits
    assert (edit.kind, len(edit.parts)) == (EditKind.HARDCODED, len(segment_values(issue)))
    assert "formulas pasted as values" in edit.label
    effects = {effect.key: effect for effect in found.effects}
    assert effects["bear.value"].edited != effects["bear.value"].issued
    assert {effect.edited_by for effect in found.effects} == {"file"}
