"""The text beside what is priced in: how each number came about or, where it is n/a, why."""

from __future__ import annotations

from reportgen.expr.functions import known, where
from reportgen.expr.nodes import Unit
from reportgen.model.delivered_growth import (
    g_delivered,
    g_delivered_revenue,
    like_for_like,
    like_for_like_counts,
    like_for_like_end,
    segments_end,
    segments_growth,
)
from reportgen.model.priced_in import (
    cash_flow_per_share,
    g_implied,
    g_needed,
    g_two_stage,
    gap,
    high_faded,
    implied_years,
    low_faded,
    multiple_paid,
    net_assets_per_share,
    operating_value,
    target_value,
    wanted,
    worth_high,
    worth_low,
    years_annuity,
    years_ratio,
    years_raw,
    years_solved,
)
from reportgen.model.words import line
from reportgen.report.tabs.valuation.notes import note

_NO_CASH_FLOW = "no cash flow, as there is no EPS reference"
note_net_assets = note(
    net_assets_per_share,
    "net cash + stakes at the base haircut, per share",
    "net cash, stakes or shares are n/a",
)
note_operating = note(
    operating_value, "price less net cash and stakes", "the price or net assets are n/a"
)
note_cash_flow = note(cash_flow_per_share, "EPS reference x cash conversion", "no EPS reference")
note_g_implied = note(g_implied, "H-model, closed form: a cross-check", _NO_CASH_FLOW)
note_g_two_stage = note(
    g_two_stage,
    "solved by the ladder below",
    "no cash flow or operating value, or outside the bracket",
)
note_g_delivered = note(
    g_delivered,
    "of earnings: 12 months on the 12 before",
    "no twelve months of EPS and of the year before",
)
_of_revenue = line(
    "note.revenue_growth_used",
    "Growth of revenue: which counts",
    Unit.TEXT,
    where(
        like_for_like_counts > 0,
        "like-for-like growth of the group",
        where(
            known(segments_growth),
            "growth of the segments' revenue",
            "twelve months of the group's revenue",
        ),
    ),
)
note_g_delivered_revenue = note(
    g_delivered_revenue, _of_revenue, "no growth of revenue is published"
)
note_like_for_like = note(
    like_for_like, "without what was bought or sold", "no like-for-like growth is published"
)
note_like_for_like_end = note(
    like_for_like_end,
    "used where it is at least as new as the segments'",
    "no like-for-like growth is published",
)
note_segments_growth = note(
    segments_growth,
    "of the segments that state both revenue and growth",
    "no segment states both revenue and growth",
)
note_segments_end = note(
    segments_end, "the newest of the segments", "no segment states both revenue and growth"
)
note_gap = note(gap, "two-stage less delivered", "one of the two is n/a")
note_multiple_paid = note(
    multiple_paid, "operating value / cash flow", "operating value or cash flow is n/a"
)
note_years_ratio = note(
    years_ratio, "q = (1 + delivered growth) / (1 + cost of equity)", "no growth is published"
)
note_years_annuity = note(years_annuity, "the same growth for ever", "q is n/a or 1")
note_years_solved = note(years_solved, "by logarithms", "a part is n/a, or no logarithm")
note_years_raw = note(
    years_raw, "solved in closed form for the multiple paid", "a part is n/a, or no logarithm"
)
note_years = note(
    implied_years, "0 where the price needs no growth", "no such number of years: see below"
)

solved_note = line(
    "note.g_needed.solved",
    "Growth needed: how",
    Unit.TEXT,
    where(known(g_delivered), "solved by the ladder", "solved; n/a: no delivered growth"),
)
_unsolved = line(
    "note.g_needed.unsolved[{growth_case}]",
    "Growth needed: why there is none",
    Unit.TEXT,
    where(
        known(cash_flow_per_share),
        where(wanted > 0, "n/a: outside the bracket", "n/a: net assets exceed it"),
        "n/a: no cash flow",
    ),
)
_not_asked = line(
    "note.g_needed.not_asked[{growth_case}]",
    "Growth needed: why it is not looked for",
    Unit.TEXT,
    where(known(target_value), "n/a: net assets are n/a", "n/a: no such value"),
)
note_g_needed = line(
    "note.g_needed[{growth_case}]",
    "Growth needed: note",
    Unit.TEXT,
    where(known(g_needed), solved_note, where(known(wanted), _unsolved, _not_asked)),
)
note_low_faded = note(low_faded, "q ^ years of growth", "the ratio is n/a or not positive")
note_high_faded = note(high_faded, "q ^ years of growth", "the ratio is n/a or not positive")
note_worth_low = note(worth_low, "growth needed is not looked for below it", _NO_CASH_FLOW)
note_worth_high = note(worth_high, "growth needed is not looked for above it", _NO_CASH_FLOW)
