"""The lines of Valuation: the selected case, values per share, where newest figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    at,
    by,
    concat,
    date_text,
    known,
    percent,
    pick,
    plotted,
    same,
    where,
)
from reportgen.expr.nodes import Dim, Line, Unit
from reportgen.model.delivered_growth import (
    g_delivered,
    newest_change,
    segment_row,
)
from reportgen.model.dims import CYCLE, FLOW, FUNDAMENTAL, GROWTH_CASE, SCENARIO
from reportgen.model.fundamentals import (
    net_cash,
    newest_row,
    newest_yoy,
    period,
    period_end,
    published,
    shares_diluted,
    source,
)
from reportgen.model.inputs.assumptions import (
    book_growth,
    conglomerate_discount,
    ebitda_growth,
    eps_growth,
    ev_ebitda_multiple,
    growth,
    investment_haircut,
    multiple,
    pb_multiple,
    pe_assumed,
)
from reportgen.model.inputs.conversion import eps_level_typed, fx, level_typed
from reportgen.model.inputs.description import as_of, company_name, ticker
from reportgen.model.market import price
from reportgen.model.number_text import money
from reportgen.model.priced_in import g_needed, net_assets_per_share
from reportgen.model.twelve_months import chosen_cycle, cycle_words, last_row
from reportgen.model.valuation import (
    book_12m,
    ebitda_12m,
    eps_12m,
    ev,
    ev_ebitda_12m,
    launch,
    level,
    pb_12m,
    pe_12m,
    pe_multiple,
    raw_value,
    scenario_choice,
    scenario_probability,
    segment_value,
    segments_total,
    sotp_12m,
    sotp_today,
    stakes,
    upside,
    value,
    weighted_value,
)
from reportgen.model.words import case_line, line, or_zero

if TYPE_CHECKING:
    from reportgen.model.question import Question


as_of_words = line("as_of.words", "As of, in words", Unit.TEXT, date_text(as_of))
price_words = line("price.words", "Price, in words", Unit.TEXT, money(price))
subtitle = line(
    "valuation.subtitle",
    "What is valued",
    Unit.TEXT,
    concat(
        company_name,
        " (",
        ticker,
        "), as of ",
        as_of_words,
        ", price ",
        price_words,
    ),
)

# --- the price of the whole company ---
market_cap = line("market_cap", "Market value", Unit.PRICE_M, price * shares_diluted)
ev_at_price = line(
    "ev_at_price",
    "Enterprise value at the price",
    Unit.PRICE_M,
    market_cap - net_assets_per_share * shares_diluted,
)

# --- per share ---
segment_per_share = line(
    "{scenario}.segment_per_share[{segment}]",
    "Segment value per share",
    Unit.PER_SHARE,
    where(segment_value > 0, segment_value * (1 - conglomerate_discount), segment_value)
    / fx
    / shares_diluted,
)
ev_per_share = line(
    "{scenario}.ev_per_share", "All segments, per share", Unit.PER_SHARE, ev / shares_diluted
)
net_cash_per_share = line(
    "net_cash_per_share", "Net cash per share", Unit.PER_SHARE, net_cash / shares_diluted
)
stakes_per_share = line(
    "{scenario}.stakes_per_share",
    "Investments after haircut, per share",
    Unit.PER_SHARE,
    stakes / shares_diluted,
)

# --- the selected case ---
_is_bear = same(scenario_choice, "bear")
_is_bull = same(scenario_choice, "bull")
selected_caption = line(
    "selected.caption",
    "Caption",
    Unit.TEXT,
    where(_is_bear, "Selected: bear", where(_is_bull, "Selected: bull", "Selected: base")),
    note="blank, or anything but bear and bull, is base",
)
SELECTED: dict[Line, Line] = {}  # a line of three cases -> the same in the selected case


def _selected(of: Line, key: str) -> Line:
    bear, base, bull = (at(of, SCENARIO, name) for name in ("bear", "base", "bull"))
    chosen = where(_is_bear, bear, where(_is_bull, bull, base))
    SELECTED[of] = line(f"selected.{key}", f"{of.label}, selected case", of.unit, chosen)
    return SELECTED[of]


selected_probability = _selected(scenario_probability, "probability")
selected_growth = _selected(growth, "growth[{segment}]")
selected_level_typed = _selected(level_typed, "level_typed[{segment}]")
selected_level = _selected(level, "level_12m[{segment}]")
selected_multiple = _selected(multiple, "multiple[{segment}]")
selected_segment_value = _selected(segment_value, "segment_value[{segment}]")
selected_segments_total = _selected(segments_total, "segments_total")
selected_discount = _selected(conglomerate_discount, "conglomerate_discount")
selected_ev = _selected(ev, "ev")
selected_haircut = _selected(investment_haircut, "investment_haircut")
selected_stakes = _selected(stakes, "investments")
selected_segment_per_share = _selected(segment_per_share, "segment_per_share[{segment}]")
selected_ev_per_share = _selected(ev_per_share, "ev_per_share")
selected_stakes_per_share = _selected(stakes_per_share, "stakes_per_share")
selected_launch = _selected(launch, "launch")
selected_sotp_today = _selected(sotp_today, "sotp_today")
selected_sotp_12m = _selected(sotp_12m, "sotp_12m")
selected_eps_growth = _selected(eps_growth, "eps_growth")
selected_eps_12m = _selected(eps_12m, "eps_12m")
selected_pe_assumed = _selected(pe_assumed, "pe_assumed")
selected_pe_multiple = _selected(pe_multiple, "pe_multiple")
selected_eps_typed = _selected(eps_level_typed, "eps_typed")
selected_pe_12m = _selected(pe_12m, "pe_12m")
selected_ebitda_growth = _selected(ebitda_growth, "ebitda_growth")
selected_ebitda_12m = _selected(ebitda_12m, "ebitda_12m")
selected_ev_ebitda_multiple = _selected(ev_ebitda_multiple, "ev_ebitda_multiple")
selected_ev_ebitda_12m = _selected(ev_ebitda_12m, "ev_ebitda_12m")
selected_book_growth = _selected(book_growth, "book_growth")
selected_book_12m = _selected(book_12m, "book_12m")
selected_pb_multiple = _selected(pb_multiple, "pb_multiple")
selected_pb_12m = _selected(pb_12m, "pb_12m")
selected_raw_value = _selected(raw_value, "raw_value")
selected_value = _selected(value, "value")
selected_upside = _selected(upside, "upside")
selected_weighted_value = _selected(weighted_value, "weighted_value")

# --- the growth that each value needs ---
growth_over = line(
    "priced_in.over_delivered[{growth_case}]",
    "Growth needed less delivered",
    Unit.CHANGE,
    g_needed - g_delivered,
)
delivered_drawn = case_line(
    "chart.delivered[{growth_case}]",
    "Delivered growth",
    Unit.CHANGE,
    plotted(g_delivered),
    GROWTH_CASE,
)
delivered_name = line(
    "chart.delivered_name",
    "Name of the line",
    Unit.TEXT,
    concat("Growth delivered ", percent(g_delivered, 1)),
)
growth_caption = line(
    "chart.growth_caption[{growth_case}]",
    "Caption of the column",
    Unit.TEXT,
    concat(
        by(
            GROWTH_CASE,
            price="Today's price",
            bear="Bear",
            base="Base",
            bull="Bull",
            consensus="Consensus",
            hype_adjusted="Hype-adjusted",
            bull_narrative="Bull narrative",
        ),
        " ",
        percent(g_needed, 1),
    ),
)


FIGURE = Dim("figure")  # a figure of the company of which the newest is used


def ask(question: Question) -> None:
    """Set the members of its dimension."""
    names = (
        "shares_diluted",
        "net_cash",
        "investments",
        "book_value",
        "like_for_like",
        "ebita",
        "eps",
    )
    question.members.update({FIGURE: names})


def _found(row: Line, name: str, label: str, column: Line) -> Line:
    """Return a column of the results at a row number; n/a where there is no such row."""
    key = row.key.replace(".row", f".{name}")
    return case_line(key, label, column.unit, pick(column, FUNDAMENTAL, row), *row.dims)


def _source(row: Line) -> Line:
    told = where(or_zero(row) > 0, pick(source, FUNDAMENTAL, row), "n/a: no such figure is known")
    return case_line(row.key.replace(".row", ".source"), "Source", Unit.TEXT, told, *row.dims)


figure_row = case_line(
    "newest[{figure}].row",
    "Row",
    Unit.COUNT,
    by(
        FIGURE,
        shares_diluted=newest_row("group/shares_diluted"),
        net_cash=newest_row("group/net_cash"),
        investments=newest_row("group/investments"),
        book_value=newest_row("group/book_value"),
        like_for_like=newest_row("group/revenue_like_for_like", newest_yoy),
        ebita=newest_row("group/ebita", newest_change),
        eps=newest_row("group/eps", newest_change),
    ),
    FIGURE,
)
figure_period = _found(figure_row, "period", "Period", period)
figure_end = _found(figure_row, "period_end", "Period end", period_end)
figure_published = _found(figure_row, "published", "Published", published)
figure_source = _source(figure_row)

flow_source = case_line(
    "twelve_months[{flow}].source",
    "Source",
    Unit.TEXT,
    where(
        or_zero(last_row) >= 1,
        pick(source, FUNDAMENTAL, or_zero(last_row)),
        "n/a: the periods known make no twelve months",
    ),
    FLOW,
)
flow_period = case_line(
    "twelve_months[{flow}].period",
    "Last period",
    Unit.TEXT,
    pick(period, FUNDAMENTAL, last_row),
    FLOW,
)
flow_made_of = case_line(
    "twelve_months[{flow}].made_of",
    "Made of",
    Unit.TEXT,
    where(
        known(chosen_cycle),
        pick(cycle_words, CYCLE, chosen_cycle),
        "n/a",
    ),
    FLOW,
)
segment_period = _found(segment_row, "period", "Period", period)
segment_published = _found(segment_row, "published", "Published", published)
segment_source = _source(segment_row)
