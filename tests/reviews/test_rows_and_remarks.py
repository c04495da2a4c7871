"""Rows that an analyst fills in, sorts or types over, and what stands beside an override."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors
from reportgen.reviews.acceptance import ALL, Decision
from reportgen.reviews.current_inputs import read_ours
from reportgen.reviews.records import EditKind, Remark, State
from reportgen.reviews.session import look, settle
from reportgen.xlsx.atomic import OutputError
from tests.reviews.typing_in import AS_OF, COST, GROWTH, MULTIPLE, SMALL, TARGET, by_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.reviews.records import Edit, Review
    from tests.reviews.typing_in import Issue
    from tests.support.edits import Value

EVERYTHING = Decision(accept=frozenset({ALL}))
POON = Remark("J. Poon", "visit in October")
MIZUHO = "target[Mizuho,listed,2025-10-24]"


def row(number: int, **cells: Value) -> dict[str, Value | None]:
    """A spare row of targets, filled in but for what is set to None."""
    filled = {key.replace("+1", f"+{number}"): value for key, value in TARGET.items()}
    return {**filled, **{f"target[+{number}].{name}": value for name, value in cells.items()}}


def reviewed(issue: Issue, cells: Mapping[str, Value | None], folder: Path) -> Review:
    return issue.reviewed(issue.typed(cells, folder / "returned.xlsx"))


def only(found: Review) -> Edit:
    (edit,) = found.edits
    return edit


def test_a_target_in_every_spare_row_comes_home(issue: Issue, inputs: Path, tmp_path: Path) -> None:
    cells = {key: value for n in range(1, 6) for key, value in row(n, broker=f"House {n}").items()}
    found = reviewed(issue, cells, tmp_path)
    assert {edit.key: edit.kind for edit in found.edits} == {
        f"target[+{n}]": EditKind.ROW for n in range(1, 6)
    }
    settle(found, EVERYTHING, POON, inputs)
    brokers = {target.broker for target in read_ours("BABA", AS_OF, inputs).rows.targets}
    assert {f"House {n}" for n in range(1, 6)} <= brokers


NEW_CLOSES: Mapping[str, Value] = {
    "close[+1].date": 45990.0,  # 2025-11-29, a day after the last
    "close[+1].issued": 170.5,
    "benchmark_close[+1].date": 45990.0,
    "benchmark_close[+1].issued": 39.25,
}
NEW_SOURCE: Mapping[str, Value] = {
    "source[+1]": "harbour-note",
    "source[+1].title": "A visit to Harbour",
    "source[+1].tier": "wire",
    "source[+1].promotional": 1.0,
    **TARGET,
    "target[+1].source": "harbour-note",
}


def test_closes_below_the_last_come_home_to_their_files(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    found = reviewed(issue, NEW_CLOSES, tmp_path)
    told = by_key(found)
    assert {key: (edit.kind, edit.state, edit.theirs) for key, edit in told.items()} == {
        "close[+1]": (EditKind.ROW, State.NEW, 170.5),
        "benchmark_close[+1]": (EditKind.ROW, State.NEW, 39.25),
    }
    price = next(effect for effect in found.effects if effect.key == "price")
    assert (price.accepted, price.edited) == (170.5, 170.5)
    done = settle(found, EVERYTHING, POON, inputs)
    assert {file.path.name: file.lines for file in done.files} == {
        "prices.csv": ("2025-11-29,170.5\n",),
        "KWEB.csv": ("2025-11-29,39.25\n",),
    }
    again = by_key(issue.reviewed(tmp_path / "returned.xlsx", inputs))
    assert {edit.state for edit in again.values()} == {State.SAME}


def test_a_source_comes_home_before_the_target_that_cites_it(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    found = reviewed(issue, NEW_SOURCE, tmp_path)
    assert {key: edit.kind for key, edit in by_key(found).items()} == {
        "source[+1]": EditKind.ROW,
        "target[+1]": EditKind.ROW,
    }
    assert [effect.accepted for effect in found.effects] == [
        pytest.approx(effect.edited, rel=1e-12) for effect in found.effects
    ]
    settle(found, EVERYTHING, POON, inputs)
    rows = read_ours("BABA", AS_OF, inputs).rows
    (source,) = (one for one in rows.sources if one.id == "harbour-note")
    assert (source.tier, source.flags, source.title) == (
        "wire",
        "promotional",
        "A visit to Harbour",
    )
    assert "harbour-note" in {target.source for target in rows.targets}


NEW_RESULT: Mapping[str, Value] = {
    "fundamental[+1].segment": "group",
    "fundamental[+1].metric": "eps",
    "fundamental[+1].period": "FY2026-Q2",
    "fundamental[+1].period_end": 45930.0,  # 2025-09-30
    "fundamental[+1].issued": 9.9,
    "fundamental[+1].unit": "CNY/ADS",
    "fundamental[+1].published": 45990.0,
    "fundamental[+1].source": "alibaba-6k-2025-09",
}


def test_a_result_comes_home_to_its_table(issue: Issue, inputs: Path, tmp_path: Path) -> None:
    found = reviewed(issue, NEW_RESULT, tmp_path)
    edit = only(found)
    assert (edit.key, edit.kind, edit.theirs) == ("fundamental[+1]", EditKind.ROW, 9.9)
    assert edit.effect["base.value"]
    assert [effect.accepted for effect in found.effects] == [
        pytest.approx(effect.edited, rel=1e-12) for effect in found.effects
    ]
    (file,) = settle(found, EVERYTHING, POON, inputs).files
    (line,) = file.lines
    assert line == (
        "2025-09-30,FY2026-Q2,group,eps,9.9,CNY/ADS,,,2025-11-29,alibaba-6k-2025-09,"
        "visit in October\n"
    )
    again = issue.reviewed(tmp_path / "returned.xlsx", inputs)
    assert only(again).state is State.SAME


# What is typed into a spare row of closes, and why it cannot be taken
NO_CLOSES: Mapping[str, tuple[Mapping[str, Value], str]] = {
    "a day that is there": (
        {"date": 45989.0, "issued": 170.5},
        "date: 2025-11-28 is there already: type an override beside that close",
    ),
    "a day before the last": (
        {"date": 45984.0, "issued": 170.5},
        (
            "date: 2025-11-23 is before 2025-11-28, the last day at issue, and look-ups need days"
            " in order: add it to prices.csv, where the order is free"
        ),
    ),
    "no day": ({"issued": 170.5}, "lacks date: fill it in"),
    "no close": ({"date": 45990.0}, "lacks close: fill it in"),
    "words": (
        {"date": 45990.0, "issued": "about 170"},
        'close: "about 170" is not a number; type a close',
    ),
}


@pytest.mark.parametrize("name", NO_CLOSES)
def test_a_close_that_cannot_be_taken_is_told_with_why(
    name: str, small_issue: Issue, tmp_path: Path
) -> None:
    typed, why = NO_CLOSES[name]
    cells = {f"close[+1].{column}": value for column, value in typed.items()}
    returned = small_issue.typed(cells, tmp_path / "returned.xlsx")
    edit = only(small_issue.reviewed(returned, SMALL))
    assert (edit.key, edit.kind, edit.state) == ("close[+1]", EditKind.INCOMPLETE, State.LISTED)
    assert edit.note == why


def test_an_id_that_our_sources_have_is_told(issue: Issue, tmp_path: Path) -> None:
    cells = {"source[+1]": "Press-Brokers", "source[+1].tier": "primary"}
    edit = only(reviewed(issue, cells, tmp_path))
    assert (edit.kind, edit.state) == (EditKind.ROW, State.LISTED)
    assert edit.note == "our sources have this id by now: describe what is new under another one"


# What is filled in of a spare row, and what it then lacks
INCOMPLETE: Mapping[str, tuple[Mapping[str, Value], str]] = {
    "target[+1]": ({"broker": "Harbour & Co"}, "target, currency"),
    "target[+2]": ({"issued": 230.0, "currency": "USD"}, "broker"),
    "target[+3]": ({"broker": "Harbour & Co", "issued": 230.0}, "currency"),
    "product[+2]": ({"product": "Glasses", "issued": 99.0}, "vendor, currency"),
    "claim[+3]": ({"key": "pe", "issued": 20.0}, "unit"),
}


def test_incomplete_rows_are_told_with_what_they_lack_and_hold_nothing_up(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    cells = {
        f"{key}.{name}": value
        for key, (filled, _) in INCOMPLETE.items()
        for name, value in filled.items()
    }
    found = reviewed(issue, {**cells, f"{MULTIPLE}.issued": 20.0}, tmp_path)
    told = {edit.key: edit for edit in found.edits if edit.key != MULTIPLE}
    assert {key: (edit.kind, edit.state, edit.note) for key, edit in told.items()} == {
        key: (EditKind.INCOMPLETE, State.LISTED, f"lacks {lacks}: fill it in")
        for key, (_, lacks) in INCOMPLETE.items()
    }
    done = settle(found, EVERYTHING, POON, inputs)
    assert [one.key for one in done.plan.accepted] == [MULTIPLE]
    assert {one.key for one in done.plan.left} == set(INCOMPLETE)


def test_a_row_without_a_day_is_told_to_count_only_once_accepted(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    cells = {key: value for key, value in TARGET.items() if not key.endswith(".published")}
    found = reviewed(issue, cells, tmp_path)
    assert "published left blank, so it did not count; once accepted: published 2025-11-30" in (
        only(found).note
    )
    assert {effect.change for effect in found.effects} == {0.0}
    settle(found, EVERYTHING, POON, inputs)
    days = {one.broker: one.published for one in read_ours("BABA", AS_OF, inputs).rows.targets}
    assert days["Harbour & Co"] == AS_OF


def test_a_blank_kind_line_and_horizon_mean_in_a_spare_row_what_they_mean_in_a_file(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    whole = reviewed(issue, TARGET, tmp_path)
    blank = {key: value for key, value in TARGET.items() if not key.endswith(("kind", "line", "s"))}
    found = reviewed(issue, blank, tmp_path)
    assert only(found).note == ""
    assert [effect.change for effect in found.effects] == [
        effect.change for effect in whole.effects
    ]
    settle(found, EVERYTHING, POON, inputs)
    rows = read_ours("BABA", AS_OF, inputs).rows.targets
    (row,) = (one for one in rows if one.broker == "Harbour & Co")
    assert (row.kind, row.line, row.horizon_months) == ("broker", "listed", 12)


def test_a_broker_typed_in_another_spelling_is_told(issue: Issue, tmp_path: Path) -> None:
    found = reviewed(issue, {**TARGET, "target[+1].broker": "J.P. Morgan Securities"}, tmp_path)
    assert only(found).note == "the same broker as JPMorgan, which it counts as once accepted"
    found = reviewed(issue, {**TARGET, "target[+1].broker": "jpmorgan"}, tmp_path)
    assert only(found).note == ""


def test_a_row_that_names_another_broker_is_no_override_of_the_old_one(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    cells = {f"{MIZUHO}.broker": "Citi", f"{MIZUHO}.issued": 250.0, f"{GROWTH}.override": 0.4}
    found = reviewed(issue, cells, tmp_path)
    edit = by_key(found)[MIZUHO]
    assert (edit.kind, edit.state) == (EditKind.REPLACED, State.LISTED)
    assert (edit.issued, edit.theirs) == ("Mizuho", "Citi")
    assert edit.effect["hype.consensus"]
    assert settle(found, EVERYTHING, POON, inputs).plan.left == (edit,)


def test_rows_that_changed_places_are_no_overrides_of_each_other(
    issue: Issue, tmp_path: Path
) -> None:
    other = "target[Jefferies,listed,2025-09-29]"
    cells = {
        f"{MIZUHO}.broker": "Jefferies",
        f"{MIZUHO}.issued": 231.0,  # one of them has another figure: they were not just sorted
        f"{other}.broker": "Mizuho",
        f"{other}.issued": 195.0,
    }
    found = reviewed(issue, cells, tmp_path)
    assert {edit.key: edit.kind for edit in found.edits} == dict.fromkeys(
        (MIZUHO, other), EditKind.REPLACED
    )


def test_numbers_typed_as_text_are_told_and_move_nothing(issue: Issue, tmp_path: Path) -> None:
    texts = {GROWTH: "40%", MULTIPLE: "1,5", COST: "about 3", MIZUHO: "-"}
    cells = {f"{key}.override": text for key, text in texts.items()}
    found = reviewed(issue, cells, tmp_path)
    assert {edit.key: (edit.kind, edit.theirs, edit.state) for edit in found.edits} == {
        key: (EditKind.NOT_A_NUMBER, text, State.LISTED) for key, text in texts.items()
    }
    assert found.effects == ()


def test_an_expiry_in_the_past_is_refused_by_name_and_nothing_is_written(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    cells = {f"{GROWTH}.override": 0.4, f"{GROWTH}@expires": "2025-10-01"}
    found = reviewed(issue, cells, tmp_path)
    with pytest.raises(InputErrors, match="2025-10-01 is before the row was published"):
        settle(found, EVERYTHING, POON, inputs)
    assert "2025-10-01" in look(found, POON, inputs).why_not
    assert not (inputs / "BABA/overrides.csv").exists()


def test_an_expiry_that_is_no_day_is_told(issue: Issue, tmp_path: Path) -> None:
    cells = {f"{GROWTH}.override": 0.4, f"{GROWTH}@expires": "next June"}
    assert "'next June', which is no day" in only(reviewed(issue, cells, tmp_path)).note


def test_what_an_author_types_is_never_a_formula_nor_two_lines(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    cells = {
        f"{GROWTH}.override": 0.4,
        f"{GROWTH}@author": '=A. "N"\nSmith',
        f"{GROWTH}@reason": "@a\tb\r\nc, d",
    }
    settle(reviewed(issue, cells, tmp_path), EVERYTHING, POON, inputs)
    assert (inputs / "BABA/overrides.csv").read_text().splitlines()[1:] == [
        f'2025-11-30,"{GROWTH}",0.4,,,,"\'=A. ""N"" Smith","\'@a b c, d"'
    ]


def test_an_override_of_an_input_that_we_no_longer_have_is_told_and_not_taken(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    returned = issue.typed({f"{MIZUHO}.override": 250.0}, tmp_path / "returned.xlsx")
    rows = inputs / "BABA/targets.csv"
    kept = [line for line in rows.read_text().splitlines() if "Mizuho" not in line]
    rows.write_text("\n".join(kept) + "\n")
    found = issue.reviewed(returned, inputs)
    assert only(found).state is State.LISTED
    assert "no such input by now" in only(found).note
    assert not settle(found, EVERYTHING, POON, inputs).files


@pytest.mark.parametrize("before", [b"", b"\r\n"], ids=["no line end", "CRLF"])
def test_a_row_is_appended_below_the_last_one_however_it_ends(
    issue: Issue, inputs: Path, tmp_path: Path, before: bytes
) -> None:
    header = b"published,key,value,expires,revokes,author,reason\r\n"
    ours = header + b'2025-11-01,"assumption[eps_growth,bear,]",0.1,,,me,why' + before
    (inputs / "BABA/overrides.csv").write_bytes(ours)
    returned = issue.typed({f"{GROWTH}.override": 0.4}, tmp_path / "returned.xlsx")
    settle(issue.reviewed(returned, inputs), EVERYTHING, POON, inputs)
    after = (inputs / "BABA/overrides.csv").read_bytes()
    assert after == ours + (b"" if before else b"\r\n") + (
        f'2025-11-30,"{GROWTH}",0.4,,,J. Poon,visit in October\r\n'.encode()
    )


def test_inputs_that_cannot_be_written_are_told_and_left_as_they_were(
    issue: Issue, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = reviewed(issue, {f"{GROWTH}.override": 0.4}, tmp_path)
    opened = os.open

    def refusing(path: str | Path, flags: int, *mode: int, dir_fd: int | None = None) -> int:
        # Whoever is root may write to every folder: the refusal has to be played
        if flags & os.O_CREAT and str(path).startswith(str(inputs)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, flags, *mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(OutputError, match=r"overrides\.csv: could not be written: Permission"):
        settle(found, EVERYTHING, POON, inputs)
    monkeypatch.undo()
    assert not (inputs / "BABA/overrides.csv").exists()


def test_of_two_acceptances_at_once_none_is_lost_and_none_is_written_twice(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    edits = {f"{GROWTH}.override": 0.4}, {f"{MULTIPLE}.override": 20.0}
    returned = [tmp_path / f"{number}.xlsx" for number, _ in enumerate(edits)]
    for cells, path in zip(edits, returned, strict=True):
        issue.typed(cells, path)
    found = [issue.reviewed(path) for path in returned]

    def accepted(review: Review) -> bool:
        for _ in range(3):
            with suppress(OutputError):  # who comes second is told to run again
                return settle(review, EVERYTHING, POON, inputs).is_written
        return False

    with ThreadPoolExecutor(2) as two:
        assert list(two.map(accepted, found)) == [True, True]
    lines = (inputs / "BABA/overrides.csv").read_text().splitlines()
    assert len(lines) == len(set(lines)) == 3
    live = read_ours("BABA", AS_OF, inputs).live
    assert (live[GROWTH], live[MULTIPLE]) == (0.4, 20.0)


def test_a_note_in_the_list_of_overrides_is_no_change_of_the_workbook(
    issue: Issue, tmp_path: Path
) -> None:
    noted = {"key": GROWTH, "value": 0.4, "author": "A. N", "reason": "because"}
    cells = {f"override_row[+1].{name}": value for name, value in noted.items()}
    found = reviewed(issue, {f"{GROWTH}.override": 0.4, **cells}, tmp_path)
    assert only(found).remark == Remark("A. N", "because")
    assert found.workbook == ()
