"""Mistakes that are told to people: place, fact and remedy, never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]
LONGEST_QUOTE = 60


class ReportgenError(Exception):
    """The base of every error whose message is written for the person at the keyboard."""


class AskedToEnd(KeyboardInterrupt):
    """A signal asked this process to end; `status` is what shells report of it: 130 for Ctrl-C."""

    def __init__(self, signal: int) -> None:
        """The number of the signal."""
        super().__init__()
        self.status = 128 + signal


def on_one_line(error: BaseException) -> str:
    """What an error says, for the end of a sentence."""
    told = str(error)
    if isinstance(error, OSError) and error.strerror:  # and not as Python shows it
        told = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(told.split())


def kind_on_one_line(error: BaseException) -> str:
    """What an error that nobody foresaw is, and what it says: `KeyError: 'price'`."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def quote(text: str) -> str:
    """Text from a file as a message may show it: quoted, shortened, its control characters named.

    A file is hostile: printed raw, an escape sequence in it would steer the reader's terminal.
    """
    shown = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    visible = (
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in shown
    )
    return '"' + "".join(visible) + '"'


class Problem(NamedTuple):
    """One thing wrong with the inputs: where it stands, what stands there, what to do.

    `path` begins at the folder of the inputs ("inputs/BABA/targets.csv"); `line` counts from 1;
    `found` is a phrase ('"2OO" is not a number'); `expected` and `remedy` may be empty.
    """

    path: str
    line: int | None
    column: str | None
    found: str | None
    expected: str
    remedy: str
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """Where the problem stands, as an editor jumps to it: `inputs/BABA/targets.csv:4`."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        expected = f"expected {self.expected}" if self.expected else ""
        told = "; ".join(part for part in (self.found, expected, self.remedy) if part)
        column = f" {self.column}" if self.column else ""
        return f"{self.place}{column}: {told}"


class InputErrors(ReportgenError):  # noqa: N818 - it holds all the errors, not one
    """Everything that is wrong with an input pack, reported in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """The message is every problem, one a line, in reading order."""
        self.problems: tuple[Problem, ...] = in_reading_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputErrors], tuple[tuple[Problem, ...]]]:
        return (InputErrors, (self.problems,))


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repetition, file by file and from the top of each file down."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda problem: (problem.path, problem.line or 0, problem.column or ""),
        )
    )
