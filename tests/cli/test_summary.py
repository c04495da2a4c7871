"""What a summary says of last month."""

from __future__ import annotations

from reportgen.cli.output import plain
from reportgen.cli.summary import summary


def test_a_summary_says_for_which_split_last_month_is_restated() -> None:
    told = "restated for the 10:1 split of 2025-11-15"
    said = plain(summary({"last_month.restated": told}, []))
    assert f"Last month is {told}." in said
    assert not [line for line in plain(summary({"last_month.restated": ""}, [])) if "split" in line]
