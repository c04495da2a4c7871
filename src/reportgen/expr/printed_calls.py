"""How each function of the language is said in a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.bounds import powers_plainly
from reportgen.expr.nodes import Call
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
    fill,
    listed,
)
from reportgen.expr.printed_ranges import ranged_call
from reportgen.expr.traits import asserted
from reportgen.expr.tree import is_ranged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.expr.nodes import Node
    from reportgen.expr.printer import Printer


class _Operator(NamedTuple):
    sign: str
    binding: int
    right: int  # how tightly the right operand must bind: brackets keep the order of calculation


_ARITHMETIC = {
    "add": _Operator("+", ADD, MULTIPLY),
    "sub": _Operator("-", ADD, MULTIPLY),
    "mul": _Operator("*", MULTIPLY, POWER),
    "div": _Operator("/", MULTIPLY, POWER),
}
_COMPARISONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "="}


def call(printer: Printer, of: Call) -> Piece:
    """Return a call as a formula says it. Raises TypeError where no formula can."""
    if of.name in _ARITHMETIC:
        sign, binding, right = _ARITHMETIC[of.name]
        sides = printer.inside(of.args[0], binding), printer.inside(of.args[1], right)
        return fill(f"{{0}}{sign}{{1}}", *sides, binding=binding)
    if of.name in _COMPARISONS:
        return _compared(_COMPARISONS[of.name], *(printer.number(arg) for arg in of.args))
    if of.name == "same":
        return _compared("=", *(printer.text(arg) for arg in of.args))
    if is_ranged(of):
        return ranged_call(printer, of)
    if of.name in _FUNCTIONS:
        return listed(_FUNCTIONS[of.name], [printer.value(arg) for arg in of.args])
    if of.name not in _PRINTERS:
        msg = f"no way to print {of.name}"
        raise TypeError(msg)
    return _PRINTERS[of.name](printer, of)


def _compared(sign: str, left: Piece, right: Piece) -> Piece:
    return fill(f"{{0}}{sign}{{1}}", bound(left, JOIN), bound(right, JOIN), binding=COMPARE)


def _minus(p: Printer, of: Call) -> Piece:
    # LibreOffice takes a truth with a sign for a truth still.
    return fill("-{0}", bound(p.value(of.args[0]), ATOM), binding=SIGN)


def _power(p: Printer, of: Call) -> Piece:
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
        parts += _flat(arg) if isinstance(arg, Call) and arg.name == of.name else [arg]
    return parts


def _not(p: Printer, of: Call) -> Piece:
    return fill("NOT({0})", p.logical(of.args[0]))


def _extreme(word: str) -> Callable[[Printer, Call], Piece]:
    return lambda p, of: listed(word, [p.number(arg) for arg in of.args])


def _where(p: Printer, of: Call) -> Piece:
    condition, yes, no = of.args
    held = p.assuming(asserted(condition)).value(yes)
    return fill("IF({0},{1},{2})", p.show(condition), held, p.value(no))


def _known(p: Printer, of: Call) -> Piece:
    return fill("ISNUMBER({0})", p.assuming(frozenset(of.args)).value(of.args[0]))


def _given_text(p: Printer, of: Call) -> Piece:
    return fill('{0}<>""', bound(p.text(of.args[0]), JOIN), binding=COMPARE)


def _months_before(p: Printer, of: Call) -> Piece:
    day, months = p.value(of.args[0]), bound(p.value(of.args[1]), ATOM)
    moved = fill("EDATE({0},-{1})", day, months)
    return fill("IF({0}>1000,{1},{2})", bound(day, JOIN), moved, NOT_AVAILABLE)


def _whole(p: Printer, of: Call) -> Piece:
    return fill("ROUND({0},0)", p.value(of.args[0]))


def _plotted(p: Printer, of: Call) -> Piece:
    return fill("IF(ISNUMBER({0}),{0},NA())", p.value(of.args[0]))


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


_FUNCTIONS = {"abs": "ABS", "ln": "LN", "exp": "EXP"}
_PRINTERS: Mapping[str, Callable[[Printer, Call], Piece]] = {
    "neg": _minus,
    "pow": _power,
    "and": _logic("AND"),
    "or": _logic("OR"),
    "not": _not,
    "min": _extreme("MIN"),
    "max": _extreme("MAX"),
    "where": _where,
    "known": _known,
    "given_text": _given_text,
    "months_before": _months_before,
    "plotted": _plotted,
    "whole": _whole,
    "fixed": _fixed,
    "percent": _percent,
    "date_text": _date_text,
    "concat": _concat,
}
