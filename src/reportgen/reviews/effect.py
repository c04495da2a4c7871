"""What edits do to the headline values: recomputed here, any combination of them at once."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.attribution.records import Bar, Bridge
from reportgen.attribution.shapley import exact, sampled
from reportgen.expr.evaluate import Evaluator
from reportgen.expr.nodes import Unit
from reportgen.expr.reach import cone
from reportgen.headline import HEADLINES
from reportgen.model.keys import filled
from reportgen.model.lines import MODEL
from reportgen.model.solved import solve_case
from reportgen.reviews.cells import unit_of
from reportgen.reviews.records import Edit, Effect, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.attribution.records import Method
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case
    from reportgen.reviews.records import Change, Edit


_KEYS = tuple(one.key for one in HEADLINES)
_AT_ONCE = 256  # states evaluated together: memory stays below 100 MB


MOST_EXACT = 10  # edits whose every combination is evaluated: 1,024 states
MOST_SPLIT = 40  # more is a new pack, not a review: each alone and all together is enough
PAIRS = 50  # of a random order and its reverse, beyond
_FAMILY = "edit"
_SEVERAL = 2  # edits: one alone needs no split
_NONE, _ACCEPTABLE, _LISTED, _VIEW = range(4)  # layers, each weighed on top of those before it
LISTED, LISTED_LABEL = "listed", "Edits that cannot be accepted, on top"
VIEWS, VIEWS_LABEL = "views", "Views, on top"
_NOT_SPLIT = "not split over the edits: with some of them and without others it is n/a"


class States:
    """A case as issued and the edits of it; a state says which edits are made."""

    def __init__(self, case: Case, edits: Sequence[Edit]) -> None:
        """Solve the case as issued, once."""
        self._members, self._edits = case.members, tuple(edits)
        with np.errstate(all="ignore"):
            solved = solve_case(case).values
        self._base = {line: values[None] for line, values in solved.items()}
        self.outputs = {
            key: (line, index) for line in MODEL for key, index in _keys(line, case) if key in _KEYS
        }
        changed = {change.line for edit in edits for change in edit.changes}
        wanted = tuple(dict.fromkeys(line for line, _ in self.outputs.values()))
        self._steps = [
            step
            for step in cone(MODEL, wanted, frozenset(changed))
            if step.lines[0].expr is not None
        ]

    def values(self, states: Array) -> dict[str, Array]:
        """Return each headline value under each state, (states,); nan where n/a.

        `states` are truths, (states, edits).
        """
        parts = [
            self._values(states[first : first + _AT_ONCE])
            for first in range(0, len(states), _AT_ONCE)
        ]
        return {key: np.concatenate([part[key] for part in parts]) for key in _KEYS}

    def _values(self, states: Array) -> dict[str, Array]:
        values = dict(self._base)
        for number, edit in enumerate(self._edits):
            made = states[:, number]
            for change in edit.changes:
                line = change.line
                if len(values[line]) != len(states):
                    values[line] = np.repeat(values[line], len(states), axis=0)
                _put(values[line], made, change)
        reader = Evaluator(values, self._members, {})
        with np.errstate(all="ignore"):
            for step in self._steps:
                reader.run(step)
        return {key: self._of(key, values, len(states)) for key in _KEYS}

    def _of(self, key: str, values: Mapping[Line, Array], size: int) -> Array:
        if key not in self.outputs:
            return np.full(size, np.nan)
        line, index = self.outputs[key]
        flat = values[line].reshape(len(values[line]), -1)
        found: Array = np.broadcast_to(flat[:, _place(values[line], index)], size)
        return found


def _put(values: Array, made: Array, change: Change) -> None:
    """Set one cell of a line in the states in which its edit is made."""
    flat = values.reshape(len(values), -1)
    flat[made, _place(values, change.index)] = change.value


def _place(values: Array, index: tuple[int, ...]) -> int:
    """Return where a cell stands in a line laid out flat."""
    return int(np.ravel_multi_index(index, values.shape[1:])) if index else 0


def _keys(line: Line, case: Case) -> Sequence[tuple[str, tuple[int, ...]]]:
    """Return the keys of a computed line that may be a headline."""
    if line.expr is None or line.unit is Unit.TEXT or len(line.dims) > 1:
        return ()
    return tuple(filled(line, case.members))


class Weighed(NamedTuple):
    """Edits with what each does alone, what they do together, and each one's share of that."""

    edits: tuple[Edit, ...]
    effects: tuple[Effect, ...]
    bridges: tuple[Bridge, ...]


def weighed(case: Case, edits: Sequence[Edit]) -> Weighed:
    """Return the edits weighed against the case as issued, whatever our inputs say today.

    What can be accepted comes first; what cannot, and views, are weighed on top of it.
    """
    moving = sorted((edit for edit in edits if edit.changes), key=_layer)
    if not moving:
        return Weighed(tuple(edits), (), ())
    states = States(case, moving)
    size = len(moving)
    layers = np.array([_layer(edit) for edit in moving])
    together = [layers <= layer for layer in (_NONE, _ACCEPTABLE, _LISTED, _VIEW)]
    values = states.values(np.vstack([*together, np.eye(size, dtype=bool)]))
    alone = {
        id(edit): {key: _change(found[0], found[number]) for key, found in values.items()}
        for number, edit in enumerate(moving, start=len(together))
    }
    units = {key: unit_of(line, case) for key, (line, _) in states.outputs.items()}
    effects = tuple(
        _effect(one.key, one.label, units.get(one.key, ""), values[one.key][: len(together)])
        for one in HEADLINES
    )
    told = tuple(replace(edit, effect=alone.get(id(edit), {})) for edit in edits)
    return Weighed(told, effects, tuple(_bridges(states, moving, effects)))


def _layer(edit: Edit) -> int:
    if edit.can_be_accepted:
        return _ACCEPTABLE
    return _VIEW if edit.state is State.VIEW else _LISTED


def _effect(key: str, label: str, unit: str, values: Array) -> Effect:
    """Return the effect on a headline value, given in one layer after the other."""
    issued, accepted, listed, edited = values
    return Effect(
        key,
        label,
        unit,
        _known(issued),
        _known(accepted),
        _known(edited),
        _change(accepted, listed),
        _change(listed, edited),
    )


def _bridges(states: States, moving: Sequence[Edit], effects: Sequence[Effect]) -> Iterator[Bridge]:
    """Yield how each headline's change is split over the edits, where several share in one."""
    acceptable = [edit for edit in moving if edit.can_be_accepted]
    if len(moving) < _SEVERAL or len(acceptable) > MOST_SPLIT:
        return
    known: dict[bytes, dict[str, Array]] = {}  # the games of all headlines ask for the same states

    def values(asked: Array) -> dict[str, Array]:
        name = asked.tobytes()
        if name not in known:
            beside = len(moving) - len(acceptable)
            known[name] = states.values(np.pad(asked, ((0, 0), (0, beside))))
        return known[name]

    for effect in effects:
        if effect.accepted_change or effect.listed or effect.views:
            yield _bridge(effect, acceptable, values)


def _bridge(
    effect: Effect, acceptable: Sequence[Edit], values: Callable[[Array], dict[str, Array]]
) -> Bridge:
    size = len(acceptable)

    def game(asked: Array) -> Array:
        return values(asked)[effect.key]

    method: Method = "exact" if size <= MOST_EXACT else "sampled"
    split = exact(game, size) if method == "exact" else sampled(game, size, PAIRS)
    head = (effect.key, effect.label, effect.unit, effect.issued, effect.edited)
    if not np.isfinite(split.shares).all():
        return Bridge(*head, (), method, split.states, _NOT_SPLIT)
    errors = split.error if split.error is not None else [None] * size
    bars = [
        Bar(edit.key, edit.label, _FAMILY, float(share), standard_error=error)
        for edit, share, error in zip(acceptable, split.shares, errors, strict=True)
        if share
    ]
    bars.sort(key=lambda bar: -abs(bar.amount))
    beyond = ((LISTED, LISTED_LABEL, effect.listed), (VIEWS, VIEWS_LABEL, effect.views))
    bars += [Bar(key, label, key, amount) for key, label, amount in beyond if amount]
    return Bridge(*head, tuple(bars), method, split.states)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _change(before: float, after: float) -> float | None:
    if math.isnan(before) or math.isnan(after):
        return None
    is_noise = math.isclose(before, after, rel_tol=1e-12, abs_tol=1e-12)
    return 0.0 if is_noise else float(after - before)
