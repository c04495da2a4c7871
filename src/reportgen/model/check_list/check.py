"""A check, and how checks are commonly made: by a gap, a count, a headline."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import absolute, known, where
from reportgen.model.checks.looked_at import RELATIVE
from reportgen.model.words import or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node


class Check(NamedTuple):
    """One check: the difference shown, where it is wrong (1), and how grave that is."""

    label: str
    basis: str
    difference: Node
    wrong: Node
    verdict: str = "FAIL"


def off(gap: Node, tolerance: Node) -> Node:
    """Return 1 where a gap is wider than a tolerance."""
    return where(absolute(gap) > tolerance, 1, 0)


def rounding(of: Node, relative: Node = RELATIVE) -> Node:
    """Return what rounding may leave over of money: more where a share costs a million."""
    return relative * (1 + absolute(of))


def counted(name: str, basis: str, count: Node, verdict: str = "WARN") -> Check:
    """Return a check that nothing of a kind is there."""
    return Check(name, basis, count, where(or_zero(count) > 0, 1, 0), verdict)


def headline(name: str, of: Node) -> Check:
    """Return the check that a headline is known."""
    missing = where(known(of), 0, 1)
    return Check(f"{name} is known", "a headline that is n/a blocks the stance", missing, missing)
