"""A formula in a spelling that no two programs write differently for the same meaning."""

from __future__ import annotations

import re

from reportgen.xlsx.reading.references import LOST, Piece, Scope, parse_formula

_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<space>\s+)
  | (?P<number>(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
  | (?P<truth>\b(?:TRUE|FALSE))\(\s*\)
  | (?P<future>_xl(?:fn|ws|udf)\.)
  | (?P<word>[^\W\d][\w.\\?]*)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def canonical_pieces(formula: str) -> list[Piece]:
    """The pieces of a formula: text in canonical spelling, blanks left out.

    Function names are upper case without a prefix for newer functions, numbers as Python prints
    them, and TRUE() is TRUE.
    """
    spelt = [_canonical(p) if isinstance(p, str) else p for p in parse_formula(formula)]
    pieces = [piece for piece in spelt if piece != ""]
    # Of a lost reference, some programs keep the sheet.
    return [
        piece
        for piece, after in zip(pieces, [*pieces, ""][1:], strict=True)
        if not (isinstance(piece, Scope) and after == LOST)
    ]


def _canonical(text: str) -> str:
    return _TOKEN.sub(_spelt, text)


def _spelt(token: re.Match[str]) -> str:
    kind, text = token.lastgroup, token.group()
    if kind == "text":
        return text
    if kind == "number":
        return repr(float(text))
    if kind == "truth":
        return token["truth"].upper()
    return "" if kind in {"space", "future"} else text.upper()
