"""Charts of a book as charts of XlsxWriter, in forms that Excel and LibreOffice draw alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reportgen.xlsx.addresses import Ref

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as DrawnChart
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from reportgen.xlsx.book import Axis, Chart, Look

    Options = dict[str, Any]
    from reportgen.xlsx.book import Labels, Marker, Series


_KINDS: dict[str, Options] = {
    "line": {"type": "line"},
    "column": {"type": "column"},
    "stacked_column": {"type": "column", "subtype": "stacked"},
    "bar": {"type": "bar"},
    "stacked_bar": {"type": "bar", "subtype": "stacked"},
    "area": {"type": "area"},
    "scatter": {"type": "scatter"},
}
_NOTHING: Options = {"none": True}
_MOVES_WITH_CELLS = 2


def insert(workbook: Workbook, worksheet: Worksheet, chart: Chart, filled: Filled) -> None:
    """Put `chart` on `worksheet`; `filled` says which cells of a reference hold a value."""
    drawn = workbook.add_chart(_KINDS[chart.kind])
    for series in chart.series:
        add_series(drawn, chart, series, filled)
    if chart.overlay:
        drawn.combine(_overlay(workbook, chart, filled))
    _dress(drawn, chart)
    row, col, x_offset, y_offset = chart.anchor
    placing = {
        "x_offset": x_offset,
        "y_offset": y_offset,
        "object_position": _MOVES_WITH_CELLS,
        "description": chart.alt_text,
    }
    worksheet.insert_chart(row, col, drawn, placing)


def _overlay(workbook: Workbook, chart: Chart, filled: Filled) -> DrawnChart:
    lines = workbook.add_chart(_KINDS["line"])
    for series in chart.overlay:
        add_series(lines, chart, series, filled, overlaid=True)
    if chart.y2_axis:
        lines.set_y2_axis(_axis(chart.y2_axis, chart.look, is_value=True))
        _set_literal(lines.y2_axis["title"], chart.y2_axis.title)
    return lines


def _dress(drawn: DrawnChart, chart: Chart) -> None:
    """Everything of a chart but its series."""
    look = chart.look
    title = {"name": live_text(chart.title), "font": font(look, look.title_size, bold=True)}
    drawn.set_title(title if chart.title else _NOTHING)
    _set_literal(drawn.title, chart.title)
    _set_axes(drawn, chart)
    drawn.set_legend(_legend(chart))
    border = {"color": f"#{look.border}", "width": 0.75} if look.border else _NOTHING
    drawn.set_chartarea({"border": border, "fill": {"color": "#FFFFFF"}})
    drawn.set_plotarea({"fill": _NOTHING, **_layout(chart)})
    drawn.set_size({"width": chart.size[0], "height": chart.size[1]})
    # Left unsaid, LibreOffice draws what is missing as 0; "span" is said, and never starts a line.
    drawn.show_blanks_as("span")


def _set_axes(drawn: DrawnChart, chart: Chart) -> None:
    """Give the chart its axes; XlsxWriter calls the horizontal one x also where bars lie."""
    categories = _axis(chart.x_axis, chart.look, is_value=chart.kind == "scatter")
    values = _axis(chart.y_axis, chart.look, is_value=True)
    horizontal, vertical = chart.x_axis, chart.y_axis
    if chart.kind in ("bar", "stacked_bar"):
        categories, values = values, categories
        horizontal, vertical = vertical, horizontal
    drawn.set_x_axis(categories)
    _set_literal(drawn.x_axis["title"], horizontal.title)
    drawn.set_y_axis(values)
    _set_literal(drawn.y_axis["title"], vertical.title)


def _legend(chart: Chart) -> Options:
    if chart.legend is None:
        return _NOTHING
    return {
        "position": chart.legend.position,
        "font": font(chart.look, chart.look.text_size),
        "delete_series": list(chart.legend.hidden),
    }


def _layout(chart: Chart) -> Options:
    if chart.plot is None:
        return {}
    return {"layout": dict(zip(("x", "y", "width", "height"), chart.plot, strict=True))}


def _axis(axis: Axis, look: Look, *, is_value: bool) -> Options:
    rotation = {"rotation": axis.rotation} if axis.rotation is not None else {}
    options: Options = {
        "name": live_text(axis.title),
        "name_font": font(look, look.text_size, color=look.muted),
        "num_font": font(look, look.text_size) | rotation,
        "num_format": axis.number_format or None,
        "min": axis.minimum,
        "max": axis.maximum,
        "label_position": axis.label_position,
        "crossing": None if axis.crossing == "" else axis.crossing,
        "reverse": axis.reverse,
        "visible": axis.visible,
        "major_unit": axis.major_unit,
        "major_gridlines": {
            "visible": axis.gridlines,
            "line": {"color": f"#{look.grid}", "width": 0.5},
        },
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "line": _NOTHING if is_value else {"color": f"#{look.axis}", "width": 0.75},
    }
    if axis.is_date:
        options |= {"date_axis": True, "major_unit_type": axis.date_unit}
    elif not is_value:
        options["text_axis"] = True
    return {name: option for name, option in options.items() if option is not None}


def _set_literal(title: Any, text: str | Ref) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Give a title its plain text, past XlsxWriter's guess whether it may be a reference."""
    if isinstance(text, str):
        title.name = text


Filled = Callable[[Ref], Sequence[bool]]

_NO_MARKER: dict[str, Any] = {"type": "none"}


def add_series(
    drawn: DrawnChart, chart: Chart, series: Series, filled: Filled, *, overlaid: bool = False
) -> None:
    """Add `series` to `drawn`; `filled` says which cells of a reference hold a value."""
    stroked = overlaid or chart.kind in ("line", "scatter")
    options: Options = {
        "name": live_text(series.name),
        "values": list(series.values),
        "categories": list(series.categories) if series.categories else None,
        "y2_axis": series.secondary or None,
        **(_stroke(series) if stroked else _filling(series)),
    }
    if not stroked:
        options |= {"gap": chart.gap, "overlap": chart.overlap or None}
        options["points"] = [_point(color) for color in series.point_colors] or None
    if series.labels:
        options["data_labels"] = _labels(series.labels, chart.look)
    drawn.add_series({name: option for name, option in options.items() if option is not None})
    added = drawn.series[-1]
    if isinstance(series.name, str):
        added["name"] = series.name
    if series.labels:
        _label_points(added["labels"], series, filled)


def font(look: Look, size: float, *, color: str = "", bold: bool = False) -> Options:
    """The font of a text in the chart."""
    return {"name": look.font, "size": size, "bold": bold, "color": f"#{color or look.ink}"}


def live_text(text: str | Ref) -> list[str | int] | str:
    """A reference in XlsxWriter's form; plain text is left out, to be set afterwards.

    XlsxWriter takes text such as Wow!A1 for a reference, and text from inputs must never be one.
    """
    return [text.sheet, text.first_row, text.first_col] if isinstance(text, Ref) else ""


def _stroke(series: Series) -> Options:
    if series.invisible:
        return {"line": _NOTHING, "marker": _NO_MARKER}
    line = {
        "color": f"#{series.color}",
        "width": series.width,
        "dash_type": series.dash,
        "transparency": series.transparency,
    }
    return {
        "line": line if series.line else _NOTHING,
        "marker": _marker(series.marker, series.color) if series.marker else _NO_MARKER,
    }


def _marker(marker: Marker, color: str) -> Options:
    outline = marker.color or color
    return {
        "type": marker.kind,
        "size": marker.size,
        "border": {"color": f"#{outline}", "width": 0.75},
        "fill": {"color": f"#{marker.fill or outline}"},
    }


def _filling(series: Series) -> Options:
    if series.invisible:
        return {"fill": _NOTHING, "border": _NOTHING}
    border = {"color": f"#{series.border}", "width": 0.75} if series.border else _NOTHING
    color = f"#{series.color}"
    if series.pattern:
        hatch = {"pattern": series.pattern, "fg_color": color, "bg_color": "#FFFFFF"}
        return {"pattern": hatch, "border": border}
    return {"fill": {"color": color, "transparency": series.transparency}, "border": border}


def _point(color: str | None) -> Options | None:
    return {"fill": {"color": f"#{color}"}, "border": _NOTHING} if color else None


def _labels(labels: Labels, look: Look) -> Options:
    shown = "series_name" if labels.kind == "last_name" else "value"
    options: Options = {
        shown: True,
        "font": font(look, labels.size, color=labels.color or look.ink, bold=labels.bold),
    }
    if labels.position:
        options["position"] = labels.position
    if labels.number_format and labels.kind == "value":
        options["num_format"] = labels.number_format
    if labels.kind == "custom":
        font_of_each = {"font": options["font"]}
        options["custom"] = [
            {"delete": True} if text is None else {"value": " ", **font_of_each}
            for text in labels.texts
        ]
    return options


def _label_points(labels: Options, series: Series, filled: Filled) -> None:
    """Finish labels point by point, where XlsxWriter would guess at texts or copy long lists."""
    if series.labels is None or series.labels.kind == "value":
        return
    if series.labels.kind == "last_name":
        # Only points that are drawn have a label to lose.
        drawn_points = [index for index, holds in enumerate(filled(series.values)) if holds]
        removed = set(drawn_points[:-1])
        size = max(removed, default=-1) + 1
        labels["custom"] = [{"delete": True} if i in removed else None for i in range(size)]
        return
    for label, text in zip(labels["custom"], series.labels.texts, strict=True):
        if text is not None:
            label["value"] = text
