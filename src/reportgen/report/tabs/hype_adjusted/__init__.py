"""The Hype-adjusted tab."""

from reportgen.model.words import lines_in
from reportgen.report.tabs.hype_adjusted import bars, lines

# What the tab prints, beside what these read
LINES = lines_in(
    lines.basis,
    lines.coverage_words,
    lines.component_reason,
    bars.bar_blank,
    bars.bar_total,
    bars.bar_rise_above,
    bars.bar_rise_below,
    bars.bar_fall_above,
    bars.bar_fall_below,
    bars.bar_label,
    lines.reason,
    lines.place_unknown,
    lines.place_label,
    lines.after_upside,
    lines.standing,
    lines.runup_reason,
)
