"""The far side of `reader.process`: one request answered in a process under limits."""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

from reportgen.system import Allowance
from reportgen.xlsx.reader.limits import (
    ASK_SENDER,
    MB,
    HostileFile,
    Limits,
    WorkbookFileError,
)
from reportgen.xlsx.reader.records import Wanted
from reportgen.xlsx.reader.transport import dump
from reportgen.xlsx.reader.workbook import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.xlsx.compare.changes import Compared

    Answer = tuple[object] | dict[str, Any]
    Answering = Callable[[dict[str, Any], Limits, Callable[[], object]], Answer]


def answer(
    request: dict[str, Any], limits: Limits, after_reading: Callable[[], object] = tuple
) -> Answer:
    """The result in a tuple, or the class and the parts of the message of an error.

    `after_reading` is called when only our own work is left to do.
    """
    paths = [Path(path) for path in request["paths"]]
    try:
        if request["task"] == "read":
            sheets, cells_only = request["sheets"], request.get("cells_only", False)
            wanted = {
                sheet: Wanted(formulas, first_row, frozenset(columns))
                for sheet, (formulas, first_row, columns) in request.get("wanted", {}).items()
            }
            skipped = request.get("skipped", ())
            book = read(
                paths[0], limits, sheets, cells_only=cells_only, skipped=skipped, wanted=wanted
            )
            return (book,)
        compared = _compared(paths, request["options"], limits, after_reading)
        return (compared if request.get("maps") else compared._replace(sheets=None),)
    except WorkbookFileError as error:
        message = (error.path, error.place, error.fact, error.remedy)
        return {"error": type(error).__name__, "message": message}
    except MemoryError:
        return _refused(request, _out_of_memory(limits))


def _compared(
    paths: list[Path],
    options: dict[str, Any],
    limits: Limits,
    after_reading: Callable[[], object],
) -> Compared:
    # Most of the time files are only read, and quickly.
    from reportgen.xlsx.compare.changes import CompareOptions  # noqa: PLC0415
    from reportgen.xlsx.compare.workbooks import compare_and_map  # noqa: PLC0415

    old, new = paths
    return compare_and_map(old, new, CompareOptions(**options), limits, after_reading)


def serve(asked: str, answer: Answering = answer) -> Never:
    """Answer one request, given as JSON, by pickled records on standard output, and exit."""
    gc.disable()  # what is read holds no cycles, and this process ends with it
    request = json.loads(asked)
    limits = Limits(**request["limits"])
    allowance = Allowance(limits.memory, limits.seconds)

    def allow_comparing() -> None:
        allowance.allow_seconds(limits.seconds + limits.compare_seconds)

    fact = ""
    try:
        reply = dump(answer(request, limits, allow_comparing))
    except MemoryError:
        fact = _out_of_memory(limits)
    except RecursionError:
        fact = "is nested out of all measure"
    if fact:  # told when what was read so far is let go
        reply = dump(_refused(request, fact))
    sys.stdout.buffer.write(reply)
    sys.stdout.buffer.flush()
    # Nothing is left to put away; to take apart all that was found would keep the asker waiting.
    os._exit(0)


def _out_of_memory(limits: Limits) -> str:
    return f"reading it took more than {limits.memory / MB:,.0f} MB of memory"


def _refused(request: dict[str, Any], fact: str) -> dict[str, Any]:
    path = request.get("paths", [""])[-1]
    return {"error": HostileFile.__name__, "message": (path, "", fact, ASK_SENDER)}
