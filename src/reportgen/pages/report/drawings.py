"""The charts of the page: risk and reward, ways of looking, drivers, hype, price targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from reportgen.model import dims
from reportgen.model.hype import price_targets
from reportgen.model.hype_score import sub
from reportgen.model.inputs import description, market_data
from reportgen.model.market import price
from reportgen.model.valuation import expected_value
from reportgen.pages.charts import Curve, Dot, Level, bar, line_chart, ranges, waterfall
from reportgen.pages.report.figures import Bar
from reportgen.report.tabs.cases.lines import PLACE, ranked_effect, ranked_label, ranked_text
from reportgen.report.tabs.history import trail
from reportgen.report.tabs.hype_adjusted import bars as hype_bars
from reportgen.report.tabs.hype_adjusted import lines as hype_lines
from reportgen.report.tabs.prices_targets import lines as target_lines
from reportgen.report.tabs.summary import ranges as views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.expr.nodes import Line
    from reportgen.pages.report.figures import Figure, Shower
    from reportgen.pages.report.stated import Stated

_AS_OF, _AHEAD = "as_of", "in 12 months"  # the last two points of the fan
_DRIVERS = 3  # a side
_SCORE = 100.0
_DAYS_BEFORE = 120  # of closes, before the first report that is remembered
_SAID = {"bull": "Bull", "expected": "Expected", "base": "Base", "bear": "Bear"}
_YEAR = 365.0
_LOOKS = {"cases": "base", "targets": "consensus", "hype": "hype"}  # of the ways of looking


def risk_and_reward(show: Shower) -> Markup:
    """Return the price so far, and lines from it to each value in 12 months."""
    stated = show.stated
    dated = [name for name in stated.rows(views.POINT) if name != _AHEAD]
    past = _points(stated, views.date, views.drawn_price, dated)
    now = _points(stated, views.date, views.drawn_price, [_AS_OF])
    ahead = stated.number(views.date, (_AHEAD,))
    curves = [Curve(past, "price")]
    for name in views.ENDINGS:
        end = stated.number(views.end, (name,))
        if now and ahead is not None and end is not None:
            told = stated.text(views.fan_caption, (name,))
            curves.append(Curve((*now, (ahead, end)), name, told, dashed=True))
    told = "The price so far, and lines from it to the bear, base, bull and hype-adjusted value."
    return line_chart(curves, told=told)


def _points(
    stated: Stated, day: Line, value: Line, names: Iterable[str]
) -> tuple[tuple[float, float], ...]:
    found = ((stated.number(day, (name,)), stated.number(value, (name,))) for name in names)
    return tuple((at, held) for at, held in found if at is not None and held is not None)


def football_field(show: Shower) -> list[Bar]:
    """Return what each way of looking says, from low to high, with price and expected value."""
    stated = show.stated
    names = [name for name in views.FIELDS if name in stated.rows(views.FIELD)]
    ends = [(stated.number(views.low, (n,)), stated.number(views.high, (n,))) for n in names]
    levels = [
        Level(stated.number(price), "price"),
        Level(stated.number(expected_value), "hype"),
    ]
    looks = [_LOOKS.get(name, "range") for name in names]
    tracks = ranges([(*end, look) for end, look in zip(ends, looks, strict=True)], levels)
    return [
        Bar(views.FIELDS[name], _ends(show, name), track)
        for name, track in zip(names, tracks, strict=True)
    ]


def _ends(show: Shower, name: str) -> tuple[Figure, ...]:
    low, high = show.cents(views.low, name), show.cents(views.high, name)
    return (low,) if low.text == high.text else (low, high)


def drivers(show: Shower, case: str) -> list[Bar]:
    """Return the largest drivers of a case from base, what each stands at and moves."""
    stated = show.stated
    places = stated.rows(PLACE)[:_DRIVERS]
    every = [stated.number(ranked_effect, (side, n)) for side in ("bull", "bear") for n in places]
    most = max((abs(one) for one in every if one is not None), default=0.0)
    found = []
    for place in places:
        effect = stated.number(ranked_effect, (case, place))
        label = stated.text(ranked_label, (case, place))
        if label and effect is not None:
            track = bar(abs(effect), most, case)
            figures = (
                show.figure(ranked_text, case, place),
                show.change(ranked_effect, case, place),
            )
            found.append(Bar(label, figures, track))
    return found


class _Step(NamedTuple):
    before: float
    after: float
    is_level: bool


def hype_bridge(show: Shower) -> list[Bar]:
    """Return the way from the consensus, or the bull narrative, to the hype-adjusted value.

    A component that takes nothing off for a reason says it: off, not applicable or n/a.
    """
    stated = show.stated
    names = stated.rows(hype_bars.BAR)
    steps = [
        _Step(
            stated.number(hype_bars.bar_before, (name,)) or 0.0,
            stated.number(hype_bars.bar_after, (name,)) or 0.0,
            bool(stated.number(hype_bars.bar_is_total, (name,))),
        )
        for name in names
    ]
    if not any(step.is_level and step.after for step in steps):
        return []
    found = []
    for name, step, track in zip(names, steps, waterfall(steps), strict=True):
        if step.is_level:
            figure = show.cents(hype_bars.bar_step, name)
        elif stated.number(hype_bars.bar_step, (name,)) is None:
            figure = show.figure(
                hype_bars.bar_step, name, text=stated.text(hype_bars.bar_lack, (name,))
            )
        else:
            figure = show.change(hype_bars.bar_amount, name)
        note = _meaning(stated, name)
        label = stated.text(hype_bars.bar_name, (name,))
        found.append(Bar(label, (figure,), track, note, step.is_level))
    return found


def _meaning(stated: Stated, component: str) -> str:
    if component not in dims.COMPONENTS:
        return ""
    return stated.text(hype_lines.component_reason, (component,))


def hype_scores(show: Shower) -> list[Bar]:
    """Return the parts of the hype score, the highest first; one that is n/a last, with why.

    One that the pack does not ask for is left out.
    """
    stated = show.stated
    scored = [
        (name, stated.number(sub, (name,)))
        for name in stated.rows(dims.SUB_SCORE)
        if stated.number(hype_lines.is_asked, (name,)) != 0
    ]
    order = sorted(scored, key=lambda one: -1.0 if one[1] is None else one[1], reverse=True)
    return [
        Bar(
            stated.text(hype_lines.name, (name,)) or name,
            (show.figure(sub, name),),
            bar(score, _SCORE, "hype"),
            stated.text(hype_lines.reason, (name,)),
        )
        for name, score in order
    ]


def prices_and_targets(show: Shower) -> Markup:
    """Return the closes, each target on the day it was published, and the consensus of a year."""
    stated = show.stated
    as_of = stated.number(description.as_of)
    closes = _points(stated, market_data.close_date, market_data.close, stated.rows(dims.CLOSE))
    curves = [Curve(tuple(sorted(closes)), "price")]
    consensus = stated.number(price_targets.consensus)
    if consensus is not None and as_of is not None:
        told = f"Consensus {stated.amounts.cents(consensus)}"
        curves.append(
            Curve(((as_of - _YEAR, consensus), (as_of, consensus)), "consensus", told, dashed=True)
        )
    told = "Closes, and each price target on the day it was published."
    dots = [*_targets(stated, target_lines.drawn_other, "muted")]
    dots += _targets(stated, target_lines.drawn_in_use, "expected")
    return line_chart(curves, dots, told=told)


def _targets(stated: Stated, drawn: Line, look: str) -> Iterator[Dot]:
    for name in stated.rows(dims.TARGET):
        day = stated.number(target_lines.drawn_day, (name,))
        value = stated.number(drawn, (name,))
        if day is not None and value is not None:
            broker = stated.text(price_targets.broker, (name,))
            when = stated.told(price_targets.published, (name,))
            yield Dot(day, value, look, f"{broker} {stated.amounts.cents(value)}, {when}")


def past_values(show: Shower) -> Markup:
    """Return the closes, and what earlier reports and this one said, each on its day."""
    stated = show.stated
    names = stated.rows(trail.TRAIL)
    said = {key: _points(stated, trail.day, of, names) for key, of in trail.values.items() if names}
    days = [day for points in said.values() for day, _ in points]
    if len(set(days)) < 2:  # noqa: PLR2004 - a line takes two points
        return Markup("")
    closes = _points(stated, market_data.close_date, market_data.close, stated.rows(dims.CLOSE))
    shown = tuple(sorted(one for one in closes if one[0] >= min(days) - _DAYS_BEFORE))
    curves = [Curve(shown, "price")]
    curves += [
        Curve(said[key], key, label, dashed=key != "expected") for key, label in _SAID.items()
    ]
    told = "Closes, and the values that reports said, drawn on the day of each report."
    return line_chart(curves, told=told)
