"""Names that are nearly those that the method reads: shown as they are, and warned of."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, cast

from reportgen.errors import quote
from reportgen.facts.brokers import near_misses
from reportgen.facts.catalogue import CLAIMS
from reportgen.facts.checks.units import MONEY_METRICS, SHARE_COUNT
from reportgen.facts.near_misses import is_near, metric_meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reportgen.facts.company import Company
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.columns import RowT, TableSpec
    from reportgen.facts.rows import PackRows, PeerMultiple

READ = {  # the names that the method reads, by table
    "fundamentals": MONEY_METRICS | {SHARE_COUNT, "eps"},
    "estimates": frozenset({"eps_ntm"}),
    "peers": frozenset({"pe_ttm", "pe_ntm"}),
    "claims": frozenset({*CLAIMS, "day_return"}),
}
NAMED_IN = {"fundamentals": "metric", "estimates": "metric", "peers": "metric", "claims": "key"}
# Usual names, which are figures of their own though they resemble one that is read
_FIGURES = """
capex cash debt depreciation_amortisation dps ebit ebitda_al ebitdar eps_gaap eps_ltm eps_ttm
ev_ebita ev_ebitda net_income operating_cash_flow operating_income pb pe_fy shares_basic
"""
_USUAL = frozenset(_FIGURES.split())
_OF_A_PERIOD = re.compile(r".*_(?:fy|cy)?\d{2,4}e?(?:_?[qh][1-4])?")


def read_names(table: str, company: Company) -> frozenset[str]:
    """The names in a table that the method reads, the segments' own metrics among them."""
    own = {segment.metric for segment in company.segments} if table == "fundamentals" else set()
    return READ.get(table, frozenset()) | own


def in_read_case(
    spec: TableSpec[RowT], rows: Sequence[RowT], company: Company, log: ProblemLog
) -> Sequence[RowT]:
    """The rows, names that the method reads in its own letters, small or large: EPS is eps."""
    column = NAMED_IN.get(spec.name)
    if column is None:
        return rows
    read = {name.casefold(): name for name in sorted(read_names(spec.name, company))}
    lines: dict[tuple[str, str], list[int]] = {}
    result = []
    for row in rows:
        name: str = getattr(row, column)
        known = read.get(name.casefold(), name)
        if known != name:
            lines.setdefault((name, known), []).append(row.line_no)
        result.append(row if known == name else _renamed(spec, row, column, known))
    for (name, known), at in lines.items():
        log.caution(min(at), column, f"{quote(name)} is read as {known}{_lines(at)}")
    return result


def _renamed(spec: TableSpec[RowT], row: RowT, column: str, name: str) -> RowT:
    fields = zip((*spec.column_names, "line_no"), cast("Iterable[object]", row), strict=False)
    return spec.record(name if field == column else value for field, value in fields)


def _lines(at: Sequence[int]) -> str:
    return f" (on {len(at)} lines)" if len(at) > 1 else ""


def warn_of_names(rows: PackRows, company: Company, logs: Mapping[str, ProblemLog]) -> None:
    """Log every metric and broker whose name is probably a slip, once each."""
    for table, column in NAMED_IN.items():
        lines: dict[str, list[int]] = {}
        for row in getattr(rows, table):
            if not math.isnan(row.value):
                lines.setdefault(getattr(row, column), []).append(row.line_no)
        _warn_of_slips(lines, read_names(table, company), column, logs[table])
    _warn_of_peers(rows.peers, company, logs["peers"])
    for miss in near_misses(rows.targets):
        found = f"{quote(miss.row.broker)} counts as another broker than {quote(miss.other)}"
        log = logs["targets"]
        log.caution(miss.row.line_no, "broker", found, "", "if it is the same, spell it alike")


def _warn_of_peers(rows: Iterable[PeerMultiple], company: Company, log: ProblemLog) -> None:
    """Log each peer that is nearly one of company.yaml, which alone are averaged."""
    named = {_plain(peer): peer for peer in company.peers}
    told: set[str] = set(named) | {_plain(company.ticker)}
    for row in rows:
        plain = _plain(row.peer)
        first = _first(row.peer)
        near = (
            named[one]
            for one in sorted(named)
            if first == _first(named[one]) or is_near(plain, one)
        )
        meant = next(near, None)
        if plain not in told and meant is not None:
            found = f"{quote(row.peer)} is not a peer of company.yaml: it is shown, not averaged"
            log.caution(row.line_no, "peer", found, "", f"did you mean {meant}?")
        told.add(plain)


def _first(name: str) -> str:
    """The first word of a name, or a ticker without its exchange."""
    return re.split(r"[^\w]", name)[0].casefold()


def _plain(name: str) -> str:
    return re.sub(r"[^\w]", "", name).casefold()


def _warn_of_slips(
    lines: Mapping[str, Sequence[int]], read: Collection[str], column: str, log: ProblemLog
) -> None:
    for metric, at in lines.items():
        meant = None if _OF_A_PERIOD.fullmatch(metric) else metric_meant(metric, read, _USUAL)
        if meant is not None:
            own = "is shown under its own name and not read by the method"
            found = f"{quote(metric)} {own}{_lines(at)}"
            remedy = f"did you mean {meant}?"
            remedy += " There a debt is negative" if meant == "net_cash" else ""
            log.caution(min(at), column, found, "", remedy)
