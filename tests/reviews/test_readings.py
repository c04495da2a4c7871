"""What a person typed is read as a person reads it, and the reading is told; else it is refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.facts.reading.schema import CLAIMS
from reportgen.reviews.acceptance import ALL, Decision
from reportgen.reviews.readings import read_row, spelling_of
from reportgen.reviews.records import EditKind, Remark, State
from reportgen.reviews.session import look, settle
from tests.reviews.typing_in import COST, GROWTH, SMALL, TARGET, by_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.reviews.records import Review
    from tests.reviews.typing_in import Issue
    from tests.support.edits import Value

EVERYTHING = Decision(accept=frozenset({ALL}))
POON = Remark("J. Poon")
ROW = "target[+1]"


def reviewed(issue: Issue, cells: Mapping[str, Value | None], folder: Path, inputs: Path) -> Review:
    return issue.reviewed(issue.typed(cells, folder / "returned.xlsx"), inputs)


@pytest.mark.parametrize(
    ("typed", "told", "row"),
    [
        (
            {f"{ROW}.published": "27/11/2025", f"{ROW}.issued": "210,5"},
            'published "27/11/2025" read as 2025-11-27; target "210,5" read as 210.5',
            "2025-11-27,Harbour & Co,210.5,USD",
        ),
        (
            {f"{ROW}.published": "3. November 2025", f"{ROW}.issued": "1.234,50"},
            'published "3. November 2025" read as 2025-11-03; target "1.234,50" read as 1234.5',
            "2025-11-03,Harbour & Co,1234.5,USD",
        ),
        (
            # the day of another row settles which of its numbers is the day
            {f"{ROW}.published": "03/11/2025", "target[+2].published": "27/11/2025"},
            'published "03/11/2025" read as 2025-11-03',
            "2025-11-03,Harbour & Co,230,USD",
        ),
    ],
    ids=["slashes and a comma", "a month's name", "an order settled by another row"],
)
def test_days_and_numbers_typed_as_text_come_home_as_they_are_read(
    small_issue: Issue, tmp_path: Path, typed: dict[str, Value], told: str, row: str
) -> None:
    inputs = Path(shutil.copytree(SMALL, tmp_path / "inputs"))
    found = reviewed(small_issue, {**TARGET, **typed}, tmp_path, inputs)
    edit = by_key(found)[ROW]
    assert (edit.kind, edit.state) == (EditKind.ROW, State.NEW)
    assert told in edit.note
    done = settle(found, EVERYTHING, POON, inputs)
    (table,) = (file for file in done.files if file.path.name == "targets.csv")
    assert table.lines[0].startswith(row)


@pytest.mark.parametrize(
    ("cell", "typed", "told"),
    [
        ("published", "03/04/2025", "can be read as 2025-04-03 or 2025-03-04; type a day as"),
        ("published", "last week", '"last week" is not a day; type a day as YYYY-MM-DD'),
        ("issued", "1,234", "can be read as 1234 or 1.234"),
        ("issued", "two hundred", '"two hundred" is not a number; type the target price'),
    ],
)
def test_a_row_that_nobody_can_read_is_refused_with_what_to_type_and_holds_nothing_up(
    small_issue: Issue, tmp_path: Path, cell: str, typed: str, told: str
) -> None:
    inputs = Path(shutil.copytree(SMALL, tmp_path / "inputs"))
    cells = {**TARGET, f"{ROW}.{cell}": typed, f"{COST}.override": 0.11}
    found = reviewed(small_issue, cells, tmp_path, inputs)
    edit = by_key(found)[ROW]
    assert (edit.kind, edit.state) == (EditKind.INCOMPLETE, State.LISTED)
    assert told in edit.note
    done = settle(found, EVERYTHING, POON, inputs)
    assert [one.key for one in done.plan.accepted] == [COST]


def test_an_expiry_is_read_or_holds_its_override_up_so_that_none_stands_for_ever(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    cells = {
        f"{GROWTH}.override": 0.4,
        f"{GROWTH}@expires": "30/06/2026",
        f"{COST}.override": 0.09,
        f"{COST}@expires": "next summer",
    }
    found = reviewed(issue, cells, tmp_path, inputs)
    edits = by_key(found)
    assert "until '30/06/2026', read as 2026-06-30" in edits[GROWTH].note
    assert "'next summer', which is no day" in edits[COST].note
    proposed = look(found, POON, inputs)
    assert [line for file in proposed.files for line in file.lines] == [
        f'2025-11-30,"{GROWTH}",0.4,,2026-06-30,,J. Poon,\n'
    ]
    with pytest.raises(ReportgenError, match="which is no day"):
        settle(found, Decision(accept=frozenset({COST})), POON, inputs)


def test_a_source_that_is_not_known_is_added_by_the_name_that_was_typed(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    cells = {**TARGET, f"{ROW}.source": "Harbour note, 24 Nov"}
    settle(reviewed(issue, cells, tmp_path, inputs), EVERYTHING, POON, inputs)
    assert (
        (inputs / "BABA/targets.csv").read_text().splitlines()[-1].endswith("harbour-note-24-nov")
    )
    assert (
        'harbour-note-24-nov,"Harbour note, 24 Nov",J. Poon,,assumption'
        in (inputs / "BABA/sources.csv").read_text()
    )


NOT_PLAUSIBLE = {
    GROWTH: (40.0, "40 is 4,000 %; for 40 % type 40%, or 0.4"),
    COST: (12.0, "12 is 1,200 %; for 12 % type 12%, or 0.12"),
    "assumption[probability,bull,]": (0.5, "probabilities of bear, base and bull sum to 1.2"),
    "fundamental[group,net_cash,2025-09-30]": (275.0, "of what was issued: mind the unit"),
}


def test_what_is_not_plausible_is_told_before_anybody_accepts_it(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    cells = {f"{key}.override": typed for key, (typed, _) in NOT_PLAUSIBLE.items()}
    found = reviewed(issue, cells, tmp_path, inputs)
    for key, (_, told) in NOT_PLAUSIBLE.items():
        said = " ".join((*found.notes, by_key(found)[key].note))
        assert told in said
        assert ".csv:" not in said


@pytest.mark.parametrize(("typed", "is_read"), [(258.686, True), ("258.686", False)])
def test_three_digits_behind_a_point_are_open_in_a_text_and_never_in_a_number(
    typed: float | str, *, is_read: bool
) -> None:
    row = read_row(CLAIMS, {"value": typed, "unit": "CNY bn"}, (), spelling_of((), ()))
    assert (row.cells["value"] == 258.686, not row.faults) == (is_read, is_read)
