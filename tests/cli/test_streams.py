"""Streams that are closed, full or cannot show a letter leave the status to say it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import AS_OF
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from tests.cli.conftest import Built


PROGRAM = [sys.executable, "-c", "from reportgen.cli import main; main()"]


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
