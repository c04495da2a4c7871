"""The whole model, in the order of calculation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Line
from reportgen.model import (
    evidence,
    fundamentals,
    hype,
    inputs,
    launch,
    market,
    priced_in,
    score,
    stance,
    valuation,
)
from reportgen.model.arguments import Arguments
from reportgen.model.choosing import Facts, Weighed
from reportgen.model.words import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

MODULES = (
    inputs,
    fundamentals,
    market,
    evidence,
    launch,
    valuation,
    hype,
    priced_in,
    score,
    stance,
)


def lines_of(modules: Iterable[ModuleType], before: Iterable[Line] = ()) -> tuple[Line, ...]:
    """Return every line of some modules in the order of definition, inputs split into theirs.

    `before` are lines already collected, which are not repeated.
    """
    found: dict[Line, None] = {}
    seen = set(before)
    for module in modules:
        for value in vars(module).values():
            for line in _expanded(value):
                if line not in seen:
                    found[line] = None
    policies = [
        part for entry in inputs.policies() for part in _expanded(entry) if part not in seen
    ]
    return (*dict.fromkeys(policies), *(line for line in found if line not in set(policies)))


def _expanded(value: object) -> Iterator[Line]:
    if isinstance(value, Entry):
        yield from (value.issued, value.override, value)
    elif isinstance(value, Line):
        yield value
    elif isinstance(value, Weighed | Facts | Arguments):
        yield from value.lines
    elif isinstance(value, dict | tuple):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _expanded(entry)


MODEL = lines_of(MODULES)
BY_KEY = {line.key: line for line in MODEL}
