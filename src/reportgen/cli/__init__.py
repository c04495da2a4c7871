"""The command line: arguments in, words and an exit status out, no logic."""

from __future__ import annotations

from reportgen.cli.commands import main

__all__ = ["main"]
