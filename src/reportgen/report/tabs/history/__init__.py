"""The Track record tab."""

from reportgen.model.words import lines_in
from reportgen.report.tabs.history import lines, scores, trail

# What the tab prints, beside what these read
LINES = lines_in(
    lines.upside,
    lines.stance,
    lines.split,
    lines.restated,
    lines.level_name,
    lines.met_any_time,
    lines.inside,
    lines.interval_score,
    lines.brier,
    lines.rps,
    scores.count,
    scores.block_end,
    scores.pending,
    scores.unresolved,
    scores.gone,
    scores.late,
    scores.independent,
    scores.inside_share,
    scores.interval_mean,
    scores.brier_mean,
    scores.rps_mean,
    scores.without_bands,
    scores.held_count,
    scores.met_share,
    scores.any_share,
    scores.mean_error,
    scores.mean_size,
    scores.verdict,
    scores.headline,
    trail.day,
    trail.values,
)
