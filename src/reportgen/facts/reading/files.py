"""Reading the bytes of an input file without being led astray by what stands in its place."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reportgen.facts.problem_log import CellError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 64 * 1024 * 1024  # bytes; every daily rate of the ECB since 1999 takes 2 MB
_PLAIN = "a plain file"
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


def read_input(path: Path, root: Path) -> bytes | None:
    """The bytes of a plain file below `root`; None if there is none.

    Raises CellError for whatever else stands there: a folder, a pipe, a link that leads out of
    `root`, a file too large or not readable. Opening does not wait for a pipe's other end.
    """
    try:
        with _opened(path, root) as descriptor:
            return _read(descriptor)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CellError(f"cannot be read ({error.strerror})", _PLAIN) from None


@contextmanager
def _opened(path: Path, root: Path) -> Iterator[int]:
    if path.is_symlink():
        _check_link(path, root)
    descriptor = os.open(path, _FLAGS)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _check_link(path: Path, root: Path) -> None:
    """A link is followed only to a place inside the inputs, so that a pack can be trusted."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise CellError("is a link that leads nowhere", _PLAIN) from None
    if not target.is_relative_to(root.resolve()):
        raise CellError("is a link that leads out of the inputs", _PLAIN, "copy the file here")


def _read(descriptor: int) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a file"
        raise CellError(f"is {kind}", _PLAIN)
    if status.st_size > LARGEST:
        raise CellError(f"is too large ({status.st_size:,} bytes)", f"at most {LARGEST:,} bytes")
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read(LARGEST)
