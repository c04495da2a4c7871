"""Numbers as people and programs spell them: 1,234.56, 1.234,56, (12.3), 15%, $74.62, #N/A N/A."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import CellError
from reportgen.facts.units import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST = 1e18
MISSING = frozenset(
    ["", "-", "--", "n/a", "na", "#n/a", "#n/a n/a", "nm", "n.m.", "nan", "null", "none", "."]
)
_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2010": "-"})
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_SPELLED = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?(?P<before>[^\d\s.,'+()-]{1,3})?(?P<sign2>[+-])?"
    r"(?P<digits>[\d.,' ’]*\d[\d.,]*) ?(?P<after>%|x|×|[€£$¥p]|[A-Z]{3}|GBp|zł)?"
    r"(?P<close>\))?(?P<after2>%|x|×)?",
    re.ASCII,
)
_THOUSANDS = {  # spellings of whole thousands, by the sign that then marks the decimals
    ".": re.compile(r"[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d*)?", re.ASCII),
    ",": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?", re.ASCII),
}
_SPACED = re.compile(r"[1-9]\d{0,2}(?:[ '’]\d{3})+(?:[.,]\d*)?", re.ASCII)
_DECIMALS = re.compile(r"\d+[.,]?\d*|[.,]\d+", re.ASCII)
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


class Number(NamedTuple):
    """A number as written (nan if missing) and the mark it carries: "%", "x", "$", "EUR" or ""."""

    value: float
    mark: str


def parse_number(text: str, decimal: str | None = ".") -> Number:
    """The number a cell spells; `15%` is 15 with the mark "%".

    `decimal` is the file's decimal sign, None if nothing in it settles that. Raises CellError if
    the text is no number, or is one under both signs and they differ.
    """
    if _PLAIN.fullmatch(text) and (decimal == "." or not _EITHER.fullmatch(text)):
        return Number(_within_reach(float(text), text), "")
    stripped = text.strip().translate(_DASHES)
    if stripped.lower() in MISSING:
        return Number(math.nan, "")
    return _spelled(text, _SPACES.sub(" ", stripped), decimal)


def _spelled(text: str, stripped: str, decimal: str | None) -> Number:
    match = _SPELLED.fullmatch(stripped.replace("$ ", "$"))
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise CellError(f"{quote(text)} is not a number")
    signs = [sign for sign in (match["sign"], match["sign2"], match["open"]) if sign]
    marks = [mark for mark in (match["before"], match["after"], match["after2"]) if mark]
    is_word = bool(match["after"]) and len(match["after"]) == len("USD")
    if len(signs) > 1 or len(marks) > 1 or (is_word and not is_currency(match["after"])):
        raise CellError(f"{quote(text)} is not a number")
    size = _magnitude(text, match["digits"].strip(), decimal)
    negative = signs in (["-"], ["("])
    mark = marks[0].replace("×", "x") if marks else ""
    return Number(-size if negative else size, mark)


def _magnitude(text: str, digits: str, decimal: str | None) -> float:
    readings = {sign: value for sign in ".," if (value := _reading(digits, sign)) is not None}
    if not readings:
        raise CellError(f"{quote(text)} is not a number")
    if len(set(readings.values())) == 1:
        return _within_reach(next(iter(readings.values())), text)
    if decimal is None:
        one, other = (f"{value:g}" for value in readings.values())
        raise CellError(
            f"{quote(text)} can be read as {one} or {other}",
            "a number whose decimal sign is clear",
            "write it without thousands separators, with a point",
        )
    return _within_reach(readings[decimal], text)


def _reading(digits: str, decimal: str) -> float | None:
    """The value of unsigned digits if `decimal` is the decimal sign; None if that cannot be."""
    other = "," if decimal == "." else "."
    if _SPACED.fullmatch(digits):
        digits = re.sub("[ '’]", "", digits)
    if _THOUSANDS[decimal].fullmatch(digits):
        return float(digits.replace(other, "").replace(decimal, "."))
    if _DECIMALS.fullmatch(digits) and other not in digits:
        return float(digits.replace(decimal, "."))
    return None


def _within_reach(value: float, text: str) -> float:
    if abs(value) > LARGEST:
        raise CellError(f"{quote(text)} is too large", f"a number up to {LARGEST:g}")
    return value


def decimal_sign(cells: Iterable[str], default: str | None) -> str | None:
    """The decimal sign that the cells of a file settle; `default` if none does.

    None if some cells use a point and others a comma, so that 1,234 stays open.
    """
    signs = set()
    for cell in cells:
        if "," not in cell and "." not in cell:
            continue
        digits = re.sub(r"[^\d.,]", "", cell)
        possible = {sign for sign in ".," if _reading(digits, sign) is not None}
        if len(possible) == 1:
            signs |= possible
    if not signs:
        return default
    return signs.pop() if len(signs) == 1 else None
