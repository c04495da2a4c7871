"""What a run writes down of itself, and what is read of it: also where it was torn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.runs.company import Result
from reportgen.runs.journal import Journal, Run, find_run, read_run, run_names, summary_of
from reportgen.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2025-11-30"
TASKS = [("A", DAY), ("B", DAY), ("C", DAY)]
RESULTS = (
    Result("A", DAY, "fail", "first issue", "A/a.xlsx", 1),
    Result("B", DAY, "error", "2 mistakes", problems=("one", "two")),
)


def written(outputs: Path) -> Path:
    """A run that was killed before its last company."""
    with Journal(outputs, {"inputs": "in", "template": ""}) as journal:
        journal.planned(TASKS)
        journal.ended(RESULTS[0]._replace(status="success"))
        for result in RESULTS:
            journal.ended(result)
    return journal.folder


def test_a_run_is_read_as_far_as_it_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path)
    run = read_run(folder)
    results = {(one.ticker, one.as_of): one for one in RESULTS}
    asked = {"inputs": "in", "template": ""}
    assert run == Run("0001", asked, tuple(TASKS), results, has_ended=False, folder=str(tmp_path))
    assert run.unsuccessful == (("B", DAY), ("C", DAY))
    with (folder / "events.jsonl").open("a") as events:
        events.write('{"event": "run_ended"}\n{"event": "tea"}\n[1]\n{"event": "company_end')
    assert read_run(folder) == Run("0001", asked, tuple(TASKS), results, True, str(tmp_path))  # noqa: FBT003 - it ended
    assert (run.path("inputs"), run.path("template"), run.path("none")) == ("in", "", "")
    (tmp_path / "in").mkdir()
    assert run.path("inputs") == str(tmp_path / "in")


def test_programs_are_told_of_a_run_in_one_file(tmp_path: Path) -> None:
    with Journal(tmp_path, {"workers": 2}) as journal:
        journal.finish(RESULTS, 1)
    text = (tmp_path / "runs/0001/run_results.json").read_text()
    assert text.startswith('{\n "schema": 1,\n "run": "0001",\n')
    assert text.endswith("}\n")
    told = json.loads(text)
    assert told == summary_of("0001", RESULTS, 1) | {
        "asked": {"workers": 2},
        "results": json.loads(json.dumps([one._asdict() for one in RESULTS])),
    }
    summary = {key: value for key, value in told.items() if key not in ("asked", "results")}
    assert summary == {
        "schema": 1,
        "run": "0001",
        "program": __version__,
        "exit": 1,
        "counts": {"error": 1, "fail": 1},
    }
    assert read_run(tmp_path / "runs/0001").has_ended


@pytest.mark.parametrize(
    ("there", "names", "following"),
    [
        ([], [], "0001"),
        (["0002", "0010", "0009"], ["0002", "0009", "0010"], "0011"),
        (["10000", "9999"], ["9999", "10000"], "10001"),
        (["007", "0001 copy", "printing", "1234567890"], [], "0001"),
    ],
)
def test_runs_are_numbered_and_stand_by_their_number(
    tmp_path: Path, there: list[str], names: list[str], following: str
) -> None:
    for name in there:
        (tmp_path / "runs" / name).mkdir(parents=True)
    assert run_names(tmp_path / "runs") == names
    assert written(tmp_path).name == following


def test_a_run_is_found_by_its_number_else_the_newest_is(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError, match=r"runs: there is no run yet; reportgen run begins"):
        find_run(tmp_path, None)
    with pytest.raises(ReportgenError, match=r"runs: there is no run '1'$"):
        find_run(tmp_path, "1")
    for _ in range(2):
        written(tmp_path)
    found = [find_run(tmp_path, name).name for name in ("1", "0001", "2", None)]
    assert found == ["0001", "0001", "0002", "0002"]
    with pytest.raises(ReportgenError, match=r"there is no run '3'; the newest is 0002"):
        find_run(tmp_path, "3")
    (tmp_path / "runs/0002/events.jsonl").unlink()
    with pytest.raises(ReportgenError, match=r"events\.jsonl: cannot be read: No such file"):
        find_run(tmp_path, None)
