"""Why the expected value changed since last month: both months solved by one model, at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.attribution.bridges import bridges
from reportgen.attribution.factors import Outcome
from reportgen.model import headlines
from reportgen.model.last_month import CAUSES, Cause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.attribution.records import Bridge
    from reportgen.expr.solve import Solved
    from reportgen.values import Value

_EXPECTED = next(one for one in headlines.VALUES if one.headline.name == "expected")


@dataclass(frozen=True, slots=True)
class _Month:
    """A month that was solved just now: what is stored of it is what the model gives."""

    solved: Solved
    stored: Mapping[str, Value]
    is_of_this_model: bool = True

    @property
    def now(self) -> Mapping[str, Value]:
        return self.stored


def change_of_expected_value(old: Solved, new: Solved) -> Bridge:
    """Return the bridge of the expected value from one month to the next, in price currency.

    Figures per share of both must be in the same shares. Shapley or Owen values as in `diff`.
    """
    (bridge,) = bridges(_month(old), _month(new), [Outcome.of(_EXPECTED)])
    return bridge


def _month(solved: Solved) -> _Month:
    value = _EXPECTED.value_in(solved)
    return _Month(solved, {_EXPECTED.key: None if math.isnan(value) else value})


def causes(of: Bridge) -> tuple[Cause, ...]:
    """Return the causes of a change, the largest first, as many at the least as a report shows.

    Where they could not be told apart, that is said in their place.
    """
    if not of.bars and (of.note or of.new is None):
        return (Cause(of.note or "not attributed: n/a then and now", float("nan")),)
    found = tuple(Cause(bar.label, bar.amount) for bar in of.bars)
    return found + (Cause("no further cause", 0.0),) * (CAUSES - len(found))
