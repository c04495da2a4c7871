"""The policy numbers of the method: one file beside the templates, shown in every report."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import InputErrors, ReportgenError, on_one_line, quote
from reportgen.facts.problems import CellError, ProblemLog
from reportgen.facts.reading.yaml import SectionReader
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
        raise ReportgenError(f"{chosen.name}: cannot be read: {on_one_line(error)}") from None
    return _parsed(text, chosen.name)


@lru_cache(maxsize=8)
def _parsed(text: str, name: str) -> Policy:
    """The policy a text states, kept: one process builds many reports under it."""
    log = ProblemLog(name)
    reader = SectionReader.of_text(text, log, f"one mapping of keys to {', '.join(FIELDS)}")
    sections = {key: reader.within_section(key) for key in reader.section.items} if reader else {}
    values = {key: _policy_value(key, one) for key, one in sections.items() if one is not None}
    if log.found:
        raise InputErrors(log.found)
    return Policy(values)


def _policy_value(key: str, reader: SectionReader) -> PolicyValue:
    """The constant that a section states; what is wrong with it is logged."""
    reader.know_only(FIELDS)
    unit, label, reason = (reader.text(field) for field in ("unit", "label", "reason"))
    value = reader.checked("value", _check_number, "a number")
    return PolicyValue(key, 0.0 if reader.log.found else float(value), unit, label, reason)


def _check_number(text: str) -> None:
    try:
        is_number = math.isfinite(float(text))
    except ValueError:
        is_number = False
    if not is_number:
        raise CellError(f"{quote(text)} is not a number", "a number")
