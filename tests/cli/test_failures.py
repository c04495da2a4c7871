from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.version import __version__
from tests.cli.running import AS_OF, build, run
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from tests.cli.conftest import Built

PROGRAM = [sys.executable, "-c", "from reportgen.cli import main; main()"]
FAR = 300.0  # seconds that only a hang would reach
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


# The program, asked to end at a moment in which nothing that is raised arrives as it was raised
ASKED_AT_A_MOMENT = """
import signal, sys, time
import reportgen
from reportgen.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by what a shell puts behind

class Importing:
    def find_spec(self, name, path=None, target=None):
        if name == {loaded!r}:
            try:
                signal.raise_signal({sent})
            except KeyboardInterrupt:
                raise ImportError("the library cannot be loaded") from None

class Finalised:
    def __del__(self):
        signal.raise_signal({sent})

def wait_for_the_end(*_, **__):
    Finalised()
    time.sleep(86_400)  # which the signal ends

sys.meta_path.insert(0, Importing())
reportgen.show = {show}
sys.argv[1:] = ["show", "report.xlsx"]
main()
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "moment",
    [
        {"loaded": "click", "show": "None"},
        {"loaded": "numpy", "show": "lambda *_, **__: __import__('numpy')"},
        {"loaded": "", "show": "wait_for_the_end"},
    ],
    ids=["the program is loaded", "a library is loaded", "a finaliser runs"],
)
def test_a_signal_at_any_moment_is_one_line(moment: dict[str, str], sent: int) -> None:
    ended = subprocess.run(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", ASKED_AT_A_MOMENT.format(**moment, sent=int(sent))],
        capture_output=True,
        text=True,
        check=False,
        timeout=FAR,
    )
    assert ended.stderr == "Interrupted: nothing was left half-written.\n"
    assert ended.returncode == 128 + sent


def test_signals_are_heard_before_anything_is_loaded_that_takes_time() -> None:
    loaded = (
        "import sys; had = set(sys.modules); import reportgen.cli; print(*set(sys.modules) - had)"
    )
    asked = subprocess.run(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert set(asked.stdout.split()) <= {
        *("__future__", "_signal"),
        *("reportgen", "reportgen.version", "reportgen.cli", "reportgen.cli.early_signals"),
    }


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize(
    ("words", "streams", "status"),
    [
        (["ls"], ">&-", 0),
        (["ls"], ">&- 2>&-", 0),
        (["ls"], ">/dev/full", 2),
        (["ls"], ">/dev/full 2>/dev/full", 2),
        (["show", "nowhere.xlsx"], "2>&-", 2),
        (["shwo"], ">&- 2>&-", 2),
        (["shwo"], "2>/dev/full", 2),
    ],
    ids=str,
)
def test_closed_and_full_streams_leave_the_status_to_say_it(
    tmp_path: Path, words: list[str], streams: str, status: int
) -> None:
    (tmp_path / "inputs").mkdir()
    ended = subprocess.run(  # noqa: S603 - as above
        ["sh", "-c", f'exec "$@" {streams}', "sh", *PROGRAM, *words],  # noqa: S607 - any shell
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert ended.returncode == status
    assert "Traceback" not in ended.stderr
    assert "mistake in reportgen" not in ended.stderr


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


def test_a_reader_who_has_gone_ends_the_program_in_silence(built: Built) -> None:
    with subprocess.Popen(  # noqa: S603 - as above
        [*PROGRAM, "show", str(built.path), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=REPOSITORY,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
    assert said == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_output_that_cannot_be_written_is_trouble(built: Built) -> None:
    with Path("/dev/full").open("w") as full:
        shown = subprocess.run(  # noqa: S603 - as above
            [*PROGRAM, "show", str(built.path), "--headline"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=REPOSITORY,
        )
    assert shown.returncode == 2
    assert "No space left on device" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_letters_that_a_terminal_cannot_show_are_escaped_not_fatal(tmp_path: Path) -> None:
    inputs = REPOSITORY / "tests/packs/tokyo/inputs"
    command = [*PROGRAM, "check", "6799\udcff", "--as-of", AS_OF, "--inputs", str(inputs)]
    asked = subprocess.run(  # noqa: S603 - as above
        command,
        capture_output=True,
        check=False,
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )
    assert asked.returncode == 2
    assert rb"6799\udcff" in asked.stderr
    assert b"Traceback" not in asked.stderr
    assert not any(tmp_path.iterdir())
