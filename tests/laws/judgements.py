"""Random assumptions, each within the bounds of the catalogue, some as the pack has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Unit
from reportgen.model.inputs import assumptions
from tests.laws.altered import live, with_inputs
from tests.laws.chance import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.expr.numeric import Array
    from reportgen.model.words import Entry
    from tests.laws.altered import Company
    from tests.laws.chance import Dice

ASSUMED = assumptions.ASSUMPTIONS
# how far a parameter without a bound may go
REACH = {
    Unit.RATIO: 3.0,
    Unit.MULTIPLE: 60.0,
    Unit.YEARS: 40.0,
    Unit.DAYS: 1000.0,
    Unit.NUMBER: 60.0,
}
SHARED = {assumptions.probability, assumptions.launch_price_mix}  # these sum to 1
RATES = (assumptions.cost_of_equity, assumptions.launch_discount_rate)
COMMON = {*RATES, assumptions.terminal_growth, assumptions.benchmark_beta}


def name_of(assumed: Entry) -> str:
    """The name of an assumption in the catalogue."""
    assert assumed.parameter is not None
    return assumed.parameter.key


OF_HYPE = tuple(
    assumed
    for assumed in ASSUMED
    if assumed in COMMON or name_of(assumed).startswith(("hype_", "launch_"))
)
OF_VALUE = tuple(assumed for assumed in ASSUMED if assumed in COMMON or assumed not in OF_HYPE)


def judged(case: Company, dice: Dice, among: Sequence[Entry] = ASSUMED) -> Company:
    """A case with about half of its assumptions changed.

    Terminal growth always is: it has to be below the cost of equity and the launch's rate.
    """
    drawn = {assumed: _values(case, dice, assumed) for assumed in among if dice.chance(1 / 2)}
    case = with_inputs(case, drawn)
    lowest = np.nanmin([float(live(case, rate)) for rate in RATES])
    spread = dice.decimals(0.001, 0.2)
    return with_inputs(case, {assumptions.terminal_growth: np.maximum(lowest - spread, -1.0)})


def cleared(case: Company, dice: Dice, among: Sequence[Entry] = ASSUMED) -> Company:
    """A case with one cell of an assumption cleared, as an analyst may do in the workbook."""
    assumed = dice.pick(among)
    values = live(case, assumed).astype(float)
    values.flat[dice.whole(0, values.size - 1)] = BLANK
    return with_inputs(case, {assumed: values})


def _values(case: Company, dice: Dice, assumed: Entry) -> Array:
    issued = live(case, assumed)
    if assumed in SHARED:
        return dice.shares(issued.size)
    if assumed is assumptions.base_stated:
        return issued * dice.factors(0, -1, 0.001, shape=issued.shape)
    if assumed is assumptions.dividend_stated:
        return issued * dice.factors(0, 50, shape=issued.shape)
    if assumed.unit is Unit.FLAG:
        return np.array(float(dice.chance(2 / 3)))
    low, high, is_open, _ = assumed.bounds
    reach = REACH[assumed.unit]
    low = -reach if low is None else low
    return dice.decimals(low + 0.001 * is_open, reach if high is None else high, issued.shape)
