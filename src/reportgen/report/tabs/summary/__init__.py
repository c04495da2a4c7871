"""The Summary tab."""

from reportgen.model.words import lines_in
from reportgen.report.tabs.summary import ahead, events, lines, ranges, story

# What the tab prints, beside what these read
LINES = lines_in(
    ranges.date,
    ranges.drawn_price,
    ranges.series,
    ranges.labels,
    ranges.label_at,
    ranges.fan_caption,
    ranges.foot,
    ranges.reach,
    ranges.price_line,
    ranges.expected_line,
    ranges.football_caption,
    lines.moved_text,
    lines.state,
    lines.series_changed,
    events.SHOWN,
    ahead.SHOWN,
    ahead.SIDES,  # which its linked lines read
    events.AHEAD,
    events.PAST,
    story.SHOWN,
)
