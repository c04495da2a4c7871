"""The file depends on the book alone: no clock, no hash seed, no zone, no locale, no process."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from reportgen.xlsx.writer.workbook import render, write
from tests.xlsx.writer.gallery import gallery
from tests.xlsx.writer.samples import everything

ROOT = Path(__file__).parents[3]
PROGRAM = """
from hashlib import sha256
from reportgen.xlsx.writer.workbook import render
from tests.xlsx.writer.gallery import gallery
from tests.xlsx.writer.samples import everything
print(sha256(render(everything()) + render(gallery())).hexdigest())
"""


@pytest.mark.parametrize(
    "circumstances",
    [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "3", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"},
    ],
    ids=lambda circumstances: circumstances["TZ"],
)
def test_processes_in_all_circumstances_write_the_same_bytes(circumstances: dict[str, str]) -> None:
    theirs = subprocess.run(  # noqa: S603 - this interpreter, this program
        [sys.executable, "-c", PROGRAM],
        env=os.environ | circumstances,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert theirs.stdout.strip() == sha256(render(everything()) + render(gallery())).hexdigest()


def test_the_order_in_which_cells_are_listed_changes_no_byte() -> None:
    book = everything()
    turned = replace(
        book,
        sheets=tuple(replace(sheet, cells=tuple(reversed(sheet.cells))) for sheet in book.sheets),
    )
    assert render(turned) == render(book)


def test_no_part_carries_the_time_of_writing(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write(everything(), path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert core.count("2025-11-30T00:00:00Z") == 2


def test_another_cell_gives_other_bytes() -> None:
    book = everything()
    other = replace(book, names=(("cost_of_equity", "=Model!$B$4"),))
    assert render(other) != render(book)
