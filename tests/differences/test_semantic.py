"""What two reports differ in, by key, read from their files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import openpyxl
import pytest

from reportgen.attribution.shapley import Attribution
from reportgen.differences.ends import unreproduced
from reportgen.differences.inputs import input_changes
from reportgen.differences.semantic import difference
from reportgen.errors import ReportgenError
from reportgen.expr.nodes import Unit
from reportgen.model.dims import FACT, MEASURE, OFFER, SOURCE
from reportgen.model.inputs.assumptions import cost_of_equity
from reportgen.model.inputs.description import as_of
from reportgen.model.keys import filled
from reportgen.model.lines import MODEL
from reportgen.model.words import Entry
from reportgen.report.readback.workbook import NotAReportError
from tests.differences import months
from tests.differences.case_ends import (
    NOVEMBER,
    OCTOBER,
    case_at,
    compared,
    end_at,
    end_of,
    with_given,
)
from tests.golden.kept import DOCUMENTS, other_lines

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from reportgen.differences.records import InputChange, ReportDiff
    from reportgen.expr.nodes import Line
    from reportgen.model.case.record import Case

FOLLOWING = {FACT, OFFER, MEASURE}  # lists that follow from the rows of claims and products
HEADLINES = ("bear.value", "base.value", "bull.value", "expected_value", "hype.value")


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return months.built(tmp_path_factory.mktemp("outputs"))


@pytest.fixture(scope="module")
def diff(paths: tuple[Path, Path]) -> ReportDiff:
    return compared(*paths, all_numbers=True)


def inputs_of(diff: ReportDiff) -> dict[str, InputChange]:
    return {change.key: change for change in diff.inputs}


def test_a_report_differs_from_itself_in_nothing(paths: tuple[Path, Path]) -> None:
    same = compared(paths[0], paths[0], all_numbers=True)
    assert same.is_empty
    assert same.notes == ()


def test_what_a_month_changed_is_told_as_was_agreed(
    paths: tuple[Path, Path], diff: ReportDiff
) -> None:
    """`python -m tests.golden.prints` writes it anew."""
    text = months.text(diff, compared(paths[1], paths[0]))
    assert not other_lines(DOCUMENTS / months.NAME, text)


def test_both_ends_are_what_their_files_say_and_are_reproduced(diff: ReportDiff) -> None:
    assert (diff.old.ticker, diff.old.as_of, diff.new.as_of) == ("BABA", OCTOBER, NOVEMBER)
    assert diff.old.model_hash == diff.new.model_hash
    assert diff.unreproduced == ()
    assert [one.key for one in diff.headlines[:5]] == list(HEADLINES)
    assert diff.headlines[-1].new == 157.3


def test_the_files_are_explained_as_the_cases_are(diff: ReportDiff) -> None:
    of_cases = difference(end_at("baba", OCTOBER), end_at("baba", NOVEMBER), Attribution())
    assert diff.bridges == of_cases.bridges


@pytest.mark.parametrize(
    ("key", "kind", "old", "new"),
    [
        ("assumption[growth,bear,cloud]", "changed", 0.156, 0.204),
        ("assumption[launch_price_mix,all,G1]", "entered", None, 0.7),
        ("fx[HKD]", "changed", 8.9787, 9.002),
        ("close[2025-11-28]", "entered", None, 157.3),
        ("target[Macquarie,ordinary,2025-11-26]", "entered", None, 212.7),
        ("target[Macquarie,listed,2025-09-29]", "superseded", 235.6, None),
        ("fundamental[group,net_cash,2025-06-30]", "superseded", 354960, None),
    ],
)
def test_inputs_are_told_with_what_became_of_them(
    diff: ReportDiff, key: str, kind: str, old: float | None, new: float | None
) -> None:
    change = inputs_of(diff)[key]
    assert (change.kind, change.old, change.new) == (kind, old, new)


def test_inputs_are_told_with_old_and_new_source_and_day(diff: ReportDiff) -> None:
    told = inputs_of(diff)
    net_cash = told["fundamental[group,net_cash,2025-06-30]"]
    assert (net_cash.old_source, net_cash.new_source) == (
        "alibaba-6k-2025-06",
        "alibaba-6k-2025-09",
    )
    assert (net_cash.old_published, net_cash.new_published) == (
        date(2025, 8, 29),
        date(2025, 11, 25),
    )
    assert told["target[Macquarie,ordinary,2025-11-26]"].unit == "HKD"
    assert told["target[Macquarie,listed,2025-09-29]"].unit == "USD"
    growth = told["assumption[growth,bear,cloud]"]
    assert (growth.old_source, growth.new_published) == ("house", date(2025, 11, 26))


def test_facts_and_checks_that_turned_are_told(diff: ReportDiff) -> None:
    facts = {(one.label, one.what) for one in diff.facts}
    assert ("market_size/ai_glasses 2025", "entered") in facts
    assert ("product/Alibaba/Quark AI Glasses/S1", "changed value") in facts
    assert any(what == "contradicted" for _, what in facts)
    turned = {one.label: (one.old, one.new) for one in diff.checks}
    assert turned["The P/E of the peers rests on enough of them"] == ("OK", "WARN")


def test_every_number_is_told_only_on_request(diff: ReportDiff, paths: tuple[Path, Path]) -> None:
    told = {one.key: (one.old, one.new) for one in diff.numbers}
    assert told["bull.pe_multiple"][0] != told["bull.pe_multiple"][1]
    assert "assumption[growth,bear,cloud]" not in told
    assert compared(*paths).numbers == ()


def test_a_conflict_that_opens_and_one_that_closes_are_told() -> None:
    before, after = end_at("daily", date(2025, 10, 31)), end_at("daily", NOVEMBER)
    there = {(one.key, one.what) for one in difference(before, after, Attribution()).facts}
    back = {(one.key, one.what) for one in difference(after, before, Attribution()).facts}
    opened = {key for key, what in there if what == "conflict opened"}
    closed = {key for key, what in there if what == "conflict closed"}
    assert opened | closed
    assert {key for key, what in back if what == "conflict closed"} == opened
    assert {key for key, what in back if what == "conflict opened"} == closed


def test_a_target_too_old_to_count_is_expired() -> None:
    old, new = end_at("daily", date(2025, 11, 30)), end_at("daily", date(2026, 11, 20))
    kinds = {one.kind for one in input_changes(old, new) if one.key.startswith("target[")}
    assert "expired" in kinds


def test_a_stored_value_that_the_same_model_does_not_give_is_named_by_how_much() -> None:
    end = end_at("baba", NOVEMBER)
    touched = replace(end, stored={**end.stored, "base.value": 150.0})
    (one,) = unreproduced(touched)
    assert (one.key, one.stored, one.recomputed) == ("base.value", 150.0, end.now["base.value"])
    assert not unreproduced(replace(touched, end=end.end._replace(model_hash="another")))


def test_an_override_is_told_by_its_author() -> None:
    case = case_at("baba", NOVEMBER)
    new = end_of(with_given(case, {cost_of_equity.override: np.array(0.12)}))
    (change,) = input_changes(end_at("baba", NOVEMBER), new)
    assert (change.key, change.old, change.new) == (cost_of_equity.key, 0.1, 0.12)
    assert change.new_source == "override"


def test_an_unknown_method_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError, match="the methods are auto"):
        compared(tmp_path / "a.xlsx", tmp_path / "b.xlsx", method="fair")


def test_a_workbook_without_a_registry_is_no_report(
    paths: tuple[Path, Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(NotAReportError):
        compared(paths[0], other)


# --- the law: the old inputs with the changes applied give the new outputs ---
def applied(changes: dict[str, InputChange], old: Case, new: Case) -> Case:
    """The old case over the rows of the new one, with only the named changes taken from there.

    A row that entered is named by its figure; what else stands in it, the description of its
    source and the list of facts come with it.
    """
    fresh = {key.split("[", 1)[1].split("]")[0] for key, one in changes.items() if "[" in key}
    given: dict[Line, NDArray[np.float64]] = {}
    for line in MODEL:
        if line.expr is None:
            given[line] = _from_both(line, old, new, fresh)
    for line in MODEL:
        if isinstance(line, Entry):
            for key, index in filled(line, new.members):
                if key in changes and changes[key].kind in {"changed", "entered", "expired"}:
                    given[line.issued][index] = changes[key].new
                    given[line.override][index] = np.nan
    return replace(new, given=given)


def _from_both(line: Line, old: Case, new: Case, fresh: set[str]) -> NDArray[np.float64]:
    values = new.given[line].copy()
    if FOLLOWING & set(line.dims):
        return values
    before = dict(filled(line, old.members))
    for key, index in filled(line, new.members):
        if key in before and not key.endswith(".number"):
            values[index] = old.given[line][before[key]]
        elif (
            line.unit is not Unit.TEXT
            and SOURCE not in line.dims
            and not fresh & set(_members(line, index, new))
        ):
            values[index] = new.given[line][index] if key.endswith(".number") else np.nan
    return values


def _members(line: Line, index: tuple[int, ...], case: Case) -> list[str]:
    return [case.members[dim][at] for dim, at in zip(line.dims, index, strict=True)]


@pytest.mark.parametrize("pack", ["baba", "daily", "pence", "no_claims"])
@pytest.mark.parametrize("days", [(OCTOBER, NOVEMBER), (date(2025, 9, 30), OCTOBER)])
def test_the_old_inputs_with_the_changes_applied_give_the_new_outputs(
    pack: str, days: tuple[date, date]
) -> None:
    old, new = (end_at(pack, day) for day in days)
    changes = {one.key: one for one in input_changes(old, new)}
    assert as_of.key in changes
    again = end_of(applied(changes, old.case, new.case))
    for key in HEADLINES:
        assert again.now[key] == pytest.approx(new.now[key], rel=1e-9, nan_ok=True)
