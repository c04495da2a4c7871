"""Do the figures move the right way? A dearer capital buys at less; each axis of a grid moves it.

What is wrong here is a mistake of the model or of an edited formula, whatever the inputs are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at, pick, spot, where
from reportgen.expr.nodes import Dim, Study, Unit, Varied, WhatIf
from reportgen.facts.catalogue import Shock
from reportgen.model.dims import SCENARIO, SEGMENT
from reportgen.model.inputs.assumptions import cost_of_equity
from reportgen.model.inputs.constants import policy
from reportgen.model.stance import buy_below
from reportgen.model.valuation import eps_12m
from reportgen.model.whatif import grids
from reportgen.model.words import case_line, line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question


# --- a higher cost of equity never raises the price to buy below ---
RAISED = Dim("raised")
study = Study("dearer", "Dearer capital: the cost of equity raised", (RAISED,), (buy_below,))
buy_below_dearer = case_line(
    "check.buy_below[{raised}]",
    "Buy below, at a higher cost of equity",
    Unit.PER_SHARE,
    Varied(study, buy_below),
    RAISED,
)


# --- from one end of an axis of a grid to the other, through its centre ---
_ENDS = "-2", "2"


def _down(grid: Line) -> Node:
    first, last = (spot(grid, step, "0") for step in _ENDS)
    return last - first


def _across(grid: Line) -> Node:
    first, last = (spot(grid, "0", step) for step in _ENDS)
    return last - first


def _as_signed(change: Node, of: Node) -> Node:
    """Return a change as it is where the other factor is positive: times a loss, more is less."""
    return where(of < 0, -change, change)


_multiple, _pe = spot(grids.multiple_axis, "0"), spot(grids.pe_axis, "0")
metric = line(
    "grid.metric",
    "Metric in 12 months of the segment",
    Unit.REPORTING_M,
    pick(grids.base_level, SEGMENT, grids.chosen_segment),
)
by_growth = line(
    "check.grid_growth",
    "Base value from the lowest growth to the highest",
    Unit.PER_SHARE,
    _as_signed(_down(grids.segment_grid), _multiple),
)
by_multiple = line(
    "check.grid_multiple",
    "Base value from the lowest multiple to the highest",
    Unit.PER_SHARE,
    _as_signed(_across(grids.segment_grid), metric),
)
by_eps_growth = line(
    "check.grid_eps_growth",
    "Base value from the lowest EPS growth to the highest",
    Unit.PER_SHARE,
    _as_signed(_down(grids.pe_grid), _pe),
)
by_pe = line(
    "check.grid_pe",
    "Base value from the lowest P/E to the highest",
    Unit.PER_SHARE,
    _as_signed(_across(grids.pe_grid), at(eps_12m, SCENARIO, "base")),
)


def ask(question: Question) -> None:
    """Add the what-if: the cost of equity raised by the shock of its kind."""
    question.dimension(RAISED, ("cost_of_equity",))
    raised = cost_of_equity + policy(f"shock.{Shock.RATE_OF_RETURN}")
    question.what_ifs[study] = (
        WhatIf("cost_of_equity", "cost of equity raised", ((cost_of_equity, (), raised),)),
    )
