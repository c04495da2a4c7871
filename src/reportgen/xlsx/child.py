"""Reading files from outside in a process of its own, under limits of memory and time.

Whatever the file does to its reader, this process goes on and gets an answer or an error. The
child starts without site-packages and imports nothing but the reader, so that it is cheap.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportgen.xlsx.compare import changes
from reportgen.xlsx.compare.files import compare_files
from reportgen.xlsx.hostile import (
    DEFAULT_LIMITS,
    MB,
    HostileFile,
    Limits,
    UnreadableFile,
    WorkbookFileError,
)
from reportgen.xlsx.places import Area
from reportgen.xlsx.reader import read
from reportgen.xlsx.reading import records
from reportgen.xlsx.reading.transport import dump, load

try:
    import resource
except ImportError:  # Windows has no such limits: there the time-out alone protects
    resource = None  # type: ignore[assignment]  # the name stands for "no limits here"

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_SOURCE = Path(__file__).parents[2]
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); from reportgen.xlsx import child; child.serve()"
)
_REMEDY = "ask the sender how the file was made; open it only in a spreadsheet program you trust"
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 24)
_ERRORS = {kind.__name__: kind for kind in (HostileFile, UnreadableFile)}
ALLOWED: Final = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (Area, *vars(records).values(), *vars(changes).values())
    if isinstance(kind, type) and kind.__module__.startswith("reportgen.xlsx.")
}


def read_safely(
    path: Path, limits: Limits = DEFAULT_LIMITS, sheets: Collection[str] | None = None
) -> records.ReadBook:
    """What `reader.read` returns. Raises UnreadableFile or HostileFile, whatever the file holds."""
    chosen = None if sheets is None else sorted(sheets)
    request = {"task": "read", "paths": [str(path)], "sheets": chosen}
    book = _ask(request, limits, limits.seconds)
    if not isinstance(book, records.ReadBook):
        raise _failed(str(path), "the reader gave no answer")
    return book


def compare_safely(
    old: Path,
    new: Path,
    options: changes.CompareOptions = changes.DEFAULT_OPTIONS,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[changes.WorkbookChange, ...]:
    """What `compare_files` returns. Errors as for `read_safely`."""
    request = {"task": "compare", "paths": [str(old), str(new)], "options": asdict(options)}
    found = _ask(request, limits, limits.seconds + limits.compare_seconds)
    if not isinstance(found, tuple):
        raise _failed(str(new), "the comparison gave no answer")
    return found


def serve() -> None:
    """Answer one request: JSON on standard input, pickled records on standard output."""
    request = json.loads(sys.stdin.buffer.read())
    limits = Limits(**request["limits"])
    _limit_process(limits)

    def allow_comparing() -> None:
        _limit("RLIMIT_CPU", int(limits.seconds + limits.compare_seconds) + 1)

    try:
        reply = dump(answer(request, limits, allow_comparing))
    except MemoryError:
        reply = dump(_out_of_memory(request, limits))
    sys.stdout.buffer.write(reply)
    sys.stdout.buffer.flush()


def _ask(request: dict[str, Any], limits: Limits, seconds: float) -> object:
    command = [sys.executable, "-I", "-S", "-c", _BOOT, str(_SOURCE)]
    question = json.dumps({**request, "limits": asdict(limits)}).encode("ascii")
    path = request["paths"][-1]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own code
            command, input=question, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise _failed(path, f"it took more than {seconds:g} seconds") from None
    if done.returncode == _OUT_OF_TIME:
        raise _failed(path, f"reading it took more than {limits.seconds:g} seconds")
    if done.returncode:
        raise _failed(path, f"its reader broke down (status {done.returncode})")
    reply = load(done.stdout, ALLOWED)
    if isinstance(reply, dict):
        raise _ERRORS[reply["error"]](*reply["message"])
    return reply[0]


def answer(
    request: dict[str, Any], limits: Limits, after_reading: Callable[[], object] = tuple
) -> tuple[object] | dict[str, Any]:
    """The result in a tuple, or the class and the parts of the message of an error.

    `after_reading` is called when only our own work is left to do.
    """
    paths = [Path(path) for path in request["paths"]]
    try:
        if request["task"] == "read":
            return (read(paths[0], limits, request["sheets"]),)
        options = changes.CompareOptions(**request["options"])
        return (compare_files(paths[0], paths[1], options, limits, after_reading),)
    except WorkbookFileError as error:
        message = (error.path, error.place, error.fact, error.remedy)
        return {"error": type(error).__name__, "message": message}
    except MemoryError:
        return _out_of_memory(request, limits)


def _out_of_memory(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    fact = f"reading it took more than {limits.memory / MB:,.0f} MB of memory"
    return {"error": "HostileFile", "message": (request["paths"][-1], "", fact, _REMEDY)}


def _limit_process(limits: Limits) -> None:
    """Bound this process's memory and time; it writes no file and leaves no core behind."""
    _limit("RLIMIT_AS", limits.memory)
    _limit("RLIMIT_CPU", int(limits.seconds) + 1)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_CORE", 0)


def _limit(what: str, bound: int) -> None:
    if resource is None:
        return
    number = getattr(resource, what)
    _, hard = resource.getrlimit(number)
    wanted = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
    with suppress(ValueError, OSError):  # a system that cannot bound this bounds the rest
        resource.setrlimit(number, (wanted, hard))


def _failed(path: str, fact: str) -> HostileFile:
    return HostileFile(path, "", fact, _REMEDY)
