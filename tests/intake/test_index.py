"""What a folder of downloads says of its files: from where each came, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from reportgen.intake.index import HEAD, INDEX, Kept, kept, note

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 10, 9, 23, 30, tzinfo=UTC)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_what_was_noted_first_of_these_bytes_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    note(path, "https://example.org/1", AT, b"")
    note(path, "https://example.org/2", AT.replace(day=10), b"")
    note(tmp_path / "b.csv", "https://example.org/3", AT, b"b")
    head, *lines = (tmp_path / INDEX).read_text().splitlines()
    assert head == ",".join(HEAD) == "file,address,fetched_at,sha256"
    assert lines[0] == f"a.csv,https://example.org/1,2026-10-09T23:30:00+00:00,{EMPTY}"
    found = kept(path, EMPTY)
    assert found == Kept("https://example.org/1", AT)
    assert (found.day(""), found.day("Asia/Tokyo")) == (date(2026, 10, 9), date(2026, 10, 10))
    assert kept(tmp_path / "b.csv", EMPTY) is None  # those bytes are of another file
    assert kept(path, "0" * 64) is None


@pytest.mark.parametrize(
    "text",
    [
        "file,sha256,address,fetched_at\na.csv,S\n",
        "file,sha256,address,fetched_at\na.csv,S,x,soon\n",
        "file,sha256,address,fetched_at\na.csv,S,x,2026-10-09T23:30:00\n",  # in no zone
        "file,address\na.csv,x\n",
        "",
    ],
)
def test_an_index_that_somebody_spoilt_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / INDEX).write_text(text.replace(",S", f",{EMPTY}"))
    assert kept(tmp_path / "a.csv", EMPTY) is None


def test_a_row_that_lacks_its_address_still_says_when(tmp_path: Path) -> None:
    (tmp_path / INDEX).write_text(
        f"file,sha256,fetched_at,address\na.csv,{EMPTY},{AT.isoformat()}\n"
    )
    assert kept(tmp_path / "a.csv", EMPTY) == Kept("", AT)
