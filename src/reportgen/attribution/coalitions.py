"""The values of coalitions: some players are as in the new report, the rest as in the old one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reportgen.attribution.ends import ABSENT
from reportgen.attribution.factors import (
    CONVERTED,
    LINES,
    SUBSTITUTES,
    is_taken,
    needs,
    read_below,
    target_currency,
)
from reportgen.expr.evaluate import Evaluator
from reportgen.expr.order import steps
from reportgen.model.inputs import assumptions, conversion, description

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.attribution.ends import BothEnds
    from reportgen.attribution.factors import Outcome
    from reportgen.attribution.players import PlayerMap
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.order import Step


_AT_ONCE = 8_192  # states in one evaluation, to bound memory
_CODES = frozenset(
    {description.reporting_currency, assumptions.base_currency, assumptions.dividend_currency}
)
_NUMBERS = frozenset({target_currency, *(one.currency for one in CONVERTED)})


class Coalitions:
    """The model between the factors and its outcomes, ready for states of many players."""

    def __init__(self, of: BothEnds, who: PlayerMap) -> None:
        self.common = of
        self.player_map = who
        given = {line: array[None] for line, array in of.old.items()}
        self.base = _run(steps(LINES), given, of)

    def reaching(self, outcome: Outcome) -> list[int]:
        """Return the numbers of the players that an outcome may depend on, in order."""
        found: set[int] = set()
        for line in needs(outcome) & self.player_map.owner.keys():
            owner = self.player_map.owner[line]
            if line is conversion.cross:
                owner = owner[self._used_currencies(outcome)]
            found.update(owner.ravel().tolist())
        return sorted(found - {ABSENT})

    def values(self, outcome: Outcome, players: Sequence[int], states: Array) -> Array:
        """Return an outcome in each state (states, players); all other players stay old."""
        parts = [
            self._evaluated(outcome, players, states[start : start + _AT_ONCE])
            for start in range(0, len(states), _AT_ONCE)
        ]
        return np.concatenate(parts)

    def _evaluated(self, outcome: Outcome, players: Sequence[int], states: Array) -> Array:
        place = np.full(len(self.player_map.players) + 1, len(players))
        place[list(players)] = np.arange(len(players))
        padded = np.pad(states, ((0, 0), (0, 1)))  # the last column: whoever does not play
        mixed = dict(self.base)
        moved = []
        for line in needs(outcome) & self.player_map.owner.keys():
            columns = place[self.player_map.owner[line]]
            if (columns < len(players)).any():
                mixed[line] = np.where(
                    padded[:, columns], self.common.new[line], self.common.old[line]
                )
                moved.append(line)
        found = _run(_moving(outcome, frozenset(moved)), mixed, self.common)[outcome.line]
        for dim, name in zip(outcome.line.dims, outcome.at, strict=True):
            found = found.take(self.common.members[dim].index(name), axis=1)
        return np.broadcast_to(found, len(states))

    def _used_currencies(self, outcome: Outcome) -> Array:
        """Return which currencies an outcome converts from, at either end."""
        lines = needs(outcome)
        codes = [str(code).casefold() for code in self.common.old[conversion.currency_code]]
        used = np.zeros(len(codes), dtype=bool)
        for end in (self.common.old, self.common.new):
            for line in lines & _CODES:
                names = {str(name).casefold() for name in end[line].ravel()}
                used |= np.array([code in names for code in codes])
            for line in lines & _NUMBERS:
                numbers = end[line][end[line] > 0].astype(int)
                used[numbers - 1] = True
        return used


@lru_cache(maxsize=64)
def _moving(outcome: Outcome, moved: frozenset[Line]) -> tuple[Step, ...]:
    """Return the steps between the lines that move and an outcome, in order."""
    wanted = needs(outcome)
    reached = set(moved)
    found = []
    for step in steps(LINES):
        if not reached.isdisjoint(below for line in step.lines for below in read_below(line)):
            reached.update(step.lines)
            if not wanted.isdisjoint(step.lines):
                found.append(step)
    return tuple(found)


def _run(order: Iterable[Step], values: Mapping[Line, Array], of: BothEnds) -> dict[Line, Array]:
    """Return the values with those of some steps calculated from what was taken."""
    found = dict(values)
    reader = Evaluator(found, of.members, {})
    with np.errstate(all="ignore"):
        for step in order:
            line = step.lines[0]
            if line in SUBSTITUTES:
                found[line] = found[SUBSTITUTES[line]]
            elif not is_taken(line):
                reader.run(step)
    return found
