"""Pages printed: with colours on a terminal, as aligned text elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from math import inf
from threading import Timer
from typing import TYPE_CHECKING

import click

from reportgen.cli.layout import laid_out
from reportgen.cli.lines import TextLine, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from rich.status import Status

    from reportgen.cli.lines import TextTable
    from reportgen.errors import Problem


def tell(page: Sequence[TextLine | TextTable], *, error: bool = False) -> None:
    """Print a page on standard output, or on standard error."""
    stream = sys.stderr if error else sys.stdout
    if is_terminal(stream):
        from reportgen.cli import terminal

        terminal.draw(page, stream)
    else:
        for line in plain(page):
            click.echo(line, file=stream)


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at a stream."""
    return stream.isatty()


def plain(page: Iterable[TextLine | TextTable]) -> Iterator[str]:
    """The lines of a page as text alone."""
    for part in page:
        if isinstance(part, TextLine):
            yield printable(part.text)
        elif part.rows:
            head, rows = laid_out(part.printable(), inf)
            yield from (*head, *rows)


def problem_lines(problems: Iterable[Problem]) -> Iterator[TextLine]:
    """The problems of a pack, one a line, mistakes and warnings told apart."""
    for problem in problems:
        is_error = problem.severity == "error"
        yield TextLine(
            str(problem) if is_error else f"warning: {problem}", "bad" if is_error else "warn"
        )


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
