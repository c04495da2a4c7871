"""Which inputs changed, entered, left, were superseded or expired, and what each rests on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.differences.ends import is_same
from reportgen.differences.records import InputChange
from reportgen.expr.nodes import Kind
from reportgen.model import fundamentals
from reportgen.model.cell_names import cell_name, unit_words
from reportgen.model.dims import FACT, MEASURE, OFFER
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, conversion, description, market_data
from reportgen.model.keys import filled
from reportgen.model.lines import MODEL
from reportgen.model.words import Entry
from reportgen.periods import parse_serial

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from reportgen.differences.ends import ReadEnd
    from reportgen.differences.records import InputKind
    from reportgen.expr.nodes import Line
    from reportgen.values import Value

    _Cells = dict[str, tuple[Value, tuple[int, ...]]]


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


_DERIVED = {FACT, OFFER, MEASURE}  # their members follow from the rows of other tables
_TYPED = {Kind.INPUT, Kind.GIVEN}
_NAMES = {description.ticker, conversion.currency_code}


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
        published = parse_serial(None if override is None else override.origin.published)
        return Told(unit, f"override by {author}" if author else "override", published)
    row = end.report.listed.get(f"{key}.issued") or end.report.listed.get(f"{line.key}.issued")
    cited = str(values[_CITED[line]][index]) if line in _CITED else ""
    dated = _DATED.get(line)
    published = parse_serial(None if dated is None else float(values[dated][index]))
    if row is None:
        return Told(unit, cited, published)
    stated = row.origin
    source = cited or str(stated.source or stated.author or "")
    return Told(unit, source, published or parse_serial(stated.published))


def _unit(line: Line, index: tuple[int, ...], end: ReadEnd) -> str:
    values = end.solved.values
    if line in _STATED:
        return str(values[_STATED[line]][index])
    if line is assumptions.base_stated:
        return f"{values[assumptions.base_currency][index]} m"
    if line is assumptions.level_stated:
        return f"{values[assumptions.level_currency][index[1]]} m"
    if line is assumptions.eps_level_stated:
        return f"{values[assumptions.eps_level_currency]} per share"
    if line is assumptions.dividend_stated:
        return f"{values[assumptions.dividend_currency]} per share"
    return unit_words(line.unit, end.solved)


class _Standing(NamedTuple):
    """A table of rows that take each other's place: its figure, which rows count, and for what."""

    figure: Line
    counts: Line
    group: Line


_TABLES = (
    _Standing(price_targets.stated, price_targets.in_use, price_targets.broker),
    _Standing(fundamentals.value, fundamentals.newest_value, fundamentals.series),
    _Standing(fundamentals.yoy, fundamentals.newest_yoy, fundamentals.series),
    _Standing(claims.claim_amount, claims.weighed_claims.chosen, claims.claim_fact),
    _Standing(products.product_price, products.weighed_products.chosen, products.product_fact),
)


def input_changes(old: ReadEnd, new: ReadEnd) -> Iterator[InputChange]:
    """Yield every input that is not what it was, in the order of the model.

    A row that entered or left is told by its figures; what else stands in it only where it changed
    in a row that both reports have.
    """
    overtaken = {one.key: one for table in _TABLES for one in _overtaken(table, old, new)}
    for line in MODEL:
        if _is_typed(line):
            for change in _of_line(line, old, new):
                overtaken.pop(change.key, None)
                yield change
    yield from overtaken.values()


def _is_typed(line: Line) -> bool:
    if line in _NAMES:
        return False
    if line.kind is Kind.CONTROL:
        return True
    return line.kind in _TYPED and not _DERIVED & set(line.dims)


def _of_line(line: Line, old: ReadEnd, new: ReadEnd) -> Iterator[InputChange]:
    before, after = (_cells(line, end) for end in (old, new))
    for key in dict.fromkeys((*before, *after)):
        here, there = before.get(key, (None, ()))[0], after.get(key, (None, ()))[0]
        is_told = isinstance(line, Entry) or (key in before and key in after)
        if here == there or is_same(here, there) or not is_told:
            continue
        values = (here, there)
        kind = _kind(key, values, old, new)
        tellers = (
            told(line, key, cells[key][1], end) if key in cells else None
            for cells, end in ((before, old), (after, new))
        )
        yield _change(key, _name(line, key, (after, new), (before, old)), kind, values, *tellers)


def _name(line: Line, key: str, *ends: tuple[_Cells, ReadEnd]) -> str:
    """Return what a cell is called at the first end that has it."""
    cells, end = next(one for one in ends if key in one[0])
    return cell_name(line, cells[key][1], end.solved.members, end.solved.values)


def _cells(line: Line, end: ReadEnd) -> _Cells:
    """Return the value and the place of every cell of a line by key; None for a blank."""
    values = end.solved.values[line]
    return {key: (_plain(values[index]), index) for key, index in filled(line, end.solved.members)}


def _plain(cell: float | str) -> Value:
    if isinstance(cell, str):
        return cell or None
    return None if np.isnan(cell) else float(cell)


def _kind(key: str, values: tuple[Value, Value], old: ReadEnd, new: ReadEnd) -> InputKind:
    if values[0] is None:
        return "entered"
    if values[1] is None:
        return "left"
    override = old.case.overridden.get(key)
    ran_out = override is not None and override.expires <= new.case.as_of_serial
    return "expired" if ran_out and key not in new.case.overridden else "changed"


def _change(
    key: str,
    label: str,
    kind: InputKind,
    values: tuple[Value, Value],
    old: Told | None,
    new: Told | None,
) -> InputChange:
    first, second = (one or Told() for one in (old, new))
    unit = first.unit if values[1] is None else second.unit
    return InputChange(
        key,
        label,
        unit,
        kind,
        *values,
        first.source,
        second.source,
        first.published,
        second.published,
    )


def _overtaken(table: _Standing, old: ReadEnd, new: ReadEnd) -> Iterator[InputChange]:
    """Yield the rows of both reports that count in the old one and no longer in the new one."""
    before, after = (_counting(table, end) for end in (old, new))
    standing = {_group(table, new, index): key for key, index in after.items()}
    rows = _cells(table.figure, new)
    for key, index in before.items():
        if key in rows and key not in after:
            successor = standing.get(_group(table, old, index))
            kind: InputKind = "expired" if successor is None else "superseded"
            value = rows[key][0]
            here = told(table.figure, key, index, old)
            there = None
            if successor is not None:
                there = told(table.figure, successor, after[successor], new)
            name = cell_name(table.figure, index, old.solved.members, old.solved.values)
            yield _change(key, name, kind, (value, None), here, there)


def _counting(table: _Standing, end: ReadEnd) -> Mapping[str, tuple[int, ...]]:
    counts = end.solved.values[table.counts]
    cells = _cells(table.figure, end).items()
    return {key: index for key, (_, index) in cells if counts[index] > 0}


def _group(table: _Standing, end: ReadEnd, index: tuple[int, ...]) -> str:
    return str(end.solved.values[table.group][index]).casefold()
