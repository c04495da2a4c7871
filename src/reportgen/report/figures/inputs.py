"""What stands beside the inputs: who overrode one and why, and room to note further overrides."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Dim, Line, Unit
from reportgen.model.keys import filled
from reportgen.model.words import Entry, given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.expr.numeric import Array
    from reportgen.model.case import Origin
    from reportgen.model.question import Question

SPARE_OVERRIDES = tuple(f"+{k}" for k in range(1, 6))
OVERRIDE_ROW = Dim("override_row")

# Entries on the Inputs tab, by the beginning of their keys; all others have a tab of their own
ON_INPUTS = ("assumption[", "policy[", "as_of", "company.", "fx[")

_ROW = "override_row[{override_row}]"
spare_key = given(f"{_ROW}.key", "Key", Unit.TEXT, OVERRIDE_ROW)
spare_value = given(f"{_ROW}.value", "Value", Unit.NUMBER, OVERRIDE_ROW)
spare_published = given(f"{_ROW}.published", "Published", Unit.DATE, OVERRIDE_ROW)
spare_author = given(f"{_ROW}.author", "Author", Unit.TEXT, OVERRIDE_ROW)
spare_reason = given(f"{_ROW}.reason", "Reason", Unit.TEXT, OVERRIDE_ROW)
spare_expires = given(f"{_ROW}.expires", "Expires", Unit.DATE, OVERRIDE_ROW)


class Remarks(NamedTuple):
    """The typed cells beside an override: an analyst fills them in with it."""

    author: Line
    reason: Line
    expires: Line


@cache
def remarks(entry: Entry) -> Remarks:
    """Return the lines of who overrides an input, why and until when, shaped like the input."""
    stem = f"{entry.key}.override"
    return Remarks(
        given(f"{stem}.author", f"{entry.label}, override by", Unit.TEXT, *entry.dims),
        given(f"{stem}.reason", f"{entry.label}, reason", Unit.TEXT, *entry.dims),
        given(f"{stem}.expires", f"{entry.label}, expires", Unit.DATE, *entry.dims),
    )


def on_inputs(lines: Iterable[Line]) -> tuple[Entry, ...]:
    """Return the inputs that have their row on the Inputs tab, in the order of the lines."""
    return tuple(
        line for line in lines if isinstance(line, Entry) and line.key.startswith(ON_INPUTS)
    )


def ask(question: Question) -> None:
    """Add the remarks of the overrides in force, and five rows to note others in."""
    question.dimension(OVERRIDE_ROW, SPARE_OVERRIDES)
    for entry in on_inputs(tuple(question.lines)):
        lines = remarks(entry)
        question.lines.extend(lines)
        question.given.update(zip(lines, _remarked(entry, question), strict=True))


def _remarked(entry: Entry, question: Question) -> tuple[Array, Array, Array]:
    """Return author, reason and expiry of each cell of an input, blank where not overridden."""
    shape = tuple(question.size(dim) for dim in entry.dims)
    author, reason = (np.full(shape, "", dtype=object) for _ in range(2))
    expires = np.full(shape, np.nan)
    origins = question.case.overridden
    for key, index in filled(entry, question.members) if origins else ():
        origin: Origin | None = origins.get(key)
        if origin is not None:
            author[index], reason[index] = origin.author, origin.reason
            expires[index] = origin.expires
    return author, reason, expires
