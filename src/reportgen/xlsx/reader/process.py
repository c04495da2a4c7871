"""Reading files from outside in a process of its own, under limits of memory and computing time.

Whatever the file does to its reader, this process goes on and gets an answer or an error. The
child starts without site-packages and imports nothing but the reader, so that it is cheap.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from reportgen.system import ran_out_of_seconds
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.compare.changes import (
    DEFAULT_OPTIONS,
    ChangeKind,
    Compared,
    CompareOptions,
    WorkbookChange,
)
from reportgen.xlsx.reader.limits import (
    ASK_SENDER,
    DEFAULT_LIMITS,
    HostileFile,
    Limits,
    UnreadableFile,
)
from reportgen.xlsx.reader.records import (
    CellError,
    ReadBook,
    ReadChart,
    ReadColumns,
    ReadConditionalFormat,
    ReadFilter,
    ReadLink,
    ReadSeries,
    ReadStyle,
    ReadTable,
    ReadValidation,
)
from reportgen.xlsx.reader.transport import Kinds, load

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from types import TracebackType

    from reportgen.xlsx.reader.records import Wanted

_SOURCE = Path(__file__).parents[3]
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); from importlib import import_module;"
    " import_module(sys.argv[2]).serve(sys.argv[3])"
)
WORKER = "reportgen.xlsx.reader.worker"
_PATIENCE = 20  # a reader that had a twentieth of one core has met its limit of computing before
_LEAST_WAIT = 1.0  # seconds: who was busy elsewhere may find the answer ready, not yet fetched
_ERRORS = {kind.__name__: kind for kind in (HostileFile, UnreadableFile)}
ALLOWED: Final = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        Area,
        CellError,
        Compared,
        ReadBook,
        ReadChart,
        ReadColumns,
        ReadConditionalFormat,
        ReadFilter,
        ReadLink,
        ReadSeries,
        ReadStyle,
        ReadTable,
        ReadValidation,
        ChangeKind,
        WorkbookChange,
    )
}


def start_reader(
    asked: str, worker: str = WORKER, given: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """A process that answers one request, given as JSON, on its standard output. Raises OSError.

    `worker` is the module whose `serve` answers; `given` is what it reads from.
    """
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-I", "-S", "-c", _BOOT, str(_SOURCE), worker, asked],
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


class Child:
    """A process that works on files, while this one goes on; leaving the context ends it."""

    def __init__(self, path: Path, limits: Limits, seconds: float, **request: object) -> None:
        """Start on a request about the path. Raises OSError if no process can be started."""
        self.path, self._limits, self._seconds = path, limits, seconds
        asked = json.dumps(
            {**request, "limits": limits._asdict()}
        )  # ASCII, whatever the paths hold
        self._started = monotonic()
        self._process = self._begun(asked)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.__exit__(kind, error, trace)

    def _answer(self) -> object:
        """Wait for the answer. Raises HostileFile or UnreadableFile."""
        patience = self._seconds * _PATIENCE
        left = self._started + patience - monotonic()
        try:
            reply = self._reply(max(left, min(_LEAST_WAIT, patience)))
        except subprocess.TimeoutExpired:
            fact = (
                f"was given up after {patience:g} seconds, in which this machine was too busy to"
                f" work on it for {self._seconds:g}"
            )
            raise UnreadableFile(str(self.path), "", fact, "try again when it is idle") from None
        status = self._process.returncode
        if ran_out_of_seconds(status):
            fact = f"reading it took more than {self._limits.seconds:g} seconds of computing"
            raise self._failed(fact)
        if status:
            raise self._failed(f"its reader broke down (status {status})")
        content = load(reply, self._allowed())
        if isinstance(content, dict):
            raise _ERRORS[content["error"]](*content["message"])
        return content[0]

    def _begun(self, asked: str) -> subprocess.Popen[bytes]:
        return start_reader(asked)

    def _reply(self, timeout: float) -> bytes:
        return self._process.communicate(timeout=timeout)[0]

    def _allowed(self) -> Kinds:
        return ALLOWED

    def _failed(self, fact: str) -> HostileFile:
        return HostileFile(str(self.path), "", fact, ASK_SENDER)


class Reading(Child):
    """A workbook that is being read."""

    def __init__(
        self,
        path: Path,
        limits: Limits = DEFAULT_LIMITS,
        sheets: Collection[str] | None = None,
        *,
        cells_only: bool = False,
        skipped: Collection[str] = (),
        wanted: Mapping[str, Wanted] | None = None,
    ) -> None:
        """Start reading the sheets, or all but those `skipped`; the others are named only.

        With `cells_only` they are read for their values and formulas, without looks and all else:
        of each sheet what is `wanted` of it, or else of "".
        """
        chosen = None if sheets is None else sorted(sheets)
        super().__init__(
            path,
            limits,
            limits.seconds,
            task="read",
            paths=[str(path)],
            sheets=chosen,
            cells_only=cells_only,
            skipped=sorted(skipped),
            wanted={
                sheet: (of.formulas, of.first_row, sorted(of.passed_over))
                for sheet, of in (wanted or {}).items()
            },
        )
        self.skipped = frozenset(skipped)
        self.is_whole = not (skipped or wanted)

    def book(self) -> ReadBook:
        """Wait for what `reader.read` returns. Raises UnreadableFile or HostileFile."""
        book = self._answer()
        if not isinstance(book, ReadBook):
            raise self._failed("the reader gave no answer")
        return book


def read_safely(
    path: Path, limits: Limits = DEFAULT_LIMITS, sheets: Collection[str] | None = None
) -> ReadBook:
    """What `reader.read` returns. Raises UnreadableFile or HostileFile, whatever the file holds."""
    with Reading(path, limits, sheets) as reading:
        return reading.book()


class _Comparing(Child):
    """Two workbooks that are being compared; with `maps`, also where every cell went."""

    def __init__(
        self, old: Path, new: Path, options: CompareOptions, limits: Limits, *, maps: bool
    ) -> None:
        seconds = limits.seconds + limits.compare_seconds
        paths, self._maps = [str(old), str(new)], maps
        asked = {"paths": paths, "options": asdict(options), "maps": maps}
        super().__init__(new, limits, seconds, task="compare", **asked)

    def found(self) -> Compared:
        found = self._answer()
        if not isinstance(found, Compared):
            raise self._failed("the comparison gave no answer")
        return found

    def _allowed(self) -> Kinds:
        if not self._maps:
            return ALLOWED
        from reportgen.xlsx.compare.maps import RECORDS  # noqa: PLC0415 - only reviews ask for them

        return {**ALLOWED, **{(kind.__module__, kind.__qualname__): kind for kind in RECORDS}}


def compare_safely(
    old: Path,
    new: Path,
    options: CompareOptions = DEFAULT_OPTIONS,
    limits: Limits = DEFAULT_LIMITS,
) -> Compared:
    """The changes that `compare_files` finds, and warnings. Errors as for `read_safely`."""
    with _Comparing(old, new, options, limits, maps=False) as comparing:
        return comparing.found()


def compare_and_map_safely(old: Path, new: Path, limits: Limits = DEFAULT_LIMITS) -> Compared:
    """What `compare_and_map` returns. Errors as for `read_safely`."""
    with _Comparing(old, new, DEFAULT_OPTIONS, limits, maps=True) as comparing:
        return comparing.found()
