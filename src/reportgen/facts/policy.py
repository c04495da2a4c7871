"""The policy numbers of the method: one file beside the templates, shown in every report."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.reading.yaml import Scalar, Section, Tree, YamlError, parse
from reportgen.resources import template_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIELDS = ("value", "unit", "label", "reason")


class PolicyValue(NamedTuple):
    """One constant of the method: its dotted key, value, unit, and why it is what it is."""

    key: str
    value: float
    unit: str
    label: str
    reason: str


@dataclass(frozen=True)
class Policy:
    """Every policy number by key, in the order of the file."""

    values: Mapping[str, PolicyValue]

    def __getitem__(self, key: str) -> float:
        return self.values[key].value


def load_policy(path: Path | None = None) -> Policy:
    """The policy of a method file (default: the one shipped); ReportgenError names its mistakes."""
    chosen = template_path("method.yaml") if path is None else path
    try:
        text = chosen.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportgenError(f"{chosen.name}: cannot be read: {error}") from None
    return _parsed(text, chosen.name)


@lru_cache(maxsize=8)
def _parsed(text: str, name: str) -> Policy:
    """The policy a text states, kept: one process builds many reports under it."""
    try:
        tree = parse(text)
    except YamlError as error:
        raise ReportgenError(f"{name}:{error.line or 1}: {error.found}") from None
    if not isinstance(tree, Section):
        raise ReportgenError(f"{name}:1: expected one mapping of keys to {', '.join(FIELDS)}")
    return Policy({key: _policy_value(name, key, entry) for key, entry in tree.items.items()})


def _policy_value(name: str, key: str, entry: Tree) -> PolicyValue:
    place = f"{name}:{entry.line} {key}"
    if not isinstance(entry, Section) or set(entry.items) != set(FIELDS):
        raise ReportgenError(f"{place}: expected exactly {', '.join(FIELDS)}")
    value, unit, label, reason = (_text(place, entry.items[field]) for field in FIELDS)
    return PolicyValue(key, _number(place, value), unit, label, reason)


def _text(place: str, node: Tree) -> str:
    if not isinstance(node, Scalar) or not node.text:
        raise ReportgenError(f"{place}: {', '.join(FIELDS)} must each be filled with one value")
    return node.text


def _number(place: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ReportgenError(f"{place}: value is {text}; expected a number")
    return value
