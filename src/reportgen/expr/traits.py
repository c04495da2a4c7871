"""What the tree alone tells about a node: size and sign, can it be n/a or err, is it truth.

The printer needs this to put `+0` and IFERROR where they are needed, and nowhere else; the
compiler to leave out what cannot happen.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import (
    COMPARISONS,
    AsOf,
    At,
    By,
    Call,
    Disorder,
    Each,
    Gives,
    Line,
    Linked,
    Misfits,
    Missing,
    Node,
    Number,
    Op,
    Pick,
    Previous,
    Reduce,
    Reduction,
    Spot,
    SumWhere,
    Unit,
    Varied,
    Words,
)
from reportgen.expr.tree import children

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


_COUNTS = frozenset({Reduction.COUNT, Reduction.FILLED})


def is_bounded(of: Node) -> bool:
    """Return whether the tree keeps a value from being huge: it is made of counts and flags.

    Only products of numbers that are not can overflow, for inputs that a sheet can hold.
    """
    match of:
        case Number() | Missing() | Misfits() | Disorder():
            return True
        case Line():
            return _line_is_bounded(of)
        case Each() | At() | Spot() | Varied():
            return _line_is_bounded(of.line)
        case Reduce():
            return of.how in _COUNTS or _line_is_bounded(of.line)
        case SumWhere():
            return of.value is None or is_bounded(of.value)
        case By():
            return all(is_bounded(case) for case in of.cases.values())
        case Call(op=Op.WHERE):
            return all(is_bounded(arg) for arg in of.args[1:])
        case Call(op=Op.ADD | Op.SUB | Op.MUL | Op.NEG | Op.ABS | Op.WHOLE | Op.MIN | Op.MAX):
            return all(is_bounded(arg) for arg in children(of))
        case _:
            return isinstance(of, Call) and of.op.gives is Gives.TRUTH


@cache
def _line_is_bounded(line: Line) -> bool:
    return line.expr is not None and is_bounded(line.expr)


def powers_plainly(of: Call, assumed: AbstractSet[Node] = frozenset()) -> bool:
    """Return whether every program computes a power alike: of a positive base, or a whole power.

    `assumed` are comparisons that hold where the power stands.
    """
    return whole_exponent(of) or _is_positive(of.args[0], assumed)


def whole_exponent(of: Call) -> bool:
    """Return whether the exponent of a power is a constant 1, 2, 3 ..."""
    exponent = of.args[1]
    return isinstance(exponent, Number) and exponent.value > 0 and exponent.value.is_integer()


def _is_positive(of: Node, assumed: AbstractSet[Node]) -> bool:
    """Return whether a node is positive or n/a."""
    if any(_says_positive(fact, of) for fact in assumed):
        return True
    match of:
        case Number():
            return of.value > 0
        case Missing():
            return True
        case Line():
            return _line_is_positive(of)
        case At() | Spot() | Varied():
            return _line_is_positive(of.line)
        case By():
            return all(_is_positive(case, assumed) for case in of.cases.values())
        case Call(op=Op.WHERE, args=(condition, yes, no)):
            return _is_positive(yes, assumed | {condition}) and _is_positive(no, assumed)
        case Call(op=Op.ADD | Op.MIN):  # a product or a quotient may vanish
            return all(_is_positive(arg, assumed) for arg in of.args)
        case Call(op=Op.MAX):
            return any(_is_positive(arg, assumed) for arg in of.args)
        case _:
            return False


@cache
def _line_is_positive(line: Line) -> bool:
    return line.expr is not None and _is_positive(line.expr, frozenset())


def _says_positive(fact: Node, of: Node) -> bool:
    """Return whether a condition that holds says that a node is positive."""
    match fact:
        case Call(op=Op.AND, args=(left, right)):
            return _says_positive(left, of) or _says_positive(right, of)
        case (
            Call(op=Op.GT, args=(large, Number(value)))
            | Call(op=Op.LT, args=(Number(value), large))
        ):
            return value >= 0 and alike(large, of)
        case _:
            return False


def counts_from_one(of: Pick, assumed: AbstractSet[Node]) -> bool:
    """Return whether a condition that holds says that a member is picked from the first on."""
    return any(
        isinstance(fact, Call)
        and fact.op is Op.GE
        and alike(fact.args[0], of.position)
        and alike(fact.args[1], _ONE)
        for fact in assumed
    )


def alike(one: Node, other: Node) -> bool:
    """Return whether two nodes are written alike."""
    match one, other:
        case Number(), Number():
            return one.value == other.value
        case Call(), Call():
            return (
                one.op is other.op
                and len(one.args) == len(other.args)
                and all(alike(a, b) for a, b in zip(one.args, other.args, strict=True))
            )
        case At(), At():
            return (one.line, one.dim, one.member) == (other.line, other.dim, other.member)
        case _:
            return one is other


_ONE = Number(1)
Nodes = frozenset[Node]
NONE: Nodes = frozenset()


class Traits(NamedTuple):
    """How a node's n/a shows before IFERROR: as the text n/a, or as an error; both may be."""

    may_be_text: bool = False
    may_err: bool = False

    @property
    def may_be_na(self) -> bool:
        """Whether the value may be n/a at all."""
        return self.may_be_text or self.may_err


_SURE = Traits()


def traits(of: Node, assumed: Nodes = NONE) -> Traits:
    """Return the traits of a node where the `assumed` nodes are known to be numbers."""
    if of in assumed:
        return _SURE
    match of:
        case Line():
            return Traits(may_be_text=line_may_be_na(of))
        case Each() | At() | Spot() | Varied():
            return Traits(may_be_text=line_may_be_na(of.line))
        case Missing() | Previous() | Linked():
            return Traits(may_be_text=True)
        case By():
            return _any([traits(case, assumed) for case in of.cases.values()])
        case Call():
            return _of_call(of, assumed)
        case _:
            return _over_range(of, assumed)


def _over_range(of: Node, assumed: Nodes) -> Traits:
    match of:
        case Reduce():
            return _of_reduce(of)
        case SumWhere():
            return Traits(may_err=traits(of.where, assumed).may_be_na)
        case AsOf():
            return Traits(line_may_be_na(of.values), may_err=True)
        case Pick():
            outside = not counts_from_one(of, assumed)
            return Traits(outside or line_may_be_na(of.line), may_err=True)
        case _:
            return _SURE


@cache
def line_may_be_na(line: Line) -> bool:
    """Return whether a cell of the line may hold n/a; a given number may, a text is a text."""
    if line.unit is Unit.TEXT:
        return False
    return line.expr is None or traits(line.expr).may_be_na


def _any(inner: list[Traits]) -> Traits:
    return Traits(any(t.may_be_text for t in inner), any(t.may_err for t in inner))


def _of_reduce(of: Reduce) -> Traits:
    if of.how is Reduction.SUM or of.how in _COUNTS:
        return _SURE
    if of.how in {Reduction.MEAN, Reduction.STDEV}:
        return Traits(may_err=True)
    return Traits(may_be_text=of.how is not Reduction.TOTAL or line_may_be_na(of.line))


def _of_call(of: Call, assumed: Nodes) -> Traits:
    if of.op.never_na:
        return _SURE
    if of.op is Op.WHERE:
        return _of_choice(of, assumed)
    if of.op is Op.PLOTTED:
        return traits(of.args[0], assumed)
    guarded = (of.op is Op.POW and not powers_plainly(of, assumed)) or of.op is Op.MONTHS_BEFORE
    inner = any(traits(arg, assumed).may_be_na for arg in of.args)
    return Traits(guarded, inner or _fails_alone(of))


def _of_choice(of: Call, assumed: Nodes) -> Traits:
    condition = traits(of.args[0], assumed)
    yes = traits(of.args[1], assumed | asserted(of.args[0]))
    no = traits(of.args[2], assumed)
    return _any([Traits(may_err=condition.may_be_na), yes, no])


def _fails_alone(of: Call) -> bool:
    """Return whether a function of numbers may still be n/a."""
    match of.op:
        case Op.DIV:
            return not (isinstance(of.args[1], Number) and of.args[1].value)
        case Op.MUL:
            return not any(is_bounded(arg) for arg in of.args)
        case Op.POW | Op.LN | Op.EXP | Op.MONTHS_BEFORE:
            return True
        case _:
            return False


def asserted(condition: Node) -> Nodes:
    """Return the nodes that are numbers where a condition holds, comparisons among them."""
    if isinstance(condition, Call) and condition.op is Op.KNOWN:
        return frozenset(condition.args)
    if isinstance(condition, Call) and condition.op is Op.AND:
        return asserted(condition.args[0]) | asserted(condition.args[1])
    if isinstance(condition, Call) and condition.op in COMPARISONS:
        return frozenset((condition, *condition.args))
    return NONE


def is_boolean(of: Node) -> bool:
    """Return whether a node is TRUE or FALSE when printed, rather than 1 or 0."""
    return isinstance(of, Call) and of.op.gives is Gives.TRUTH


def is_truth(of: Node) -> bool:
    """Return whether a node is 1 or 0 or n/a: a condition, or a product of conditions."""
    if isinstance(of, Call) and of.op is Op.MUL:
        return all(is_truth(arg) for arg in of.args)
    return is_boolean(of)


def condition_of(of: Node) -> Node | None:
    """Return the condition that a node says as 1 or 0, None where it says none."""
    match of:
        case Call(op=Op.WHERE, args=(condition, Number(1), Number(0))) if is_boolean(condition):
            return condition
        case _:
            return of if is_boolean(of) else None


def is_computed_cell(of: Node) -> bool:
    """Return whether a node shows one cell that holds the formula of a number."""
    match of:
        case Line():
            return of.expr is not None and of.unit is not Unit.TEXT
        case At() | Spot() | Varied():
            return of.line.expr is not None and of.line.unit is not Unit.TEXT
        case _:
            return False


def is_text(of: Node) -> bool:
    """Return whether a node is a text."""
    match of:
        case Words():
            return True
        case Line():
            return of.unit is Unit.TEXT
        case At() | Spot() | Pick() | Each() | Varied():
            return of.line.unit is Unit.TEXT
        case By():
            return any(is_text(case) for case in of.cases.values())
        case Previous():
            return is_text(of.first)
        case Call(op=Op.WHERE):
            return any(is_text(arg) for arg in of.args[1:])
        case _:
            return isinstance(of, Call) and of.op.gives is Gives.TEXT
