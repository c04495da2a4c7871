"""How a report looks: a theme file read once, and the cell styles it makes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.expr.nodes import Unit
from reportgen.facts.reading.yaml_tree import Scalar, Section, YamlError, parse
from reportgen.resources import template_path
from reportgen.xlsx.book import Border, Style

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.facts.reading.yaml_tree import Tree

Attributes = dict[str, str]
EDGE_COLOR = "7F7F7F"
_SECTIONS = ("font", "looks", "formats", "charts")
_ATTRIBUTES = frozenset(
    {
        "color",
        "fill",
        "bold",
        "italic",
        "size",
        "align",
        "indent",
        "wrap",
        "valign",
        "top",
        "bottom",
    }
)


@dataclass(frozen=True)
class Theme:
    """A theme: attributes of each look, a number format for each unit, colours of charts."""

    name: str
    family: str
    size: float
    looks: Mapping[str, Attributes]
    formats: Mapping[str, str]
    charts: Mapping[str, str]

    def style(self, name: str, price: str, reporting: str) -> Style:
        """Return the style of a look (`section`) or of a look and a unit (`calc.ratio`)."""
        look, _, unit = name.partition(".")
        attributes = self.looks[look]
        shape = self.formats[unit] if unit else "General"
        number_format = shape.replace("{price}", price).replace("{reporting}", reporting)
        align = attributes.get("align", _ALIGNED.get(unit, "") if unit else "")
        return Style(
            number_format=number_format,
            color=attributes.get("color", ""),
            fill=attributes.get("fill", ""),
            bold="bold" in attributes,
            italic="italic" in attributes,
            size=float(attributes.get("size", self.size)),
            font=self.family,
            align=align,  # type: ignore[arg-type]
            valign=attributes.get("valign", ""),  # type: ignore[arg-type]
            indent=int(attributes.get("indent", "0")),
            wrap="wrap" in attributes,
            border_top=_edge(attributes.get("top")),
            border_bottom=_edge(attributes.get("bottom")),
            locked=look not in {"input", "override", "control"},
        )


_ALIGNED = {unit.name.lower(): "left" if unit is Unit.TEXT else "right" for unit in Unit}


def _edge(weight: str | None) -> Border:
    return Border() if weight is None else Border(weight, EDGE_COLOR)  # type: ignore[arg-type]


def load_theme(path: Path | None = None) -> Theme:
    """Return the theme of a file (default: the house theme).

    Raises ReportgenError naming the line of each mistake.
    """
    chosen = template_path("house.yaml") if path is None else path
    try:
        text = chosen.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{chosen}: the template cannot be read: {error}; give --template a theme file"
        raise ReportgenError(msg) from None
    return _parsed(text, chosen.name)


@lru_cache(maxsize=8)
def _parsed(text: str, name: str) -> Theme:
    try:
        tree = parse(text)
    except YamlError as error:
        msg = f"{name}:{error.line or 1}: {error.found}"
        raise ReportgenError(msg) from None
    if not isinstance(tree, Section) or not set(_SECTIONS) <= set(tree.items):
        msg = f"{name}:1: expected the sections {', '.join(_SECTIONS)}, as in templates/house.yaml"
        raise ReportgenError(msg)
    font = _texts(name, tree.items["font"])
    looks = _looks(name, tree.items["looks"])
    formats = _texts(name, tree.items["formats"])
    missing = [unit.name.lower() for unit in Unit if unit.name.lower() not in formats]
    if missing:
        msg = f"{name}: formats: missing {', '.join(missing)}"
        raise ReportgenError(msg)
    charts = _texts(name, tree.items["charts"])
    title = tree.items.get("name")
    return Theme(
        title.text if isinstance(title, Scalar) else name,
        font.get("family", "Calibri"),
        float(font.get("size", "10")),
        looks,
        formats,
        charts,
    )


def _texts(name: str, tree: Tree) -> Attributes:
    if not isinstance(tree, Section):
        msg = f"{name}:{tree.line}: expected a mapping of names to texts"
        raise ReportgenError(msg)
    texts = {}
    for key, entry in tree.items.items():
        if not isinstance(entry, Scalar):
            msg = f"{name}:{entry.line} {key}: expected one text"
            raise ReportgenError(msg)
        texts[key] = entry.text
    return texts


def _looks(name: str, tree: Tree) -> dict[str, Attributes]:
    if not isinstance(tree, Section):
        msg = f"{name}:{tree.line}: looks: expected a mapping"
        raise ReportgenError(msg)
    looks = {look: _texts(name, entry) for look, entry in tree.items.items()}
    for look, attributes in looks.items():
        unknown = sorted(set(attributes) - _ATTRIBUTES)
        if unknown:
            msg = f"{name}: looks: {look}: no such attribute: {', '.join(unknown)}"
            raise ReportgenError(msg)
    return looks


def chart_color(theme: Theme, meaning: str) -> str:
    """Return the colour a chart gives to a meaning such as `bull`."""
    return theme.charts[meaning]
