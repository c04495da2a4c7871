from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportgen.version import __version__
from tests.cli.running import AS_OF, build, run
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PACK = REPOSITORY / "tests/packs/bare/inputs"


BUILD = ["build", "NORD", "--as-of", AS_OF, "--inputs", str(PACK)]


def breaks(error: BaseException) -> object:
    def broken(*_: object, **__: object) -> None:
        raise error

    return broken


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyError("hype.value"), "unexpected KeyError: 'hype.value'"),
        (RecursionError("too deep\n\nby far"), "unexpected RecursionError: too deep by far"),
        (MemoryError(), "unexpected MemoryError:"),
        (AssertionError("\x1b[31m"), r"unexpected AssertionError: \x1b[31m"),
    ],
)
def test_a_mistake_of_the_program_is_one_line_and_says_how_to_report_it(
    monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    monkeypatch.setattr("reportgen.runs.drafts.compose", breaks(error))
    asked = build()
    assert asked.exit_code == 2
    first, second = asked.stderr.splitlines()
    assert told in first
    assert "REPORTGEN_DEBUG=1" in second
    assert not asked.stdout


def test_debug_shows_where_trouble_arose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.runs.drafts.compose", breaks(KeyError("hype.value")))
    asked = run("build", "BABA", "--as-of", AS_OF, REPORTGEN_DEBUG="1")
    assert asked.exit_code == 2
    assert "Traceback (most recent call last)" in asked.stderr
    assert "in broken" in asked.stderr


def test_a_failure_of_the_system_names_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    error = PermissionError(13, "Permission denied", "outputs/BABA")
    monkeypatch.setattr("reportgen.runs.drafts.compose", breaks(error))
    asked = build()
    assert asked.exit_code == 2
    assert asked.stderr == "Error: outputs/BABA: Permission denied\n"


def test_an_interrupted_build_exits_with_130_and_leaves_the_earlier_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "BABA/2025-11-30/BABA-2025-11-30.xlsx"
    place.parent.mkdir(parents=True)
    place.write_text("earlier")
    monkeypatch.setattr("reportgen.xlsx.atomic._flush", breaks(KeyboardInterrupt()))
    asked = build("--outputs", tmp_path)
    assert asked.exit_code == 130
    assert asked.stderr == "Interrupted: nothing was left half-written.\n"
    assert place.read_text() == "earlier"
    assert {path.name for path in place.parent.iterdir()} == {place.name, ".reportgen.lock"}


# A build that says so when its workbook is half stored, and then waits for ever
HALF_STORED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by what a shell puts behind
from reportgen.xlsx import atomic
from reportgen.cli import main

def wait(*_):
    print("half stored", flush=True)
    sys.stdin.read()

atomic._flush = wait
main()
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_real_build_and_leaves_nothing_half_written(
    tmp_path: Path, sent: int
) -> None:
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", HALF_STORED, *BUILD, "--outputs", str(tmp_path / "outputs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half stored\n"
        process.send_signal(sent)
        process.wait()  # before its standard input is closed, on which it waits
        _, said = process.communicate()
    assert process.returncode == 128 + sent
    assert said == "Interrupted: nothing was left half-written.\n"
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith((".tmp", ".xlsx"))]


def test_a_signal_while_arguments_are_read_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.Group.parse_args", breaks(KeyboardInterrupt()))
    asked = run("show", "report.xlsx")
    assert asked.exit_code == 130
    assert asked.stderr == "Interrupted: nothing was left half-written.\n"


def test_the_package_runs_as_a_program() -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "reportgen", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (asked.returncode, asked.stdout) == (0, f"reportgen {__version__}\n")


def test_a_command_leaves_the_handling_of_signals_as_it_was() -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert run("show", "nowhere.xlsx").exit_code == 2
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_closed_pipe_is_no_trouble_to_tell_of(
    monkeypatch: pytest.MonkeyPatch, stream: str
) -> None:
    monkeypatch.setattr("reportgen.cli.failures.forget", lambda *_: None)
    if stream == "stdout":
        monkeypatch.setattr("reportgen.runs.drafts.compose", breaks(BrokenPipeError(32, "gone")))
        assert build().exit_code == 141
    else:
        monkeypatch.setattr("reportgen.cli.failures.tell", breaks(BrokenPipeError(32, "gone")))
        assert run("build", "NOPE", "--as-of", AS_OF).exit_code == 2
