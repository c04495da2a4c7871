"""Charts as SVG, drawn by plain functions: numbers in, a drawing out.

What a bar says in words stands beside it as text of the page, which keeps its size on a phone; bars
are drawn in percent of their track. Only lines over time carry their words inside of the drawing.
Colours are classes: the page's style knows them by day and by night.
"""

from __future__ import annotations

from itertools import accumulate
from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, NamedTuple, Protocol

from markupsafe import Markup

from reportgen.periods import FIRST_DAY, from_serial, serial

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MARK = 0.6  # the width of the mark of a level, in percent of the drawing
LEAST = 0.3  # the width of the smallest bar, so that it can be seen at all


class Scale(NamedTuple):
    """From values to percent of a drawing."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """Return where a value stands, in percent from the left."""
        return 100 * (value - self.low) / ((self.high - self.low) or 1.0)


def spanning(values: Iterable[float | None], room: float = 0.0) -> Scale:
    """Return the scale that holds all values that are known, with some room at either side."""
    known = [value for value in values if value is not None and isfinite(value)] or [0.0]
    low, high = min(known), max(known)
    beside = (high - low) * room
    return Scale(low - beside, high + beside)


class Mark(NamedTuple):
    """Part of a track: percent from the left and of the width; `look` names its class."""

    left: float
    width: float
    look: str


def track(marks: Iterable[Mark]) -> Markup:
    """Return a bar's track with what is marked on it."""
    drawn = Markup("").join(
        Markup('<rect class="{}" x="{:.2f}%" width="{:.2f}%" height="100%"/>').format(
            mark.look, mark.left, mark.width
        )
        for mark in marks
    )
    return Markup('<svg class="track" aria-hidden="true">{}</svg>').format(drawn)


class Moving(Protocol):
    """A step of a waterfall: the levels it spans; a level itself is a mark."""

    @property
    def before(self) -> float: ...  # noqa: D102 - the class says it
    @property
    def after(self) -> float: ...  # noqa: D102
    @property
    def is_level(self) -> bool: ...  # noqa: D102


def waterfall(steps: Sequence[Moving]) -> list[Markup]:
    """Return the track of each step, on a scale that just holds all levels."""
    scale = spanning(step.after for step in steps)
    return [track((_step(step, scale),)) for step in steps]


def _step(step: Moving, scale: Scale) -> Mark:
    part = (100 - MARK) / 100
    if step.is_level:
        return Mark(part * scale.share(step.after), MARK, "level")
    left, right = sorted((part * scale.share(step.before), part * scale.share(step.after)))
    return Mark(left, max(right - left, LEAST), "rise" if step.after >= step.before else "fall")


class Level(NamedTuple):
    """A value that is marked on every row of a chart."""

    value: float | None
    look: str


def ranges(
    rows: Sequence[tuple[float | None, float | None, str]], levels: Sequence[Level]
) -> list[Markup]:
    """Return a track for each (low, high, look), with the levels marked across all of them.

    A row of which an end is not known is empty but for the levels.
    """
    ends = [
        end for low, high, _ in rows if low is not None and high is not None for end in (low, high)
    ]
    scale = spanning((*ends, *(level.value for level in levels)), room=0.03)
    crossing = [
        Mark(scale.share(level.value) - MARK / 2, MARK, f"mark {level.look}")
        for level in levels
        if level.value is not None
    ]
    return [track((*_range(low, high, look, scale), *crossing)) for low, high, look in rows]


def _range(low: float | None, high: float | None, look: str, scale: Scale) -> Iterable[Mark]:
    if low is not None and high is not None:
        yield Mark(scale.share(low), max(scale.share(high) - scale.share(low), LEAST), look)


def bar(value: float | None, most: float, look: str) -> Markup:
    """Return the track of a value from 0 to `most`; empty where it is not known."""
    if value is None:
        return track(())
    return track((Mark(0.0, max(0.0, min(100.0, 100 * value / (most or 1.0))), look),))


# --- lines ---
_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 100.0, 24.0, 3.0


def sparkline(values: Sequence[float | None], told: str, look: str = "price") -> Markup:
    """Return a small line over equal steps, its last value a dot; gaps where one is not known."""
    scale = spanning(values)
    step = (_SPARK_WIDTH - 2 * _SPARK_EDGE) / max(1, len(values) - 1)
    height = _SPARK_HEIGHT - 2 * _SPARK_EDGE
    places = [
        None
        if value is None
        else (
            _SPARK_EDGE + at * step,
            _SPARK_HEIGHT / 2
            if scale.low == scale.high
            else _SPARK_EDGE + height * (1 - scale.share(value) / 100),
        )
        for at, value in enumerate(values)
    ]
    lines = Markup("").join(
        Markup('<polyline points="{}"/>').format(_points(part)) for part in _unbroken(places)
    )
    last = places[-1] if places else None
    dot = (
        Markup("")
        if last is None
        else Markup('<circle cx="{:.1f}" cy="{:.1f}" r="2.5"/>').format(*last)
    )
    return Markup(
        '<svg class="spark {}" viewBox="0 0 100 24" role="img"><title>{}</title>{}{}</svg>'
    ).format(look, told, lines, dot)


def _unbroken(
    places: Sequence[tuple[float, float] | None],
) -> Iterable[list[tuple[float, float]]]:
    part: list[tuple[float, float]] = []
    for place in (*places, None):
        if place is not None:
            part.append(place)
        elif part:
            yield part
            part = []


def _points(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


class Curve(NamedTuple):
    """A line through (day, value) points; `told` stands at its end, if anything does."""

    points: tuple[tuple[float, float], ...]
    look: str
    told: str = ""
    dashed: bool = False


class Dot(NamedTuple):
    """A point of its own; a pointer that rests on it is told what it is."""

    day: float
    value: float
    look: str
    told: str


_WIDTH, _HEIGHT = 400.0, 235.0
_LEFT, _TOP, _BOTTOM, _RIGHT, _END = 44.0, 10.0, 24.0, 12.0, 104.0
_LINE = 14.0  # the least distance of two labels
_TICKS, _DATES = 5, 5  # how many at the most
_FIRST_DAY, _AFTER_LAST_DAY = float(serial(FIRST_DAY)), 2_958_466.0
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LARGEST = 1e15  # no price of a share, and more than a scale can be cut into steps
_MOST_DECIMALS = 6
_MONTHS = (1, 2, 3, 4, 6, 12, 24, 36, 60)


def line_chart(curves: Sequence[Curve], dots: Sequence[Dot] = (), *, told: str) -> Markup:
    """Return lines over days, with dots; days are serial numbers.

    `told` says in words what is to be seen. A point that is on no day, or has no value, is left
    out; empty where there is nothing to draw.
    """
    curves = [curve._replace(points=tuple(filter(_is_drawn, curve.points))) for curve in curves]
    dots = [dot for dot in dots if _is_drawn((dot.day, dot.value))]
    days = [day for curve in curves for day, _ in curve.points] + [dot.day for dot in dots]
    values = [value for curve in curves for _, value in curve.points]
    values += [dot.value for dot in dots]
    if not values or min(days) == max(days):
        return Markup("")
    plan = _Plan(spanning(days), _rounded(spanning(values)), any(curve.told for curve in curves))
    parts = [*_grid(plan), *_dates(plan)]
    parts += [_curve(curve, plan) for curve in curves]
    parts += [_dot(dot, plan) for dot in dots]
    parts += _ends(curves, plan)
    return Markup(
        '<svg class="chart" viewBox="0 0 {:.0f} {:.0f}" role="img"><title>{}</title>{}</svg>'
    ).format(_WIDTH, _HEIGHT, told, Markup("").join(parts))


def _is_drawn(point: tuple[float, float]) -> bool:
    day, value = point
    return _FIRST_DAY <= day < _AFTER_LAST_DAY and abs(value) < _LARGEST


class _Plan(NamedTuple):
    """Where days and values stand in the drawing."""

    days: Scale
    values: Scale
    has_ends: bool

    @property
    def right(self) -> float:
        return _WIDTH - (_END if self.has_ends else _RIGHT)

    def x(self, day: float) -> float:
        return _LEFT + (self.right - _LEFT) * self.days.share(day) / 100

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * self.values.share(value) / 100


def _step_of(scale: Scale) -> float:
    """Return a round distance of ticks: 1, 2, 2.5 or 5 of a power of ten."""
    span = (scale.high - scale.low) or abs(scale.high) or 1.0
    size = 10.0 ** floor(log10(span / _TICKS))
    return next(part * size for part in (1, 2, 2.5, 5, 10) if span / (part * size) <= _TICKS)


def _rounded(scale: Scale) -> Scale:
    """Return a scale from tick to tick."""
    step = _step_of(scale)
    low, high = floor(scale.low / step), ceil(scale.high / step)
    return Scale(low * step, max(high, low + 1) * step)


def _grid(plan: _Plan) -> Iterable[Markup]:
    step = _step_of(plan.values)
    decimals = next((n for n in range(_MOST_DECIMALS) if round(step, n) == step), _MOST_DECIMALS)
    count = round((plan.values.high - plan.values.low) / step)
    for at in range(count + 1):
        value = plan.values.low + at * step
        y = plan.y(value)
        yield Markup('<line class="grid" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>').format(
            _LEFT, plan.right, y, y
        )
        yield Markup('<text class="tick" x="{:.1f}" y="{:.1f}" text-anchor="end">{}</text>').format(
            _LEFT - 6, y + 4, f"{value:,.{decimals}f}"
        )


def _dates(plan: _Plan) -> Iterable[Markup]:
    """Yield the first days of months at even distance, few enough to be read."""
    first, last = from_serial(int(plan.days.low)), from_serial(int(plan.days.high))
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    step = next((step for step in _MONTHS if len(months) / step <= _DATES), _MONTHS[-1])
    for month in months:
        if month % step == 0:
            day = first.replace(year=month // 12, month=month % 12 + 1, day=1)
            yield Markup(
                '<text class="tick" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
            ).format(plan.x(serial(day)), _HEIGHT - 6, f"{_NAMES[day.month - 1]} {day:%y}")


def _curve(curve: Curve, plan: _Plan) -> Markup:
    places = ((plan.x(day), plan.y(value)) for day, value in curve.points)
    look = f"{curve.look} dashed" if curve.dashed else curve.look
    return Markup('<polyline class="{}" points="{}"/>').format(look, _points(places))


def _dot(dot: Dot, plan: _Plan) -> Markup:
    return Markup(
        '<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="4"><title>{}</title></circle>'
    ).format(dot.look, plan.x(dot.day), plan.y(dot.value), dot.told)


def _ends(curves: Sequence[Curve], plan: _Plan) -> Iterable[Markup]:
    """Yield what stands at the ends of the lines, kept apart so that each can be read."""
    named = sorted(
        (curve for curve in curves if curve.told and curve.points),
        key=lambda curve: plan.y(curve.points[-1][1]),
    )
    places = apart([plan.y(curve.points[-1][1]) for curve in named], _LINE, _HEIGHT - _BOTTOM)
    for curve, y in zip(named, places, strict=True):
        yield Markup('<text class="end {}" x="{:.1f}" y="{:.1f}">{}</text>').format(
            curve.look, plan.right + 6, y + 4, curve.told
        )


def apart(places: Sequence[float], least: float, most: float) -> list[float]:
    """Return ascending places moved as far as it takes to stand apart, none beyond `most`."""
    down = list(accumulate(places, lambda above, here: max(here, above + least)))
    up = accumulate(
        reversed(down), lambda below, here: min(here, below - least), initial=most + least
    )
    return list(up)[:0:-1]
