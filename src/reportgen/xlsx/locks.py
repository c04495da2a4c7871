"""One process at a time: a lock that says who holds it, and goes with the process that does."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from datetime import datetime
from getpass import getuser
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from reportgen.errors import ReportgenError
from reportgen.system import open_in_place, set_rights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FOR_ALL = 0o666  # whoever may write to a shared folder has to be able to hold it


class HeldError(ReportgenError):
    """Another process holds the lock; the message says who, and which file it is."""


@contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of that file, after waiting for so many seconds; -1 for as long as it takes.

    Raises HeldError while another process holds it, or where the file cannot be opened for the
    rights of whoever made it, and OSError for what else the system refuses.
    """
    lock = FileLock(path, timeout=seconds)
    try:
        lock.acquire()
    except Timeout:
        raise HeldError(f"{told_holder(_read(path))}, and holds {path}") from None
    except PermissionError:
        if not path.exists():  # the folder refuses it, not whoever made a lock in it
            raise
        raise HeldError(
            f"another user made {path}, and it cannot be opened (Permission denied)"
        ) from None
    try:
        _write(path, json.dumps(holder()))
        yield
    finally:
        _write(path, "")
        lock.release()


def holder() -> dict[str, object]:
    """Return who this process is, for whoever finds something held by it."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    try:
        user = getuser()
    except (OSError, KeyError, ImportError):  # the system knows no name for it
        user = "somebody"
    return {"host": socket.gethostname(), "user": user, "pid": os.getpid(), "since": since}


def told_holder(text: str) -> str:
    """Return in words who holds something, as that process wrote it down."""
    try:
        found = json.loads(text)
        host, pid, since = (str(found[name]) for name in ("host", "pid", "since"))
        user = str(found.get("user") or "somebody")
    except (ValueError, KeyError, TypeError, AttributeError):
        return "another run is at work here"
    return f"another run is at work here: process {pid} of {user} on {host}, since {since}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _write(path: Path, text: str) -> None:
    # It only serves the message, and another user may have made it
    with suppress(OSError), os.fdopen(open_in_place(path), "r+b") as file:
        file.truncate()
        file.write(text.encode())
        set_rights(file.fileno(), path, _FOR_ALL)
