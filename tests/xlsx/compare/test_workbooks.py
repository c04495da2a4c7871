"""One thing changed in a workbook is reported as that one thing, and what followed from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.compare.changes import ChangeKind, CompareOptions, WorkbookChange
from reportgen.xlsx.compare.workbooks import compare, compare_files
from reportgen.xlsx.reader.workbook import read
from tests.xlsx.compare.model_book import with_targets, write_model
from tests.xlsx.compare.mutations import BASE, MUTATIONS, STIFEL, TARGETS, TOTAL, Mutation

if TYPE_CHECKING:
    from pathlib import Path

MIRRORED = {
    ChangeKind.ROW_INSERTED: ChangeKind.ROW_DELETED,
    ChangeKind.ROW_DELETED: ChangeKind.ROW_INSERTED,
    ChangeKind.COLUMN_INSERTED: ChangeKind.COLUMN_DELETED,
    ChangeKind.SHEET_ADDED: ChangeKind.SHEET_REMOVED,
    ChangeKind.HARDCODED: ChangeKind.FORMULA,
}


@pytest.fixture(scope="module")
def base_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("base") / "base.xlsx", BASE)


def told(changes: tuple[WorkbookChange, ...]) -> list[tuple[ChangeKind, str, str]]:
    return [(change.kind, change.sheet, change.place) for change in changes]


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
def test_a_change_is_reported_as_what_it_is(
    tmp_path: Path, base_path: Path, mutation: Mutation
) -> None:
    changed = write_model(tmp_path / "changed.xlsx", mutation.model)
    assert told(compare_files(base_path, changed)) == mutation.expected


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
def test_sheets_left_unread_because_they_are_alike_change_nothing(
    tmp_path: Path, base_path: Path, mutation: Mutation
) -> None:
    changed = write_model(tmp_path / "changed.xlsx", mutation.model)
    assert compare_files(base_path, changed) == compare(read(base_path), read(changed))


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
def test_the_way_back_reports_the_mirror_image(
    tmp_path: Path, base_path: Path, mutation: Mutation
) -> None:
    changed = write_model(tmp_path / "changed.xlsx", mutation.model)
    there = Counter(change.kind for change in compare_files(base_path, changed))
    back = Counter(change.kind for change in compare_files(changed, base_path))
    assert back == Counter({MIRRORED.get(kind, kind): count for kind, count in there.items()})


def test_a_number_format_is_reported_on_request_once_for_all_its_cells(
    tmp_path: Path, base_path: Path
) -> None:
    changed = write_model(tmp_path / "changed.xlsx", replace(BASE, percent="0.00%"))
    (change,) = compare_files(base_path, changed, CompareOptions(formats=True))
    assert (change.kind, change.place) == (ChangeKind.NUMBER_FORMAT, "D2:D16")
    assert (change.old, change.new) == ("0.0%", "0.00%")


def test_what_changed_is_told_with_old_and_new(tmp_path: Path, base_path: Path) -> None:
    changed = write_model(tmp_path / "changed.xlsx", replace(BASE, typed_total=5000.0))
    hardcoded, mean, _ = compare_files(base_path, changed)
    assert (hardcoded.old, hardcoded.new) == ("=SUM(B1:B15)", 5000.0)
    assert hardcoded.note == f"value {TOTAL} -> 5000.0"
    assert (mean.old, mean.new) == (TOTAL / 15, 5000.0 / 15)


def test_a_key_that_now_names_two_rows_is_told(tmp_path: Path, base_path: Path) -> None:
    again = replace(STIFEL, broker="Nomura")
    changed = write_model(
        tmp_path / "changed.xlsx", with_targets(BASE, [*TARGETS[:5], again, *TARGETS[5:]])
    )
    inserted = compare_files(base_path, changed)[0]
    assert (inserted.kind, inserted.place) == (ChangeKind.ROW_INSERTED, "7:7")
    assert inserted.note == "the key 'Nomura' names rows 4, 7"
