"""Mistakes and doubts gathered while a file is read: all are told at once, with remedies."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.errors import InputErrors, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class CellError(Exception):
    """Why one cell cannot be used: what was found, what was expected, what to do."""

    def __init__(self, found: str, expected: str = "", remedy: str = "") -> None:
        """Each is a phrase of a Problem; the place is added where it is known."""
        super().__init__(found)
        self.found = found
        self.expected = expected
        self.remedy = remedy


RANGE = 10_000_000  # more lines than any file may have


def numbered(file: int, line: int) -> int:
    """The number of a line of the file `file` (from 1) of a log's `others`; see ProblemLog.

    Such numbers are below those of the log's own file, and grow with the line.
    """
    return line - file * RANGE


@dataclass(frozen=True)
class ProblemLog:
    """The problems of one table: of its file, and of `others` that hold rows of it, too.

    Lines of all these files are numbered through, so that one number names a file and a line:
    those of `path` as they are, those of others as `numbered` says.

    `later` holds those of rows dated after as-of, as warnings: they may be told to a person, but
    must not reach a report, which such rows never change.
    """

    path: str
    others: tuple[str, ...] = ()
    found: list[Problem] = field(default_factory=list)
    later: list[Problem] = field(default_factory=list)

    def mistake(
        self, line: int | None, column: str | None, found: str, expected: str = "", remedy: str = ""
    ) -> None:
        """Record a mistake that stops the report."""
        self.found.append(self.problem(line, column, found, expected, remedy))

    def caution(
        self, line: int | None, column: str | None, found: str, expected: str = "", remedy: str = ""
    ) -> None:
        """Record something a person should know that does not stop the report."""
        self.found.append(self.problem(line, column, found, expected, remedy, "warning"))

    def cell(
        self, line: int | None, column: str | None, error: CellError, *, later: bool = False
    ) -> None:
        """Record what a cell's reader raised; only as a warning if its row is dated later."""
        severity: Severity = "warning" if later else "error"
        problem = self.problem(line, column, error.found, error.expected, error.remedy, severity)
        (self.later if later else self.found).append(problem)

    def problem(
        self,
        line: int | None,
        column: str | None,
        found: str,
        expected: str = "",
        remedy: str = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem with its file and the line in that file; it is not recorded."""
        path, at = self.place(line)
        return Problem(path, at, column, found, expected, remedy, severity)

    def place(self, line: int | None) -> tuple[str, int | None]:
        """The file and the line in it that a number stands for."""
        if line is None or line >= 0:
            return self.path, line
        file = -((line - 1) // RANGE)
        return self.others[file - 1], line + file * RANGE

    def line_words(self, line: int, beside: int) -> str:
        """A line as a message about the line `beside` names it: `line 4`, or `line 4 of FILE`."""
        path, at = self.place(line)
        return f"line {at}" if path == self.place(beside)[0] else f"line {at} of {path}"


def require_sound(log: ProblemLog) -> None:
    """Raise InputErrors where a log holds mistakes."""
    mistakes = [problem for problem in log.found if problem.severity == "error"]
    if mistakes:
        raise InputErrors(mistakes)


FEWEST_ALIKE, MOST_OF = 3, 0.75  # from here on a mistake is the file's, not a row's
_FIGURES = re.compile(r'"(?:[^"\\]|\\.)*"|\d[\d.,:/-]*')


BLANK, PLACEHOLDER = "is blank", '"fill in"'


def is_blank(problem: Problem) -> bool:
    """Whether a problem is a cell that is still to be filled in."""
    return (problem.found or "").startswith((BLANK, PLACEHOLDER))


def fold_alike(
    problems: list[Problem], start: int, rows: int, *, blanks_apart: bool = False
) -> None:
    """Tell once, with its count, a mistake that stands on nearly every one of so many rows.

    Problems from `start` on are alike if they differ in their lines, figures and quoted texts only.
    `blanks_apart`: what is still to be filled in is told cell by cell, for each lacks its own.
    """
    kinds: dict[tuple[str | None, ...], list[Problem]] = {}
    for one in problems[start:]:
        is_apart = blanks_apart and is_blank(one)
        said = str(one.line) if is_apart else _FIGURES.sub("", one.found or "")
        kinds.setdefault((one.column, one.severity, said, one.remedy), []).append(one)
    folded = []
    for alike in kinds.values():
        if len(alike) < max(FEWEST_ALIKE, MOST_OF * rows):
            folded += alike
        else:
            found = f"{alike[0].found} (and alike on {more_lines(alike)})"
            folded.append(alike[0]._replace(found=found))
    problems[start:] = folded


def more_lines(alike: Sequence[object]) -> str:
    """How many lines stand for the same as the first one: `1 more line`, `12 more lines`."""
    more = len(alike) - 1
    return f"{more} more line" + "s" * (more > 1)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like the one given, if any is much like it."""
    by_folded = {candidate.lower(): candidate for candidate in known}
    matches = difflib.get_close_matches(name.lower(), by_folded, n=1, cutoff=0.7)
    return by_folded[matches[0]] if matches else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """A remedy that names it: `did you mean targets.csv?`; "" if nothing is much like it."""
    found = nearest(name, known)
    return f"did you mean {found}?" if found else ""
