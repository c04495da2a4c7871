"""Charts that Excel would refuse, or that Excel and LibreOffice would draw differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.places import Ref
from reportgen.xlsx.style_soundness import color_facts
from reportgen.xlsx.text import holds_control_characters

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from reportgen.xlsx.drawing import Chart, Series

MAX_SERIES = 255


def chart_problems(chart: Chart, sheet_names: Container[str]) -> Iterator[str]:
    """A sentence for everything about the chart that is wrong."""
    title = chart.title if isinstance(chart.title, str) else f"in row {chart.anchor[0] + 1}"
    yield from (f"chart {title!r}: {fact}" for fact in _facts(chart, sheet_names))


def _facts(chart: Chart, sheet_names: Container[str]) -> Iterator[str]:
    series = (*chart.series, *chart.overlay)
    if not chart.series or len(series) > MAX_SERIES:
        yield f"a chart has 1 to {MAX_SERIES} series, this one {len(series)}"
    if chart.overlay and chart.kind in ("bar", "stacked_bar", "scatter"):
        yield f"lines over a {chart.kind} chart are drawn differently by programs; use columns"
    if chart.y2_axis and not any(line.secondary for line in chart.overlay):
        yield "it has a second axis and no line of the overlay uses it"
    if any(line.secondary for line in chart.series):
        yield "only a line of the overlay can use the second axis"
    for sheet in sorted({ref.sheet for ref in _refs(chart) if ref.sheet not in sheet_names}):
        yield f"there is no sheet {sheet!r}; refer to one of the book"
    look = chart.look
    yield from color_facts((look.ink, look.muted, look.axis, look.grid, look.border))
    for one in series:
        yield from _series_facts(one)
    if not chart.alt_text or holds_control_characters(chart.alt_text):
        yield "its alternative text is empty or holds control characters; say what it shows"


def _refs(chart: Chart) -> Iterator[Ref]:
    texts = [chart.title, chart.x_axis.title, chart.y_axis.title]
    texts += [chart.y2_axis.title] if chart.y2_axis else []
    for series in (*chart.series, *chart.overlay):
        texts.append(series.name)
        yield series.values
        if series.categories:
            yield series.categories
    yield from (text for text in texts if isinstance(text, Ref))


def _series_facts(series: Series) -> Iterator[str]:
    label, marker = series.labels, series.marker
    yield from color_facts((series.color, series.border, *series.point_colors))
    yield from color_facts((label.color,) if label else ())
    yield from color_facts((marker.color, marker.fill) if marker else ())
    count = _length(series.values)
    name = series.name if isinstance(series.name, str) else f"of {series.name.sheet}"
    if not count or (series.categories and not _length(series.categories)):
        yield f"series {name!r}: its values are one row or one column"
    elif series.categories and _length(series.categories) != count:
        yield f"series {name!r}: {count} values and {_length(series.categories)} categories"
    if series.labels and series.labels.kind == "custom" and len(series.labels.texts) != count:
        yield f"series {name!r}: {count} values and {len(series.labels.texts)} labels"
    if len(series.point_colors) > max(count, 0):
        yield f"series {name!r}: {count} values and {len(series.point_colors)} colours"


def _length(ref: Ref) -> int:
    """How many cells stand in the row or column; 0 if it is neither."""
    rows, cols = ref.last_row - ref.first_row + 1, ref.last_col - ref.first_col + 1
    return max(rows, cols) if min(rows, cols) == 1 else 0
