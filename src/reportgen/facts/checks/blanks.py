"""Blank rows that nobody asks to be filled: no case of the company reads them, or they are told.

A template asks for what most companies need. For a bank without a sum of its parts, a company
without a benchmark, a base that was reported, what is blank there is no mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.facts.assumptions import Slot, instead_of
from reportgen.facts.catalogue import ALL, BY_KEY, METHODS
from reportgen.facts.checks.between_rows import NET_ASSETS, has_use, in_force
from reportgen.facts.checks.rows import cells_by_place
from reportgen.facts.problems import is_blank
from reportgen.facts.reading.schema import ASSUMPTIONS, FUNDAMENTALS
from reportgen.facts.rows import GROUP

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from reportgen.errors import Problem
    from reportgen.facts.catalogue import Parameter
    from reportgen.facts.checks.between_rows import InForce
    from reportgen.facts.company import Company
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.rows import Fundamental, PackRows

    Cells = Mapping[str, str]

_OF_NET_ASSETS = frozenset({"net_cash", "investments"})
_FILLED_IN = frozenset({"published", "value", "unit", "period", "period_end"})
_SPANS = ((3, (0, 3, 6, 9)), (6, (0, 6)), (12, (0,)))  # months of periods, and which make twelve
_ZERO = frozenset({"0", "0%", "0.0"})


def forgive_idle_blanks(rows: PackRows, files: PackFiles, logs: Mapping[str, ProblemLog]) -> None:
    """Drop what was logged of blank rows of assumptions and results that nobody asks for."""
    names = (ASSUMPTIONS.name, FUNDAMENTALS.name)
    if any(_is_to_fill_in(problem) for name in names for problem in logs[name].found):
        asked = Asked.of(rows, files)
        _forgive(asked.assumed, asked.is_idle_assumption, logs[ASSUMPTIONS.name])
        reported = cells_by_place(files, FUNDAMENTALS.name)
        _forgive(reported, asked.is_idle_result, logs[FUNDAMENTALS.name])


@dataclass(frozen=True)
class Asked:
    """What a company asks of its tables: by its methods, and by what they tell already.

    `assumed` are the cells of its assumptions by file and line, blank ones among them; it
    `has_peers` whose P/E its own may rest on.
    """

    company: Company
    assumed: Mapping[tuple[str, int | None], Cells]
    weighed: frozenset[str]
    told: Container[Slot]
    results: Sequence[Fundamental]
    has_peers: bool

    @classmethod
    def of(cls, rows: PackRows, files: PackFiles) -> Asked:
        """Read it from the sound rows of a pack, and from its files."""
        assumed, slots = cells_by_place(files, ASSUMPTIONS.name), in_force(rows)
        weighed = (one for one in METHODS if _may_weigh(one, slots, assumed.values()))
        has_peers = bool(files.company.peers) or any(row.key == "pe" for row in rows.claims)
        return cls(files.company, assumed, frozenset(weighed), slots, rows.fundamentals, has_peers)

    def is_idle_assumption(self, cells: Cells) -> bool:
        """Whether no case reads a row of assumptions, or a blank one is told elsewhere."""
        entry = BY_KEY.get(cells.get("key", ""))
        if entry is None:
            return False
        has_no_peer = entry.key == "peer_pe_discount" and not self.has_peers
        if has_no_peer or not has_use(entry, self.company, self.weighed):
            return True
        return not cells.get("value") and (
            self._is_told(entry, cells) or self._is_reported(entry, cells.get("segment", ""))
        )

    def is_idle_result(self, cells: Cells) -> bool:
        """Whether no case reads a row of results that is still to be filled in, or it is told."""
        segment, metric = cells.get("segment", ""), cells.get("metric", "")
        if segment == GROUP and metric in _OF_NET_ASSETS and self.weighed.isdisjoint(NET_ASSETS):
            return True
        return has_result(self.results, segment, metric)

    def _is_told(self, entry: Parameter, cells: Cells) -> bool:
        """Whether something is in force wherever a row would count, or what may stand for it."""
        scenario, segment = cells.get("scenario", ""), cells.get("segment", "")
        of_row = [one for one in entry.scenarios or (ALL,) if scenario in {one, ALL}]
        return all(
            any((key, one, segment) in self.told for key in (entry.key, *instead_of(entry)))
            for one in of_row
        )

    def _is_reported(self, entry: Parameter, segment: str) -> bool:
        metrics = {one.id: one.metric for one in self.company.segments}
        return entry.key == "base_metric" and has_result(
            self.results, segment, metrics.get(segment, "")
        )


def has_result(results: Iterable[Fundamental], segment: str, metric: str) -> bool:
    """Return whether there is a balance of a metric, or periods of it that make twelve months."""
    of_it = [row for row in results if (row.segment, row.metric) == (segment, metric)]
    ends = {(row.months, row.month_index) for row in of_it}
    return any(not row.months for row in of_it) or any(
        all((months, end - back) in ends for back in needed)
        for months, needed in _SPANS
        for of, end in ends
        if of == months
    )


def _may_weigh(method: str, slots: Mapping[Slot, InForce], assumed: Iterable[Cells]) -> bool:
    """Whether a method has a weight, or a row that is still to be filled in gives it one."""
    key = f"weight_{method}"
    known = slots.get(Slot(key, ALL, ""))
    if known is not None:
        return known.value > 0
    return any(cells.get("key") == key and cells.get("value") not in _ZERO for cells in assumed)


def _forgive(
    cells: Mapping[tuple[str, int | None], Cells],
    is_idle: Callable[[Cells], bool],
    log: ProblemLog,
) -> None:
    log.found[:] = [
        problem
        for problem in log.found
        if not (_is_to_fill_in(problem) and is_idle(cells.get((problem.path, problem.line), {})))
    ]


def _is_to_fill_in(problem: Problem) -> bool:
    return problem.column in _FILLED_IN and is_blank(problem)
