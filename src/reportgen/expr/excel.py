"""The second reader of an expression: the Excel formula of each cell of a line.

A line is turned once into templates (text with holes, and what goes into the holes); filling the
holes for all members is then one pass over address strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import (
    AsOf,
    At,
    By,
    Call,
    Dim,
    Each,
    Line,
    Missing,
    Node,
    Number,
    Pick,
    Previous,
    Reduce,
    Spot,
    SumWhere,
    Varied,
    Words,
)
from reportgen.expr.traits import asserted, is_boolean, is_text, line_may_be_na, traits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Study

_NA = '"n/a"'
_ATOM = 9
_INFIX = {
    "add": ("+", 4, 4),
    "sub": ("-", 4, 5),
    "mul": ("*", 5, 5),
    "div": ("/", 5, 6),
    "lt": ("<", 2, 3),
    "le": ("<=", 2, 3),
    "gt": (">", 2, 3),
    "ge": (">=", 2, 3),
    "eq": ("=", 2, 3),
    "same": ("=", 2, 3),
}
_COMPARE = frozenset({"lt", "le", "gt", "ge", "eq", "same"})
# Functions of scalars, which are safe inside a condition over rows; others are given a column.
_LIFTED = frozenset({"neg", "abs"})
_REDUCE = {
    "sum": "SUM({0})",
    "count": "COUNT({0})",
    "mean": "AVERAGE({0})",
    "stdev": "STDEV({0})",
    "min": 'IF(COUNT({0})=0,"n/a",MIN({0}))',
    "max": 'IF(COUNT({0})=0,"n/a",MAX({0}))',
}


class How(Enum):
    """What a hole of a template is filled with."""

    CELL = "the cell of the same member"
    RANGE = "the range over a dimension"
    AT = "the cell of a fixed member"
    BEFORE = "the cell of the member before"
    SPOT = "one single cell"


@dataclass(frozen=True, slots=True)
class Reference:
    """One hole of a template."""

    how: How
    line: Line | str
    dim: Dim | None = None
    member: str = ""
    study: Study | None = None
    at: tuple[str, ...] = ()


class Template(NamedTuple):
    """A formula with `%s` holes, without the leading `=`."""

    text: str
    references: tuple[Reference, ...]


class _Piece(NamedTuple):
    text: str
    binding: int


class _Printer:
    """Prints one variant of one line, collecting its references in order."""

    def __init__(self, choice: Mapping[Dim, str], *, first: bool) -> None:
        self.choice = choice
        self.first = first
        self.references: list[Reference] = []
        self.ranged = False
        self.assumed: frozenset[Node] = frozenset()

    def hole(self, reference: Reference) -> _Piece:
        self.references.append(reference)
        return _Piece("%s", _ATOM)

    def show(self, of: Node) -> _Piece:
        match of:
            case Number():
                return _number(of.value)
            case Words():
                return _Piece('"' + of.value.replace('"', '""').replace("%", "%%") + '"', _ATOM)
            case Missing():
                return _Piece(_NA, _ATOM)
            case Line():
                return self.cell(of)
            case Call():
                return self.call(of)
            case By():
                return self.show(of.cases[self.choice[of.dim]])
            case Previous():
                return (
                    self.show(of.first)
                    if self.first
                    else self.hole(Reference(How.BEFORE, of.key, of.dim))
                )
            case At():
                return self.hole(Reference(How.AT, of.line, of.dim, of.member))
            case Spot():
                return self.hole(Reference(How.SPOT, of.line, at=of.at))
            case Varied():
                return self.hole(Reference(How.CELL, of.line, study=of.study))
            case _:
                return self.over_range(of)

    def cell(self, of: Line) -> _Piece:
        """Return a reference; a typed cell may be cleared, and blank must not pass for 0."""
        if of.expr is not None or is_text(of) or of in self.assumed:
            return self.hole(Reference(How.CELL, of))
        test, value = (self.hole(Reference(How.CELL, of)).text for _ in range(2))
        return _Piece(f"IF(ISNUMBER({test}),{value},{_NA})", _ATOM)

    def over_range(self, of: Node) -> _Piece:
        match of:
            case Each():
                return self.hole(Reference(How.RANGE, of.line, of.dim))
            case Reduce():
                return self.reduce(of)
            case SumWhere():
                return self.sum_where(of)
            case AsOf():
                when = self.show(of.at).text
                dates = self.hole(Reference(How.RANGE, of.dates, of.dim)).text
                values = self.hole(Reference(How.RANGE, of.values, of.dim)).text
                return _Piece(f"LOOKUP({when},{dates},{values})", _ATOM)
            case Pick():
                return self.pick(of)
            case _:
                msg = f"no way to print {type(of).__name__}"
                raise TypeError(msg)

    def pick(self, of: Pick) -> _Piece:
        test = self.inside(of.position, 3)
        values = self.hole(Reference(How.RANGE, of.line, of.dim)).text
        place = self.show(of.position).text
        blank = '&""' if is_text(of.line) else ""
        return _Piece(f"IF({test}>=1,INDEX({values},{place}){blank},{_NA})", _ATOM)

    def reduce(self, of: Reduce) -> _Piece:
        shape = _REDUCE.get(of.how, "SUM({0})")
        if of.how == "total" and line_may_be_na(of.line):
            shape = 'IF(COUNTIF({0},"n/a")>0,"n/a",SUM({0}))'
        for _ in range(shape.count("{0}")):
            self.hole(Reference(How.RANGE, of.line, of.dim))
        return _Piece(shape.replace("{0}", "%s"), _ATOM)

    def sum_where(self, of: SumWhere) -> _Piece:
        self.ranged = True
        condition = self.show(of.where)
        self.ranged = False
        held = condition.text
        if _is_condition(of.where):
            held = f"({held})*1" if condition.binding < _ATOM else f"{held}*1"
        if of.value is None:
            return _Piece(f"SUMPRODUCT({held})", _ATOM)
        values = self.hole(Reference(How.RANGE, of.value.line, of.value.dim)).text
        return _Piece(f"SUMPRODUCT({held},{values})", _ATOM)

    def inside(self, of: Node, binding: int) -> str:
        """Return a node's text, in brackets if it binds less tightly than `binding`."""
        piece = self.show(of)
        return piece.text if piece.binding >= binding else f"({piece.text})"

    def solid(self, of: Node, binding: int = 4) -> str:
        """Return text whose n/a becomes an error: Excel takes text for a large number."""
        if is_text(of) or not _na_as_text(of, self.assumed):
            return self.inside(of, binding)
        if isinstance(of, Each):
            msg = f"a condition over rows reads {of.line!r}, which may be n/a: ask or_zero() of it"
            raise ValueError(msg)
        return self.inside(of, 4) + "+0"

    def value(self, of: Node) -> str:
        """Return text for a place where a value, not a truth, is wanted."""
        if is_boolean(of):
            return f"IF({self.show(of).text},1,0)"
        text = self.show(of).text
        if isinstance(of, Line) and of.expr is None and is_text(of):
            return text + '&""'
        return text

    def call(self, of: Call) -> _Piece:
        if of.name in _INFIX:
            return self.infix(of)
        if self.ranged and of.name in {"and", "or", "not"}:
            return self.ranged_logic(of)
        special = getattr(self, f"call_{of.name}", None)
        if special is None or (self.ranged and of.name not in _LIFTED):
            msg = f"no way to print {of.name}{' over a range' if self.ranged else ''}"
            raise TypeError(msg)
        piece: _Piece = special(of)
        return piece

    def infix(self, of: Call) -> _Piece:
        sign, left, right = _INFIX[of.name]
        if of.name in _COMPARE:
            parts = [self.solid(of.args[0], 3), self.solid(of.args[1], 3)]
        else:
            parts = [self.inside(of.args[0], left), self.inside(of.args[1], right)]
        return _Piece(sign.join(parts), left)

    def ranged_logic(self, of: Call) -> _Piece:
        if of.name == "not":
            return _Piece(f"1-{self.inside(of.args[0], 5)}", 4)
        a, b = (self.inside(arg, 5 if of.name == "and" else 4) for arg in of.args)
        return _Piece(f"{a}*{b}", 5) if of.name == "and" else _Piece(f"{a}+{b}>0", 2)

    def call_neg(self, of: Call) -> _Piece:
        return _Piece("-" + self.inside(of.args[0], 7), 6)

    def call_pow(self, of: Call) -> _Piece:
        return _Piece("^".join(self.inside(arg, _ATOM) for arg in of.args), 7)

    def _logic(self, of: Call, word: str) -> _Piece:
        parts = [self.solid(arg, 0) for arg in _flat(of)]
        return _Piece(f"{word}({','.join(parts)})", _ATOM)

    def call_and(self, of: Call) -> _Piece:
        return self._logic(of, "AND")

    def call_or(self, of: Call) -> _Piece:
        return self._logic(of, "OR")

    def call_not(self, of: Call) -> _Piece:
        return _Piece(f"NOT({self.solid(of.args[0], 0)})", _ATOM)

    def _extreme(self, of: Call, word: str) -> _Piece:
        parts = [
            self.value(arg) + ("+0" if _na_as_text(arg, self.assumed) else "") for arg in of.args
        ]
        return _Piece(f"{word}({','.join(parts)})", _ATOM)

    def call_min(self, of: Call) -> _Piece:
        return self._extreme(of, "MIN")

    def call_max(self, of: Call) -> _Piece:
        return self._extreme(of, "MAX")

    def call_where(self, of: Call) -> _Piece:
        condition = self.show(of.args[0]).text
        before, self.assumed = self.assumed, self.assumed | asserted(of.args[0])
        yes = self.value(of.args[1])
        self.assumed = before
        no = self.value(of.args[2])
        return _Piece(f"IF({condition},{yes},{no})", _ATOM)

    def _function(self, of: Call, word: str) -> _Piece:
        return _Piece(f"{word}({','.join(self.show(arg).text for arg in of.args)})", _ATOM)

    def call_known(self, of: Call) -> _Piece:
        before, self.assumed = self.assumed, self.assumed | {of.args[0]}
        piece = self._function(of, "ISNUMBER")
        self.assumed = before
        return piece

    def call_abs(self, of: Call) -> _Piece:
        return self._function(of, "ABS")

    def call_ln(self, of: Call) -> _Piece:
        return self._function(of, "LN")

    def call_exp(self, of: Call) -> _Piece:
        return self._function(of, "EXP")

    def call_year(self, of: Call) -> _Piece:
        return self._function(of, "YEAR")

    def call_given_text(self, of: Call) -> _Piece:
        return _Piece(self.inside(of.args[0], 3) + '<>""', 2)

    def call_months_before(self, of: Call) -> _Piece:
        date, months = self.show(of.args[0]).text, self.inside(of.args[1], 7)
        return _Piece(f"EDATE({date},-{months})", _ATOM)

    def call_plotted(self, of: Call) -> _Piece:
        test, value = (self.show(of.args[0]).text for _ in range(2))
        return _Piece(f"IF(ISNUMBER({test}),{value},NA())", _ATOM)

    def call_fixed(self, of: Call) -> _Piece:
        number, decimals = (self.show(arg).text for arg in of.args)
        return _Piece(f"IFERROR(FIXED({number},{decimals}),{_NA})", _ATOM)

    def call_percent(self, of: Call) -> _Piece:
        number, decimals = self.inside(of.args[0], 5), self.show(of.args[1]).text
        return _Piece(f'IFERROR(FIXED(100*{number},{decimals})&"%%",{_NA})', _ATOM)

    def call_date_text(self, of: Call) -> _Piece:
        year, month, day, test = (self.show(of.args[0]).text for _ in range(4))
        text = f'YEAR({month})&"-"&RIGHT("0"&MONTH({day}),2)&"-"&RIGHT("0"&DAY({test}),2)'
        return _Piece(f"IF(ISNUMBER({year}),{text},{_NA})", _ATOM)

    def call_concat(self, of: Call) -> _Piece:
        return _Piece("&".join(self.inside(arg, 4) for arg in of.args), 3)


def _number(value: float) -> _Piece:
    text = f"{value:.15g}"
    return _Piece(text, _ATOM if value >= 0 else 6)


def _flat(of: Call) -> tuple[Node, ...]:
    """Return the operands of nested equal AND/OR as one list."""
    parts: list[Node] = []
    for arg in of.args:
        parts += _flat(arg) if isinstance(arg, Call) and arg.name == of.name else (arg,)
    return tuple(parts)


def _is_condition(of: Node) -> bool:
    """Return whether a ranged condition prints as TRUE/FALSE rather than as a product."""
    return not (isinstance(of, Call) and of.name in {"and", "not", "mul", "sub", "add"})


def _na_as_text(of: Node, assumed: frozenset[Node]) -> bool:
    """Return whether a node's n/a would reach its reader as text instead of as an error."""
    if isinstance(of, Call) and of.name != "where":
        return False
    return traits(of, assumed).may_be_na and not isinstance(of, SumWhere | AsOf)


@cache
def template(line: Line, choice: tuple[tuple[Dim, str], ...], *, first: bool) -> Template:
    """Return the template of a line for the chosen members of its `by` dimensions."""
    if line.expr is None:
        msg = f"{line.key} is given: it has no formula"
        raise ValueError(msg)
    printer = _Printer(dict(choice), first=first)
    text = printer.value(line.expr)
    if _errs(line.expr, dict(choice)):
        text = f"IFERROR({text},{_NA})"
    return Template(text, tuple(printer.references))


def expression_template(expr: Node) -> Template:
    """Return the template of a scalar expression that is no line, such as a what-if's value."""
    printer = _Printer({}, first=False)
    text = printer.value(expr)
    if traits(expr).may_err:
        text = f"IFERROR({text},{_NA})"
    return Template(text, tuple(printer.references))


def _errs(of: Node, choice: Mapping[Dim, str]) -> bool:
    """Return whether the chosen variant may show an error."""
    return _errs(of.cases[choice[of.dim]], choice) if isinstance(of, By) else traits(of).may_err
