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
from reportgen.reviews.records import Edit, EditedBy, Effect, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.attribution.records import Method
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case
    from reportgen.reviews.records import Change
    from reportgen.values import Value


_KEYS = tuple(one.key for one in HEADLINES)
_AT_ONCE = 256  # states evaluated together: memory stays below 100 MB


MOST_EXACT = 10  # edits whose every combination is evaluated: 1,024 states
MOST_SPLIT = 40  # more is a new pack, not a review: each alone and all together is enough
PAIRS = 50  # of a random order and its reverse, beyond
_FAMILY = "edit"
_SEVERAL = 2  # edits: one alone needs no split
_NONE, _ACCEPTABLE, _LISTED, _VIEW = range(4)  # layers, each weighed on top of those before it
LISTED_LABEL = "Edits that cannot be accepted, on top"
VIEWS_LABEL = "Views, on top"
READ, READ_LABEL = "read", "How the rows count in their tables"
_NOISE = 1e-9
_NOT_SPLIT = "not split over the edits: with some of them and without others it is n/a"


class States:
    """A case and edits of it, each as its changes; a state says which edits are made."""

    def __init__(self, case: Case, edits: Sequence[Sequence[Change]]) -> None:
        """Solve the case, once."""
        self._members, self._edits = case.members, tuple(edits)
        with np.errstate(all="ignore"):
            solved = solve_case(case).values
        self._base = {line: values[None] for line, values in solved.items()}
        self.outputs = {
            key: (line, index) for line in MODEL for key, index in _keys(line, case) if key in _KEYS
        }
        changed = {change.line for changes in edits for change in changes}
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
        for number, changes in enumerate(self._edits):
            made = states[:, number]
            for change in changes:
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


class Basis(NamedTuple):
    """What edits are weighed on: the case as issued, and that of our inputs today.

    `rebuilt` are the values once all that can be accepted is taken home, None where that
    was not tried. `stated` are those that the returned file itself carries, for whatever the model
    cannot tell; None where it can.
    """

    issued: Case
    today: Case
    rebuilt: Mapping[str, Value] | None = None
    stated: Mapping[str, float | None] | None = None


def weighed(basis: Basis, edits: Sequence[Edit]) -> Weighed:
    """Return the edits weighed: what accepting gives, and what the file as a whole comes to.

    What can be accepted is weighed on our inputs of today, as it is then read; all edits together
    on the case as issued, as the cells of the file have them.
    """
    moving = [edit for edit in edits if edit.changes or edit.taken]
    if not moving and not any(value is not None for value in (basis.stated or {}).values()):
        return Weighed(tuple(edits), (), ())
    coming = [edit for edit in moving if edit.can_be_accepted and edit.state is not State.SAME]
    home = States(basis.today, [_moved(edit, basis) for edit in coming])
    live = States(basis.issued, [edit.changes for edit in moving])
    at_home, in_file = home.values(_alone(len(coming))), live.values(layers(moving))
    alone = {id(edit): _effects(in_file, 3 + at) for at, edit in enumerate(moving, 1)}
    alone |= {id(edit): _effects(at_home, 1 + at) for at, edit in enumerate(coming, 1)}
    units = {key: unit_of(line, basis.issued) for key, (line, _) in live.outputs.items()}
    effects = []
    for one in HEADLINES:
        today, accepted = at_home[one.key][:2]
        issued, acceptable, listed, edited = in_file[one.key][:4]
        by: EditedBy = "model"
        if basis.rebuilt is not None:
            after = basis.rebuilt.get(one.key)
            accepted = after if isinstance(after, float) else math.nan
        if basis.stated is not None:
            edited = basis.stated.get(one.key)
            by = "nobody" if edited is None else "file"
        effects.append(
            Effect(
                one.key,
                one.label,
                units.get(one.key, ""),
                _known(issued),
                _known(today),
                _known(accepted),
                _known(edited),
                _change(acceptable, listed),
                _change(listed, in_file[one.key][3]),
                by,
            )
        )
    told = tuple(replace(edit, effect=alone.get(id(edit), {})) for edit in edits)
    return Weighed(told, tuple(effects), tuple(bridges(home, coming, effects)))


def _alone(size: int) -> Array:
    """Return the states: none of the edits, all of them, each alone."""
    together = np.array([[False] * size, [True] * size], dtype=bool).reshape(2, size)
    return np.vstack([together, np.eye(size, dtype=bool)])


def layers(moving: Sequence[Edit]) -> Array:
    """Return the states: none, those to accept, those that cannot be, views; then each alone."""
    each = np.array([_layer(edit) for edit in moving], dtype=int)
    together = [each <= layer for layer in (_NONE, _ACCEPTABLE, _LISTED, _VIEW)]
    return np.vstack([*together, np.eye(len(moving), dtype=bool)])


def _effects(values: Mapping[str, Array], at: int) -> dict[str, float | None]:
    return {key: _change(found[0], found[at]) for key, found in values.items()}


def _moved(edit: Edit, basis: Basis) -> tuple[Change, ...]:
    """Return what an edit changes once it is accepted, at its place in the case of today."""
    return tuple(filter(None, (in_today(change, basis) for change in edit.taken or edit.changes)))


def in_today(change: Change, basis: Basis) -> Change | None:
    """Return a change at the place of the same members; None where there are none by now."""
    index = []
    for dim, at in zip(change.line.dims, change.index, strict=True):
        name, names = basis.issued.members[dim][at], basis.today.members[dim]
        if name not in names:
            return None
        index.append(names.index(name))
    return replace(change, index=tuple(index))


def _layer(edit: Edit) -> int:
    if edit.can_be_accepted:
        return _ACCEPTABLE
    return _VIEW if edit.state is State.VIEW else _LISTED


def bridges(states: States, coming: Sequence[Edit], effects: Sequence[Effect]) -> Iterator[Bridge]:
    """Yield how what accepting gives is split over the edits, where several share in it."""
    if len(coming) < _SEVERAL or len(coming) > MOST_SPLIT:
        return
    known: dict[bytes, dict[str, Array]] = {}  # the games of all headlines ask for the same states

    def values(asked: Array) -> dict[str, Array]:
        name = asked.tobytes()
        if name not in known:
            known[name] = states.values(asked)
        return known[name]

    for effect in effects:
        if change := effect.accepted_change:
            yield _bridge(effect, change, coming, values)


def _bridge(
    effect: Effect,
    change: float,
    acceptable: Sequence[Edit],
    values: Callable[[Array], dict[str, Array]],
) -> Bridge:
    size = len(acceptable)

    def game(asked: Array) -> Array:
        return values(asked)[effect.key]

    method: Method = "exact" if size <= MOST_EXACT else "sampled"
    split = exact(game, size) if method == "exact" else sampled(game, size, PAIRS)
    head = (effect.key, effect.label, effect.unit, effect.today, effect.accepted)
    if not np.isfinite(split.shares).all():
        return Bridge(*head, (), method, split.states, _NOT_SPLIT)
    errors = split.error if split.error is not None else [None] * size
    bars = [
        Bar(edit.key, edit.label, _FAMILY, float(share), standard_error=error)
        for edit, share, error in zip(acceptable, split.shares, errors, strict=True)
        if share
    ]
    bars.sort(key=lambda bar: -abs(bar.amount))
    rest = change - sum(bar.amount for bar in bars)
    if not math.isclose(rest, 0.0, abs_tol=_NOISE * (1 + abs(effect.accepted or 0.0))):
        bars.append(Bar(READ, READ_LABEL, READ, rest))
    return Bridge(*head, tuple(bars), method, split.states)


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _change(before: float, after: float) -> float | None:
    if math.isnan(before) or math.isnan(after):
        return None
    is_noise = math.isclose(before, after, rel_tol=1e-12, abs_tol=1e-12)
    return 0.0 if is_noise else float(after - before)
