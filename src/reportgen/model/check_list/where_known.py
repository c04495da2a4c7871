"""The checks that are only made where their subject is known, with that subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import spot, where
from reportgen.model import launch
from reportgen.model.check_list.check import Check, off, rounding
from reportgen.model.checks import looked_at
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs.assumptions import launch_discount_rate, terminal_growth
from reportgen.model.inputs.constants import policy
from reportgen.model.valuation import own_pe, pe_multiple
from reportgen.model.whatif import hype_range

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node

_RATIO = policy("check.launch_ratio")


def made_where_known() -> list[tuple[Node, Check]]:
    """Return checks that are only made where their subject is known, with that subject."""
    bull_pe = spot(pe_multiple, "bull")
    ratio = launch.market_ratio
    return [
        (
            adjusted_value.hype_value,
            Check(
                "Hype waterfall closes",
                "start less every bar less the end",
                looked_at.waterfall_gap,
                off(
                    looked_at.waterfall_gap,
                    rounding(adjusted_value.start, looked_at.WATERFALL),
                ),
            ),
        ),
        (
            launch.average_price,
            Check(
                "Price mix sums to 1",
                "shares of units by variant",
                looked_at.mix_sum - 1,
                off(looked_at.mix_sum - 1, looked_at.SUM_OF_SHARES),
            ),
        ),
        (
            launch.pv_top_down,
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
                looked_at.targets_wanted - price_targets.count,
                where(looked_at.targets_wanted > price_targets.count, 1, 0),
                "WARN",
            ),
        ),
        (
            hype_range.low,
            Check(
                "Harsh to lenient spans the hype-adjusted value",
                "value less harsh, lenient less value: the smaller",
                where(
                    adjusted_value.hype_value - hype_range.low
                    < hype_range.high - adjusted_value.hype_value,
                    adjusted_value.hype_value - hype_range.low,
                    hype_range.high - adjusted_value.hype_value,
                ),
                where(
                    (
                        adjusted_value.hype_value
                        < hype_range.low - rounding(adjusted_value.hype_value)
                    )
                    | (
                        adjusted_value.hype_value
                        > hype_range.high + rounding(adjusted_value.hype_value)
                    ),
                    1,
                    0,
                ),
                "WARN",
            ),
        ),
    ]
