"""The Growth tab."""

from reportgen.model.words import lines_in
from reportgen.report.tabs.growth import estimates, lines

# What the tab prints, beside what these read
LINES = lines_in(
    lines.ebita_margin,
    lines.ebitda,
    lines.ebitda_yoy,
    lines.eps,
    lines.free_cash_flow,
    lines.segment_revenue,
    lines.segment_ebita,
    lines.drawn_like_for_like,
    lines.drawn_revenue_yoy,
    lines.baseline,
    lines.drawn_segment_yoy,
    lines.headline,
    lines.newest_value,
    lines.newest_unit,
    lines.newest_yoy,
    lines.newest_period,
    lines.newest_published,
    lines.newest_qualifier,
    lines.newest_source,
    lines.period_end,
    estimates.SHOWN,
)
