"""A sign of life on a terminal while something takes longer than a moment."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

from reportgen.cli.page import is_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.status import Status

PATIENCE = 1.0  # seconds


class _Spinner:
    """A spinner that appears after a while, if it was not stopped before."""

    def __init__(self, what: str) -> None:
        """It tells what is being done."""
        self._what = what
        self._status: Status | None = None
        self._timer = Timer(PATIENCE, self._appear)
        self._timer.daemon = True

    def start(self) -> None:
        """Begin to count the seconds."""
        self._timer.start()

    def _appear(self) -> None:
        from rich.console import Console

        self._status = Console(stderr=True).status(self._what)
        self._status.start()

    def stop(self) -> None:
        """Leave the terminal as it was."""
        self._timer.cancel()
        self._timer.join()
        if self._status is not None:
            self._status.stop()


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show a spinner on standard error while the block runs for more than a second."""
    if not is_terminal(sys.stderr):
        yield
        return
    spinner = _Spinner(what)
    spinner.start()
    try:
        yield
    finally:
        spinner.stop()
