"""In which order the rows of the tables stand changes nothing in the report, not one byte.

But of two assumptions dated the same day the later stands.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.assumptions import standing
from reportgen.facts.catalogue import ALL, SCENARIOS
from tests.facts.pack_folder import PackFolder
from tests.laws.cases import DICE, VALUED
from tests.laws.chance import BYTES, LAW
from tests.laws.folders import differing, read, report_as_issued, report_of, write
from tests.support.selection import long_except

if TYPE_CHECKING:
    from tests.laws.chance import Dice
    from tests.laws.folders import Rows

VALUES = st.integers(-50, 300).map(lambda percent: percent / 100)
SLOT = ("key", "segment", "published", "scenario")


def shuffled(dice: Dice, rows: Rows) -> Rows:
    return [rows[place] for place in dice.rng.permutation(len(rows))]


def with_the_later_still_later(header: list[str], before: Rows, after: Rows) -> Rows:
    """Rows in their new order, but those that compete with each other in their old one.

    A row for all scenarios competes with those of its day for single ones.
    """
    places = [header.index(name) for name in SLOT]
    slots = [tuple(row[place] for place in places) for row in before]
    for_all = {slot[:-1] for slot in slots if slot[-1] == ALL}

    def rivals(row: list[str]) -> tuple[str, ...]:
        slot = tuple(row[place] for place in places)
        return slot[:-1] if slot[:-1] in for_all else slot

    queues = defaultdict(list)
    for row in reversed(before):
        queues[rivals(row)].append(row)
    return [queues[rivals(row)].pop() for row in after]


@pytest.mark.parametrize("pack", long_except({"tokyo"}, VALUED))
@BYTES
@given(dice=DICE)
def test_the_order_of_rows_in_every_table_changes_no_byte(pack: str, dice: Dice) -> None:
    def reordered(name: str, header: list[str], rows: Rows) -> Rows:
        after = shuffled(dice, rows)
        if name != "assumptions.csv":
            return after
        return with_the_later_still_later(header, rows, after)

    assert differing(report_of(pack, reordered), report_as_issued(pack)) == []


Said = tuple[int, str, float]  # day of October, scenario, value


@LAW
@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from((*SCENARIOS, ALL)), VALUES)), DICE)
def test_of_assumptions_of_one_day_the_later_row_stands(said: list[Said], dice: Dice) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = PackFolder(Path(root))
        header, rows = read(folder.path("assumptions.csv"))
        others = [row for row in rows if row[2:4] != ["anvils", "growth"]]
        mine = [
            [f"2025-10-{day:02d}", scenario, "anvils", "growth", str(value), "ratio", "house", ""]
            for day, scenario, value in said
        ]
        write(folder.path("assumptions.csv"), header, dispersed(dice, mine, others))
        stands = standing(folder.load().rows.assumptions)
    for scenario in SCENARIOS:
        rivals = [
            (day, place, value)
            for place, (day, of, value) in enumerate(said)
            if of in {scenario, ALL}
        ]
        row = stands.get(("growth", scenario, "anvils"))
        assert (row and row.value) == (max(rivals)[-1] if rivals else None)


def dispersed(dice: Dice, rows: Rows, among: Rows) -> Rows:
    """Rows in their order, at random places among others, which are shuffled."""
    among = shuffled(dice, among)
    places = sorted(dice.rng.integers(0, len(among) + 1, len(rows)), reverse=True)
    for place, row in zip(places, reversed(rows), strict=True):
        among.insert(place, row)
    return among
