"""Records from JSON that somebody else may have written: each field is of its type, or none is."""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

RecordT = TypeVar("RecordT")
_LONGEST = 40  # characters of what is shown of a wrong value


def record_of(kind: type[RecordT], raw: bytes) -> RecordT:
    """Return the record (a NamedTuple or dataclass) that is written as a JSON object of its fields.

    Fields hold texts, numbers, truths, other records, and tuples or mappings by text of these; what
    else the JSON has is passed over. Raises ValueError, saying which field is none.
    """
    try:
        found = json.loads(raw)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    made: RecordT = _record(kind, found, "it")
    return made


@cache
def _fields(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _record(kind: Any, found: object, name: str) -> Any:  # noqa: ANN401 - as the record says
    if not isinstance(found, dict):
        raise _fault(found, name)
    lacking = [field for field in _fields(kind) if field not in found]
    if lacking:
        raise ValueError(f"{name} lacks {lacking[0]}")
    return kind(
        **{field: _value(hint, found[field], field) for field, hint in _fields(kind).items()}
    )


def _value(kind: Any, found: object, name: str) -> Any:  # noqa: ANN401 - as above
    origin, of = get_origin(kind), get_args(kind)
    if origin is tuple:
        if isinstance(found, list):
            return tuple([_value(of[0], one, name) for one in found])
    elif origin is Mapping:
        if isinstance(found, dict):
            return {key: _value(of[1], one, f"{name}[{key}]") for key, one in found.items()}
    elif hasattr(kind, "_fields"):
        return _record(kind, found, name)
    else:
        kinds = of or (kind,)
        if type(found) is int and float in kinds:
            found = _float(found)
        if type(found) in kinds and not (type(found) is float and not math.isfinite(found)):
            return found
    raise _fault(found, name)


def _float(found: int) -> float:
    try:
        return float(found)
    except OverflowError:
        return math.inf


def _fault(found: object, name: str) -> ValueError:
    shown = repr(found)
    return ValueError(f"{name} cannot be {shown[:_LONGEST]}{'…' if len(shown) > _LONGEST else ''}")
