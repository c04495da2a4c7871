"""Standard streams that are closed or full: what cannot be said leaves the status to say it."""

from __future__ import annotations

import os
import sys


def stand_in_for_closed() -> None:
    """Open a stream that was closed before the program began, for nobody to read.

    Else the next file that is opened takes its number, and what is printed goes into that.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            os.set_inheritable(number, True)  # noqa: FBT003 - the system's own order
            mode = "w" if number else "r"
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


def forget(*names: str) -> None:
    """Keep the interpreter from complaining, while it exits, about streams that take no more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for name in names:
        try:
            os.dup2(nowhere, getattr(sys, name).fileno())
        except (OSError, ValueError):
            continue
    os.close(nowhere)


def flushed() -> None:
    """Put out what was said; what cannot be is forgotten: it was told, or nobody listens."""
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, ValueError):
            forget(name)
