"""One company of a run: whether its report is due and why, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors, Problem, ReportgenError
from reportgen.facts.reading.universe import Slice
from reportgen.runs import company
from reportgen.runs.company import KEPT, Result, Task, Verdict, build_company, verdict, warned
from reportgen.runs.lanes import TooLongError
from reportgen.runs.manifest import Revision
from tests.runs.index.cases import NOVEMBER, OCTOBER, issue, store
from tests.runs.records import manifest

if TYPE_CHECKING:
    from reportgen.runs.company import Status

NONE = Path("/nowhere")
TASK = Task("ACME", NOVEMBER, NONE, NONE, date(2025, 12, 1), Slice("ACME"))
HERE = manifest()
UNCHANGED = "unchanged: no file of its inputs changed"
PROBLEM = Problem("inputs/ACME/prices.csv", 3, "Close", '"2OO" is not a number', "", "")


def test_a_company_is_asked_for_its_report_and_for_what_is_named_beside_it() -> None:
    assert not any((TASK.force, TASK.rebuild_model, TASK.dry, TASK.beside))
    assert replace(TASK, pages=True).beside == ("page", "diff")
    assert replace(TASK, printing=NONE).beside == ("PDF",)
    both = replace(TASK, pages=True, printing=NONE, prints="summary")
    assert both.beside == ("page", "diff", "summary PDF")


@pytest.mark.parametrize(
    ("asked", "changed", "other", "fault", "found"),
    [
        ({}, (), (), "", Verdict(UNCHANGED, HERE, is_due=False)),
        ({"force": True}, ("ACME/a.csv",), ("model",), "", Verdict("forced", HERE)),
        ({}, ("ACME/a.csv",), (), "", Verdict("a.csv changed", HERE, is_of_files=True)),
        (
            {},
            ("market/a.csv", "b.csv", "ACME/c.csv"),
            (),
            "is gone",
            Verdict("a.csv, b.csv, c.csv changed", HERE, is_of_files=True),
        ),
        (
            {},
            ("ACME/a.csv", "ACME/b.csv", "ACME/c.csv", "ACME/d.csv", "ACME/e.csv"),
            (),
            "",
            Verdict("a.csv, b.csv, c.csv and 2 more changed", HERE, is_of_files=True),
        ),
        ({}, ("a.csv",), ("theme",), "", Verdict("a.csv changed and another theme", HERE)),
        (
            {},
            ("a.csv",),
            ("model",),
            "",
            Verdict(
                "a.csv changed and another model", HERE, is_of_files=True, is_by_older_model=True
            ),
        ),
        (
            {"rebuild_model": True},
            ("a.csv",),
            ("model",),
            "",
            Verdict("a.csv changed and another model", HERE),
        ),
        ({}, (), ("model",), "", Verdict(KEPT, HERE, is_due=False, is_by_older_model=True)),
        ({"rebuild_model": True}, (), ("model",), "", Verdict("another model", HERE)),
        ({}, (), ("policy", "model"), "", Verdict("another policy and another model", HERE)),
        ({}, (), ("theme",), "", Verdict("another theme", HERE)),
        ({}, (), (), "is gone", Verdict("outcomes.csv is gone", HERE)),
        ({}, (), ("model",), "is gone", Verdict("outcomes.csv is gone", HERE)),
    ],
)
def test_a_report_is_due_where_what_it_is_made_of_is_another(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: dict[str, bool],
    changed: tuple[str, ...],
    other: tuple[str, ...],
    fault: str,
    found: Verdict,
) -> None:
    store(tmp_path, HERE)
    for name, told in {
        "standing_file": None,
        "other_makings": other,
        "history_text": "as_of\n",
        "changed_files": changed,
        "outcomes_fault": fault,
        "load_theme": None,
    }.items():
        monkeypatch.setattr(company, name, lambda *_, told=told: told)
    assert verdict(_asked(tmp_path, **asked)) == found


def _asked(outputs: Path, **asked: bool) -> Task:
    return Task("ACME", NOVEMBER, NONE, outputs, date(2025, 12, 1), Slice("ACME"), **asked)


def test_a_report_that_is_not_there_or_not_as_issued_is_due(tmp_path: Path) -> None:
    task = _asked(tmp_path)
    assert verdict(task) == Verdict("first issue")
    path = store(tmp_path, HERE)
    assert verdict(task) == Verdict(f"{path.name} is not what was issued", HERE)
    path.unlink()
    assert verdict(task) == Verdict(f"{path.name} is gone", HERE)
    path.with_name("manifest.json").write_text("{")
    assert verdict(task) == Verdict("its manifest cannot be read")


@pytest.mark.parametrize(
    ("error", "reason", "problems"),
    [
        (InputErrors([PROBLEM]), f"1 mistake in the inputs: {PROBLEM}", 1),
        (
            InputErrors([PROBLEM._replace(line=4), PROBLEM]),
            f"2 mistakes in the inputs: {PROBLEM}",
            2,
        ),
        (ReportgenError("no\n  report"), "no report", 0),
        (OSError(28, "No space left"), "No space left", 0),
    ],
)
def test_what_stops_a_company_is_its_result(
    monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str, problems: int
) -> None:
    def stopped(_: Task) -> Result:
        raise error

    monkeypatch.setattr(company, "_built", stopped)
    found = build_company(TASK)
    assert found[:6] == ("ACME", "2025-11-30", "error", reason, "", 0)
    assert len(found.problems) == problems


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ReportgenError("a\nb"), "a b"),
        (OSError(28, "No space left"), "No space left"),
        (TooLongError(), "the company computed for longer than it may"),
        (MemoryError(), "it needed more memory than it may use"),
        (KeyError("a"), "unexpected KeyError: 'a'; this is a mistake in reportgen"),
        (
            ValueError("x" * 300),
            f"unexpected {('ValueError: ' + 'x' * 300)[:200]}; this is a mistake in reportgen",
        ),
    ],
)
def test_trouble_beside_a_report_is_told_by_its_kind(error: Exception, told: str) -> None:
    assert company._told(error) == told  # noqa: SLF001 - the words alone


@pytest.mark.parametrize(
    ("status", "then"),
    [
        *(("success", "warn"), ("skipped", "warn"), ("warn", "warn")),
        *(("fail", "fail"), ("error", "error"), ("not run", "not run")),
    ],
)
def test_trouble_that_costs_no_report_is_a_warning_unless_there_is_worse(
    status: Status, then: Status
) -> None:
    found = warned(Result("ACME", "2025-11-30", status, "why", "a.xlsx", 2), "no PDF")
    assert found == Result("ACME", "2025-11-30", then, "why; no PDF", "a.xlsx", 2)


@pytest.mark.parametrize(
    ("fails", "warns", "warnings", "status"),
    [
        (True, 3.0, ("w",), "fail"),
        (False, 1.0, (), "warn"),
        (False, 0.0, ("w",), "warn"),
        (False, 0.0, (), "success"),
    ],
)
def test_a_report_fails_or_warns_as_its_checks_do(
    warns: float, warnings: tuple[str, ...], status: str, *, fails: bool
) -> None:
    report = SimpleNamespace(has_failures=fails, headline={"checks.warn": warns}, warnings=warnings)
    assert company._status(report) == status  # type: ignore[arg-type]  # noqa: SLF001 - what it reads


def test_the_newest_revision_is_that_of_the_log_else_of_the_manifest() -> None:
    logged = issue(NOVEMBER, 3)
    assert company._newest(logged, HERE) == (3, "a" * 64)  # noqa: SLF001 - who lost what
    known = manifest(revisions=(HERE.newest, Revision(2, "r2", "b", "", "")))
    assert company._newest(None, known) == (2, "b")  # noqa: SLF001 - as above
    assert company._newest(None, None) == (0, "")  # noqa: SLF001 - as above


def test_revisions_are_those_that_were_issued_each_with_its_first_reason() -> None:
    first = Revision(1, "ACME-2025-11-30.xlsx", "a" * 64, "0.1", "first issue")
    again = first._replace(reason="forced")
    rows = [issue(OCTOBER), issue(NOVEMBER), issue(NOVEMBER, 2), issue(OCTOBER, 2)]
    path = Path("ACME-2025-11-30.xlsx")
    assert company._revisions(path, NOVEMBER, rows, [first, again]) == (  # noqa: SLF001 - by hand
        first,
        Revision(2, "ACME-2025-11-30-r2.xlsx", "a" * 64, "", ""),
    )
