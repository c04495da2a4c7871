"""Prints a node as part of a formula, so that n/a, blanks and truths mean what they mean here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import (
    AsOf,
    At,
    Call,
    Disorder,
    Each,
    Line,
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
    Varied,
    Words,
)
from reportgen.expr.pieces import (
    ADD,
    ATOM,
    COMPARE,
    JOIN,
    MULTIPLY,
    NOT_AVAILABLE,
    POWER,
    SIGN,
    How,
    Piece,
    Reference,
    bound,
    constant,
    fill,
    hole,
    words,
)
from reportgen.expr.reductions import REDUCTIONS, TOTAL_OF_COMPUTED, TOTAL_OF_TYPED
from reportgen.expr.traits import (
    NONE,
    Nodes,
    counts_from_one,
    is_boolean,
    is_text,
    is_truth,
    line_may_be_na,
    traits,
)
from reportgen.expr.tree import is_ranged

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim


Say = Callable[["Printer", Call], Piece]


class Printer(NamedTuple):
    """Prints nodes of which the `assumed` ones are numbers or hold, as a condition around says.

    `say` tells how functions of nodes are said.
    """

    say: Say
    assumed: Nodes = NONE

    def assuming(self, nodes: Nodes) -> Printer:
        """Return a printer that assumes more."""
        return Printer(self.say, self.assumed | nodes)

    def show(self, of: Node) -> Piece:
        """Return a node as a formula says it: a truth as TRUE or FALSE, n/a as text or as error.

        Raises TypeError for what a formula cannot say.
        """
        match of:
            case Number():
                return constant(of.value)
            case Words():
                return words(of.value)
            case Missing():
                return NOT_AVAILABLE
            case Call():
                return self.say(self, of)
            case Line() | At() | Spot() | Varied() | Previous():
                return self._cell(of)
            case _:
                return over_range(self, of)

    def _cell(self, of: Line | At | Spot | Varied | Previous) -> Piece:
        """Return a reference; a typed cell may be cleared, and blank must not pass for 0."""
        cell = hole(_reference(of))
        if is_text(of) or of in self.assumed or not _is_typed(of):
            return cell
        return fill("IF(ISNUMBER({0}),{0},{1})", cell, NOT_AVAILABLE)

    def inside(self, of: Node, binding: int) -> Piece:
        """Return a node, in brackets if it binds less tightly than `binding`."""
        return bound(self.show(of), binding)

    def value(self, of: Node) -> Piece:
        """Return a node where a value is wanted: a truth as 1 or 0, a blank text not as 0."""
        if is_boolean(of):
            return fill("({0})*1" if is_ranged(of) else "IF({0},1,0)", self.show(of))
        if is_text(of) and _is_typed(of):
            return fill('{0}&""', self.show(of), binding=JOIN)
        return self.show(of)

    def number(self, of: Node) -> Piece:
        """Return a number whose n/a is an error, where a text would pass for a large number.

        Raises TypeError for a column of cells, which a formula cannot guard.
        """
        piece = self.value(of)
        if not traits(of, self.assumed).may_be_text:
            return piece
        if isinstance(of, Each):
            msg = (
                f"a condition over rows reads {of.line.key}, which may be n/a: ask or_zero() of it"
            )
            raise TypeError(msg)
        return fill("{0}+0", bound(piece, ADD), binding=ADD)

    def logical(self, of: Node) -> Piece:
        """Return a condition, n/a as an error."""
        return self.show(of) if is_boolean(of) else self.number(of)

    def text(self, of: Node) -> Piece:
        """Return a part of a text, where n/a is a word like others and an error would spread."""
        piece = fill("IF({0},1,0)", self.show(of)) if is_boolean(of) else self.show(of)
        if not traits(of, self.assumed).may_err:
            return piece
        return fill("IFERROR({0},{1})", piece, NOT_AVAILABLE)


def _reference(of: Line | At | Spot | Varied | Previous) -> Reference:
    match of:
        case Line():
            return Reference(How.CELL, of)
        case At():
            return Reference(How.AT, of.line, of.dim, of.member)
        case Spot():
            return Reference(How.SPOT, of.line, at=of.at)
        case Varied():
            return Reference(How.CELL, of.line, study=of.study)
        case Previous():
            return Reference(How.BEFORE, of.key, of.dim)


def _is_typed(of: Node) -> bool:
    """Return whether a node shows cells that somebody types, and may clear."""
    match of:
        case Line():
            return of.expr is None
        case At() | Spot() | Varied() | Pick():
            return of.line.expr is None
        case _:
            return False


def over_range(printer: Printer, of: Node) -> Piece:
    """Return a node that reads a range as a formula says it. Raises TypeError for other nodes."""
    match of:
        case Each():
            return _range(of.line, of.dim)
        case Reduce():
            return _reduce(of)
        case SumWhere():
            return _sum_where(printer, of)
        case AsOf():
            return _as_of(printer, of)
        case Pick():
            return _pick(printer, of)
        case Misfits():
            typed = hole(Reference(How.WHOLE, of.first, last=of.last))
            return fill("COUNTA({0})-COUNT({0})", typed, binding=ADD)
        case Disorder():
            return _disorder(of)
        case _:
            msg = f"no way to print {type(of).__name__}"
            raise TypeError(msg)


def _range(line: Line, dim: Dim, cut: tuple[int, int] = (0, 0)) -> Piece:
    return hole(Reference(How.RANGE, line, dim, cut=cut))


def _disorder(of: Disorder) -> Piece:
    """Return what counts the days that do not rise; a text is above all of them, and no day."""
    before, after = _range(of.line, of.dim, (0, 1)), _range(of.line, of.dim, (1, 0))
    rising = "({0}>0)*({0}<{1})*({1}<=MAX({1}))"
    return fill(f"COUNT({{1}})-SUMPRODUCT({rising})", before, after, binding=ADD)


def _reduce(of: Reduce) -> Piece:
    shape = REDUCTIONS[of.how].formula
    if of.how is Reduction.TOTAL and line_may_be_na(of.line):
        shape = TOTAL_OF_TYPED if of.line.expr is None else TOTAL_OF_COMPUTED
    over = hole(Reference(How.RANGE, of.line, of.dim, alone=True, cut=(0, of.last)))
    return fill(shape, over, NOT_AVAILABLE)


def _as_of(p: Printer, of: AsOf) -> Piece:
    """Return the value on a day; LOOKUP would do, but for programs that see days in blank rows."""
    values = hole(Reference(How.RANGE, of.values, of.dim, indexed=True))
    found = fill("INDEX({0},MATCH({1},{2}))", values, p.value(of.at), _range(of.dates, of.dim))
    return found if of.values is of.dates else _from_range(of.values, found)


def _pick(p: Printer, of: Pick) -> Piece:
    among = hole(Reference(How.RANGE, of.line, of.dim, indexed=True))
    place = fill("INDEX({0},{1})", among, p.value(of.position))
    if counts_from_one(of, p.assumed):
        return _from_range(of.line, place)
    position = bound(p.number(of.position), JOIN)
    return fill("IF({0}>=1,{1},{2})", position, _from_range(of.line, place), NOT_AVAILABLE)


def _from_range(line: Line, found: Piece) -> Piece:
    """Return what was found in a line; a typed cell may be cleared, and must not pass for 0."""
    if line.expr is not None or is_text(line):
        return found
    return fill("IF(ISNUMBER({0}),{0},{1})", found, NOT_AVAILABLE)


def _sum_where(p: Printer, of: SumWhere) -> Piece:
    if not is_ranged(of.where):
        msg = f"a condition over {of.dim.name} reads no column: say each() of one"
        raise TypeError(msg)
    held = p.show(of.where)
    if held.binding == COMPARE:
        held = fill("({0})*1", held)
    elif isinstance(of.where, Each):
        held = fill("{0}*1", held)
    if of.value is None:
        return fill("SUMPRODUCT({0})", held)
    summed = hole(Reference(How.RANGE, of.value.line, of.value.dim, summed=True))
    return fill("SUMPRODUCT({0},{1})", held, summed)


def ranged_call(p: Printer, of: Call) -> Piece:
    """Return a function over rows: AND, OR and NOT would make one truth of all rows.

    Raises TypeError for the functions that not every program maps over rows.
    """
    if of.op is Op.NEG:
        return fill("-{0}", p.inside(of.args[0], ATOM), binding=SIGN)
    if of.op not in {Op.AND, Op.OR, Op.NOT}:
        msg = f"no way to print {of.op.word} over rows: give it a line of its own"
        raise TypeError(msg)
    truths = [_truth(p, arg) for arg in of.args]
    if of.op is Op.NOT:
        return fill("1-{0}", bound(truths[0], MULTIPLY), binding=ADD)
    if of.op is Op.AND:
        left, right = bound(truths[0], MULTIPLY), bound(truths[1], POWER)
        return fill("{0}*{1}", left, right, binding=MULTIPLY)
    left, right = bound(truths[0], ADD), bound(truths[1], MULTIPLY)
    return fill("{0}+{1}>0", left, right, binding=COMPARE)


def _truth(p: Printer, of: Node) -> Piece:
    """Return a condition over rows; of a number that need not be 1 or 0, whether it is not 0."""
    if is_truth(of):
        return p.show(of)
    return fill("{0}<>0", bound(p.number(of), JOIN), binding=COMPARE)
