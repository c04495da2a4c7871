"""Looks that Excel would refuse; they come from themes, which people write by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.xlsx.text import holds_control_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.xlsx.book import Style

MAX_NUMBER_FORMAT = 255
MAX_FONT_NAME = 31
A_NUMBER_FORMAT = (
    f"a number format: at most 4 sections and {MAX_NUMBER_FORMAT} characters, quotes and brackets"
    " in pairs"
)
A_FONT_NAME = f"the name of a font, of 1 to {MAX_FONT_NAME} characters"
MIN_SIZE, MAX_SIZE = 1, 409
MAX_INDENT = 250

_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_LITERALS = re.compile(r"\\.|\"[^\"]*\"|\[[^\]\"]*\]|_.|\*.")


def style_facts(style: Style) -> Iterator[str]:
    """A sentence for everything about the style that cannot be stored."""
    yield from color_facts(
        (style.color, style.fill, style.border_top.color, style.border_bottom.color)
    )
    if not is_number_format(style.number_format):
        yield f"{style.number_format!r} is not {A_NUMBER_FORMAT}"
    if not MIN_SIZE <= style.size <= MAX_SIZE:
        yield f"a font has {MIN_SIZE} to {MAX_SIZE} points, not {style.size:g}"
    if not is_font_name(style.font):
        yield f"{style.font!r} is not {A_FONT_NAME}"
    if not 0 <= style.indent <= MAX_INDENT:
        yield f"an indent has 0 to {MAX_INDENT} steps, not {style.indent}"


def color_facts(colors: Iterable[str | None]) -> Iterator[str]:
    """A sentence for each colour that is neither empty nor six hexadecimal digits."""
    for color in colors:
        if color and not _COLOR.fullmatch(color):
            yield f"{color!r} is no colour; give six hexadecimal digits such as 1F3864"


def is_font_name(text: str) -> bool:
    """Whether the format can hold a text as the name of a font."""
    return 0 < len(text) <= MAX_FONT_NAME and not holds_control_characters(text)


def is_number_format(text: str) -> bool:
    """Whether the format can hold a text as a number format."""
    if not 0 < len(text) <= MAX_NUMBER_FORMAT or holds_control_characters(text):
        return False
    bare = _LITERALS.sub("", text)
    return not any(mark in bare for mark in '"[]') and bare.count(";") <= 3  # noqa: PLR2004 - four sections
