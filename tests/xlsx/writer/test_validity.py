"""Independent judges find nothing wrong with what the writer makes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from benchmarks.books import report_like
from reportgen.xlsx.writer.workbook import write
from tests.support import libreoffice, ooxml
from tests.support.stored_cells import read_cells, read_values
from tests.support.workbook_lint import lint
from tests.xlsx.writer.gallery import gallery
from tests.xlsx.writer.samples import everything, smallest

if TYPE_CHECKING:
    from pathlib import Path

BOOKS = {
    "everything": everything,
    "gallery": gallery,
    "smallest": smallest,
    "report": lambda: report_like(600),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("books")
    for name, make in BOOKS.items():
        write(make(), folder / f"{name}.xlsx")
    return {name: folder / f"{name}.xlsx" for name in BOOKS}


def test_the_open_xml_sdk_objects_to_nothing(files: dict[str, Path]) -> None:
    assert ooxml.validate(files.values()) == []


def test_the_linter_finds_nothing_that_excel_would_repair(files: dict[str, Path]) -> None:
    assert [finding for path in files.values() for finding in lint(path)] == []


# openpyxl leaves out the solid fill of data bars, and says so.
@pytest.mark.filterwarnings("ignore:.* extension is not supported")
def test_openpyxl_sees_every_cell_formula_and_cached_value(files: dict[str, Path]) -> None:
    content = files["everything"].read_bytes()
    formulas = openpyxl.load_workbook(BytesIO(content))["Model"]
    values = openpyxl.load_workbook(BytesIO(content), data_only=True)["Model"]
    assert formulas["B4"].value == "=B3*(1+B3)-B3^2"
    assert values["B4"].value == 1 / 3
    assert values["B5"].value == "n/a"
    assert values["B6"].value is True
    assert values["B11"].value is False
    assert values["B3"].value == 0.1 + 0.2


def test_libreoffice_reads_every_value_that_was_typed(
    files: dict[str, Path], tmp_path: Path
) -> None:
    reread = libreoffice.recalculate([files["everything"]], tmp_path)[files["everything"]]
    typed = {
        (sheet, at): cell.value
        for sheet, cells in read_cells(files["everything"]).items()
        for at, cell in cells.items()
        if cell.formula is None and cell.value is not None
    }
    theirs = read_values(reread)
    # It writes 15 digits itself; what it read is what it shows.
    assert {place: theirs[place[0]].get(place[1]) for place in typed} == {
        place: pytest.approx(value, rel=1e-14) if isinstance(value, float) else value
        for place, value in typed.items()
    }
