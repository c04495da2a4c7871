"""A number as a spreadsheet program shows it: the few things that the formats of a report use.

Written from the rules of number formats alone, so that it is a witness of what a reader sees.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_CONDITION = re.compile(r"\[(>=|<=|>|<|=)(-?[\d.]+)\]")
_DIGITS = re.compile(r"[#0,]*[#0](?:\.[#0]+)?")
_LITERAL = re.compile(r'"([^"]*)"')
_EPOCH = date(1899, 12, 30)


def rendered(value: object, number_format: str) -> str:
    """The text that a cell shows: of a number by its format, of true and false by their names."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if not isinstance(value, int | float):
        return str(value)
    if number_format in {"General", "@"}:
        return f"{value:.10g}"
    number = Decimal(repr(float(value)))
    section, signed = _section(number, number_format.split(";"))
    if re.search("y", _LITERAL.sub("", section)):
        return _day(float(value), section)
    shown = _number(abs(number), section)
    return f"-{shown}" if signed else shown


def _section(number: Decimal, sections: list[str]) -> tuple[str, bool]:
    """The part of a format that a number takes, and whether a minus is set before it.

    Without conditions the second part is for negative numbers, the third for zero; a number less
    than zero that takes a part of its own gets no minus beside what the part says.
    """
    conditional = [(_CONDITION.match(part), part) for part in sections]
    if any(found for found, _ in conditional):
        for found, part in conditional:
            if found is None or _holds(number, found[1], Decimal(found[2])):
                return _CONDITION.sub("", part), False
        raise ValueError(f"no part of {sections} takes {number}")
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], number < 0


def _holds(number: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        ">=": number >= limit,
        "<=": number <= limit,
        ">": number > limit,
        "<": number < limit,
        "=": number == limit,
    }[sign]


def _number(number: Decimal, section: str) -> str:
    """A number without sign by one part of a format; `_x` is a blank as wide as x."""
    section = re.sub(r"_.", " ", section)
    if "E+00" in section:
        return section.replace("0E+00", f"{number:.0E}")
    found = next(
        (hit for hit in _DIGITS.finditer(section) if not _within_quotes(section, hit.start())), None
    )
    if found is None:
        return _LITERAL.sub(r"\1", section)
    digits = found[0]
    if "%" in _LITERAL.sub("", section):
        number *= 100
    whole, _, part = digits.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    text = f"{rounded:,.{len(part)}f}" if "," in whole else f"{rounded:.{len(part)}f}"
    for place in reversed(part):  # a # shows no zero at the end
        if place == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    before, after = section[: found.start()], section[found.end() :]
    return _LITERAL.sub(r"\1", before) + text + _LITERAL.sub(r"\1", after)


def _within_quotes(section: str, at: int) -> bool:
    return section[:at].count('"') % 2 == 1


def _day(serial: float, section: str) -> str:
    day = _EPOCH + timedelta(days=int(serial))
    parts = {"yyyy": f"{day.year:04}", "yy": f"{day:%y}", "mmm": f"{day:%b}"}
    parts |= {"mm": f"{day.month:02}", "dd": f"{day.day:02}", "d": str(day.day)}
    shown = re.sub("yyyy|yy|mmm|mm|dd|d", lambda found: parts[found[0]], section)
    return _LITERAL.sub(r"\1", shown)
