"""Which of many cases of one law the short form of the tests keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

Case = TypeVar("Case")


def long_except(kept: Collection[Case], cases: Iterable[Case]) -> list[object]:
    """All cases as parameters of a test, in their order; those that are not kept are `long`.

    The kept ones prove the law with one case of each kind, in `make test`; the others try more
    seeds, packs or edits of it, in `make test-all`. Raises ValueError where a kept case is none.
    """
    cases = list(cases)
    if missing := [one for one in kept if one not in cases]:
        raise ValueError(f"kept, but no case: {missing}")
    return [one if one in kept else pytest.param(one, marks=pytest.mark.long) for one in cases]


def groups(kept: Sequence[Case], cases: Iterable[Case], together: int) -> list[list[Case]]:
    """The cases in the groups that one start of a program takes: the kept ones, then the others.

    So the short form never waits for what only the long one looks at.
    """
    others = [one for one in cases if one not in kept]
    return [list(kept), *(others[n : n + together] for n in range(0, len(others), together))]
