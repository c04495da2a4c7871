"""The nodes of an expression: small, frozen, compared by identity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from reportgen.expr.operators import NA, Call, Dim, Missing, Node, Number, Operand, Words, node
from reportgen.expr.units import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "NA",
    "AsOf",
    "At",
    "By",
    "Call",
    "Dim",
    "Each",
    "Kind",
    "Line",
    "Linked",
    "Missing",
    "Node",
    "Number",
    "Operand",
    "Pick",
    "Previous",
    "Reduce",
    "Role",
    "Spot",
    "Study",
    "SumWhere",
    "Unit",
    "Varied",
    "WhatIf",
    "Words",
    "node",
]


class Kind(Enum):
    """What a line holds, as it is declared: no reader has to guess it from the key."""

    COMPUTED = auto()  # follows from other lines
    INPUT = auto()  # the live value of an input: its override, else its issued value
    ISSUED = auto()  # the value of an input as issued
    OVERRIDE = auto()  # what an analyst put in its place
    GIVEN = auto()  # a text, a day or a number that is typed and has no override
    ROW_NUMBER = auto()  # numbers the rows of a table from 1
    CONTROL = auto()  # a choice that the reader of the workbook makes
    REMARK = auto()  # who overrides an input, why and until when; when a value was published


class Role(Enum):
    """What an input is to the method; both its parts, issued and override, have its role."""

    PARAMETER = auto()  # an assumption of the house
    CONSTANT = auto()  # a policy number of the method
    FIGURE = auto()  # a figure of a table, or of the company's description


@dataclass(frozen=True, eq=False, slots=True)
class Line(Node):
    """One line of the model: a value a member of its dimensions, with a public key.

    `key` may hold `{dimension}` places. `expr` is None for what is given from outside. `role` is
    None for what is neither an input nor a part of one, `of_input` the key of the input that an
    issued value, an override or a remark belongs to. `family` is the reason that a change of a
    given value or an input counts to in an attribution.
    """

    key: str
    label: str
    unit: Unit
    dims: tuple[Dim, ...]
    expr: Node | None = None
    note: str = ""
    kind: Kind = Kind.COMPUTED
    role: Role | None = None
    of_input: str = ""
    family: str = ""

    def __repr__(self) -> str:
        """Return the key, for readable errors."""
        return f"Line({self.key})"


@dataclass(frozen=True, eq=False, slots=True)
class Each(Node):
    """A line ranged over a dimension inside a conditional sum, beside `this` row."""

    line: Line
    dim: Dim


@dataclass(frozen=True, eq=False, slots=True)
class Reduce(Node):
    """A whole dimension of a line made one: total, sum, count, mean, min, max, stdev."""

    how: str
    line: Line
    dim: Dim


@dataclass(frozen=True, eq=False, slots=True)
class SumWhere(Node):
    """The sum over `dim` of `value` (or 1) where `where` holds; n/a values count as 0."""

    dim: Dim
    where: Node
    value: Each | None


@dataclass(frozen=True, eq=False, slots=True)
class AsOf(Node):
    """The value of a dated series on the last date at or before `at`; n/a before the first."""

    dates: Line
    values: Line
    dim: Dim
    at: Node


@dataclass(frozen=True, eq=False, slots=True)
class Pick(Node):
    """The member of a line at a one-based position; n/a where there is no such position."""

    line: Line
    dim: Dim
    position: Node


@dataclass(frozen=True, eq=False, slots=True)
class At(Node):
    """A line at one fixed member of a dimension."""

    line: Line
    dim: Dim
    member: str


@dataclass(frozen=True, eq=False, slots=True)
class Spot(Node):
    """One single cell of a line: a member for each of its dimensions."""

    line: Line
    at: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Previous(Node):
    """The value of the line with this key one member earlier; `first` at the first member."""

    key: str
    dim: Dim
    first: Node


@dataclass(frozen=True, eq=False, slots=True)
class By(Node):
    """A different expression for each named member of a dimension."""

    dim: Dim
    cases: Mapping[str, Node]


@dataclass(frozen=True, eq=False, slots=True)
class Varied(Node):
    """A line as it stands in each what-if of a set; has the set's dimensions in front."""

    study: Study
    line: Line


@dataclass(frozen=True, eq=False, slots=True)
class Linked(Node):
    """A column whose every cell has an expression of its own, which comes with the case."""


@dataclass(frozen=True, eq=False, slots=True)
class WhatIf:
    """One what-if: inputs or lines (with a member each) put to other values."""

    key: str
    label: str
    replaced: tuple[tuple[Line, tuple[str, ...], Node], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Study:
    """A set of what-ifs over the same model, and the lines wanted under each.

    The what-ifs themselves depend on the company and come with the members of `dims`.
    """

    name: str
    label: str
    dims: tuple[Dim, ...]
    outputs: tuple[Line, ...] = ()
