"""Whatever kills a run, and whenever: nothing is torn, mixed, lost or left over after a retry."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from reportgen import ReportgenError, RunRequest, retry, run
from reportgen.runs.issued import read_issued
from reportgen.runs.journal import run_names
from tests.runs.companies import AS_OF, files, inputs_of
from tests.runs.dying import POINTS, one_by_one
from tests.runs.test_stopping import FAR, MAIN, await_release
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")


def _arguments(inputs: Path, outputs: Path) -> list[str]:
    return ["run", "--as-of", AS_OF, "--inputs", str(inputs), "--outputs", str(outputs)]


def _left_over(outputs: Path) -> list[str]:
    return [path.name for path in outputs.rglob("*.tmp")]


@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_between_two_writes_is_finished_to_the_byte_by_a_retry(
    tmp_path: Path, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.runs.running.in_lanes", one_by_one)
    inputs, outputs = inputs_of(tmp_path, "BETA", "GAMA"), tmp_path / "outputs"
    died = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.runs.dying", point, "BETA", *_arguments(inputs, outputs)],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    assert [one.ticker for one in retry(outputs).results] == ["BETA", "GAMA"]
    undisturbed = tmp_path / "undisturbed"
    run(RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(undisturbed)))
    assert files(outputs) == files(undisturbed)
    assert _left_over(outputs) == []


@pytest.mark.parametrize("place", ["outputs", "outputs/ALFA", f"outputs/ALFA/{AS_OF}"])
def test_outputs_that_cannot_be_written_are_told(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.runs.running.in_lanes", one_by_one)
    inputs = inputs_of(tmp_path, "ALFA")
    blocked = tmp_path / place
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where a folder should be")
    asked = RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(tmp_path / "outputs"))
    if place == "outputs":
        with pytest.raises(ReportgenError, match="could not be written"):
            run(asked)
        return
    (result,) = run(asked).results
    assert result.status == "error"
    assert f"{tmp_path / 'outputs/ALFA'}" in result.reason
    assert any(told in result.reason for told in ("move it or choose", "put it right first"))
    assert blocked.read_text() == "a file where a folder should be"


def test_a_clock_that_was_set_back_mixes_no_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.runs.running.in_lanes", one_by_one)
    inputs, outputs = inputs_of(tmp_path, "ALFA"), tmp_path / "outputs"
    asked = RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(outputs))
    run(asked)
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert [one.status for one in run(asked).results] == ["skipped"]
    assert run_names(outputs / "runs") == ["0001", "0002"]


@pytest.mark.long
def test_two_hundred_kills_at_any_moment_lose_and_mix_nothing(tmp_path: Path) -> None:
    tickers = [f"C{number:02}" for number in range(20)]
    inputs, outputs = inputs_of(tmp_path, *tickers), tmp_path / "outputs"
    chance = random.Random(7)  # noqa: S311 - no secret
    command = [sys.executable, "-c", MAIN, *_arguments(inputs, outputs), "-j", "2"]
    for _ in range(200):
        with subprocess.Popen(  # noqa: S603 - our own program
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(chance.uniform(0.3, 4))
            process.kill()
            process.communicate(timeout=FAR)
        await_release(outputs)
    run(RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(outputs)))
    undisturbed = tmp_path / "undisturbed"
    run(RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(undisturbed)))
    assert files(outputs) == files(undisturbed)
    for ticker in tickers:
        assert [row.revision for row in read_issued(outputs / ticker / "issued.csv")] == [1]
    assert _left_over(outputs) == []
