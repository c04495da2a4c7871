"""What goes wrong, told to a person in as few words as help; and the exit status it leaves."""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING

import click

from reportgen.cli.early_signals import TOLD
from reportgen.cli.lines import Page, TextLine
from reportgen.cli.output import problem_lines, tell
from reportgen.cli.streams import forget
from reportgen.errors import InputErrors, ReportgenError, kind_on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.cli.interrupts import Ear

GOOD, FAILED_CHECKS, TROUBLE = 0, 1, 2
INTERRUPTED, PIPE_CLOSED = 130, 141  # as shells have it
DEBUG = "REPORTGEN_DEBUG"


class PipeClosedError(Exception):
    """Who read our output has seen enough."""


class StoppedError(Exception):
    """The person at the keyboard, or the system, asked the program to end."""


def exit_status(run: Callable[[], object], ear: Ear) -> int:
    """Run the program; what it raises is told on standard error, and becomes a status."""
    try:
        return _status(run, ear)
    except KeyboardInterrupt:  # while something else was told
        return _stopped(ear)


def _status(run: Callable[[], object], ear: Ear) -> int:
    try:
        status = run()
    except PipeClosedError:
        forget("stdout", "stderr")
        return PIPE_CLOSED
    except (StoppedError, click.Abort):
        return _stopped(ear)
    except click.ClickException as error:
        return _said(error.show, TROUBLE)
    except Exception as error:  # noqa: BLE001 - whatever it is, a person must be told in words
        if ear.heard:  # an import that was interrupted may raise anything
            return _stopped(ear)
        if os.environ.get(DEBUG):
            traceback.print_exception(error)
        return _tell(told(error), TROUBLE)
    return status if isinstance(status, int) else GOOD


def _stopped(ear: Ear) -> int:
    return _tell([TextLine(TOLD)], ear.heard.status if ear.heard else INTERRUPTED)


def told(error: Exception) -> Page:
    """What a person is told of an error."""
    if isinstance(error, InputErrors):
        return [*problem_lines(error.problems), TextLine(count(error), "bad")]
    if isinstance(error, ReportgenError):
        return [TextLine(f"Error: {error}", "bad")]
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return [TextLine(f"Error: {place}{error.strerror or error}", "bad")]
    return [
        TextLine(f"Error: unexpected {kind_on_one_line(error)[:200]}", "bad"),
        TextLine(
            "This is a mistake in reportgen. Nothing was left half-written. Please report what it "
            f"prints when {DEBUG}=1 is set."
        ),
    ]


def count(error: InputErrors) -> str:
    """How many mistakes there are, and what that means."""
    number = len(error.problems)
    mistakes = "1 mistake" if number == 1 else f"{number} mistakes"
    return f"Error: {mistakes} in the inputs: no report was written, and none was replaced."


def _tell(page: Page, status: int) -> int:
    return _said(lambda: tell(page, error=True), status)


def _said(say: Callable[[], object], status: int) -> int:
    try:
        say()
        sys.stderr.flush()
    except OSError:  # nobody listens: the status alone has to say it
        forget("stdout", "stderr")
    return status
