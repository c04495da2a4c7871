"""A formula in a spelling that no two programs write differently for the same meaning."""

from __future__ import annotations

import re

from reportgen.xlsx.reading.references import Piece, Scope, parse_formula

_FUTURE_PREFIX = re.compile(r"_xl(?:fn|ws|udf)\.", re.IGNORECASE)
_CALL = ["(", ")"]


def canonical_pieces(formula: str) -> list[Piece]:
    """The pieces of a formula: text in canonical spelling, blanks left out.

    Function names are upper case without a prefix for newer functions, numbers as Python prints
    them, and TRUE() is TRUE.
    """
    spelt = [_canonical(p) if isinstance(p, str) else p for p in parse_formula(formula)]
    pieces = [piece for piece in spelt if piece != ""]
    for at in range(len(pieces) - 2, -1, -1):
        if pieces[at] in {"TRUE", "FALSE"} and pieces[at + 1 : at + 3] == _CALL:
            del pieces[at + 1 : at + 3]
        elif isinstance(pieces[at], Scope) and pieces[at + 1] == "#REF!":
            del pieces[at]  # of a lost reference, some programs keep the sheet
    return pieces


def _canonical(text: str) -> str:
    if text.isspace():
        return ""
    if text[0] == '"':
        return text
    if text[0].isdecimal() or (text[0] == "." and len(text) > 1):
        return repr(float(text))
    return _FUTURE_PREFIX.sub("", text).upper()
