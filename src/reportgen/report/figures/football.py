"""The football field: what each way of looking at the share says, low to high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    by,
    concat,
    fixed,
    known,
    largest,
    months_before,
    plotted,
    smallest,
    spot,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Node, Unit
from reportgen.model.dims import CLOSE, SCENARIO, TARGET
from reportgen.model.hype.price_targets import target
from reportgen.model.inputs.description import as_of
from reportgen.model.inputs.market_data import close, close_date
from reportgen.model.market import price
from reportgen.model.phrases import is_small
from reportgen.model.valuation import expected_value, pe_12m, sotp_12m, value
from reportgen.model.whatif.hype_range import high as hype_high
from reportgen.model.whatif.hype_range import low as hype_low
from reportgen.model.words import case_line, line, or_zero

if TYPE_CHECKING:
    from reportgen.model.question import Question

_DASH = "\u2011"  # no line breaks at it
FIELD = Dim("field")
FIELDS = {
    "cases": "Cases",
    "sotp": "Sum of parts",
    "pe": "P/E",
    "targets": "Targets",
    "hype": "Hype-adj.",
    "year": "52 weeks",
}
close_of_year = line(
    "close[{close}].of_year",
    "Within 12 months",
    Unit.PER_SHARE,
    where(known(close_date), where(close_date > months_before(as_of, 12), close, NA), NA),
)


_ENDS = {
    "cases": (spot(value, "bear"), spot(value, "bull")),
    "sotp": (smallest(sotp_12m, SCENARIO), largest(sotp_12m, SCENARIO)),
    "pe": (smallest(pe_12m, SCENARIO), largest(pe_12m, SCENARIO)),
    "targets": (smallest(target, TARGET), largest(target, TARGET)),
    "hype": (hype_low, hype_high),
    "year": (smallest(close_of_year, CLOSE), largest(close_of_year, CLOSE)),
}


def _of(name: str, text: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"field[{{field}}].{name}", text, unit, expr, FIELD)


low = _of(
    "low", "Low", Unit.PER_SHARE, by(FIELD, **{name: ends[0] for name, ends in _ENDS.items()})
)
high = _of(
    "high", "High", Unit.PER_SHARE, by(FIELD, **{name: ends[1] for name, ends in _ENDS.items()})
)
foot = _of("foot", "Invisible foot", Unit.PER_SHARE, where(known(high), or_zero(low), 0))
reach = _of("reach", "Range", Unit.PER_SHARE, where(known(low) & known(high), high - low, 0))
price_line = _of("price", "Price", Unit.PER_SHARE, plotted(price))
expected_line = _of("expected", "Expected value", Unit.PER_SHARE, plotted(expected_value))
span = _of(
    "span",
    "Low to high",
    Unit.TEXT,
    where(
        is_small > 0,
        concat(fixed(low, 2), _DASH, fixed(high, 2)),
        concat(fixed(low, 0), _DASH, fixed(high, 0)),
    ),
)
caption = _of(
    "caption",
    "Label",
    Unit.TEXT,
    concat(
        by(FIELD, **FIELDS),
        " ",
        where(known(low) & known(high), span, "n/a"),
    ),
)


def ask(question: Question) -> None:
    """Set the rows of the field."""
    question.members[FIELD] = tuple(FIELDS)
