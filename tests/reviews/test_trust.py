"""Nothing that a returned file says of itself is believed: the issued file says what was issued."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.report.registry.form import ISSUED, LIVE
from reportgen.reviews.acceptance import ALL, Decision
from reportgen.reviews.records import EditKind, Remark, State
from reportgen.reviews.review import review
from reportgen.reviews.session import look, settle
from reportgen.xlsx.addresses import a1
from tests.cli.running import run
from tests.reviews.typing_in import AS_OF, COST, GROWTH, TARGET, by_key
from tests.support.edits import Edit, write_over

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reviews.typing_in import Issue

EVERYTHING = Decision(accept=frozenset({ALL}))
POON = Remark("J. Poon")


def registry(
    issue: Issue, key: str, column: int, value: float | str | None, formula: str = ""
) -> Edit:
    """What is typed over a cell of the row of a key in the Registry."""
    cells = issue.report.tabs["registry"].cells
    row = next(row for (row, col), cell in cells.items() if col == 0 and cell.value == key)
    return Edit("Registry", a1(row, column), value, formula)


@pytest.fixture(scope="module")
def typed(issue: Issue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("typed")
    return issue.typed({f"{GROWTH}.override": 0.4}, folder / "typed.xlsx")


def test_company_and_day_are_those_of_the_issued_file(
    issue: Issue, typed: Path, inputs: Path, tmp_path: Path
) -> None:
    returned = tmp_path / "returned.xlsx"
    forged = [
        registry(issue, "report.ticker", ISSUED, "6799"),
        registry(issue, "report.as_of", ISSUED, 45_000.0),
        registry(issue, "report.model_hash", ISSUED, "0" * 64),
    ]
    write_over(typed, forged, returned)
    found = issue.reviewed(returned, inputs)
    assert (found.ticker, found.as_of, found.is_verified) == ("BABA", AS_OF, True)
    assert any("it was issued for BABA as of 2025-11-30" in note for note in found.notes)
    (file,) = settle(found, EVERYTHING, POON, inputs).files
    assert file.path.parent.name == "BABA"
    assert file.lines[0].startswith("2025-11-30,")


def test_values_at_issue_are_held_to_the_issued_file_whatever_method_is_claimed(
    issue: Issue, typed: Path, tmp_path: Path
) -> None:
    returned = tmp_path / "returned.xlsx"
    forged = [
        registry(issue, f"{COST}.issued", ISSUED, 0.2),
        registry(issue, "report.model_hash", ISSUED, "0" * 64),
    ]
    write_over(typed, forged, returned)
    with pytest.raises(ReportgenError, match="values at issue are not those"):
        issue.reviewed(returned)


def test_a_link_that_was_moved_accepts_no_other_cell(
    issue: Issue, typed: Path, inputs: Path, tmp_path: Path
) -> None:
    sheet, at = issue.spot(f"{GROWTH}.override")
    returned = tmp_path / "returned.xlsx"
    moved = registry(issue, f"{COST}.override", LIVE, 0.4, f"{sheet}!{at}")
    write_over(typed, [moved], returned)
    found = issue.reviewed(returned, inputs)
    assert {edit.key for edit in found.edits if edit.can_be_accepted} == {GROWTH}
    assert any("leads to another cell" in note for note in found.notes)


def test_without_the_issued_file_nothing_is_accepted_unless_somebody_answers_for_it(
    typed: Path, inputs: Path, tmp_path: Path
) -> None:
    found = review(typed, inputs=inputs, outputs=tmp_path)
    assert not found.is_verified
    assert any("not verified" in note for note in found.notes)
    assert "--issued" in look(found, POON, inputs).why_not
    with pytest.raises(ReportgenError, match="--unverified"):
        settle(found, EVERYTHING, POON, inputs)
    assert not (inputs / "BABA/overrides.csv").exists()
    named = review(typed, inputs=inputs, outputs=tmp_path, ticker="BABA", as_of=date(2025, 12, 1))
    (file,) = settle(named, EVERYTHING, POON, inputs).files
    assert file.lines[0].startswith("2025-12-01,")
    assert "unverified" in file.lines[0]


def test_each_row_that_is_taken_unverified_says_so(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    returned = issue.typed(TARGET, tmp_path / "returned.xlsx")
    options = (
        "--inputs",
        inputs,
        "--outputs",
        tmp_path / "none",
        "--accept",
        "--author",
        "J. Poon",
    )
    assert run("review", returned, *options).exit_code == 2
    assert run("review", returned, *options, "--unverified").exit_code == 2
    said = run(
        "review", returned, *options, "--unverified", "--ticker", "BABA", "--as-of", "2025-11-30"
    )
    assert said.exit_code == 0
    assert (inputs / "BABA/targets.csv").read_text().splitlines()[-1].endswith("-unverified")
    assert "unverified: from a returned file" in (inputs / "BABA/sources.csv").read_text()


def test_the_issued_file_is_found_by_its_snapshot_wherever_it_lies_in_the_outputs(
    issue: Issue, typed: Path, inputs: Path, tmp_path: Path
) -> None:
    there = tmp_path / "outputs/ELSE/2025-11-30/ELSE-2025-11-30.xlsx"
    there.parent.mkdir(parents=True)
    shutil.copy(issue.path, there)
    assert review(typed, inputs=inputs, outputs=tmp_path / "outputs").issued_file == there


def test_a_file_that_was_edited_itself_is_not_the_issued_one(
    issue: Issue, typed: Path, inputs: Path, tmp_path: Path
) -> None:
    edited = issue.typed({f"{COST}.override": 0.09}, tmp_path / "edited.xlsx")
    with pytest.raises(ReportgenError, match="was edited itself"):
        review(typed, inputs=inputs, outputs=tmp_path, issued=edited)


def test_an_issued_file_that_cannot_be_read_is_a_check_that_is_missing(
    issue: Issue, typed: Path, inputs: Path, tmp_path: Path
) -> None:
    there = tmp_path / "outputs/BABA/2025-11-30/BABA-2025-11-30.xlsx"
    there.parent.mkdir(parents=True)
    there.write_bytes(issue.path.read_bytes()[:50_000])
    said = run("review", typed, "--inputs", inputs, "--outputs", tmp_path / "outputs")
    assert said.exit_code == 2
    assert "Missing: " in said.output
    assert GROWTH in said.output


def test_a_name_that_a_spreadsheet_would_run_comes_home_as_text(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    name = "=cmd|' /C calc'!A0"
    cells = {**TARGET, "target[+1].broker": name, "target[+1].source": "@Poon's note"}
    found = issue.reviewed(issue.typed(cells, tmp_path / "returned.xlsx"), inputs)
    settle(found, EVERYTHING, POON, inputs)
    assert f"'{name}" in (inputs / "BABA/targets.csv").read_text()
    assert "'@Poon's note" in (inputs / "BABA/sources.csv").read_text()
    again = by_key(issue.reviewed(tmp_path / "returned.xlsx", inputs))["target[+1]"]
    assert (again.kind, again.state) == (EditKind.ROW, State.SAME)


def test_a_file_whose_days_count_from_1904_is_refused_by_name(issue: Issue, tmp_path: Path) -> None:
    returned = tmp_path / "returned.xlsx"
    with zipfile.ZipFile(issue.path) as package, zipfile.ZipFile(returned, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            if name == "xl/workbook.xml":
                part = part.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
            copy.writestr(name, part)
    with pytest.raises(ReportgenError, match="counts its days from 1904"):
        issue.reviewed(returned)


def test_an_issued_file_in_the_outputs_that_was_edited_is_told_and_not_believed(
    issue: Issue, typed: Path, inputs: Path, tmp_path: Path
) -> None:
    there = tmp_path / "outputs/BABA/2025-11-30/BABA-2025-11-30.xlsx"
    there.parent.mkdir(parents=True)
    issue.typed({f"{COST}.override": 0.09}, there)
    found = review(typed, inputs=inputs, outputs=tmp_path / "outputs")
    assert not found.is_verified
    assert any("was edited itself" in note for note in found.notes)
