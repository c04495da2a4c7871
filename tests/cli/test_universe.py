"""The commands work alike for a company that only a universe lists."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import AS_OF, build, run
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

TOLD = "29 assumptions are inherited from sector communication."


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic")
    script = REPOSITORY / "scripts" / "make_universe.py"
    subprocess.run([sys.executable, script, "2", folder], check=True)  # noqa: S603 - our own
    return folder / "inputs"


def test_check_says_how_many_assumptions_are_inherited(inputs: Path) -> None:
    said = run("check", "SYAAA", "--as-of", AS_OF, "--inputs", inputs)
    assert said.exit_code == 0
    assert TOLD in said.stdout


def test_build_writes_its_report_and_says_what_is_inherited(inputs: Path, tmp_path: Path) -> None:
    said = build("--outputs", tmp_path, ticker="SYAAA", inputs=inputs)
    assert said.exit_code == 0
    assert TOLD in said.stdout
    assert (tmp_path / "SYAAA" / AS_OF / f"SYAAA-{AS_OF}.xlsx").exists()


def test_overrides_are_listed_where_there_are_none(inputs: Path) -> None:
    assert run("overrides", "SYAAA", "--as-of", AS_OF, "--inputs", inputs).exit_code == 0


def test_a_ticker_that_is_nearly_one_of_the_list_is_suggested(inputs: Path) -> None:
    said = run("check", "SYAAC", "--as-of", AS_OF, "--inputs", inputs)
    assert said.exit_code == 2
    assert "there is no such folder" in said.stderr
    assert "did you mean SYAAB?" in said.stderr or "did you mean SYAAA?" in said.stderr
