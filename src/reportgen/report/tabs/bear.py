"""The bear tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab."""
    del context
    tab.text(0, 0, tab.name, "title")
