"""Small companies for runs: copies of the smallest pack, under tickers of their own."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PACK = REPOSITORY / "tests/packs/bare/inputs"
AS_OF = "2025-11-30"


def inputs_of(folder: Path, *tickers: str) -> Path:
    """A folder of inputs with the same small company under several tickers."""
    inputs = folder / "inputs"
    (source,) = (path for path in PACK.iterdir() if (path / "company.yaml").exists())
    if (PACK / "market").exists():
        shutil.copytree(PACK / "market", inputs / "market")
    for ticker in tickers:
        shutil.copytree(source, inputs / ticker)
        described = inputs / ticker / "company.yaml"
        text = described.read_text(encoding="utf-8")
        text = re.sub(r"^ticker:.*$", f"ticker: {ticker}", text, flags=re.MULTILINE)
        described.write_text(text, encoding="utf-8")
    return inputs


def append(path: Path, line: str) -> None:
    """Write one more line at the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def files(outputs: Path) -> dict[str, bytes]:
    """Every report and manifest by its path; what a run says of itself left out."""
    return {
        str(path.relative_to(outputs)): path.read_bytes()
        for path in sorted(outputs.rglob("*"))
        if path.is_file() and "runs" not in path.parts and not path.name.endswith(".lock")
    }
