"""Records from JSON: each field is of its type, or none is taken."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping  # noqa: TC003 - records are read by their types
from typing import NamedTuple

import pytest

from reportgen.runs.json_records import record_of
from reportgen.values import Value  # noqa: TC001 - as above


class Part(NamedTuple):
    """A record within one."""

    name: str


class Whole(NamedTuple):
    """A record of all that there can be."""

    text: str
    number: float
    count: int
    truth: bool
    value: Value
    parts: tuple[Part, ...]
    shares: Mapping[str, float]


SOUND: dict[str, object] = {
    "text": "a",
    "number": 1.5,
    "count": 2,
    "truth": True,
    "value": None,
    "parts": [{"name": "b"}, {"name": "c", "more": 1}],
    "shares": {"d": 1, "e": 0.5},
    "more": "passed over",
}


def read(**said: object) -> Whole:
    return record_of(Whole, json.dumps(SOUND | said).encode())


def test_a_record_is_read_with_all_that_it_holds() -> None:
    parts = (Part("b"), Part("c"))
    assert read() == Whole("a", 1.5, 2, True, None, parts, {"d": 1.0, "e": 0.5})  # noqa: FBT003 - a field
    assert isinstance(read(number=3).number, float)
    assert [read(value=value).value for value in ("x", 1, 2.5, False, None)] == [
        *("x", 1.0, 2.5, False, None)
    ]
    assert isinstance(read(value=1).value, float)
    assert (read(parts=[]).parts, read(shares={}).shares) == ((), {})


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"text": 1}, "text cannot be 1"),
        ({"number": "1"}, "number cannot be '1'"),
        ({"number": True}, "number cannot be True"),
        ({"number": 10**400}, "number cannot be inf"),
        ({"number": math.nan}, "number cannot be nan"),
        ({"value": math.inf}, "value cannot be inf"),
        ({"value": ["x"]}, "value cannot be ['x']"),
        ({"count": 1.0}, "count cannot be 1.0"),
        ({"count": False}, "count cannot be False"),
        ({"truth": 1}, "truth cannot be 1"),
        ({"parts": {"name": "b"}}, "parts cannot be {'name': 'b'}"),
        ({"parts": [{"title": "b"}]}, "parts lacks name"),
        ({"parts": ["b"]}, "parts cannot be 'b'"),
        ({"shares": [1.0]}, "shares cannot be [1.0]"),
        ({"shares": {"d": "x"}}, "shares[d] cannot be 'x'"),
        ({"count": "x" * 38}, f"count cannot be '{'x' * 38}'"),
        ({"count": "x" * 39}, f"count cannot be '{'x' * 39}…"),
    ],
)
def test_a_field_that_is_of_another_type_is_named(said: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]+$") as caught:
        read(**said)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"[]", "it cannot be []"),
        (b"{}", "it lacks text"),
        (b'{"text": "a"}', "it lacks number"),
        (b"[" * 100_000, "it is nested too deep"),
    ],
)
def test_what_is_no_record_is_told(raw: bytes, told: str) -> None:
    with pytest.raises(ValueError, match="it ") as caught:
        record_of(Whole, raw)
    assert str(caught.value) == told
