"""The Inputs tab."""

from reportgen.model.words import lines_in
from reportgen.report.tabs.inputs import lines

# What the tab prints, beside what these read
LINES = lines_in(
    lines.logged_key,
    lines.logged_value,
    lines.logged_unit,
    lines.logged_state,
    lines.logged_published,
    lines.logged_author,
    lines.logged_reason,
    lines.logged_expires,
    lines.spare_key,
    lines.spare_value,
    lines.spare_published,
    lines.spare_author,
    lines.spare_reason,
    lines.spare_expires,
)
