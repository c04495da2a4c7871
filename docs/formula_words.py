"""The names of lines on the page of the model, and the formula of each in words."""  # noqa: INP001 - pages, no package

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reportgen.expr import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.expr.formula import Variant
    from reportgen.expr.nodes import Line
    from reportgen.expr.pieces import Reference


def names_of(lines: Iterable[Line]) -> dict[Line, str]:
    """Return a name for each line: its label, with the stem of its key where others share it."""
    held = tuple(lines)
    shared = Counter(line.label for line in held)
    return {
        line: line.label if shared[line.label] == 1 else f"{line.label} ({_stem(line.key)})"
        for line in held
    }


def _stem(key: str) -> str:
    """Return a key without its members: `target.published` of `target[{target}].published`."""
    return re.sub(r"\[[^\]]*\]", "", key)


def in_words(
    line: Line, variant: Variant, names: Mapping[Line, str], by_key: Mapping[str, Line]
) -> str:
    """Return the formula of one variant of a line in words."""

    def told(reference: Reference) -> str:
        read = by_key[reference.line] if isinstance(reference.line, str) else reference.line
        name = names.get(read) or read.label  # of an input: its parts, and when it was published
        return wording.named(reference, name)

    return wording.in_words(line, variant.choice, told, first=variant.first)
