"""A run that kills itself: python -m tests.runs.dying POINT TICKER ARGUMENTS-OF-REPORTGEN...

POINT names what the company was about to do: `store` its workbook, `issue` it, write its
`manifest`. The companies are done in this process, so that it is the run itself that dies.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from reportgen.cli.commands import commands
from reportgen.runs import batch, company

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportgen.runs.company import Result, Task

POINTS = {"store": "store", "issue": "issue", "manifest": "write_manifest"}


def one_by_one(
    chains: Iterable[Iterable[Task]], do: Callable[[Task], Result], *_: object
) -> Iterator[tuple[Task, Result]]:
    """Do tasks in this process, as `in_lanes` does them in others."""
    for chain in chains:
        for task in chain:
            yield task, do(task)


def killed_at(point: str, ticker: str) -> None:
    """Let this process be killed where a company is about to do something."""
    name = POINTS[point]
    before = getattr(company, name)

    def dying(*arguments: object) -> object:
        if any(ticker in str(one) for one in arguments[:2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return before(*arguments)

    setattr(company, name, dying)


if __name__ == "__main__":
    point, ticker, *arguments = sys.argv[1:]
    batch.in_lanes = one_by_one  # type: ignore[assignment]  # as tests do it
    killed_at(point, ticker)
    commands(arguments)
