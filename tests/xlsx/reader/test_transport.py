"""A book travels between processes unchanged, and nothing but records does."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.reader.process import ALLOWED
from reportgen.xlsx.reader.transport import dump, load
from reportgen.xlsx.reader.workbook import read
from tests.xlsx.compare.rich_book import write_rich_book

if TYPE_CHECKING:
    from pathlib import Path


def test_a_book_travels_unchanged(tmp_path: Path) -> None:
    book = read(write_rich_book(tmp_path / "rich.xlsx"))
    assert load(dump(book), ALLOWED) == book


def test_an_answer_can_hold_nothing_but_records() -> None:
    with pytest.raises(pickle.UnpicklingError, match=r"getcwd"):
        load(pickle.dumps(os.getcwd), ALLOWED)
