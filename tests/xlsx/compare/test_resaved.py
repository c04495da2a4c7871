"""A workbook saved again by another program has not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from reportgen.xlsx.compare.changes import ChangeKind
from reportgen.xlsx.compare.workbooks import compare, compare_files
from reportgen.xlsx.reader.records import ReadBook, ReadCell, ReadSheet
from tests.support import libreoffice
from tests.xlsx.compare.model_book import with_target, with_targets, write_model
from tests.xlsx.compare.mutations import BASE, STIFEL, TARGETS
from tests.xlsx.compare.rich_book import write_rich_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("resaved")


@pytest.fixture(scope="module")
def by_libreoffice(folder: Path) -> dict[str, tuple[Path, Path]]:
    """Workbooks by name, each before and after LibreOffice saved it."""
    changed = with_targets(with_target(BASE, 8, price=1.0), [*TARGETS[:5], STIFEL, *TARGETS[5:]])
    paths = {
        "model": write_model(folder / "model.xlsx", BASE),
        "rich": write_rich_book(folder / "rich.xlsx"),
        "changed": write_model(folder / "changed.xlsx", changed),
    }
    saved = libreoffice.recalculate(list(paths.values()), folder / "saved")
    return {name: (path, saved[path]) for name, path in paths.items()}


@pytest.mark.parametrize("name", ["model", "rich", "changed"])
def test_libreoffice_changes_nothing(
    by_libreoffice: dict[str, tuple[Path, Path]], name: str
) -> None:
    before, after = by_libreoffice[name]
    assert compare_files(before, after) == ()
    assert compare_files(after, before) == ()


def test_a_change_is_found_beneath_another_program_s_spelling(
    by_libreoffice: dict[str, tuple[Path, Path]],
) -> None:
    before = by_libreoffice["model"][0]
    plain, respelt = (compare_files(before, path) for path in by_libreoffice["changed"])
    assert [(c.kind, c.sheet, c.place) for c in respelt] == [
        (c.kind, c.sheet, c.place) for c in plain
    ]


@pytest.mark.parametrize("write", [write_rich_book, lambda path: write_model(path, BASE)])
def test_openpyxl_loses_cached_values_told_once_a_sheet(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    before, after = write(tmp_path / "before.xlsx"), tmp_path / "after.xlsx"
    openpyxl.load_workbook(before).save(after)
    changes = compare_files(before, after)
    assert {change.kind for change in changes} == {ChangeKind.UNCACHED}
    assert len({change.sheet for change in changes}) == len(changes)
    assert all(change.new == 0.0 and change.old for change in changes)


def test_an_input_typed_in_openpyxl_is_found_among_lost_values(tmp_path: Path) -> None:
    before, after = write_model(tmp_path / "before.xlsx", BASE), tmp_path / "after.xlsx"
    book = openpyxl.load_workbook(before)
    book[BASE.inputs_name]["B5"] = 222
    book.save(after)
    changes = [c for c in compare_files(before, after) if c.kind is not ChangeKind.UNCACHED]
    assert [(c.kind, c.place, c.old, c.new) for c in changes] == [
        (ChangeKind.INPUT, "B5", 121.0, 222.0)
    ]


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ("146.4", "146,4", True),
        ("USD 1,234.5 of 2,000", "USD 1.234,5 of 2.000", True),
        ("1,234.5", "1\u202f234,5", True),
        ("1,234.5", "1’234.5", True),
        ("146.4", "146,5", False),
        ("1.234", "1234", False),
        ("146.4 m", "146,4 bn", False),
    ],
)
def test_calculated_texts_are_compared_by_their_numbers(
    old: str, new: str, *, is_same: bool
) -> None:
    before, after = (
        ReadBook((ReadSheet("S", cells={(0, 0): ReadCell(1.0), (0, 1): ReadCell(text, '=A1&""')}),))
        for text in (old, new)
    )
    assert (compare(before, after) == ()) is is_same
