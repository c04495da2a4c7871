"""The charts and comments of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.reader.records import ReadChart, ReadSeries
from reportgen.xlsx.reader.shared import plain_text, unescape
from reportgen.xlsx.references import parse_cell

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from reportgen.xlsx.reader.package import Package


def read_charts(package: Package, sheet_part: str) -> tuple[ReadChart, ...]:
    """The charts on a sheet, by place from the top left."""
    charts = [
        chart
        for drawing in package.related(sheet_part, "drawing")
        for chart in _drawing_charts(package, drawing)
    ]
    return tuple(sorted(charts, key=lambda chart: (chart.anchor or (-1, -1), chart)))


def read_comments(package: Package, sheet_part: str) -> dict[tuple[int, int], str]:
    """The notes on a sheet by cell, without their authors."""
    return {
        parse_cell(node.get("ref", "")): _comment_text(node)
        for part in package.related(sheet_part, "comments")
        for node in package.tree(part).iter("comment")
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
    row, col = anchor.findtext("from/row"), anchor.findtext("from/col")
    return (int(row), int(col)) if row and col else None


def _chart(root: ET.Element, anchor: tuple[int, int] | None) -> ReadChart:
    plots = [node for node in root.findall("chart/plotArea/*") if node.tag.endswith("Chart")]
    title = root.find("chart/title")
    series = [_series(node) for plot in plots for node in plot.findall("ser")]
    kinds = list(dict.fromkeys(_kind(plot) for plot in plots))
    return ReadChart(
        " + ".join(kinds), "" if title is None else _text(title), tuple(series), anchor
    )


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
