"""Why the hype score changed: its sub-scores are the players, those that came or went as well."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

import numpy as np

from reportgen.attribution.game import RefusedError
from reportgen.attribution.records import CLOSES_WITHIN, Attributed, Bar
from reportgen.attribution.shapley import exact
from reportgen.expr.evaluate import Evaluator
from reportgen.expr.functions import mean
from reportgen.model.dims import SUB_SCORE
from reportgen.model.hype_score import NAMES, sub
from reportgen.values import fixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.attribution.records import Change
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved

FAMILY = "sub-scores"
# Too few of them give no score; in a mix of old and new ones the mean of those there are stands
_MEAN = mean(sub, SUB_SCORE)


def by_sub_score(old: Solved, new: Solved, ends: Change) -> Attributed:
    """Return the bars of the score's change, exact Shapley values in points of 100.

    Raises RefusedError where a mix of old and new sub-scores has none, or they do not make the
    scores.
    """
    before, after = (end.values[sub] for end in (old, new))
    moved = np.flatnonzero(~np.isclose(before, after, rtol=0, atol=CLOSES_WITHIN, equal_nan=True))

    def scores(states: Array) -> Array:
        mixed = np.repeat(before[None], len(states), axis=0)
        mixed[:, moved] = np.where(states, after[moved], before[moved])
        with np.errstate(all="ignore"):
            found = Evaluator({sub: mixed}, new.members, {}).cell(_MEAN)
        if np.isnan(found).any():
            raise RefusedError("no sub-score of the old report is known in the new one")
        return found

    neither_or_all = np.array([[False], [True]]).repeat(len(moved), axis=1)
    for found, known in zip(scores(neither_or_all), ends, strict=True):
        if not isclose(found, known, rel_tol=CLOSES_WITHIN, abs_tol=CLOSES_WITHIN):
            raise RefusedError(f"the sub-scores give {found:.6g} where the model gives {known:.6g}")
    split = exact(scores, len(moved))
    return Attributed(tuple(_bars(moved, split.shares, before, after)), "exact", split.states)


def _bars(moved: Array, shares: Array, before: Array, after: Array) -> Iterator[Bar]:
    names = list(NAMES.items())
    for place, share in zip(moved.tolist(), shares.tolist(), strict=True):
        key, label = names[place]
        note = f"{_told(before[place])} before, {_told(after[place])} now"
        yield Bar(f"hype.sub[{key}]", label, FAMILY, share, note=note)


def _told(score: float) -> str:
    return "n/a" if np.isnan(score) else f"{fixed(score, 0)} of 100"
