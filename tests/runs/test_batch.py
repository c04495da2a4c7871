"""Runs: what changed is built, what did not is skipped, what was issued stays, and all is told."""

from __future__ import annotations

import json
import os
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from reportgen import ReportgenError, RunRequest, build, index, ls, retry, run
from reportgen.runs.batch import days_of
from reportgen.runs.company import Result
from reportgen.runs.issued import read_issued
from reportgen.runs.lanes import Limits
from reportgen.runs.locks import run_lock
from reportgen.runs.manifest import Manifest, manifest_path, read_manifest
from reportgen.runs.track.outcomes import read_outcomes
from tests.runs.companies import AS_OF, append, files, inputs_of
from tests.runs.dying import one_by_one
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportgen.runs.company import Task


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No workers: what they are for, tests of their own show."""
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", one_by_one)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return inputs_of(tmp_path, "ALFA", "BETA")


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    return inputs_of(tmp_path, "ALFA")


def request(folder: Path, **options: object) -> RunRequest:
    asked: dict[str, object] = {
        "as_of": AS_OF,
        "inputs": str(folder),
        "outputs": str(folder.parent / "outputs"),
    }
    return RunRequest(**asked | options)  # type: ignore[arg-type]  # as a caller names them


def outputs_of(inputs: Path) -> Path:
    return inputs.parent / "outputs"


def statuses(inputs: Path, **options: object) -> dict[str, str]:
    return {one.ticker: one.status for one in run(request(inputs, **options)).results}


def reasons(inputs: Path, **options: object) -> dict[str, str]:
    return {one.ticker: one.reason for one in run(request(inputs, **options)).results}


def manifest_of(inputs: Path, ticker: str) -> Manifest:
    day = days_of(request(inputs))[0]
    found = read_manifest(manifest_path(inputs.parent / "outputs", ticker, day))
    assert found is not None
    return found


def test_a_run_builds_all_and_the_next_one_skips_all_and_says_why(inputs: Path) -> None:
    first = run(request(inputs, workers=2))
    assert {one.ticker: one.reason for one in first.results} == {
        "ALFA": "first issue",
        "BETA": "first issue",
    }
    before = files(inputs.parent / "outputs")
    assert {"ALFA/2025-11-30/ALFA-2025-11-30.xlsx", "ALFA/2025-11-30/manifest.json"} <= {*before}
    again = run(request(inputs))
    assert {one.status for one in again.results} == {"skipped"}
    assert {one.reason for one in again.results} == {"unchanged: no file of its inputs changed"}
    assert files(inputs.parent / "outputs") == before
    assert (first.name, again.name) == ("0001", "0002")


@pytest.mark.parametrize(
    ("asked", "had", "workers"), [(0, 5, 2), (0, 1, 1), (1, 5, 1), (2, 1, 2), (7, 7, 2)]
)
def test_no_more_workers_are_started_than_there_are_companies(
    inputs: Path, monkeypatch: pytest.MonkeyPatch, asked: int, had: int, workers: int
) -> None:
    def in_lanes(chains: Iterable[Iterable[Task]], *said: object) -> Iterator[tuple[Task, Result]]:
        begun.append(said[2:])
        for task in chain(*chains):
            yield task, Result(task.ticker, task.as_of.isoformat(), "error", "was not done")

    begun: list[tuple[object, ...]] = []
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", in_lanes)
    monkeypatch.setattr("reportgen.runs.batch.cores", lambda: had)
    ran = run(request(inputs, workers=asked, seconds=7, megabytes=300))
    assert begun == [(workers, Limits(7, 300 * 1024**2))]
    assert (ran.status, len(ran.results)) == (2, 2)


def test_what_changed_is_a_revision_beside_what_was_issued(inputs: Path) -> None:
    run(request(inputs))
    folder = inputs.parent / "outputs/ALFA" / AS_OF
    issued = (folder / f"ALFA-{AS_OF}.xlsx").read_bytes()
    append(inputs / "ALFA/prices.csv", "2025-11-29,31.5")
    assert reasons(inputs) == {
        "ALFA": "prices.csv changed",
        "BETA": "unchanged: no file of its inputs changed",
    }
    assert (folder / f"ALFA-{AS_OF}.xlsx").read_bytes() == issued
    assert (folder / f"ALFA-{AS_OF}-r2.xlsx").is_file()
    assert [one.reason for one in manifest_of(inputs, "ALFA").revisions] == [
        "first issue",
        "prices.csv changed",
    ]
    rows = read_issued(inputs.parent / "outputs/ALFA/issued.csv")
    assert [row.revision for row in rows] == [1, 2]
    assert rows[1].number("price") == 31.5


def test_what_became_known_later_changes_nothing_and_is_read_once(alone: Path) -> None:
    run(request(alone))
    before = files(alone.parent / "outputs")
    append(alone / "ALFA/prices.csv", "2025-12-31,31.5")
    assert reasons(alone)["ALFA"] == (
        "unchanged: prices.csv changed, but nothing that was known on 2025-11-30"
    )
    assert reasons(alone)["ALFA"] == "unchanged: no file of its inputs changed"
    after = files(alone.parent / "outputs")
    assert {name for name in after if after[name] != before[name]} == {
        "ALFA/2025-11-30/manifest.json"
    }


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.write_bytes(b"PK"), "is not what was issued"),
        (lambda path: path.unlink(), "is gone"),
    ],
)
def test_a_report_that_was_spoilt_is_made_again_to_the_byte(
    alone: Path, spoil: object, reason: str
) -> None:
    run(request(alone))
    before = files(alone.parent / "outputs")
    path = alone.parent / "outputs/ALFA" / AS_OF / f"ALFA-{AS_OF}.xlsx"
    spoil(path)  # type: ignore[operator]  # a function of a path
    assert reasons(alone)["ALFA"] == f"{path.name} {reason}; its bytes are as before"
    assert files(alone.parent / "outputs") == before


def test_a_torn_manifest_is_made_again_from_what_was_issued(alone: Path) -> None:
    run(request(alone))
    before = files(alone.parent / "outputs")
    path = alone.parent / "outputs/ALFA" / AS_OF / "manifest.json"
    path.write_text(path.read_text()[:100])
    assert reasons(alone)["ALFA"] == "its manifest cannot be read; its bytes are as before"
    after = files(alone.parent / "outputs")
    assert {name for name in after if after[name] != before[name]} <= {
        "ALFA/2025-11-30/manifest.json"
    }
    assert statuses(alone)["ALFA"] == "skipped"


def test_force_replaces_what_was_issued_and_adds_no_revision(inputs: Path) -> None:
    run(request(inputs))
    append(inputs / "ALFA/prices.csv", "2025-11-29,31.5")
    assert reasons(inputs, force=True) == {
        "ALFA": "forced",
        "BETA": "forced; its bytes are as before",
    }
    folder = inputs.parent / "outputs/ALFA" / AS_OF
    assert [path.name for path in sorted(folder.glob("*.xlsx"))] == [f"ALFA-{AS_OF}.xlsx"]
    assert manifest_of(inputs, "ALFA").values["price"] == 31.5


def test_a_first_report_is_the_first_also_where_it_is_forced(alone: Path) -> None:
    (made,) = run(request(alone, force=True)).results
    assert (made.reason, made.file, made.revision) == (
        "first issue",
        f"ALFA/{AS_OF}/ALFA-{AS_OF}.xlsx",
        1,
    )


def test_another_model_keeps_reports_and_says_so_until_it_is_asked_to_rebuild(
    inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(request(inputs))
    monkeypatch.setattr("reportgen.runs.state.model_hash", lambda: "another")
    kept = run(request(inputs, tickers=("ALFA",)))
    assert [(one.status, one.reason) for one in kept.results] == [
        ("warn", "kept, though made by another model; --rebuild model makes it anew")
    ]
    plan = run(request(inputs, tickers=("ALFA",), rebuild_model=True, dry=True))
    assert [one.reason for one in plan.results] == ["another model"]


def test_bad_input_costs_only_its_company_and_is_told_whole(inputs: Path) -> None:
    append(inputs / "ALFA/prices.csv", "2025-11-28,2OO")
    append(inputs / "ALFA/assumptions.csv", "2025-10-01,bear,,probability,many,ratio,desk,")
    ran = run(request(inputs))
    assert {one.ticker: one.status for one in ran.results} == {"ALFA": "error", "BETA": "fail"}
    (told,) = (one.problems for one in ran.results if one.ticker == "ALFA")
    assert [one.partition(":")[0] for one in told] == [
        "inputs/ALFA/assumptions.csv",
        "inputs/ALFA/prices.csv",
    ]
    assert ran.status == 1
    assert not (inputs.parent / "outputs/ALFA").exists()


def test_retry_does_what_failed_and_a_retry_of_it_keeps_the_history(inputs: Path) -> None:
    prices = inputs / "ALFA/prices.csv"
    sound = prices.read_text()
    append(prices, "2025-11-28,2OO")
    run(request(inputs))
    outputs = inputs.parent / "outputs"
    assert [one.status for one in retry(outputs).results] == ["error"]
    prices.write_text(sound)
    mended = retry(outputs)
    assert [(one.ticker, one.reason) for one in mended.results] == [("ALFA", "first issue")]
    assert retry(outputs).results == ()
    assert [path.name for path in sorted((outputs / "runs").glob("0*"))] == ["0001", "0002", "0003"]
    undisturbed = inputs.parent / "elsewhere"
    run(request(inputs, outputs=str(undisturbed)))
    assert files(undisturbed) == files(outputs)


def test_a_retry_from_another_folder_means_the_same_inputs(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(tmp_path)
    theme = tmp_path / "theme.yaml"
    theme.write_bytes((REPOSITORY / "templates/house.yaml").read_bytes())
    append(inputs / "ALFA/prices.csv", "2025-11-28,2OO")
    run(RunRequest(as_of=AS_OF, tickers=("ALFA",), template="theme.yaml"))
    monkeypatch.chdir(elsewhere)
    (tried,) = retry(tmp_path / "outputs").results
    assert tried.problems[0].startswith("inputs/ALFA/prices.csv:")
    (again,) = retry(tmp_path / "outputs").results
    assert again == tried
    theme.unlink()
    with pytest.raises(ReportgenError, match=r"theme\.yaml"):
        retry(tmp_path / "outputs")


def test_a_run_that_ended_before_it_began_is_no_success(inputs: Path) -> None:
    folder = outputs_of(inputs) / "runs/0001"
    folder.mkdir(parents=True)
    (folder / "events.jsonl").write_text('{"event": "run_sta')
    with pytest.raises(ReportgenError, match=r"0001: ended before .*; reportgen run begins it"):
        retry(outputs_of(inputs))


def test_fail_fast_leaves_the_rest_for_a_retry(inputs: Path) -> None:
    prices = inputs / "ALFA/prices.csv"
    sound = prices.read_text()
    append(prices, "2025-11-28,2OO")
    ran = run(request(inputs, fail_fast=True))
    assert [(one.ticker, one.status) for one in ran.results] == [
        ("ALFA", "error"),
        ("BETA", "not run"),
    ]
    assert ran.status == 2
    prices.write_text(sound)
    assert {one.ticker for one in retry(inputs.parent / "outputs").results} == {"ALFA", "BETA"}


def test_months_are_built_in_order_as_they_were_known(alone: Path) -> None:
    ran = run(request(alone, as_of="", months="2025-10:2025-12"))
    assert [one.as_of for one in ran.results] == ["2025-10-31", "2025-11-30", "2025-12-31"]
    assert manifest_of(alone, "ALFA").since_last_month.as_of == "2025-10-31"


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(inputs: Path) -> None:
    ran = run(request(inputs, dry=True))
    assert [(one.status, one.reason) for one in ran.results] == [("not run", "first issue")] * 2
    assert not (inputs.parent / "outputs").exists()


def test_the_results_of_a_run_are_there_for_programs(alone: Path) -> None:
    ran = run(request(alone))
    folder = alone.parent / "outputs/runs" / ran.name
    said = json.loads((folder / "run_results.json").read_text())
    assert (said["schema"], said["run"], said["exit"]) == (1, "0001", 1)
    assert [one["ticker"] for one in said["results"]] == ["ALFA"]
    events = [
        json.loads(line)["event"] for line in (folder / "events.jsonl").read_text().splitlines()
    ]
    assert events == ["run_started", "company_ended", "run_ended"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"as_of": "soon"}, 'as-of: "soon" is not a day'),
        ({"as_of": ""}, "a run needs --as-of DATE, or --months FROM:TO"),
        ({"months": "2025-01:2025-02"}, "a run needs --as-of DATE, or --months FROM:TO"),
        ({"as_of": "", "months": "2025"}, "is no span of months; expected FROM:TO"),
        ({"as_of": "", "months": "2025-03:2025-01"}, "is no span of months"),
        ({"as_of": "", "months": "1950-01:2025-01"}, "months are more than 600"),
        ({"as_of": "", "months": "9998-11:9999-12"}, "is no span of months"),
        ({"as_of": "9999-12-31"}, "is after 9998-11-30"),
        ({"shard": "3/2"}, '--shard: "3/2" is no part of a whole; expected K/N'),
        ({"shard": "0/2"}, "is no part of a whole"),
        ({"shard": "half"}, "is no part of a whole"),
        ({"tickers": ("ALPHA",)}, '"ALPHA": no company of the inputs; reportgen ls lists them'),
        ({"select": ("state:nwe",), "tickers": ("ALFA", "GAMMA")}, '"GAMMA": no company'),
        ({"select": ("mood:new",)}, '"mood:new" is no selector'),
        ({"select": ("tag:",)}, '"tag:" is no selector'),
        ({"select": ("tag:ai,",)}, "a part of it is empty"),
        ({"select": ("@nowhere.txt",)}, "nowhere.txt: cannot be read"),
        ({"select": ("tag:none",)}, "no company is meant"),
        ({"inputs": "/nowhere"}, "there is no such folder"),
        ({"template": "/nowhere.yaml"}, "nowhere.yaml: cannot be read"),
    ],
)
def test_what_cannot_run_is_told_and_nothing_is_written(
    inputs: Path, options: dict[str, object], told: str
) -> None:
    with pytest.raises(ReportgenError, match=r"^[^\n]*$") as caught:
        run(request(inputs, **options))
    assert told in str(caught.value)
    assert not (inputs.parent / "outputs").exists()


def test_a_part_without_a_company_is_no_failure(alone: Path) -> None:
    ran = run(request(alone, shard="2/2"))
    assert (ran.results, ran.status) == ((), 0)


@pytest.mark.parametrize(
    ("file", "text", "state", "told"),
    [
        ("issued.csv", "?", "unreadable", "issued.csv:1: its header is not that"),
        (f"{AS_OF}/manifest.json", "{", "changed", "its manifest cannot be read"),
    ],
)
def test_what_cannot_be_read_costs_only_its_company(
    inputs: Path, file: str, text: str, state: str, told: str
) -> None:
    run(request(inputs))
    (inputs.parent / "outputs/ALFA" / file).write_text(text)
    listed = {one.ticker: one for one in ls(as_of=AS_OF, inputs=inputs, outputs=outputs_of(inputs))}
    assert (listed["ALFA"].state, listed["BETA"].state) == (state, "unchanged")
    assert told in listed["ALFA"].reason
    done = {one.ticker: one for one in run(request(inputs, select=("state:*",))).results}
    assert told in done["ALFA"].reason
    assert done["BETA"].status == "skipped"


def test_who_loses_what_was_issued_loses_no_report(alone: Path) -> None:
    run(request(alone))
    log, folder = outputs_of(alone) / "ALFA/issued.csv", outputs_of(alone) / "ALFA" / AS_OF
    issued = (folder / f"ALFA-{AS_OF}.xlsx").read_bytes()
    log.unlink()
    append(alone / "ALFA/prices.csv", "2025-11-29,31.5")
    assert [one.revision for one in run(request(alone)).results] == [2]
    assert (folder / f"ALFA-{AS_OF}.xlsx").read_bytes() == issued
    assert [row.revision for row in read_issued(log)] == [2]
    log.unlink()
    (folder / f"ALFA-{AS_OF}-r2.xlsx").unlink()
    assert reasons(alone) == {"ALFA": f"ALFA-{AS_OF}-r2.xlsx is gone; its bytes are as before"}
    assert [row.revision for row in read_issued(log)] == [2]


def test_what_went_out_first_is_remembered_where_it_was_replaced(alone: Path) -> None:
    october = "2025-10-31"
    run(request(alone, as_of=october))
    prices = alone / "ALFA/prices.csv"
    prices.write_text(prices.read_text().replace("29.85", "31.5"))
    run(request(alone, as_of=october, force=True))
    first, replaced = read_issued(outputs_of(alone) / "ALFA/issued.csv")
    assert (first.revision, replaced.revision) == (1, 1)
    assert statuses(alone) != {"ALFA": "error"}
    (remembered,) = read_outcomes(outputs_of(alone) / "ALFA" / AS_OF / "outcomes.csv")
    assert remembered.said.price == first.number("price") != replaced.number("price")


def test_an_index_that_cannot_be_written_costs_no_result(inputs: Path) -> None:
    blocked = outputs_of(inputs) / f"index-{AS_OF}.html"
    blocked.mkdir(parents=True)
    with pytest.raises(ReportgenError, match="a folder stands where the file should"):
        run(request(inputs))
    found = json.loads((outputs_of(inputs) / "runs/0001/run_results.json").read_text())
    assert found["exit"] == 2
    assert [one["ticker"] for one in found["results"]] == ["ALFA", "BETA"]
    assert all(one["file"] for one in found["results"])


def test_a_folder_that_links_to_itself_costs_no_index(inputs: Path) -> None:
    outputs_of(inputs).mkdir()
    (outputs_of(inputs) / "LOOP").symlink_to("LOOP")
    assert len(run(request(inputs)).indexes) == 2


def test_events_that_nobody_wrote_are_passed_over(inputs: Path) -> None:
    run(request(inputs))
    append(outputs_of(inputs) / "runs/0001/events.jsonl", "[" * 100_000)
    assert retry(outputs_of(inputs)).results == ()


def test_two_runs_never_mix_and_the_second_names_the_first(inputs: Path) -> None:
    outputs = inputs.parent / "outputs"
    with (
        run_lock(outputs, wait=False),
        pytest.raises(ReportgenError, match=rf"another run is at work here: process {os.getpid()}"),
    ):
        run(request(inputs))
    assert statuses(inputs) == {"ALFA": "fail", "BETA": "fail"}


def test_companies_are_listed_with_their_state_without_building(inputs: Path) -> None:
    def states() -> dict[str, tuple[str, str]]:
        rows = ls(as_of=AS_OF, inputs=inputs, outputs=inputs.parent / "outputs")
        return {row.ticker: (row.state, row.reason) for row in rows}

    assert states() == {"ALFA": ("new", "first issue"), "BETA": ("new", "first issue")}
    run(request(inputs, as_of="2025-10-31", tickers=("ALFA",)))
    run(request(inputs, tickers=("BETA",)))
    append(inputs / "BETA/prices.csv", "2025-11-29,31.5")
    assert states() == {
        "ALFA": ("stale", "its newest report is of 2025-10-31"),
        "BETA": ("changed", "prices.csv changed"),
    }


@pytest.mark.parametrize(
    ("select", "exclude", "meant"),
    [
        (["ALFA"], [], ["ALFA"]),
        (["*"], ["B*"], ["ALFA"]),
        (["state:changed"], [], ["BETA"]),
        (["state:unchanged", "state:changed"], [], ["ALFA", "BETA"]),
        (["state:changed,ALFA"], [], []),
        (["result:failed"], [], ["ALFA", "BETA"]),
        (["result:success"], [], []),
        (["stance:bl*"], ["state:changed"], ["ALFA"]),
    ],
)
def test_companies_are_selected_by_what_is_known_of_them(
    inputs: Path, select: list[str], exclude: list[str], meant: list[str]
) -> None:
    run(request(inputs))
    append(inputs / "BETA/prices.csv", "2025-11-29,31.5")
    rows = ls(
        as_of=AS_OF,
        inputs=inputs,
        outputs=inputs.parent / "outputs",
        select=select,
        exclude=exclude,
    )
    assert [row.ticker for row in rows] == meant


def test_companies_are_listed_by_the_theme_of_the_run(alone: Path) -> None:
    house = (REPOSITORY / "templates/house.yaml").read_text(encoding="utf-8")
    theme = alone.parent / "other.yaml"
    theme.write_text(house.replace("1F3864", "123456"), encoding="utf-8")
    run(request(alone, template=str(theme)))

    def state(template: Path | None) -> tuple[str, str]:
        (row,) = ls(as_of=AS_OF, inputs=alone, outputs=outputs_of(alone), template=template)
        return row.state, row.reason

    assert state(None) == ("changed", "another theme")
    assert state(theme)[0] == "unchanged"
    with pytest.raises(ReportgenError, match="nowhere"):
        state(alone / "nowhere.yaml")


def test_a_list_of_tickers_is_a_selector(inputs: Path) -> None:
    wanted = inputs.parent / "watch.txt"
    wanted.write_text("BETA  # held\n\n")
    rows = ls(as_of=AS_OF, inputs=inputs, select=[f"@{wanted}"])
    assert [row.ticker for row in rows] == ["BETA"]


def test_what_went_out_earlier_is_an_input_of_what_comes_later(alone: Path) -> None:
    run(request(alone, as_of="", months="2025-10:2025-11"))
    history = alone.parent / "outputs/ALFA/history.csv"
    assert [line.partition(",")[0] for line in history.read_text().splitlines()] == [
        "as_of",
        "2025-10-31",
    ]
    assert "history.csv" in manifest_of(alone, "ALFA").state.files
    assert reasons(alone)["ALFA"] == "unchanged: no file of its inputs changed"
    run(request(alone, as_of="2025-09-30"))
    assert reasons(alone)["ALFA"] == "history.csv changed"


def test_shards_do_every_company_once_and_leave_the_index_to_be_written(inputs: Path) -> None:
    parts = [run(request(inputs, shard=f"{part}/2")) for part in (1, 2)]
    assert [[one.ticker for one in part.results] for part in parts] == [["ALFA"], ["BETA"]]
    assert not list((inputs.parent / "outputs").glob("index*"))
    whole = inputs.parent / "whole"
    ran = run(request(inputs, outputs=str(whole)))
    index(as_of=AS_OF, outputs=inputs.parent / "outputs")
    assert files(inputs.parent / "outputs") == files(whole)
    assert ran.indexes == (f"index-{AS_OF}.xlsx", f"index-{AS_OF}.html")


def test_a_draft_never_replaces_what_was_issued(alone: Path) -> None:
    outputs = alone.parent / "outputs"
    run(request(alone))
    before = files(outputs)
    append(alone / "ALFA/prices.csv", "2025-11-29,31.5")
    for _ in range(2):
        draft = build("ALFA", as_of=AS_OF, inputs=alone, outputs=outputs).path
        assert draft.name == f"ALFA-{AS_OF}-r2.xlsx"
    after = files(outputs)
    assert {name for name in after if after[name] != before.get(name)} == {
        f"ALFA/{AS_OF}/{name}" for name in (draft.name, f"{draft.stem}.registry.json")
    }
    run(request(alone))
    assert manifest_of(alone, "ALFA").newest.file == draft.name


def test_each_report_leaves_what_became_of_earlier_ones(alone: Path) -> None:
    run(request(alone, as_of="", months="2025-10:2025-12"))
    folder = alone.parent / "outputs" / "ALFA"
    assert read_outcomes(folder / "2025-10-31" / "outcomes.csv") == ()
    found = read_outcomes(folder / "2025-12-31" / "outcomes.csv")
    assert [(str(one.as_of), one.said.scored, one.status) for one in found] == [
        ("2025-10-31", "no", "pending"),  # made later than a month after its day
        ("2025-11-30", "no", "pending"),
    ]
    issued = {row.as_of: row for row in read_issued(folder / "issued.csv")}
    assert issued[found[0].as_of].number("price") == found[0].said.price
    assert issued[found[0].as_of].number("cost_of_equity") == found[0].said.cost_of_equity


def test_what_became_of_earlier_reports_is_made_again_where_it_is_gone_or_damaged(
    alone: Path,
) -> None:
    run(request(alone, as_of="", months="2025-10:2025-11"))
    outputs = alone.parent / "outputs"
    whole = files(outputs)
    file = outputs / "ALFA/2025-11-30/outcomes.csv"
    sound = file.read_text()
    for spoil, fault in [
        (file.unlink, "is gone"),
        (lambda: file.write_text(sound[:-40]), "cannot be read"),
        (lambda: file.write_text(sound.splitlines(keepends=True)[0]), "is of other reports"),
    ]:
        spoil()
        assert reasons(alone)["ALFA"] == f"outcomes.csv {fault}; its bytes are as before"
        assert files(outputs) == whole


def test_the_index_tells_of_a_track_record_that_cannot_be_read(alone: Path) -> None:
    run(request(alone, as_of="", months="2025-10:2025-11"))
    (alone.parent / "outputs/ALFA/2025-11-30/outcomes.csv").write_text("as_of,sc")
    written = index(as_of=AS_OF, outputs=alone.parent / "outputs").index
    (told,) = (one.text for one in written.concerns if one.kind == "unreadable")
    assert told.startswith("ALFA/2025-11-30/outcomes.csv: its header is not that of this program")
