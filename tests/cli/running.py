"""The command line run inside this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from reportgen.cli.commands import commands
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

INPUTS = REPOSITORY / "inputs"
AS_OF = "2025-11-30"


def run(*arguments: str | Path, **environment: str) -> Result:
    """What a command printed on either stream, and its exit status."""
    runner = CliRunner(env={"REPORTGEN_DEBUG": "", **environment})
    return runner.invoke(commands, [str(argument) for argument in arguments])


def build(*arguments: str | Path, ticker: str = "BABA", inputs: Path = INPUTS) -> Result:
    """`reportgen build` of the pack of the repository, unless another is named."""
    return run("build", ticker, "--as-of", AS_OF, "--inputs", inputs, *arguments)
