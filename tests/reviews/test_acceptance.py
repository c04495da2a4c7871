from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors, ReportgenError
from reportgen.facts.knowledge import known_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.findings import check
from reportgen.report.readback.values import show
from reportgen.reviews.acceptance import ALL, Decision, take
from reportgen.reviews.current_inputs import against, read_ours
from reportgen.reviews.log import overrides, revoke
from reportgen.reviews.records import EditKind, Remark, State
from reportgen.reviews.session import look, settle
from reportgen.runs.drafts import build
from reportgen.xlsx.atomic import OutputError
from tests.reviews.typing_in import (
    AS_OF,
    COST,
    GROWTH,
    INPUTS,
    MULTIPLE,
    TARGET,
    by_key,
    read_issue,
)
from tests.support.libreoffice import recalculate

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.reviews.records import Review
    from tests.reviews.typing_in import Issue

EVERYTHING = Decision(accept=frozenset({ALL}))
POON = Remark("J. Poon", "visit in October")
HEADLINES = (
    *(f"{case}.value" for case in ("bear", "base", "bull")),
    *("expected_value", "hype.value", "hype.consensus", "hype.score", "price"),
)
NET_CASH = "fundamental[group,net_cash,2025-09-30]"
TYPED = {
    f"{GROWTH}.override": 0.4,
    f"{GROWTH}@author": "A. Nalyst",
    f"{GROWTH}@reason": "=backlog doubled",
    f"{GROWTH}@expires": "2026-06-30",
    f"{MULTIPLE}.issued": 20.0,
    f"{NET_CASH}.override": 300_000.0,
    "company.launch.date.override": 45_958.0,
    "product[+1].vendor": "Alibaba",
    "product[+1].product": "Quark AI Glasses",
    "product[+1].variant": "S1",
    "product[+1].issued": 3_999.0,
    "product[+1].currency": "CNY",
    "product[+1].market": "CN",
    "product[+1].observed": 45_990.0,
    "product[+1].published": 45_990.0,
    **TARGET,
}


@pytest.fixture(scope="module")
def returned(issue: Issue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return issue.typed(TYPED, tmp_path_factory.mktemp("returned") / "returned.xlsx")


@pytest.fixture(scope="module")
def found(issue: Issue, returned: Path) -> Review:
    return issue.reviewed(returned)


def again(found: Review, inputs: Path) -> Review:
    """The review against other inputs, without reading the file once more."""
    ours = read_ours("BABA", AS_OF, inputs)
    return replace(found, edits=tuple(against(edit, ours) for edit in found.edits))


@pytest.mark.long  # what was typed in LibreOffice itself is brought home in the short form
def test_what_was_accepted_gives_what_the_live_cells_showed(
    found: Review, returned: Path, inputs: Path, tmp_path: Path
) -> None:
    recalculated = recalculate([returned], tmp_path / "libreoffice")[returned]
    settle(found, EVERYTHING, POON, inputs)
    built = show(build("BABA", as_of=AS_OF, inputs=inputs, outputs=tmp_path / "outputs").path)
    shown = show(recalculated)
    assert {key: built[key] for key in HEADLINES} == pytest.approx(
        {key: shown[key] for key in HEADLINES}, rel=1e-9
    )


def test_accepting_twice_adds_nothing(found: Review, inputs: Path) -> None:
    first = settle(found, EVERYTHING, POON, inputs)
    assert len(first.plan.accepted) == len(found.edits) == 6
    after = {path.name: path.read_bytes() for path in (inputs / "BABA").glob("*.csv")}
    second = again(found, inputs)
    assert {edit.state for edit in second.edits} == {State.SAME}
    assert not settle(second, EVERYTHING, POON, inputs).is_open
    assert after == {path.name: path.read_bytes() for path in (inputs / "BABA").glob("*.csv")}


def test_what_was_revoked_is_accepted_again_from_a_later_day_and_this_is_said(
    found: Review, inputs: Path
) -> None:
    growth = Decision(accept=frozenset({GROWTH}))
    settle(found, growth, POON, inputs)
    revoke("BABA", GROWTH, as_of=AS_OF, author="B. Lee", reason="too rosy", inputs=inputs)
    told = f"{re.escape(GROWTH)} was revoked by B. Lee on 2025-11-30.* --published 2025-12-01"
    with pytest.raises(ReportgenError, match=told):
        settle(again(found, inputs), growth, POON, inputs)
    settle(again(found, inputs), growth, POON._replace(published=date(2025, 12, 1)), inputs)
    standing = [
        one.row
        for one in overrides("BABA", as_of=date(2025, 12, 2), inputs=inputs)
        if one.row.active
    ]
    assert [row.value for row in standing] == [0.4]


DIVIDEND = "assumption[dividend,all,]"
SHARES = "fundamental[group,shares_diluted,2025-09-30]"


def split_since_the_issue(inputs: Path) -> None:
    """Ten new shares for one old in December; the price file is adjusted for it."""
    rows = "published,ex_date,ratio,note\n2025-12-01,2025-12-10,10,\n"
    (inputs / "BABA/actions.csv").write_text(rows)
    company = inputs / "BABA/company.yaml"
    company.write_text(f"{company.read_text()}\nprices: {{splits: adjusted}}\n")


def test_a_split_since_the_issue_is_said_and_what_is_accepted_is_restated_by_later_reports(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    typed = {f"{key}.override": value for key, value in ((DIVIDEND, 5.0), (SHARES, 2_400.0))}
    returned = issue.typed(typed, tmp_path / "returned.xlsx")
    split_since_the_issue(inputs)
    found = issue.reviewed(returned, inputs)
    (told,) = [note for note in found.notes if "split" in note]
    assert "in the shares of 2025-11-30, before the 10:1 split of 2025-12-10" in told
    late = POON._replace(published=date(2025, 12, 15))
    for key in (DIVIDEND, SHARES):
        one = Decision(accept=frozenset({key}))
        with pytest.raises(ReportgenError, match=r"date it before 2025-12-10 with --published"):
            settle(found, one, late, inputs)
    settle(found, EVERYTHING, POON, inputs)
    rows = known_at(read_pack("BABA", inputs), date(2025, 12, 15)).rows.overrides
    assert {row.key: row.value for row in rows} == {DIVIDEND: 0.5, SHARES: 24_000.0}


def test_a_rate_may_be_accepted_from_a_day_after_a_split(found: Review, inputs: Path) -> None:
    split_since_the_issue(inputs)
    late = POON._replace(published=date(2025, 12, 15))
    assert settle(found, Decision(accept=frozenset({GROWTH})), late, inputs).is_written


def test_rows_are_appended_and_nothing_that_stood_there_changes(
    found: Review, inputs: Path
) -> None:
    settle(found, EVERYTHING, POON, inputs)
    for path in (INPUTS / "BABA").glob("*.csv"):
        assert (inputs / "BABA" / path.name).read_bytes().startswith(path.read_bytes())
    lines = (inputs / "BABA/overrides.csv").read_text().splitlines()
    assert f'2025-11-30,"{GROWTH}",0.4,,2026-06-30,,A. Nalyst,\'=backlog doubled' in lines
    assert f'2025-11-30,"{MULTIPLE}",20,,,,J. Poon,visit in October' in lines
    target = (inputs / "BABA/targets.csv").read_text().splitlines()[-1]
    assert target == "2025-11-24,Harbour & Co,230,USD,ADS,12,broker,,analyst-j-poon"
    source = (inputs / "BABA/sources.csv").read_text().splitlines()[-1]
    assert source.startswith("analyst-j-poon,")
    assert ",assumption," in source


def test_looking_and_trying_write_nothing(found: Review, inputs: Path) -> None:
    before = {path: path.read_bytes() for path in inputs.rglob("*") if path.is_file()}
    assert look(found, POON, inputs).files
    assert settle(found, EVERYTHING, POON, inputs, dry_run=True).files
    assert "say who" in look(found, Remark(), inputs).why_not
    assert before == {path: path.read_bytes() for path in inputs.rglob("*") if path.is_file()}


def test_an_edit_that_nobody_signs_is_not_accepted(found: Review, inputs: Path) -> None:
    with pytest.raises(ReportgenError, match=r"nobody signs .*pe_multiple"):
        settle(found, EVERYTHING, Remark(), inputs)
    assert not (inputs / "BABA/overrides.csv").exists()


def test_a_key_accepts_that_edit_alone(found: Review, inputs: Path) -> None:
    done = settle(found, Decision(accept=frozenset({GROWTH})), Remark(), inputs)
    assert [edit.key for edit in done.plan.accepted] == [GROWTH]
    assert done.is_open
    with pytest.raises(ReportgenError, match=r"was not edited; did you mean assumption\[growth"):
        settle(found, Decision(accept=frozenset({"assumption[growth,bull,clod]"})), POON, inputs)


@pytest.mark.parametrize("side", ["ours", "theirs", "neither"])
def test_a_conflict_goes_the_way_that_was_chosen(found: Review, inputs: Path, side: str) -> None:
    with (inputs / "BABA/assumptions.csv").open("a") as rows:
        rows.write("2025-11-29,base,,pe_multiple,18,x,house,\n")
    conflict = again(found, inputs)
    assert by_key(conflict)[MULTIPLE].state is State.CONFLICT
    decision = {
        "ours": EVERYTHING._replace(ours=frozenset({MULTIPLE})),
        "theirs": EVERYTHING._replace(theirs=frozenset({ALL})),
        "neither": EVERYTHING,
    }[side]
    done = settle(conflict, decision, POON, inputs)
    assert done.is_open == (side == "neither")
    live = read_ours("BABA", AS_OF, inputs).live[MULTIPLE]
    assert live == (20 if side == "theirs" else 18)


def test_a_second_thought_of_the_same_day_corrects_the_first(
    issue: Issue, found: Review, inputs: Path, tmp_path: Path
) -> None:
    settle(found, EVERYTHING, POON, inputs)
    other = issue.typed({f"{MULTIPLE}.issued": 21.0}, tmp_path / "other.xlsx")
    review = issue.reviewed(other, inputs)
    assert by_key(review)[MULTIPLE].state is State.CONFLICT
    settle(review, Decision(theirs=frozenset({MULTIPLE})), POON, inputs)
    assert read_ours("BABA", AS_OF, inputs).live[MULTIPLE] == 21


def test_an_override_that_was_cleared_is_revoked(
    found: Review, inputs: Path, tmp_path: Path
) -> None:
    early = Remark("J. Poon", "", published=date(2025, 11, 20))
    settle(found, Decision(accept=frozenset({GROWTH, MULTIPLE, NET_CASH})), early, inputs)
    path = build("BABA", as_of=AS_OF, inputs=inputs, outputs=tmp_path / "outputs").path
    issued = read_issue(path)
    typed = {
        f"{GROWTH}.override": None,
        f"{MULTIPLE}.issued": 21.0,  # beneath an override that stands
        f"{NET_CASH}.override": None,
        f"{NET_CASH}.issued": 310_000.0,  # both at once: what is typed counts
    }
    review = issued.reviewed(issued.typed(typed, tmp_path / "cleared.xlsx"), inputs)
    told = {one.key: (one.kind, one.issued, one.theirs, one.state) for one in review.edits}
    assert told == {
        GROWTH: (EditKind.WITHDRAWN, 0.4, 0.34, State.NEW),
        MULTIPLE: (EditKind.MASKED, 17.0, 21.0, State.LISTED),
        NET_CASH: (EditKind.INPUT, 300_000.0, 310_000.0, State.NEW),
    }
    settle(review, EVERYTHING, POON, inputs)
    assert read_ours("BABA", AS_OF, inputs).live[NET_CASH] == 310_000
    assert read_ours("BABA", AS_OF, inputs).live[GROWTH] == 0.34
    assert read_ours("BABA", date(2025, 11, 29), inputs).live[GROWTH] == 0.4


def test_rows_that_would_break_the_pack_are_told_and_not_written(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    cells = {**TARGET, "target[+1].currency": "XXQ"}
    review = issue.reviewed(issue.typed(cells, tmp_path / "edited.xlsx"))
    with pytest.raises(InputErrors, match="currency"):
        settle(review, EVERYTHING, POON, inputs)
    assert (inputs / "BABA/targets.csv").read_bytes() == (INPUTS / "BABA/targets.csv").read_bytes()


def test_a_file_that_changed_meanwhile_is_left_alone(found: Review, inputs: Path) -> None:
    proposed = look(found, POON, inputs)
    rows = inputs / "BABA/targets.csv"
    rows.write_text(rows.read_text() + "2025-11-20,Other,180,USD,ADS,12,broker,,press-brokers\n")
    before = rows.read_bytes()
    with pytest.raises(OutputError, match="changed meanwhile"):
        take(proposed.files)
    assert rows.read_bytes() == before


def test_the_log_says_what_stands_and_a_revocation_takes_it_back(
    found: Review, inputs: Path
) -> None:
    settle(found, Decision(accept=frozenset({GROWTH})), Remark(), inputs)
    states = {entry.state for entry in overrides("BABA", as_of=AS_OF, inputs=inputs)}
    assert states == {"in force"}
    assert {entry.state for entry in overrides("BABA", as_of=date(2026, 7, 1), inputs=inputs)} == {
        "expired"
    }

    def take_back(as_of: date) -> None:
        day = date(2025, 12, 5)
        revoke("BABA", GROWTH, as_of=as_of, author="J. Poon", published=day, inputs=inputs)

    take_back(AS_OF)
    assert {entry.state for entry in overrides("BABA", as_of=AS_OF, inputs=inputs)} == {"in force"}
    later = [entry.state for entry in overrides("BABA", as_of=date(2025, 12, 31), inputs=inputs)]
    assert sorted(later) == ["revoked", "revokes"]
    with pytest.raises(ReportgenError, match=r"no override of .* is in force"):
        take_back(date(2025, 12, 31))


def test_no_pack_no_acceptance(found: Review, tmp_path: Path) -> None:
    shutil.copytree(INPUTS / "market", tmp_path / "inputs/market")
    with pytest.raises(ReportgenError, match="no pack of the company"):
        settle(found, EVERYTHING, POON, tmp_path / "inputs")


# What breaks a bound when it is typed as an override, and what is said of it
BROKEN = {
    f"{COST}.override": (0.02, "cost_of_equity (0.02) is not above terminal_growth"),
    "fx[CNY].override": (0.0, "0 is out of bounds of fx[CNY]; expected above 0"),
    "assumption[probability,bull,].override": (
        0.5,
        "the probabilities of bear, base and bull sum to 1.2",
    ),
}


def test_overrides_that_break_a_bound_are_not_accepted(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    typed = {key: value for key, (value, _) in BROKEN.items()}
    edited = issue.reviewed(issue.typed(typed, tmp_path / "edited.xlsx"), inputs)
    said = POON._replace(expires=date(2026, 1, 31), published=date(2025, 12, 24))
    for remark in (POON, said):
        for key, (_, message) in BROKEN.items():
            alone = Decision(accept=frozenset({key.removesuffix(".override")}))
            with pytest.raises(InputErrors, match=re.escape(message)):
                settle(edited, alone, remark, inputs)
    assert not (inputs / "BABA/overrides.csv").exists()


def test_a_second_review_promises_what_accepting_gives_on_top_of_the_first(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    first = issue.typed({f"{COST}.override": 0.09}, tmp_path / "first.xlsx")
    both = {f"{COST}.override": 0.09, f"{GROWTH}.override": 0.4}
    second = issue.typed(both, tmp_path / "second.xlsx")
    settle(issue.reviewed(first, inputs), EVERYTHING, POON, inputs)
    with (inputs / "BABA/overrides.csv").open("a") as table:
        table.write(f'2025-11-30,"{MULTIPLE}",19,,,,me,why\n')
    found = issue.reviewed(second, inputs)
    assert {edit.key: edit.state for edit in found.edits} == {
        COST: State.SAME,
        GROWTH: State.NEW,
    }
    effects = {effect.key: effect for effect in found.effects}
    assert effects["base.value"].today != effects["base.value"].issued
    assert effects["base.value"].accepted_change == 0.0
    settle(found, EVERYTHING, POON, inputs)
    report = build("BABA", as_of=AS_OF, inputs=inputs, outputs=tmp_path / "outputs")
    for key, effect in effects.items():
        assert effect.accepted == pytest.approx(report.values[key], rel=1e-12)


def test_an_override_is_named_that_stands_against_a_newer_figure(
    issue: Issue, inputs: Path, tmp_path: Path
) -> None:
    with (inputs / "BABA/assumptions.csv").open("a") as table:
        table.write("2025-12-10,bull,cloud,growth,0.36,ratio,me,new guidance\n")
    returned = issue.typed({f"{GROWTH}.override": 0.4}, tmp_path / "returned.xlsx")
    found = issue.reviewed(returned, inputs)
    assert "our inputs state a figure of 2025-12-10" in by_key(found)[GROWTH].note
    settle(found, EVERYTHING, POON, inputs)
    (entry,) = overrides("BABA", as_of=date(2025, 12, 31), inputs=inputs)
    assert (entry.state, entry.newer) == ("in force", date(2025, 12, 10))
    warned = [one.found for one in check("BABA", as_of="2025-12-31", inputs=inputs).warnings]
    assert any("stands against a newer figure, of 2025-12-10" in str(found) for found in warned)
