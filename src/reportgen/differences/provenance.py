"""What an input of a report rests on: its unit, its source and the day of publication."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from reportgen.model import fundamentals
from reportgen.model.cell_names import unit_words
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, market_data
from reportgen.model.words import Entry
from reportgen.periods import from_serial

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from reportgen.differences.ends import ReadEnd
    from reportgen.expr.nodes import Line
    from reportgen.xlsx.reader.records import Value

_LAST_SERIAL = 2_958_466
# Figures whose row states a unit or a currency
_STATED: Mapping[Line, Line] = {
    price_targets.stated: price_targets.currency,
    claims.claim_amount: claims.claim_unit,
    products.product_price: products.product_currency,
    fundamentals.value: fundamentals.unit,
    market_data.estimate: market_data.estimate_currency,
}
# Series whose Registry row is the whole column, and the column in which each row cites its source
_CITED: Mapping[Line, Line] = {market_data.estimate: market_data.estimate_source}
# Rows of a series: the day each speaks of
_DATED: Mapping[Line, Line] = {
    market_data.close: market_data.close_date,
    market_data.benchmark_close: market_data.benchmark_date,
    market_data.estimate: market_data.estimate_date,
}


class Told(NamedTuple):
    """What stands beside an input; "" and None where nothing does."""

    unit: str = ""
    source: str = ""
    published: date | None = None


def told(line: Line, key: str, index: tuple[int, ...], end: ReadEnd) -> Told:
    """Return what a report tells of an input: of its override, where one is in force."""
    unit = _unit(line, index, end)
    override = end.report.listed.get(f"{key}.override")
    values = end.solved.values
    if isinstance(line, Entry) and not math.isnan(values[line.override][index]):
        origin = end.case.overridden.get(key)
        author = origin.author if origin is not None else ""
        published = _day(None if override is None else override.origin.published)
        return Told(unit, f"override by {author}" if author else "override", published)
    row = end.report.listed.get(f"{key}.issued") or end.report.listed.get(f"{line.key}.issued")
    cited = str(values[_CITED[line]][index]) if line in _CITED else ""
    dated = _DATED.get(line)
    published = _day(None if dated is None else float(values[dated][index]))
    if row is None:
        return Told(unit, cited, published)
    stated = row.origin
    source = cited or str(stated.source or stated.author or "")
    return Told(unit, source, published or _day(stated.published))


def _unit(line: Line, index: tuple[int, ...], end: ReadEnd) -> str:
    values = end.solved.values
    if line in _STATED:
        return str(values[_STATED[line]][index])
    if line is assumptions.base_stated:
        return f"{values[assumptions.base_currency][index]} m"
    if line is assumptions.dividend_stated:
        return f"{values[assumptions.dividend_currency]} per share"
    return unit_words(line.unit, end.solved)


def _day(serial: Value) -> date | None:
    """Return the day of a serial number; None for anything else, whatever the file holds."""
    if not isinstance(serial, float | int) or not 0 < serial < _LAST_SERIAL:
        return None
    return from_serial(int(serial))
