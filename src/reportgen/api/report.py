"""A built report as callers see it: where it stands, what it says, and its tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.headline import headline
from reportgen.model import dims
from reportgen.model.solved import by_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from reportgen.errors import Problem
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved
    from reportgen.facts.pack import Pack
    from reportgen.headline import Value
    from reportgen.xlsx.book import Book


_FEW = frozenset({dims.SCENARIO, dims.GROWTH_CASE, dims.CHECK})


@dataclass(frozen=True)
class Report:
    """A report that was built and written to `path`.

    `pack` is what was known, `solved` everything that was computed, `book` the workbook as plain
    data, `warnings` what is to be minded about the inputs.
    """

    pack: Pack
    solved: Solved
    book: Book
    path: Path
    warnings: tuple[Problem, ...] = ()

    @property
    def ticker(self) -> str:
        """The company's ticker."""
        return self.pack.company.ticker

    @property
    def as_of(self) -> date:
        """The day the report speaks of."""
        return self.pack.as_of

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every number by public key: number, true/false, text, None for n/a; days are serials."""
        return dict(by_key(self.solved))

    @cached_property
    def overview(self) -> dict[str, Value]:
        """The few hundred of `values` that stand once a report, a case or a check."""
        return dict(by_key(replace(self.solved, values=dict(_of_few(self.solved)))))

    @cached_property
    def headline(self) -> dict[str, Value]:
        """The short list of `values`: the cases, the stance, hype, checks and readiness."""
        return headline(self.overview)

    @property
    def has_failures(self) -> bool:
        """Whether a check FAILs, so that the report gives no stance."""
        return bool(self.headline["checks.fail"])

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """Tables by name, each made when first asked for: inputs, and `scenarios`, `facts` ..."""
        from reportgen.api.tables import Tables  # noqa: PLC0415 - pandas takes 0.3 s to import

        return Tables(self.pack, self.solved)


def _of_few(solved: Solved) -> Iterator[tuple[Line, Array]]:
    """The lines over nothing, or over the dimensions that every report has few members of."""
    for line, array in solved.values.items():  # noqa: PD011 - a mapping of ours, not a frame
        if _FEW.issuperset(line.dims):
            yield line, array
