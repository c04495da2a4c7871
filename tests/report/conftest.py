"""Reports that are built once and looked at by many tests."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.pipeline import compose
from tests.support.answers import files_read_once  # noqa: F401 - files are a means here

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.pipeline import Report

ROOT = Path(__file__).parents[2]
AS_OF = date(2025, 11, 30)


@functools.cache
def built(pack: str) -> Report:
    """The report of a pack by name, built once in a process; `track` is tokyo with a history."""
    packs, told = ROOT / "tests/packs", None
    if pack == "track":
        pack, told = "tokyo", packs / "tokyo/history.csv"
    inputs = ROOT / "inputs" if pack == "baba" else packs / pack / "inputs"
    (ticker,) = (folder.name for folder in inputs.iterdir() if (folder / "company.yaml").exists())
    return compose(ticker, as_of=AS_OF, inputs=inputs, history=told)


@pytest.fixture(scope="session")
def report() -> Callable[[str], Report]:
    """Give the report of a pack by name: `baba`, or a folder of tests/packs."""
    return built
