"""The Prices & targets tab."""

from reportgen.model.words import lines_in
from reportgen.report.tabs.prices_targets import lines

# What the tab prints, beside what these read
LINES = lines_in(
    lines.against_issue,
    lines.against_price,
    lines.drawn_day,
    lines.drawn_in_use,
    lines.drawn_other,
    lines.edge_day,
    lines.edge_consensus,
    lines.consensus_name,
    lines.highest,
    lines.lowest,
    lines.newest_age,
    lines.headline,
    lines.close_index,
    lines.benchmark_index,
    lines.of_house,
)
