"""Cases with other inputs: single ones, or whole tables of rows."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Unit
from reportgen.expr.solve import Solved, solve
from reportgen.expr.tree import reads
from reportgen.model.case.record import Case
from reportgen.model.lines import BY_KEY, MODEL
from reportgen.model.words import Entry
from tests.laws.chance import BLANK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.vendor.pretty import RepresentationPrinter

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array

    Columns = Mapping[Line, Array | Sequence[str] | Sequence[float]]

GIVEN = tuple(line for line in MODEL if line.expr is None)


@dataclass(frozen=True, kw_only=True, repr=False)
class Company(Case):
    """A case that tells, where a law fails, in what it differs from its pack's."""

    pack: str
    issued_as: Case

    @classmethod
    def of(cls, pack: str, case: Case) -> Company:
        """The case of a pack, nothing changed."""
        copied = {field.name: getattr(case, field.name) for field in fields(case)}
        return cls(pack=pack, issued_as=case, **copied)

    def __repr__(self) -> str:
        return "\n".join(
            [f"the company of {self.pack} with"]
            + [
                f"{line.key} = {values.tolist()}"
                for line, values in self.given.items()
                if not _alike(values, self.issued_as.given[line])
            ]
        )

    def _repr_pretty_(self, printer: RepresentationPrinter, *_: object) -> None:
        printer.text(repr(self))


def _alike(one: Array, other: Array) -> bool:
    """Whether two columns hold the same; those of tables without rows may differ in length."""
    if one.dtype == object:
        return np.array_equal(one, other)
    blank = bool(np.isnan(one).all() and np.isnan(other).all())
    return blank or np.array_equal(one, other, equal_nan=True)


def live(case: Company, line: Line) -> Array:
    """The values that the model reads of an input: as overridden, else as issued."""
    if not isinstance(line, Entry):
        return case.given[line]
    override = case.given[line.override]
    values: Array = np.where(np.isnan(override), case.given[line.issued], override)
    return values


def with_inputs(case: Company, values: Mapping[Entry, Array]) -> Company:
    """A case with other values issued for some inputs, and nothing that overrides them."""
    given = dict(case.given)
    for line, array in values.items():
        given[line.issued] = np.asarray(array, dtype=float)
        given[line.override] = np.full_like(given[line.issued], BLANK)
    return replace(case, given=given)


def with_rows(case: Company, dim: Dim, count: int, columns: Columns) -> Company:
    """A case with another table along a dimension; columns that are not named stay blank."""
    size = max(count, 1)  # a table is never empty: without rows it has one blank one
    given = dict(case.given)
    for line in GIVEN:
        if line.dims == (dim,):
            text = line.unit is Unit.TEXT
            given[line] = np.full(size, "" if text else BLANK, dtype=object if text else float)
    for line, cells in columns.items():
        given[line.issued if isinstance(line, Entry) else line][: len(cells)] = cells
    ids = tuple(str(number + 1) for number in range(size))
    return replace(case, given=given, members={**case.members, dim: ids})


def permuted(case: Company, dim: Dim, order: Array, kept: Line) -> Company:
    """A case with the rows of a table in another order; the column `kept` stays in place."""
    moved = {
        line: case.given[line][order] for line in GIVEN if line.dims == (dim,) and line is not kept
    }
    return replace(case, given={**case.given, **moved})


def solved(case: Company, *outputs: Line) -> Solved:
    """The values of some lines, and of those that they are computed from."""
    return solve(needed(outputs), case.given, case.members, {})


@cache
def needed(outputs: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of the model that some of them are computed from, in order."""
    found: set[Line] = set()
    stack = list(outputs)
    while stack:
        line = stack.pop()
        if line not in found:
            found.add(line)
            stack += [*reads(line).lines, *(BY_KEY[key] for key in reads(line).earlier)]
    return tuple(line for line in MODEL if line in found)
