"""Mistakes and doubts gathered while a file is read: all are told at once, with remedies."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


class CellError(Exception):
    """Why one cell cannot be used: what was found, what was expected, what to do."""

    def __init__(self, found: str, expected: str = "", remedy: str = "") -> None:
        """Each is a phrase of a Problem; the place is added where it is known."""
        super().__init__(found)
        self.found = found
        self.expected = expected
        self.remedy = remedy


@dataclass(frozen=True)
class ProblemLog:
    """The problems of one file.

    `later` holds those of rows dated after as-of, as warnings: they may be told to a person, but
    must not reach a report, which such rows never change.
    """

    path: str
    found: list[Problem] = field(default_factory=list)
    later: list[Problem] = field(default_factory=list)

    def mistake(
        self, line: int | None, column: str | None, found: str, expected: str = "", remedy: str = ""
    ) -> None:
        """Record a mistake that stops the report."""
        self.found.append(Problem(self.path, line, column, found, expected, remedy))

    def caution(
        self, line: int | None, column: str | None, found: str, expected: str = "", remedy: str = ""
    ) -> None:
        """Record something a person should know that does not stop the report."""
        self.found.append(Problem(self.path, line, column, found, expected, remedy, "warning"))

    def cell(
        self, line: int | None, column: str | None, error: CellError, *, later: bool = False
    ) -> None:
        """Record what a cell's reader raised; only as a warning if its row is dated later."""
        severity: Severity = "warning" if later else "error"
        problem = Problem(
            self.path, line, column, error.found, error.expected, error.remedy, severity
        )
        (self.later if later else self.found).append(problem)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like the one given, if any is much like it."""
    by_folded = {candidate.lower(): candidate for candidate in known}
    matches = difflib.get_close_matches(name.lower(), by_folded, n=1, cutoff=0.7)
    return by_folded[matches[0]] if matches else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """A remedy that names it: `did you mean targets.csv?`; "" if nothing is much like it."""
    found = nearest(name, known)
    return f"did you mean {found}?" if found else ""
