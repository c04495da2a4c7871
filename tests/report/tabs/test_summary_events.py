"""Events on Summary: the newest row of each, those ahead in their order, past ones apart."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reportgen.model.solved import by_key
from tests.support.tools import REPOSITORY
from tests.truth.packs import asked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.values import Value

HEAD = "published,event,date,status,source\n"
Told = list[tuple[str, str]]


def told(values: Mapping[str, Value], side: str) -> Told:
    """Days and words of the events that a report tells of, until the first blank."""
    places = (f"event_{side}[{k + 1}]" for k in range(4))
    found = [(str(values[f"{at}.day"]), str(values[f"{at}.what"])) for at in places]
    return [(day, what) for day, what in found if day]


@pytest.mark.parametrize(
    ("rows", "ahead", "past"),
    [
        (
            (
                "2025-11-01,Results,2025-12-05,expected,press-consensus\n"
                "2025-11-20,Results,2025-12-09,announced,press-consensus\n"
            ),
            [("2025-12-09", "Results (announced)")],
            [],
        ),
        (
            (
                "2025-11-01,Results,2025-11-20,expected,press-consensus\n"
                "2025-11-02,Launch,2025-10-10,done,press-consensus\n"
            ),
            [],
            [("2025-11-20", "Results"), ("2025-10-10", "Launch")],
        ),
        (
            (
                "2025-11-01,Lock-up ends,,expected,press-consensus\n"
                "2025-11-01,Results,2026-02-01,expected,press-consensus\n"
                "2025-11-01,Today,2025-11-30,announced,press-consensus\n"
            ),
            [
                ("2025-11-30", "Today (announced)"),
                ("2026-02-01", "Results (expected)"),
                ("no day yet", "Lock-up ends (expected)"),
            ],
            [],
        ),
        (
            (
                "2025-11-01,Results,2025-12-05,expected,press-consensus\n"
                "2025-12-03,Results,2025-12-09,announced,press-consensus\n"
            ),
            [("2025-12-05", "Results (expected)")],
            [],
        ),
        (
            (
                "2025-11-01,Results,2025-12-05,expected,press-consensus\n"
                "2025-11-10,Results,2025-11-08,done,press-consensus\n"
            ),
            [],
            [("2025-11-08", "Results")],
        ),
    ],
    ids=[
        "the newest row counts",
        "past or done",
        "a day that is not named comes last, today is ahead",
        "a row not yet known does not count",
        "done early",
    ],
)
def test_the_newest_row_of_an_event_says_when_it_is(
    rows: str, ahead: Told, past: Told, tmp_path: Path
) -> None:
    inputs = tmp_path / "inputs"
    shutil.copytree(REPOSITORY / "inputs", inputs)
    (inputs / "BABA/events.csv").write_text(HEAD + rows, encoding="utf-8")
    values = dict(by_key(asked("BABA", inputs).solved))
    assert told(values, "ahead") == ahead
    assert told(values, "past") == past
