"""Quote the help of every command anew where docs/commands.md shows it; run by `make docs`."""  # noqa: INP001 - pages, no package

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from click.testing import CliRunner

from reportgen.cli.commands import commands

PAGE = Path(__file__).resolve().parent / "commands.md"
WIDTH = 80  # columns of the quoted help
_QUOTE = re.compile(
    r"^```console\n\$ (?P<command>reportgen(?: \w+)? --(?:help|version))\n.*?^```$",
    re.MULTILINE | re.DOTALL,
)


def quoted(page: str) -> str:
    """The page with the help that the commands give now."""
    return _QUOTE.sub(_block, page)


def _block(match: re.Match[str]) -> str:
    command = match["command"]
    answer = CliRunner().invoke(commands, shlex.split(command)[1:], terminal_width=WIDTH).output
    return f"```console\n$ {command}\n{answer.rstrip()}\n```"


def main() -> int:
    """Write the page; returns the exit status."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(quoted(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
