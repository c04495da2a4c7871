"""What edits do to the headline values: recomputed here, never read from the file."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.diff.records import Bar, Bridge
from reportgen.diff.review.labels import unit_of
from reportgen.diff.review.records import Edit, Effect
from reportgen.diff.review.states import HEADLINES, States
from reportgen.diff.shapley import exact, sampled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diff.records import Method
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case

MOST_EXACT = 10  # edits whose every combination is evaluated: 1,024 states
MOST_SPLIT = 40  # more is a new pack, not a review: each alone and all together is enough
PAIRS = 50  # of a random order and its reverse, beyond
_FAMILY = "edit"
_NOT_SPLIT = "not split over the edits: with some of them and without others it is n/a"


class Weighed(NamedTuple):
    """Edits with what each does alone, what all do together, and each one's share of that."""

    edits: tuple[Edit, ...]
    effects: tuple[Effect, ...]
    bridges: tuple[Bridge, ...]


def weighed(case: Case, edits: Sequence[Edit]) -> Weighed:
    """Return the edits weighed against the case as issued, whatever our inputs say today."""
    moving = [edit for edit in edits if edit.changes]
    if not moving:
        return Weighed(tuple(edits), (), ())
    states = States(case, moving)
    size = len(moving)
    asked = np.vstack(
        [np.zeros((1, size), bool), np.eye(size, dtype=bool), np.ones((1, size), bool)]
    )
    values = states.values(asked)
    alone = {
        id(edit): {key: _change(found[0], found[number]) for key, found in values.items()}
        for number, edit in enumerate(moving, start=1)
    }
    units = {key: unit_of(line, case) for key, (line, _) in states.outputs.items()}
    effects = tuple(
        Effect(key, label, units.get(key, ""), _known(values[key][0]), _known(values[key][-1]))
        for key, label in HEADLINES.items()
    )
    told = tuple(replace(edit, effect=alone.get(id(edit), {})) for edit in edits)
    return Weighed(told, effects, tuple(_bridges(states, moving, effects)))


def _bridges(states: States, moving: Sequence[Edit], effects: Sequence[Effect]) -> Iterator[Bridge]:
    """Yield how each headline's change is split over the edits, where several share in one."""
    if not 1 < len(moving) <= MOST_SPLIT:
        return
    known: dict[bytes, dict[str, Array]] = {}  # the games of all headlines ask for the same states
    for effect in effects:
        if effect.change:
            yield _bridge(effect, moving, states, known)


def _bridge(
    effect: Effect,
    moving: Sequence[Edit],
    states: States,
    known: dict[bytes, dict[str, Array]],
) -> Bridge:
    def game(asked: Array) -> Array:
        name = asked.tobytes()
        if name not in known:
            known[name] = states.values(asked)
        return known[name][effect.key]

    method: Method = "exact" if len(moving) <= MOST_EXACT else "sampled"
    split = exact(game, len(moving)) if method == "exact" else sampled(game, len(moving), PAIRS)
    head = (effect.key, effect.label, effect.unit, effect.issued, effect.edited)
    if not np.isfinite(split.shares).all():
        return Bridge(*head, (), method, split.states, _NOT_SPLIT)
    errors = split.error if split.error is not None else [None] * len(moving)
    bars = [
        Bar(edit.key, edit.label, _FAMILY, float(share), standard_error=error)
        for edit, share, error in zip(moving, split.shares, errors, strict=True)
        if share
    ]
    return Bridge(
        *head, tuple(sorted(bars, key=lambda bar: -abs(bar.amount))), method, split.states
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _change(before: float, after: float) -> float | None:
    if math.isnan(before) or math.isnan(after):
        return None
    is_noise = math.isclose(before, after, rel_tol=1e-12, abs_tol=1e-12)
    return 0.0 if is_noise else float(after - before)
