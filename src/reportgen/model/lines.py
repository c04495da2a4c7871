"""The whole model, in the order of calculation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import children
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
from reportgen.model.inputs.constants import policies
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


def modules_of(part: ModuleType) -> tuple[ModuleType, ...]:
    """Return the modules of a package in its order of calculation; a module is its own."""
    modules: tuple[ModuleType, ...] = getattr(part, "MODULES", (part,))
    return modules


def lines_of(parts: Iterable[ModuleType], before: Iterable[Line] = ()) -> tuple[Line, ...]:
    """Return every line of some modules in the order of definition, inputs split into theirs.

    A package stands for its modules, in the order of calculation that it tells.
    The constants of the policy that they read come first, in the order of reading, so that the
    result does not hang on what else was imported. `before` are lines already collected, which
    are not repeated.
    """
    seen = set(before)
    found = dict.fromkeys(
        line
        for part in parts
        for module in modules_of(part)
        for name, value in vars(module).items()
        if not name.startswith("__")  # __builtins__ holds a hundred things that are no lines
        for line in _expanded(value)
        if line not in seen
    )
    constants = dict.fromkeys(
        piece
        for line in found
        for constant in _constants(line)
        for piece in _expanded(constant)
        if piece not in seen
    )
    constants |= dict.fromkeys(line for line in found if line.key.startswith("policy["))
    return (*constants, *(line for line in found if line not in constants))


def _constants(line: Line) -> Iterator[Entry]:
    """Yield the constants of the policy that a line reads, from left to right."""
    stack = [] if line.expr is None else [line.expr]
    while stack:
        top = stack.pop()
        if isinstance(top, Entry) and top.key.startswith("policy["):
            yield top
        elif not isinstance(top, Line):
            stack.extend(reversed(children(top)))


def constants_beside(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the constants that no line reads, only what-ifs and linked cells: by key."""
    known = set(lines)
    loose = sorted(policies(), key=lambda constant: constant.key)
    return tuple(part for constant in loose for part in _expanded(constant) if part not in known)


def _expanded(value: object) -> Iterator[Line]:
    if isinstance(value, Entry):
        yield from (value.issued, value.override, value)
    elif isinstance(value, Line):
        yield value
    elif isinstance(value, dict | tuple):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _expanded(entry)


MODEL = lines_of(MODULES)
BY_KEY = {line.key: line for line in MODEL}
