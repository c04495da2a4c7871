"""The checks of a report, the gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.functions import absolute, known, spot, where
from reportgen.expr.nodes import NA, Node, Unit
from reportgen.model import checks, freshness
from reportgen.model.dims import CHECK
from reportgen.model.given_values import numbered
from reportgen.model.hype import adjusted, price_targets, waterfall
from reportgen.model.inputs.assumptions import cost_of_equity, launch_discount_rate, terminal_growth
from reportgen.model.inputs.constants import policy
from reportgen.model.launch import market_size, present_value
from reportgen.model.market import price
from reportgen.model.valuation import expected_value, own_pe, pe_multiple, raw_value, value
from reportgen.model.whatif import grids, hype_range
from reportgen.model.words import or_zero

if TYPE_CHECKING:
    from reportgen.model.question import Question

_SMALL = policy("tolerance.relative")
_RATIO = policy("check.launch_ratio", Unit.MULTIPLE)


class Check(NamedTuple):
    """One check: the difference shown, where it is wrong (1), and how grave that is."""

    label: str
    basis: str
    difference: Node
    wrong: Node
    verdict: str = "FAIL"


def _off(gap: Node, tolerance: Node) -> Node:
    return where(absolute(gap) > tolerance, 1, 0)


def _rounding(of: Node, relative: Node = _SMALL) -> Node:
    """Return what rounding may leave over of money: more where a share costs a million."""
    return relative * (1 + absolute(of))


def _counted(name: str, basis: str, count: Node, verdict: str = "WARN") -> Check:
    return Check(name, basis, count, where(or_zero(count) > 0, 1, 0), verdict)


def _headline(name: str, of: Node) -> Check:
    missing = where(known(of), 0, 1)
    return Check(f"{name} is known", "a headline that is n/a blocks the stance", missing, missing)


def _scenario(name: str) -> Node:
    return spot(value, name)


def _static() -> list[Check]:
    raw = {name: spot(raw_value, name) for name in ("bear", "base", "bull")}
    ordered = where((raw["bear"] <= raw["base"]) & (raw["base"] <= raw["bull"]), 0, 1)
    bear, bull, slack = _scenario("bear"), _scenario("bull"), _rounding(expected_value)
    inside = where((expected_value >= bear - slack) & (expected_value <= bull + slack), 0, 1)
    return [
        _headline("Price", price),
        *(_headline(f"{name.capitalize()} value", _scenario(name)) for name in raw),
        _headline("Expected value", expected_value),
        Check(
            "Probabilities sum to 1",
            "bear, base and bull are all there is",
            checks.probability_sum - 1,
            _off(checks.probability_sum - 1, policy("tolerance.sum_of_shares")),
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
            spot(checks.bridge_gap, "bull"),
            _off(spot(checks.bridge_gap, "bull"), _rounding(_scenario("bull"))),
        ),
        Check(
            "Bear bridge closes",
            "sum of the drivers less bear over base",
            spot(checks.bridge_gap, "bear"),
            _off(spot(checks.bridge_gap, "bear"), _rounding(_scenario("base"))),
        ),
        Check(
            "Centre of the segment grid is the base value",
            "Sensitivity against Valuation",
            spot(checks.segment_centre, "0") - grids.base_value,
            _off(spot(checks.segment_centre, "0") - grids.base_value, _rounding(grids.base_value)),
        ),
        Check(
            "Centre of the P/E grid is the base value",
            "Sensitivity against Valuation",
            spot(checks.pe_centre, "0") - grids.base_value,
            _off(spot(checks.pe_centre, "0") - grids.base_value, _rounding(grids.base_value)),
        ),
        _counted(
            "No input was cleared",
            "cells of the input blocks filled at issue, less those filled now",
            checks.cleared,
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
            checks.against,
            where(checks.against > 0, 1, 0),
            "WARN",
        ),
        _counted("No stale figures", "see Evidence and Inputs", freshness.stale_count),
        _counted(
            "No open conflicts", "sources that disagree beyond tolerance", freshness.conflicts
        ),
        _counted(
            "Every claim belongs to a fact", "a claim typed in with a new key", checks.homeless
        ),
        _counted(
            "Every override fits an input",
            "rows of overrides.csv for keys that this report does not have",
            checks.unused_overrides,
        ),
    ]


def _where_it_applies() -> list[tuple[Node, Check]]:
    """Return checks that are only made where their subject is known, with that subject."""
    bull_pe = spot(pe_multiple, "bull")
    ratio = market_size.market_ratio
    return [
        (
            adjusted.hype_value,
            Check(
                "Hype waterfall closes",
                "start less every bar less the end",
                checks.waterfall_gap,
                _off(
                    checks.waterfall_gap, _rounding(waterfall.start, policy("tolerance.waterfall"))
                ),
            ),
        ),
        (
            market_size.average_price,
            Check(
                "Price mix sums to 1",
                "shares of units by variant",
                checks.mix_sum - 1,
                _off(checks.mix_sum - 1, policy("tolerance.sum_of_shares")),
            ),
        ),
        (
            present_value.pv_top_down,
            Check(
                "Launch discount rate above terminal growth",
                "else a perpetuity has no value",
                launch_discount_rate - terminal_growth,
                where(launch_discount_rate > terminal_growth, 0, 1),
            ),
        ),
        (
            own_pe,
            Check(
                "Bull multiple not below today's own P/E",
                "bull P/E less today's",
                bull_pe - own_pe,
                where(bull_pe < own_pe, 1, 0),
                "WARN",
            ),
        ),
        (
            ratio,
            Check(
                "Two estimates of the launch market agree",
                "bottom-up over top-down; they are not averaged",
                ratio,
                where((ratio > _RATIO) | (ratio < 1 / _RATIO), 1, 0),
                "WARN",
            ),
        ),
        (
            price_targets.consensus,
            Check(
                "Every target in use could be converted",
                "targets in use less those with a value",
                checks.targets_wanted - price_targets.count,
                where(checks.targets_wanted > price_targets.count, 1, 0),
                "WARN",
            ),
        ),
        (
            hype_range.low,
            Check(
                "Harsh to lenient spans the hype-adjusted value",
                "value less harsh, lenient less value: the smaller",
                where(
                    adjusted.hype_value - hype_range.low < hype_range.high - adjusted.hype_value,
                    adjusted.hype_value - hype_range.low,
                    hype_range.high - adjusted.hype_value,
                ),
                where(
                    (adjusted.hype_value < hype_range.low - _rounding(adjusted.hype_value))
                    | (adjusted.hype_value > hype_range.high + _rounding(adjusted.hype_value)),
                    1,
                    0,
                ),
                "WARN",
            ),
        ),
    ]


def every_check() -> list[Check]:
    """Return all checks, the gravest first; one whose subject is n/a is passed over as OK."""
    conditional = [
        check._replace(
            difference=where(known(subject), check.difference, NA),
            wrong=where(known(subject), check.wrong, 0),
        )
        for subject, check in _where_it_applies()
    ]
    found = [*_static(), *conditional]
    return sorted(found, key=lambda check: check.verdict != "FAIL")


def ask(question: Question) -> None:
    """Add the checks."""
    found = every_check()
    question.dimension(CHECK, (str(k + 1) for k, _ in enumerate(found)))
    question.give(checks.number, numbered(found))
    question.give(checks.label, [check.label for check in found])
    question.give(checks.basis, [check.basis for check in found])
    question.links[checks.difference] = tuple(check.difference for check in found)
    question.links[checks.wrong] = tuple(check.wrong for check in found)
    question.give(checks.verdict, [check.verdict for check in found])
    unused = float(len(question.case.unused_overrides))
    question.given[checks.unused_overrides] = np.array(unused)
