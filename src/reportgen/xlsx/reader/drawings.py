"""The charts and comments of a sheet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.reader.records import ReadChart, ReadSeries
from reportgen.xlsx.reader.shared import plain_text, unescape
from reportgen.xlsx.references import parse_areas

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from reportgen.xlsx.reader.package import Package


def read_charts(package: Package, sheet_part: str) -> tuple[ReadChart, ...]:
    """The charts on a sheet, by place from the top left."""
    charts = [
        chart
        for drawing in package.related(sheet_part, "drawing")
        for chart in _drawing_charts(package, drawing)
    ]
    return tuple(sorted(charts, key=lambda chart: (chart.anchor or (), chart)))


def read_comments(package: Package, sheet_part: str) -> dict[tuple[int, int], str]:
    """The notes on a sheet by cell, without their authors."""
    return {
        area.corner: _comment_text(node)
        for part in package.related(sheet_part, "comments")
        for node in package.tree(part).iter("comment")
        for area in parse_areas(node.get("ref", ""))
    }


def _drawing_charts(package: Package, drawing: str) -> list[ReadChart]:
    targets = {link.key: link for link in package.relationships(drawing) if not link.external}
    found = []
    for anchor in package.tree(drawing):
        for node in anchor.iter("chart"):
            link = targets.get(node.get("id", ""))
            if link is not None and package.has(link.target):
                found.append(_chart(package.tree(link.target), _anchor_cell(anchor)))
    return found


def _anchor_cell(anchor: ET.Element) -> tuple[int, int] | None:
    row, col = anchor.findtext("from/row", ""), anchor.findtext("from/col", "")
    return (int(row), int(col)) if row.isdecimal() and col.isdecimal() else None


def _chart(root: ET.Element, anchor: tuple[int, int] | None) -> ReadChart:
    plots = [node for node in root.findall("chart/plotArea/*") if node.tag.endswith("Chart")]
    title = root.find("chart/title")
    series = [_series(node) for plot in plots for node in plot.findall("ser")]
    kinds = list(dict.fromkeys(map(_kind, plots)))
    if "column, stacked" in kinds:  # LibreOffice calls a line over them stacked, too
        kinds = [kind.replace("line, stacked", "line") for kind in kinds]
    return ReadChart(
        " + ".join(kinds),
        "" if title is None else _text(title),
        tuple(series),
        anchor,
        tuple(sorted(option for option in _options(root, plots) if option[1])),
    )


_AXES = {"catAx": "category axis", "dateAx": "category axis", "valAx": "value axis"}
_TRUE = {"1", "true"}


class _Option(NamedTuple):
    """A trait of a chart, an axis or a series: in words, its element, what is usual."""

    words: str
    path: str
    usual: str = ""


_OF_AXIS = (
    _Option("from", "scaling/min"),
    _Option("to", "scaling/max"),
    _Option("log scale of base", "scaling/logBase"),
    _Option("direction", "scaling/orientation", "minMax"),
    _Option("step", "majorUnit"),
    _Option("small step", "minorUnit"),
    _Option("labels", "tickLblPos", "nextTo"),
    _Option("crosses at", "crossesAt"),
)
_OF_PLOT = (
    _Option("gap between bars", "gapWidth", "150"),
    _Option("overlap of bars", "overlap", "0"),
    _Option("size of the hole", "holeSize"),
    _Option("first slice at", "firstSliceAng", "0"),
)
_OF_CHART = (
    _Option("blanks shown as", "chart/dispBlanksAs", "gap"),
    _Option("only visible cells", "chart/plotVisOnly", "1"),
)
_LEGEND = _Option("legend", "legendPos", "r")
_SHOWN_BY_LABELS = ("showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


def _options(root: ET.Element, plots: list[ET.Element]) -> Iterator[tuple[str, str]]:
    """What was chosen for a chart, usual or not; "" is what is usual."""
    for option in _OF_CHART:
        yield option.words, _chosen(root, option)
    legend = root.find("chart/legend")
    yield "legend", "none" if legend is None else _chosen(legend, _LEGEND)
    yield "table of data", "yes" if root.find("chart/plotArea/dTable") is not None else ""
    counts = Counter[str]()
    for axis in root.findall("chart/plotArea/*"):
        if name := _AXES.get(axis.tag):
            counts[name] += 1
            yield from _of_axis(axis, name if counts[name] == 1 else f"{name} {counts[name]}")
    number, axes = 0, [[one.get("val") for one in plot.findall("axId")] for plot in plots]
    for plot, own in zip(plots, axes, strict=True):
        place = f" of the {_kind(plot)}s" if len(plots) > 1 else ""
        for option in _OF_PLOT:
            yield f"{option.words}{place}", _chosen(plot, option)
        yield f"depth{place}", "3D" if "3D" in plot.tag else ""
        for one in plot.findall("ser"):
            number += 1
            yield f"series {number} axis", "second" if own != axes[0] else ""
            yield from _of_series(plot, one, f"series {number}")


def _of_axis(axis: ET.Element, name: str) -> Iterator[tuple[str, str]]:
    if _value(axis.find("delete"), "0") in _TRUE:
        yield f"{name} hidden", "yes"
        return
    title, form = axis.find("title"), axis.find("numFmt")
    yield f"{name} title", "" if title is None else _text(title)
    for option in _OF_AXIS:
        yield f"{name} {option.words}", _chosen(axis, option)
    code = ""
    if form is not None and form.get("sourceLinked", "0") not in _TRUE:
        code = form.get("formatCode", "")
    code = code.replace("\\", "")  # before letters that stand for themselves anyhow
    yield f"{name} format", "" if code == "General" else code
    for lines in ("majorGridlines", "minorGridlines"):
        words = lines.replace("G", " g")
        yield f"{name} {words}", "" if axis.find(lines) is None else "yes"


def _of_series(plot: ET.Element, series: ET.Element, name: str) -> Iterator[tuple[str, str]]:
    labels = series.find("dLbls")
    labels = plot.find("dLbls") if labels is None else labels
    if labels is not None and _value(labels.find("delete"), "0") not in _TRUE:
        shown = [one for one in _SHOWN_BY_LABELS if _value(labels.find(one), "0") in _TRUE]
        yield f"{name} labels", ", ".join(shown)
    yield f"{name} smooth", _chosen(series, _Option("smooth", "smooth", "0"))
    trends = [_value(node.find("trendlineType"), "linear") for node in series.findall("trendline")]
    yield f"{name} trend", ", ".join(trends)
    yield f"{name} error bars", "yes" if series.find("errBars") is not None else ""


def _chosen(node: ET.Element, option: _Option) -> str:
    """What was chosen for an option; "" for what is usual. Numbers are told as Python has them."""
    value = _value(node.find(option.path), option.usual)
    return "" if value == option.usual else value


def _value(node: ET.Element | None, usual: str) -> str:
    value = usual if node is None else node.get("val", "1")
    try:
        return f"{float(value):.15g}"
    except ValueError:
        return {"true": "1", "false": "0"}.get(value, value)


def _kind(plot: ET.Element) -> str:
    kind = plot.tag.removesuffix("Chart").removesuffix("3D")
    direction, grouping = plot.find("barDir"), plot.find("grouping")
    if kind == "bar" and (direction is None or direction.get("val", "col") == "col"):
        kind = "column"
    stacked = grouping is not None and grouping.get("val") in {"stacked", "percentStacked"}
    return f"{kind}, stacked" if stacked else kind


def _series(node: ET.Element) -> ReadSeries:
    name = node.find("tx")
    return ReadSeries(
        "" if name is None else _text(name),
        _first_formula(node, "cat", "xVal"),
        _first_formula(node, "val", "yVal"),
    )


def _first_formula(node: ET.Element, *names: str) -> str:
    for name in names:
        for formula in node.iterfind(f"{name}//f"):
            return formula.text or ""
    return ""


def _text(node: ET.Element) -> str:
    """A title or name: "=" and its reference, or its literal text."""
    for formula in node.iter("f"):
        text = formula.text or ""
        literal = len(text) > 1 and text.startswith('"') and text.endswith('"')
        return text[1:-1].replace('""', '"') if literal else f"={text}"
    texts = [part.text or "" for part in node.iter() if part.tag in {"t", "v"}]
    return "".join(texts)


def _comment_text(node: ET.Element) -> str:
    text = node.find("text")
    return "" if text is None else unescape(plain_text(text))
