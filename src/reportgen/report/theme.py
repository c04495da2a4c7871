"""A theme file: what may stand in it, and every mistake in it with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from reportgen.errors import ReportgenError, in_reading_order, quote
from reportgen.expr.nodes import Unit
from reportgen.facts.problems import CellError, ProblemLog, suggestion
from reportgen.facts.reading.yaml import SectionReader
from reportgen.facts.reading.yaml_nodes import Scalar
from reportgen.resources import template_path
from reportgen.xlsx.book import Border, Style
from reportgen.xlsx.writer.soundness import (
    A_FONT_NAME,
    A_NUMBER_FORMAT,
    is_font_name,
    is_number_format,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reportgen.xlsx.book import Paper


Attributes = dict[str, str]
Rule = Callable[[str], str]  # what was expected, "" where the text is that
SECTIONS = ("name", "font", "page", "looks", "formats", "charts")
_SECTIONS_WANTED = f"sections such as {', '.join(SECTIONS[1:])}, as in house.yaml"
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_LARGEST_FONT, _DEEPEST_INDENT = 409, 250


class ThemeError(ReportgenError):
    """A theme file says what no theme can; the message is every mistake, one a line."""


class ThemeFile(NamedTuple):
    """What a theme file says: a name, and texts by name and section; `looks` by look as well."""

    name: str
    font: Attributes
    page: Attributes
    looks: dict[str, Attributes]
    formats: Attributes
    charts: Attributes


def _is_color(text: str) -> str:
    return "" if _COLOR.fullmatch(text) else "six hexadecimal digits such as 1F3864"


def _is_whole(text: str) -> str:
    fits = text.isascii() and text.isdecimal() and int(text) <= _DEEPEST_INDENT
    return "" if fits else f"a whole number up to {_DEEPEST_INDENT}"


def _is_size(text: str) -> str:
    try:
        fits = 1 <= float(text) <= _LARGEST_FONT
    except ValueError:
        fits = False
    return "" if fits else f"a size of 1 to {_LARGEST_FONT} points"


def _one_of(*words: str) -> Rule:
    return lambda text: "" if text in words else " or ".join(words)


def _is_font(text: str) -> str:
    return "" if is_font_name(text) else A_FONT_NAME


def _is_format(text: str) -> str:
    return "" if is_number_format(text) else A_NUMBER_FORMAT


FONT: dict[str, Rule] = {"family": _is_font, "size": _is_size}
PAPERS = ("A4", "letter")
PAGE: dict[str, Rule] = {"paper": _one_of(*PAPERS)}
LOOK: dict[str, Rule] = {
    "color": _is_color,
    "fill": _is_color,
    "bold": _one_of("1"),
    "italic": _one_of("1"),
    "wrap": _one_of("1"),
    "size": _is_size,
    "indent": _is_whole,
    "align": _one_of("left", "center", "right", "fill", "center_across"),
    "valign": _one_of("top", "vcenter", "bottom"),
    "top": _one_of("none", "hair", "thin", "medium"),
    "bottom": _one_of("none", "hair", "thin", "medium"),
}


def read_theme(text: str, file_name: str, house: ThemeFile | None) -> ThemeFile:
    """Return what a theme file says; what it leaves out is as in the house theme.

    `house` is None for the house theme itself. Raises ThemeError with every mistake.
    """
    log = ProblemLog(file_name)
    reader = SectionReader.of_text(text, log, _SECTIONS_WANTED, "is not a theme")
    if reader is None:
        raise _error(log)
    if not reader.section.items:
        log.mistake(1, None, "is not a theme", _SECTIONS_WANTED)
    theme = _theme(reader, house)
    if log.found:
        raise _error(log)
    return theme


def _error(log: ProblemLog) -> ThemeError:
    return ThemeError("\n".join(map(str, in_reading_order(log.found))))


def _theme(reader: SectionReader, house: ThemeFile | None) -> ThemeFile:
    """Return the theme; where a mistake was logged, the text is as in the file."""
    _know_only(reader, SECTIONS)
    font = _attributes(reader.within_section("font"), FONT)
    page = _attributes(reader.within_section("page"), PAGE)
    looks = _looks(reader.within_section("looks"), house and house.looks)
    formats = _texts(reader.within_section("formats"), _is_format, house and house.formats)
    charts = _texts(reader.within_section("charts"), _is_color, house and house.charts)
    title = _text(reader, "name", None) if "name" in reader.section.items else ""
    name = title or reader.log.path
    if house is None:
        return ThemeFile(name, font, page, looks, formats, charts)
    return ThemeFile(
        name,
        house.font | font,
        house.page | page,
        house.looks | looks,
        house.formats | formats,
        house.charts | charts,
    )


def _looks(
    reader: SectionReader | None, known: Mapping[str, Attributes] | None
) -> dict[str, Attributes]:
    if reader is None:
        return {}
    _know_only(reader, known)
    return {name: _attributes(reader.within_section(name), LOOK) for name in reader.section.items}


def _attributes(reader: SectionReader | None, rules: Mapping[str, Rule]) -> Attributes:
    if reader is None:
        return {}
    _know_only(reader, rules)
    return {name: _text(reader, name, rules.get(name)) for name in reader.section.items}


def _texts(reader: SectionReader | None, rule: Rule, known: Attributes | None) -> Attributes:
    if reader is None:
        return {}
    _know_only(reader, known)
    return {name: _text(reader, name, rule) for name in reader.section.items}


def _know_only(reader: SectionReader, known: Iterable[str] | None) -> None:
    """Log every key that is none of the known ones; None knows all."""
    if known is None:
        return
    names = tuple(known)
    for name, node in reader.section.items.items():
        if name not in names:
            remedy = suggestion(name, names) or f"a theme has {', '.join(names)} here"
            reader.fail(node.line, name, CellError("is not known", "", remedy))


def _text(reader: SectionReader, name: str, rule: Rule | None) -> str:
    """Return the text of a key to the letter: blanks at the end of a number format count."""
    node = reader.section.items[name]
    if not isinstance(node, Scalar):
        reader.fail(node.line, name, CellError("holds more than one value", "one text"))
        return ""
    expected = rule(node.text) if rule else ""
    if expected:
        reader.fail(node.line, name, CellError(f"{quote(node.text)} is not {expected}"))
    return node.text


EDGE_COLOR = "7F7F7F"
HOUSE = "house.yaml"
_REMEDY = "give --template a theme, a YAML file such as templates/house.yaml"


@dataclass(frozen=True)
class Theme:
    """A theme: attributes of each look, a number format for each unit, colours of charts."""

    name: str
    family: str
    size: float
    paper: Paper
    looks: Mapping[str, Attributes]
    formats: Mapping[str, str]
    charts: Mapping[str, str]

    def style(self, name: str, price: str, reporting: str, decimals: int = 2) -> Style:
        """Return the style of a look (`section`) or of a look and a unit (`calc.ratio`).

        One in the ink of another look names it at the end (`note.text:link`). Texts and numbers of
        a row stand on one line: in the middle, unless their look says otherwise.
        `price` and `reporting` are currencies, `decimals` those of an amount a share.
        """
        plain, _, ink = name.partition(":")
        look, _, unit = plain.partition(".")
        attributes = self.looks[look]
        if ink:
            attributes = {**attributes, "color": self.looks[ink]["color"]}
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
            valign=attributes.get("valign", "vcenter"),  # type: ignore[arg-type]
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
    {
        "control",
        "input",
        "input_code",
        "input_code_top",
        "input_lines",
        "input_top",
        "input_wrap",
        "override",
    }
)
# The looks of formulas, of links to other tabs, and those on dark bands, where ink is white
BLACK = frozenset(
    {
        "axis",
        "calc",
        "calc_indent",
        "calc_top",
        "calc_wrap",
        "code",
        "code_top",
        "grid",
        "helper",
        "output",
        "right",
        "status",
        "total",
    }
)
GREEN = frozenset(
    {
        "link",
        "link_center",
        "link_indent",
        "link_left",
        "link_right",
        "link_small",
        "link_top",
        "link_total",
        "link_wrap",
        "output_link",
    }
)
ON_DARK = frozenset(
    {
        "band",
        "band_indent",
        "band_left",
        "band_right",
        "header",
        "header_inset",
        "header_left",
        "quarter",
        "section",
    }
)
_ALIGNED = {unit.name.lower(): "left" if unit is Unit.TEXT else "right" for unit in Unit}


def _edge(weight: str | None) -> Border:
    return Border() if weight is None else Border(weight, EDGE_COLOR)  # type: ignore[arg-type]


def load_theme(path: Path | None = None, paper: Paper | None = None) -> Theme:
    """Return the theme of a file (default: the house theme), for a paper (default: the theme's).

    What the file does not say is as in the house theme. Raises ReportgenError with every mistake
    of the file and its line.
    """
    theme = _of_file(path)
    return theme if paper is None else replace(theme, paper=paper)


def _of_file(path: Path | None) -> Theme:
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
    paper = cast("Paper", file.page["paper"])
    return Theme(file.name, file.font["family"], size, paper, file.looks, file.formats, file.charts)


def chart_color(theme: Theme, meaning: str) -> str:
    """Return the colour a chart gives to a meaning such as `bull`."""
    return theme.charts[meaning]
