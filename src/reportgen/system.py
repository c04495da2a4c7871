"""What only some systems can do, each with what is done where it cannot be.

No other module calls what Windows lacks (`resource`, `os.killpg`, `os.O_DIRECTORY`, ...); the tests
take those names away and run the program. The reader's process imports this module first of all,
so it stays small. It also holds the one thing we ask of the interpreter itself.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
from contextlib import contextmanager, suppress
from math import ceil
from time import process_time, sleep
from typing import TYPE_CHECKING

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]  # the name stands for "no limits here"

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

_OUT_OF_TIME = 152  # what a shell reports of a process that the system ended for its computing
_WATCH_SECONDS = 0.02
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # what no process can put off


def open_to_read(path: Path, *, follow: bool = True) -> int:
    """A descriptor of the file, for its bytes as they are. Raises OSError.

    Where pipes can be opened without waiting for their other end, this does not wait. Unless it
    may `follow`, a symbolic link in the place of the file is refused.
    """
    return _open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0), follow=follow)


def open_in_place(path: Path) -> int:
    """A descriptor to write to the file that is there; a link is refused. Raises OSError."""
    return _open(path, os.O_RDWR, follow=False)


def _open(path: Path, how: int, *, follow: bool) -> int:
    no_link = 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    if not (follow or no_link) and path.is_symlink():  # a moment before, where the system cannot
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return os.open(path, how | no_link | getattr(os, "O_BINARY", 0))


def set_rights(descriptor: int, path: Path, rights: int) -> None:
    """Give an open file these rights, by its name only where there is no other way."""
    where = descriptor if os.chmod in os.supports_fd else path
    os.chmod(where, rights)  # noqa: PTH101 - a path is only one of two that it may be


def flush_folder(folder: Path) -> None:
    """Put the names in a folder on the disk; done by the system itself where it has no such call.

    Raises OSError if the disk refuses.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def stop_with_children(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started with `start_new_session` and, on Unix, all that it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


@contextmanager
def signals_held_back(*numbers: signal.Signals) -> Iterator[None]:
    """Inside, these signals wait: for steps that belong together and take no time.

    A process that is started inside is born deaf to them. Where signals cannot wait, they do not.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def signal_thread(thread: int, number: int) -> None:
    """Send a signal to one thread of this process, whose wait it ends.

    Where a thread cannot be sent one, it is for the main thread, once a wait of that is over.
    """
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(thread, number)
    else:
        signal.raise_signal(number)


class Allowance:
    """What this process may use from now on; past it, the process ends or gets a MemoryError.

    It writes no file and leaves no core behind. Without the module `resource` memory is not
    bounded, and a thread of our own watches the seconds.
    """

    def __init__(self, memory: int, seconds: float) -> None:
        """`memory` in bytes, `seconds` of computing (not of waiting) since the process began."""
        _limit("RLIMIT_AS", memory)
        _limit("RLIMIT_FSIZE", 0)
        _limit("RLIMIT_CORE", 0)
        self._seconds = seconds
        self.allow_seconds(seconds)
        if not hasattr(resource, "RLIMIT_CPU"):
            from threading import Thread  # noqa: PLC0415 - where it is needed; it is slow to load

            Thread(target=self._watch, daemon=True).start()

    def allow_seconds(self, seconds: float) -> None:
        """Allow so many seconds of computing since the process began."""
        self._seconds = seconds
        _limit("RLIMIT_CPU", ceil(seconds))

    def _watch(self) -> None:
        while process_time() < self._seconds:
            sleep(_WATCH_SECONDS)
        os._exit(_OUT_OF_TIME)


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def limit_memory(most: int) -> None:
    """Allow this process so many bytes of memory: past them it gets a MemoryError."""
    _limit("RLIMIT_AS", most)
    _limit("RLIMIT_CORE", 0)


@contextmanager
def limit_computing(until: float, error: type[Exception]) -> Iterator[None]:
    """Inside, raise an error once this process has computed for so many seconds since it began.

    Code that does not come back to the interpreter does not get it, and where the system has no
    such limit there is none: who waits for this process has to watch the clock as well.
    """
    if not hasattr(signal, "SIGXCPU") or resource is None:
        yield
        return

    def stop(number: int, frame: object) -> None:
        del number, frame
        raise error

    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    before = signal.signal(signal.SIGXCPU, stop)
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(until), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
        signal.signal(signal.SIGXCPU, before)


def ran_out_of_seconds(status: int) -> bool:
    """Whether a process of this status was ended because its seconds of computing were used up."""
    return status in (_OUT_OF_TIME, -getattr(signal, "SIGXCPU", _OUT_OF_TIME))


def _limit(what: str, bound: int) -> None:
    number = getattr(resource, what, None)
    if number is None:
        return
    _, hard = resource.getrlimit(number)
    wanted = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
    with suppress(ValueError, OSError):  # a system that cannot bound this bounds the rest
        resource.setrlimit(number, (wanted, hard))


@contextmanager
def paused_collector() -> Iterator[None]:
    """No looking for cycles inside: for work that makes many records at once, none in a cycle.

    It takes a third of the time of a report. What is no longer used goes at once all the same.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
