"""The Competitors tab."""

from reportgen.model.words import lines_in
from reportgen.report.tabs.competitors import lines, peers

# What the tab prints, beside what these read
LINES = lines_in(
    lines.name,
    lines.local_price,
    lines.local_currency,
    lines.market,
    lines.qualifier,
    lines.source,
    lines.age,
    lines.tier,
    lines.other_price,
    lines.over_reference,
    lines.over_own,
    lines.headline,
    lines.state,
    lines.drawn_reference,
    lines.pe_company,
    lines.pe_value,
    lines.pe_qualifier,
    lines.pe_of_peer,
    lines.pe_observed,
    lines.pe_source,
    lines.pe_note,
    peers.over_median,
    peers.standing,
    peers.metric_unit,
    lines.previous_seen,
    lines.change,
    lines.drawn_previous,
)
