"""A page as one HTML file that needs nothing else: no script, no font, no picture, no network."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Template

    from reportgen.differences.forms.document import Document, Step, Waterfall

    Share = Callable[[float], float]

TEMPLATE = Path(__file__).with_name("page.html.jinja")
MARK = 0.6  # the width of the mark of a level, in percent of the drawing
LEAST = 0.3  # the width of the smallest bar, so that it can be seen at all


class Bar(NamedTuple):
    """Where a step is drawn: percent from the left and of the width; `way` names its look."""

    left: str
    width: str
    way: str


def html(document: Document) -> str:
    """The page; all text in it is escaped, and its bars are drawn by styles alone."""
    kinds = [type(block).__name__ for block in document.blocks]
    return _template().render(
        title=document.title, blocks=list(zip(kinds, document.blocks, strict=True)), bars=bars
    )


def bars(waterfall: Waterfall) -> list[tuple[Step, Bar]]:
    """Each step with its bar, on a scale that just holds all levels; a level is a mark on it."""
    levels = [step.after for step in waterfall.steps]
    low, high = min(levels), max(levels)
    room = (high - low) or 1.0

    def share(level: float) -> float:
        return (100 - MARK) * (level - low) / room

    return [(step, _bar(step, share)) for step in waterfall.steps]


def _bar(step: Step, share: Share) -> Bar:
    if step.is_level:
        return Bar(f"{share(step.after):.2f}", f"{MARK:.2f}", "level")
    left, right = sorted((share(step.before), share(step.after)))
    way = "rise" if step.after >= step.before else "fall"
    return Bar(f"{left:.2f}", f"{max(right - left, LEAST):.2f}", way)


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))


def _printable(text: str) -> str:
    """The text without control characters, which HTML does not know."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
