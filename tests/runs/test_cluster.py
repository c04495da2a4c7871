"""A run on a cluster is the run that it would be here, to the byte; its address has to be safe."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from reportgen import ReportgenError, RunRequest, run
from reportgen.runs.batch import Watch
from reportgen.runs.cluster import require_safe
from tests.runs.clusters import cluster
from tests.runs.companies import AS_OF, append, files, inputs_of
from tests.runs.dying import one_by_one

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.runs.batch import Ran

MONTHS = "2025-10:2025-11"


def ran(inputs: Path, outputs: str, watch: Watch | None = None, **options: object) -> Ran:
    asked: dict[str, object] = {"inputs": str(inputs), "outputs": str(inputs.parent / outputs)}
    return run(RunRequest(**asked | options), watch)  # type: ignore[arg-type]  # as a caller does


def told(one: Ran, outputs: str) -> list[tuple[object, ...]]:
    """What became of each task, its outputs under one name."""
    return sorted(
        (*result[:3], result.reason.replace(f"/{outputs}/", "/outputs/"), *result[4:])
        for result in one.results
    )


def test_a_cluster_writes_what_this_machine_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", one_by_one)  # what is done here
    inputs = inputs_of(tmp_path, "ALFA", "BETA", "PIPE")
    append(inputs / "BETA" / "prices.csv", "2025-11-28,many")
    (inputs / "ALFA" / "price.csv").touch()  # is told of: a name that was misspelt
    (inputs / "PIPE" / "targets.csv").mkdir()  # cannot be sent, and is told of here
    options: dict[str, object] = {"months": MONTHS, "pages": True, "tickers": ("ALFA",)}
    with cluster(1) as found:  # two in the long form
        on_it = {"executor": "dask", "scheduler": found.address}
        here, there = ran(inputs, "here", **options), ran(inputs, "away", **options, **on_it)
        assert told(there, "away") == told(here, "here")
        assert files(tmp_path / "away") == files(tmp_path / "here")
        append(inputs / "ALFA" / "prices.csv", "2025-11-29,31.5")
        here = ran(inputs, "here", as_of=AS_OF)
        there = ran(inputs, "away", as_of=AS_OF, **on_it)
    assert told(there, "away") == told(here, "here")
    assert [one[5] for one in told(here, "here")] == [2, 0, 0]
    assert files(tmp_path / "away") == files(tmp_path / "here")


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")
def test_a_worker_of_the_cluster_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    inputs = inputs_of(tmp_path, *(f"CO{number:02}" for number in range(12)))
    with cluster(2) as found:
        victims = [*found.pids]

        def kill_one(_: object) -> None:
            if victims:
                os.kill(victims.pop(), signal.SIGKILL)

        ran(
            inputs,
            "away",
            Watch(ended=kill_one),
            as_of=AS_OF,
            executor="dask",
            scheduler=found.address,
        )
    ran(inputs, "here", as_of=AS_OF)
    assert files(tmp_path / "away") == files(tmp_path / "here")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:8786",
        "tcp://127.0.0.1:8786",
        "tcp://[::1]:1",
        "localhost:1",
        "tls://far.org:8786",
    ],
)
def test_a_scheduler_on_this_machine_or_behind_tls_may_be_used(address: str) -> None:
    require_safe(address)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("tcp://10.0.0.7:8786", "another machine"),
        ("far.org:8786", "another machine"),
        ("tcp://127.0.0.1.far.org:8786", "another machine"),
        ("tcp://0.0.0.0:8786", "another machine"),
        ("", "no address"),
        ("tcp://127.0.0.1", "no address"),
        ("127.0.0.1:port", "no address"),
        ("ws://127.0.0.1:8786", "no address"),
        ("inproc://127.0.0.1:8786", "no address"),
        ("tcp://127.0.0.1:8786@far.org:8786", "no address"),
        ("tcp://someone@127.0.0.1:8786", "no address"),
        ("tls://[::1:8786", "no address"),
        ("tls://far.org:8786/elsewhere", "no address"),
    ],
)
def test_any_other_scheduler_is_refused(tmp_path: Path, address: str, why: str) -> None:
    inputs = inputs_of(tmp_path, "ALFA")
    with pytest.raises(ReportgenError, match=rf"--scheduler: .*{why}.*127\.0\.0\.1:PORT"):
        ran(inputs, "outputs", as_of=AS_OF, executor="dask", scheduler=address, dry=True)
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"scheduler": "tls://far.org:1"}, "--scheduler: .* --executor dask goes with it"),
        ({"executor": "ray"}, '--executor: "ray" is none; expected local or dask'),
    ],
)
def test_an_executor_without_sense_is_told(
    tmp_path: Path, options: dict[str, str], why: str
) -> None:
    with pytest.raises(ReportgenError, match=why):
        ran(inputs_of(tmp_path, "ALFA"), "outputs", as_of=AS_OF, **options)


def test_where_dask_is_missing_its_installation_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setitem(sys.modules, "dask", None)
    inputs = inputs_of(tmp_path, "ALFA")
    with pytest.raises(ReportgenError, match=r'pip install "reportgen\[dask\]"'):
        ran(inputs, "outputs", as_of=AS_OF, executor="dask", scheduler="127.0.0.1:1")
    assert not (tmp_path / "outputs").exists()
