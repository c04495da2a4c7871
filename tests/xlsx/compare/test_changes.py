"""Every kind of change can be told from every other."""

from __future__ import annotations

from reportgen.xlsx.compare.workbooks import compare
from tests.xlsx.compare.tables import NUMBERS, TABLE, book


def test_every_change_can_be_told_apart() -> None:
    changes = compare(book(*TABLE), book(*NUMBERS))
    assert len(set(changes)) == len(changes)
