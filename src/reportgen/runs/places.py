"""Where outputs go: a folder, or what stands for one while a command is at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.runs.locks import run_lock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from reportgen.runs.company import Result


@dataclass
class Place:
    """A folder of outputs, and what a person calls it: `name`.

    What a bucket needs beyond a folder is done by the methods; for a folder there is nothing to do.
    """

    folder: Path
    name: str

    def fetch(self, days: Sequence[date], *, pages: bool = False, run: str | None = None) -> None:
        """Have at hand what reports of these days read, and their pages; a run (the newest)."""

    def held(self, *, wait: bool) -> AbstractContextManager[None]:
        """Hold the outputs for one run, as `run_lock` does; what it wrote is kept at its end."""
        return run_lock(self.folder, wait=wait)

    def kept(self, result: Result) -> Result:
        """Return what became of a company, told once its files are where they belong."""
        return result

    def keep(self) -> None:
        """Put all that was written where it belongs."""

    def told(self, text: str) -> str:
        """Return a text that names places as a person knows them."""
        return text
