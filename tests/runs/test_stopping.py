"""A run that is stopped, in whatever way, loses nothing and can be tried again."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from reportgen import ReportgenError, RunRequest, retry, run
from reportgen.runs.locks import run_lock
from tests.runs.companies import AS_OF, files, inputs_of
from tests.runs.dying import one_by_one
from tests.support.selection import long_except

if TYPE_CHECKING:
    from pathlib import Path

FAR = 120.0  # seconds that only a hang would reach
MAIN = "from reportgen.cli import main; main()"


@pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")
@pytest.mark.parametrize(
    "how",
    long_except({signal.SIGKILL}, [signal.SIGINT, signal.SIGTERM, signal.SIGKILL]),
)
def test_a_run_that_is_stopped_loses_nothing_and_can_be_tried_again(
    tmp_path: Path, how: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", one_by_one)  # what is not stopped
    names = [f"C{number}" for number in range(3)]
    inputs, outputs = inputs_of(tmp_path, *names), tmp_path / "outputs"
    command = [sys.executable, "-c", MAIN, "run", "--as-of", AS_OF, "-j", "2"]
    with subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--inputs", str(inputs), "--outputs", str(outputs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # one company is done
        process.send_signal(how)
        process.communicate(timeout=FAR)
    assert process.returncode == (-how if how == signal.SIGKILL else 128 + how)
    await_release(outputs)
    retry(outputs)
    undisturbed = tmp_path / "elsewhere"
    run(RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(undisturbed)))
    assert files(outputs) == files(undisturbed)


def await_release(outputs: Path) -> None:
    """Wait for the workers of a killed run to end: they do when they see that it is gone."""
    until = time.monotonic() + FAR
    while time.monotonic() < until:
        try:
            with run_lock(outputs, wait=False):
                return
        except ReportgenError:
            time.sleep(0.05)
