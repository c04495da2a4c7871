"""What is to happen, and which odd figures are right: rows that are known from a day on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.facts.pack_folder import PackFolder, without_lines

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = """\
published,event,date,status,source
2025-10-20,Third quarter,2025-11-20,expected,wire
2025-11-05,Third quarter,2025-11-25,announced,wire
2025-11-10,Rocket 2,,expected,wire
"""
CONFIRMED = """\
published,key,author,reason
2025-11-26,"fundamental[group,eps,FY2025-Q3]",jp,a gain on the sale of the foundry
"""


def test_an_event_is_known_as_it_was_told_on_each_day(folder: PackFolder) -> None:
    folder.write("events.csv", EVENTS)
    assert [(row.event, row.date, row.status) for row in folder.load().rows.events] == [
        ("Rocket 2", None, "expected"),
        ("Third quarter", date(2025, 11, 20), "expected"),
        ("Third quarter", date(2025, 11, 25), "announced"),
    ]
    assert [row.date for row in folder.load(date(2025, 11, 4)).rows.events] == [date(2025, 11, 20)]


@pytest.mark.parametrize(
    ("published", "due", "told"),
    [
        ("2025-11-04", "2025-11-25", "2025-11-25 was not known on 2025-11-04, when the argument"),
        ("2025-11-05", "2025-11-25", ""),  # announced that day
        ("2025-10-20", "2025-11-20", ""),
        ("2025-10-19", "2025-11-20", "2025-11-20 was not known on 2025-10-19, when the argument"),
        ("2025-10-19", "2026-03-31", ""),  # a day of our own choice
        ("2025-10-19", "", ""),
        ("2025-10-19", "2025-10-19", ""),  # the day itself
        ("2025-10-19", "2025-10-18", "2025-10-18 is before the argument was published"),
        ("2025-10-19", "2025-10-01", "2025-10-01 is before the argument was published"),
    ],
)
def test_what_an_argument_waits_for_was_known_when_it_was_written(
    folder: PackFolder, published: str, due: str, told: str
) -> None:
    folder.write("events.csv", EVENTS)
    folder.write("arguments.csv", "published,case,kind,text,due,source\n")
    folder.append("arguments.csv", f"{published},bull,catalyst,Anvils sell,{due},wire")
    found = [one for one in folder.warnings() if "arguments.csv:2 due" in one]
    assert [told in one for one in found] == [True] * bool(told)


def test_an_event_that_is_not_known_yet_gives_nothing_away(folder: PackFolder) -> None:
    folder.write("events.csv", EVENTS)
    folder.write("arguments.csv", "published,case,kind,text,due,source\n")
    folder.append("arguments.csv", "2025-11-04,bull,catalyst,Anvils sell,2025-11-25,wire")
    assert not [one for one in folder.warnings(date(2025, 11, 4)) if "due" in one]


def test_a_figure_is_confirmed_from_the_day_it_was_signed(folder: PackFolder) -> None:
    folder.write("confirmed.csv", CONFIRMED)
    (row,) = folder.load().rows.confirmed
    assert (row.key, row.author) == ("fundamental[group,eps,FY2025-Q3]", "jp")
    assert folder.load(date(2025, 11, 25)).rows.confirmed == ()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("events.csv", EVENTS + "2025-11-11,,2025-12-01,done,wire\n", ":5 event: is blank"),
        (
            "events.csv",
            EVENTS + "2025-11-11,Party,2025-12-01,maybe,wire\n",
            ':5 status: "maybe" is not a status; expected expected or announced or done',
        ),
        (
            "events.csv",
            EVENTS + "2025-11-05,Third quarter,2025-11-26,announced,wire\n",
            ':5 date: "2025-11-26" is not what line 3 states ("2025-11-25") for the same event',
        ),
        (
            "events.csv",
            EVENTS + "2025-11-11,Party,2025-12-01,done,nobody\n",
            ':5 source: "nobody" is not in sources.csv',
        ),
        ("confirmed.csv", CONFIRMED + "2025-11-26,bull.value,,\n", ":3 author: is blank"),
        (
            "confirmed.csv",
            CONFIRMED + "2025-11-26,Bull Value,jp,\n",
            ':3 key: "Bull Value" is not a key',
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(
    folder: PackFolder, name: str, text: str, message: str
) -> None:
    folder.write(name, text)
    (error,) = folder.errors()
    assert message in error


def test_a_figure_confirmed_twice_is_confirmed_once(folder: PackFolder) -> None:
    folder.write("confirmed.csv", CONFIRMED + CONFIRMED.splitlines()[1] + " as said\n")
    assert len(folder.load().rows.confirmed) == 1
    assert folder.warnings() == ["inputs/ACME/confirmed.csv:3: repeats line 2; counted once"]


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    packs = []
    for number, turn in enumerate((1, -1)):
        folder = PackFolder(tmp_path / str(number))
        header, *rows = EVENTS.splitlines(keepends=True)
        folder.write("events.csv", header + "".join(rows[::turn]))
        packs.append(folder.load())
    assert without_lines(packs[0]) == without_lines(packs[1])
    assert packs[0].input_hash == packs[1].input_hash
