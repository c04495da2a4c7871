"""Where outputs go: a folder, or a bucket, which is a folder while a command is at work."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.resources import is_url
from reportgen.runs.locks import run_lock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

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


@contextmanager
def place_of(outputs: str | os.PathLike[str]) -> Iterator[Place]:
    """Have outputs at hand inside: a folder as it is, `s3://BUCKET/PREFIX` as a mirror of it.

    Raises ReportgenError for any other URL, and for a bucket that cannot be used.
    """
    if is_url(outputs):
        from reportgen.runs.bucket import bucket  # noqa: PLC0415 - few outputs are in one

        with bucket(os.fspath(outputs)) as found:
            yield found
    else:
        yield Place(Path(outputs), os.fspath(outputs))
