"""Problems gathered while one file is read, so that a pack's mistakes are told all at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.errors import Problem, Severity


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

    def cell(self, line: int, column: str | None, error: CellError, *, later: bool = False) -> None:
        """Record what a cell's reader raised; only as a warning if its row is dated later."""
        severity: Severity = "warning" if later else "error"
        problem = Problem(
            self.path, line, column, error.found, error.expected, error.remedy, severity
        )
        (self.later if later else self.found).append(problem)
