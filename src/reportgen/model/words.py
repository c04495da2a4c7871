"""How lines are declared: given ones, inputs with an override, and computed ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from reportgen.expr.functions import children, either, known, previous, where, whole
from reportgen.expr.nodes import (
    NA,
    OTHERS,
    AsOf,
    At,
    By,
    Dim,
    Disorder,
    Each,
    Kind,
    Line,
    Misfits,
    Node,
    Operand,
    Pick,
    Previous,
    Reduce,
    Role,
    Spot,
    SumWhere,
    Unit,
    Varied,
    node,
)
from reportgen.facts.bounds import ANY, Bounds
from reportgen.facts.catalogue import ALL, BY_KEY, Family, Parameter, Part
from reportgen.facts.constants import CONSTANTS
from reportgen.model.dims import ORDER, SCENARIO, SCENARIOS, SEGMENT, VARIANT
from reportgen.model.keys import spare_rows


@dataclass(frozen=True, eq=False, slots=True)
class Entry(Line):
    """An input with an issued value, an override, and the live value that the model reads.

    It is itself the live line: the override where one is filled in, else the issued value, else
    n/a. A blank never means 0. `parameter` is its entry in the catalogue where it is an assumption,
    `is_view` says that it is a way of looking at the same inputs: the day, a switch of the method.
    """

    issued: Line = field(kw_only=True)
    override: Line = field(kw_only=True)
    bounds: Bounds = field(default=ANY, kw_only=True)
    parameter: Parameter | None = field(default=None, kw_only=True)
    is_view: bool = field(default=False, kw_only=True)


def given(
    key: str, label: str, unit: Unit, *dims: Dim, note: str = "", family: str = Family.POLICY
) -> Line:
    """Return a line whose values come from the inputs, and which has no override."""
    return Line(key, label, unit, dims, None, note, Kind.GIVEN, family=family)


def row_number(key: str, dim: Dim) -> Line:
    """Return the line that numbers the rows of a table from 1."""
    return Line(key, "No.", Unit.COUNT, (dim,), None, kind=Kind.ROW_NUMBER)


def control(key: str, label: str, unit: Unit, *dims: Dim) -> Line:
    """Return a choice that the reader of the workbook makes; blank leaves it to the method."""
    return Line(f"control[{key}]", label, unit, dims, None, kind=Kind.CONTROL)


def remark(of: Line, name: str, label: str, unit: Unit) -> Line:
    """Return what is said beside the issued value or the override of an input."""
    return Line(
        f"{of.key}.{name}", label, unit, of.dims, None, kind=Kind.REMARK, of_input=of.of_input
    )


@cache
def published_of(of: Entry) -> Line:
    """Return the days on which the issued values of an input were published, shaped like it."""
    return remark(of.issued, "published", f"{of.label}, published", Unit.DATE)


def entry(
    key: str,
    label: str,
    unit: Unit,
    *dims: Dim,
    bounds: Bounds = ANY,
    family: str = Family.POLICY,
    is_view: bool = False,
) -> Entry:
    """Return a figure of a table, or of the company, that an analyst may override."""
    live = Line(key, label, unit, dims, role=Role.FIGURE, family=family)
    return _input(live, bounds, is_view=is_view)


@cache
def assumption(name: str) -> Entry:
    """Return the input of a parameter of the catalogue, one line for all who ask.

    Its public key is `assumption[name,scenario,part]`; one set for a single scenario names it.
    Raises KeyError for an unknown one.
    """
    of = BY_KEY[name]
    dims: tuple[Dim, ...] = (SCENARIO,) if of.scenarios == SCENARIOS else ()
    part = {Part.SEGMENT: SEGMENT, Part.VARIANT: VARIANT}.get(of.part)
    dims += () if part is None else (part,)
    scenario = "{scenario}" if SCENARIO in dims else of.scenarios[0] if of.scenarios else ALL
    place = "" if part is None else f"{{{part.name}}}"
    key = f"assumption[{name},{scenario},{place}]"
    live = Line(key, of.label, of.unit, dims, role=Role.PARAMETER, family=of.family)
    return _input(live, of.bounds, parameter=of, is_view=of.is_switch)


def constant(name: str) -> Entry:
    """Return the input of a constant of method.yaml. Raises KeyError for an unknown one."""
    of = CONSTANTS[name]
    live = Line(f"policy[{name}]", name, of.unit, (), role=Role.CONSTANT, family=Family.POLICY)
    return _input(live, of.bounds)


def _input(
    of: Line, bounds: Bounds, *, parameter: Parameter | None = None, is_view: bool = False
) -> Entry:
    """Return a line as an input, with its issued value and its override beside it."""
    issued, override = (
        replace(
            of,
            key=f"{of.key}.{part}",
            label=f"{of.label}, {part}",
            kind=kind,
            of_input=of.key,
        )
        for part, kind in (("issued", Kind.ISSUED), ("override", Kind.OVERRIDE))
    )
    return Entry(
        of.key,
        of.label,
        of.unit,
        of.dims,
        either(override, either(issued, NA)),
        kind=Kind.INPUT,
        role=of.role,
        family=of.family,
        issued=issued,
        override=override,
        bounds=bounds,
        parameter=parameter,
        is_view=is_view,
    )


def is_view(of: Line) -> bool:
    """Return whether a line is a way of looking at the inputs: a control, the day, a switch."""
    return of.kind is Kind.CONTROL or (isinstance(of, Entry) and of.is_view)


def numbers_rows(of: Line) -> bool:
    """Return whether a line only counts the rows of a table, wherever they stand."""
    return of.kind is Kind.ROW_NUMBER


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of facts: a row for each member of a dimension, a line for each column.

    `row` is the public key of a row. `columns` are the lines by the name that the column has in the
    records of facts: a case fills them from there, and a review writes them back. A table with
    `spare` rows ends in so many blank ones: what is typed there counts as a row of its file does.
    """

    row: str
    dim: Dim
    spare: int = 0
    columns: dict[str, Line] = field(default_factory=dict, init=False)

    def given(self, column: str, label: str, unit: Unit, *, at: str | None = None) -> Line:
        """Return a column without override; its key ends in `at` where not in its own name."""
        name = column if at is None else at
        found = given(self._key(name), label, unit, self.dim)
        self.columns[column] = found
        return found

    def text(self, column: str, label: str, *, at: str | None = None) -> Line:
        """Return a column of texts."""
        return self.given(column, label, Unit.TEXT, at=at)

    def figure(
        self, column: str, label: str, unit: Unit, *, at: str = "", bounds: Bounds = ANY
    ) -> Entry:
        """Return a column of figures that can be overridden; a row's key is that of its figure."""
        found = entry(self._key(at), label, unit, self.dim, bounds=bounds)
        self.columns[column] = found
        return found

    def spare_or(self, in_spare_rows: Operand, in_others: Operand) -> Node:
        """Return one expression for the spare rows, where columns are typed, and one for others."""
        cases = dict.fromkeys(spare_rows(self.spare), node(in_spare_rows))
        return By(self.dim, {OTHERS: node(in_others), **cases})

    def _key(self, name: str) -> str:
        return f"{self.row}.{name}" if name else self.row


def line(key: str, label: str, unit: Unit, expr: Operand, *, note: str = "") -> Line:
    """Return a computed line; its dimensions are those that its expression leaves free."""
    tree = node(expr)
    free = free_dims(tree)
    return Line(key, label, unit, tuple(dim for dim in ORDER if dim in free), tree, note)


def case_line(key: str, label: str, unit: Unit, expr: Operand, *dims: Dim, note: str = "") -> Line:
    """Return a computed line with its dimensions spelled out, for those outside `ORDER`."""
    return Line(key, label, unit, dims, node(expr), note)


def counted(key: str, label: str, dim: Dim) -> Line:
    """Return the computed line that counts the members of a dimension from 1."""
    return case_line(key, label, Unit.COUNT, previous(key, dim, 0) + 1, dim)


def lines_in(*parts: object) -> tuple[Line, ...]:
    """Return the lines in some parts: lines, and records, tuples or mappings that hold any."""
    found: dict[Line, None] = {}
    for part in parts:
        if isinstance(part, Line):
            found[part] = None
        elif isinstance(part, dict | tuple):
            inner = part.values() if isinstance(part, dict) else part
            found.update(dict.fromkeys(lines_in(*inner)))
    return tuple(found)


def free_dims(of: Node) -> set[Dim]:
    """Return the dimensions that a node's value still has."""
    match of:
        case Line():
            return set(of.dims)
        case Each() | Reduce() | At() | Disorder():
            return set(of.line.dims) - {of.dim}
        case Spot() | Misfits():
            return set()
        case SumWhere():
            inner = free_dims(of.where)
            return inner if of.value is None else inner | free_dims(of.value)
        case AsOf():
            return free_dims(of.at)
        case Pick():
            return free_dims(of.position)
        case Previous():
            return {of.dim} | free_dims(of.first)
        case By():
            return {of.dim}.union(*(free_dims(case) for case in of.cases.values()))
        case Varied():
            return {*of.study.dims, *of.line.dims}
        case _:
            return set().union(*(free_dims(child) for child in children(of)))


def the(dim: Dim, condition: Node, value: Line) -> Node:
    """Return the value of the one row of `dim` that meets the condition; n/a if none does.

    The value must be known in that row: a sum takes n/a for 0. Else see `looked_up`.
    """
    return where(
        SumWhere(dim, condition, None) >= 1, SumWhere(dim, condition, Each(value, dim)), NA
    )


def looked_up(value: Line, condition: Node, rows: Line) -> Node:
    """Return the value of the one row that meets the condition, by the numbers of the rows.

    It is n/a where no row does, and where that row's value is.
    """
    dim = rows.dims[-1]
    return Pick(value, dim, SumWhere(dim, condition, Each(rows, dim)))


def comparable(value: Node) -> Node:
    """Return money a share in whole millionths, 0 where n/a: programs agree on which is larger."""
    return whole(1000 * or_zero(value) * 1000)


def or_zero(value: Node) -> Node:
    """Return the value where it is a number, else 0; for weights and flags, never for money."""
    return where(known(value), value, 0)
