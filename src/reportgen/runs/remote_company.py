"""A company sent away to be done, and what comes back: files as bytes, in both directions.

The host makes of the same files the same bytes. They are stored here, in the order that survives a
kill.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from reportgen.errors import ReportgenError
from reportgen.facts.reading.pack_files import pack_bytes
from reportgen.runs.companions import NAME as COMPANIONS
from reportgen.runs.history import history_path
from reportgen.runs.host import INPUTS, OUTPUTS, TEMPLATE, Order
from reportgen.runs.issued import NAME as ISSUED
from reportgen.runs.issued import issued_path
from reportgen.runs.manifest import NAME as MANIFEST
from reportgen.runs.manifest import ManifestError, read_manifest
from reportgen.version import __version__
from reportgen.xlsx.atomic import told_as_output_error
from reportgen.xlsx.writer.workbook import store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from reportgen.runs.company import Task
    from reportgen.runs.lanes import Limits

ResultT = TypeVar("ResultT")


def ordered(do: Callable[[Task], ResultT], task: Task, limits: Limits) -> Order:
    """Return a task with all the files that it reads.

    Raises CellError, ReportgenError or OSError where one of them cannot be sent, such as a pipe in
    the place of a table: where it lies, it is told what is wrong with it.
    """
    root = task.inputs.resolve()
    pack = pack_bytes(task.ticker, root, task.slice, _read_before(task))
    files = {f"{INPUTS}/{root.name}/{path}": raw for path, raw in pack.items()}
    for path in _outputs_read(task):
        files[f"{OUTPUTS}/{path.relative_to(task.outputs).as_posix()}"] = path.read_bytes()
    if task.template is not None:
        files[f"{TEMPLATE}/{task.template.name}"] = task.template.read_bytes()
    told = pickle.dumps((do, replace(task, inputs=root)))
    return Order(__version__, limits, files, told)


def _folder(task: Task) -> Path:
    return task.outputs / task.ticker / task.as_of.isoformat()


def _read_before(task: Task) -> Iterable[str]:
    """The files that the standing report was made of: it is told which of them have changed."""
    try:
        manifest = read_manifest(_folder(task) / MANIFEST)
    except ManifestError:
        return ()
    if manifest is None:
        return ()
    return [path for path in manifest.state.files if "/" in path]  # others are not of the inputs


def _outputs_read(task: Task) -> Iterator[Path]:
    """Yield the outputs that a task reads: all of its day; for a diff those of the month before."""
    of_all_days = (find(task.outputs, task.ticker) for find in (issued_path, history_path))
    yield from filter(_is_there, of_all_days)
    yield from filter(_is_there, _folder(task).glob("*"))
    if task.pages:
        month = (task.as_of.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        for day in (task.outputs / task.ticker).glob(f"{month}-??"):
            of_day = (day / MANIFEST, *day.glob("*.xlsx"), *day.glob("*.registry.json"))
            yield from filter(_is_there, of_day)


def _is_there(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def stored(task: Task, changes: Mapping[str, bytes | None]) -> None:
    """Write what became of the outputs of a task elsewhere: None is for a file that is gone.

    Raises OutputError if the file system refuses, ReportgenError for a file of anybody else.
    """
    for name in changes:
        if not _is_of(task, PurePosixPath(name)):
            raise ReportgenError(f"{name!r} came back, which is no file of {task.ticker}")
    for name in changes:
        if changes[name] is None:  # what told of a workbook that is replaced
            with told_as_output_error(task.outputs / name):
                (task.outputs / name).unlink(missing_ok=True)
    for name in sorted(changes, key=turn):
        content = changes[name]
        if content is not None:
            store(content, task.outputs / name)


def _is_of(task: Task, path: PurePosixPath) -> bool:
    """Whether a path below the outputs is one that a task may write to."""
    if path.is_absolute() or ".." in path.parts or "\\" in str(path):
        return False
    return path.parts[0] == task.ticker or path.parent == PurePosixPath("runs/printing")


def turn(name: str) -> tuple[int, str]:
    """Return when a file is stored: workbooks before what vouches for them, companions last.

    A workbook that waits to be printed vouches for nothing.
    """
    path = PurePosixPath(name)
    last = {ISSUED: 1, MANIFEST: 3, COMPANIONS: 5}
    if path.suffix in (".html", ".pdf"):
        return 4, name
    return last.get(path.name, 0 if path.suffix == ".xlsx" else 2), name
