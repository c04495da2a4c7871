"""One run at a time in a folder of outputs; the lock goes with the process that holds it."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from reportgen.errors import ReportgenError
from reportgen.xlsx.atomic import told_as_output_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK, HOLDER = ".run.lock", ".run.holder.json"


class LockedError(ReportgenError):
    """Another run is at work in these outputs."""


@contextmanager
def run_lock(outputs: Path, *, wait: bool) -> Iterator[None]:
    """Hold the outputs for one run; waiting for another one to end, if asked to.

    Raises LockedError, which names the holder, OutputError if the file system refuses.
    """
    folder = outputs / "runs"
    with told_as_output_error(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=-1 if wait else 0)
        except Timeout:
            raise LockedError(
                f"{outputs}: {_holder(folder / HOLDER)}; wait for it (--wait does), or end it"
            ) from None
    try:
        with suppress(OSError):  # it only serves the message above
            (folder / HOLDER).write_text(json.dumps(holder()), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER).unlink()
        lock.release()


def holder() -> dict[str, object]:
    """Return who this process is, for whoever finds the outputs held by it."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return {"host": socket.gethostname(), "pid": os.getpid(), "since": since}


def _holder(path: Path) -> str:
    try:
        return told_holder(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return told_holder("")


def told_holder(text: str) -> str:
    """Return in words who holds the outputs, as that process wrote it down."""
    try:
        found = json.loads(text)
        host, pid, since = (str(found[name]) for name in ("host", "pid", "since"))
    except (ValueError, KeyError, TypeError):
        return "another run is at work here"
    return f"another run is at work here: process {pid} on {host}, since {since}"
