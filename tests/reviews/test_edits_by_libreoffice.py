"""Edits that LibreOffice itself made, and openpyxl, survive, are understood and come home."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from reportgen.report.readback.values import show
from reportgen.reviews.acceptance import ALL, Decision
from reportgen.reviews.records import Remark
from reportgen.reviews.session import settle
from reportgen.runs.drafts import build
from tests.reviews.analyst import SESSIONS, Told, other_changes
from tests.reviews.typing_in import AS_OF, INPUTS, Issue, read_issue
from tests.support.hands import edit_in_libreoffice, edit_with_openpyxl
from tests.support.selection import groups, long_except
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.reviews.records import Review
    from tests.reviews.analyst import Session

PACKS = {"BABA": INPUTS, "6799": REPOSITORY / "tests/packs/tokyo/inputs"}
EVERYTHING = Decision(accept=frozenset({ALL}))
POON = Remark("J. Poon", "visit in October")
HEADLINES = (
    *(f"{case}.value" for case in ("bear", "base", "bull")),
    *("expected_value", "hype.value", "hype.consensus", "hype.score", "price"),
)
# In the short form: cells typed into; rows and tabs that move them
KEPT = (
    "overrides and inputs",
    "rows inserted, a tab renamed, one moved, a comment, a format",
)
GROUPS = groups(KEPT, SESSIONS, together=len(SESSIONS))  # done in one start of LibreOffice
PLAIN = [name for name, session in SESSIONS.items() if session.is_plain]
ACCEPTABLE = [name for name, session in SESSIONS.items() if session.is_acceptable]


@pytest.fixture(scope="session")
def shared(shared_folder: Path) -> Path:
    """The folder of what was done in LibreOffice."""
    folder = shared_folder / "hands"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def issues(shared: Path) -> Mapping[str, Issue]:
    """The reports as they were handed out, by ticker."""
    with FileLock(shared / "issues.lock"):
        for ticker, inputs in PACKS.items():
            if not (shared / "outputs" / ticker).exists():
                build(ticker, as_of=AS_OF, inputs=inputs, outputs=shared / "outputs")
    folder = shared / "outputs"
    name = f"{AS_OF}/{{0}}-{AS_OF}.xlsx"
    return {ticker: read_issue(folder / ticker / name.format(ticker)) for ticker in PACKS}


@pytest.fixture(scope="session")
def by_libreoffice(shared: Path, issues: Mapping[str, Issue]) -> Callable[[str], Path]:
    """Give the workbook of a session done in LibreOffice, together with those of its group."""

    @cache
    def done(name: str) -> Path:
        number, group = next(
            (number, group) for number, group in enumerate(GROUPS) if name in group
        )
        folder = shared / f"libreoffice-{number}"
        with FileLock(shared / f"{folder.name}.lock"):
            if not folder.exists():
                sessions = {one: SESSIONS[one] for one in group}
                edit_in_libreoffice(
                    [
                        session.job(issues[session.pack], folder / f"{one}.xlsx")
                        for one, session in sessions.items()
                    ]
                )
        return folder / f"{name}.xlsx"

    return done


@pytest.fixture(scope="module")
def reviews(
    issues: Mapping[str, Issue], by_libreoffice: Callable[[str], Path]
) -> Callable[[str], Review]:
    """Give the review of a session that was done in LibreOffice."""

    @cache
    def reviewed(name: str) -> Review:
        pack = SESSIONS[name].pack
        return issues[pack].reviewed(by_libreoffice(name), PACKS[pack])

    return reviewed


def told(found: Review) -> dict[str, Told]:
    return {one.key: Told(one.kind, one.state, one.place, one.theirs) for one in found.edits}


def unlike(expected: Mapping[str, object], actual: Mapping[str, object]) -> dict[str, object]:
    """The public values that differ by more than a billionth; None is n/a."""
    return {
        key: (value, actual[key])
        for key, value in expected.items()
        if (value is None) != (actual[key] is None)
        or (value is not None and value != pytest.approx(actual[key], rel=1e-9))
    }


def expected(session: Session, issue: Issue) -> dict[str, Told]:
    """What has to be told: each edit at the cell in which it was typed."""
    spots = {
        key: next(one for one in (f"{key}.override", f"{key}.issued", key) if one in session.typed)
        for key in session.told
    }
    return {
        key: Told(*session.told[key], session.place(spot, issue), session.values[key])
        for key, spot in spots.items()
    }


@pytest.mark.parametrize("name", long_except(KEPT, SESSIONS))
def test_what_was_done_in_libreoffice_is_told_for_what_it_is_and_where_it_stands(
    name: str, issues: Mapping[str, Issue], reviews: Callable[[str], Review]
) -> None:
    session, found = SESSIONS[name], reviews(name)
    assert told(found) == expected(session, issues[session.pack])
    assert other_changes(found.workbook) == session.workbook
    assert found.notes == ()


@pytest.mark.parametrize(
    "name", long_except(KEPT, [name for name, one in SESSIONS.items() if one.moves])
)
def test_the_effects_are_what_the_live_cells_of_libreoffice_show(
    name: str, by_libreoffice: Callable[[str], Path], reviews: Callable[[str], Review]
) -> None:
    shown = show(by_libreoffice(name))
    effects = {effect.key: effect.edited for effect in reviews(name).effects}
    assert not unlike(effects, shown)


@pytest.mark.parametrize("name", long_except(KEPT, ACCEPTABLE))
def test_what_is_accepted_gives_what_libreoffice_showed(
    name: str,
    by_libreoffice: Callable[[str], Path],
    reviews: Callable[[str], Review],
    tmp_path: Path,
) -> None:
    ticker = SESSIONS[name].pack
    inputs = Path(shutil.copytree(PACKS[ticker], tmp_path / "inputs"))
    assert not settle(reviews(name), EVERYTHING, POON, inputs).plan.left
    built = show(build(ticker, as_of=AS_OF, inputs=inputs, outputs=tmp_path / "outputs").path)
    shown = show(by_libreoffice(name))
    assert not unlike({key: shown[key] for key in HEADLINES}, built)


@pytest.mark.parametrize("name", long_except(KEPT[:1], PLAIN))
def test_what_was_done_by_openpyxl_is_understood_as_what_libreoffice_did(
    name: str, issues: Mapping[str, Issue], reviews: Callable[[str], Review], tmp_path: Path
) -> None:
    session = SESSIONS[name]
    edit_with_openpyxl([session.job(issues[session.pack], tmp_path / "returned.xlsx")])
    found = issues[session.pack].reviewed(tmp_path / "returned.xlsx", PACKS[session.pack])
    assert told(found) == told(reviews(name))
    assert other_changes(found.workbook) == session.workbook
    assert found.effects == reviews(name).effects
    assert [one.remark for one in found.edits] == [one.remark for one in reviews(name).edits]


def test_who_why_and_until_when_are_read_where_they_were_typed(
    reviews: Callable[[str], Review],
) -> None:
    remarks = {edit.key: edit.remark for edit in reviews("overrides and inputs").edits}
    growth, cost = (
        remarks[f"assumption[{key}]"] for key in ("growth,bull,cloud", "cost_of_equity,all,")
    )
    assert (growth.author, growth.reason, str(growth.expires)) == (
        "A. Nalyst",
        "backlog doubled",
        "2026-06-30",
    )
    assert (cost.author, str(cost.expires)) == ("A. Nalyst", "2026-03-31")
