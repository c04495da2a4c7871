"""A company done on another host, in a process of its own there, in a folder that goes with it.

`do_here` runs in a worker of whoever brought the order, and starts that process, which starts a
limited worker as any run does: a company that crashes, or computes for ever, costs the one who
brought it nothing. Few things are imported here: most of it only the limited worker needs.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from reportgen.runs.lanes import Limits, in_lanes
from reportgen.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.runs.company import Result, Task

INPUTS, OUTPUTS, TEMPLATE = "inputs", "outputs", "template"
_SERVE = "from reportgen.runs.host import serve; serve()"


class Order(NamedTuple):
    """A task and the files that it reads, by their path below a folder of its own.

    `program` is the version that ordered it; `task` is pickled: who only passes it on need not
    import what it is made of.
    """

    program: str
    limits: Limits
    files: Mapping[str, bytes]
    task: bytes


class Answer(NamedTuple):
    """What became of a task: its result, pickled, or why there is none.

    `changes` are the outputs that are others than before, None for one that is gone.
    """

    result: bytes
    why: str
    changes: Mapping[str, bytes | None]


def do_here(order: Order) -> Answer:
    """Do a task on this host. Raises RuntimeError where its process died, which nobody expects."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:  # its input stays open: once that ends, it ends
        assert process.stdin is not None  # noqa: S101 - asked for above
        assert process.stdout is not None  # noqa: S101 - asked for above
        pickle.dump(order, process.stdin)
        process.stdin.flush()
        content = process.stdout.read()
    if process.returncode:
        raise RuntimeError(f"the process of the company ended with {process.returncode}")
    answer: Answer = pickle.loads(content)  # noqa: S301 - of the process started above
    return answer


def serve() -> None:
    """Do the order that comes in, and send out its answer; end where who ordered it is gone."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what anything prints is no answer
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    order = pickle.load(sys.stdin.buffer)  # noqa: S301 - of the process that started this one
    Thread(target=_end_with_sender, daemon=True).start()
    with out, suppress(KeyboardInterrupt), TemporaryDirectory(prefix="reportgen-") as folder:
        pickle.dump(answered(order, Path(folder)), out)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is done, whoever goes now


def _end_with_sender() -> None:
    while os.read(sys.stdin.fileno(), 1024):  # not through its buffer, which it would hold
        pass
    os.kill(os.getpid(), signal.SIGTERM)  # so that the worker is stopped, and the folder goes


def answered(order: Order, folder: Path) -> Answer:
    """Do a task in a folder that is empty."""
    if order.program != __version__:
        why = f"reportgen is {order.program} here and {__version__} there; install the same on both"
        return Answer(b"", why, {})
    for name, content in order.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    ((_, (result, why)),) = in_lanes([[(order.task, folder)]], _done, _lost, 1, order.limits)
    return Answer(result, why, _changes(order, folder))  # also what a lost worker had done


def _changes(order: Order, folder: Path) -> dict[str, bytes | None]:
    outputs = folder / OUTPUTS
    before = {
        name.removeprefix(f"{OUTPUTS}/"): content
        for name, content in order.files.items()
        if name.startswith(f"{OUTPUTS}/")
    }
    now = {
        path.relative_to(outputs).as_posix(): path.read_bytes()
        for path in outputs.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    changed = {name: content for name, content in now.items() if before.get(name) != content}
    return changed | dict.fromkeys(before.keys() - now.keys())


# --- in the limited worker ---
def _done(told: tuple[bytes, Path]) -> tuple[bytes, str]:
    """Do a task in a folder; return what became of it, pickled, in words of where it came from."""
    content, folder = told
    do, task = pickle.loads(content)  # noqa: S301 - of the process that started this one
    result: Result = do(_placed(task, folder))
    result = result._replace(
        reason=_as_ordered(result.reason, task, folder),
        problems=tuple(_as_ordered(one, task, folder) for one in result.problems),
    )
    return pickle.dumps(result), ""


def _placed(task: Task, folder: Path) -> Task:
    outputs = folder / OUTPUTS
    return replace(
        task,
        inputs=folder / INPUTS / task.inputs.name,
        outputs=outputs,
        template=None if task.template is None else folder / TEMPLATE / task.template.name,
        printing=None if task.printing is None else outputs / "runs" / "printing",
    )


def _as_ordered(text: str, task: Task, folder: Path) -> str:
    return text.replace(str(folder / OUTPUTS), str(task.outputs))


def _lost(_: tuple[bytes, Path], why: str) -> tuple[bytes, str]:
    return b"", why
