"""Each task has a worker to itself: whatever one of them does costs only that one."""

from __future__ import annotations

import signal
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from multiprocessing import active_children
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from reportgen.runs import lanes
from reportgen.runs.lanes import Limits, StoppedError, TooLongError, in_lanes
from reportgen.system import KILL
from tests.runs.workers import Chore, done, lost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KILLED = "its worker was killed twice: by the system, for its memory, or by hand"
LIMITS = Limits(seconds=1, memory=2 * 1024**3)


def results(*chains: tuple[Chore, ...], workers: int = 2, limits: Limits = LIMITS) -> list[str]:
    with closing(in_lanes(chains, done, lost, workers, limits)) as found:
        return [result for _, result in found]


def test_every_task_has_a_result_whoever_does_it() -> None:
    names = [f"chore {number}" for number in range(7)]
    assert sorted(results(*((Chore(name),) for name in names))) == [f"{n} done" for n in names]


def test_the_tasks_of_a_chain_are_done_in_their_order() -> None:
    found = results((Chore("a1"), Chore("a2"), Chore("a3")), (Chore("b1"), Chore("b2")))
    assert [one for one in found if one[0] == "a"] == ["a1 done", "a2 done", "a3 done"]
    assert [one for one in found if one[0] == "b"] == ["b1 done", "b2 done"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("fail", "unexpected KeyError: 'fail'; this is a mistake in reportgen"),
        (
            "be told to end",
            "its worker was killed twice: by the system, for its memory, or by hand",
        ),
        ("crash", KILLED),
        ("forget", "it needed more than 2,048 MB of memory"),
        ("loop", "it computed for more than 1 seconds"),
    ],
)
def test_what_goes_wrong_costs_one_task_and_says_why(
    name: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.runs.lanes.BACKSTOP", 600)  # on a busy machine, too
    found = results((Chore("before"),), (Chore(name), Chore("after it")), (Chore("beside"),))
    assert sorted(found) == sorted(
        ["before done", f"{name} lost: {why}", "after it done", "beside done"]
    )


def test_a_task_whose_worker_was_killed_by_somebody_is_tried_once_more(tmp_path: Path) -> None:
    assert results((Chore("killed once", str(tmp_path)),)) == ["killed once done"]


def test_a_task_that_waits_for_ever_is_ended_by_the_clock(tmp_path: Path) -> None:
    found = results((Chore("sleep", str(tmp_path)),), limits=Limits(0.1, LIMITS.memory))
    assert found == ["sleep lost: it did not end within 2 seconds"]


def test_stopping_ends_what_is_being_done() -> None:
    with closing(in_lanes([(Chore("a"),), (Chore("loop"),)], done, lost, 2, Limits(60))) as found:
        assert next(found)[1] == "a done"


def test_stopping_ends_a_worker_that_has_only_begun_to_start(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def chains() -> Iterator[tuple[Chore, ...]]:
        yield (Chore("loop"),)
        raise KeyboardInterrupt

    others = {*active_children()}
    with pytest.raises(KeyboardInterrupt):
        list(in_lanes(chains(), done, lost, 2, Limits(60)))
    assert {*active_children()} <= others
    assert capfd.readouterr().err == ""


class AtOnce:
    """Stands for the executor of a worker: what it is given is done here, when it is given."""

    made: list[AtOnce]

    def __init__(self, workers: int, _how: object, prepare: object, given: tuple[int]) -> None:
        """Remember what the worker was made with, and that it was."""
        self.made_with = (workers, prepare, given)
        self.given: list[tuple[Limits, str]] = []
        self.is_shut = False
        self.made.append(self)

    def submit(
        self, _within: object, limits: Limits, do: Callable[[Chore], str], chore: Chore
    ) -> Future[str]:
        self.given.append((limits, chore.name))
        future: Future[str] = Future()
        future.set_result(do(chore))
        return future

    def shutdown(self, *, wait: bool, cancel_futures: bool) -> None:
        self.is_shut = (wait, cancel_futures) == (False, True)


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[AtOnce]:
    """The workers that are started, none of them a process."""
    monkeypatch.setattr(AtOnce, "made", [], raising=False)
    monkeypatch.setattr(lanes, "ProcessPoolExecutor", AtOnce)
    return AtOnce.made


@pytest.mark.parametrize(("asked", "started"), [(0, 1), (1, 1), (2, 2), (3, 3), (5, 4)])
def test_as_many_workers_are_started_as_are_asked_for_and_have_work(
    workers: list[AtOnce], asked: int, started: int
) -> None:
    chains = tuple((Chore(f"{chain}1"), Chore(f"{chain}2")) for chain in "abcd")
    assert len(results(*chains, workers=asked)) == 8
    assert [one.is_shut for one in workers] == [True] * started
    assert {one.made_with for one in workers} == {(1, lanes._prepare, (LIMITS.memory,))}  # noqa: SLF001 - what it begins with
    assert {limits for one in workers for limits, _ in one.given} == {LIMITS}


def test_a_chain_without_tasks_is_passed_over(workers: list[AtOnce]) -> None:
    assert results((), (Chore("a"),), (), (Chore("b"),), workers=1) == ["a done", "b done"]
    assert results((), ()) == results() == []
    assert len(workers) == 1


def lane(limits: Limits = Limits(), **said: object) -> lanes._Lane[Chore, str]:  # noqa: B008 - a tuple
    return lanes._Lane(limits, task=Chore("a"), **said)  # type: ignore[arg-type]  # noqa: SLF001 - as told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TooLongError(), "it computed for more than 120 seconds"),
        (MemoryError(), "it needed more than 4,096 MB of memory"),
        (ValueError("x" * 400), f"unexpected {('ValueError: ' + 'x' * 400)[:300]}; this is a"),
    ],
)
def test_what_a_worker_tells_of_a_task_is_its_result(error: Exception, told: str) -> None:
    failed: Future[str] = Future()
    failed.set_exception(error)
    found = lanes._outcome(lane(tries=1), failed, done, lost)  # noqa: SLF001 - without a worker
    assert str(found).startswith(f"a lost: {told}")


@pytest.mark.parametrize("error", [BrokenProcessPool(), CancelledError(), StoppedError()])
def test_a_task_is_tried_twice_unless_it_overran(workers: list[AtOnce], error: Exception) -> None:
    failed: Future[str] = Future()
    failed.set_exception(error)
    once = lane(tries=1)
    assert lanes._outcome(once, failed, done, lost) is None  # noqa: SLF001 - without a worker
    assert (once.tries, len(workers)) == (2, 1)
    assert lanes._outcome(once, failed, done, lost) == f"a lost: {KILLED}"  # noqa: SLF001 - as above
    assert once.executor is once.process is None
    told = "a lost: it did not end within 2400 seconds"
    assert lanes._outcome(lane(tries=1, overran=True), failed, done, lost) == told  # noqa: SLF001 - as above


def test_a_worker_that_waits_is_ended_once_past_twenty_times_its_seconds(
    workers: list[AtOnce], monkeypatch: pytest.MonkeyPatch
) -> None:
    del workers
    now, ended = [100.0], []
    monkeypatch.setattr(lanes, "monotonic", lambda: now[0])
    monkeypatch.setattr(lanes.os, "kill", lambda pid, how: ended.append((pid, how)))
    waiting = lane(Limits(3.0))
    waiting.begin(done, Chore("a"))
    waiting.process = SimpleNamespace(pid=7, is_alive=lambda: True)  # type: ignore[assignment]  # as far as it is asked
    waiting.watch()
    now[0] = 160.0  # to the second
    waiting.watch()
    assert (ended, waiting.overran) == ([], False)
    for now[0] in (160.1, 160.2):
        waiting.watch()
    assert (ended, waiting.overran) == ([(7, KILL)], True)
    waiting.begin(done, Chore("b"))
    assert (waiting.until, waiting.overran, waiting.tries) == (160.2 + 60, False, 2)
    for process in (
        None,
        SimpleNamespace(pid=7, is_alive=lambda: False),
        SimpleNamespace(pid=None, is_alive=lambda: True),
    ):
        waiting.process = process  # type: ignore[assignment]  # as above
        waiting.end(signal.SIGTERM)
    assert len(ended) == 1


def test_a_worker_hears_no_ctrl_c_may_be_ended_and_ends_with_its_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard, memory, begun = {}, [], []

    def thread(**said: object) -> SimpleNamespace:
        return SimpleNamespace(start=lambda: begun.append(said))

    monkeypatch.setattr(lanes, "limit_memory", memory.append)
    monkeypatch.setattr(lanes.signal, "signal", heard.__setitem__)
    monkeypatch.setattr(lanes, "Thread", thread)
    lanes._prepare(7)  # noqa: SLF001 - what a worker begins with
    assert memory == [7]
    assert heard == {signal.SIGINT: signal.SIG_IGN, signal.SIGTERM: signal.SIG_DFL}
    assert begun == [{"target": lanes._end_with_parent, "daemon": True}]  # noqa: SLF001 - as above


@pytest.mark.parametrize("is_worker", [True, False])
def test_only_a_worker_ends_with_its_parent(
    monkeypatch: pytest.MonkeyPatch, *, is_worker: bool
) -> None:
    told: list[object] = []
    parent = SimpleNamespace(join=lambda: told.append("gone")) if is_worker else None
    monkeypatch.setattr(lanes.multiprocessing, "parent_process", lambda: parent)
    monkeypatch.setattr(lanes.os, "_exit", told.append)
    lanes._end_with_parent()  # noqa: SLF001 - what its thread does
    assert told == (["gone", 1] if is_worker else [])


def test_a_task_may_compute_so_long_and_stops_where_it_is_told_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    until: list[object] = []
    heard: list[object] = []

    @contextmanager
    def limit_computing(*said: object) -> Iterator[None]:
        until.append(said)
        yield

    def stopped(_: Chore) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(lanes, "limit_computing", limit_computing)
    monkeypatch.setattr(lanes, "process_time", lambda: 5.0)
    monkeypatch.setattr(lanes.signal, "signal", lambda *said: heard.append(said))
    assert lanes._within(Limits(7.0), done, Chore("a")) == "a done"  # noqa: SLF001 - in a worker
    with pytest.raises(StoppedError):
        lanes._within(Limits(7.0), stopped, Chore("a"))  # noqa: SLF001 - as above
    assert until == [(12.0, TooLongError)] * 2
    deaf = (signal.SIGTERM, signal.SIG_DFL)
    assert heard == [(signal.SIGTERM, signal.default_int_handler), deaf] * 2


def test_who_does_not_stop_when_told_to_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Told(lanes._Lane[Chore, str]):  # noqa: SLF001 - as far as it is stopped
        """A lane that remembers how it was ended."""

        heeds = False

        def end(self, how: signal.Signals) -> None:
            heard[self.tries].append(how)
            if self.heeds and self.future is not None:
                self.future.set_result("put away")

        def close(self) -> None:
            heard[self.tries].append("closed")

    heard: list[list[object]] = [[], [], [], []]
    joined: list[float] = []
    monkeypatch.setattr(lanes, "_GRACE", 0.01)
    deaf, heeding, ended, idle = (Told(LIMITS, tries=number) for number in range(4))
    deaf.future, heeding.future, ended.future = Future(), Future(), Future()
    heeding.heeds = True
    ended.future.set_result("done")
    deaf.process = SimpleNamespace(join=joined.append)  # type: ignore[assignment]  # as far as it is asked
    lanes._stop(iter((deaf, heeding, ended, idle)))  # noqa: SLF001 - without workers
    assert heard == [
        [signal.SIGTERM, KILL, "closed"],
        [signal.SIGTERM, "closed"],
        [signal.SIGTERM, "closed"],
        ["closed"],
    ]
    assert joined == [0.01]
