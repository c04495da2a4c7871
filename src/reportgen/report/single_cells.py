"""Formulas over a range of one cell, said so that every program computes them alike.

Gnumeric's INDEX takes no range of a single cell, its SUMPRODUCT no single cell that is blank: there
CHOOSE and SUM stand for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.expr.pieces import Reference, Template

if TYPE_CHECKING:
    from reportgen.expr.state import Members

_MARK = re.compile("\x00(\\d+)\x00")
_HOLE = re.compile("%(?P<of>[s%])")


def in_single_cells(pattern: Template, members: Members) -> Template:
    """Return a template in which ranges over a dimension of one member are read as one cell."""
    single = {
        number: of
        for number, of in enumerate(pattern.references)
        if (of.indexed or of.summed) and of.dim is not None and len(members[of.dim]) == 1
    }
    if not single:
        return pattern
    text = _numbered(pattern.text)
    for number, of in single.items():
        text = _chosen(text, number) if of.indexed else _summed(text, number)
    order = [int(number) for number in _MARK.findall(text)]
    references: tuple[Reference, ...] = tuple(pattern.references[number] for number in order)
    return Template(_MARK.sub("%s", text), references)


def _numbered(text: str) -> str:
    """Return a template's text with a mark that names the reference in each of its holes."""
    numbers = iter(range(text.count("%")))
    return _HOLE.sub(
        lambda found: f"\x00{next(numbers)}\x00" if found["of"] == "s" else found[0], text
    )


def _summed(text: str, number: int) -> str:
    return text.replace(f"\x00{number}\x00", f"SUM(\x00{number}\x00)")


def _chosen(text: str, number: int) -> str:
    """Return a text in which `INDEX(range,place)` is `CHOOSE(place,range)`."""
    head = f"INDEX(\x00{number}\x00,"
    start = text.index(head)
    end = _closing(text, start + len(head))
    place = text[start + len(head) : end]
    return f"{text[:start]}CHOOSE({place},\x00{number}\x00{text[end:]}"


def _closing(text: str, at: int) -> int:
    """Return where the bracket closes that is open at a place of a formula."""
    depth, quoted = 1, False
    for k in range(at, len(text)):
        letter = text[k]
        quoted ^= letter == '"'
        if not quoted:
            depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return k
    raise ValueError(f"{text!r} leaves a bracket open")
