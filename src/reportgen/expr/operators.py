"""How each function of the language computes, and how a formula says it: one table."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen import values
from reportgen.expr import numeric, texts
from reportgen.expr.compiler import Compiler, each_axes
from reportgen.expr.nodes import AsOf, Call, Each, Gives, Line, Missing, Number, Op, Pick
from reportgen.expr.pieces import (
    ADD,
    ATOM,
    COMPARE,
    JOIN,
    MULTIPLY,
    NOT_AVAILABLE,
    POWER,
    SIGN,
    Piece,
    bound,
    constant,
    fill,
    listed,
)
from reportgen.expr.printer import Printer, ranged_call
from reportgen.expr.state import Compiled
from reportgen.expr.texts import cellwise
from reportgen.expr.traits import (
    asserted,
    condition_of,
    is_computed_cell,
    is_text,
    is_truth,
    powers_plainly,
    traits,
    whole_exponent,
)
from reportgen.expr.tree import is_ranged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Node
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Read, State


Maker = Callable[[Compiler, Call], Compiled]
Sayer = Callable[[Printer, Call], Piece]


def _arithmetic(function: Callable[..., Array]) -> Maker:
    """Return how arithmetic computes: infinities pass through it as n/a does."""

    def made(c: Compiler, of: Call) -> Compiled:
        if len(of.args) == 1:
            one = c.loose(of.args[0]).read
            return Compiled(lambda state: function(one(state)), tidy=False)
        a, b = (c.loose(arg).read for arg in of.args)
        return Compiled(lambda state: function(a(state), b(state)), tidy=False)

    return made


def _divide(c: Compiler, of: Call) -> Compiled:
    """Return a quotient; by 0 it is an infinity or NaN, which is n/a either way."""
    above, below = c.loose(of.args[0]).read, c.number(of.args[1])
    return Compiled(lambda state: np.divide(above(state), below(state)), tidy=False)


def _exp(c: Compiler, of: Call) -> Compiled:
    power = c.number(of.args[0])
    return Compiled(lambda state: np.exp(power(state)), tidy=False)


def _power(c: Compiler, of: Call) -> Compiled:
    base, exponent = (c.number(arg) for arg in of.args)
    constant = isinstance(of.args[0], Number) and of.args[0].value > 1
    function = np.power if constant or whole_exponent(of) else numeric.power
    return Compiled(lambda state: function(base(state), exponent(state)), tidy=False)


def _extreme(function: Callable[..., Array]) -> Maker:
    """Return how the least or the most computes: an infinity would win or lose as a number does."""

    def made(c: Compiler, of: Call) -> Compiled:
        first, *others = (c.number(arg) for arg in of.args)
        return Compiled(lambda s: reduce(function, (other(s) for other in others), first(s)))

    return made


def _compare(function: Callable[..., Array]) -> Maker:
    """Return how a comparison computes; n/a or an infinity, times 0, makes it n/a."""

    def made(c: Compiler, of: Call) -> Compiled:
        a, b = (c.loose(arg).read for arg in of.args)
        a_unsure, b_unsure = (traits(arg).may_be_na for arg in of.args)

        def compared(state: State) -> Array:
            left, right = a(state), b(state)
            if a_unsure and b_unsure:
                return function(left, right) + (left * 0.0 + right * 0.0)
            return function(left, right) + (left if a_unsure else right) * 0.0

        if a_unsure or b_unsure:
            return Compiled(compared)
        return Compiled(lambda state: function(a(state), b(state)) * 1.0)

    return made


def _truth(c: Compiler, of: Node) -> Read:
    """Return a node as 1, 0 or n/a."""
    if is_truth(of):
        return c.number(of)
    number = c.loose(of).read
    return lambda state: numeric.truth(number(state))


def _and(c: Compiler, of: Call) -> Compiled:
    a, b = (_truth(c, arg) for arg in of.args)
    return Compiled(lambda state: a(state) * b(state))


def _or(c: Compiler, of: Call) -> Compiled:
    a, b = (_truth(c, arg) for arg in of.args)
    return Compiled(lambda state: np.maximum(a(state), b(state)))


def _not(c: Compiler, of: Call) -> Compiled:
    truth = _truth(c, of.args[0])
    return Compiled(lambda state: 1.0 - truth(state))


def _known(c: Compiler, of: Call) -> Compiled:
    read, _, is_text = c.compiled(of.args[0])
    if is_text:
        nothing = np.zeros(c.ones)
        return Compiled(lambda _: nothing)
    return Compiled(lambda state: np.isfinite(read(state)) * 1.0)


def _where(c: Compiler, of: Call) -> Compiled:
    condition, unsure = _condition(c, of.args[0])
    made = [c.compiled(arg) for arg in of.args[1:]]
    is_text = any(branch.is_text for branch in made)
    if is_text:
        pairs = zip(of.args[1:], made, strict=True)
        made = [Compiled(c.as_text(arg, branch)) for arg, branch in pairs]
    yes, no = (branch.read for branch in made)
    choose = _choosing(condition, yes, no, unsure=unsure, is_text=is_text)
    return Compiled(choose, all(branch.tidy for branch in made), is_text)


def _choosing(condition: Read, yes: Read, no: Read, *, unsure: bool, is_text: bool) -> Read:
    if not unsure:
        return lambda state: np.where(condition(state), yes(state), no(state))

    def chosen(state: State) -> Array:
        held = condition(state)
        branch = np.where(held, yes(state), no(state))
        return (
            np.where(np.isfinite(held), branch, values.NOT_AVAILABLE)
            if is_text
            else branch + held * 0.0
        )

    return chosen


def _condition(c: Compiler, of: Node) -> tuple[Read, bool]:
    """Return a condition to choose by, and whether it may be n/a."""
    if isinstance(of, Call) and of.op is Op.KNOWN:
        read, _, is_text = c.compiled(of.args[0])
        if not is_text:
            return lambda state: np.isfinite(read(state)), False
    return c.loose(of).read, traits(of).may_be_na


def _plotted(c: Compiler, of: Call) -> Compiled:
    return c.loose(of.args[0])


def _same(c: Compiler, of: Call) -> Compiled:
    a, b = (_code(c, arg) for arg in of.args)
    return Compiled(lambda state: np.equal(a(state), b(state)) * 1.0)


def _identical(c: Compiler, of: Call) -> Compiled:
    a, b = (c.text(arg) for arg in of.args)
    return Compiled(lambda state: np.equal(a(state), b(state)).astype(float))


def _code(c: Compiler, of: Node) -> Read:
    """Return a text as a number to compare by."""
    text = c.text(of)
    if isinstance(of, Line | Each) and c.step.back is None:
        line, axes = (of, of.dims) if isinstance(of, Line) else (of.line, each_axes(c, of))
        return c.placed(lambda state: state.codes(line), axes)
    return lambda state: state.coded(text(state))


def _cellwise(function: Callable[..., Array]) -> Maker:
    """Return how a function of texts and days computes, cell by cell."""

    def made(c: Compiler, of: Call) -> Compiled:
        textual = of.op in {Op.CONCAT, Op.GIVEN_TEXT}
        args = [
            c.text(arg) if textual and isinstance(arg, Missing) else c.any(arg) for arg in of.args
        ]
        is_text = of.op.gives is Gives.TEXT
        return Compiled(lambda state: function(*(arg(state) for arg in args)), is_text=is_text)

    return made


def _infix(sign: str, binding: int, right: int) -> Sayer:
    """Return how arithmetic is said; `right` is how tightly its right operand must bind."""

    def said(p: Printer, of: Call) -> Piece:
        if of.op is Op.ADD and all(isinstance(arg, Number) for arg in of.args):
            return constant(sum(arg.value for arg in of.args if isinstance(arg, Number)))
        sides = p.inside(of.args[0], binding), p.inside(of.args[1], right)
        return fill(f"{{0}}{sign}{{1}}", *sides, binding=binding)

    return said


def _comparison(sign: str) -> Sayer:
    return lambda p, of: _compared(sign, *(p.number(arg) for arg in of.args))


def _above(p: Printer, of: Call) -> Piece:
    """Return a comparison; whether a condition is above 0 is the condition itself."""
    condition = condition_of(of.args[0])
    above_zero = isinstance(of.args[1], Number) and of.args[1].value == 0
    if condition is None or not above_zero or is_ranged(of):
        return _compared(">", *(p.number(arg) for arg in of.args))
    return p.show(condition)


def _function(word: str) -> Sayer:
    return lambda p, of: listed(word, [p.value(arg) for arg in of.args])


def _print_same(p: Printer, of: Call) -> Piece:
    return _compared("=", *(p.text(arg) for arg in of.args))


def _print_identical(p: Printer, of: Call) -> Piece:
    return listed("EXACT", [p.text(arg) for arg in of.args])


def _compared(sign: str, left: Piece, right: Piece) -> Piece:
    return fill(f"{{0}}{sign}{{1}}", bound(left, JOIN), bound(right, JOIN), binding=COMPARE)


def _minus(p: Printer, of: Call) -> Piece:
    # LibreOffice takes a truth with a sign for a truth still.
    return fill("-{0}", bound(p.value(of.args[0]), ATOM), binding=SIGN)


def _print_power(p: Printer, of: Call) -> Piece:
    """Return a power, guarded where programs disagree: they do unless the base is positive."""
    base, exponent = (bound(p.value(arg), ATOM) for arg in of.args)
    power = fill("{0}^{1}", base, exponent, binding=POWER)
    if powers_plainly(of, p.assumed):
        return power
    return fill("IF({0}>0,{1},{2})", bound(p.value(of.args[0]), JOIN), power, NOT_AVAILABLE)


def _logic(word: str) -> Callable[[Printer, Call], Piece]:
    return lambda p, of: listed(word, [p.logical(arg) for arg in _flat(of)])


def _flat(of: Call) -> list[Node]:
    """Return the operands of nested equal AND or OR as one list."""
    parts: list[Node] = []
    for arg in of.args:
        parts += _flat(arg) if isinstance(arg, Call) and arg.op is of.op else [arg]
    return parts


def _print_not(p: Printer, of: Call) -> Piece:
    return fill("NOT({0})", p.logical(of.args[0]))


def _print_extreme(word: str) -> Callable[[Printer, Call], Piece]:
    return lambda p, of: listed(word, [p.number(arg) for arg in of.args])


def _print_where(p: Printer, of: Call) -> Piece:
    condition, yes, no = of.args
    if isinstance(condition, Call) and condition.op is Op.KNOWN and condition.args[0] is yes:
        return _print_either(p, condition, yes, no)
    held = p.assuming(asserted(condition)).value(yes)
    return fill("IF({0},{1},{2})", p.show(condition), held, p.value(no))


def _print_either(p: Printer, condition: Call, value: Node, otherwise: Node) -> Piece:
    """Return a value where it is a number, else another, the value said no more often than it must.

    What is typed may be blank, which some programs take for no argument of N.
    """
    if is_computed_cell(value) and isinstance(otherwise, Number) and otherwise.value == 0:
        return fill("N({0})", p.assuming(frozenset(condition.args)).value(value))
    if isinstance(value, Call | Pick | AsOf) and not is_ranged(value) and not is_text(value):
        sure = bound(p.number(value), ADD)
        return fill("IFERROR({0},{1})", sure, p.value(otherwise))
    held = p.assuming(frozenset(condition.args)).value(value)
    return fill("IF({0},{1},{2})", p.show(condition), held, p.value(otherwise))


def _print_known(p: Printer, of: Call) -> Piece:
    return fill("ISNUMBER({0})", p.assuming(frozenset(of.args)).value(of.args[0]))


def _given_text(p: Printer, of: Call) -> Piece:
    return fill('{0}<>""', bound(p.text(of.args[0]), JOIN), binding=COMPARE)


def _months_before(p: Printer, of: Call) -> Piece:
    day, months = p.value(of.args[0]), bound(p.value(of.args[1]), ATOM)
    moved = fill("EDATE({0},-{1})", day, months)
    return fill("IF({0}>1000,{1},{2})", bound(day, JOIN), moved, NOT_AVAILABLE)


def _whole(p: Printer, of: Call) -> Piece:
    return fill("ROUND({0},0)", p.value(of.args[0]))


def _print_plotted(p: Printer, of: Call) -> Piece:
    return p.value(of.args[0])


def _fixed(p: Printer, of: Call) -> Piece:
    """Return a number as text; ROUND takes 1.005 for a half where FIXED alone would not."""
    number, decimals = (p.value(arg) for arg in of.args)
    return fill("IFERROR(FIXED(ROUND({0},{1}),{1}),{2})", number, decimals, NOT_AVAILABLE)


def _percent(p: Printer, of: Call) -> Piece:
    number, decimals = bound(p.value(of.args[0]), POWER), p.value(of.args[1])
    text = 'FIXED(ROUND(100*{0},{1}),{1})&"%%"'
    return fill(f"IFERROR({text},{{2}})", number, decimals, NOT_AVAILABLE)


def _date_text(p: Printer, of: Call) -> Piece:
    day = p.value(of.args[0])
    parts = 'YEAR({0})&"-"&RIGHT("0"&MONTH({0}),2)&"-"&RIGHT("0"&DAY({0}),2)'
    return fill(f"IFERROR(IF({{0}}>1000,{parts},{{1}}),{{1}})", bound(day, JOIN), NOT_AVAILABLE)


def _concat(p: Printer, of: Call) -> Piece:
    places = "&".join(f"{{{index}}}" for index in range(len(of.args)))
    return fill(places, *(bound(p.text(arg), JOIN) for arg in of.args), binding=JOIN)


class Operator(NamedTuple):
    """How a function computes, how a formula says it, and whether programs map it over rows."""

    compute: Maker
    say: Sayer
    by_row: bool = False


OPERATORS: Mapping[Op, Operator] = {
    Op.ADD: Operator(_arithmetic(np.add), _infix("+", ADD, MULTIPLY), by_row=True),
    Op.SUB: Operator(_arithmetic(np.subtract), _infix("-", ADD, MULTIPLY), by_row=True),
    Op.MUL: Operator(_arithmetic(np.multiply), _infix("*", MULTIPLY, POWER), by_row=True),
    Op.DIV: Operator(_divide, _infix("/", MULTIPLY, POWER), by_row=True),
    Op.POW: Operator(_power, _print_power),
    Op.NEG: Operator(_arithmetic(np.negative), _minus),
    Op.ABS: Operator(_arithmetic(np.abs), _function("ABS")),
    Op.LN: Operator(_arithmetic(np.log), _function("LN")),
    Op.EXP: Operator(_exp, _function("EXP")),
    Op.WHOLE: Operator(_arithmetic(numeric.whole), _whole),
    Op.MIN: Operator(_extreme(np.minimum), _print_extreme("MIN")),
    Op.MAX: Operator(_extreme(np.maximum), _print_extreme("MAX")),
    Op.LT: Operator(_compare(np.less), _comparison("<"), by_row=True),
    Op.LE: Operator(_compare(np.less_equal), _comparison("<="), by_row=True),
    Op.GT: Operator(_compare(np.greater), _above, by_row=True),
    Op.GE: Operator(_compare(np.greater_equal), _comparison(">="), by_row=True),
    Op.EQ: Operator(_compare(np.equal), _comparison("="), by_row=True),
    Op.AND: Operator(_and, _logic("AND")),
    Op.OR: Operator(_or, _logic("OR")),
    Op.NOT: Operator(_not, _print_not),
    Op.SAME: Operator(_same, _print_same, by_row=True),
    Op.IDENTICAL: Operator(_identical, _print_identical),
    Op.KNOWN: Operator(_known, _print_known),
    Op.GIVEN_TEXT: Operator(_cellwise(texts.given_text), _given_text),
    Op.WHERE: Operator(_where, _print_where),
    Op.MONTHS_BEFORE: Operator(_cellwise(cellwise(texts.months_before, float)), _months_before),
    Op.PLOTTED: Operator(_plotted, _print_plotted),
    Op.FIXED: Operator(_cellwise(cellwise(values.fixed, object)), _fixed),
    Op.PERCENT: Operator(_cellwise(cellwise(texts.percent, object)), _percent),
    Op.DATE_TEXT: Operator(_cellwise(cellwise(texts.date_text, object)), _date_text),
    Op.CONCAT: Operator(_cellwise(cellwise(texts.concat, object)), _concat),
}


def compute(compiler: Compiler, of: Call) -> Compiled:
    """Return the function that computes a call. Raises TypeError for what makes no sense."""
    return OPERATORS[of.op].compute(compiler, of)


def say(printer: Printer, of: Call) -> Piece:
    """Return a call as a formula says it. Raises TypeError where no formula can."""
    operator = OPERATORS[of.op]
    if is_ranged(of) and not operator.by_row:
        return ranged_call(printer, of)
    return operator.say(printer, of)
