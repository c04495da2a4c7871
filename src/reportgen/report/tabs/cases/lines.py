"""The lines of Bull, Base and Bear: ranked drivers, bars of bridges, what must be true."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    by,
    concat,
    count_where,
    each,
    equal,
    fixed,
    known,
    percent,
    pick,
    same,
    spot,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Linked, Node, Unit, Words, node
from reportgen.facts.catalogue import EV_EBITDA, PB, PE, SOTP
from reportgen.model.dims import BRIDGE_CASE, BRIDGE_CASES, DRIVER, SCENARIOS
from reportgen.model.inputs.assumptions import ev_ebitda_multiple, pb_multiple
from reportgen.model.inputs.description import (
    EBITA_NAME,
    EBITDA_NAME,
    EPS_NAME,
    price_currency,
    reporting_currency,
    segment_metric,
)
from reportgen.model.market import price
from reportgen.model.number_text import cents, is_small, money, multiple, ratio, share_decimals
from reportgen.model.priced_in import g_needed
from reportgen.model.ranks import above, larger, rank_within
from reportgen.model.valuation import (
    base_metric,
    book_12m,
    eps_12m,
    ev_ebitda_12m,
    level,
    pb_12m,
    pe_12m,
    pe_multiple,
    sotp_12m,
    upside,
    value,
    weight_used,
)
from reportgen.model.whatif.bridges import effect, label, number
from reportgen.model.words import case_line, comparable, counted, given, line, or_zero
from reportgen.report.waterfall import Waterfall, is_end, waterfall

if TYPE_CHECKING:
    from reportgen.expr.nodes import Operand
    from reportgen.model.question import Question


_UNITS = {
    Unit.RATIO: "%",
    Unit.MULTIPLE: "x",
    Unit.PRICE_M: "{price} m",
    Unit.REPORTING_M: "{reporting} m",
    Unit.PER_SHARE: "{price} / share",
}
PLACE = Dim("driver_place")  # 1 is the largest
_EACH = "{bridge_case}"

row = case_line("driver[{driver}].row", "Row", Unit.COUNT, or_zero(number), DRIVER)
unit = given("driver[{driver}].unit", "Unit", Unit.TEXT, DRIVER)
LEVELS = {
    case: case_line(f"driver[{{driver}}].{case}", case.capitalize(), Unit.NUMBER, Linked(), DRIVER)
    for case in ("base", "bull", "bear")
}
TEXTS = {
    case: case_line(
        f"driver[{{driver}}].{case}_text",
        f"{case.capitalize()}, in words",
        Unit.TEXT,
        Linked(),
        DRIVER,
    )
    for case in ("bull", "bear")
}
size = case_line(
    f"bridge[{_EACH}].size[{{driver}}]",
    "Money a share the case's way",
    Unit.PER_SHARE,
    by(BRIDGE_CASE, bull=or_zero(effect), bear=-or_zero(effect)),
    BRIDGE_CASE,
    DRIVER,
)
size_key = case_line(
    f"bridge[{_EACH}].size_key[{{driver}}]",
    "The same in millionths",
    Unit.COUNT,
    comparable(size),
    BRIDGE_CASE,
    DRIVER,
)
is_known = case_line(
    f"bridge[{_EACH}].known[{{driver}}]",
    "Known",
    Unit.FLAG,
    where(known(effect), 1, 0),
    BRIDGE_CASE,
    DRIVER,
)
rank = case_line(
    f"bridge[{_EACH}].rank[{{driver}}]",
    "Rank",
    Unit.COUNT,
    rank_within(DRIVER, larger(size_key, above(row))),
    BRIDGE_CASE,
    DRIVER,
)
place = counted("driver_place[{driver_place}]", "Place", PLACE)
found = case_line(
    f"bridge[{_EACH}].found[{{driver_place}}]",
    "Driver at this place",
    Unit.COUNT,
    sum_where(DRIVER, equal(each(rank, DRIVER), place), row),
    BRIDGE_CASE,
    PLACE,
)


def _ranked(name: str, text: str, unit: Unit, expr: Node) -> Line:
    return case_line(
        f"bridge[{_EACH}].{name}[{{driver_place}}]", text, unit, expr, BRIDGE_CASE, PLACE
    )


ranked_label = _ranked("driver", "Driver", Unit.TEXT, pick(label, DRIVER, found))
ranked_unit = _ranked("unit", "Unit", Unit.TEXT, pick(unit, DRIVER, found))
ranked_base = _ranked("base", "Base", Unit.NUMBER, pick(LEVELS["base"], DRIVER, found))
ranked_case = _ranked(
    "case",
    "Case",
    Unit.NUMBER,
    by(BRIDGE_CASE, **{case: pick(LEVELS[case], DRIVER, found) for case in TEXTS}),
)
ranked_difference = _ranked("difference", "Difference", Unit.NUMBER, ranked_case - ranked_base)
ranked_text = _ranked(
    "case_text",
    "Case, in words",
    Unit.TEXT,
    by(BRIDGE_CASE, **{case: pick(text, DRIVER, found) for case, text in TEXTS.items()}),
)
ranked_effect = _ranked(
    "money",
    "Money a share",
    Unit.PER_SHARE,
    where(
        count_where(DRIVER, equal(each(rank, DRIVER), place) * each(is_known, DRIVER)) > 0,
        sum_where(DRIVER, equal(each(rank, DRIVER), place), effect),
        NA,
    ),
)


def ask_drivers(question: Question) -> None:
    """Add what each driver stands at in each case, in its own unit."""
    count = question.size(DRIVER)
    question.dimension(PLACE, (str(k + 1) for k in range(count)))
    cells = question.case_drivers
    codes = {
        "price": question.given[price_currency].item(),
        "reporting": question.given[reporting_currency].item(),
    }
    question.give(unit, [_UNITS[switched.unit].format(**codes) for switched, _ in cells])
    for case, shown in LEVELS.items():
        question.links[shown] = tuple(spot(switched, case, *place) for switched, place in cells)
    for case, words in TEXTS.items():
        question.links[words] = tuple(
            _shown(switched, spot(switched, case, *place)) for switched, place in cells
        )


def _shown(of: Line, value: Node) -> Node:
    """Return a driver's value as text in its unit."""
    if of.unit is Unit.RATIO:
        return ratio(value)
    if of.unit is Unit.MULTIPLE:
        return multiple(value)
    if of.unit is Unit.PRICE_M:
        return concat(price_currency, " ", fixed(value, 0), " m")
    if of.unit is Unit.REPORTING_M:
        return concat(reporting_currency, " ", fixed(value, 0), " m")
    return money(value)


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


step_decimals = line(
    "say.bridge.decimals",
    "Decimals of a step: 1, those of an amount a share below 12",
    Unit.COUNT,
    where(is_small > 0, share_decimals, 1),
)
nothing = line(
    "say.bridge.nothing",
    "A step of nothing, as it is told",
    Unit.TEXT,
    fixed(node(0), step_decimals),
)


def _bridge(case: str) -> Bridge:
    bar = Dim(f"{case}_bar")
    key = f"{case}_bridge"
    place = f"[{{{bar.name}}}]"
    amount = case_line(f"{key}.amount{place}", "Money a share", Unit.PER_SHARE, Linked(), bar)
    step = case_line(
        f"{key}.step{place}", "The same, 0 if n/a", Unit.PER_SHARE, or_zero(amount), bar
    )
    number = counted(f"{key}.number{place}", "No.", bar)
    is_total = case_line(f"{key}.is_total{place}", "A level", Unit.FLAG, is_end(number), bar)
    name = case_line(f"{key}.name{place}", "Bar", Unit.TEXT, Linked(), bar)
    # by the figure shown: what programs leave over of a difference that is 0 has no sign to tell
    shown = case_line(
        f"{key}.shown{place}", "Amount in words", Unit.TEXT, fixed(amount, step_decimals), bar
    )
    rises = (is_total < 1) & (step > 0) & ~same(shown, nothing)
    signed = concat(name, " ", where(rises, "+", ""), shown)
    caption = case_line(f"{key}.caption{place}", "Label", Unit.TEXT, signed, bar)
    return Bridge(
        case,
        bar,
        amount,
        step,
        is_total,
        name,
        shown,
        caption,
        waterfall(key, bar, step, is_total),
    )


BRIDGES = {case: _bridge(case) for case in ("bull", "bear", "base")}
DRAWN = {
    case: case_line(f"{case}_bridge.drawn", "Drivers with a bar", Unit.PER_SHARE, Linked())
    for case in BRIDGE_CASES
}


def ask_bars(question: Question) -> None:
    """Add the bars of each bridge: base, the largest drivers, the rest, the case."""
    _from_price(question, BRIDGES["base"])
    for case in BRIDGE_CASES:
        bridge = BRIDGES[case]
        places = question.members[PLACE][:SHOWN]
        question.dimension(bridge.bar, ("base", *places, "rest", "case"))
        effects: list[Node] = [spot(ranked_effect, case, place) for place in places]
        question.links[DRAWN[case]] = (reduce(add, effects or [node(0)]),)
        rest = spot(value, case) - spot(value, "base") - DRAWN[case]
        question.links[bridge.amount] = (
            spot(value, "base"),
            *effects,
            rest,
            spot(value, case),
        )
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
    question.links[bridge.name] = (Words("Price"), Words("Base less price"), Words("Base"))


def _asked(name: str, method: str, *says: Operand) -> Line:
    """Return what a case asks of the company by one method; nothing where that does not count."""
    return line(
        f"say.{name}.{method}",
        f"Asked by the method {method}: {name}",
        Unit.TEXT,
        where(weight_used[method] > 0, concat(*says), ""),
    )


def _asked_at(name: str, method: str, says: Node, of: Node, gives: Node) -> Line:
    """Return what a case asks by a multiple of a figure, such as "EPS of 5.00 at 12.0x (60)"."""
    figure = line(
        f"say.{name}.{method}.figure",
        f"Figure of the method {method}: {name}",
        Unit.TEXT,
        concat("; ", says, " at "),
    )
    return _asked(name, method, figure, multiple(of), " (", cents(gives), ")")


def _earnings(name: str) -> Line:
    """Return what a case asks of earnings, and what the P/E method makes of them."""
    eps = concat(EPS_NAME, " of ", money(spot(eps_12m, name)))
    return _asked_at(name, PE, eps, spot(pe_multiple, name), spot(pe_12m, name))


def _parts(name: str) -> Line:
    """Return what a case asks of the segments."""
    return _asked(name, SOTP, "; parts worth ", money(spot(sotp_12m, name)))


def _operations(name: str) -> Line:
    """Return what a case asks of EBITDA."""
    at = spot(ev_ebitda_multiple, name)
    return _asked_at(name, EV_EBITDA, EBITDA_NAME, at, spot(ev_ebitda_12m, name))


def _book(name: str) -> Line:
    """Return what a case asks of book value."""
    book = concat("book value of ", money(spot(book_12m, name)))
    return _asked_at(name, PB, book, spot(pb_multiple, name), spot(pb_12m, name))


def _gives(name: str) -> Line:
    """Return what the share is then worth, and how far that is from the price."""
    of = spot(upside, name)
    way = where(or_zero(of) < 0, " below the price", " above the price")
    beside_price = concat(", ", percent(absolute(of), 1), way)
    return line(
        f"say.{name}.gives",
        f"Worth then: {name}",
        Unit.TEXT,
        concat(money(spot(value, name)), where(known(of), beside_price, "")),
    )


def _growth(name: str) -> Line:
    """Return the growth of cash flow that the value asks for; nothing where it is n/a."""
    of = spot(g_needed, name)
    way = where(or_zero(of) < 0, "shrink ", "grow ")
    return line(
        f"say.{name}.growth",
        f"Asked of cash flow: {name}",
        Unit.TEXT,
        where(
            known(of),
            concat("; it asks cash flow to ", way, percent(absolute(of), 1), " a year"),
            "",
        ),
    )


asked = {
    name: (_earnings(name), _parts(name), _operations(name), _book(name)) for name in SCENARIOS
}
gives = {name: _gives(name) for name in SCENARIOS}
growth = {name: _growth(name) for name in SCENARIOS}
must_be_true = {
    name: line(
        f"say.{name}",
        f"What must be true: {name}",
        Unit.TEXT,
        where(
            known(spot(value, name)),
            concat(
                "What must be true in 12 months",
                *asked[name],
                "; together the share is worth ",
                gives[name],
                growth[name],
            ),
            "n/a: no method values this case",
        ),
    )
    for name in SCENARIOS
}
bridge_total = {
    name: line(
        f"bridge.total.{name}",
        f"{name.capitalize()} less base",
        Unit.PER_SHARE,
        spot(value, name) - spot(value, "base"),
    )
    for name in ("bull", "bear")
}
bridge_total["base"] = line(
    "bridge.total.base", "Base less price", Unit.PER_SHARE, spot(value, "base") - price
)


level_growth = line(
    "{scenario}.level_growth[{segment}]",
    "Growth to the level in 12 months",
    Unit.CHANGE,
    (level - base_metric) / absolute(base_metric),
)
# a metric as the company calls it; one without a name of its own as it is typed
_valued_on = line(
    "company.segment[{segment}].metric_of_earnings",
    "Valued on, in words but for EBITDA",
    Unit.TEXT,
    where(
        same(segment_metric, "ebita"),
        EBITA_NAME,
        where(same(segment_metric, "eps"), EPS_NAME, segment_metric),
    ),
)
metric_words = line(
    "company.segment[{segment}].metric_words",
    "Valued on",
    Unit.TEXT,
    where(same(segment_metric, "ebitda"), EBITDA_NAME, _valued_on),
)
