"""Headline values of a case under any combination of edits, all combinations in one evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.evaluate import Evaluator
from reportgen.expr.nodes import Unit
from reportgen.expr.reach import cone
from reportgen.model.keys import filled
from reportgen.model.lines import MODEL
from reportgen.model.solved import solve_case

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case
    from reportgen.reviews.records import Change, Edit

HEADLINES: Mapping[str, str] = {
    "bear.value": "Bear",
    "base.value": "Base",
    "bull.value": "Bull",
    "expected_value": "Expected",
    "hype.value": "Hype-adjusted",
    "hype.consensus": "Consensus",
    "hype.score": "Hype score",
    "price": "Price",
}
_AT_ONCE = 256  # states evaluated together: memory stays below 100 MB


class States:
    """A case as issued and the edits of it; a state says which edits are made."""

    def __init__(self, case: Case, edits: Sequence[Edit]) -> None:
        """Solve the case as issued, once."""
        self._members, self._edits = case.members, tuple(edits)
        with np.errstate(all="ignore"):
            solved = solve_case(case).values
        self._base = {line: values[None] for line, values in solved.items()}
        self.outputs = {
            key: (line, index)
            for line in MODEL
            for key, index in _keys(line, case)
            if key in HEADLINES
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
        return {key: np.concatenate([part[key] for part in parts]) for key in HEADLINES}

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
        return {key: self._of(key, values, len(states)) for key in HEADLINES}

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
