"""Whether two programs that computed the same cells agree, and where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeGuard, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.stored_cells import Value

Place = TypeVar("Place")


class Disagreement(NamedTuple):
    """One cell of which two programs think differently; None where one has no value."""

    place: object
    expected: Value | None
    actual: Value | None


def disagreements(
    expected: Mapping[Place, Value], actual: Mapping[Place, Value], tolerance: float = 1e-9
) -> list[Disagreement]:
    """The places of `expected` at which `actual` differs; places only in `actual` do not count.

    Numbers agree within `tolerance`, relative or absolute; texts and booleans only when equal, and
    a boolean is no number.
    """
    return [
        Disagreement(place, value, actual.get(place))
        for place, value in expected.items()
        if not agree(value, actual.get(place), tolerance)
    ]


def agree(one: Value | None, other: Value | None, tolerance: float = 1e-9) -> bool:
    """Whether two values of a cell are the same, as `disagreements` says."""
    if _is_number(one) and _is_number(other):
        return abs(one - other) <= tolerance * max(1.0, abs(one), abs(other))
    return type(one) is type(other) and one == other


def _is_number(value: Value | None) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
