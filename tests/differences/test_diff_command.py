"""`reportgen diff` as people and scripts run it: on two reports, on other workbooks, on trouble."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reportgen.differences import ends, files
from reportgen.differences.files import diff
from reportgen.differences.forms.comparison import MOVED, Asked, Diff, compare, concerns
from reportgen.differences.records import ReportDiff
from reportgen.report.readback.workbook import open_report
from reportgen.resources import report_path
from reportgen.runs.drafts import build
from reportgen.xlsx.addresses import a1
from reportgen.xlsx.reader.process import Reading
from tests.cli.running import INPUTS, run
from tests.support import tools
from tests.support.edits import Edit, write_cached

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = Path(sys.executable).with_name("reportgen")
OCTOBER, NOVEMBER = "2025-10-31", "2025-11-30"
VALUES = ("bear.value", "base.value", "bull.value", "expected_value", "hype.value")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    for day in (OCTOBER, NOVEMBER):
        built = run("build", "BABA", "--as-of", day, "--inputs", INPUTS, "--outputs", folder)
        assert built.exit_code == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def october(outputs: Path) -> Path:
    return report_path(outputs, "BABA", date(2025, 10, 31))


@pytest.fixture(scope="module")
def november(outputs: Path) -> Path:
    return report_path(outputs, "BABA", date(2025, 11, 30))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two months of a small pack, for what compares every cell."""
    folder, inputs = tmp_path_factory.mktemp("small"), INPUTS.parent / "tests/packs/tokyo/inputs"
    days = (date.fromisoformat(day) for day in (OCTOBER, NOVEMBER))
    old, new = (build("6799", as_of=day, inputs=inputs, outputs=folder).path for day in days)
    return old, new


@pytest.fixture(scope="module")
def resaved(small: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report as a program saves it that does not calculate, and so loses its values."""
    path = tmp_path_factory.mktemp("resaved") / "resaved.xlsx"
    openpyxl.load_workbook(small[1]).save(path)
    return path


@pytest.fixture
def books(tmp_path: Path) -> Callable[[float, str], Path]:
    """Small workbooks that are no reports, by the value typed and the formula beside it."""

    def made(value: float, formula: str) -> Path:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet["A1"], sheet["B1"] = value, formula
        sheet["C1"].font = openpyxl.styles.Font(bold=True)  # a cell with a look and no value
        path = tmp_path / f"{value:g}{len(formula)}.xlsx"
        book.save(path)
        return path

    return made


def test_two_days_of_a_ticker_are_the_two_files(
    outputs: Path, october: Path, november: Path
) -> None:
    by_day = run("diff", "BABA", OCTOBER, NOVEMBER, "--outputs", outputs)
    by_file = run("diff", october, november)
    assert by_day.exit_code == by_file.exit_code == 1
    assert by_day.stdout == by_file.stdout
    assert by_day.stdout.startswith(f"BABA: {OCTOBER} to {NOVEMBER}\n")


@pytest.fixture(scope="module")
def alone(october: Path, november: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both reports, and nothing beside them."""
    folder = tmp_path_factory.mktemp("alone")
    for report in (october, november):
        shutil.copy(report, folder)
    return folder


def told(old: Path, new: Path) -> str:
    """All that a diff says, wherever the files lie."""
    said = run("diff", old, new, "--format", "json").stdout
    return said.replace(f"{old.parent}/", "").replace(f"{new.parent}/", "")


def test_reports_as_issued_are_told_like_their_cells_without_being_opened(
    october: Path, november: Path, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_cells = told(alone / october.name, alone / november.name)
    assert told(october, alone / november.name) == of_cells  # one is read, the other is not
    monkeypatch.setattr(files, "Reading", None)
    assert told(october, november) == of_cells


def test_reports_as_issued_by_another_model_are_opened(
    october: Path, november: Path, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends, "model_hash", lambda: "another")
    monkeypatch.setattr(ends, "issued_case", None)
    assert told(october, november) == told(alone / october.name, alone / november.name)


def test_every_headline_value_is_bridged_to_the_cent(october: Path, november: Path) -> None:
    found = json.loads(run("diff", october, november, "--format", "json").stdout)
    bridges = {bridge["output"]: bridge for bridge in found["bridges"]}
    assert set(VALUES) <= set(bridges)
    for bridge in bridges.values():
        explained = math.fsum(bar["amount"] for bar in bridge["bars"])
        assert explained == pytest.approx(bridge["new"] - bridge["old"], abs=1e-9)
    assert found["unreproduced"] == []


def test_the_example_of_the_documents_is_what_the_command_says(
    october: Path, november: Path
) -> None:
    page = (tools.REPOSITORY / "docs/diff.md").read_text(encoding="utf-8")
    shown = [line for line in page.splitlines() if line.endswith(("share", "0-100", "mentals"))]
    said = run("diff", october, november).stdout.splitlines()
    assert len(shown) == 10
    assert set(shown) <= set(said)


def test_a_file_and_itself_are_the_same(october: Path) -> None:
    same = run("diff", october, october)
    assert same.exit_code == 0
    assert "say the same" in same.stdout


@pytest.mark.parametrize(
    ("what", "differs"),
    [("any", True), ("input", True), ("output", True), ("formula", False), ("never", False)],
)
def test_other_months_differ_in_inputs_and_outputs_but_in_no_formula(
    what: str, *, differs: bool, small: tuple[Path, Path]
) -> None:
    assert concerns(compared(*small), what) == differs


@lru_cache
def compared(old: Path, new: Path) -> Diff:
    """The months once for all, with everything."""
    with Reading(old) as one, Reading(new) as two:
        return compare(one, two, Asked(everything=True))


def test_a_formula_of_another_workbook_is_told_from_a_value(
    books: Callable[[float, str], Path],
) -> None:
    old, new = books(1.0, "=A1+1"), books(1.0, "=A1+2.5")
    assert run("diff", old, new, "-q", "--fail-on", "input").exit_code == 0
    asked = run("diff", old, new, "--fail-on", "formula")
    assert asked.exit_code == 1
    assert "formula  Sheet  B1     =A1+1  =A1+2.5" in asked.stdout
    assert "has no Registry" in asked.stdout


def test_all_adds_every_number_and_the_cells_no_key_tells_of(small: tuple[Path, Path]) -> None:
    diff = compared(*small)
    assert isinstance(diff, ReportDiff)
    assert {"own_pe", "base.sotp_today"} <= {number.key for number in diff.numbers}
    assert {change.kind for change in diff.workbook}.isdisjoint(MOVED)
    assert "x row inserted" in diff.notes[-1]


def test_the_name_of_the_output_says_its_form(
    tmp_path: Path, books: Callable[[float, str], Path]
) -> None:
    old, new = books(1.0, "=A1+1"), books(1.0, "=A1+2.5")
    begins = {"json": b"{", "md": b"# ", "html": b"<!doctype html>", "xlsx": b"PK", "txt": b""}
    for suffix, begin in begins.items():
        first, second = tmp_path / f"1.{suffix}", tmp_path / f"2.{suffix}"
        for path in (first, second):
            asked = run("diff", old, new, "-q", "--output", path)
            assert (asked.exit_code, asked.output) == (1, "")
        assert first.read_bytes() == second.read_bytes()
        assert first.read_bytes().startswith(begin)
        assert first.stat().st_size > 200


def test_a_form_that_was_asked_for_goes_under_any_name_that_says_no_other(
    tmp_path: Path, books: Callable[[float, str], Path]
) -> None:
    old, new = books(1.0, "=A1+1"), books(1.0, "=A1+2.5")
    for form, name, begin in (("md", "x.foo", b"# "), ("terminal", "x.txt", b"1")):
        asked = run("diff", old, new, "--format", form, "--output", tmp_path / name)
        assert (asked.exit_code, asked.output) == (1, "")
        assert (tmp_path / name).read_bytes().startswith(begin)


def test_a_report_that_somebody_changed_is_unreproduced(october: Path, tmp_path: Path) -> None:
    sheet, address = _cell_of(october, "base.value")
    changed = tmp_path / "changed.xlsx"
    write_cached(october, Edit(sheet, address, 200.0), changed)
    asked = run("diff", october, changed)
    assert asked.exit_code == 2
    assert "Unreproduced" in asked.stdout
    assert "200.00" in asked.stdout


def _cell_of(report: Path, key: str) -> tuple[str, str]:
    """The tab and the address that the Registry gives for a key."""
    place = open_report(report).listed[key].place
    assert place is not None
    return place.sheet, a1(place.first_row, place.first_col)


@pytest.mark.parametrize(
    ("what", "differs"),
    [("any", True), ("formula", True), ("input", False), ("output", False), ("never", False)],
)
def test_a_report_whose_values_a_program_lost_differs_in_no_input_and_no_output(
    what: str, *, differs: bool, small: tuple[Path, Path], resaved: Path
) -> None:
    assert concerns(asked_for(small[1], resaved, cells=what == "formula"), what) == differs


@lru_cache
def asked_for(old: Path, new: Path, *, cells: bool) -> Diff:
    """What the command asks for: the cells only where a formula may decide."""
    return diff(old, new, cells=cells)


def test_a_report_whose_values_a_program_lost_is_recomputed_and_not_blamed(
    small: tuple[Path, Path], resaved: Path
) -> None:
    asked = run("diff", small[1], resaved, "--fail-on", "formula")
    assert asked.exit_code == 1
    assert "A program that does not calculate saved resaved.xlsx" in asked.stdout
    assert "Unreproduced" not in asked.stdout
    assert "Checks that turned" not in asked.stdout


@pytest.mark.parametrize(("is_changed", "status"), [(False, 1), (True, 2)])
def test_a_fresh_process_knows_the_model_that_made_a_report(
    october: Path, november: Path, tmp_path: Path, *, is_changed: bool, status: int
) -> None:
    shown = tmp_path / "shown.xlsx"
    if is_changed:
        write_cached(november, Edit(*_cell_of(november, "base.value"), 200.0), shown)
    else:
        shutil.copy(november, shown)
    asked = subprocess.run(  # noqa: S603 - our own program
        [PROGRAM, "diff", october, shown], capture_output=True, text=True, check=False
    )
    assert asked.returncode == status
    assert "another version of the model" not in asked.stdout
    assert ("Unreproduced" in asked.stdout) == is_changed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("diff", "BABA"), "give two files"),
        (("diff", "BABA", "2025-10-31"), "no such file"),
        (("diff", "BABA", "2025-10-32", "2025-11-30"), "is not a day"),
        (("diff", "BABA", "2019-10-31", "2025-11-30"), "reportgen build BABA --as-of 2019-10-31"),
        (("diff", "a", "b", "c", "d"), "give two files"),
        (("diff", "no.xlsx", "nor.xlsx"), "no.xlsx"),
        (("diff", "a.xlsx", "b.xlsx", "--format", "xlsx"), "--output"),
        (("diff", "a.xlsx", "b.xlsx", "--format", "md", "--output", "x.json"), "does not go with"),
        (("diff", "a.xlsx", "b.xlsx", "--output", "x.foo"), ".txt, .json, .md, .html"),
        (("diff", "a.xlsx", "b.xlsx", "--output", "x"), "or say --format"),
        (("diff", "a.xlsx", "b.xlsx", "--output", "no/such/x.md"), "no/such: there is no such fol"),
        (("diff", "a.xlsx", "b.xlsx", "--order", "price"), "--method sequential"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_trouble_is_told_with_a_remedy(arguments: tuple[str, ...], words: str) -> None:
    asked = run(*arguments)
    assert asked.exit_code == 2
    assert words in asked.stderr
    assert "Traceback" not in asked.output


def test_a_file_that_is_no_workbook_is_trouble(october: Path, tmp_path: Path) -> None:
    text = tmp_path / "notes.xlsx"
    text.write_text("a,b\n1,2\n", encoding="utf-8")
    asked = run("diff", october, text)
    assert asked.exit_code == 2
    assert "plain text" in asked.stderr


def test_sequential_bars_show_their_range_over_orders(october: Path, november: Path) -> None:
    asked = run("diff", october, november, "--method", "sequential", "--order", "FX,price")
    assert asked.exit_code == 1
    assert "range over orders" in asked.stdout


def test_git_shows_reports_line_by_line(october: Path, november: Path, tmp_path: Path) -> None:
    git = tools.require("git")

    def call(*arguments: str) -> str:
        settings = ("-c", "user.name=a", "-c", "user.email=a@b.test", "-c", "commit.gpgsign=false")
        return subprocess.run(  # noqa: S603 - git, in a folder of our own
            [git, *settings, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout

    call("init", "-q", ".")
    (tmp_path / ".gitattributes").write_text("*.xlsx diff=reportgen\n", encoding="utf-8")
    call("config", "diff.reportgen.textconv", f"'{PROGRAM}' textconv")
    shutil.copy(october, tmp_path / "BABA.xlsx")
    call("add", ".")
    call("commit", "-q", "-m", "October")
    shutil.copy(november, tmp_path / "BABA.xlsx")
    shown = call("diff").splitlines()
    assert "-as_of = 2025-10-31" in shown
    assert "+as_of = 2025-11-30" in shown
    assert any(line.startswith("-base.value = 168.") for line in shown)
    assert any(line.startswith("+base.value = 151.") for line in shown)
    assert "-check[Bull multiple not below today's own P/E] = OK" in shown
    assert not any("Binary files" in line for line in shown)


def test_textconv_prints_what_a_report_says_and_rests_on(october: Path) -> None:
    short = run("textconv", october).stdout.splitlines()
    full = run("textconv", "--all", october).stdout.splitlines()
    keys = [line.partition(" = ")[0] for line in short]
    assert {"report.model_hash", "bear.value", "assumption[growth,base,cloud]"} <= set(keys)
    assert "check[Price is known] = OK" in short
    assert any(key.startswith("argument[") for key in keys)
    assert not any(".override" in key or key.startswith("last_month.") for key in keys)
    assert len(full) > 10 * len(short)


def test_textconv_prints_the_cells_of_other_workbooks(
    books: Callable[[float, str], Path],
) -> None:
    asked = run("textconv", books(1.5, "=A1+1"))
    assert asked.stdout.splitlines() == ["Sheet!A1 = 1.5", "Sheet!B1 = [=A1+1]"]


def test_textconv_tells_a_text_from_the_number_it_looks_like(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ([86, "86"], [True, "yes"], ["plain text", "=A1"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    assert run("textconv", tmp_path / "a.xlsx").stdout.splitlines() == [
        "Sheet!A1 = 86",
        'Sheet!B1 = "86"',
        "Sheet!A2 = yes",
        'Sheet!B2 = "yes"',
        "Sheet!A3 = plain text",
        "Sheet!B3 = [=A1]",
    ]


NOTE = '<row r="900"><c r="B900" t="inlineStr"><is><t>a remark</t></is></c></row></sheetData>'


def test_what_was_added_beside_all_that_has_a_key_is_told(
    small: tuple[Path, Path], tmp_path: Path
) -> None:
    november = small[1]
    edited = tmp_path / "edited.xlsx"
    with zipfile.ZipFile(november) as package, zipfile.ZipFile(edited, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", NOTE.encode())
            copy.writestr(name, part)
        copy.writestr("xl/vbaProject.bin", b"macros")
    asked = run("diff", november, edited)
    assert asked.exit_code == 1
    assert "In edited.xlsx: contains macros, which were not run." in asked.stdout
    told = [line.split() for line in asked.stdout.splitlines() if "remark" in line]
    assert told == [["input", "Summary", "B900", "a", "remark"]]
    reviewed = run("review", edited, "--issued", november)
    assert f"{edited} contains macros, which were not run" in reviewed.stdout
    assert "file = contains macros, which were not run" in run("textconv", edited).stdout


def test_textconv_tells_in_a_line_what_it_cannot_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    asked = run("textconv", broken)
    assert asked.exit_code == 0
    assert asked.stdout.startswith("not readable: ")
    assert len(asked.stdout.splitlines()) == 1
