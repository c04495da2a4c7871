"""Random price targets: of few brokers or many, old and new, far below the price and far above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.dims import TARGET
from reportgen.model.hype import price_targets
from reportgen.model.inputs import conversion, description
from tests.laws.altered import live, with_rows
from tests.laws.markets import as_of, last_close

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Columns, Company
    from tests.laws.chance import Dice

BROKERS = ("Ash", "Birch", "Cedar", "Elm", "Fir", "Larch", "Oak", "Yew")
OLDEST = 480  # days


def currencies(case: Company) -> dict[str, float]:
    """The currencies with a rate, as units a unit of the price currency."""
    codes, rates = (
        case.given[conversion.currency_code].tolist(),
        live(case, conversion.per_euro).tolist(),
    )
    per_euro = {code: rate for code, rate in zip(codes, rates, strict=True) if rate > 0}
    own = str(case.given[description.price_currency])
    if own not in per_euro:
        return {own: 1.0}
    return {code: rate / per_euro[own] for code, rate in per_euro.items()}


def targeted(case: Company, dice: Dice, least: int = 0) -> Company:
    """A case with other targets."""
    count = dice.whole(least, 7)
    ages = np.sort(dice.rng.integers(0, OLDEST if dice.chance(1 / 3) else 360, count))[::-1]
    lines = [dice.pick(("ADS", "ORD")) for _ in range(count)]
    rates = currencies(case)
    codes = [dice.pick(sorted(rates)) for _ in range(count)]
    shares = {"ADS": 1.0, "ORD": float(live(case, description.adr_ratio))}
    worth = last_close(case) * _worth(dice, count)  # of a listed share, in its own currency
    unit = [rates[code] / shares[line] for code, line in zip(codes, lines, strict=True)]
    only = dice.pick(("broker", "broker", "aggregate"))
    columns: Columns = {
        price_targets.number: np.arange(count) + 1.0,
        price_targets.broker: [dice.pick(BROKERS) for _ in range(count)],
        price_targets.published: as_of(case) - ages,
        price_targets.stated: worth * unit,
        price_targets.currency: codes,
        price_targets.share_line: lines,
        price_targets.horizon: [dice.pick((12.0, 12.0, 6.0, 18.0, 36.0)) for _ in range(count)],
        price_targets.kind: [only if dice.chance(0.8) else "aggregate" for _ in range(count)],
    }
    return with_rows(case, TARGET, count, columns)


def _worth(dice: Dice, count: int) -> Array:
    """Targets as multiples of the price: mostly somewhat above, at times absurd."""
    usual = dice.rng.normal(1.2, 0.3, count).clip(0.3)
    absurd = dice.factors(0.01, 1.0, 50.0, shape=(count,), high=10)
    return np.where(dice.rng.random(count) < 1 / 8, absurd, usual)
