"""The checks: what each looks at, where it is wrong, and the table of their verdicts.

A check FAILs where an identity is broken (bridges close, probabilities sum to 1, no input cell was
cleared) and WARNs of what a reader should know. A new check is one more entry of `CHECKS`; what it
has to compute first is a line of `differences`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.functions import absolute, each, known, same, spot, sum_known, where
from reportgen.expr.nodes import NA, Linked, Unit
from reportgen.model import launch, stance
from reportgen.model.checks import (
    bounds,
    choices,
    differences,
    directions,
    freshness,
    plausibility,
)
from reportgen.model.checks.differences import RELATIVE
from reportgen.model.dims import CHECK, SCENARIOS
from reportgen.model.given_values import numbered
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs.assumptions import (
    cash_conversion,
    cost_of_equity,
    launch_discount_rate,
    terminal_growth,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.market import price
from reportgen.model.ranks import above, rank_within
from reportgen.model.valuation import expected_value, own_pe, pe_multiple, raw_value, value
from reportgen.model.whatif import grids, hype_range
from reportgen.model.words import case_line, given, line, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question


# --- the table of checks ---
label = given("check[{check}].label", "Check", Unit.TEXT, CHECK)
basis = given("check[{check}].basis", "Basis", Unit.TEXT, CHECK)
number = row_number("check[{check}].number", CHECK)
difference = case_line("check[{check}].difference", "Difference", Unit.NUMBER, Linked(), CHECK)
wrong = case_line("check[{check}].wrong", "Wrong", Unit.FLAG, Linked(), CHECK)
verdict = given("check[{check}].verdict", "If wrong", Unit.TEXT, CHECK)
status = line(
    "check[{check}]",
    "Status",
    Unit.TEXT,
    where(known(wrong), where(wrong > 0, verdict, "OK"), verdict),
)
row = line("check[{check}].row", "Row", Unit.COUNT, or_zero(number))
is_fail = line("check[{check}].fail", "Fails", Unit.FLAG, same(status, "FAIL") + 0)
is_warn = line("check[{check}].warn", "Warns", Unit.FLAG, same(status, "WARN") + 0)
fails = line("checks.fail", "FAIL", Unit.COUNT, sum_known(is_fail, CHECK))
warns = line("checks.warn", "WARN", Unit.COUNT, sum_known(is_warn, CHECK))


def _order(flag: Line) -> Node:
    """Return the place of each check among those with a flag; 0 for one without."""
    return where(flag > 0, rank_within(CHECK, each(flag) * above(row)), 0)


fail_order = line("check[{check}].fail_order", "Place among FAIL", Unit.COUNT, _order(is_fail))
warn_order = line("check[{check}].warn_order", "Place among WARN", Unit.COUNT, _order(is_warn))


# --- how checks are made: by a gap, a count, a headline ---
@dataclass(frozen=True, slots=True)
class Check:
    """One check: the difference shown, where it is wrong (1), and how grave that is.

    One with a subject is only made where that is known.
    """

    label: str
    basis: str
    difference: Node
    wrong: Node
    verdict: str = "FAIL"
    subject: Node | None = None


def off(gap: Node, tolerance: Node) -> Node:
    """Return 1 where a gap is wider than a tolerance."""
    return where(absolute(gap) > tolerance, 1, 0)


def rounding(of: Node, relative: Node = RELATIVE) -> Node:
    """Return what rounding may leave over of money: more where a share costs a million."""
    return relative * (1 + absolute(of))


def counted(name: str, basis: str, count: Node, verdict: str = "WARN") -> Check:
    """Return a check that nothing of a kind is there."""
    return Check(name, basis, count, where(or_zero(count) > 0, 1, 0), verdict)


def moves(axis: str, change: Line) -> Check:
    """Return the check that an axis of a grid moves the base value the right way."""
    wrong = where(change < -rounding(grids.base_value), 1, 0)
    basis = "Sensitivity: from one end of the axis to the other, less is wrong"
    return Check(f"{axis} moves its grid the right way", basis, change, wrong, subject=change)


def headline(name: str, of: Node) -> Check:
    """Return the check that a headline is known."""
    missing = where(known(of), 0, 1)
    return Check(f"{name} is known", "a headline that is n/a blocks the stance", missing, missing)


# --- the checks, in the order in which they are listed among those as grave ---
def _scenario(name: str) -> Node:
    return spot(value, name)


_RAW = {name: spot(raw_value, name) for name in SCENARIOS}
_IN_ORDER = where((_RAW["bear"] <= _RAW["base"]) & (_RAW["base"] <= _RAW["bull"]), 0, 1)
_LAUNCH_RATIO = policy("check.launch_ratio")
_bull_pe = spot(pe_multiple, "bull")
CHECKS: tuple[Check, ...] = (
    headline("Price", price),
    *(headline(f"{name.capitalize()} value", _scenario(name)) for name in SCENARIOS),
    headline("Expected value", expected_value),
    headline("Buy below", stance.buy_below),
    headline("Short above", stance.short_above),
    Check(
        "Probabilities sum to 1",
        "bear, base and bull are all there is",
        differences.probability_sum - 1,
        off(differences.probability_sum - 1, differences.SUM_OF_SHARES),
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
        differences.expected_outside,
        differences.expected_outside,
    ),
    Check(
        "Bull bridge closes",
        "sum of the drivers less bull over base",
        spot(differences.bridge_gap, "bull"),
        off(spot(differences.bridge_gap, "bull"), rounding(_scenario("bull"))),
    ),
    Check(
        "Bear bridge closes",
        "sum of the drivers less bear over base",
        spot(differences.bridge_gap, "bear"),
        off(spot(differences.bridge_gap, "bear"), rounding(_scenario("base"))),
    ),
    Check(
        "Centre of the segment grid is the base value",
        "Sensitivity against Valuation",
        spot(differences.segment_centre, "0") - grids.base_value,
        off(spot(differences.segment_centre, "0") - grids.base_value, rounding(grids.base_value)),
    ),
    Check(
        "Centre of the P/E grid is the base value",
        "Sensitivity against Valuation",
        spot(differences.pe_centre, "0") - grids.base_value,
        off(spot(differences.pe_centre, "0") - grids.base_value, rounding(grids.base_value)),
    ),
    counted(
        "No input was cleared",
        "cells of the input blocks filled at issue, less those filled now",
        differences.cleared,
        "FAIL",
    ),
    counted(
        "Inputs within their bounds",
        "kinds of input that are not: see the last list below",
        bounds.count,
        "FAIL",
    ),
    counted(
        "Every cell for a number holds one, or nothing",
        "texts and errors in cells of inputs, days and choices: see the last list below",
        bounds.misfit_count,
        "FAIL",
    ),
    counted(
        "Days of closes ascend, and every source has its own id",
        "closes not after the one above, or below a blank row; ids named twice",
        differences.misplaced,
        "FAIL",
    ),
    counted(
        "Every choice is one of those offered",
        "choices of a case, a row or a number that is not there",
        choices.count,
        "FAIL",
    ),
    Check(
        "A higher cost of equity does not raise buy below",
        "buy below with the cost of equity raised by its shock, less buy below",
        spot(directions.buy_below_dearer, "cost_of_equity") - stance.buy_below,
        where(
            spot(directions.buy_below_dearer, "cost_of_equity")
            > stance.buy_below + rounding(stance.buy_below),
            1,
            0,
        ),
        subject=stance.buy_below,
    ),
    moves("Growth of a segment", directions.by_growth),
    moves("The multiple of a segment", directions.by_multiple),
    moves("EPS growth", directions.by_eps_growth),
    moves("The P/E", directions.by_pe),
    counted(
        "No figure is off by its unit or scale",
        "figures beyond their second limit: see Plausibility below",
        plausibility.failed,
        "FAIL",
    ),
    counted(
        "Figures are plausible",
        "figures beyond their first limit: see Plausibility below",
        plausibility.warned,
    ),
    counted(
        "Every method with a weight is known",
        "methods that are n/a in a case, and so left out",
        differences.methods_missing,
    ),
    counted(
        "Earnings are positive where P/E is used",
        "1: the EPS reference is not above 0",
        differences.loss_valued,
    ),
    Check(
        "EPS grows as the segments do",
        "points between them in the case where they are farthest apart",
        differences.growths_apart,
        off(differences.growths_apart, policy("coherent.eps_growth")),
        "WARN",
        subject=differences.growths_apart,
    ),
    Check(
        "Base EPS agrees with consensus EPS",
        "EPS in 12 months of the base case over consensus, less 1",
        differences.eps_ahead,
        off(differences.eps_ahead, policy("coherent.eps_ntm")),
        "WARN",
        subject=differences.eps_ahead,
    ),
    Check(
        "Cash conversion agrees with free cash flow",
        "as assumed, less free cash flow over earnings of twelve months",
        cash_conversion - differences.conversion_reported,
        off(cash_conversion - differences.conversion_reported, policy("coherent.cash_conversion")),
        "WARN",
        subject=differences.conversion_reported,
    ),
    Check(
        "Consensus rests on what it did a month ago",
        "1: on brokers now and on an average then, or the other way",
        differences.basis_changed,
        or_zero(differences.basis_changed),
        "WARN",
    ),
    counted(
        "No target is set aside",
        "targets far from the close at their issue, or in a currency without a rate",
        differences.set_aside,
    ),
    counted(
        "Twelve months agree whatever they are made of",
        "series whose quarters, halves and years do not sum to the same",
        differences.flows_apart,
    ),
    counted(
        "The P/E of the peers rests on enough of them",
        "1: on fewer than the policy asks for, or on users' posts alone",
        differences.peers_few,
    ),
    Check(
        "Bear, base, bull in order before ordering",
        "values before MIN and MAX put them in order",
        _IN_ORDER,
        _IN_ORDER,
        "WARN",
    ),
    Check(
        "Delivered growth agrees with EBITA, EPS and cash flow",
        "number of the three that point the other way",
        differences.against,
        where(differences.against > 0, 1, 0),
        "WARN",
    ),
    counted("No stale figures", "of each kind the first is named below", freshness.stale_count),
    counted(
        "No open conflicts",
        "claims, prices, the P/E claimed: beyond tolerance; see Evidence",
        freshness.conflicts,
    ),
    counted(
        "Every claim belongs to a fact", "a claim typed in with a new key", differences.homeless
    ),
    counted(
        "Every override fits an input",
        "rows of overrides.csv for keys that this report does not have",
        differences.unused_overrides,
    ),
    Check(
        "Hype waterfall closes",
        "start less every bar less the end",
        differences.waterfall_gap,
        off(
            differences.waterfall_gap,
            rounding(adjusted_value.start, differences.WATERFALL),
        ),
        subject=adjusted_value.hype_value,
    ),
    Check(
        "Price mix sums to 1",
        "shares of units by variant",
        differences.mix_sum - 1,
        off(differences.mix_sum - 1, differences.SUM_OF_SHARES),
        subject=launch.average_price,
    ),
    Check(
        "Launch discount rate above terminal growth",
        "else a perpetuity has no value",
        launch_discount_rate - terminal_growth,
        where(launch_discount_rate > terminal_growth, 0, 1),
        subject=launch.pv_top_down,
    ),
    Check(
        "Bull multiple not below today's own P/E",
        "bull P/E less today's",
        _bull_pe - own_pe,
        where(_bull_pe < own_pe, 1, 0),
        "WARN",
        subject=own_pe,
    ),
    Check(
        "Two estimates of the launch market agree",
        "bottom-up over top-down; they are not averaged",
        launch.market_ratio,
        where(
            (launch.market_ratio > _LAUNCH_RATIO) | (launch.market_ratio < 1 / _LAUNCH_RATIO), 1, 0
        ),
        "WARN",
        subject=launch.market_ratio,
    ),
    Check(
        "Every target in use could be converted",
        "targets in use less those with a value",
        differences.targets_wanted - price_targets.count,
        where(differences.targets_wanted > price_targets.count, 1, 0),
        "WARN",
        subject=price_targets.consensus,
    ),
    Check(
        "Harsh to lenient spans the hype-adjusted value",
        "value less harsh, lenient less value: the smaller",
        where(
            differences.above_harsh < differences.below_lenient,
            differences.above_harsh,
            differences.below_lenient,
        ),
        differences.hype_outside,
        "WARN",
        subject=hype_range.low,
    ),
)


def gravest_first() -> list[Check]:
    """Return all checks, the gravest first; one whose subject is n/a is passed over as OK."""
    return sorted(map(_where_known, CHECKS), key=lambda check: check.verdict != "FAIL")


def _where_known(check: Check) -> Check:
    """Return a check that is OK, with nothing to show, where its subject is n/a."""
    if check.subject is None:
        return check
    return replace(
        check,
        difference=where(known(check.subject), check.difference, NA),
        wrong=where(known(check.subject), check.wrong, 0),
    )


def ask(question: Question) -> None:
    """Add the checks."""
    found = gravest_first()
    question.dimension(CHECK, (str(k + 1) for k, _ in enumerate(found)))
    question.give(number, numbered(found))
    question.give(label, [check.label for check in found])
    question.give(basis, [check.basis for check in found])
    question.links[difference] = tuple(check.difference for check in found)
    question.links[wrong] = tuple(
        spot(difference, str(k + 1)) if check.wrong is check.difference else check.wrong
        for k, check in enumerate(found)
    )
    question.give(verdict, [check.verdict for check in found])
    unused = float(len(question.case.unused_overrides))
    question.given[differences.unused_overrides] = np.array(unused)
