"""A number read back from a written file is the number that was written."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportgen.xlsx.book import Cell
from reportgen.xlsx.text import number_text
from reportgen.xlsx.writer.workbook import render
from tests.xlsx.writer.samples import one_sheet
from tests.xlsx.writer.stock import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def stored_numbers(cells: Sequence[Cell]) -> list[float]:
    sheet = etree.fromstring(parts(render(one_sheet(*cells)))["xl/worksheets/sheet1.xml"])
    return [float(value.text) for value in sheet.iter(f"{MAIN}v")]


def bits(number: float) -> bytes:
    return struct.pack("<d", number)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_typed_and_cached_numbers_read_back_to_the_last_bit(numbers: list[float]) -> None:
    typed = [Cell(row, 0, number) for row, number in enumerate(numbers)]
    cached = [Cell(row, 1, number, "=A1+0") for row, number in enumerate(numbers)]
    read = stored_numbers([*typed, *cached])
    assert list(map(bits, read[0::2])) == list(map(bits, numbers))
    assert list(map(bits, read[1::2])) == list(map(bits, numbers))


@pytest.mark.parametrize(
    ("number", "spelling"),
    [(5.0, "5"), (-0.0, "-0"), (0.1, "0.1"), (1e22, "1e+22"), (0.1 + 0.2, "0.30000000000000004")],
)
def test_a_number_is_spelt_as_short_as_it_can_be(number: float, spelling: str) -> None:
    assert number_text(number) == spelling


def test_the_numbers_of_numpy_are_numbers() -> None:
    figures = (np.float64(0.1), np.float32(0.5), np.int64(7))
    assert stored_numbers([Cell(0, col, figure) for col, figure in enumerate(figures)]) == [
        0.1,
        0.5,
        7.0,
    ]
