"""Lanes: worker processes that each do one company at a time, apart from each other.

A lane is an executor of a single worker, so that a worker that dies takes only its own task along
(a pool of several blames all). A dead worker is replaced, and its task tried once more, for it may
have been killed by somebody else's doing. A worker has its limits: seconds of computing and memory,
and by the wall clock twenty times the seconds, for what waits without computing.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic, process_time
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from reportgen.errors import kind_on_one_line
from reportgen.system import KILL, limit_computing, limit_memory, signals_held_back

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from multiprocessing.process import BaseProcess

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

BACKSTOP = 20  # times the seconds of computing: the wall clock of a machine with work to do
TRIES = 2
_TICK, _GRACE = 0.2, 5.0  # seconds: between looks at the clock; to put away what was begun


class Limits(NamedTuple):
    """What one company may use: seconds of computing, and bytes of memory of its worker."""

    seconds: float = 120.0
    memory: int = 4 * 1024**3


class StoppedError(Exception):
    """A worker was told to end, and put away what it had begun."""


class TooLongError(Exception):
    """A task computed for longer than it may."""


@dataclass
class _Lane(Generic[TaskT, ResultT]):
    """A worker and what it does; `work` is what its chain has left."""

    limits: Limits
    executor: ProcessPoolExecutor | None = None
    process: BaseProcess | None = None
    work: Iterator[TaskT] = field(default_factory=lambda: iter(()))
    task: TaskT | None = None
    future: Future[ResultT] | None = None
    tries: int = 0
    until: float = field(init=False)
    overran: bool = False

    def begin(self, do: Callable[[TaskT], ResultT], task: TaskT) -> None:
        """Give the worker, started if there is none, a task."""
        if self.executor is None:
            self.executor = ProcessPoolExecutor(
                1, multiprocessing.get_context("spawn"), _prepare, (self.limits.memory,)
            )
        self.task, self.overran = task, False
        self.tries += 1
        self.until = monotonic() + BACKSTOP * self.limits.seconds
        before = set(multiprocessing.active_children())
        with signals_held_back(signal.SIGINT):  # while a worker is loaded nothing in it hears them
            self.future = self.executor.submit(_within, self.limits, do, task)
        for process in set(multiprocessing.active_children()) - before:
            self.process = process  # the first task starts it

    def watch(self) -> None:
        """End a worker that waits for too long."""
        if monotonic() > self.until and not self.overran:
            self.overran = True
            self.end(KILL)

    def end(self, how: signal.Signals) -> None:
        """Send the worker a signal, if it runs."""
        if self.process is not None and self.process.pid is not None and self.process.is_alive():
            with suppress(OSError):
                os.kill(self.process.pid, how)

    def close(self) -> None:
        """Forget the worker, dead or idle."""
        if self.executor is not None:
            self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self.process = None


def in_lanes(
    chains: Iterable[Iterable[TaskT]],
    do: Callable[[TaskT], ResultT],
    lost: Callable[[TaskT, str], ResultT],
    workers: int,
    limits: Limits,
) -> Generator[tuple[TaskT, ResultT], None, None]:
    """Yield each task with its result as they come; the tasks of a chain run one after the other.

    `do` is called in a worker, and has to be a function that can be pickled. What a task costs its
    worker for good, `lost` turns into a result, told why. Closing the generator stops everything:
    what is being done is put away, within seconds.
    """
    waiting = iter(chains)
    lanes: list[_Lane[TaskT, ResultT]] = [_Lane(limits) for _ in range(max(1, workers))]
    try:
        for lane in lanes:
            _next(lane, waiting, do)
        while busy := {lane.future: lane for lane in lanes if lane.future is not None}:
            done, _ = wait(busy, timeout=_TICK, return_when=FIRST_COMPLETED)
            for future in done:
                lane = busy[future]
                task = lane.task
                assert task is not None  # noqa: S101 - a lane with a future has its task
                result = _outcome(lane, future, do, lost)
                if result is not None:
                    yield task, result
                    _next(lane, waiting, do)
            for lane in lanes:
                if lane.future is not None:
                    lane.watch()
    finally:
        _stop(lanes)


def _next(
    lane: _Lane[TaskT, ResultT], waiting: Iterator[Iterable[TaskT]], do: Callable[[TaskT], ResultT]
) -> None:
    """Give a lane the next task of its chain, else the first one of the next chain."""
    lane.task, lane.future, lane.tries = None, None, 0
    while True:
        for task in lane.work:
            lane.begin(do, task)
            return
        chain = next(waiting, None)
        if chain is None:
            return
        lane.work = iter(chain)


def _outcome(
    lane: _Lane[TaskT, ResultT],
    future: Future[ResultT],
    do: Callable[[TaskT], ResultT],
    lost: Callable[[TaskT, str], ResultT],
) -> ResultT | None:
    """Return what a task came to; None where it is tried once more, its worker having died."""
    task = lane.task
    assert task is not None  # noqa: S101 - a lane with a future has its task
    try:
        return future.result()
    except (BrokenProcessPool, CancelledError, StoppedError):
        lane.close()
        if lane.overran:
            return lost(task, f"it did not end within {BACKSTOP * lane.limits.seconds:.0f} seconds")
        if lane.tries < TRIES:
            lane.begin(do, task)
            return None
        return lost(task, "its worker was killed twice: by the system, for its memory, or by hand")
    except TooLongError:
        return lost(task, f"it computed for more than {lane.limits.seconds:.0f} seconds")
    except MemoryError:
        lane.close()  # who knows what was left half-done in there
        return lost(task, f"it needed more than {lane.limits.memory // 1024**2:,} MB of memory")
    except Exception as error:  # noqa: BLE001 - one company's trouble, whatever it is, is its own
        what = kind_on_one_line(error)[:300]
        return lost(task, f"unexpected {what}; this is a mistake in reportgen")


def _stop(lanes: Iterable[_Lane[TaskT, ResultT]]) -> None:
    """End all workers: those that are busy put away what they began, or are killed."""
    lanes = list(lanes)
    busy = [lane.future for lane in lanes if lane.future is not None and not lane.future.done()]
    for lane in lanes:
        if lane.future is not None:
            lane.end(signal.SIGTERM)
    _, late = wait(busy, timeout=_GRACE)
    ending = [lane.process for lane in lanes if lane.process is not None]
    for lane in lanes:
        if lane.future in late:
            lane.end(KILL)
        lane.close()
    for process in ending:  # nothing is written once this run has let go of the outputs
        process.join(_GRACE)


# --- in the worker ---
def _prepare(memory: int) -> None:
    """Make a new worker ready: its limits, who may end it, and that it ends with its parent."""
    limit_memory(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all: the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # at once, without a word, between tasks
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _within(limits: Limits, do: Callable[[TaskT], ResultT], task: TaskT) -> ResultT:
    """Do a task within its seconds of computing; StoppedError where it is told to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with limit_computing(process_time() + limits.seconds, TooLongError):
            return do(task)
    except KeyboardInterrupt:
        raise StoppedError from None
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
