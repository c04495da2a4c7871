"""The tree of an expression: nodes that operators build, small, frozen, compared by identity.

n/a is one thing with two faces: NaN in Python and the text `n/a` in a cell. Truth is 1 or 0.
Dates are Excel serial numbers. Text n/a is the string `n/a` on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unit(Enum):
    """What a number is measured in; the theme turns it into a number format."""

    RATIO = "ratio"
    CHANGE = "change"
    MULTIPLE = "x"
    PER_SHARE = "price currency per share"
    PRICE_M = "price currency m"
    REPORTING_M = "reporting currency m"
    NUMBER = "number"
    SHARES_M = "m"
    DAYS = "days"
    YEARS = "years"
    SCORE = "0-100"
    COUNT = "count"
    DATE = "date"
    FLAG = "0/1"
    TEXT = "text"


@dataclass(frozen=True, eq=False, slots=True)
class Dim:
    """A named dimension: scenario, segment, target ..."""

    name: str

    def __repr__(self) -> str:
        """Return the name alone, for readable errors."""
        return self.name


class Gives(Enum):
    """What a function of nodes comes to."""

    NUMBER = 0
    TRUTH = 1  # TRUE or FALSE when printed, 1 or 0 in Python
    TEXT = 2


class Op(Enum):
    """The functions of the language: name, what each gives, and whether that is never n/a."""

    ADD = ("add", Gives.NUMBER)
    SUB = ("sub", Gives.NUMBER)
    MUL = ("mul", Gives.NUMBER)
    DIV = ("div", Gives.NUMBER)
    POW = ("pow", Gives.NUMBER)
    NEG = ("neg", Gives.NUMBER)
    ABS = ("abs", Gives.NUMBER)
    LN = ("ln", Gives.NUMBER)
    EXP = ("exp", Gives.NUMBER)
    WHOLE = ("whole", Gives.NUMBER)
    MIN = ("min", Gives.NUMBER)
    MAX = ("max", Gives.NUMBER)
    LT = ("lt", Gives.TRUTH)
    LE = ("le", Gives.TRUTH)
    GT = ("gt", Gives.TRUTH)
    GE = ("ge", Gives.TRUTH)
    EQ = ("eq", Gives.TRUTH)
    AND = ("and", Gives.TRUTH)
    OR = ("or", Gives.TRUTH)
    NOT = ("not", Gives.TRUTH)
    SAME = ("same", Gives.TRUTH, True)
    IDENTICAL = ("identical", Gives.TRUTH, True)
    KNOWN = ("known", Gives.TRUTH, True)
    GIVEN_TEXT = ("given_text", Gives.TRUTH, True)
    WHERE = ("where", Gives.NUMBER)  # or a text, as its branches are
    MONTHS_BEFORE = ("months_before", Gives.NUMBER)
    PLOTTED = ("plotted", Gives.NUMBER)
    FIXED = ("fixed", Gives.TEXT, True)
    PERCENT = ("percent", Gives.TEXT, True)
    DATE_TEXT = ("date_text", Gives.TEXT, True)
    CONCAT = ("concat", Gives.TEXT, True)

    def __init__(self, word: str, gives: Gives, never_na: bool = False) -> None:  # noqa: FBT001, FBT002 - a row of the table
        self.word = word
        self.gives = gives
        self.never_na = never_na


class Reduction(Enum):
    """What a whole dimension is made: all but the total pass over what is n/a."""

    TOTAL = "total"
    SUM = "sum"
    COUNT = "count"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    STDEV = "stdev"
    FILLED = "filled"


OTHERS = ""  # names the members that have no case of their own

COMPARISONS = frozenset({Op.LT, Op.LE, Op.GT, Op.GE, Op.EQ})


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """Anything that has a value; operators build larger nodes."""

    def __add__(self, other: Operand) -> Node:
        """Return self + other."""
        return Call(Op.ADD, (self, node(other)))

    def __radd__(self, other: Operand) -> Node:
        """Return other + self."""
        return Call(Op.ADD, (node(other), self))

    def __sub__(self, other: Operand) -> Node:
        """Return self - other."""
        return Call(Op.SUB, (self, node(other)))

    def __rsub__(self, other: Operand) -> Node:
        """Return other - self."""
        return Call(Op.SUB, (node(other), self))

    def __mul__(self, other: Operand) -> Node:
        """Return self x other."""
        return Call(Op.MUL, (self, node(other)))

    def __rmul__(self, other: Operand) -> Node:
        """Return other x self."""
        return Call(Op.MUL, (node(other), self))

    def __truediv__(self, other: Operand) -> Node:
        """Return self / other; n/a where other is 0."""
        return Call(Op.DIV, (self, node(other)))

    def __rtruediv__(self, other: Operand) -> Node:
        """Return other / self; n/a where self is 0."""
        return Call(Op.DIV, (node(other), self))

    def __pow__(self, other: Operand) -> Node:
        """Return self to the power of other."""
        return Call(Op.POW, (self, node(other)))

    def __rpow__(self, other: Operand) -> Node:
        """Return other to the power of self."""
        return Call(Op.POW, (node(other), self))

    def __neg__(self) -> Node:
        """Return -self."""
        return Call(Op.NEG, (self,))

    def __lt__(self, other: Operand) -> Node:
        """Return 1 where self < other."""
        return Call(Op.LT, (self, node(other)))

    def __le__(self, other: Operand) -> Node:
        """Return 1 where self <= other."""
        return Call(Op.LE, (self, node(other)))

    def __gt__(self, other: Operand) -> Node:
        """Return 1 where self > other."""
        return Call(Op.GT, (self, node(other)))

    def __ge__(self, other: Operand) -> Node:
        """Return 1 where self >= other."""
        return Call(Op.GE, (self, node(other)))

    def __and__(self, other: Operand) -> Node:
        """Return 1 where both hold."""
        return Call(Op.AND, (self, node(other)))

    def __or__(self, other: Operand) -> Node:
        """Return 1 where either holds."""
        return Call(Op.OR, (self, node(other)))

    def __invert__(self) -> Node:
        """Return 1 where self is 0."""
        return Call(Op.NOT, (self,))

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
    """A function of other nodes; each reader finds its own way to say it in one table."""

    op: Op
    args: tuple[Node, ...]


Operand = Node | float | int | str


def node(value: Operand) -> Node:
    """Return a node for a node, a number or a text."""
    if isinstance(value, Node):
        return value
    return Words(value) if isinstance(value, str) else Number(float(value))


NA = Missing()


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
    """A whole dimension of a line made one: without so many `last` members, if there are others."""

    how: Reduction
    line: Line
    dim: Dim
    last: int = 0


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
    """A different expression for each named member of a dimension, `OTHERS` for all not named."""

    dim: Dim
    cases: Mapping[str, Node]


@dataclass(frozen=True, eq=False, slots=True)
class Varied(Node):
    """A line as it stands in each what-if of a set; has the set's dimensions in front."""

    study: Study
    line: Line


@dataclass(frozen=True, eq=False, slots=True)
class Misfits(Node):
    """How many cells typed for numbers hold none, from those of one line to those of another.

    It looks at what is typed, a text or an error, not at a value: such a cell is n/a.
    """

    first: Line
    last: Line


@dataclass(frozen=True, eq=False, slots=True)
class Disorder(Node):
    """How many days along a dimension are not after the one before them, or follow a blank."""

    line: Line
    dim: Dim


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
