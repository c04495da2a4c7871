"""Where every issued value comes from, by public key: the source, the day, the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import fundamentals
from reportgen.model.case.record import Origin
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, description, market_data
from reportgen.model.keys import filled
from reportgen.periods import serial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context


DESCRIPTION = "company.yaml"
# Tables whose rows cite a source: figure, source, day of publication
_CITED: tuple[tuple[Line, Line, Line], ...] = (
    (price_targets.stated, price_targets.source, price_targets.published),
    (claims.claim_amount, claims.claim_source, claims.claim_published),
    (products.product_price, products.product_source, products.product_published),
    (fundamentals.value, fundamentals.source, fundamentals.published),
    (fundamentals.yoy, fundamentals.source, fundamentals.published),
    (market_data.estimate, market_data.estimate_source, market_data.estimate_date),
)
# Tables whose rows state a unit: figure, unit or currency
_STATED: tuple[tuple[Line, Line], ...] = (
    (price_targets.stated, price_targets.currency),
    (claims.claim_amount, claims.claim_unit),
    (products.product_price, products.product_currency),
    (fundamentals.value, fundamentals.unit),
    (market_data.estimate, market_data.estimate_currency),
)


def origins(context: Context) -> dict[str, Origin]:
    """Return the origin of every input that has one: of assumptions, policy, facts and rates."""
    company = context.pack.company
    found = dict(context.case.issued)
    found[description.as_of.key] = Origin("command line")
    found[description.adr_ratio.key] = Origin(DESCRIPTION)
    found[description.launch_date.key] = Origin(DESCRIPTION)
    found[market_data.close.key] = Origin(company.prices_from)
    if company.benchmark:
        found[market_data.benchmark_close.key] = Origin(company.benchmark_from)
    for rate in context.pack.rows.fx:
        found[f"fx[{rate.currency}]"] = Origin(company.rates_from, float(serial(rate.date)))
    found.update(_cited(context))
    return found


def _cited(context: Context) -> Iterator[tuple[str, Origin]]:
    values = context.solved.values
    for figure, source, published in _CITED:
        sources, days = values[source], values[published]
        for key, index in filled(figure, context.case.members):
            if sources[index]:
                yield key, Origin(str(sources[index]), float(days[index]))


def stated_units(context: Context) -> dict[str, str]:
    """Return the unit of every input whose row states it: by public key."""
    values, members = context.solved.values, context.case.members
    found = {
        key: f"{values[assumptions.base_currency][index]} m"
        for key, index in filled(assumptions.base_stated, members)
    }
    found |= {
        key: f"{values[assumptions.level_currency][index[1]]} m"
        for key, index in filled(assumptions.level_stated, members)
    }
    found |= {
        key: f"{values[assumptions.eps_level_currency]} / share"
        for key, _ in filled(assumptions.eps_level_stated, members)
    }
    found[assumptions.dividend_stated.key] = f"{values[assumptions.dividend_currency]} / share"
    for figure, unit in _STATED:
        found.update((key, str(values[unit][index])) for key, index in filled(figure, members))
    return found


def labels_of_constants(context: Context) -> dict[str, str]:
    """Return the label of each line of a constant: what the method's file calls it."""
    return {
        f"policy[{constant.key}]{part}": f"{constant.label}{words}"
        for constant in context.policy.values.values()
        for part, words in (("", ""), (".issued", ", issued"), (".override", ", override"))
    }
