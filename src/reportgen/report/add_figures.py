"""Add to a question what exists only to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.report import figures

if TYPE_CHECKING:
    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question


def add_figures(question: Question, pack: Pack) -> None:
    """Add every figure: its lines, and what depends on the company."""
    question.lines.extend(figures.LINES)
    question.sort()
    for know in figures.KNOWN:
        know(question, pack)
    for ask in figures.ASKED:
        ask(question)
    question.blank_rest()
    question.sort()
