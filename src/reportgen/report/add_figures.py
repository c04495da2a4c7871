"""Add to a question what exists only to be shown, in the order in which it is calculated."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from reportgen.expr.functions import children
from reportgen.expr.nodes import Line
from reportgen.model.lines import constants_beside, lines_of, modules_of
from reportgen.report import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.expr.nodes import Node
    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question

_FIRST = ("drivers",)  # whose members others count on
_NAMES = (
    *_FIRST,
    *sorted({module.name for module in iter_modules(figures.__path__)} - set(_FIRST)),
)
_MODULES = tuple(
    module for name in _NAMES for module in modules_of(import_module(f"{figures.__name__}.{name}"))
)


def add_figures(question: Question, pack: Pack) -> None:
    """Add every figure: its lines, and what depends on the company.

    A module may have `ask(question)`, and `know(question, pack)` for rows that the model leaves.
    """
    known = list(question.lines)
    new = lines_of(_MODULES, known)
    question.lines.extend([*constants_beside([*known, *new]), *new])
    for module in _MODULES:
        if hasattr(module, "know"):
            module.know(question, pack)
        if hasattr(module, "ask"):
            module.ask(question)
    question.blank_rest()
    added = question.lines[len(known) :]
    question.lines[:] = [*known, *_ordered(added, question)]


def _ordered(lines: Sequence[Line], question: Question) -> list[Line]:
    """Return lines with each after those that it reads, else in the order given."""
    wanted = set(lines)
    done: dict[Line, None] = {}

    def visit(line: Line) -> None:
        if line not in wanted or line in done:
            return
        stack: list[Node] = [*question.links.get(line, ())]
        if line.expr is not None:
            stack.append(line.expr)
        while stack:
            top = stack.pop()
            if isinstance(top, Line):
                visit(top)
            else:
                stack.extend(children(top))
        done[line] = None

    for line in lines:
        visit(line)
    return list(done)
