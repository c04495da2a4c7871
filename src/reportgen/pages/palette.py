"""The colours of a page, from a theme: by day as in the workbook, by night light enough to read.

Every text stands out from its paper by 4.5 to 1 and every line of a chart by 3 to 1, as WCAG asks.
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.report.theme import Theme

TEXT, DRAWN = 4.5, 3.0  # the least contrast with the paper
_DAY, _NIGHT = "FFFFFF", "14181F"  # the papers
_TINT = 0.22  # of a colour in the field behind it, by night
_STEPS = 40
# Texts by the look that the theme gives to what they say
_TEXTS = {
    "ink": "label",
    "faint": "note",
    "title": "title",
    "link": "jump",
    "good": "ok",
    "warn": "warn",
    "bad": "fail",
}
# What is read most, or is small, wants more
_LEAST = {"ink": 11.0, "title": 7.0, "faint": 5.5, "price": 9.0}
_TONES = ("good", "warn", "bad")
_FILLED = frozenset({"range", "muted"})  # drawn with an edge: what they fill may be pale
_EDGES = {"line": ("D5D9E0", "39414D"), "track": ("EEF1F5", "232A34"), "card": ("F7F9FB", "1B212A")}


def css(theme: Theme) -> str:
    """Return the colours and the font of a theme as CSS variables, by day and by night.

    On paper it is always day.
    """
    day, night = _colors(theme, _DAY), _colors(theme, _NIGHT)
    return (
        f':root{{--font:"{_in_quotes(theme.family)}";{_declared(day)}}}\n'
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_declared(night)}}}}}\n"
    )


def _in_quotes(name: str) -> str:
    """Return a name as it stands between quotes in a style; a theme may call a font anything."""
    return "".join(sign if sign.isalnum() or sign in " -" else f"\\{ord(sign):x} " for sign in name)


def _declared(colors: Mapping[str, str]) -> str:
    return "".join(f"--{name}:#{color.lower()};" for name, color in colors.items())


def _colors(theme: Theme, paper: str) -> dict[str, str]:
    by_day = paper == _DAY
    looks = theme.looks
    found = {"paper": paper} | {name: edges[not by_day] for name, edges in _EDGES.items()}
    texts = {name: looks[look].get("color", "000000") for name, look in _TEXTS.items()}
    found |= {name: readable(color, paper, _LEAST.get(name, TEXT)) for name, color in texts.items()}
    for name in _TONES:
        fill = looks[_TEXTS[name]].get("fill", paper)
        field = fill if by_day else mixed(found[name], paper, _TINT)
        found |= {name: readable(found[name], field, TEXT), f"{name}-field": field}
    head = looks["section"].get("fill", texts["title"])
    found |= {
        "head": head if by_day else mixed(head, "FFFFFF", 0.8),
        "head-ink": looks["section"].get("color", _DAY),
        "total": looks["output"].get("fill", paper) if by_day else mixed(head, paper, 0.45),
    }
    for name, color in theme.charts.items():
        least = _LEAST.get(name, DRAWN if by_day else TEXT)
        drawn = color if name in _FILLED and by_day else readable(color, paper, least)
        found[f"c-{name}"] = drawn
    return found


def readable(color: str, paper: str, least: float) -> str:
    """Return a colour, darker or lighter by as little as it takes to stand out from a paper.

    It keeps its hue: a dark green becomes a light green, no grey.
    """
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in _parts(color)))
    target = 0.0 if _light(paper) > _light("808080") else 1.0
    for step in range(_STEPS):
        lighter = lightness + (target - lightness) * step / _STEPS
        shades = hls_to_rgb(hue, lighter, saturation)
        found = "".join(f"{round(255 * shade):02X}" for shade in shades)
        if contrast(found, paper) >= least:
            return found
    return "FFFFFF" if target else "000000"


def mixed(one: str, other: str, share: float) -> str:
    """Return a share of one colour in another."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Return how far two colours stand apart, 1 to 21, as WCAG measures it."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(color: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    low: float = part / 12.92
    return low if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB


def _parts(color: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(color)
    return red, green, blue
