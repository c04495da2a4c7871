"""A little of what `scripts/rough_handling.py` tries for whoever has the time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Never

import pytest

from reportgen.xlsx.reader.limits import UnreadableFile
from scripts import rough_handling

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")
@pytest.mark.parametrize(
    ("trial", "count"),
    [("signals", 1), ("files", 60), pytest.param("kills", 2, marks=pytest.mark.long)],
)
def test_the_program_bears_rough_handling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: str, count: int
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)  # other programs have tests of their own
    tried = list(rough_handling.TRIALS[trial](tmp_path, count))
    assert len(tried) == count
    assert [one.oddity for one in tried if one.oddity] == []


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (KeyError("hype"), "broken"),
        (UnreadableFile("a.xlsx", "", "is in a hurry", ""), "refused alone"),
    ],
)
def test_what_breaks_the_reader_or_is_refused_alone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: str
) -> None:
    def raising(_: Path) -> Never:
        raise error

    monkeypatch.setattr(rough_handling, "read", raising)
    monkeypatch.setattr(rough_handling, "_opened", lambda _: True)
    workbook = next(rough_handling.by_other_programs(tmp_path))
    (tried,) = rough_handling.files(tmp_path, 1, [workbook])
    assert tried.outcome == outcome
    assert "openpyxl.xlsx" in tried.oddity
