"""The spelling of public keys: dotted names, members in square brackets, perhaps a field."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from reportgen.errors import quote
from reportgen.facts.problems import CellError
from reportgen.facts.reading.numbers import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY_EXPECTED = (
    "a key such as assumption[growth,bull,cloud], with % , [ ] in members as %25 and so on"
)
_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*"
_MEMBER = r"(?:[^%,\[\]]|%[0-9A-Fa-f]{2})*"
_KEY = re.compile(
    rf"(?P<name>{_NAME})"
    rf"(?:\[(?P<members>{_MEMBER}(?:,{_MEMBER})*)\](?:\.(?P<field>{_NAME}))?)?",
    re.ASCII,
)
_RESERVED = re.compile(r"[%,\[\]\x00-\x1f]")
_TRIGGER = re.compile(r"(?P<metric>[^<>]+?)\s*(?P<sign>[<>])\s*(?P<level>[^<>=]+)")


class Key(NamedTuple):
    """A key taken apart: `fact[price/ADS].value` is fact, (price/ADS,), value.

    Percent escapes in members are undone; a key without brackets has no members and no field.
    """

    name: str
    members: tuple[str, ...]
    field: str


class Trigger(NamedTuple):
    """A condition under which an argument has come true: a metric below or above a level."""

    metric: str
    sign: str
    level: float


def parse_key(text: str) -> Key:
    """The name and members of a key; raises CellError if it is not spelt as one."""
    match = _KEY.fullmatch(text)
    if match is None:
        raise CellError(f"{quote(text)} is not a key", KEY_EXPECTED)
    members = match["members"]
    parts = () if members is None else tuple(map(unquote, members.split(",")))
    return Key(match["name"], parts, match["field"] or "")


def escaped(part: str) -> str:
    """One part of a member with `%`, `,`, `[`, `]` and control characters escaped."""
    return _RESERVED.sub(lambda match: f"%{ord(match[0]):02X}", part)


def member(*parts: str) -> str:
    """Return the id of a member from its natural key."""
    return ",".join(escaped(part) for part in parts)


def unique(members: Iterable[str]) -> tuple[str, ...]:
    """Return ids with `#2`, `#3` behind those that repeat an earlier one."""
    seen: dict[str, int] = {}
    result = []
    for name in members:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(result)


def key_text(key: Key) -> str:
    """The spelling of a key, from its parts."""
    members = f"[{','.join(map(escaped, key.members))}]" if key.members else ""
    return f"{key.name}{members}{f'.{key.field}' if key.field else ''}"


def is_key(text: str) -> bool:
    """Whether a text is spelt as a key."""
    return _KEY.fullmatch(text) is not None


def parse_trigger(text: str) -> Trigger:
    """The condition `metric < level` or `metric > level`; raises CellError if it is neither."""
    match = _TRIGGER.fullmatch(text)
    level, mark = parse_number(match["level"]) if match else (math.nan, "")
    if match is None or math.isnan(level):
        raise CellError(f"{quote(text)} is not a trigger", "metric < level or metric > level")
    parse_key(match["metric"])
    return Trigger(match["metric"], match["sign"], level / 100 if mark == "%" else level)
