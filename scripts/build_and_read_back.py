"""Build the example at two days, read both back and explain their difference.

Run by `make lowest` with the lowest versions that the project declares, without the test suite's
tools: what a dependency's old version breaks first is the building and the reading.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from reportgen.xlsx.reader.process import read_safely

ROOT = Path(__file__).parents[1]
DAYS = ("2025-10-31", "2025-11-30")
LEAST_NUMBERS = 1_000
_DIFFERENT = 1
_REPORTGEN = "from reportgen.cli import main; main()"


def main() -> None:
    """Ends with a message if anything is not as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        reports = [_built(day, Path(folder)) for day in DAYS]
        for report in reports:
            _read_back(report)
        _run("diff", *map(str, reports), expected=_DIFFERENT)
    print("built, read back and compared")


def _built(day: str, folder: Path) -> Path:
    inputs = str(ROOT / "inputs")
    _run("build", "BABA", "--as-of", day, "--inputs", inputs, "--outputs", str(folder))
    return folder / "BABA" / day / f"BABA-{day}.xlsx"


def _read_back(report: Path) -> None:
    cells = [cell for sheet in read_safely(report).sheets for cell in sheet.cells.values()]
    numbers = [cell for cell in cells if cell.formula and isinstance(cell.value, float)]
    if len(numbers) < LEAST_NUMBERS:
        sys.exit(f"{report}: only {len(numbers)} formulas have a number")


def _run(*arguments: str, expected: int = 0) -> None:
    command = [sys.executable, "-c", _REPORTGEN, *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603 - ours
    if done.returncode != expected:
        sys.exit(f"{' '.join(arguments)}: status {done.returncode}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
