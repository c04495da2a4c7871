"""What an attribution says: a bridge from an old value to a new one, in bars that add up."""

from __future__ import annotations

from typing import Literal, NamedTuple

Method = Literal["exact", "owen", "sampled", "sequential"]
Whole = Literal["", "targets", "families"]
CLOSES_WITHIN = 1e-9  # relative, of the larger end: bars sum to the change, ends are reproduced


class Change(NamedTuple):
    """A value at both ends."""

    old: float
    new: float


class Bar(NamedTuple):
    """What one player adds to the change of an output, in the unit of the output.

    `player` is the key of the input, or `time` or `method`. `low` and `high` are the range over
    orders (sequential only), `standard_error` that of a sampled amount. `note` says what moved
    where the label alone does not: "" for most.
    """

    player: str
    label: str
    family: str
    amount: float
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None
    note: str = ""


class Attributed(NamedTuple):
    """The bars of the players, and how they were found, as a Bridge says it."""

    bars: tuple[Bar, ...]
    method: Method
    states: int
    note: str = ""
    whole: Whole = ""


class Bridge(NamedTuple):
    """From the old value of an output to its new one: the bars sum to the change.

    `bars` stand largest first. `states` counts the mixed states evaluated. `note` says why there
    are no bars although the value changed, or what has to be known to read them; else "". `whole`
    says what moved as one because a mixed state would be n/a: all targets, or each family.
    """

    output: str
    label: str
    unit: str
    old: float | None
    new: float | None
    bars: tuple[Bar, ...]
    method: Method
    states: int
    note: str = ""
    whole: Whole = ""

    @property
    def ends(self) -> Change:
        """Both values; 0 for one that is not known, of a bridge that has no bars."""
        return Change(self.old or 0.0, self.new or 0.0)
