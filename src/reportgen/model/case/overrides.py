"""What analysts override: the rows in force, each in the cell of its input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.case.record import Origin
from reportgen.model.given_values import day_number
from reportgen.model.keys import filled
from reportgen.model.lines import MODEL_AND_CONSTANTS
from reportgen.model.words import Entry

if TYPE_CHECKING:
    from reportgen.facts.pack import Pack
    from reportgen.model.case.builder import Builder


def add_overrides(builder: Builder, pack: Pack) -> tuple[dict[str, Origin], tuple[str, ...]]:
    """Fill the override cells from the rows in force; return their origins and those unused."""
    active = [row for row in pack.rows.overrides if row.active]
    if not active:
        return {}, ()
    places = {
        key: (line.override, index)
        for line in MODEL_AND_CONSTANTS
        if isinstance(line, Entry)
        for key, index in filled(line, builder.members)
    }
    origins: dict[str, Origin] = {}
    unused: list[str] = []
    for row in active:
        if row.key not in places:
            unused.append(row.key)
            continue
        line, index = places[row.key]
        builder.given[line][index] = row.value
        expires = day_number(row.expires)
        published = day_number(row.published)
        origins[row.key] = Origin("", published, row.author, row.reason, expires)
    return origins, tuple(unused)
