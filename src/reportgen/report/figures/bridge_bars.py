"""The bars of the bridges from base to bull and bear: the largest drivers, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import concat, fixed, spot, where, whole
from reportgen.expr.nodes import Dim, Line, Linked, Number, Unit, Words
from reportgen.model.dims import BRIDGE_CASES
from reportgen.model.market import price
from reportgen.model.phrases import cents, is_small
from reportgen.model.valuation import value
from reportgen.model.words import case_line, or_zero
from reportgen.report.figures.drivers import PLACE, ranked_effect, ranked_label
from reportgen.report.figures.waterfall import Waterfall, waterfall

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node
    from reportgen.model.question import Question

SHOWN = 8  # drivers with a bar of their own


class Bridge(NamedTuple):
    """The bars of one case's bridge."""

    case: str
    bar: Dim
    amount: Line
    step: Line
    is_total: Line
    name: Line
    shown: Line
    caption: Line
    steps: Waterfall


def _bridge(case: str) -> Bridge:
    bar = Dim(f"{case}_bar")
    key = f"{case}_bridge"
    place = f"[{{{bar.name}}}]"
    amount = case_line(f"{key}.amount{place}", "Money a share", Unit.PER_SHARE, Linked(), bar)
    step = case_line(
        f"{key}.step{place}", "The same, 0 if n/a", Unit.PER_SHARE, or_zero(amount), bar
    )
    is_total = case_line(f"{key}.is_total{place}", "A level", Unit.FLAG, Linked(), bar)
    name = case_line(f"{key}.name{place}", "Bar", Unit.TEXT, Linked(), bar)
    # by the figure shown: what programs leave over of a difference that is 0 has no sign to tell
    cheap = is_small > 0
    shown = case_line(
        f"{key}.shown{place}",
        "Amount in words",
        Unit.TEXT,
        where(cheap, cents(amount), fixed(amount, 1)),
        bar,
    )
    tenths = whole(step * 1000 / 100)
    rises = (is_total < 1) & (where(cheap, whole(step * 100), tenths) > 0)
    signed = concat(name, " ", where(rises, "+", ""), shown)
    caption = case_line(f"{key}.caption{place}", "Label", Unit.TEXT, signed, bar)
    return Bridge(
        case, bar, amount, step, is_total, name, shown, caption, waterfall(key, bar, step, is_total)
    )


BRIDGES = {case: _bridge(case) for case in ("bull", "bear", "base")}


def ask(question: Question) -> None:
    """Add the bars of each bridge: base, the largest drivers, the rest, the case."""
    _from_price(question, BRIDGES["base"])
    for case in BRIDGE_CASES:
        bridge = BRIDGES[case]
        places = question.members[PLACE][:SHOWN]
        question.dimension(bridge.bar, ("base", *places, "rest", "case"))
        effects = [spot(ranked_effect, case, place) for place in places]
        known: Node = Number(0.0)
        for effect in effects:
            known = known + effect
        rest = spot(value, case) - spot(value, "base") - known
        question.links[bridge.amount] = (
            spot(value, "base"),
            *effects,
            rest,
            spot(value, case),
        )
        middle = (Number(0.0),) * (len(places) + 1)
        question.links[bridge.is_total] = (Number(1.0), *middle, Number(1.0))
        question.links[bridge.name] = (
            Words("Base"),
            *(spot(ranked_label, case, place) for place in places),
            Words("Others"),
            Words(case.capitalize()),
        )


def _from_price(question: Question, bridge: Bridge) -> None:
    """Add the bars from today's price to base, which one bar explains."""
    question.dimension(bridge.bar, ("price", "change", "case"))
    base = spot(value, "base")
    question.links[bridge.amount] = (price, base - price, base)
    question.links[bridge.is_total] = (Number(1.0), Number(0.0), Number(1.0))
    question.links[bridge.name] = (Words("Price"), Words("Base less price"), Words("Base"))
