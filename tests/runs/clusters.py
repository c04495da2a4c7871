"""A Dask cluster on this machine: python -m tests.runs.clusters WORKERS

Its workers are processes of their own. It prints the address of its scheduler, then the pid of each
worker, and lasts until its input ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator


class Running(NamedTuple):
    """A cluster that runs: the address of its scheduler, the processes of its workers."""

    address: str
    pids: tuple[int, ...]


@contextmanager
def cluster(workers: int) -> Iterator[Running]:
    """Have a cluster inside; the calling test is skipped where Dask is not installed."""
    if find_spec("distributed") is None:
        pytest.skip("Dask is not installed; make .venv/extras installs it")
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.runs.clusters", str(workers)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        address, *pids = process.stdout.readline().split()
        try:
            yield Running(address, tuple(map(int, pids)))
        finally:
            process.stdin.close()


def _main(workers: int) -> None:
    from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as found,
        Client(found) as client,
    ):
        pids = client.run(os.getpid).values()
        print(found.scheduler_address, *pids, flush=True)  # noqa: T201 - who started it reads it
        sys.stdin.read()


if __name__ == "__main__":
    _main(int(sys.argv[1]))
