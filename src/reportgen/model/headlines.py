"""The headlines of a report as lines of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen import headline
from reportgen.expr.functions import spot
from reportgen.headline import CASES, Headline
from reportgen.model.hype.adjusted_value import hype_upside, hype_value
from reportgen.model.hype.price_targets import consensus, consensus_upside
from reportgen.model.hype_score import score
from reportgen.model.market import price
from reportgen.model.valuation import expected_upside, expected_value, upside, value

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.expr.solve import Solved


class HeadlineLine(NamedTuple):
    """A headline as a cell of a line; `upside` is None of what is no value of a share."""

    headline: Headline
    line: Line
    upside: Line | None = None
    at: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its public key."""
        return self.headline.key

    @property
    def cell(self) -> Node:
        """The cell alone."""
        return spot(self.line, *self.at)

    def value_in(self, solved: Solved) -> float:
        """Its value in a solution; NaN where it is n/a."""
        members = (solved.members[dim] for dim in self.line.dims)
        index = tuple(names.index(name) for names, name in zip(members, self.at, strict=True))
        return float(solved.values[self.line][index])


_LINES = {
    "expected": (expected_value, expected_upside),
    "hype": (hype_value, hype_upside),
    "consensus": (consensus, consensus_upside),
    "score": (score, None),
    "price": (price, None),
}


def _line(of: Headline) -> HeadlineLine:
    if of.name in CASES:
        return HeadlineLine(of, value, upside, (of.name,))
    return HeadlineLine(of, *_LINES[of.name])


VALUES = tuple(map(_line, headline.VALUES))
HEADLINES = tuple(map(_line, headline.HEADLINES))
