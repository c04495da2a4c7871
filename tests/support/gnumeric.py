"""Gnumeric as a witness: a third engine by others that recalculates workbooks afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support import tools
from tests.support.stored_cells import read_values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.stored_cells import Value

SECONDS = 1200  # a backstop against a hang, however busy the machine


def recalculate(path: Path, out_dir: Path) -> dict[str, dict[str, Value]]:
    """Every cell's value, formulas computed afresh: sheet, then address such as A1.

    Skips the calling test without Gnumeric; raises RuntimeError if it fails and TimeoutError if it
    hangs. Errors are texts such as '#VALUE!', dates serials; empty cells are left out.
    """
    ssconvert = tools.require("ssconvert")
    out_dir.mkdir(parents=True, exist_ok=True)
    answered = out_dir / "answered.xlsx"
    tools.run([ssconvert, "--recalc", path, answered], SECONDS)
    return read_values(answered)
