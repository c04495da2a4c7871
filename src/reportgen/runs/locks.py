"""One run at a time in a folder of outputs; the lock goes with the process that holds it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.xlsx.atomic import told_as_output_error
from reportgen.xlsx.locks import HeldError, held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".run.lock"


class LockedError(ReportgenError):
    """Another run is at work in these outputs."""


@contextmanager
def run_lock(outputs: Path, *, wait: bool) -> Iterator[None]:
    """Hold the outputs for one run; waiting for another one to end, if asked to.

    Raises LockedError, which names the holder, OutputError if the file system refuses.
    """
    folder = outputs / "runs"
    with ExitStack() as stack:
        with told_as_output_error(folder):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                stack.enter_context(held(folder / LOCK, -1 if wait else 0))
            except HeldError as error:
                raise LockedError(
                    f"{outputs}: {error}; wait for it (--wait does), or end it"
                ) from None
        yield
