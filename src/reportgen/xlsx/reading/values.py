"""The values that cells store as text."""

from __future__ import annotations

from datetime import datetime
from math import isfinite

from reportgen.xlsx.reading.records import CellError, Value
from reportgen.xlsx.reading.strings import unescape

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number has no time zone
_SECONDS_PER_DAY = 86_400


def number(text: str) -> float:
    """The finite number that the text spells. Raises ValueError if it is none."""
    value = float(text)
    if not isfinite(value) or "_" in text:
        raise ValueError(f"{text[:40]!r} is not a number")
    return value


def other_value(kind: str, text: str) -> Value:
    """The value of a cell that is neither number nor shared text. Raises ValueError if unknown."""
    if kind == "str":
        return unescape(text)
    if kind == "b":
        return text.strip() in {"1", "true"}
    if kind == "e":
        return CellError(text)
    if kind == "d":
        moment = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=None)
        return (moment - _EPOCH).total_seconds() / _SECONDS_PER_DAY
    raise ValueError(f"type {kind!r}")
