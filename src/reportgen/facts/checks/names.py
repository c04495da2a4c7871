"""Names that are nearly those that the method reads: shown as they are, and warned of."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.facts.brokers import near_misses
from reportgen.facts.checks.units import MONEY_METRICS, SHARE_COUNT
from reportgen.facts.near_misses import metric_meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reportgen.facts.company import Company
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.rows import Estimate, Fundamental, PackRows, PeerMultiple

READ_OF_RESULTS = MONEY_METRICS | {SHARE_COUNT, "eps"}
READ_OF_ESTIMATES = frozenset({"eps_ntm"})
READ_OF_PEERS = frozenset({"pe_ttm", "pe_ntm"})
# Usual names, which are figures of their own though they resemble one that is read
_FIGURES = """
capex cash debt depreciation_amortisation dps ebit ebitda_al ebitdar eps_gaap eps_ltm eps_ttm
ev_ebita ev_ebitda net_income operating_cash_flow operating_income pb pe_fy shares_basic
"""
_USUAL = frozenset(_FIGURES.split())
_OF_A_PERIOD = re.compile(r".*_(?:fy|cy)?\d{2,4}e?(?:_?[qh][1-4])?")


def warn_of_names(rows: PackRows, company: Company, logs: Mapping[str, ProblemLog]) -> None:
    """Log every metric and broker whose name is probably a slip, once each."""
    own = {segment.metric for segment in company.segments}
    _warn_of_metrics(rows.fundamentals, READ_OF_RESULTS | own, logs["fundamentals"])
    _warn_of_metrics(rows.estimates, READ_OF_ESTIMATES, logs["estimates"])
    _warn_of_metrics(rows.peers, READ_OF_PEERS, logs["peers"])
    for miss in near_misses(rows.targets):
        found = f"{quote(miss.row.broker)} counts as another broker than {quote(miss.other)}"
        log = logs["targets"]
        log.caution(miss.row.line_no, "broker", found, "", "if it is the same, spell it alike")


def _warn_of_metrics(
    rows: Iterable[Fundamental | Estimate | PeerMultiple], read: Collection[str], log: ProblemLog
) -> None:
    lines: dict[str, list[int]] = {}
    for row in rows:
        if not math.isnan(row.value):
            lines.setdefault(row.metric, []).append(row.line_no)
    for metric, at in lines.items():
        meant = None if _OF_A_PERIOD.fullmatch(metric) else metric_meant(metric, read, _USUAL)
        if meant is not None:
            more = f" (on {len(at)} lines)" if len(at) > 1 else ""
            found = f"{quote(metric)} is shown under its own name and not read by the method{more}"
            remedy = f"did you mean {meant}?"
            remedy += " There a debt is negative" if meant == "net_cash" else ""
            log.caution(min(at), "metric", found, "", remedy)
