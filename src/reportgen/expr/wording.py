"""The third reader of an expression: its formula in words, labels standing for addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.expr.formula import template
from reportgen.expr.pieces import How

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.pieces import Reference

_LABEL = r"(\[[^\]]*\])"
# What guards against n/a, and the words for it
_GUARDS = (
    (re.compile(rf'IF\(ISNUMBER\({_LABEL}\),\1,"n/a"\)'), r"\1"),
    (re.compile(rf"IF\(ISNUMBER\({_LABEL}\),\1,0\)"), r"OR_ZERO(\1)"),
    (re.compile(r"\bN\("), "OR_ZERO("),
    (re.compile(rf'IF\(COUNTIF\({_LABEL},"n/a"\)>0,"n/a",SUM\(\1\)\)'), r"TOTAL(\1)"),
    (re.compile(rf'IF\(COUNT\({_LABEL}\)=0,"n/a",(M..)\(\1\)\)'), r"\2(\1)"),
    (re.compile(r"ISNUMBER\("), "KNOWN("),
)
_COERCED = re.compile(r'(?<=\])(?:\+0\b|&"")')
_TOKEN = re.compile(r'"(?:[^"]|"")*"|\[[^\]]*\]|<=|>=|<>|[-+*/^=<>&,]|[^-+*/^=<>&,"\[]+')
_OPERATORS = frozenset({"<=", ">=", "<>", *"+-*/^=<>&"})


def in_words(
    line: Line,
    choice: tuple[tuple[Dim, str], ...],
    told: Callable[[Reference], str],
    *,
    first: bool = False,
) -> str:
    """Return the formula of a line in words, for the chosen members of its `by` dimensions.

    `told` is what stands in square brackets for a reference; it must hold none itself. `first`
    tells the first member of a ladder from the others. Raises as `template` does.
    """
    pattern = template(line, choice, first=first)
    holes = tuple(f"[{told(reference)}]" for reference in pattern.references)
    text = _without_guard(pattern.text % holes)
    for guard, words in _GUARDS:
        text = guard.sub(words, text)
    return _spaced(_COERCED.sub("", text))


def named(reference: Reference, name: str) -> str:
    """Return what a reference reads: the name of its line, and of it which cells."""
    if reference.study is not None:
        return f"{name}, in each what-if"
    if reference.how is How.RANGE and reference.dim is not None:
        return f"{name}, every {plain(reference.dim.name)}{_but(*reference.cut)}"
    if reference.how is How.BEFORE:
        return f"{name}, one before"
    members = reference.at or ((reference.member,) if reference.how is How.AT else ())
    return ", ".join((name, *(member.translate(_NO_BRACKETS) for member in members)))


def _but(first: int, last: int) -> str:
    """Return in words which members a range leaves out."""
    told = (("first", first), ("last", last))
    parts = [f"{at} {count}" if count > 1 else at for at, count in told if count]
    return f" but the {' and '.join(parts)}" if parts else ""


_NO_BRACKETS = str.maketrans("[]", "()")


def plain(name: str) -> str:
    """Return the name of a dimension as words."""
    return name.replace("_", " ")


def _without_guard(text: str) -> str:
    """Return a formula without the outermost IFERROR, which only turns an error into n/a."""
    start, end = "IFERROR(", ',"n/a")'
    inner = text[len(start) : -len(end)]
    whole = text.startswith(start) and text.endswith(end)
    return inner if whole and _balanced(inner) else text


def _balanced(text: str) -> bool:
    """Return whether no bracket closes before it was opened, texts and labels aside."""
    depth = 0
    for token in _TOKEN.findall(text):
        if token[0] not in '"[':
            for sign in token:
                depth += (sign == "(") - (sign == ")")
                if depth < 0:
                    return False
    return depth == 0


def _spaced(text: str) -> str:
    """Return a formula with room around its operators; a sign stays with its number."""
    parts: list[str] = []
    for piece in _TOKEN.findall(text):
        before = parts[-1] if parts else "("
        if piece == ",":
            parts.append(", ")
        elif piece in _OPERATORS and not (piece == "-" and before.endswith(("(", " "))):
            parts.append(f" {piece} ")
        else:
            parts.append(piece)
    return "".join(parts)
