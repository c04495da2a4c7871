"""The root of the tree: nodes that operators build, constants, and functions of nodes.

n/a is one thing with two faces: NaN in Python and the text `n/a` in a cell. Truth is 1 or 0.
Dates are Excel serial numbers. Text n/a is the string `n/a` on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False, slots=True)
class Dim:
    """A named dimension: scenario, segment, target ..."""

    name: str

    def __repr__(self) -> str:
        """Return the name alone, for readable errors."""
        return self.name


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """Anything that has a value; operators build larger nodes."""

    def __add__(self, other: Operand) -> Node:
        """Return self + other."""
        return Call("add", (self, node(other)))

    def __radd__(self, other: Operand) -> Node:
        """Return other + self."""
        return Call("add", (node(other), self))

    def __sub__(self, other: Operand) -> Node:
        """Return self - other."""
        return Call("sub", (self, node(other)))

    def __rsub__(self, other: Operand) -> Node:
        """Return other - self."""
        return Call("sub", (node(other), self))

    def __mul__(self, other: Operand) -> Node:
        """Return self x other."""
        return Call("mul", (self, node(other)))

    def __rmul__(self, other: Operand) -> Node:
        """Return other x self."""
        return Call("mul", (node(other), self))

    def __truediv__(self, other: Operand) -> Node:
        """Return self / other; n/a where other is 0."""
        return Call("div", (self, node(other)))

    def __rtruediv__(self, other: Operand) -> Node:
        """Return other / self; n/a where self is 0."""
        return Call("div", (node(other), self))

    def __pow__(self, other: Operand) -> Node:
        """Return self to the power of other."""
        return Call("pow", (self, node(other)))

    def __rpow__(self, other: Operand) -> Node:
        """Return other to the power of self."""
        return Call("pow", (node(other), self))

    def __neg__(self) -> Node:
        """Return -self."""
        return Call("neg", (self,))

    def __lt__(self, other: Operand) -> Node:
        """Return 1 where self < other."""
        return Call("lt", (self, node(other)))

    def __le__(self, other: Operand) -> Node:
        """Return 1 where self <= other."""
        return Call("le", (self, node(other)))

    def __gt__(self, other: Operand) -> Node:
        """Return 1 where self > other."""
        return Call("gt", (self, node(other)))

    def __ge__(self, other: Operand) -> Node:
        """Return 1 where self >= other."""
        return Call("ge", (self, node(other)))

    def __and__(self, other: Operand) -> Node:
        """Return 1 where both hold."""
        return Call("and", (self, node(other)))

    def __or__(self, other: Operand) -> Node:
        """Return 1 where either holds."""
        return Call("or", (self, node(other)))

    def __invert__(self) -> Node:
        """Return 1 where self is 0."""
        return Call("not", (self,))

    def __bool__(self) -> bool:
        """Refuse: chained comparisons, max() and `if expr` would be silently wrong."""
        msg = "an expression has no truth value; use where(), &, |, ~, maximum(), minimum()"
        raise TypeError(msg)


@dataclass(frozen=True, eq=False, slots=True)
class Number(Node):
    """A constant number; inside formulas only 0, 1, 2, 12, 100 and 1000 are allowed."""

    value: float


@dataclass(frozen=True, eq=False, slots=True)
class Words(Node):
    """A constant text."""

    value: str


@dataclass(frozen=True, eq=False, slots=True)
class Missing(Node):
    """The value n/a."""


@dataclass(frozen=True, eq=False, slots=True)
class Call(Node):
    """A function of other nodes; `name` is looked up by each reader."""

    name: str
    args: tuple[Node, ...]


Operand = Node | float | int | str


def node(value: Operand) -> Node:
    """Return a node for a node, a number or a text."""
    if isinstance(value, Node):
        return value
    return Words(value) if isinstance(value, str) else Number(float(value))


NA = Missing()
