"""Each task has a worker to itself: whatever one of them does costs only that one."""

from __future__ import annotations

from contextlib import closing
from multiprocessing import active_children
from typing import TYPE_CHECKING

import pytest

from reportgen.runs.lanes import Limits, in_lanes
from tests.runs.workers import Chore, done, lost

if TYPE_CHECKING:
    from collections.abc import Iterator
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
