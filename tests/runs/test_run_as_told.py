"""What a run makes of what its workers tell: in order, counted, kept, and tried again as asked."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from reportgen import RunRequest, retry, run
from reportgen.errors import AskedToEnd
from reportgen.runs import batch
from reportgen.runs.batch import Watch
from reportgen.runs.company import Result
from reportgen.runs.journal import find_run, read_run
from tests.runs.index.cases import store
from tests.runs.records import manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reportgen.runs.company import Status, Task

AS_OF, BEFORE = "2025-11-30", "2025-10-31"
TICKERS = ("A", "B", "C", "D")


class Desk:
    """Companies whose workers tell what they are made to; what is asked of them, and is heard."""

    def __init__(self, folder: Path) -> None:
        """Begin with nothing told."""
        self.folder = folder
        self.says: Mapping[str, Status | BaseException] = {}
        self.tasks: list[Task] = []
        self.heard: list[str] = []
        self.indexed: list[tuple[str, dict[str, str]]] = []
        self.watch = Watch(
            planned=lambda count: self.heard.append(f"{count} planned"),
            ended=lambda one: self.heard.append(f"{one.ticker} {one.status}: {one.reason}"),
        )

    def in_lanes(
        self, chains: Iterable[Iterable[Task]], *_: object
    ) -> Iterator[tuple[Task, Result]]:
        for chain in chains:
            for task in chain:
                self.tasks.append(task)
                said = self.says.get(task.ticker, "success")
                if isinstance(said, BaseException):
                    raise said
                day = task.as_of.isoformat()
                file = "" if said in ("error", "not run") else f"{task.ticker}/{day}/a.xlsx"
                yield task, Result(task.ticker, day, said, f"why {task.ticker}", file)

    def write_index(self, outputs: Path, as_of: date, *, failed: dict[str, str]) -> SimpleNamespace:
        self.indexed.append((as_of.isoformat(), failed))
        return SimpleNamespace(workbook=outputs / f"{as_of}.xlsx", page=outputs / f"{as_of}.html")

    def request(self, **options: object) -> RunRequest:
        asked: dict[str, object] = {
            "as_of": AS_OF,
            "inputs": str(self.folder / "inputs"),
            "outputs": str(self.folder / "outputs"),
        }
        return RunRequest(**asked | options)  # type: ignore[arg-type]  # as a caller names them

    def run(self, *said: Status | BaseException, **options: object) -> batch.Ran:
        """Run companies of which each tells one thing."""
        self.says = dict(zip(TICKERS, said, strict=False))
        for ticker in self.says:
            pack = self.folder / "inputs" / ticker
            pack.mkdir(parents=True, exist_ok=True)
            (pack / "company.yaml").touch()
        return run(self.request(**options), self.watch)

    @property
    def exit(self) -> int:
        """The status that programs find in the results of the newest run."""
        newest = find_run(self.folder / "outputs", None).name
        path = self.folder / "outputs/runs" / newest / "run_results.json"
        return int(json.loads(path.read_text())["exit"])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path)
    monkeypatch.setattr(batch, "in_lanes", made.in_lanes)
    monkeypatch.setattr(batch, "write_index", made.write_index)
    return made


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (("success", "warn", "skipped"), 0),
        (("success", "fail"), 1),
        (("skipped", "error"), 1),
        (("fail", "error"), 1),
        (("fail",), 1),
        (("error", "error"), 2),
        (("error", "not run"), 2),
    ],
)
def test_the_exit_status_tells_whether_all_some_or_nothing_is_good(
    desk: Desk, said: tuple[Status, ...], status: int
) -> None:
    assert desk.run(*said).status == status == desk.exit


@pytest.mark.parametrize(
    ("said", "status", "left"),
    [
        (("success", "error", "success", "warn"), 1, ["C", "D"]),
        (("warn", "fail", "success"), 1, ["C"]),
        (("error", "success"), 2, ["B"]),
        (("skipped", "warn", "success"), 0, []),
    ],
)
def test_fail_fast_ends_at_what_failed_and_at_nothing_else(
    desk: Desk, said: tuple[Status, ...], status: int, left: list[str]
) -> None:
    ran = desk.run(*said, fail_fast=True)
    done = zip(TICKERS, said[: len(said) - len(left)], strict=False)
    told = [f"{ticker} {one}: why {ticker}" for ticker, one in done]
    told += [f"{ticker} not run: the run ended at a failure" for ticker in left]
    assert desk.heard == [f"{len(said)} planned", *told]
    assert [f"{one.ticker} {one.status}: {one.reason}" for one in ran.results] == told
    assert ran.status == status


@pytest.mark.parametrize(
    ("end", "status"), [(KeyboardInterrupt(), 130), (AskedToEnd(signal.SIGTERM), 143)]
)
def test_a_run_that_is_stopped_writes_down_what_was_done_and_what_was_not(
    desk: Desk, end: BaseException, status: int
) -> None:
    with pytest.raises(type(end)):
        desk.run("warn", end, "success")
    found = find_run(desk.folder / "outputs", None)
    assert desk.exit == status
    assert found.has_ended
    assert found.unsuccessful == (("B", AS_OF), ("C", AS_OF))
    said = json.loads((desk.folder / "outputs/runs/0001/run_results.json").read_text())
    assert [(one["status"], one["reason"]) for one in said["results"]] == [
        ("warn", "why A"),
        ("not run", "the run was stopped"),
        ("not run", "the run was stopped"),
    ]


def test_a_run_that_breaks_down_is_no_success(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):
        desk.run("success", ZeroDivisionError())
    assert desk.exit == 2


def test_results_stand_by_ticker_and_day_and_so_do_the_indexes(desk: Desk) -> None:
    ran = desk.run("success", "error", "fail", as_of="", months="2025-10:2025-11")
    days = [(ticker, day) for ticker in "ABC" for day in (BEFORE, AS_OF)]
    assert [(one.ticker, one.as_of) for one in ran.results] == days
    assert desk.heard[0] == "6 planned"
    assert desk.indexed == [(BEFORE, {"B": "why B"}), (AS_OF, {"B": "why B"})]
    assert ran.indexes == tuple(
        f"{day}.{kind}" for day in (BEFORE, AS_OF) for kind in ("xlsx", "html")
    )


@pytest.mark.parametrize(
    ("said", "options", "failed"),
    [
        (("error", "success"), {}, [{"A": "why A"}]),
        (("fail", "warn"), {}, [{}]),
        (("error",), {}, [{"A": "why A"}]),  # of nothing but trouble there is an index, too
        (("not run",), {}, []),
        (("error", "success"), {"shard": "1/2"}, []),
    ],
)
def test_an_index_is_written_where_there_is_something_to_tell(
    desk: Desk, said: tuple[Status, ...], options: dict[str, str], failed: list[dict[str, str]]
) -> None:
    desk.run(*said, **options)
    assert [one for _, one in desk.indexed] == failed


def test_what_is_unchanged_is_told_before_what_is_built_after_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def skipped(task: Task) -> Result | None:
        stands = task.ticker in "ACD"
        return Result(task.ticker, AS_OF, "skipped", "unchanged") if stands else None

    monkeypatch.setattr(batch, "skipped", skipped)
    desk.run("success", "warn", "success", "success")
    told = ["A skipped: unchanged", "B warn: why B", "C skipped: unchanged", "D skipped: unchanged"]
    assert desk.heard == ["4 planned", *told]
    assert [task.ticker for task in desk.tasks] == ["B"]


@pytest.mark.parametrize(
    ("shard", "done"),
    [
        *(("", "ABCD"), ("1/1", "ABCD"), ("1/2", "AC"), ("2/2", "BD"), ("2/3", "B")),
        *(("3/3", "C"), ("4/4", "D"), ("999999/999999", "")),
    ],
)
def test_each_part_of_a_run_does_each_nth_company(desk: Desk, shard: str, done: str) -> None:
    desk.run("success", "success", "success", "success", shard=shard)
    assert "".join(task.ticker for task in desk.tasks) == done


OPTIONS: list[tuple[dict[str, object], dict[str, object]]] = [
    ({}, {}),
    ({"force": True}, {"force": True}),
    ({"rebuild_model": True}, {"rebuild_model": True}),
    ({"pages": True}, {"pages": True}),
    ({"paper": "letter"}, {"paper": "letter"}),
    ({"pdf": "report"}, {"printing": "outputs/runs/printing"}),
    ({"pdf": "summary"}, {"printing": "outputs/runs/printing", "prints": "summary"}),
]


@pytest.mark.parametrize(("asked", "said"), OPTIONS)
def test_each_company_is_asked_for_what_the_run_and_its_retry_are(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    asked: dict[str, object],
    said: dict[str, object],
) -> None:
    monkeypatch.setattr(batch, "find_printer", lambda: "soffice")
    desk.run("error", **asked)
    (task,) = desk.tasks
    names = ("force", "rebuild_model", "pages", "paper", "printing", "prints", "dry", "template")
    expected = dict.fromkeys(names[:3], False) | dict.fromkeys(names[3:5])
    expected |= {"prints": "report", "dry": False, "template": None} | said
    if expected["printing"]:
        expected["printing"] = desk.folder / str(expected["printing"])
    assert {name: getattr(task, name) for name in names} == expected
    assert (task.ticker, task.as_of, task.outputs) == (
        "A",
        date(2025, 11, 30),
        desk.folder / "outputs",
    )
    retry(desk.folder / "outputs")
    assert desk.tasks[1] == replace(task, today=desk.tasks[1].today)


def test_a_retry_does_what_is_left_company_by_company_and_day_by_day(desk: Desk) -> None:
    desk.run("success", "error", "warn", "error", as_of="", months="2025-10:2025-11")
    desk.tasks.clear()
    (desk.folder / "inputs/B/company.yaml").unlink()
    ran = retry(desk.folder / "outputs", watch=desk.watch)
    left = [(ticker, day) for ticker in "BD" for day in (BEFORE, AS_OF)]
    assert [(task.ticker, task.as_of.isoformat()) for task in desk.tasks] == left
    assert [(one.ticker, one.as_of) for one in ran.results] == left
    assert "4 planned" in desk.heard


def test_a_run_that_is_tried_again_is_that_of_the_name(desk: Desk) -> None:
    desk.run("error", "success")
    desk.run("success", "error")
    outputs = desk.folder / "outputs"
    assert [one.ticker for one in retry(outputs, "0001").results] == ["A"]
    assert [one.ticker for one in retry(outputs, "2").results] == ["B"]
    assert [one.ticker for one in retry(outputs).results] == ["B"]
    assert read_run(outputs / "runs/0005").tasks == (("B", AS_OF),)


@pytest.mark.parametrize("wait", [False, True])
def test_a_run_and_its_retry_wait_for_another_where_they_are_told_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, wait: bool
) -> None:
    desk.run("error", wait=not wait)
    waited = []

    class HeldHereError(Exception):
        """Where the outputs were to be held."""

    def run_lock(_: Path, *, wait: bool) -> None:
        waited.append(wait)
        raise HeldHereError

    monkeypatch.setattr("reportgen.runs.places.run_lock", run_lock)
    for go in (
        lambda: desk.run("success", wait=wait),
        lambda: retry(desk.folder / "outputs", wait=wait),
    ):
        with pytest.raises(HeldHereError):
            go()
    assert waited == [wait, wait]


def test_companies_of_a_run_over_months_are_selected_as_of_its_last_day(desk: Desk) -> None:
    outputs = desk.folder / "outputs"
    store(outputs, manifest("A", BEFORE))
    store(outputs, manifest("B", AS_OF))
    ran = desk.run(
        "success", "success", as_of="", months="2025-10:2025-11", select=("state:stale",)
    )
    assert [(one.ticker, one.as_of) for one in ran.results] == [("A", BEFORE), ("A", AS_OF)]
