"""What identifies a report: hashes of the model it was made with and of the inputs as issued."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Dim, Line, Node, Op, Reduction, Role, Study
from reportgen.model.lines import MODEL

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case


SCHEMA = 1  # of the Registry: raised when a reader of today's could misread it


def snapshot(case: Case) -> str:
    """Return the SHA-256 of the members and the given values of a case, in 64 digits.

    Two cases have the same one if and only if their texts and the first 15 digits of their numbers
    are the same: LibreOffice keeps no more of a number that it saves.
    """
    found = hashlib.sha256()
    for dim in sorted(case.members, key=lambda dim: dim.name):
        found.update(json.dumps([dim.name, case.members[dim]]).encode())
    for line in sorted(case.given, key=lambda line: line.key):
        values = case.given[line]
        if not _is_blank(values):
            found.update(json.dumps(line.key).encode())
            found.update(_bytes(values))
    return found.hexdigest()


def _is_blank(values: Array) -> bool:
    """Return whether nothing at all is given: as good as a line that is left out."""
    blank = values == "" if values.dtype == object else np.isnan(values)
    return bool(np.all(blank))


def _bytes(values: Array) -> bytes:
    if values.dtype == object:
        return json.dumps(values.tolist()).encode()
    # every kind of NaN is the same blank, and minus zero is zero
    plain = (values + 0.0).ravel().tolist()
    return " ".join([f"{value:.15g}" for value in plain]).encode()


@lru_cache(maxsize=1)
def model_hash() -> str:
    """Return the SHA-256 of every line of the model: key, unit, dimensions and expression.

    Constants of the method are left out: they are inputs.
    """
    found = hashlib.sha256()
    lines = (line for line in MODEL if line.role is not Role.CONSTANT)
    for line in sorted(lines, key=lambda line: line.key):
        dims = [dim.name for dim in line.dims]
        found.update(json.dumps([line.key, line.unit.name, dims, _spelled(line.expr)]).encode())
    return found.hexdigest()


def _spelled(part: object) -> object:
    """Return an expression as nested lists of texts; a line it reads is spelled by its key."""
    match part:
        case Line():
            return ["line", part.key]
        case Dim() | Study():
            return part.name
        case Op():
            return repr(part.word)
        case Reduction():
            return repr(part.value)
        case Node():
            inner = [_spelled(getattr(part, name)) for name in part.__dataclass_fields__]
            return [type(part).__name__, *inner]
        case tuple():
            return [_spelled(item) for item in part]
        case dict():
            return [[key, _spelled(value)] for key, value in sorted(part.items())]
        case _:
            return repr(part)
