"""Whatever kills a run, and whenever: nothing is torn, mixed, lost or left over after a retry."""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen import ReportgenError, RunRequest, retry, run
from reportgen.runs.issued import read_issued
from reportgen.runs.journal import run_names
from reportgen.runs.lanes import _Lane
from reportgen.runs.locks import run_lock
from tests.runs.companies import AS_OF, append, files, inputs_of
from tests.runs.dying import POINTS, one_by_one
from tests.runs.test_stopping import FAR, MAIN, await_release
from tests.support.tools import REPOSITORY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")


def _arguments(inputs: Path, outputs: Path) -> list[str]:
    return ["run", "--as-of", AS_OF, "--inputs", str(inputs), "--outputs", str(outputs)]


def _left_over(outputs: Path) -> list[str]:
    return [path.name for path in outputs.rglob("*.tmp")]


@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_between_two_writes_is_finished_to_the_byte_by_a_retry(
    tmp_path: Path, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", one_by_one)
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
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", one_by_one)
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
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", one_by_one)
    inputs, outputs = inputs_of(tmp_path, "ALFA"), tmp_path / "outputs"
    asked = RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(outputs))
    run(asked)
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert [one.status for one in run(asked).results] == ["skipped"]
    assert run_names(outputs / "runs") == ["0001", "0002"]


def _told(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program


@pytest.mark.long
@pytest.mark.parametrize("place", [f"ALFA/{AS_OF}", "."])
def test_outputs_without_the_right_to_write_lose_nothing(tmp_path: Path, place: str) -> None:
    inputs, outputs = inputs_of(tmp_path, "ALFA", "BETA"), tmp_path / "outputs"
    undisturbed = tmp_path / "undisturbed"
    asked = RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(outputs))
    run(asked)
    for ticker in ("ALFA", "BETA"):
        append(inputs / ticker / "prices.csv", "2025-11-29,31.5")
    shutil.copytree(outputs, undisturbed)
    closed = [outputs / place, *filter(Path.is_dir, (outputs / place).rglob("*"))]
    for folder in closed:
        folder.chmod(0o555)
    died = _told(*_as_a_mere_user(), sys.executable, "-c", MAIN, *_arguments(inputs, outputs))
    for folder in closed:
        folder.chmod(0o755)
    assert "could not be written: Permission denied; " in died.stdout + died.stderr
    assert "Traceback" not in died.stderr
    assert died.returncode == (1 if "ALFA" in place else 2)
    assert (AS_OF in died.stdout) == ("ALFA" in place)  # the other company is done
    run(asked)
    run(replace(asked, outputs=str(undisturbed)))
    assert files(outputs) == files(undisturbed)
    assert _left_over(outputs) == []


def _as_a_mere_user() -> list[str]:
    """What goes before a command, so that rights hold for it: root may write anywhere."""
    if os.geteuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write anywhere, and there is no setpriv to take that away")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


FULL = """
mount -t tmpfs -o size={size}k tmpfs {folder} || exit 77
{command} run {arguments}
echo "status $?"
mount -o remount,size=50m {folder}
{command} run {arguments} >/dev/null
cp -r {folder}/outputs {kept}
"""


@pytest.mark.long
@pytest.mark.parametrize("size", [4, 500, 900])
def test_a_full_disk_loses_nothing(tmp_path: Path, size: int) -> None:
    """Sizes for not even an event, for events alone, and for two of three companies."""
    inputs, folder, kept = (
        inputs_of(tmp_path, "ALFA", "BETA", "GAMA"),
        tmp_path / "f",
        tmp_path / "k",
    )
    folder.mkdir()
    words = (
        shlex.join(one)
        for one in ([sys.executable, "-c", MAIN], _arguments(inputs, folder / "outputs")[1:])
    )
    command, arguments = words
    script = FULL.format(size=size, folder=folder, command=command, arguments=arguments, kept=kept)
    ran = _told("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script)
    if not kept.exists():
        pytest.skip(f"no file system can be mounted here: {ran.stderr}")
    told = ran.stdout + ran.stderr
    assert "No space left on device; free some space or choose another folder" in told
    assert "Traceback" not in told
    assert re.search(r"^status [12]$", ran.stdout, re.MULTILINE)
    undisturbed = tmp_path / "undisturbed"
    run(RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(undisturbed)))
    assert files(kept) == files(undisturbed)
    assert _left_over(kept) == []


@pytest.mark.long
def test_of_two_runs_at_once_one_is_refused_and_nothing_mixes(tmp_path: Path) -> None:
    inputs, outputs = inputs_of(tmp_path, "ALFA", "BETA", "GAMA"), tmp_path / "outputs"
    command = [sys.executable, "-c", MAIN, *_arguments(inputs, outputs)]
    with run_lock(outputs, wait=False):
        refused = _told(*command)
        waiting = subprocess.Popen([*command, "--wait"], stdout=subprocess.DEVNULL)  # noqa: S603 - as above
    assert waiting.wait(timeout=FAR) == 1
    assert (refused.returncode, "another run is at work here" in refused.stderr) == (2, True)
    undisturbed = tmp_path / "undisturbed"
    run(RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(undisturbed)))
    assert files(outputs) == files(undisturbed)


@pytest.mark.long
def test_a_worker_that_is_killed_costs_a_run_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, outputs = inputs_of(tmp_path, "ALFA", "BETA", "GAMA"), tmp_path / "outputs"
    begin, victims = _Lane.begin, [0]

    def begun(lane: _Lane[object, object], *what: Any) -> None:  # noqa: ANN401 - as the lane's
        begin(lane, *what)
        if victims:
            victims.pop()
            lane.end(signal.SIGKILL)

    monkeypatch.setattr(_Lane, "begin", begun)
    asked = RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(outputs), workers=1)
    run(asked)
    run(replace(asked, outputs=str(tmp_path / "undisturbed")))
    assert not victims
    assert files(outputs) == files(tmp_path / "undisturbed")


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
