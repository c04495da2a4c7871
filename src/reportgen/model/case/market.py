"""The market: closes, consensus earnings, rates, and the units that claims are stated in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import dims
from reportgen.model.given_values import numbered
from reportgen.model.inputs import conversion, market_data
from reportgen.model.keys import escaped

if TYPE_CHECKING:
    from reportgen.facts.rows import PackRows
    from reportgen.model.case.builder import Builder

_MONEY_SCALES = (("", 1e-6), (" m", 1.0), (" bn", 1e3))


def add_series(builder: Builder, rows: PackRows) -> None:
    """Add the dated series."""
    for dim, day, value, closes in (
        (dims.CLOSE, market_data.close_date, market_data.close, rows.prices),
        (dims.BENCHMARK, market_data.benchmark_date, market_data.benchmark_close, rows.benchmark),
    ):
        builder.dimension(dim, (row.date.isoformat() for row in closes))
        builder.table(closes, {"date": day, "close": value})
    estimates = [row for row in rows.estimates if row.metric == "eps_ntm"]
    builder.dimension(dims.ESTIMATE, (row.published.isoformat() for row in estimates))
    columns = {
        "published": market_data.estimate_date,
        "value": market_data.estimate,
        "currency": market_data.estimate_currency,
        "source": market_data.estimate_source,
    }
    builder.table(estimates, columns)


def add_rates(builder: Builder, rows: PackRows) -> None:
    """Add the exchange rates, and the units that claims are stated in."""
    builder.dimension(dims.CURRENCY, (row.currency for row in rows.fx))
    builder.put(conversion.currency_number, numbered(rows.fx))
    builder.table(rows.fx, {"currency": conversion.currency_code, "per_eur": conversion.per_euro})
    _measures(builder, [row.currency for row in rows.fx], sorted({row.unit for row in rows.claims}))


def _measures(builder: Builder, codes: list[str], spelled: list[str]) -> None:
    """Tabulate the units that claims use, and those that an analyst may type in a spare row."""
    units = {
        f"{code}{suffix}": (code, millions) for code in codes for suffix, millions in _MONEY_SCALES
    }
    units |= {"ratio": ("", 1.0), "x": ("", 1.0), "m": ("", 1.0), "bn": ("", 1e3)}
    for unit in spelled:
        units.setdefault(unit, ("", 1.0))
    builder.dimension(dims.MEASURE, (escaped(unit) for unit in units))
    builder.put(conversion.measure_number, numbered(units))
    builder.put(conversion.measure, list(units))
    builder.put(conversion.measure_currency, [code for code, _ in units.values()])
    builder.put(conversion.measure_millions, [millions for _, millions in units.values()])
