"""Assumptions dated anew at the command line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import run
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A copy of a small pack."""
    shutil.copytree(REPOSITORY / "tests/packs/carmaker/inputs", tmp_path / "inputs")
    return tmp_path / "inputs"


def test_value_age_and_what_came_since_are_shown_with_the_rows_that_were_added(
    inputs: Path,
) -> None:
    day = ("--as-of", "2026-03-31", "--inputs", inputs)
    told = run("reaffirm", "WAGN", "pe_multiple", "--author", "J. Poon", *day)
    assert told.exit_code == 0, told.output
    head, row, *_ = told.stdout.splitlines()
    assert head.split() == ["Key", "Value", "Dated", "Days", "Results", "since", "Price", "since"]
    assert row.split()[2:6] == ["x", "2025-10-30", "152", "FY2025"]
    assert f"+ 3 rows: {inputs / 'WAGN/assumptions.csv'}" in told.stdout
    for keys, rows in (
        (["cost_of_equity"], "+ 1 row: "),
        (["dividend", "cash_conversion"], "+ 2 rows: "),
    ):
        assert rows in run("reaffirm", "WAGN", *keys, "--author", "J. Poon", *day).stdout
    again = run("reaffirm", "WAGN", "pe_multiple", "--author", "J. Poon", *day)
    assert again.stdout == "Nothing to date anew.\n"


def test_a_try_writes_nothing(inputs: Path) -> None:
    text = (inputs / "WAGN/assumptions.csv").read_bytes()
    told = run(
        "reaffirm", "WAGN", "--all", "--dry-run", "--as-of", "2026-03-31", "--inputs", inputs
    )
    assert told.exit_code == 0, told.output
    assert "would add" in told.stdout
    assert (inputs / "WAGN/assumptions.csv").read_bytes() == text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("WAGN", "--author", "me"), "Name a KEY, or --all of them."),
        (("WAGN", "--all"), "nobody signs the assumptions: say who with --author"),
        (("NONE", "--all", "--author", "me"), "there is no such folder"),
        (("WAGN", "grwth", "--author", "me"), "did you mean growth?"),
        (("WAGN", "--all", "--author", "me", "--as-of", "soon"), "is not a day"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    inputs: Path, arguments: tuple[str, ...], told: str
) -> None:
    asked = run("reaffirm", *arguments, "--inputs", inputs)
    assert asked.exit_code == 2
    assert told in asked.stderr
