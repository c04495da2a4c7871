"""The script that shows two folders of reports to be the same tells whatever is not."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.writer.workbook import write
from tests.report.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.pipeline import Report

SCRIPT = ROOT / "scripts" / "same_reports.py"


@pytest.fixture(scope="module")
def before(report: Callable[[str], Report], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    write(report("bare").book, folder / "bare.xlsx")
    return folder


def compared(before: Path, after: Path) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, SCRIPT, before, after], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


# What is put to something else, by sheet: the first match of a pattern
EDITS = {
    6: (r"<f>(\w+!\$?[A-Z]+\$?)\d+</f>", r"<f>\g<1>9</f>"),  # a link elsewhere
    12: (r'(<c r="D\d+" s=")\d+"', r'\g<1>1"'),  # a format
    14: (r"(</f><v>)\d+(\.\d+)?<", r"\g<1>7777<"),  # a working
}


def edited(before: Path, after: Path) -> Path:
    """A copy of the reports with a cell of three sheets put to something else."""
    after.mkdir()
    with (
        zipfile.ZipFile(before / "bare.xlsx") as old,
        zipfile.ZipFile(after / "bare.xlsx", "w") as new,
    ):
        edits = {f"xl/worksheets/sheet{sheet}.xml": edit for sheet, edit in EDITS.items()}
        for name in old.namelist():
            text = old.read(name)
            if name in edits:
                pattern, by = edits[name]
                changed = re.sub(pattern, by, text.decode(), count=1)
                assert changed.encode() != text
                text = changed.encode()
            new.writestr(name, text)
    return after


def test_the_same_bytes_are_the_same_reports(before: Path, tmp_path: Path) -> None:
    shutil.copytree(before, tmp_path / "after")
    assert compared(before, tmp_path / "after") == (0, "1 reports, 0 differences\n")


def test_a_report_that_is_missing_is_told(before: Path, tmp_path: Path) -> None:
    (tmp_path / "after").mkdir()
    status, said = compared(before, tmp_path / "after")
    assert status == 1
    assert "only on one side: bare.xlsx" in said


def test_each_cell_that_differs_is_told(before: Path, tmp_path: Path) -> None:
    status, said = compared(before, edited(before, tmp_path / "after"))
    assert status == 1
    told = [line for line in said.splitlines() if " became " in line]
    assert len(told) == len(EDITS)
    for place in ("('Valuation', ", "('Inputs', ", "('block', "):
        assert place in said
