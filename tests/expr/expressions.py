"""Random lines of a model and random inputs for them: the fuel of the n/a fuzz.

The inputs lie on a grid of what goes wrong: n/a, cleared cells, zero, negative and huge numbers,
blank texts, texts that look like something else. The lines use every word of the language.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr import functions as f
from reportgen.expr.nodes import NA, Dim, Line, Node, Unit
from reportgen.model.words import free_dims, or_zero

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members
    from tests.support.one_sheet import Index
    from tests.support.stored_cells import Value

CASE, ROW, DAY, STEP = Dim("case"), Dim("row"), Dim("day"), Dim("step")
ORDER = (STEP, CASE, ROW, DAY)
MEMBERS: Members = {
    CASE: ("bear", "base", "bull"),
    ROW: ("1", "2", "3", "4", "5"),
    DAY: tuple(f"d{k}" for k in range(7)),
    STEP: ("1", "2", "3", "4"),
}
FRAMES = ((), (CASE,), (ROW,), (CASE, ROW))
NUMBERS = (0.0, 0.0, 1.0, -1.0, 2.0, 3.0, -2.0, 0.5, -0.25, 12.0, 0.1, 37.5, 1e300, -1e300, 45991.0)
TEXTS = ("", "n/a", "bear", "BEAR", "Zürich", 'say "hi"', "100%", "=", "45991", "?", "b*")
PLACES = (0.0, 1.0, 2.0, 3.0, 5.0, 6.0, 1.5, 5.5, -1.0)
CONSTANTS = (0, 1, 2, 12, 100, -1, 0.5)
DAYS = (44000.0, 45000.0, 45001.0, 45657.0, 45716.0, 45991.0, 46081.0)

Typed = dict["Index", "Value | None"]


class RandomModel(NamedTuple):
    """Lines in order, what is typed in the given ones by index, and the same as arrays."""

    lines: tuple[Line, ...]
    typed: Mapping[Line, Typed]
    given: Mapping[Line, Array]


def as_array(line: Line, typed: Mapping[Index, Value | None]) -> Array:
    """What is typed in a given line, as the array with which a model is solved."""
    text = line.unit is Unit.TEXT
    array = np.empty([len(MEMBERS[dim]) for dim in line.dims], dtype=object if text else float)
    for index, value in typed.items():
        if text:
            array[index] = "" if value is None else value
        else:
            array[index] = value if isinstance(value, float) else np.nan
    return array


def random_model(rng: Random, size: int, *, cleared_series: bool = False) -> RandomModel:
    """A model of about `size` computed lines over its inputs.

    In `cleared_series` the cells of dated series may be blank, too: dates at the end and between.
    """
    writer = _Writer(rng, cleared_series=cleared_series)
    writer.inputs()
    for _ in range(size):
        writer.compute()
    given = {line: as_array(line, typed) for line, typed in writer.typed.items()}
    return RandomModel(tuple(writer.lines), writer.typed, given)


class _Writer:
    """Writes lines one after the other; what it has written, later lines may read."""

    def __init__(self, rng: Random, *, cleared_series: bool) -> None:
        self.rng = rng
        self.cleared_series = cleared_series
        self.lines: list[Line] = []
        self.typed: dict[Line, Typed] = {}
        self.numbers: list[Line] = []
        self.known: list[Line] = []  # numbers that are never n/a
        self.texts: list[Line] = []
        self.places: list[Line] = []
        self.dates: list[Line] = []

    # --- what is given ---

    def inputs(self) -> None:
        for dims in (*FRAMES, (), (ROW,)):
            self.numbers += [self._given(Unit.NUMBER, dims, NUMBERS) for _ in range(2)]
            self.known += [self._line(or_zero(self.numbers[-1]), Unit.NUMBER)]
            if len(dims) < 2:
                self.texts.append(self._given(Unit.TEXT, dims, TEXTS))
                self.places.append(self._given(Unit.COUNT, dims, PLACES))
        self.dates = [self._given(Unit.DATE, (DAY,), DAYS) for _ in range(2)]
        for dates in self.dates:
            self._make_calendar(dates)
        self.series = [self._given(Unit.NUMBER, (DAY,), NUMBERS) for _ in range(2)]
        if not self.cleared_series:
            for series in self.series:
                self.typed[series] = {
                    place: "n/a" if value is None else value
                    for place, value in self.typed[series].items()
                }
        self.series.append(self._line(f.either(self.series[0], NA), Unit.NUMBER))

    def _given(self, unit: Unit, dims: tuple[Dim, ...], grid: Sequence[Value]) -> Line:
        line = Line(f"given{len(self.lines)}", "", unit, dims)
        self.typed[line] = {
            index: self._cell(grid, text=unit is Unit.TEXT)
            for index in product(*(range(len(MEMBERS[dim])) for dim in dims))
        }
        self.lines.append(line)
        return line

    def _cell(self, grid: Sequence[Value], *, text: bool) -> Value | None:
        draw = self.rng.random()
        if draw < 0.12:
            return None
        return "n/a" if draw < 0.2 and not text else self.rng.choice(grid)

    def _make_calendar(self, dates: Line) -> None:
        """Days in order; the last rows may be spare, and a cell between may be cleared."""
        spare, cleared = self.rng.randrange(4), self.rng.randrange(12)
        for day, place in enumerate(self.typed[dates]):
            blank = self.cleared_series and (day >= len(DAYS) - spare or day == cleared)
            self.typed[dates][place] = None if blank else DAYS[day]

    # --- what is computed ---

    def compute(self) -> None:
        frame = self.rng.choice(FRAMES)
        kind = self.rng.random()
        if kind < 0.62:
            self.numbers.append(self._line(self.number(4, frame), Unit.NUMBER))
        elif kind < 0.72:
            self.texts.append(self._line(self.text(3, frame), Unit.TEXT))
        elif kind < 0.82:
            truth = self.truth(3, frame)
            self.known.append(self._line(f.where(f.known(truth), or_zero(truth), 0), Unit.FLAG))
        elif kind < 0.92:
            self.known.append(self._line(or_zero(self.number(3, frame)), Unit.NUMBER))
        else:
            self._ladder()

    def _line(self, expr: Node, unit: Unit) -> Line:
        free = free_dims(expr)
        dims = tuple(dim for dim in ORDER if dim in free)
        line = Line(f"line{len(self.lines)}", "", unit, dims, expr)
        self.lines.append(line)
        return line

    def _ladder(self) -> None:
        """Two lines that look back at each other, over a dimension of steps."""
        frame: tuple[Dim, ...] = self.rng.choice(((), (CASE,)))
        keys = [f"line{len(self.lines) + k}" for k in (0, 1)]
        before = f.previous(keys[0], STEP, self.number(1, frame))
        sign = f.previous(keys[1], STEP, 0)
        low = self._step(before / 2 + sign * self.number(1, frame), frame)
        high = f.where(low > self.number(1, frame), 1, -1) * self.number(1, frame)
        self._step(high, frame)
        end = f.at(low, STEP, self.rng.choice(MEMBERS[STEP]))
        self.numbers.append(self._line(end + 0, Unit.NUMBER))

    def _step(self, expr: Node, frame: tuple[Dim, ...]) -> Line:
        line = Line(f"line{len(self.lines)}", "", Unit.NUMBER, (STEP, *frame), expr)
        self.lines.append(line)
        return line

    def number(self, depth: int, frame: tuple[Dim, ...]) -> Node:
        if depth == 0 or self.rng.random() < 0.12:
            return self._number_leaf(frame)
        make = self.rng.choice(
            (self._arithmetic, self._arithmetic, self._function, self._choice, self._over_range)
        )
        return make(depth - 1, frame)

    def _number_leaf(self, frame: tuple[Dim, ...]) -> Node:
        draw = self.rng.random()
        if draw < 0.15:
            return f.node(self.rng.choice(CONSTANTS))
        if draw < 0.18:
            return NA
        if draw < 0.3 and CASE in frame:
            return f.by(CASE, **{case: self._number_leaf(frame) for case in MEMBERS[CASE]})
        if draw < 0.36:
            line = self._pick_line(self.numbers + self.known, (CASE,), exactly=True)
            return f.spot(line, "base")
        if draw < 0.42:
            line = self._pick_line(self.numbers + self.known, (CASE, *frame), having=CASE)
            return f.at(line, CASE, self.rng.choice(MEMBERS[CASE]))
        return self._pick_line(self.numbers + self.known, frame)

    def _pick_line(
        self,
        lines: list[Line],
        frame: tuple[Dim, ...],
        *,
        having: Dim | None = None,
        exactly: bool = False,
    ) -> Line:
        fitting = [
            line
            for line in lines
            if set(line.dims) <= set(frame)
            and (having is None or having in line.dims)
            and (not exactly or line.dims == frame)
        ]
        return self.rng.choice(fitting)

    def _arithmetic(self, depth: int, frame: tuple[Dim, ...]) -> Node:
        a, b = (self.number(depth, frame) for _ in range(2))
        draw = self.rng.randrange(8)
        if draw == 0:
            return -a
        if draw == 1:
            return _modest(a) ** self.rng.choice((_modest(b) / 12, f.node(2), f.node(1)))
        if draw == 2:
            return 2 ** (_modest(b) / 2)
        if draw in {3, 4}:
            return a / b
        return (a + b, a - b, a * b)[draw - 5]

    def _function(self, depth: int, frame: tuple[Dim, ...]) -> Node:
        a, b = (self.number(depth, frame) for _ in range(2))
        made = (
            lambda: f.minimum(a, b),
            lambda: f.maximum(a, b, self.number(depth, frame)),
            lambda: f.absolute(a),
            lambda: f.ln(a),
            lambda: f.exp(a),
            lambda: f.months_before(self._pick_line(self.places, frame) * 10000 + 26000, 6),
            lambda: f.months_before(45991 + _modest(a), 12),
            lambda: f.months_before(_modest(a), 1),
            lambda: self.truth(depth, frame),
        )
        return self.rng.choice(made)()

    def _choice(self, depth: int, frame: tuple[Dim, ...]) -> Node:
        a, b = (self.number(depth, frame) for _ in range(2))
        made = (
            lambda: f.where(self.truth(depth, frame), a, b),
            lambda: f.where(f.known(a), a + 1, b),
            lambda: f.where(f.known(a) & f.known(b), a * b, NA),
            lambda: f.where(self.number(depth, frame), a, b),
            lambda: f.either(a, b),
            lambda: or_zero(a),
            lambda: f.where(a > 0, _modest(a) ** 0.5, NA),
        )
        return self.rng.choice(made)()

    def _over_range(self, depth: int, frame: tuple[Dim, ...]) -> Node:
        reduce = (f.total, f.sum_known, f.count_known, f.mean, f.smallest, f.largest)
        if ROW in frame and self.rng.random() < 0.5:  # beside a row only conditions range over rows
            return self._conditional(depth, frame)
        rows = self._pick_line(self.numbers + self.known, (*frame, ROW), having=ROW)
        place = self._pick_line(self.places, frame)
        day = self.rng.choice((f.node(45991), self.number(depth, frame), place * 10000 + 26000))
        made = (
            lambda: self.rng.choice(reduce)(rows, ROW),
            lambda: f.sample_stdev(self._pick_line(self.places, (ROW,), exactly=True), ROW),
            lambda: self._conditional(depth, frame),
            lambda: f.as_of(self.rng.choice(self.dates), self.rng.choice(self.series), day),
            lambda: f.pick(self._pick_line(self.numbers, (ROW,), exactly=True), ROW, place),
            lambda: f.pick(self._pick_line(self.numbers, (ROW,), exactly=True), ROW, place + 1),
        )
        return self.rng.choice(made)()

    def _conditional(self, depth: int, frame: tuple[Dim, ...]) -> Node:
        if self.rng.random() < 0.4:
            return f.count_where(ROW, self._row_condition(depth, frame))
        # LibreOffice takes 0 for the sum where the condition is n/a and so is every value.
        values = self._pick_line(self.rng.choice((self.numbers, self.known)), (ROW,), exactly=True)
        sure = values not in self.known
        return f.sum_where(ROW, self._row_condition(depth, frame, sure=sure), values)

    def _row_condition(self, depth: int, frame: tuple[Dim, ...], *, sure: bool = False) -> Node:
        number = f.each(self._pick_line(self.known, (ROW,), exactly=True))
        text = f.each(self._pick_line(self.texts, (ROW,), exactly=True))

        def limit() -> Node:
            return self._pick_line(self.known, frame) if sure else self.number(depth, frame)

        def part() -> Node:
            return self._row_condition(0, frame, sure=sure)

        made = (
            lambda: number > limit(),
            lambda: number <= limit(),
            lambda: f.equal(number, limit()),
            lambda: f.same(text, self.text(0, frame)),
            lambda: -number * 2 > 1,
            lambda: part() * part(),
            lambda: part() + part(),
            lambda: 1 - part(),
            lambda: part() & part(),
            lambda: part() | part(),
            lambda: ~part(),
            lambda: number & ~number,
        )
        return self.rng.choice(made[:5] if depth == 0 else made)()

    def truth(self, depth: int, frame: tuple[Dim, ...]) -> Node:
        a, b = (self.number(max(depth - 1, 0), frame) for _ in range(2))
        made = (
            lambda: a < b,
            lambda: a <= b,
            lambda: a > b,
            lambda: a >= 0,
            lambda: f.equal(a, b),
            lambda: f.known(a),
            lambda: f.same(self.text(0, frame), self.text(1, frame)),
            lambda: f.given_text(self.text(0, frame)),
            lambda: self.truth(depth - 1, frame) & self.truth(depth - 1, frame),
            lambda: self.truth(depth - 1, frame) | a,
            lambda: ~self.truth(depth - 1, frame),
            lambda: f.equal(self.truth(depth - 1, frame), b),
        )
        return self.rng.choice(made[:8] if depth <= 0 else made)()

    def text(self, depth: int, frame: tuple[Dim, ...]) -> Node:
        if depth == 0:
            leaf = self.rng.choice((*TEXTS, None, None, None, None, None, None))
            return self._pick_line(self.texts, frame) if leaf is None else f.node(leaf)
        a = self.number(depth - 1, frame)
        place = self._pick_line(self.places, frame)
        made = (
            lambda: f.where(self.truth(depth - 1, frame), self.text(depth - 1, frame), "other"),
            lambda: f.where(self.truth(0, frame), NA, self.text(depth - 1, frame)),
            lambda: f.concat(self.text(depth - 1, frame), "/", self.text(0, frame)),
            lambda: f.concat("no. ", place, " ", place + 2025),
            lambda: f.fixed(_modest(a), self.rng.randrange(3)),
            lambda: f.percent(_modest(a), self.rng.randrange(2)),
            lambda: f.date_text(f.either(place, 0) * 10000 + 26000),
            lambda: f.date_text(45991 + _modest(a)),
            lambda: f.date_text(_modest(a)),
            lambda: f.pick(self._pick_line(self.texts, (ROW,), exactly=True), ROW, place),
        )
        return self.rng.choice(made)()


def _modest(number: Node) -> Node:
    """A number within what every program computes: powers below 2^-1000 vanish only in some."""
    return f.maximum(-1000, f.minimum(number, 1000))
