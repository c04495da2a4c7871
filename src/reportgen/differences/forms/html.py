"""A page as one HTML file that needs nothing else: no script, no font, no picture, no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.differences.forms.document import Heading, Paragraph, TableBlock, Waterfall
from reportgen.pages.charts import waterfall
from reportgen.pages.skeleton import render
from reportgen.report.theme import load_theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from reportgen.differences.forms.document import Block, Document, Step

TEMPLATE = Path(__file__).with_name("diff.html.jinja")
# What the template writes for a block
FORMS: Mapping[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    TableBlock: "table",
    Waterfall: "waterfall",
}
# On a phone the last column of a table names its unit or family, and may explain it
STYLE = """@media (max-width: 40rem) {
  td:last-child { white-space: nowrap; }
  td:last-child .doubt { min-width: 16rem; white-space: normal; }
}
"""


def html(document: Document) -> str:
    """The page; all text in it is escaped, and its bars are drawn without any script."""
    blocks = [(FORMS[type(block)], block, _rows(block)) for block in document.blocks]
    return render(TEMPLATE, theme=load_theme(), title=document.title, style=STYLE, blocks=blocks)


def _rows(block: Block) -> list[tuple[Step, Markup]]:
    """The steps of a waterfall with their bars."""
    if not isinstance(block, Waterfall):
        return []
    return list(zip(block.steps, waterfall(block.steps), strict=True))
