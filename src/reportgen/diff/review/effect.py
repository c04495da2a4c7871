"""What edits do to the headline values: recomputed here, never read from the file."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.diff.review.labels import unit_of
from reportgen.diff.review.records import Change, Edit, Effect
from reportgen.model.lines import BY_KEY
from reportgen.model.solved import by_key, solve_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.model.case import Case

# key, the line that it is of, label
HEADLINES = (
    ("bear.value", "Bear"),
    ("base.value", "Base"),
    ("bull.value", "Bull"),
    ("expected_value", "Expected"),
    ("hype.value", "Hype-adjusted"),
    ("hype.consensus", "Consensus"),
    ("hype.score", "Hype score"),
    ("price", "Price"),
)
MOST_ALONE = 200  # edits shown one by one; more are a new pack, not a review


def headlines(case: Case) -> dict[str, float | None]:
    """Return the headline values of a case; None is n/a."""
    wanted = {key for key, _ in HEADLINES}
    found = dict.fromkeys((key for key, _ in HEADLINES), None) | {
        key: value for key, value in by_key(solve_case(case)) if key in wanted
    }
    return {key: value if isinstance(value, float) else None for key, value in found.items()}


def edited(case: Case, changes: Iterable[Change]) -> Case:
    """Return a case with given values changed."""
    given = dict(case.given)
    touched = set()
    for change in changes:
        if change.line not in touched:
            given[change.line] = given[change.line].copy()
            touched.add(change.line)
        given[change.line][change.index] = change.value
    return replace(case, given=given)


def with_effects(
    case: Case, edits: Sequence[Edit]
) -> tuple[tuple[Edit, ...], tuple[Effect, ...], dict[str, float | None]]:
    """Return the edits with what each adds alone, and the headlines with all of them together."""
    moving = [edit for edit in edits if edit.changes]
    if not moving:
        return tuple(edits), (), {}
    before = headlines(case)
    after = headlines(edited(case, (change for edit in moving for change in edit.changes)))
    told = tuple(
        replace(edit, effect=_alone(case, edit, before))
        if edit.changes and len(moving) <= MOST_ALONE
        else edit
        for edit in edits
    )
    effects = tuple(
        Effect(key, label, _unit(key, case), before[key], after[key]) for key, label in HEADLINES
    )
    return told, effects, before


def _alone(case: Case, edit: Edit, before: Mapping[str, float | None]) -> dict[str, float | None]:
    after = headlines(edited(case, edit.changes))
    return {key: _change(before[key], after[key]) for key, _ in HEADLINES}


def _change(before: float | None, after: float | None) -> float | None:
    if before is None or after is None:
        return None
    change = after - before
    return 0.0 if math.isclose(after, before, rel_tol=1e-12, abs_tol=1e-12) else change


def _unit(key: str, case: Case) -> str:
    case_key = key.replace("bear.", "{scenario}.").replace("base.", "{scenario}.")
    line = BY_KEY.get(case_key.replace("bull.", "{scenario}."))
    return "" if line is None else unit_of(line, case)
