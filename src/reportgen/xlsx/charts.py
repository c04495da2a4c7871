"""Charts of a book as charts of XlsxWriter, in forms that Excel and LibreOffice draw alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.xlsx.chart_series import Filled, add_series, font, live_text

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as DrawnChart
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from reportgen.xlsx.drawing import Axis, Chart, Look
    from reportgen.xlsx.places import Ref

    Options = dict[str, Any]

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
