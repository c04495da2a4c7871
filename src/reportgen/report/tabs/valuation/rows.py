"""How the rows of the Valuation tab are written: label, unit, numbers by case, note."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.dims import SCENARIO, SEGMENT
from reportgen.model.inputs.description import segment_name
from reportgen.model.keys import filled
from reportgen.model.words import Entry
from reportgen.periods import from_serial
from reportgen.report.blocks import section, unit_name
from reportgen.report.tabs.valuation import LINES
from reportgen.report.tabs.valuation.lines import SELECTED, selected_caption
from reportgen.report.tabs.valuation.notes import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


LABEL, UNIT, ALL, CASES, CHOSEN, NOTE, LAST = 0, 1, 2, 3, 6, 7, 11
CASE_CAPTIONS: Mapping[int, str | Line] = {
    ALL: "All cases",
    CASES: "Bear",
    CASES + 1: "Base",
    CASES + 2: "Bull",
    CHOSEN: selected_caption,
}
NOTED: Mapping[int, str] = {NOTE: "Note"}
_LABEL_LOOKS = {"total": "label_total", "output": "label_strong", "headline": "label_strong"}


class Rows:
    """Writes rows below each other; `row` is the next free one."""

    def __init__(self, tab: Tab, context: Context, row: int) -> None:
        """Start at a row of a tab."""
        self.tab = tab
        self.context = context
        self.row = row
        self.notes = {line.of: line for line in LINES if isinstance(line, Note)}

    def band(
        self,
        title: str,
        captions: Mapping[int, str | Line],
        texts: Mapping[int, str] = NOTED,
    ) -> None:
        """Leave a row free and write the dark band that opens a section.

        `captions` stand over numbers, `texts` over columns of text.
        """
        self.row += 1
        left = {LABEL: title, UNIT: "Unit", **texts}
        section(self.tab, self.row, CHOSEN, left, captions)
        for col in range(NOTE, LAST + 1):
            look = "band_right" if col in captions else "band_indent"
            self.tab.text(self.row, col, texts.get(col, str(captions.get(col, ""))), look)
        self.row += 1

    def heading(self, text: str, note: str = "") -> None:
        """Write a heading within a section, and what holds for the rows below it."""
        self.tab.text(self.row, LABEL, self.context.named(text), "label_strong")
        if note:
            self.tab.text(self.row, NOTE, note, "note_indent")
        self.row += 1

    def own(self, line: Line, look: str = "", label: str = "", unit: str = "") -> None:
        """Write a row for a line that has its place here."""
        self._row(line, look, label, unit, own=True)

    def seen(self, line: Line, label: str = "", unit: str = "") -> None:
        """Write a row for a line that stands elsewhere."""
        self._row(line, "", label, unit, own=False)

    def called_up(self, line: Entry, selected: Line) -> None:
        """Write a row of an input case by case, with the case selected, which stands below."""
        self.tab.text(self.row, LABEL, self.context.named(line.label))
        self.tab.text(self.row, UNIT, unit_name(line.unit, self.context), "unit")
        self.tab.show(line, self.row, CASES, across=(SCENARIO,))
        self.tab.show(SELECTED[selected], self.row, CHOSEN)
        self.tab.text(self.row, NOTE, self.origin(line), "note_indent")
        self.row += 1

    def called_up_by_segment(self, line: Entry) -> None:
        """Write a row a segment of an input case by case."""
        down = (SEGMENT,)
        self.tab.show(segment_name, self.row, LABEL, down=down, look="label_indent")
        self.column(SEGMENT, UNIT, unit_name(line.unit, self.context), "unit")
        self.tab.show(line, self.row, CASES, down=down, across=(SCENARIO,))
        self.tab.show(SELECTED[line], self.row, CHOSEN, down=down)
        self.skip(SEGMENT)

    def _row(self, line: Line, look: str, label: str, unit: str, *, own: bool) -> None:
        self.tab.text(
            self.row,
            LABEL,
            self.context.named(label or line.label),
            _LABEL_LOOKS.get(look, "label"),
        )
        unit_look = "unit_total" if look == "total" else "unit"
        self.tab.text(self.row, UNIT, unit or unit_name(line.unit, self.context), unit_look)
        self._numbers(line, look, (), own=own)
        if line in self.notes:
            self.place(self.notes[line], NOTE, look="note_indent")
        elif isinstance(line, Entry):
            self.tab.text(self.row, NOTE, self.origin(line), "note_indent")
        elif line.note:
            self.tab.text(self.row, NOTE, line.note, "note_indent")
        self.row += 1

    def origin(self, line: Entry) -> str:
        """Return where an input stands, who set it and when."""
        keys = [key for key, _ in filled(line, self.context.members)]
        origins = [self.context.case.issued[key] for key in keys if key in self.context.case.issued]
        if np.isnan(self.context.case.given[line.issued]).any():
            return "Inputs; n/a while blank there"
        told = ["Inputs", *dict.fromkeys(origin.author for origin in origins)]
        days = [origin.published for origin in origins if isfinite(origin.published)]
        if days:
            told.append(from_serial(max(days)).isoformat())
        return ", ".join(part for part in told if part)

    def _numbers(self, line: Line, look: str, down: tuple[Dim, ...], *, own: bool) -> None:
        """Place a line at the next row: over its cases, or in the column for all cases."""
        col = CASES if SCENARIO in line.dims else ALL
        self.place(line, col, look=look, own=own, down=down)
        if line in SELECTED:
            self.place(SELECTED[line], CHOSEN, look=look, down=down)

    def place(
        self,
        line: Line,
        col: int,
        *,
        look: str = "",
        own: bool = True,
        down: tuple[Dim, ...] = (),
    ) -> None:
        """Put a line that is at home here, the first time; else show it. Cases stand across."""
        across = (SCENARIO,) if SCENARIO in line.dims else ()
        if own and line not in self.tab.places.lines:
            self.tab.put(line, self.row, col, down=down, across=across, look=look)
        else:
            self.tab.show(line, self.row, col, down=down, across=across, look=look)

    def segments(self, line: Line, *, own: bool, note: Line | None = None) -> None:
        """Write a row a segment, below a heading, for a line by segment or by case and segment."""
        self.tab.show(segment_name, self.row, LABEL, down=(SEGMENT,), look="label_indent")
        self._numbers(line, "", (SEGMENT,), own=own)
        if note is not None:
            self.place(note, NOTE, look="note_indent", down=(SEGMENT,))
        self.column(SEGMENT, UNIT, unit_name(line.unit, self.context), "unit")
        self.skip(SEGMENT)

    def column(self, dim: Dim, col: int, text: str, look: str) -> None:
        """Write the same text beside every member of a dimension."""
        for at in range(self.tab.size(dim)):
            self.tab.text(self.row + at, col, text, look)

    def skip(self, dim: Dim) -> None:
        """Go on below the members of a dimension."""
        self.row += self.tab.size(dim)
