"""Does every input lie within its bounds? The least and the most of each kind, block by block.

Cells refuse what is out of bounds, but only when a person types it: a program, or a paste, gets
past them. The bounds are those that the reading of a pack holds every row and override to.
"""

from __future__ import annotations

from functools import reduce
from operator import add, or_
from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    by,
    known,
    largest,
    maximum,
    minimum,
    same,
    smallest,
    sum_known,
    total,
    where,
)
from reportgen.expr.nodes import Dim, Linked, Number, Unit
from reportgen.facts.bounds import ANY, Bounds
from reportgen.facts.input_bounds import CLAIMS, CONSTANTS, RESULTS, bounds_of, change_bounds
from reportgen.model.dims import CLAIM, FUNDAMENTAL, SCENARIO
from reportgen.model.evidence import claims
from reportgen.model.fundamentals import reported
from reportgen.model.input_blocks.blocks import BLOCKS
from reportgen.model.input_blocks.row_by_row import ROW_BY_ROW
from reportgen.model.input_counts import BLOCK
from reportgen.model.inputs import assumptions as a
from reportgen.model.inputs.constants import policy
from reportgen.model.words import Entry, case_line, given, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question

BOUND = Dim("bound")  # the constants of the method that share their bounds
LARGEST = policy("input.largest")
# Two of the revenues whose change the method reads; a result of any other name may be anything
_REVENUES = ("revenue", "revenue_like_for_like")


def _beyond(least: Node, most: Node, bounds: Bounds) -> Node:
    """Return the condition under which a figure, or an end of some, lies outside."""
    if bounds.whole:
        return (least < 0) | ((least > 0) & (least < 1)) | (most > 1)
    low: Node = -LARGEST if bounds.low is None else Number(bounds.low)
    high: Node = LARGEST if bounds.high is None else Number(bounds.high)
    return (least <= low if bounds.low_open else least < low) | (most > high)


def _by_text(text: Line, of: Line, bounds: Iterable[tuple[str, Bounds]]) -> Node:
    """Return 1 where a figure breaks the bounds that the text of its row calls for."""
    groups: dict[Bounds, list[Node]] = {}
    for word, called_for in bounds:
        groups.setdefault(called_for, []).append(same(text, word))
    outside: Node = where(_beyond(of, of, ANY), 1, 0)
    for called_for, words in groups.items():
        outside = where(reduce(or_, words), where(_beyond(of, of, called_for), 1, 0), outside)
    return where(known(of), outside, 0)


claim_outside = line(
    "claim[{claim}].outside",
    "Outside its bounds",
    Unit.FLAG,
    _by_text(claims.claim_key, claims.claim_amount, CLAIMS.items()),
)
result_outside = line(
    f"{reported.ROW}.outside",
    "Outside its bounds",
    Unit.FLAG,
    _by_text(reported.metric, reported.value, RESULTS.items()),
)
change_outside = line(
    f"{reported.ROW}.yoy_outside",
    "Change outside its bounds",
    Unit.FLAG,
    _by_text(reported.metric, reported.yoy, [(word, change_bounds(word)) for word in _REVENUES]),
)
_BY_TEXT: Mapping[Line, tuple[Line, Dim]] = {
    claims.claim_amount: (claim_outside, CLAIM),
    reported.value: (result_outside, FUNDAMENTAL),
    reported.yoy: (change_outside, FUNDAMENTAL),
}

# The ends over the scenarios, segment by segment
least_growth, most_growth = (
    line(
        f"segment[{{segment}}].{which.__name__}_growth",
        label,
        Unit.RATIO,
        which(a.growth, SCENARIO),
    )
    for which, label in ((smallest, "Least growth assumed"), (largest, "Most growth assumed"))
)
least_multiple, most_multiple = (
    line(
        f"segment[{{segment}}].{which.__name__}_multiple",
        label,
        Unit.MULTIPLE,
        which(a.multiple, SCENARIO),
    )
    for which, label in ((smallest, "Least multiple assumed"), (largest, "Most multiple assumed"))
)
_BY_SEGMENT: Mapping[Line, tuple[Line, Line]] = {
    a.growth: (least_growth, most_growth),
    a.multiple: (least_multiple, most_multiple),
}


def _outside(of: Entry) -> Node:
    """Return 1 where an end of an input is out of bounds; of claims and results how many rows."""
    if of in _BY_TEXT:
        flag, dim = _BY_TEXT[of]
        return sum_known(flag, dim)
    if not of.dims:
        return _flag(of, of, bounds_of(of.key))
    lower, upper = _BY_SEGMENT.get(of, (of, of))
    dim = lower.dims[0]
    return _flag(smallest(lower, dim), largest(upper, dim), bounds_of(of.key))


def _flag(least: Node, most: Node, bounds: Bounds) -> Node:
    return where(known(least), where(_beyond(least, most, bounds), 1, 0), 0)


def _figures(cells: Sequence[Line]) -> Iterator[Entry]:
    """Yield the inputs of a block that are figures; days are any that the calendar has."""
    for cell in cells:
        for of in ROW_BY_ROW.get(cell, (cell,)):
            if isinstance(of, Entry) and of.unit is not Unit.DATE:
                yield of


def _of_block(cells: Sequence[Line]) -> Node:
    kinds = [_outside(of) for of in _figures(cells)]
    return reduce(add, kinds) if kinds else Number(0)


outside = case_line(
    "check_count[{block}].outside",
    "Kinds of input out of bounds",
    Unit.COUNT,
    by(BLOCK, **{name: _of_block(cells) for name, _, cells in BLOCKS}),
    BLOCK,
)

_CONSTANT = "check_constants[{bound}]"
_OF_CONSTANTS = tuple(dict.fromkeys(CONSTANTS.values()))
constant_bounds_text = given(f"{_CONSTANT}.bounds", "Bounds of constants", Unit.TEXT, BOUND)
least_constant = case_line(f"{_CONSTANT}.least", "Least of them", Unit.NUMBER, Linked(), BOUND)
most_constant = case_line(f"{_CONSTANT}.most", "Most of them", Unit.NUMBER, Linked(), BOUND)
constants_outside = case_line(
    f"{_CONSTANT}.outside",
    "Out of bounds",
    Unit.FLAG,
    by(
        BOUND,
        **{
            str(k): where(
                known(least_constant),
                _flag(least_constant, most_constant, bounds),
                1,  # one was cleared: the method cannot do without
            )
            for k, bounds in enumerate(_OF_CONSTANTS, start=1)
        },
    ),
    BOUND,
)
count = line(
    "check.outside",
    "Kinds of input out of bounds",
    Unit.COUNT,
    total(outside, BLOCK) + total(constants_outside, BOUND),
)


def ask(question: Question) -> None:
    """Add the constants of the method that formulas read, by their bounds."""
    question.dimension(BOUND, (str(k) for k, _ in enumerate(_OF_CONSTANTS, start=1)))
    question.give(constant_bounds_text, [str(bounds) for bounds in _OF_CONSTANTS])
    constants = sorted(
        {of for of in question.lines if isinstance(of, Entry) and of.key.startswith("policy[")},
        key=lambda constant: constant.key,
    )
    groups = [
        [constant for constant in constants if bounds_of(constant.key) == bounds]
        for bounds in _OF_CONSTANTS
    ]
    question.links[least_constant] = tuple(minimum(*group) for group in groups)
    question.links[most_constant] = tuple(maximum(*group) for group in groups)
