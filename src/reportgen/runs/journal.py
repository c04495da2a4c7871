"""What happened in a run: a folder of its own below outputs/runs/, written as it happens.

`events.jsonl` has one line an event, on the disk before the next company begins, so that a run that
was killed can be told and tried again; a torn last line is nothing. `run_results.json` is folded
from it at the end, for programs. Only here does a run say what time it was.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.errors import ReportgenError
from reportgen.runs.company import Result
from reportgen.version import __version__
from reportgen.xlsx.atomic import atomic_store, told_as_output_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import BinaryIO, Self

SCHEMA = 1
EVENTS, RESULTS = "events.jsonl", "run_results.json"
RUN_NAME = re.compile(r"\d{4,9}", re.ASCII)


@dataclass(frozen=True)
class Run:
    """A run as its folder tells it: what was asked, of whom, and what came of each.

    `asked` are the options, paths in them as they were named in `folder`; `tasks` are pairs of
    ticker and as-of in the order they were planned.
    """

    name: str
    asked: Mapping[str, Any]
    tasks: tuple[tuple[str, str], ...]
    results: Mapping[tuple[str, str], Result]
    has_ended: bool
    folder: str = ""

    @property
    def unsuccessful(self) -> tuple[tuple[str, str], ...]:
        """The tasks that gave no report: those with an error, and those that were not reached."""
        return tuple(task for task in self.tasks if not _is_done(self.results.get(task)))

    def path(self, option: str) -> str:
        """Return the path that an option named, wherever this process is; "" if it named none.

        On a machine that has no such folder it is what it is from here.
        """
        named = str(self.asked.get(option, ""))
        then = Path(self.folder, named)
        return str(then) if named and then.exists() else named


def _is_done(result: Result | None) -> bool:
    return result is not None and result.status not in ("error", "not run")


class Journal:
    """The folder of a run that is under way; entered once the outputs are held for it."""

    def __init__(self, outputs: Path, asked: Mapping[str, Any]) -> None:
        """`asked` are the options of the run, as JSON can hold them."""
        self._runs, self._asked = outputs / "runs", asked
        self._file: BinaryIO | None = None
        self.folder = self._runs

    def __enter__(self) -> Self:
        with told_as_output_error(self._runs):
            numbers = [int(name) for name in run_names(self._runs)]
            self.folder = self._runs / f"{max(numbers, default=0) + 1:04d}"
            self.folder.mkdir(parents=True)
            self._file = (self.folder / EVENTS).open("ab")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            with suppress(OSError):  # of what could not be written was told when it was
                self._file.close()

    def planned(self, tasks: Sequence[tuple[str, str]]) -> None:
        """Write down what is going to be done."""
        self._write(
            "run_started",
            program=__version__,
            asked=self._asked,
            folder=str(Path.cwd()),
            tasks=tasks,
        )

    def ended(self, result: Result) -> None:
        """Write down what became of a task."""
        self._write("company_ended", **result._asdict())

    def finish(self, results: Sequence[Result], status: int) -> None:
        """Write down that all is done, and fold the events for programs."""
        self._write("run_ended", exit=status)
        document = summary_of(self.folder.name, results, status) | {"asked": self._asked}
        text = json.dumps(document, indent=1) + "\n"
        atomic_store(self.folder / RESULTS, text)

    def _write(self, event: str, **said: object) -> None:
        assert self._file is not None  # noqa: S101 - only an entered journal is written to
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"event": event, "at": now, **said})
        with told_as_output_error(self.folder / EVENTS):
            self._file.write(line.encode("ascii") + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())


def summary_of(name: str, results: Sequence[Result], status: int) -> dict[str, Any]:
    """Return a run as run_results.json has it: counts by status, and a result for each task."""
    counts = Counter(result.status for result in results)
    return {
        "schema": SCHEMA,
        "run": name,
        "program": __version__,
        "exit": status,
        "counts": dict(sorted(counts.items())),
        "results": [result._asdict() for result in results],
    }


def run_names(runs: Path) -> list[str]:
    """Return the names of all runs, the oldest first: by number, whatever the clock says."""
    names = [path.name for path in runs.iterdir()] if runs.is_dir() else []
    return sorted(filter(RUN_NAME.fullmatch, names), key=int)


def find_run(outputs: Path, name: str | None) -> Run:
    """Return a run by its name, else the newest.

    Raises ReportgenError where there is none, or where it ended before it had written down what it
    was asked: then nothing can be said of what is left of it.
    """
    runs = outputs / "runs"
    names = run_names(runs)
    if name is not None and name.zfill(4) not in names:
        known = f"; the newest is {names[-1]}" if names else ""
        raise ReportgenError(f"{runs}: there is no run {name!r}{known}")
    if not names:
        raise ReportgenError(f"{runs}: there is no run yet; reportgen run begins one")
    found = read_run(runs / (name.zfill(4) if name is not None else names[-1]))
    if not found.asked:
        raise ReportgenError(
            f"{runs / found.name}: ended before it had written down what to do; reportgen run"
            " begins it again, reportgen retry NUMBER goes on from an older one"
        )
    return found


def read_run(folder: Path) -> Run:
    """Return what the events of a run tell, a torn last line left out.

    Raises ReportgenError where they cannot be read.
    """
    path = folder / EVENTS
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise ReportgenError(f"{path}: cannot be read: {error.strerror}") from error
    asked: Mapping[str, Any] = {}
    at = ""
    tasks: tuple[tuple[str, str], ...] = ()
    results: dict[tuple[str, str], Result] = {}
    has_ended = False
    for line in lines:
        try:
            said = json.loads(line)
            kind = said["event"]
            if kind == "run_started":
                asked, at = said["asked"], str(said.get("folder", ""))
                tasks = tuple((str(ticker), str(day)) for ticker, day in said["tasks"])
            elif kind == "company_ended":
                found = {name: said[name] for name in Result._fields}
                result = Result(**found | {"problems": tuple(found["problems"])})
                results[result.ticker, result.as_of] = result
            has_ended |= kind == "run_ended"
        except (ValueError, KeyError, TypeError, RecursionError):
            continue  # torn by a kill, or an event of a newer program
    return Run(folder.name, asked, tasks, results, has_ended, at)
