"""Beside reports: pages, diffs and PDFs of a run, of the revision that counts and of no other."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen import ReportgenError, RunRequest, run
from reportgen.runs.companions import (
    NAME,
    Issued,
    drop_companions,
    is_of,
    issued_report,
    month_before,
    store_companion,
    write_diff,
)
from reportgen.runs.journal import find_run
from reportgen.runs.lanes import TooLongError
from tests.runs.companies import AS_OF, append, files, inputs_of
from tests.runs.dying import one_by_one
from tests.runs.index.cases import store
from tests.runs.records import manifest
from tests.support.tools import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportgen.runs.company import Result, Task

UNCHANGED = "unchanged: no file of its inputs changed"
PRINTS = 'printf "%%PDF- %%%%EOF" > "${one%.xlsx}.pdf"'


def at_alfa(does: str) -> str:
    """A printer that prints all but ALFA, with which it does something else."""
    return f'for one; do case "$one" in *ALFA*) {does};; *.xlsx) {PRINTS};; esac; done'


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No workers: what they are for, tests of their own show."""
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", one_by_one)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs and outputs: ALFA was issued in October and November, BETA in November."""
    place = tmp_path_factory.mktemp("issued")
    inputs = inputs_of(place, "ALFA", "BETA")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("reportgen.runs.batch.in_lanes", one_by_one)
        told(inputs, as_of="2025-10-31")
        told(inputs, tickers=())
    return place


@pytest.fixture
def inputs(issued: Path, tmp_path: Path) -> Path:
    shutil.copytree(issued, tmp_path, dirs_exist_ok=True)
    return tmp_path / "inputs"


@pytest.fixture
def folder(inputs: Path) -> Path:
    """Where the report of ALFA stands."""
    return inputs.parent / "outputs/ALFA" / AS_OF


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a program pretends to be LibreOffice; `log` there has a line a start."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    behave(programs, at_alfa(PRINTS))
    return programs


def behave(programs: Path, script: str) -> None:
    program = programs / "soffice"
    program.write_text(f'#!/bin/sh\necho "$@" >> {programs}/log\n{script}\n')
    program.chmod(0o755)


def told(inputs: Path, **options: object) -> list[tuple[str, str, str]]:
    """What a run says: ticker, status and reason of each report."""
    asked: dict[str, object] = {"as_of": AS_OF, "tickers": ("ALFA",)}
    asked |= {"outputs": str(inputs.parent / "outputs")}
    ran = run(RunRequest(inputs=str(inputs), **asked | options))  # type: ignore[arg-type]  # as named
    return [(one.ticker, one.status, one.reason) for one in ran.results]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_pages_and_diffs_come_beside_reports_and_the_index_leads_to_them(
    inputs: Path, folder: Path
) -> None:
    told(inputs, as_of="", months="2025-10:2025-11", pages=True)
    october = folder.with_name("2025-10-31")
    assert {name for name in names(october) if "html" in name} == {"ALFA-2025-10-31.html"}
    assert {f"ALFA-{AS_OF}.html", f"ALFA-{AS_OF}-diff.html", NAME} <= names(folder)
    index = (inputs.parent / f"outputs/index-{AS_OF}.html").read_text()
    assert f'href="ALFA/{AS_OF}/ALFA-{AS_OF}.html"' in index
    assert f'href="ALFA/{AS_OF}/ALFA-{AS_OF}-diff.html"' in index
    before = files(inputs.parent / "outputs")
    assert told(inputs, pages=True) == [("ALFA", "skipped", UNCHANGED)]
    assert files(inputs.parent / "outputs") == before


def test_a_report_that_was_skipped_gets_what_it_lacks(inputs: Path, folder: Path) -> None:
    lacking = [("ALFA", "not run", f"{UNCHANGED}; lacks its page and its diff")]
    assert told(inputs, pages=True, dry=True) == lacking
    assert told(inputs, pages=True) == [
        ("ALFA", "skipped", f"{UNCHANGED}; gets its page and its diff")
    ]
    diff = folder / f"ALFA-{AS_OF}-diff.html"
    whole = diff.read_bytes()
    for spoil in (diff.unlink, lambda: diff.write_text("edited")):
        spoil()
        assert told(inputs, pages=True) == [("ALFA", "skipped", f"{UNCHANGED}; gets its diff")]
        assert diff.read_bytes() == whole
    (folder / NAME).write_text('{"torn"')
    assert told(inputs, pages=True, dry=True) == lacking


def test_a_report_that_replaces_another_takes_away_what_was_made_of_that(
    inputs: Path, folder: Path
) -> None:
    told(inputs, pages=True)
    append(inputs / "ALFA/prices.csv", "2025-11-29,31.5")
    told(inputs)
    assert f"ALFA-{AS_OF}.html" in names(folder)
    (folder / f"ALFA-{AS_OF}-r2.html").write_text("made by hand")
    append(inputs / "ALFA/prices.csv", "2025-11-30,32.5")
    told(inputs, force=True)
    assert f"ALFA-{AS_OF}-r2.html" not in names(folder)


def test_a_diff_follows_the_newest_revision_of_the_month_before(inputs: Path, folder: Path) -> None:
    told(inputs, pages=True)
    append(inputs / "ALFA/prices.csv", "2025-10-30,29.5")
    told(inputs, as_of="2025-10-31")
    first = (folder / f"ALFA-{AS_OF}-diff.html").read_bytes()
    told(inputs, pages=True)
    assert (folder / f"ALFA-{AS_OF}-r2-diff.html").read_bytes() != first
    assert b"ALFA-2025-10-31-r2.xlsx" in (folder / f"ALFA-{AS_OF}-r2-diff.html").read_bytes()


@pytest.mark.parametrize(
    ("day", "there", "before"),
    [
        ("2025-11-30", ["2025-10-31"], "2025-10-31"),
        ("2025-11-01", ["2025-10-01"], "2025-10-01"),
        ("2025-11-30", ["2025-09-30"], ""),
        ("2025-11-30", ["2025-11-01", "2025-11-29"], ""),  # of its own month
        ("2026-01-31", ["2025-12-15", "2025-12-02", "2026-02-28"], "2025-12-15"),
        ("2025-11-30", [], ""),
    ],
)
def test_a_diff_is_against_the_newest_report_of_the_calendar_month_before(
    tmp_path: Path, day: str, there: list[str], before: str
) -> None:
    for one in (*there, day):
        store(tmp_path, manifest(as_of=one))
    report = issued_report(tmp_path, manifest(as_of=day))
    found = month_before(tmp_path, report)
    assert (found.manifest.as_of if found else "") == before
    assert found is None or found.path == tmp_path / f"ACME/{before}/ACME-{before}.xlsx"


def test_a_diff_is_from_the_report_of_the_month_before_to_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []

    def diff(old: Path, new: Path) -> None:
        compared.append((old.name, new.name))
        raise ReportgenError("that is enough")

    monkeypatch.setattr("reportgen.differences.files.diff", diff)
    sha256 = hashlib.sha256(b"a workbook").hexdigest()  # what `store` writes
    for day in ("2025-10-31", AS_OF):
        one = manifest(as_of=day)
        one = manifest(as_of=day, revisions=(one.newest._replace(sha256=sha256),))
        store(tmp_path, one)
    with pytest.raises(ReportgenError, match="that is enough"):
        write_diff(tmp_path, issued_report(tmp_path, one))
    assert compared == [("ACME-2025-10-31.xlsx", "ACME-2025-11-30.xlsx")]


def test_all_that_tells_of_a_workbook_goes_with_it_and_nothing_else(tmp_path: Path) -> None:
    told = {"A.html", "A-diff.html", "A.pdf", "A-summary.pdf"}
    others = {"A.xlsx", "A-r2.html", "AB.pdf", "manifest.json"}
    for name in told | others:
        (tmp_path / name).touch()
    drop_companions(tmp_path / "A.xlsx")
    assert names(tmp_path) == others
    drop_companions(tmp_path / "A.xlsx")


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "[1]", '{"a": []}', '{"a": {"of": []}}'),
        *('{"a": {"sha256": "x", "of": 1}}', "[" * 100_000),
    ],
    ids=range(8),
)
def test_a_record_of_companions_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    report = Issued(manifest(), tmp_path / "A.xlsx")
    assert not is_of(report, "page", (report,))
    store_companion(report, "page", b"page", (report,))
    assert is_of(report, "page", (report,))
    assert not is_of(report, "page", (report, report))
    assert not is_of(report, "diff", (report,))
    store_companion(report, "diff", b"diff", (report, report))
    assert [is_of(report, "page", (report,)), is_of(report, "diff", (report, report))] == [True] * 2
    report.beside("page").write_bytes(b"edited")
    assert not is_of(report, "page", (report,))


def test_trouble_with_pages_costs_no_report_and_is_told(
    inputs: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    october = folder.with_name("2025-10-31") / "ALFA-2025-10-31.xlsx"
    october.write_bytes(b"edited")

    def broken(*_: object, **__: object) -> None:
        raise KeyError("a mistake of ours")

    monkeypatch.setattr("reportgen.pages.report.page.html", broken)
    ((_, status, reason),) = told(inputs, pages=True)
    assert status == "warn"
    assert reason.startswith(f"{UNCHANGED}; no page: unexpected KeyError")
    assert reason.endswith(f"; no diff: {october.name} is not what was issued")
    append(inputs / "ALFA/prices.csv", "2025-11-29,31.5")
    ((_, status, reason),) = told(inputs, pages=True)
    assert status == "fail"
    assert reason.startswith("prices.csv changed; no page: ")
    assert (folder / f"ALFA-{AS_OF}-r2.xlsx").is_file()


@pytest.mark.parametrize(
    ("error", "told_as"),
    [
        (TooLongError(), "no page: the company computed for longer than it may"),
        (MemoryError(), "no page: it needed more memory than it may use"),
        (OSError(28, "No space left on device"), "no page: No space left on device"),
    ],
    ids=["too long", "too large", "disk full"],
)
def test_a_page_beyond_the_limits_costs_no_report(
    inputs: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told_as: str
) -> None:
    def raising(*_: object) -> None:
        raise error

    monkeypatch.setattr("reportgen.runs.company.write_page", raising)
    monkeypatch.setattr("reportgen.runs.company.write_diff", raising)
    ((_, status, reason),) = told(inputs, pages=True)
    assert status == "warn"
    assert reason.startswith(f"{UNCHANGED}; {told_as}; no diff: ")


def test_a_worker_that_dies_over_a_page_costs_no_report_that_stands(
    inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(
        chains: Iterable[Iterable[Task]],
        _do: Callable[[Task], Result],
        lost: Callable[[Task, str], Result],
        *_: object,
    ) -> Iterator[tuple[Task, Result]]:
        for task in (task for chain in chains for task in chain):
            yield task, lost(task, "its worker was killed twice")

    monkeypatch.setattr("reportgen.runs.batch.in_lanes", dies)
    why = f"{UNCHANGED}; lacks its page or its diff: its worker was killed twice"
    assert told(inputs, pages=True) == [("ALFA", "warn", why)]
    why = "its worker was killed twice"
    assert told(inputs, pages=True, force=True) == [("ALFA", "error", why)]


def test_one_program_prints_all_reports_that_lack_a_pdf(
    inputs: Path, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(inputs.parent)
    inputs, outputs, both = Path("inputs"), Path("outputs"), ("ALFA", "BETA")
    (outputs / "runs/printing").mkdir()
    (outputs / f"runs/printing/BETA-{AS_OF}.xlsx").write_bytes(b"left by a run that was killed")
    told(inputs)
    assert not (outputs / "runs/printing").exists()
    assert told(inputs, tickers=both, pdf="report") == [(one, "skipped", UNCHANGED) for one in both]
    assert len((printer / "log").read_text().splitlines()) == 1
    for ticker in both:
        assert (outputs / ticker / AS_OF / f"{ticker}-{AS_OF}.pdf").read_bytes() == b"%PDF- %%EOF"
    told(inputs, tickers=both, pdf="report")
    assert len((printer / "log").read_text().splitlines()) == 1
    assert not (outputs / "runs/printing").exists()


def test_a_printer_that_fails_costs_pdfs_and_no_report(inputs: Path, printer: Path) -> None:
    behave(printer, at_alfa('printf torn > "${one%.xlsx}.pdf"; exit 139'))
    append(inputs / "ALFA/prices.csv", "2025-11-29,31.5")
    (_, status, reason), (_, other, _) = told(inputs, tickers=("ALFA", "BETA"), pdf="report")
    assert (status, other) == ("fail", "skipped")
    assert reason.startswith("prices.csv changed; no PDF: LibreOffice ended with status 139")
    assert len((printer / "log").read_text().splitlines()) == 2
    outputs = inputs.parent / "outputs"
    assert (outputs / f"ALFA/{AS_OF}/ALFA-{AS_OF}-r2.xlsx").is_file()
    assert not (outputs / f"ALFA/{AS_OF}/ALFA-{AS_OF}-r2.pdf").exists()
    assert (outputs / f"BETA/{AS_OF}/BETA-{AS_OF}.pdf").is_file()
    assert find_run(outputs, None).results["ALFA", AS_OF].reason == reason
    assert not (outputs / "runs/printing").exists()


def test_trouble_of_printing_itself_costs_no_report(
    inputs: Path, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr("reportgen.runs.pdfs.print_files", broken)
    ((_, status, reason),) = told(inputs, pdf="report")
    assert status == "warn"
    assert reason == f"{UNCHANGED}; no PDF: {printer}/soffice: a mistake of ours"


def test_a_pdf_that_cannot_be_stored_costs_no_report(
    inputs: Path, folder: Path, printer: Path
) -> None:
    del printer
    (folder / f"ALFA-{AS_OF}-r2.pdf").mkdir()
    append(inputs / "ALFA/prices.csv", "2025-11-29,31.5")
    ((_, status, reason),) = told(inputs, pdf="report")
    assert status == "fail"
    assert reason.startswith("prices.csv changed; no PDF: ")
    assert (folder / f"ALFA-{AS_OF}-r2.xlsx").is_file()


def test_a_run_that_is_stopped_while_it_prints_leaves_its_reports_and_nothing_to_print(
    inputs: Path, folder: Path, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del printer

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("reportgen.runs.pdfs.print_files", stopped)
        with pytest.raises(KeyboardInterrupt):
            told(inputs, pdf="report")
    assert not (inputs.parent / "outputs/runs/printing").exists()
    told(inputs, pdf="report")
    assert (folder / f"ALFA-{AS_OF}.pdf").is_file()


def test_without_a_printer_nothing_is_built(inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.pdf._PLACES", ("no-such-office",))
    with pytest.raises(ReportgenError, match="no soffice is on the PATH"):
        told(inputs, pdf="report", outputs=str(inputs.parent / "new"))
    assert not (inputs.parent / "new").exists()


def test_only_what_was_issued_is_printed(
    inputs: Path, folder: Path, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.runs.state.model_hash", lambda: "another")
    ((_, status, reason),) = told(inputs, pdf="report")
    assert status == "warn"
    assert reason.endswith(
        f"no PDF: ALFA-{AS_OF}.xlsx was made by another model and cannot be composed again;"
        " --rebuild model makes it anew"
    )
    assert not (printer / "log").exists()
    assert not (folder / f"ALFA-{AS_OF}.pdf").exists()


def test_a_pdf_names_the_report_that_was_printed(inputs: Path, folder: Path, printer: Path) -> None:
    del printer
    told(inputs, pdf="report")
    manifest = json.loads((folder / "manifest.json").read_text())
    recorded = json.loads((folder / NAME).read_text())
    assert recorded[f"ALFA-{AS_OF}.pdf"]["of"] == [manifest["revisions"][0]["sha256"]]


def test_libreoffice_prints_several_reports_at_once(inputs: Path) -> None:
    require("soffice")
    told(inputs, tickers=("ALFA", "BETA"), pdf="report")
    for ticker in ("ALFA", "BETA"):
        printed = inputs.parent / "outputs" / ticker / AS_OF / f"{ticker}-{AS_OF}.pdf"
        assert printed.read_bytes().startswith(b"%PDF-")
