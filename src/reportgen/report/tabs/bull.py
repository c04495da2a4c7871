"""The Bull tab: one case, seen from the one engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.report.tabs.case_tab import build_case

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab."""
    build_case(tab, context, "bull")
