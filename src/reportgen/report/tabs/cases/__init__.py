"""The Bull, Base and Bear tabs."""

from reportgen.model.words import lines_in
from reportgen.report.tabs.cases import lines

# What the tab prints, beside what these read
LINES = lines_in(
    lines.ranked_label,
    lines.ranked_unit,
    lines.ranked_base,  # in the order of the columns that show them
    lines.ranked_difference,
    lines.ranked_text,
    lines.ranked_effect,
    lines.BRIDGES,
    lines.DRAWN,
    lines.must_be_true,
    lines.bridge_total,
    lines.metric_words,
    lines.level_growth,
)
