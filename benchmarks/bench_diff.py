"""Explaining a change in a warm process, and the whole `reportgen diff` against bare imports."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.ratios import Ratio, side_by_side
from reportgen.attribution import shapley
from reportgen.attribution.bridges import bridges
from reportgen.attribution.coalitions import Coalitions
from reportgen.attribution.ends import both_ends
from reportgen.attribution.factors import OUTCOMES
from reportgen.attribution.players import players_between
from reportgen.differences.ends import read_ends
from reportgen.runs.drafts import build
from reportgen.xlsx.reader.process import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from reportgen.differences.ends import ReadEnd

ROOT = Path(__file__).parents[1]
DAYS = (date(2025, 10, 31), date(2025, 11, 30))
EXACT_SECONDS, MONTH_SECONDS = 0.05, 0.5
ALLOWED_COMMAND = 2.0
ROUNDS = 15
_NO_BYTE_CODE = "PYTHONDONTWRITEBYTECODE"
_IMPORTS = "import numpy, pandas"
_COMMAND = "import sys; from reportgen.cli import main; sys.argv[1:1] = ['diff']; main()"


def main() -> list[Ratio]:
    """The seconds of an attribution over those allowed, and the command over bare imports."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = (
            build("BABA", as_of=day, inputs=ROOT / "inputs", outputs=Path(folder)).path
            for day in DAYS
        )
        with Reading(old) as one, Reading(new) as two:
            ends = read_ends(one, two)
        return [
            _against_clock("exact attribution of 12 players", Twelve(*ends).split, EXACT_SECONDS),
            _against_clock(
                "October to November, all headline values",
                lambda: bridges(*ends, OUTCOMES),
                MONTH_SECONDS,
            ),
            side_by_side(
                "reportgen diff of two reports / a script importing pandas and NumPy",
                lambda: _run(_COMMAND, str(old), str(new)),
                lambda: _run(_IMPORTS),
                ALLOWED_COMMAND,
                rounds=5,
            ),
        ]


class Twelve:
    """The outcome that the most players reach, and the first twelve of them."""

    def __init__(self, old: ReadEnd, new: ReadEnd) -> None:
        of = both_ends(old.solved, new.solved)
        self.mixture = Coalitions(of, players_between(of, old.solved, new.solved))
        self.outcome = max(OUTCOMES, key=lambda one: len(self.mixture.reaching(one)))
        self.players = self.mixture.reaching(self.outcome)[: shapley.MOST_EXACT]
        if len(self.players) < shapley.MOST_EXACT:
            raise AssertionError(f"only {len(self.players)} players moved")

    def split(self) -> NDArray[np.float64]:
        """The Shapley value from all 4,096 states."""
        return shapley.exact(self._values, len(self.players)).shares

    def _values(self, states: NDArray[np.bool_]) -> NDArray[np.float64]:
        return self.mixture.values(self.outcome, self.players, states)


def _against_clock(what: str, work: Callable[[], object], allowed: float) -> Ratio:
    """The median seconds of work in a warm process, over the seconds that it may take."""
    work()
    return Ratio(f"{what} / {allowed:g} s", median(map(_seconds, [work] * ROUNDS)), allowed, 1.0)


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _run(*arguments: str) -> None:
    """Run a script in a new interpreter, as installed ones are: with its byte code stored.

    Raises AssertionError where it ends in trouble.
    """
    environment = {key: value for key, value in os.environ.items() if key != _NO_BYTE_CODE}
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", *arguments],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment,
    )
    if done.returncode > 1:
        raise AssertionError(done.stderr.decode())
