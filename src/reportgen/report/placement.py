"""Where every cell of every line stands, and how a formula on some tab spells its address.

First the names of columns that are looked up all over the workbook, then addresses as text, many
at once, then the places of lines, and last what a chart refers to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reportgen.model import fundamentals, market, twelve_months
from reportgen.model.evidence import claims, products
from reportgen.model.inputs import conversion, market_data, sources
from reportgen.model.whatif import value_at_stake
from reportgen.xlsx.addresses import Ref, column_name, quoted_sheet, seen_from

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.expr.nodes import Dim, Line, Node, Study
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members


# A name stands for the whole column, follows inserted rows and keeps formulas readable.
RANGE_NAMES = {
    market_data.close_date: "close_dates",
    market_data.close: "closes",
    market.day_of_close: "close_days_known",
    market.close_of_day: "closes_known",
    market_data.benchmark_date: "benchmark_dates",
    market_data.benchmark_close: "benchmark_closes",
    market_data.estimate_date: "estimate_dates",
    market_data.estimate_value: "estimate_values",
    conversion.currency_code: "currency_codes",
    conversion.currency_number: "currency_numbers",
    conversion.cross: "currency_rates",
    conversion.measure: "unit_names",
    conversion.measure_number: "unit_numbers",
    conversion.measure_divisor: "unit_divisors",
    conversion.measure_millions: "unit_millions",
    conversion.measure_currency: "unit_currencies",
    conversion.measure_subunits: "unit_parts",
    conversion.measure_kind: "unit_kinds",
    conversion.measure_parts: "unit_parts_of_money",
    conversion.any_case: "unit_any_case",
    sources.source_id: "source_ids",
    sources.source_row: "source_rows",
    sources.source_reliability: "source_reliabilities",
    sources.source_group: "source_groups",
    sources.source_tier: "source_tiers",
    fundamentals.row: "reported_rows",
    fundamentals.series: "reported_series",
    fundamentals.newest_value: "reported_newest",
    fundamentals.in_price_currency: "reported_values",
    fundamentals.yoy: "reported_yoy",
    fundamentals.number: "reported_numbers",
    fundamentals.change: "reported_change",
    fundamentals.change_source: "reported_by",
    twelve_months.slot: "reported_slots",
    fundamentals.ends: "reported_ends",
    fundamentals.period_label: "period_names",
    fundamentals.period_months: "period_months",
    fundamentals.period_month: "period_ends",
    twelve_months.counts: "reported_counts",
    twelve_months.before: "reported_before",
    twelve_months.twelve_months: "flow_values",
    claims.fact_id: "fact_ids",
    claims.fact_number: "fact_numbers",
    claims.fact_millions: "fact_millions",
    products.offer_id: "offer_ids",
    products.offer_number: "offer_numbers",
    value_at_stake.key: "stake_keys",
    value_at_stake.row: "stake_rows",
    value_at_stake.rank: "stake_ranks",
    value_at_stake.weak_rank: "stake_weak_ranks",
    value_at_stake.at_stake: "stake_sizes",
}


UNMOVED = -1  # the row of a cell that a study does not move and so does not repeat
Sheets = tuple[str, str]  # where the cells stand, and where the formula stands


def constant(text: str, shape: tuple[int, ...]) -> Array:
    """Return one text for every cell of a shape."""
    array = np.empty(shape, dtype=object)
    array[...] = text
    return array


def spell(sheets: Sheets, rows: Array, cols: Array, pins: tuple[bool, bool]) -> Array:
    """Return the addresses of cells, shaped like their rows; `pins` set dollar signs."""
    row_sign, col_sign = ("$" if pin else "" for pin in pins)
    home, seen_from = sheets
    start = ("" if home == seen_from else f"{quoted_sheet(home)}!") + col_sign
    return _objects(
        [
            f"{start}{column_name(col)}{row_sign}{row + 1}"
            for row, col in zip(rows.ravel().tolist(), cols.ravel().tolist(), strict=True)
        ],
        rows.shape,
    )


def spell_ranges(
    line: Line, sheets: Sheets, cells: tuple[Array, Array], axis: int, pins: tuple[bool, bool]
) -> Array:
    """Return the ranges that the cells (rows, columns) of a line span along an axis.

    Raises ValueError where they do not stand side by side.
    """
    rows, cols = (np.moveaxis(part, axis, -1) for part in cells)
    down, right = rows[..., -1] - rows[..., 0], cols[..., -1] - cols[..., 0]
    unbroken = (down + right == rows.shape[-1] - 1) & ((down == 0) | (right == 0))
    if not np.all(unbroken | (rows[..., 0] == UNMOVED)):
        raise ValueError(f"{line.key} is read as a range, but its cells do not stand side by side")
    first = spell(sheets, rows[..., 0], cols[..., 0], pins)
    last = spell((sheets[0], sheets[0]), rows[..., -1], cols[..., -1], pins)
    pairs = zip(first.ravel(), last.ravel(), strict=True)
    return _objects([f"{start}:{end}" for start, end in pairs], first.shape)


def _objects(texts: list[str], shape: tuple[int, ...]) -> Array:
    array = np.empty(len(texts), dtype=object)
    array[:] = texts
    return array.reshape(shape)


@dataclass(frozen=True, slots=True)
class Placement:
    """The cells of a line on one tab: zero-based rows and columns, shaped like its values.

    `name` is a defined name for a scalar, used in formulas instead of its address. `down` and
    `across` are the dimensions of more than one member that run over rows and over columns.
    """

    sheet: str
    rows: Array
    cols: Array
    name: str = ""
    down: frozenset[Dim] = frozenset()
    across: frozenset[Dim] = frozenset()


@dataclass(frozen=True, slots=True)
class StudyPlacement:
    """The cells of a study: one column a what-if, one row a cell of a line that it moves.

    `rows` are shaped like a line's values, `affected` (what-if, *dims): which cells move.
    """

    sheet: str
    columns: Array
    rows: Mapping[Line, Array]
    affected: Mapping[Line, Array]


@dataclass(slots=True)
class Places:
    """All placements of a report; `links` are the expressions of lines linked cell by cell.

    The `constants` come to one value for good: their cells hold it, not their formula. `called_up`
    are the cells in which a tab shows a whole input of another: its formulas read them there.
    """

    members: Members
    by_key: Mapping[str, Line] = field(default_factory=dict)
    links: Mapping[Line, tuple[Node, ...]] = field(default_factory=dict)
    lines: dict[Line, Placement] = field(default_factory=dict)
    studies: dict[Study, StudyPlacement] = field(default_factory=dict)
    called_up: dict[tuple[Line, str], Placement] = field(default_factory=dict)
    constants: frozenset[Line] = frozenset()
    _spelled: dict[tuple[object, ...], Array] = field(default_factory=dict)

    def cells(self, line: Line, sheet: str, pins: tuple[bool, bool]) -> Array:
        """Return the addresses of a line's cells as seen from a tab, shaped like its values.

        `pins` say whether the row and the column are absolute.
        """
        key = line, sheet, pins
        known = self._spelled.get(key)
        if known is None:
            known = self._spelled[key] = _spelled(self.read_at(line, sheet), sheet, pins)
        return known

    def read_at(self, line: Line, sheet: str) -> Placement:
        """Return where the formulas of a tab read a line: where it stands, or is called up."""
        return self.called_up.get((line, sheet), self.lines[line])

    def home(self, line: Line, sheet: str) -> Array:
        """Return the addresses of the cells where a line stands, as seen from a tab."""
        return _spelled(self.lines[line], sheet, (False, False))

    def ranges(
        self,
        line: Line,
        dim: Dim,
        sheet: str,
        pins: tuple[bool, bool],
        cut: tuple[int, int] = (0, 0),
    ) -> Array:
        """Return the ranges of a line over a dimension; the other dimensions stay.

        `cut` says how many members are left out at the beginning and at the end, but not all of
        them. Raises ValueError where the cells do not stand in one unbroken row or column.
        """
        if line in RANGE_NAMES and not any(cut):
            return constant(RANGE_NAMES[line], ())
        place, axis = self.lines[line], line.dims.index(dim)
        first, last = cut
        kept = np.arange(first, self.size(dim) - last or self.size(dim))
        return self._once(
            (line, dim, sheet, pins, cut),
            lambda: spell_ranges(
                line,
                (place.sheet, sheet),
                (place.rows.take(kept, axis), place.cols.take(kept, axis)),
                axis,
                pins,
            ),
        )

    def size(self, dim: Dim) -> int:
        """Return how many members a dimension has."""
        return len(self.members[dim])

    def whole(self, first: Line, last: Line, sheet: str) -> Array:
        """Return the area from the cells of a line to those of another, as seen from a tab.

        It is 0, which is a number, where nothing can be typed into them. Raises ValueError where
        other cells stand among them.
        """
        if not {first, last} <= self.lines.keys() or first in self.constants:
            return constant("0", ())
        parts = [self.lines[line] for line in dict.fromkeys((first, last))]
        rows = np.concatenate([part.rows.ravel() for part in parts])
        cols = np.concatenate([part.cols.ravel() for part in parts])
        top, left, bottom, right = map(int, (rows.min(), cols.min(), rows.max(), cols.max()))
        if (bottom - top + 1) * (right - left + 1) != rows.size:
            raise ValueError(f"{first.key} and {last.key} do not stand side by side")
        typed = Ref(parts[0].sheet, top, left, bottom, right)
        return constant(seen_from(typed, sheet), ())

    def study_cells(self, study: Study, line: Line, sheet: str) -> Array:
        """Return the addresses of a line's cells in a study, shaped (what-if, *dims)."""
        place = self.studies[study]
        return self._once(
            (study, line, sheet),
            lambda: spell((place.sheet, sheet), *_crossed(place, line), (False, False)),
        )

    def study_ranges(self, study: Study, line: Line, dim: Dim) -> Array:
        """Return the ranges of a line over a dimension in a study, shaped (what-if, *rest)."""
        place, axis = self.studies[study], 1 + line.dims.index(dim)
        return self._once(
            (study, line, dim),
            lambda: spell_ranges(
                line, (place.sheet, place.sheet), _crossed(place, line), axis, (False, False)
            ),
        )

    def _once(self, key: tuple[object, ...], make: Callable[[], Array]) -> Array:
        """Spell addresses the first time they are asked for, and keep them."""
        if key not in self._spelled:
            self._spelled[key] = make()
        return self._spelled[key]


def _spelled(place: Placement, sheet: str, pins: tuple[bool, bool]) -> Array:
    if place.name:
        return constant(place.name, place.rows.shape)
    return spell((place.sheet, sheet), place.rows, place.cols, pins)


def _crossed(place: StudyPlacement, line: Line) -> tuple[Array, Array]:
    """Return the rows and the columns of a line in a study, both (what-if, *dims)."""
    rows = place.rows[line]
    shape = (place.columns.size, *rows.shape)
    wide = place.columns.reshape((-1,) + (1,) * rows.ndim)
    return np.broadcast_to(rows[None], shape), np.broadcast_to(wide, shape)


def line_ref(places: Places, line: Line, *index: int) -> Ref:
    """Return the cells of a line, or of the part at some leading indices, as one reference.

    Raises ValueError where they do not stand side by side.
    """
    place = places.lines[line]
    rows, cols = (np.ravel(cells[index]) for cells in (place.rows, place.cols))
    if rows.size > 1 and len(set(rows.tolist())) > 1 and len(set(cols.tolist())) > 1:
        msg = f"the cells of {line.key} do not stand in one row or column"
        raise ValueError(msg)
    return Ref(place.sheet, int(rows.min()), int(cols.min()), int(rows.max()), int(cols.max()))
