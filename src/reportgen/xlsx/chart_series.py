"""One series of a chart as XlsxWriter wants it: its look, its labels, its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reportgen.xlsx.places import Ref

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as DrawnChart

    from reportgen.xlsx.drawing import Chart, Labels, Look, Marker, Series

    Options = dict[str, Any]

Filled = Callable[[Ref], Sequence[bool]]

_NOTHING: dict[str, Any] = {"none": True}
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
