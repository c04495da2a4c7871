"""Files that are replaced as a whole: complete and on the disk, or untouched."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import signal
import stat
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.system import flush_folder, open_in_place, set_rights, signals_held_back
from reportgen.xlsx.locks import HeldError, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

LOCK_NAME = ".reportgen.lock"
LOCK_SECONDS = 60.0

_REMEDIES = {
    errno.ENOSPC: "free some space or choose another folder",
    errno.EDQUOT: "free some of your quota or choose another folder",
    errno.EACCES: "close the file elsewhere, or choose a folder you may write to",
    errno.EPERM: "close the file elsewhere, or choose a folder you may write to",
    errno.EROFS: "choose a folder that can be written to",
    errno.EEXIST: "a file stands where a folder should; move it or choose another folder",
    errno.ENOTDIR: "a file stands where a folder should; move it or choose another folder",
    errno.EISDIR: "a folder stands where the file should; move it or choose another name",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: "a link stands where a file should; remove it or choose another folder",
}


class OutputError(ReportgenError):
    """A file could not be written; what stood there before still stands."""


def atomic_write(path: Path, write_into: Callable[[Path], None]) -> None:
    """Let `write_into` fill a new file, then put that file in the place of `path` in one step.

    The new file lies in the same folder, is flushed to the disk before it takes the name, and is
    removed if anything fails, so that at any moment `path` is either what it was or complete. It
    has the rights of the file that it replaces. A symbolic link is replaced, never followed; one
    to a device, and what else is no file, is refused. Runs that write to the same folder wait for
    each other. Raises OutputError if the file system refuses, also within `write_into`, or if
    another run holds the folder for a minute; whatever else `write_into` raises passes through.
    """
    atomic_write_all({path: write_into})


def atomic_write_all(writers: Mapping[Path, Callable[[Path], None]]) -> None:
    """As `atomic_write` for several files: each is filled before the first takes its name.

    Whatever goes wrong until then leaves all of them as they were. The folders are held throughout.
    """
    by_folder = {path.parent: path for path in writers}
    with ExitStack() as held:
        for path in writers:
            _require_file(path)
        for folder, path in sorted(by_folder.items()):
            held.enter_context(told_as_output_error(path))
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(_locked(folder))
        drafts = [
            held.enter_context(_drafted(path, write_into)) for path, write_into in writers.items()
        ]
        with signals_held_back(signal.SIGINT, signal.SIGTERM):
            for path, draft in zip(writers, drafts, strict=True):
                with told_as_output_error(path):
                    draft.replace(path)
        for folder in by_folder:
            flush_folder(folder)


def require_free(path: Path) -> None:
    """Raise OutputError unless there is nothing at a path, or an empty folder."""
    with told_as_output_error(path):
        if path.resolve() == path.cwd():
            raise OutputError(f"{path}: is the folder you are in; name a new one")
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise OutputError(f"{path}: is there and is no folder; name a new one")
        if path.is_dir() and any(path.iterdir()):
            raise OutputError(f"{path}: the folder is not empty; name a new one, or empty it")


def atomic_folder(path: Path, write_into: Callable[[Path], None]) -> None:
    """Let `write_into` fill a new folder, then give it the place of `path` in one step.

    That place has to be free, or an empty folder. The new folder lies beside it, its files are
    flushed to the disk before it takes the name, and it is removed if anything fails. Raises
    OutputError as `atomic_write` does, and where the place is not free.
    """
    path = path.absolute()
    with told_as_output_error(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path.parent):
            require_free(path)
            start = _start_of_drafts(path)
            _clear(path.parent, start)
            draft = path.with_name(f"{start}{secrets.token_hex(8)}.tmp")
            draft.mkdir()
            try:
                write_into(draft)
                for made in draft.rglob("*"):
                    if made.is_file():
                        _flush(made)
                if path.is_dir():
                    path.rmdir()
                draft.rename(path)
            except BaseException:
                shutil.rmtree(draft, ignore_errors=True)
                raise
            flush_folder(path.parent)


def atomic_store(path: Path, content: bytes | str) -> None:
    """Put a content in the place of `path` in one step; text in UTF-8, its line ends as they are.

    Raises OutputError as `atomic_write` does.
    """
    stored = content.encode() if isinstance(content, str) else content

    def fill(draft: Path) -> None:
        draft.write_bytes(stored)

    atomic_write(path, fill)


@contextmanager
def told_as_output_error(path: Path) -> Iterator[None]:
    """Inside, what the file system refuses is told as OutputError, with the place and a remedy."""
    try:
        yield
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, "check the folder and try again")
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: could not be written: {reason}; {remedy}") from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(held(folder / LOCK_NAME, LOCK_SECONDS))
        except HeldError as error:
            raise OutputError(
                f"{folder}: could not be written to for {LOCK_SECONDS:.0f} seconds: {error}; wait"
                " for it, or end it"
            ) from None
        yield


_KINDS = (
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
)


def _require_file(path: Path) -> None:
    """Raise OutputError where the place is of something that no file may take the place of."""
    try:
        mode = path.stat().st_mode  # of what a link leads to
    except (OSError, ValueError):
        return  # nothing is there, or writing will tell
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "")
    if not kind and path.is_symlink() and str(path.readlink()).startswith(_OF_THE_SYSTEM):
        kind = "a link of the system"
    if kind:
        raise OutputError(f"{path}: is {kind}, and no file; name a file")


_OF_THE_SYSTEM = ("/proc/", "/dev/")  # as /dev/stdout is, whatever it leads to


@contextmanager
def _drafted(path: Path, write_into: Callable[[Path], None]) -> Iterator[Path]:
    """Yield a new file beside `path`, filled and on the disk; removed if anything fails."""
    with told_as_output_error(path):
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        rights = _rights(path)
        start = _start_of_drafts(path)
        _clear(path.parent, start)
        draft = path.with_name(f"{start}{secrets.token_hex(8)}.tmp")
        # Created here, so that nothing else of this name, not even a link, can be written through.
        # As secret as what it replaces from the first byte on.
        mode = 0o666 if rights is None else rights | stat.S_IRUSR | stat.S_IWUSR
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        try:
            write_into(draft)
            _flush(draft, rights)
            yield draft
        except BaseException:
            with suppress(OSError):
                draft.unlink()
            raise


def _rights(path: Path) -> int | None:
    """The rights of the file at a path; None where there is none, or a link, which is replaced."""
    found = None if path.is_symlink() or not path.exists() else path.stat()
    return None if found is None else stat.S_IMODE(found.st_mode)


def _start_of_drafts(path: Path) -> str:
    """What names of drafts begin with: with the name itself, unless it is as long as names are."""
    name = path.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return f".{name}."


_LONGEST_NAME = 255 - len("..") - 2 * 8 - len(".tmp")  # bytes that the rest of a name leaves


def _clear(folder: Path, start: str) -> None:
    """Remove what a run that was killed left of its file: who holds the lock knows it is dead."""
    for left in folder.iterdir():
        if re.fullmatch(rf"{re.escape(start)}[0-9a-f]{{16}}\.tmp", left.name):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
                continue
            with suppress(OSError):
                left.unlink()


def _flush(path: Path, rights: int | None = None) -> None:
    """Put a file on the disk, with these rights."""
    descriptor = open_in_place(path)
    try:
        os.fsync(descriptor)
        if rights is not None:
            set_rights(descriptor, path, rights)
    finally:
        os.close(descriptor)
