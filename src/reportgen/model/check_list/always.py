"""The checks that every report is put to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import spot, where
from reportgen.model import freshness, out_of_bounds
from reportgen.model.check_list.check import Check, counted, headline, off, rounding
from reportgen.model.checks import looked_at
from reportgen.model.inputs.assumptions import cost_of_equity, terminal_growth
from reportgen.model.market import price
from reportgen.model.valuation import expected_value, raw_value, value
from reportgen.model.whatif import grids

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node


def always_made() -> list[Check]:
    """Return the checks of headlines, sums, bridges, grids, inputs and sources."""
    raw = {name: spot(raw_value, name) for name in ("bear", "base", "bull")}
    ordered = where((raw["bear"] <= raw["base"]) & (raw["base"] <= raw["bull"]), 0, 1)
    bear, bull, slack = _scenario("bear"), _scenario("bull"), rounding(expected_value)
    inside = where((expected_value >= bear - slack) & (expected_value <= bull + slack), 0, 1)
    return [
        headline("Price", price),
        *(headline(f"{name.capitalize()} value", _scenario(name)) for name in raw),
        headline("Expected value", expected_value),
        Check(
            "Probabilities sum to 1",
            "bear, base and bull are all there is",
            looked_at.probability_sum - 1,
            off(looked_at.probability_sum - 1, looked_at.SUM_OF_SHARES),
        ),
        Check(
            "Cost of equity above terminal growth",
            "else a perpetuity has no value",
            cost_of_equity - terminal_growth,
            where(cost_of_equity > terminal_growth, 0, 1),
        ),
        Check(
            "Expected value between bear and bull",
            "a mean lies within",
            inside,
            inside,
        ),
        Check(
            "Bull bridge closes",
            "sum of the drivers less bull over base",
            spot(looked_at.bridge_gap, "bull"),
            off(spot(looked_at.bridge_gap, "bull"), rounding(_scenario("bull"))),
        ),
        Check(
            "Bear bridge closes",
            "sum of the drivers less bear over base",
            spot(looked_at.bridge_gap, "bear"),
            off(spot(looked_at.bridge_gap, "bear"), rounding(_scenario("base"))),
        ),
        Check(
            "Centre of the segment grid is the base value",
            "Sensitivity against Valuation",
            spot(looked_at.segment_centre, "0") - grids.base_value,
            off(spot(looked_at.segment_centre, "0") - grids.base_value, rounding(grids.base_value)),
        ),
        Check(
            "Centre of the P/E grid is the base value",
            "Sensitivity against Valuation",
            spot(looked_at.pe_centre, "0") - grids.base_value,
            off(spot(looked_at.pe_centre, "0") - grids.base_value, rounding(grids.base_value)),
        ),
        counted(
            "No input was cleared",
            "cells of the input blocks filled at issue, less those filled now",
            looked_at.cleared,
            "FAIL",
        ),
        counted(
            "Inputs within their bounds",
            "kinds of input that are not: see the last list below",
            out_of_bounds.count,
            "FAIL",
        ),
        Check(
            "Bear, base, bull in order before ordering",
            "values before MIN and MAX put them in order",
            ordered,
            ordered,
            "WARN",
        ),
        Check(
            "Delivered growth agrees with EBITA, EPS and cash flow",
            "number of the three that point the other way",
            looked_at.against,
            where(looked_at.against > 0, 1, 0),
            "WARN",
        ),
        counted("No stale figures", "of each kind the first is named below", freshness.stale_count),
        counted(
            "No open conflicts",
            "claims and prices that disagree beyond tolerance; see Evidence",
            freshness.conflicts,
        ),
        counted(
            "Every claim belongs to a fact", "a claim typed in with a new key", looked_at.homeless
        ),
        counted(
            "Every override fits an input",
            "rows of overrides.csv for keys that this report does not have",
            looked_at.unused_overrides,
        ),
    ]


def _scenario(name: str) -> Node:
    return spot(value, name)
