from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reportgen.errors import ReportgenError
from reportgen.report.readback.workbook import NotAReportError
from reportgen.report.registry.form import ISSUED, LIVE
from reportgen.reviews.records import EditKind, State
from reportgen.reviews.review import review
from reportgen.xlsx.addresses import a1
from reportgen.xlsx.reader.limits import UnreadableFile
from tests.golden.kept import DOCUMENTS, other_lines
from tests.reviews import told
from tests.reviews.told import JEFFERIES, MIZUHO, REVENUE, VISION_PRO
from tests.reviews.typing_in import COST, GROWTH, INPUTS, MULTIPLE, SMALL, TARGET, by_key
from tests.support.edits import Edit, write_over
from tests.support.libreoffice import recalculate
from tests.support.stored_cells import read_cells
from tests.truth.cells import stored_formulas

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.reviews.records import Review
    from tests.reviews.typing_in import Issue

_RECOMPUTED = "when it was saved: all are recomputed here"


def test_an_untouched_file_holds_nothing_to_decide(issue: Issue) -> None:
    found = issue.reviewed(issue.path)
    assert (found.edits, found.workbook, found.notes) == ((), (), ())


def test_a_comment_alone_is_told_of_a_file_saved_by_a_program_that_does_not_calculate(
    small_issue: Issue, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(small_issue.path)
    book["Summary"]["A1"].comment = openpyxl.comments.Comment("too rosy", "J. Poon")
    returned = tmp_path / "comment.xlsx"
    book.save(returned)
    formulas = len(stored_formulas(read_cells(small_issue.path)))
    found = small_issue.reviewed(returned, SMALL)
    assert (found.edits, [change.kind for change in found.workbook]) == ((), ["comment"])
    assert not found.to_decide
    assert found.notes == (f"{formulas:,} computed values were lost {_RECOMPUTED}",)


@pytest.mark.long  # so do the edits that were typed in LibreOffice, in the short form
def test_an_untouched_file_saved_by_libreoffice_holds_nothing(issue: Issue, tmp_path: Path) -> None:
    found = issue.reviewed(recalculate([issue.path], tmp_path / "libreoffice")[issue.path])
    assert (found.edits, found.workbook) == ((), ())
    assert not any("computed values were lost" in note for note in found.notes)


# What the edits of one file are told for: see tests/reviews/told.py
TOLD = {
    GROWTH: (EditKind.OVERRIDE, State.NEW),
    "assumption[growth,base,cloud]": (EditKind.OVERRIDE, State.NEW),
    "assumption[growth,bear,cloud]": (EditKind.OVERRIDE, State.SAME),
    "assumption[eps_growth,base,]": (EditKind.INPUT, State.CONFLICT),
    MULTIPLE: (EditKind.INPUT, State.NEW),
    COST: (EditKind.CLEARED, State.LISTED),
    "assumption[terminal_growth,all,]": (EditKind.NOT_A_NUMBER, State.LISTED),
    VISION_PRO: (EditKind.NOT_A_NUMBER, State.LISTED),
    f"{VISION_PRO}.observed": (EditKind.NOT_A_NUMBER, State.LISTED),
    f"{JEFFERIES}.published": (EditKind.NOT_A_NUMBER, State.LISTED),
    "control[pe_multiple]": (EditKind.CONTROL, State.VIEW),
    "assumption[hype_switch_runup,all,]": (EditKind.CONTROL, State.VIEW),
    "as_of": (EditKind.CONTROL, State.VIEW),
    f"{REVENUE}.source": (EditKind.TEXT, State.LISTED),
    "fx[CNY]": (EditKind.NOTED, State.LISTED),
    "company.launch.date": (EditKind.OVERRIDE, State.NEW),
    "fx[EUR]": (EditKind.OVERRIDE, State.NEW),
    JEFFERIES: (EditKind.OVERRIDE, State.NEW),
    MIZUHO: (EditKind.REPLACED, State.LISTED),
    "target[+1]": (EditKind.ROW, State.NEW),
    "target[+2]": (EditKind.ROW, State.NEW),
    "target[+3]": (EditKind.INCOMPLETE, State.LISTED),
    "product[+2]": (EditKind.INCOMPLETE, State.LISTED),
    "product[+3]": (EditKind.ROW, State.NEW),
    "claim[+3]": (EditKind.INCOMPLETE, State.LISTED),
}


def test_each_edit_is_told_for_what_it_is(edited: Review) -> None:
    found = {key: (edit.kind, edit.state) for key, edit in by_key(edited).items()}
    assert found == TOLD
    assert edited.workbook == ()


def test_a_review_says_what_was_agreed(edited: Review, inputs_of_today: Path) -> None:
    """`python -m tests.golden.prints` writes it anew."""
    for name, text in told.texts(edited, inputs_of_today).items():
        assert not other_lines(DOCUMENTS / name, text)


def test_who_and_why_are_read_from_the_cells_beside_an_override(edited: Review) -> None:
    remark = by_key(edited)[GROWTH].remark
    assert (remark.author, remark.reason) == ("A. Nalyst", "backlog doubled")
    assert str(remark.expires) == "2026-06-30"


def test_a_formula_typed_into_an_input_is_listed_and_moves_nothing(
    issue: Issue, tmp_path: Path
) -> None:
    returned = tmp_path / "formula.xlsx"
    typed = Edit(*issue.spot(f"{GROWTH}.override"), None, "0.3+0.1")
    write_over(issue.path, [typed], returned)
    found = issue.reviewed(returned)
    (edit,) = found.edits
    assert (edit.kind, edit.theirs, edit.state) == (
        EditKind.FORMULA_TYPED,
        "=0.3+0.1",
        State.LISTED,
    )
    assert {effect.accepted_change for effect in found.effects} == {0.0}
    assert {effect.edited_by for effect in found.effects} == {"file"}  # only it knows


@pytest.mark.parametrize("with_issue", [True, False])
def test_a_formula_typed_over_is_a_proposal_that_moves_nothing(
    issue: Issue, tmp_path: Path, *, with_issue: bool
) -> None:
    returned = tmp_path / "hardcoded.xlsx"
    write_over(issue.path, [Edit(*issue.spot("expected_value"), 200.0)], returned)
    outputs = issue.outputs if with_issue else tmp_path / "nowhere"
    found = review(returned, inputs=INPUTS, outputs=outputs)
    (edit,) = found.edits
    assert (edit.key, edit.kind, edit.theirs) == ("expected_value", EditKind.HARDCODED, 200.0)
    effects = {effect.key: effect for effect in found.effects}
    assert {effect.accepted_change for effect in effects.values()} == {0.0}
    assert (effects["expected_value"].edited, effects["expected_value"].edited_by) == (200, "file")


def test_an_input_changed_by_both_is_a_conflict_unless_both_say_the_same(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    returned = issue.typed({f"{MULTIPLE}.issued": 20.0}, tmp_path / "edited.xlsx")
    rows = inputs / "BABA/assumptions.csv"
    before = rows.read_text()
    for ours, state in ((18, State.CONFLICT), (20, State.SAME)):
        rows.write_text(f"{before}2025-11-29,base,,pe_multiple,{ours},x,house,\n")
        edit = by_key(issue.reviewed(returned, inputs))[MULTIPLE]
        assert (edit.state, edit.ours) == (state, float(ours))


def test_effects_are_recomputed_alone_and_together(issue: Issue, tmp_path: Path) -> None:
    cells = {f"{MULTIPLE}.issued": 20.0, **TARGET}
    found = issue.reviewed(issue.typed(cells, tmp_path / "edited.xlsx"))
    edits, together = by_key(found), {effect.key: effect for effect in found.effects}
    assert edits[MULTIPLE].effect["base.value"] == pytest.approx(together["base.value"].change)
    assert edits[MULTIPLE].effect["hype.consensus"] == 0
    moved = together["hype.consensus"].change
    assert moved == pytest.approx(edits["target[+1]"].effect["hype.consensus"])
    assert moved
    assert moved > 0


def test_what_accepting_gives_is_told_apart_from_views_and_what_cannot_be_accepted(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    accepted = {f"{MULTIPLE}.issued": 20.0, f"{GROWTH}.override": 0.4}
    beyond = {
        "control[pe_multiple]": 1.0,
        "assumption[hype_switch_runup,all,].override": 0.0,
        "assumption[growth,base,cloud].issued": None,
    }
    found = issue.reviewed(issue.typed({**accepted, **beyond}, tmp_path / "all.xlsx"), inputs)
    alone = issue.reviewed(issue.typed(accepted, tmp_path / "accepted.xlsx"), inputs)
    for one, only in zip(found.effects, alone.effects, strict=True):
        assert one.accepted == pytest.approx(only.edited)
        assert (only.views, only.listed) == (0, 0)
        if one.edited is not None:
            parts = (one.accepted_change, one.listed, one.views)
            assert one.change == pytest.approx(sum(part or 0 for part in parts))
    effects = {effect.key: effect for effect in found.effects}
    assert effects["bull.value"].views
    moved = {bridge.output: bridge.bars for bridge in found.bridges}
    assert [bar.player for bar in moved["bull.value"] if bar.family == "edit"] == [GROWTH]
    shares = sum(bar.amount for bar in moved["expected_value"] if bar.family == "edit")
    assert shares == pytest.approx(effects["expected_value"].accepted_change)


def test_a_file_without_registry_is_compared_two_way_and_said_so(
    small_issue: Issue, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(small_issue.path)
    del book["Registry"]
    stripped = tmp_path / "stripped.xlsx"
    book.save(stripped)
    with pytest.raises(NotAReportError, match="has no Registry"):
        small_issue.reviewed(stripped, SMALL)
    outputs, issued = small_issue.outputs, small_issue.path
    found = review(stripped, inputs=SMALL, outputs=outputs, issued=issued)
    assert "two-way" in found.notes[0]
    assert "sheet removed" in {change.kind for change in found.workbook}


def in_registry(issue: Issue, key: str, column: int) -> tuple[str, str]:
    """Tab and address of what the Registry says of a key."""
    cells = issue.report.tabs["registry"].cells
    row = next(row for (row, col), cell in cells.items() if col == 0 and cell.value == key)
    return "Registry", a1(row, column)


def test_values_at_issue_that_were_tampered_with_are_refused(issue: Issue, tmp_path: Path) -> None:
    returned = tmp_path / "tampered.xlsx"
    tampered = Edit(*in_registry(issue, f"{GROWTH}.issued", ISSUED), 0.9)
    write_over(issue.path, [tampered], returned)
    with pytest.raises(ReportgenError, match="values at issue are not those"):
        issue.reviewed(returned)


def test_a_damaged_file_is_refused(issue: Issue, tmp_path: Path) -> None:
    returned = tmp_path / "cut.xlsx"
    returned.write_bytes(issue.path.read_bytes()[:50_000])
    with pytest.raises(UnreadableFile):
        issue.reviewed(returned)


def test_without_a_pack_of_the_company_conflicts_are_said_to_be_unknown(
    issue: Issue, tmp_path: Path
) -> None:
    returned = issue.typed({f"{GROWTH}.override": 0.4}, tmp_path / "edited.xlsx")
    elsewhere = tmp_path / "inputs"
    shutil.copytree(INPUTS / "market", elsewhere / "market")
    found = issue.reviewed(returned, elsewhere)
    assert by_key(found)[GROWTH].state is State.NEW
    assert any("conflicts were not looked for" in note for note in found.notes)


def test_the_shares_of_the_edits_add_up_to_what_all_do_together(
    issue: Issue, tmp_path: Path
) -> None:
    cells = {f"{GROWTH}.override": 0.4, "assumption[multiple,bull,cloud].issued": 9.0, **TARGET}
    found = issue.reviewed(issue.typed(cells, tmp_path / "edited.xlsx"))
    change = {effect.key: effect.change for effect in found.effects}
    moved = {bridge.output: bridge for bridge in found.bridges}
    assert {"bull.value", "expected_value", "hype.consensus"} <= set(moved)
    for output, bridge in moved.items():
        assert sum(bar.amount for bar in bridge.bars) == pytest.approx(change[output], rel=1e-9)
    shares = {bar.player: bar.amount for bar in moved["bull.value"].bars}
    alone = {key: edit.effect["bull.value"] for key, edit in by_key(found).items()}
    # growth and multiple multiply: each has half of what only both together give
    both = change["bull.value"]
    assert both is not None
    beyond = both - sum(amount or 0 for amount in alone.values())
    for key, share in shares.items():
        assert share == pytest.approx((alone[key] or 0) + beyond / 2, rel=1e-6)


def test_inputs_whose_tab_was_removed_are_one_thing_to_decide(
    small_issue: Issue, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(small_issue.path)
    del book["Growth"]
    returned = tmp_path / "without.xlsx"
    book.save(returned)
    found = small_issue.reviewed(returned, SMALL)
    assert [edit.kind for edit in found.to_decide] == [EditKind.GONE]
    assert found.effects == ()


def test_a_registry_that_leads_everywhere_is_refused(issue: Issue, tmp_path: Path) -> None:
    returned = tmp_path / "everywhere.xlsx"
    link = in_registry(issue, f"{GROWTH}.override", LIVE)
    write_over(issue.path, [Edit(*link, None, "ROWS(Inputs!A1:XFD1048576)")], returned)
    with pytest.raises(ReportgenError, match="links lead to 17,"):
        issue.reviewed(returned)
