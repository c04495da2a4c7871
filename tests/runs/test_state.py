"""What a report is made of: its files, its history, its part of the universe."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from reportgen.facts.reading.universe import Slice
from reportgen.runs.manifest import State, sha256_of
from reportgen.runs.state import UNIVERSE, changed_files
from tests.runs.records import manifest

if TYPE_CHECKING:
    from pathlib import Path


class Part:
    """Stands for the lines of a table."""

    @staticmethod
    def content() -> tuple[bytes, ...]:
        return (b"head", b"row")


def test_a_report_is_made_of_its_files_its_history_and_its_part_of_the_universe(
    tmp_path: Path,
) -> None:
    (tmp_path / "ACME").mkdir()
    prices, news = tmp_path / "ACME/prices.csv", tmp_path / "ACME/events.csv"
    prices.write_text("Date,Close\n")
    whole = Slice("ACME", {"targets": Part()})  # type: ignore[dict-item]  # its content counts
    digests = {"ACME/prices.csv": sha256_of(prices) or "", UNIVERSE: whole.digest}
    digests["history.csv"] = hashlib.sha256(b"said").hexdigest()
    known = manifest("ACME", state=State("", "", "", "", digests))

    def changed(history: str = "said", part: Slice = whole) -> tuple[str, ...]:
        return changed_files(known, tmp_path, history, part)

    assert changed() == ()
    assert changed(history="") == changed(history="more") == ("history.csv",)
    assert changed(part=Slice("ACME")) == (UNIVERSE,)
    news.write_text("day\n")
    assert changed() == ("ACME/events.csv",)
    prices.unlink()
    assert changed() == ("ACME/events.csv", "ACME/prices.csv")
