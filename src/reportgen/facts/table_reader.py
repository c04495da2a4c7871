"""The tables of one pack as of one day: every row sound, normalised, in order and once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportgen.facts.checks.duplicates import without_repeats
from reportgen.facts.checks.row_rules import LATER_RULES, RULES
from reportgen.facts.order import in_order
from reportgen.facts.problem_log import ProblemLog
from reportgen.facts.reading.fx import EURO, read_rates
from reportgen.facts.reading.pack_files import FX, PackFiles
from reportgen.facts.reading.prices import read_closes
from reportgen.facts.reading.tables import read_rows
from reportgen.facts.rows import FxRate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from reportgen.facts.reading.table_spec import RowT, TableSpec
    from reportgen.facts.rows import Close

_NA = "what depends on it is n/a"


class TableReader:
    """Reads the tables of a pack as of a day, and keeps a log for every file."""

    def __init__(self, files: PackFiles, as_of: date) -> None:
        """The files are read already; their company says which segments rows may name."""
        self.files = files
        self.company = files.company
        self.as_of = as_of
        self.logs = {name: ProblemLog(path) for name, path in files.paths.items()}

    def rows(
        self,
        spec: TableSpec[RowT],
        whole: Callable[[RowT], RowT] | None = None,
        figure: str = "",
    ) -> tuple[RowT, ...]:
        """The sound rows of a table, normalised by `whole`, in canonical order, each once.

        A row that states no `figure` is left out with a warning, and so is a repetition.
        """
        sound = self.sound(spec, figure)
        rows = in_order(spec, map(whole, sound) if whole else sound)
        return without_repeats(spec, rows, self.logs[spec.name])

    def sound(self, spec: TableSpec[RowT], figure: str = "") -> tuple[RowT, ...]:
        """The rows of a table that state a `figure` and break no rule, as the file has them."""
        table = self.files.tables.get(spec.name)
        if table is None:
            return ()
        rows = read_rows(spec, table, self.as_of, self.logs[spec.name])
        for row in rows.later:
            self._tell_of_later(spec, row)
        known = self._with_figure(spec, rows.known, figure) if figure else rows.known
        return tuple(row for row in known if self._is_sound(spec, row))

    def _tell_of_later(self, spec: TableSpec[RowT], row: RowT) -> None:
        """Log, as warnings, what a row dated later breaks of the rules of its table."""
        for rules in (RULES, LATER_RULES):
            if spec.name in rules:
                for column, error in rules[spec.name](row, self.company):
                    self.logs[spec.name].cell(_line(spec, row), column, error, later=True)

    def _with_figure(
        self, spec: TableSpec[RowT], rows: Iterable[RowT], figure: str
    ) -> Iterable[RowT]:
        place = [column.name for column in spec.columns].index(figure)
        for row in rows:
            value = row[place]
            if isinstance(value, float) and math.isnan(value):
                found = "states no figure; the row is left out"
                self.logs[spec.name].caution(_line(spec, row), figure, found)
            else:
                yield row

    def _is_sound(self, spec: TableSpec[RowT], row: RowT) -> bool:
        """Whether a row breaks no rule of its table; what it breaks is logged."""
        rule = RULES.get(spec.name)
        if rule is None:
            return True
        faults = list(rule(row, self.company))
        for column, error in faults:
            self.logs[spec.name].cell(_line(spec, row), column, error)
        return not faults

    def closes(self, name: str, share: str, currency: str) -> tuple[Close, ...]:
        """The closes of a share by day, as quoted; none, with a warning, if there is no file."""
        table = self.files.tables.get(name)
        if table is None:
            self.logs[name].caution(None, None, f"is missing: {_NA}")
            return ()
        return read_closes(table, share, currency, self.as_of, self.logs[name])

    def rates(self) -> tuple[FxRate, ...]:
        """The last exchange rates; EUR alone if there is no file of them."""
        table = self.files.tables.get(FX)
        if table is None:
            return (FxRate(EURO, 1.0, self.as_of),)
        return read_rates(table, self.as_of, self.logs[FX])


def _line(spec: TableSpec[RowT], row: RowT) -> int:
    """The line of a row: the field after those of its columns."""
    line_no = row[len(spec.columns)]
    return line_no if isinstance(line_no, int) else 0
