"""What each function of the language compiles to."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr import numeric
from reportgen.expr.bounds import whole_exponent
from reportgen.expr.compiled import Compiled
from reportgen.expr.compiled_lines import each_axes
from reportgen.expr.nodes import Call, Each, Line, Missing, Number
from reportgen.expr.numeric import ARITHMETIC, COMPARISONS, EXTREMES
from reportgen.expr.texts import CELLWISE, NOT_AVAILABLE
from reportgen.expr.traits import is_truth, traits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.expr.compiled import Read, State
    from reportgen.expr.compiler import Compiler
    from reportgen.expr.nodes import Node
    from reportgen.expr.numeric import Array


def call(compiler: Compiler, of: Call) -> Compiled:
    """Return the function of a call. Raises TypeError for a name that nothing computes."""
    if of.name not in MAKERS:
        msg = f"no way to compute {of.name}"
        raise TypeError(msg)
    return MAKERS[of.name](compiler, of)


def _arithmetic(c: Compiler, of: Call) -> Compiled:
    function = ARITHMETIC[of.name]
    if len(of.args) == 1:
        one = c.loose(of.args[0]).read
        return Compiled(lambda state: function(one(state)), tidy=False)
    a, b = (c.loose(arg).read for arg in of.args)
    return Compiled(lambda state: function(a(state), b(state)), tidy=False)


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


def _extreme(c: Compiler, of: Call) -> Compiled:
    function = EXTREMES[of.name]
    first, *others = (c.number(arg) for arg in of.args)
    if len(others) == 1:
        other = others[0]
        return Compiled(lambda state: function(first(state), other(state)))
    return Compiled(lambda s: reduce(function, (other(s) for other in others), first(s)))


def _compare(c: Compiler, of: Call) -> Compiled:
    """Return a comparison; n/a or an infinity, times 0, makes it n/a."""
    function = COMPARISONS[of.name]
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
            np.where(np.isfinite(held), branch, NOT_AVAILABLE) if is_text else branch + held * 0.0
        )

    return chosen


def _condition(c: Compiler, of: Node) -> tuple[Read, bool]:
    """Return a condition to choose by, and whether it may be n/a."""
    if isinstance(of, Call) and of.name == "known":
        read, _, is_text = c.compiled(of.args[0])
        if not is_text:
            return lambda state: np.isfinite(read(state)), False
    return c.loose(of).read, traits(of).may_be_na


def _plotted(c: Compiler, of: Call) -> Compiled:
    return c.loose(of.args[0])


def _same(c: Compiler, of: Call) -> Compiled:
    a, b = (_code(c, arg) for arg in of.args)
    return Compiled(lambda state: np.equal(a(state), b(state)) * 1.0)


def _code(c: Compiler, of: Node) -> Read:
    """Return a text as a number to compare by."""
    text = c.text(of)
    if isinstance(of, Line | Each) and c.step.back is None:
        line, axes = (of, of.dims) if isinstance(of, Line) else (of.line, each_axes(c, of))
        return c.placed(lambda state: state.codes(line), axes)
    return lambda state: state.coded(text(state))


def _cellwise(c: Compiler, of: Call) -> Compiled:
    function = CELLWISE[of.name]
    textual = of.name in {"concat", "given_text"}
    args = [c.text(arg) if textual and isinstance(arg, Missing) else c.any(arg) for arg in of.args]
    is_text = of.name not in {"months_before", "given_text"}
    return Compiled(lambda state: function(*(arg(state) for arg in args)), is_text=is_text)


MAKERS: Mapping[str, Callable[[Compiler, Call], Compiled]] = {
    **dict.fromkeys(ARITHMETIC, _arithmetic),
    **dict.fromkeys(EXTREMES, _extreme),
    **dict.fromkeys(COMPARISONS, _compare),
    **dict.fromkeys(CELLWISE, _cellwise),
    "div": _divide,
    "exp": _exp,
    "pow": _power,
    "and": _and,
    "or": _or,
    "not": _not,
    "known": _known,
    "where": _where,
    "plotted": _plotted,
    "same": _same,
}
