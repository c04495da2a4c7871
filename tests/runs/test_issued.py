"""What was issued stays as it was; every issue of a day is a revision of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.runs.issued import Issue, issue, newest_of, read_issued
from tests.runs.records import HEADLINE

if TYPE_CHECKING:
    from pathlib import Path

NOVEMBER, OCTOBER, TODAY = date(2025, 11, 30), date(2025, 10, 31), date(2025, 12, 1)


def _issued(path: Path, as_of: date, sha: str) -> None:
    rows = read_issued(path)
    number = 1 + sum(row.as_of == as_of for row in rows)
    issue(path, rows, Issue.of(as_of, TODAY, number, sha, HEADLINE))


def test_rows_are_only_appended_and_revisions_count_within_a_day(tmp_path: Path) -> None:
    path = tmp_path / "issued.csv"
    _issued(path, OCTOBER, "a" * 64)
    before = path.read_text()
    _issued(path, NOVEMBER, "b" * 64)
    _issued(path, NOVEMBER, "c" * 64)
    assert path.read_text().startswith(before)
    rows = read_issued(path)
    assert [(row.as_of, row.revision) for row in rows] == [
        (OCTOBER, 1),
        (NOVEMBER, 1),
        (NOVEMBER, 2),
    ]
    newest = newest_of(rows, NOVEMBER)
    assert newest is not None
    assert newest.sha256 == "c" * 64


def test_a_value_that_is_not_known_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "issued.csv"
    _issued(path, NOVEMBER, "a" * 64)
    (row,) = read_issued(path)
    assert row.number("short_above") is None
    assert row.number("expected") == 120.0
    assert row.values["stance"] == "LONG"


def test_nothing_was_issued_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_issued(tmp_path / "issued.csv") == ()
    assert newest_of((), NOVEMBER) is None


@pytest.mark.parametrize(
    ("spoilt", "place"),
    [
        (lambda text: text.replace("2025-11-30", "30/11/2025"), ":2"),
        (lambda _: "", ":1"),
        (lambda text: text.replace("as_of,", "day,"), ":1"),
        (lambda text: text + "2025-12-31,2026-01-01\n", ":3: has 2 cells, expected 24"),
        (lambda text: text.replace(",LONG,", ',"LO"NG,'), ":2: ',' expected after"),
        (lambda text: text.replace(",120.0,", ",12O,"), ":2"),
        (lambda text: text.replace(",120.0,", ",nan,"), ":2: base"),
        (lambda text: text.replace(",1,", ",-1,"), ":2: revision"),
        (lambda text: text.replace(",1,", ",1" + "0" * 5000 + ","), ":2: revision"),
        (lambda text: text.replace("2025-11-30", "2025-W48-7"), ":2: as_of"),
        (lambda text: text + "\n", ":3"),
    ],
)
def test_a_spoilt_file_is_refused_and_never_written_over(
    tmp_path: Path, spoilt: object, place: str
) -> None:
    path = tmp_path / "issued.csv"
    _issued(path, NOVEMBER, "a" * 64)
    path.write_text(spoilt(path.read_text()))  # type: ignore[operator]  # a function of text
    with pytest.raises(ReportgenError, match=rf"issued\.csv{place}\b.*; put back the file"):
        read_issued(path)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "issued.csv"
    path.mkdir()
    with pytest.raises(
        ReportgenError, match=r"issued\.csv: cannot be read: Is a directory; put it"
    ):
        read_issued(path)
    path.rmdir()
    path.write_bytes(b"\xff")
    with pytest.raises(ReportgenError, match=r"issued\.csv: cannot be read: 'utf-8' codec"):
        read_issued(path)
    path.unlink()
    path.touch()
    assert read_issued(path / "of a file") == ()
