"""Every claim of a P/E, our own and the peers', as a table that follows the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    count_where,
    each,
    equal,
    pick,
    previous,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import Dim, Line, Node, Unit
from reportgen.model.dims import CLAIM, SPARE_ROWS
from reportgen.model.evidence import claims
from reportgen.model.words import case_line, line

if TYPE_CHECKING:
    from reportgen.model.question import Question

PE_ROW = Dim("pe_row")  # one claim of a P/E each, in the order of the table of claims


def ask(question: Question) -> None:
    """Set the members of its dimension."""
    keys = question.given[claims.claim_key].tolist()
    count = sum(key.casefold() == "pe" for key in keys)
    question.members.update({PE_ROW: tuple(str(k + 1) for k in range(count + SPARE_ROWS))})


_CLAIM = "claim[{claim}]"
is_pe = line(
    f"{_CLAIM}.is_pe",
    "A P/E",
    Unit.FLAG,
    where(same(claims.claim_key, "pe") & (claims.claim_known > 0), 1, 0),
)
pe_number = line(
    f"{_CLAIM}.pe_number",
    "No. among the P/Es",
    Unit.COUNT,
    where(
        is_pe > 0,
        1 + count_where(CLAIM, each(is_pe) * (each(claims.claim_row) < claims.claim_row)),
        0,
    ),
)


def _pe(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"pe_claim[{{pe_row}}].{key}", label, unit, expr, PE_ROW)


pe_position = _pe("no", "No.", Unit.COUNT, previous("pe_claim[{pe_row}].no", PE_ROW, 0) + 1)
pe_row = _pe(
    "row",
    "Row of the claim",
    Unit.COUNT,
    sum_where(CLAIM, equal(each(pe_number), pe_position), claims.claim_row),
)


def _of_pe(key: str, label: str, column: Line, unit: Unit | None = None) -> Line:
    """Return a column of the claim; a row without a claim stays blank where it is text."""
    picked = pick(column, CLAIM, pe_row)
    shown = where(pe_row >= 1, picked, "") if column.unit is Unit.TEXT else picked
    return _pe(key, label, unit or column.unit, shown)


pe_company = _of_pe("company", "Company", claims.claim_variant)
pe_value = _of_pe("value", "P/E", claims.claim_amount, Unit.MULTIPLE)
pe_qualifier = _of_pe("qualifier", "Qualifier", claims.claim_qualifier)
pe_of_peer = _of_pe("of_peer", "Of a peer", claims.claim_of_peer)
pe_observed = _of_pe("observed", "Observed", claims.claim_seen)
pe_source = _of_pe("source", "Source", claims.claim_source)
pe_note = _of_pe("note", "Note", claims.claim_note)
