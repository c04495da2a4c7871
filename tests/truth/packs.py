"""The packs whose reports are put to the test, and their reports as plain data and as files."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import pipeline
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.report_question import answer
from reportgen.report.assemble import lay_out
from reportgen.report.context import Context
from reportgen.report.theme import load_theme

if TYPE_CHECKING:
    from reportgen.expr.solve import Solved
    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question
    from reportgen.xlsx.book import Book

ROOT = Path(__file__).parents[2]
AS_OF = date(2025, 11, 30)
TICKERS = {
    "baba": "BABA",
    "baba_no_estimates": "BABA",
    "pence": "CALD",
    "no_claims": "HLVN",
    "tokyo": "6799",
    "track": "6799",
    "bare": "NORD",
    "single": "ONE",
    "daily": "LNTU",
    "halves": "RR.L",
    "bank": "HSBA.L",
    "loss": "META",
}
# Together they have every form of formula that any of these has, and `loss` the figures to fear
KEPT = ("baba", "track", "bare", "single", "bank", "halves", "loss")


HISTORY = ROOT / "tests/packs/tokyo/history.csv"


def copy_inputs(pack: str, folder: Path) -> Path:
    """A copy of the inputs of a pack that a test may change; of `track`, with what was issued."""
    folder_of = "tokyo" if pack == "track" else pack
    own = (
        ROOT / "inputs" if pack.startswith("baba") else ROOT / "tests/packs" / folder_of / "inputs"
    )
    copied = folder / "inputs"
    shutil.copytree(own, copied)
    if pack == "track":
        shutil.copy(HISTORY, folder)
    if pack == "baba_no_estimates":
        (copied / "BABA" / "estimates.csv").unlink()
    return copied


def history_of(inputs: Path) -> Path | None:
    """What was issued before, where it stands beside the inputs."""
    history = inputs.parent / HISTORY.name
    return history if history.exists() else None


@dataclass(frozen=True)
class Asked:
    """A pack and the whole question about it, which can be answered again after an edit."""

    pack: Pack
    question: Question
    solved: Solved

    def laid_out(self, question: Question) -> Book:
        """The report of an edited question: what Python says of every cell."""
        context = Context(self.pack, load_policy(), question, answer(question), _theme())
        return lay_out(context).book


_theme = cache(load_theme)


def asked(ticker: str, inputs: Path) -> Asked:
    """The question of a report, and its answer."""
    files = read_pack(ticker, inputs, history_of(inputs))
    put = pipeline.asked(files, AS_OF, load_policy())
    return Asked(put.pack, put.question, answer(put.question))
