"""The tables of a report as pandas frames, each made when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isnan
from typing import TYPE_CHECKING

import pandas as pd

from reportgen.expr.nodes import Dim, Kind, Line, Role, Unit
from reportgen.facts.rows import PackRows
from reportgen.model import dims
from reportgen.model.report_question import ALL_LINES
from reportgen.periods import FIRST_DAY, from_serial, serial

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved
    from reportgen.facts.pack import Pack

# The results, a row a member of a dimension; the spare rows of the workbook are left out
RESULTS: dict[str, Dim] = {
    "scenarios": dims.SCENARIO,
    "facts": dims.FACT,
    "offers": dims.OFFER,
    "haircuts": dims.COMPONENT,
    "sub_scores": dims.SUB_SCORE,
    "checks": dims.CHECK,
}
_MEMBER = re.compile(r"\[\{\w+\}\]|\{\w+\}\.?")
_MODEL = frozenset(ALL_LINES)  # what is laid out beside it for the eye is not of interest here


class Frames(Mapping[str, pd.DataFrame]):
    """Inputs by the name of their file, results by the names in RESULTS.

    `targets` holds both: what the file says of each target and what the model makes of it.
    """

    def __init__(self, pack: Pack, solved: Solved) -> None:
        """Nothing is made yet."""
        self._pack = pack
        self._solved = solved
        self._made: dict[str, pd.DataFrame] = {}

    def __iter__(self) -> Iterator[str]:
        return iter((*PackRows._fields, *RESULTS))

    def __len__(self) -> int:
        return len(PackRows._fields) + len(RESULTS)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> pd.DataFrame:
        if name in RESULTS:
            return result_frame(self._solved, RESULTS[name])
        if name not in PackRows._fields:
            raise KeyError(f"{name!r} is not a table; there are {', '.join(self)}")
        stated: pd.DataFrame = getattr(self._pack, name)
        if name != "targets":
            return stated
        computed = result_frame(self._solved, dims.TARGET).iloc[: len(stated)]
        fresh = computed[[column for column in computed if column not in stated]]
        return stated.set_index(computed.index).join(fresh)


def result_frame(solved: Solved, dim: Dim) -> pd.DataFrame:
    """Everything computed for each member of a dimension: index member, a column a line.

    Columns are named by the end of their public key (`bear.value`: value). Numbers are float64,
    nan where n/a; flags `boolean`, NA where n/a; text and days objects, None where n/a.
    """
    columns: dict[str, object] = {}
    for line, array in solved.values.items():  # noqa: PD011 - a mapping of ours, not a frame
        if line.dims == (dim,) and line in _MODEL and not _is_asked(line):
            stem = _MEMBER.sub("", line.key)
            short = stem.rpartition(".")[2]
            name = line.label.lower() if short == dim.name else short
            columns[stem if name in columns else name] = _column(line, array)
    return pd.DataFrame(columns, index=pd.Index(solved.members[dim], name=dim.name))


def _is_asked(line: Line) -> bool:
    """Whether a line is a choice or an assumption, which a table of results does not repeat."""
    return line.kind is Kind.CONTROL or line.role is Role.PARAMETER


def _column(line: Line, array: Array) -> object:
    if line.unit is Unit.TEXT:
        return [None if cell == "n/a" else str(cell) for cell in array]
    if line.unit is Unit.FLAG:
        return pd.array([None if isnan(cell) else bool(cell) for cell in array], dtype="boolean")
    if line.unit is Unit.DATE:
        first = serial(FIRST_DAY)
        return [from_serial(cell) if cell >= first else None for cell in array]
    return array.astype(float)
