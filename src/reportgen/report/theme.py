"""How a report looks: a theme file read once, and the cell styles it makes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.expr.nodes import Unit
from reportgen.report.theme_file import Attributes, read_theme
from reportgen.resources import template_path
from reportgen.xlsx.book import Border, Style

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EDGE_COLOR = "7F7F7F"
HOUSE = "house.yaml"
_REMEDY = "give --template a theme, a YAML file such as templates/house.yaml"


@dataclass(frozen=True)
class Theme:
    """A theme: attributes of each look, a number format for each unit, colours of charts."""

    name: str
    family: str
    size: float
    looks: Mapping[str, Attributes]
    formats: Mapping[str, str]
    charts: Mapping[str, str]

    def style(self, name: str, price: str, reporting: str, decimals: int = 2) -> Style:
        """Return the style of a look (`section`) or of a look and a unit (`calc.ratio`).

        `price` and `reporting` are currencies, `decimals` those of an amount a share.
        """
        look, _, unit = name.partition(".")
        attributes = self.looks[look]
        shape = self.formats[unit] if unit else "General"
        if unit == _TEXT and look not in TYPED:
            shape = "General"  # a formula typed anew into a cell of format @ would become text
        number_format = _filled(shape, price, reporting, decimals)
        align = attributes.get("align", _ALIGNED.get(unit, "right") if unit else "")
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
            locked=look not in TYPED,
        )


def _filled(shape: str, price: str, reporting: str, decimals: int) -> str:
    """Return a number format with its placeholders filled."""
    fillings = {
        "{price}": price,
        "{reporting}": reporting,
        "{cents}": "0" * decimals,
        "{half}": f"0.{'0' * decimals}5",
    }
    for placeholder, filling in fillings.items():
        shape = shape.replace(placeholder, filling)
    return shape


_TEXT = Unit.TEXT.name.lower()
TYPED = frozenset(
    {"input", "input_wrap", "input_code", "input_top", "input_code_top", "override", "control"}
)
_ALIGNED = {unit.name.lower(): "left" if unit is Unit.TEXT else "right" for unit in Unit}


def _edge(weight: str | None) -> Border:
    return Border() if weight is None else Border(weight, EDGE_COLOR)  # type: ignore[arg-type]


def load_theme(path: Path | None = None) -> Theme:
    """Return the theme of a file (default: the house theme).

    What the file does not say is as in the house theme. Raises ReportgenError with every mistake
    of the file and its line.
    """
    if path is None:
        return _parsed(_house_text(), HOUSE, None)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ReportgenError(f"{path}: cannot be read: {error.strerror}; {_REMEDY}") from None
    except UnicodeDecodeError:
        raise ReportgenError(f"{path}: is not text in UTF-8; {_REMEDY}") from None
    return _parsed(text, path.name, _house_text())


def _house_text() -> str:
    return template_path(HOUSE).read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _parsed(text: str, name: str, house_text: str | None) -> Theme:
    """Return the theme that a text states, kept: one process builds many reports in it."""
    house = None if house_text is None else read_theme(house_text, HOUSE, None)
    file = read_theme(text, name, house)
    size = float(file.font["size"])
    return Theme(file.name, file.font["family"], size, file.looks, file.formats, file.charts)


def chart_color(theme: Theme, meaning: str) -> str:
    """Return the colour a chart gives to a meaning such as `bull`."""
    return theme.charts[meaning]
