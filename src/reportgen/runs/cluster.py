"""A run whose companies are done by the workers of a Dask cluster, each in a process of its own.

A scheduler runs whatever anyone sends it, so only one that is here or speaks TLS is used.
"""

from __future__ import annotations

import pickle
from concurrent.futures import CancelledError
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from reportgen.errors import ReportgenError, kind_on_one_line, on_one_line
from reportgen.facts.problems import CellError
from reportgen.runs.host import do_here
from reportgen.runs.lanes import in_lanes
from reportgen.runs.remote_company import ordered, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from reportgen.runs.company import Result, Task
    from reportgen.runs.host import Answer
    from reportgen.runs.lanes import Limits

_ANSWERS, _COMES = 10, 60  # seconds: for a scheduler to answer; for its first worker to come
_AHEAD = 2  # orders a thread of a worker: one that is done, one that is there already


class Cluster(NamedTuple):
    """A cluster that answers; `workers` is how many companies it is given at once."""

    client: Any
    workers: int

    def in_lanes(
        self,
        chains: Iterable[Iterable[Task]],
        do: Callable[[Task], Result],
        lost: Callable[[Task, str], Result],
        workers: int,
        limits: Limits,
    ) -> Generator[tuple[Task, Result], None, None]:
        """Yield each task with its result as they come, as `in_lanes` does on this machine.

        What comes back is stored before it is told. What cannot be sent is done here.
        """
        from distributed import as_completed  # noqa: PLC0415 - only where it is installed

        waiting, coming = iter(chains), as_completed(loop=self.client.loop)
        going: dict[Any, tuple[Task, Iterator[Task]]] = {}

        def begin(work: Iterator[Task]) -> Iterator[tuple[Task, Result]]:
            """Send the next task of a chain, else that of the next one; yield what is done here."""
            while True:
                for task in work:
                    try:
                        order = ordered(do, task, limits)
                    except (CellError, ReportgenError, OSError):
                        yield from in_lanes([[task]], do, lost, 1, limits)
                        continue
                    future = self.client.submit(do_here, order, pure=False)
                    going[future] = task, work
                    coming.add(future)
                    return
                following = next(waiting, None)
                if following is None:
                    return
                work = iter(following)

        try:
            for _ in range(workers):
                yield from begin(iter(()))
            for future in coming:
                task, work = going.pop(future)
                yield task, _outcome(future, task, lost)
                yield from begin(work)
        finally:
            self.client.cancel([*going], force=True)


def _outcome(future: Any, task: Task, lost: Callable[[Task, str], Result]) -> Result:  # noqa: ANN401
    """Return what a task came to, its files stored."""
    try:
        answer: Answer = future.result()
        stored(task, answer.changes)
        if answer.why:
            return lost(task, answer.why)
        result: Result = pickle.loads(answer.result)  # noqa: S301 - of the cluster that was named
    except ReportgenError as error:
        return lost(task, str(error))
    except ModuleNotFoundError as error:
        return lost(task, f"its host has no {error.name}; install the same reportgen there as here")
    except CancelledError:
        return lost(task, "the cluster dropped it: its scheduler was stopped, or cannot be reached")
    except Exception as error:  # noqa: BLE001 - a host's trouble costs what was done there
        return lost(task, f"the cluster gave it up: {kind_on_one_line(error)[:300]}")
    return result


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Be connected to the scheduler at an address such as tcp://127.0.0.1:8786 or tls://host:8786.

    Raises ReportgenError for any other address, where Dask is not installed, or nobody answers.
    """
    require_safe(address)
    try:
        import dask  # noqa: PLC0415 - only where it is installed
        from distributed import Client  # noqa: PLC0415 - as above
    except ImportError:
        raise ReportgenError(
            '--executor: dask is not installed; pip install "reportgen[dask]" does it'
        ) from None
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        try:
            client = Client(address, timeout=_ANSWERS, set_as_default=False)
        except (OSError, TypeError, ValueError, RuntimeError) as error:
            raise ReportgenError(
                f"--scheduler: none answers at {address}: {on_one_line(error)};"
                " `dask scheduler` starts one"
            ) from None
        with client:
            try:
                client.wait_for_workers(1, timeout=_COMES)
            except TimeoutError:
                raise ReportgenError(
                    f"--scheduler: {address} has no worker; `dask worker {address}` starts one"
                ) from None
            yield Cluster(client, _AHEAD * sum(client.nthreads().values()))


def require_safe(address: str) -> None:
    """Raise ReportgenError unless an address is of this machine, or its talk is encrypted."""
    scheme, _, rest = address.rpartition("://")
    try:
        found = urlsplit(f"//{rest}")
        host, has_port = found.hostname or "", found.port is not None
    except ValueError:
        host, has_port = "", False
    is_plain = has_port and rest == found.netloc and "@" not in rest
    if is_plain and (scheme == "tls" or (scheme in ("", "tcp") and _is_here(host))):
        return
    if is_plain and scheme in ("", "tcp"):
        raise ReportgenError(
            f"--scheduler: {address} is another machine, and not encrypted: whoever can reach a"
            " scheduler can run anything on its workers; use tls://HOST:PORT, or a tunnel to"
            " tcp://127.0.0.1:PORT"
        )
    raise ReportgenError(
        f'--scheduler: "{address}" is no address of a scheduler; expected tls://HOST:PORT, or'
        " tcp://127.0.0.1:PORT on this machine"
    )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
