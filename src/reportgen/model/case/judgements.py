"""What the house assumes: assumptions, constants of the method, and analysts' overrides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from reportgen.facts.assumptions import Slot, standing
from reportgen.facts.catalogue import ALL, CATALOGUE
from reportgen.facts.constants import CONSTANTS
from reportgen.model import dims, fundamentals
from reportgen.model.case.record import Origin
from reportgen.model.dims import SCENARIO, SEGMENT, VARIANT
from reportgen.model.evidence import claims
from reportgen.model.given_values import BLANK, day_number
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, constants
from reportgen.model.keys import escaped, filled
from reportgen.model.lines import MODEL, MODEL_AND_CONSTANTS
from reportgen.model.words import Entry, assumption, published_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from reportgen.expr.nodes import Dim
    from reportgen.facts.catalogue import Parameter
    from reportgen.facts.pack import Pack
    from reportgen.facts.policy import Policy
    from reportgen.facts.rows import Assumption, Confirmation
    from reportgen.model.case.record import Builder


_MODEL = frozenset(MODEL)


def add_assumptions(builder: Builder, pack: Pack) -> None:
    """Add every assumption: the newest known of its kind, else its default."""
    rows = pack.rows.assumptions
    variants = list(dict.fromkeys(row.segment for row in rows if row.key == "launch_price_mix"))
    builder.dimension(VARIANT, (escaped(name) for name in variants))
    builder.put(assumptions.variant_id, variants)
    segments = [segment.id for segment in pack.company.segments]
    newest = standing(rows)
    places = {SEGMENT: segments, VARIANT: variants or [""]}
    for parameter in CATALOGUE:
        _assumption(builder, newest, parameter, places)
    currencies = [_currency(newest, "base_metric", segment) for segment in segments]
    reporting = pack.company.reporting_currency
    builder.put(assumptions.base_currency, [code or reporting for code in currencies])
    levels = [_currency(newest, "metric_12m", segment) for segment in segments]
    builder.put(assumptions.level_currency, [code or reporting for code in levels])
    price = pack.company.price_currency
    for key, line in (
        ("dividend", assumptions.dividend_currency),
        ("eps_12m", assumptions.eps_level_currency),
    ):
        builder.put_one(line, _currency(newest, key, "") or price)


def _currency(newest: Mapping[Slot, Assumption], key: str, segment: str) -> str:
    """Return the currency that a parameter is stated in, by whichever case states it."""
    rows = (newest.get(Slot(key, scenario, segment)) for scenario in (ALL, *dims.SCENARIOS))
    return next((row.currency for row in rows if row is not None), "")


def _assumption(
    builder: Builder,
    newest: Mapping[Slot, Assumption],
    known: Parameter,
    places: Mapping[Dim, list[str]],
) -> None:
    """Fill the line of a parameter from the newest known row of each member, else its default."""
    line = assumption(known.key)
    only = known.scenarios[0] if len(known.scenarios) == 1 else ALL
    values: list[float] = []
    days: list[float] = []
    for key, index in filled(line, builder.members):
        at = dict(zip(line.dims, index, strict=True))
        scenario = dims.SCENARIOS[at[SCENARIO]] if SCENARIO in at else only
        place = next((places[dim][i] for dim, i in at.items() if dim in places), "")
        row = newest.get(Slot(known.key, scenario, place))
        if row is None:
            values.append(BLANK if known.default is None else known.default)
            days.append(BLANK)
            builder.issued[key] = Origin(author="method", reason=known.reason)
        else:
            values.append(row.value)
            days.append(day_number(row.published))
            builder.issued[key] = Origin("", days[-1], row.author, row.note)
    shape = tuple(len(builder.members[dim]) for dim in line.dims)
    builder.given[line.issued] = np.array(values).reshape(shape)
    if published_of(line) in _MODEL:  # where the newer of two parameters counts
        builder.given[published_of(line)] = np.array(days).reshape(shape)


def add_constants(builder: Builder, policy: Policy) -> None:
    """Add the constants of the method, and the steps of its solver."""
    for name in CONSTANTS:
        line = constants.policy(name)
        builder.put_one(line, policy[name])
        builder.given[line.override] = np.array(BLANK)
        builder.issued[line.key] = Origin(author="method", reason=policy.values[name].reason)
    steps = int(policy["solver.steps"])
    builder.members[dims.STEP] = tuple(str(k) for k in range(steps + 1))


def add_overrides(builder: Builder, pack: Pack) -> tuple[dict[str, Origin], tuple[str, ...]]:
    """Fill the override cells from the rows in force; return their origins and those unused."""
    active = [row for row in pack.rows.overrides if row.active]
    if not active:
        return {}, ()
    places = {
        key: (line.override, index)
        for line in MODEL_AND_CONSTANTS
        if isinstance(line, Entry)
        for key, index in filled(line, builder.members)
    }
    origins: dict[str, Origin] = {}
    unused: list[str] = []
    for row in active:
        if row.key not in places:
            unused.append(row.key)
            continue
        line, index = places[row.key]
        builder.given[line][index] = row.value
        expires = day_number(row.expires)
        published = day_number(row.published)
        origins[row.key] = Origin("", published, row.author, row.reason, expires)
    return origins, tuple(unused)


# Tables whose rows are confirmed by the key of a row, with the day on which a row was published
_CONFIRMED_ROWS = (
    ("fundamental", dims.FUNDAMENTAL, fundamentals.published),
    ("target", dims.TARGET, price_targets.published),
    ("claim", dims.CLAIM, claims.claim_published),
)


def confirmed_keys(builder: Builder, pack: Pack, policy: Policy) -> frozenset[str]:
    """Return the keys of figures confirmed; mark the targets among them.

    A confirmation holds for an input's value as it was known that day, for a computed figure for a
    time that the policy sets.
    """
    days = {row.key: row.published for row in sorted(pack.rows.confirmed, key=_published)}
    stated = {key: origin.published for key, origin in builder.issued.items()}
    for name, dim, published in _CONFIRMED_ROWS:
        rows = zip(builder.members[dim], builder.given[published].tolist(), strict=True)
        stated.update((f"{name}[{member}]", day) for member, day in rows)
    oldest = pack.as_of - timedelta(days=policy["plausible.confirmed_days"])
    held = frozenset(
        key
        for key, day in days.items()
        if (day_number(day) >= stated[key] if key in stated else day >= oldest)
    )
    names = builder.members[dims.TARGET]
    builder.put(price_targets.confirmed, [float(f"target[{name}]" in held) for name in names])
    return held


def _published(row: Confirmation) -> date:
    return row.published
