"""A diff as JSON for programs: full precision, one stable order, a versioned schema."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reportgen.differences.forms.story import story
from reportgen.differences.records import RECORDS, ReportDiff

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from reportgen.differences.forms.content import WorkbookDiff
    from reportgen.differences.records import Record

Tree = dict[str, "Tree"] | list["Tree"] | float | str | bool | None
VERSION = 1  # of workbook diffs; a diff of reports carries its own


def as_json(diff: ReportDiff | WorkbookDiff) -> str:
    """One object; `kind` is `report` or `workbook`, n/a is null, days are YYYY-MM-DD.

    Letters beyond ASCII are escaped, so that any stream carries it.
    """
    return json.dumps(tree(diff), indent=1, allow_nan=False) + "\n"


def tree(diff: ReportDiff | WorkbookDiff) -> dict[str, Tree]:
    """The diff in the types of JSON, its version and kind first."""
    parts = _fields(diff)
    version = parts.pop("schema_version", VERSION)
    if isinstance(diff, ReportDiff):
        told: dict[str, Tree] = {"kind": "report", "story": list(story(diff))}
    else:
        told = {"kind": "workbook"}
    return {"schema_version": version, **told, **parts}


def _fields(record: object) -> dict[str, Tree]:
    found = {name: _tree(getattr(record, name)) for name in _names(record)}
    for name in ("change", "relative"):  # of a headline: spares every reader the arithmetic
        if hasattr(record, name):
            found[name] = _tree(getattr(record, name))
    return found


def _names(record: object) -> tuple[str, ...]:
    if isinstance(record, RECORDS):
        return cast("Record", record)._fields
    return tuple(field.name for field in fields(cast("DataclassInstance", record)))


def _tree(value: object) -> Tree:
    match value:
        case None | bool() | float() | int():
            return value
        case Enum():
            return str(value.value)
        case str():
            return value
        case tuple() if not isinstance(value, RECORDS):
            return [_tree(one) for one in value]
        case date():
            return value.isoformat()
        case Path():
            return str(value)
    return dict(_fields(value))
