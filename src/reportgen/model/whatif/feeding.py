"""Which line of the launch a claimed fact feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import launch
from reportgen.model.evidence.claims import fact_id

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.question import Question


def launch_line(fact: str, market: str, question: Question) -> Line | None:
    """Return the line that a fact such as `units/ai_glasses 2026` feeds, None if it feeds none."""
    key, _, variant = fact.partition("/")
    if not market or not variant.casefold().startswith(f"{market} ".casefold()):
        return None
    if key == "units":
        return launch.units
    start = f"market_size/{market} ".casefold()
    years = [text for text in question.given[fact_id].tolist() if text.casefold().startswith(start)]
    if key != "market_size" or not years:
        return None
    ends = {
        max(years).casefold(): launch.last_size,
        min(years).casefold(): launch.first_size,
    }
    return ends.get(fact.casefold())
