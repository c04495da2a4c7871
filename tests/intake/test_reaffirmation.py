"""Assumptions dated anew: unchanged, signed, all or none; suggestions signed where they stand."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors, ReportgenError
from reportgen.facts.assumptions import in_use
from reportgen.facts.policy import load_policy
from reportgen.intake.reaffirmation import EVERY, reaffirm
from reportgen.intake.suggested import Suggestion, suggested_in
from reportgen.model.case.build import build_case
from reportgen.model.solved import by_key, solve_case
from tests.facts.pack_folder import PackFolder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportgen.intake.reaffirmation import Reaffirmed

DAY = date(2025, 11, 30)
NAME = "assumptions.csv"
BY = "J. Poon"
SUGGESTED = ',all,,cost_of_equity,,ratio,house,"suggested 0.0915: 4.2% and a beta of 1.1"'


@pytest.fixture
def folder(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path)


def sign(
    folder: PackFolder, *keys: str, by: str = BY, suggested: bool = False, dry_run: bool = False
) -> Reaffirmed:
    return reaffirm(
        "ACME",
        keys or (EVERY,),
        as_of=DAY,
        author=by,
        suggested=suggested,
        inputs=folder.inputs,
        dry_run=dry_run,
    )


def rows(folder: PackFolder, key: str) -> list[tuple[str, str, str, str, str]]:
    """Day, scenario, value, unit and author of each row of a parameter."""
    with folder.path(NAME).open(encoding="utf-8", newline="") as file:
        return [
            (row["published"], row["scenario"], row["value"], row["unit"], row["author"])
            for row in csv.DictReader(file)
            if row["key"] == key
        ]


def values(folder: PackFolder) -> dict[str, object]:
    """What the cases come to."""
    solved = solve_case(build_case(folder.load(DAY), load_policy()))
    found = dict(by_key(solved))
    return {f"{case}.value": found[f"{case}.value"] for case in ("bear", "base", "bull")}


def test_all_that_is_in_use_is_dated_anew_and_no_value_moves(folder: PackFolder) -> None:
    before, text = values(folder), folder.path(NAME).read_text()
    found = sign(folder)
    after = folder.path(NAME).read_text()
    assert after.startswith(text)
    assert values(folder) == before
    assert rows(folder, "growth")[2:] == [
        ("2025-11-30", "all", "0.05", "ratio", BY),
        ("2025-11-30", "all", "0.2", "ratio", BY),
    ]
    assert {one.dated for one in found.assumptions} == {date(2025, 10, 1)}
    assert "(of 2025-10-01 by house)" in after.splitlines()[-1]
    assert sign(folder).files == ()
    assert folder.path(NAME).read_text() == after


@pytest.mark.parametrize("key", ["probability", "base_metric"])
def test_what_would_beat_results_or_weigh_the_cases_is_meant_only_by_name(
    folder: PackFolder, key: str
) -> None:
    number = len(rows(folder, key))
    sign(folder)
    assert len(rows(folder, key)) == number
    sign(folder, EVERY, key)
    assert len(rows(folder, key)) == 2 * number


def test_what_came_since_is_told(folder: PackFolder) -> None:
    folder.replace("prices.csv", "2025-11-26,100", "2025-09-30,80\n2025-11-26,100")
    folder.replace("fundamentals.csv", "FY2025-Q3,group,eps", "FY2025-Q3,anvils,eps")
    growth = {one.key: one for one in sign(folder, "growth").assumptions}
    anvils, rockets = (growth[f"assumption[growth,bear,{name}]"] for name in ("anvils", "rockets"))
    assert [(of.published, of.period) for of in anvils.since] == [(date(2025, 10, 20), "FY2025-Q3")]
    assert rockets.since == anvils.since  # the group's own
    assert anvils.moved == pytest.approx(99.25 / 80 - 1)


@pytest.mark.parametrize(("later", "then"), [(0, 90.0), (1, 80.0)])
def test_the_price_is_followed_from_the_close_of_the_day_itself(
    folder: PackFolder, later: int, then: float
) -> None:
    dated = sign(folder, "growth", dry_run=True).assumptions[0].dated
    assert dated is not None
    close = f"2025-09-30,80\n{dated + timedelta(days=later)},90\n2025-11-26,100"
    folder.replace("prices.csv", "2025-11-26,100", close)
    (one, *_) = sign(folder, "growth", dry_run=True).assumptions
    assert one.moved == pytest.approx(99.25 / then - 1)


OF_ALL, OF_BASE = "assumption[growth,all,anvils]", "assumption[growth,base,anvils]"
NEWER_BEAR = "2025-11-01,bear,anvils,growth,-0.1,ratio,desk,"
PERCENT = "2025-11-01,all,anvils,growth,7,%,desk,"


@pytest.mark.parametrize(
    ("added", "key", "growth"),
    [
        ("", OF_BASE, ["base 0.05"]),
        ("", OF_ALL, ["all 0.05"]),
        (NEWER_BEAR, "growth", ["all 0.2", "base 0.05", "bear -0.1", "bull 0.05"]),
        (PERCENT, OF_ALL, ["all 0.07"]),
    ],
)
def test_a_case_is_dated_with_the_value_that_it_has(
    folder: PackFolder, added: str, key: str, growth: list[str]
) -> None:
    if added:
        folder.append(NAME, added)
    before = values(folder)
    sign(folder, key)
    new = [
        f"{scenario} {value}"
        for day, scenario, value, *_ in rows(folder, "growth")
        if day == str(DAY)
    ]
    assert sorted(new) == growth
    assert values(folder) == before


def test_a_growth_that_a_level_has_replaced_does_not_come_back(folder: PackFolder) -> None:
    folder.append(NAME, "2025-11-01,all,anvils,metric_12m,900,USD m,desk,")
    before = values(folder)
    sign(folder)
    assert values(folder) == before
    with pytest.raises(ReportgenError, match=r"metric_12m,bear,anvils\] of 2025-11-01 counts"):
        sign(folder, "assumption[growth,bear,anvils]")


def test_money_a_share_is_dated_in_the_shares_of_the_day(folder: PackFolder) -> None:
    folder.write("actions.csv", "published,ex_date,ratio\n2025-11-01,2025-11-27,4\n")
    folder.write("prices.csv", "Date,Close\n2025-11-26,400\n2025-11-27,101.5\n2025-11-28,99.25\n")
    before = values(folder)
    sign(folder)
    assert rows(folder, "dividend")[-1][2:4] == ("0.25", "USD/ADS")
    assert values(folder) == before


def test_money_keeps_the_unit_that_it_was_stated_in(folder: PackFolder) -> None:
    folder.replace(NAME, "700,USD m", "0.7,USD bn")
    sign(folder, "assumption[base_metric,all,anvils]")
    assert rows(folder, "base_metric")[-1] == ("2025-11-30", "all", "0.7", "USD bn", BY)


def test_a_file_keeps_its_spelling(folder: PackFolder) -> None:
    text = folder.path(NAME).read_text().replace(",", ";").replace("0.", "0,").replace("\n", "\r\n")
    folder.write(NAME, text)
    sign(folder, "growth", by='=HYPERLINK("x")')
    last = folder.path(NAME).read_bytes().decode().splitlines(keepends=True)[-1]
    assert last.startswith("2025-11-30;all;rockets;growth;0,2;ratio;\"'=HYPERLINK")
    assert last.endswith("\r\n")
    assert in_use(folder.load(DAY).rows.assumptions)["growth", "bear", "rockets"].author.startswith(
        "="
    )


# --- blanks, and what is suggested for them ---
def blank_cost_of_equity(folder: PackFolder) -> None:
    folder.replace(NAME, "2025-10-01,all,,cost_of_equity,0.1,ratio,house,", SUGGESTED)


def test_a_suggestion_is_signed_where_it_stands(folder: PackFolder) -> None:
    blank_cost_of_equity(folder)
    line = folder.path(NAME).read_text().splitlines().index(SUGGESTED)
    found = sign(folder, "cost_of_equity", suggested=True)
    assert [(one.value, one.told) for one in found.assumptions] == [
        ("0.0915", "4.2% and a beta of 1.1")
    ]
    signed = folder.path(NAME).read_text().splitlines()[line]
    assert (
        signed
        == f"2025-11-30,all,,cost_of_equity,0.0915,ratio,{BY},{SUGGESTED.split(',', 7)[-1][1:-1]}"
    )
    assert folder.warnings(DAY) == []


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("cost_of_equity",), "cost_of_equity: is blank; --suggested signs the 0.0915 of its note"),
        (("cost_of_equty",), '"cost_of_equty" is no assumption; did you mean cost_of_equity?'),
        (("growth", "nothing"), '"nothing" is no assumption'),
        (("eps_12m",), "eps_12m: nothing is assumed of it as of 2025-11-30"),
        (("growth]",), '"growth]" is not a key'),
        (("assumption[growth,bear,cloud]",), "nothing is assumed of it"),
        *(
            ((key,), "is no assumption")
            for key in (
                *("assumption[growth,bear]", "assumption[growth,bear,anvils].yoy"),
                *("hype[growth,bear,anvils]", "assumption[nothing,bear,anvils]"),
            )
        ),
    ],
)
def test_a_key_that_names_nothing_to_date_is_told_and_nothing_is_written(
    folder: PackFolder, keys: Sequence[str], told: str
) -> None:
    blank_cost_of_equity(folder)
    text = folder.path(NAME).read_text()
    with pytest.raises(ReportgenError, match=re.escape(told)):
        sign(folder, *keys)
    assert folder.path(NAME).read_text() == text


def test_a_blank_that_nothing_is_suggested_for_stays_and_is_told(folder: PackFolder) -> None:
    folder.replace(
        NAME, "2025-10-01,all,,dividend,1,USD/ADS,house,", ",all,,dividend,,,house,if any"
    )
    found = sign(folder, suggested=True)
    assert found.left == (
        "inputs/ACME/assumptions.csv:7 dividend: stays blank; nothing is suggested",
    )
    with pytest.raises(ReportgenError, match="nothing is suggested; fill it in: inputs/ACME/assum"):
        sign(folder, "dividend", suggested=True)


def test_a_default_of_the_template_is_signed_with_its_day(folder: PackFolder) -> None:
    folder.replace(NAME, "2025-10-01,all,,weight_pe,0.5", ",all,,weight_pe,0.5")
    sign(folder)
    assert rows(folder, "weight_pe") == [("2025-11-30", "all", "0.5", "ratio", BY)]


def test_what_is_filled_in_is_not_dated_anew_beside_it(folder: PackFolder) -> None:
    before = rows(folder, "weight_pe")
    folder.append(NAME, ",all,,weight_pe,0.6,ratio,house,")
    found = sign(folder, "weight_pe")
    assert [one.value for one in found.assumptions] == ["0.6"]
    assert rows(folder, "weight_pe") == [*before, ("2025-11-30", "all", "0.6", "ratio", BY)]


def test_a_blank_of_all_cases_is_not_meant_by_one_of_them(folder: PackFolder) -> None:
    text = folder.path(NAME).read_text()
    folder.write(NAME, re.sub(r"[^\n]*anvils,growth[^\n]*", ",all,anvils,growth,,,house,", text))
    with pytest.raises(ReportgenError, match=r"base,anvils\]: nothing is assumed of it"):
        sign(folder, OF_BASE)
    with pytest.raises(ReportgenError, match=r"all,anvils\]: is blank, and nothing is suggested"):
        sign(folder, OF_ALL)


def test_all_of_nothing_is_nothing(folder: PackFolder) -> None:
    folder.write(NAME, folder.path(NAME).read_text().splitlines()[0] + "\n")
    assert sign(folder) == ((), (), ())


@pytest.mark.parametrize("note", ["suggested 1.5: too much", "suggested 0.01: below for ever"])
def test_a_suggestion_that_would_be_a_mistake_is_refused(folder: PackFolder, note: str) -> None:
    blank_cost_of_equity(folder)
    folder.replace(NAME, "suggested 0.0915: 4.2% and a beta of 1.1", note)
    text = folder.path(NAME).read_text()
    with pytest.raises(InputErrors, match=r"cost_of_equity|between 0 and 1"):
        sign(folder, suggested=True)
    assert folder.path(NAME).read_text() == text


def test_a_file_without_notes_takes_rows_without_them(folder: PackFolder) -> None:
    lines = folder.path(NAME).read_text().splitlines()
    folder.write(NAME, "\n".join(",".join(line.split(",")[:-1]) for line in lines) + "\n")
    sign(folder, "growth")
    assert folder.path(NAME).read_text().splitlines()[-1].endswith(f"0.2,ratio,{BY}")


def test_nobody_signs_nothing(folder: PackFolder) -> None:
    text = folder.path(NAME).read_text()
    with pytest.raises(ReportgenError, match="nobody signs"):
        sign(folder, by=" \n ")
    assert sign(folder, by="", dry_run=True).files
    assert folder.path(NAME).read_text() == text


@pytest.mark.parametrize(
    ("note", "value", "unit"),
    [
        ("suggested 0.0915: told", "0.0915", ""),
        ("suggested -4300.5 USD m: told", "-4300.5", "USD m"),
        ("suggested 2.1 USD/ADS: told", "2.1", "USD/ADS"),
        ("suggested =1+1: told", None, ""),
        ("suggested 1e300: told", None, ""),
        ("suggested: told", None, ""),
        ("is suggested 1: told", None, ""),
    ],
)
def test_a_suggestion_is_read_as_it_was_written(note: str, value: str | None, unit: str) -> None:
    found = suggested_in(note)
    assert found == (None if value is None else Suggestion(value, "told", unit))
    assert found is None or found.note == note
