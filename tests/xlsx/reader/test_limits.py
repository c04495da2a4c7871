"""Each limit of a reader at its edge: what needs exactly so much is read, with one less not."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.reader.limits import DEFAULT_LIMITS, HostileFile
from reportgen.xlsx.reader.workbook import read
from tests.xlsx.reader.raw_book import sheet_xml, strings_xml, write_rows

if TYPE_CHECKING:
    from pathlib import Path

FORMULA, ARRAY = "SUM(A1:A2)+1", "A1:B2*2"
ROWS = (
    f'<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="s"><v>1</v></c>'
    f'<c r="C1"><f t="array" ref="C1:D3">{ARRAY}</f><v>2</v></c></row>'
    f'<row r="4"><c r="E4"><f>{FORMULA}</f><v>2</v></c></row>'
    '<row r="5"><c r="A5"/></row><row r="9"/>'
)
MERGED = '<mergeCells><mergeCell ref="A6:B6"/><mergeCell ref="A7:B7"/></mergeCells>'


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sheet = sheet_xml(ROWS, MERGED)
    folder = tmp_path_factory.mktemp("limits")
    return write_rows(folder / "a.xlsx", "", sheet=sheet, strings=strings_xml("a", "b", "c"))


def needed(path: Path) -> dict[str, int]:
    """What the file needs of each limit, counted here."""
    with zipfile.ZipFile(path) as package:
        parts, directory = package.infolist(), package.start_dir
    sizes = [part.file_size for part in parts]
    return {
        "file_bytes": path.stat().st_size,
        "directory_bytes": path.stat().st_size - 22 - directory,
        "parts": len(parts),
        "part_bytes": max(sizes),
        "total_bytes": sum(sizes),
        "cells": 5,
        "sheet_area": 5 * 5,
        "features": 1 + 3,  # the rows, which are one; the merged areas, and what holds them
        "array_area": 3 * 2,
        "formula_length": len(f"={FORMULA}"),
        "formula_characters": len(f"={FORMULA}") + len(f"{{={ARRAY}}}"),
        "strings": 3,
        "sheets": 1,
    }


NAMES = (
    "file_bytes", "directory_bytes", "parts", "part_bytes", "total_bytes", "cells", "sheet_area",
    "features", "array_area", "formula_length", "formula_characters", "strings", "sheets",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_what_a_limit_allows_is_read_and_one_less_is_not(path: Path, name: str) -> None:
    enough = needed(path)[name]
    assert read(path, DEFAULT_LIMITS._replace(**{name: enough})).sheets
    with pytest.raises(HostileFile):
        read(path, DEFAULT_LIMITS._replace(**{name: enough - 1}))


def test_a_part_is_packed_no_tighter_than_is_borne(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        part = max(package.infolist(), key=lambda part: part.file_size / part.compress_size)
    edge = -(-part.file_size // part.compress_size)  # rounded up
    tight = DEFAULT_LIMITS._replace(ratio=edge - 1, ratio_from_bytes=0)
    assert read(path, tight._replace(ratio=edge)).sheets
    assert read(path, tight._replace(ratio_from_bytes=10_000)).sheets
    with pytest.raises(HostileFile, match="times its size"):
        read(path, tight)


def test_the_limits_are_what_the_worst_files_were_measured_with() -> None:
    """A limit that moves has to be measured anew: see what it says of time and of memory."""
    assert DEFAULT_LIMITS._asdict() == {
        "file_bytes": 100_000_000,
        "directory_bytes": 2_000_000,
        "parts": 5_000,
        "part_bytes": 128_000_000,
        "total_bytes": 200_000_000,
        "ratio": 300,
        "ratio_from_bytes": 8_000_000,
        "cells": 500_000,
        "sheet_area": 1_073_741_824,
        "features": 100_000,
        "array_area": 2_000_000,
        "formula_length": 16_384,
        "formula_characters": 60_000_000,
        "strings": 500_000,
        "memory": 400_000_000,
        "sheets": 1_000,
        "seconds": 4.0,
        "compare_seconds": 60.0,
    }
