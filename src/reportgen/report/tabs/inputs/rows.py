"""One row an input: issued, override, live, where it comes from, and what may be typed there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.expr.nodes import Unit
from reportgen.facts.bounds import A_DAY, ANY
from reportgen.model.case.record import Origin
from reportgen.model.cell_names import name_of, segment_names
from reportgen.model.keys import filled
from reportgen.report.blocks import section, unit_name
from reportgen.report.registry.origins import origins
from reportgen.report.tables import limits
from reportgen.report.tabs.inputs.lines import remarks
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Validation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.facts.bounds import Bounds
    from reportgen.model.words import Entry
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


(
    LABEL,
    ISSUED,
    OVERRIDE,
    LIVE,
    UNIT,
    AS_OF,
    SOURCE,
    TIER,
    AUTHOR,
    REASON,
    EXPIRES,
    NOTE,
    KEY,
    NUMBER,
) = range(14)
CAPTIONS = (
    "Input",
    "Issued",
    "Override",
    "Live",
    "Unit",
    "As of",
    "Source",
    "Tier",
    "Override by",
    "Reason of the override",
    "Expires",
    "Note",
    "Key",
    "No.",
)
_NUMBERS = (ISSUED, OVERRIDE, LIVE, AS_OF, EXPIRES)
_TEXTS = (UNIT, SOURCE, TIER, AUTHOR, REASON, NOTE, KEY)
MISSING = "not in the pack: n/a until it is filled in"
NO_CAPTIONS: Mapping[int, str] = {}


class Form(NamedTuple):
    """How an input is written. `unit` replaces the unit's own name, for all rows or row by row."""

    unit: Sequence[str] | str = ""
    label: str = ""
    labelled: bool = True  # else the caller fills the first column
    name: str = ""
    figures: str | None = None  # a number format of the theme such as `exact`


PLAIN = Form()


@dataclass(slots=True)
class Rules:
    """Collects the cells that share a rule, so that each rule is stored once."""

    _areas: dict[tuple[Kind, Bounds], list[Area]] = field(default_factory=dict)

    def allow(self, entry: Entry, cells: Area) -> None:
        """Hold cells to the bounds of their input."""
        kind = _KINDS.get(entry.unit, "decimal")
        self._areas.setdefault((kind, entry.bounds), []).append(cells)

    def days(self, cells: Area) -> None:
        """Let only days be typed."""
        self._areas.setdefault(("date", A_DAY), []).append(cells)

    def numbers(self, cells: Area) -> None:
        """Let only numbers be typed."""
        self._areas.setdefault(("decimal", ANY), []).append(cells)

    def validations(self) -> list[Validation]:
        """Return the rules collected, each with all its cells."""
        return [
            _validation(kind, bounds, tuple(areas)) for (kind, bounds), areas in self._areas.items()
        ]


@dataclass(slots=True)
class InputRows:
    """Writes inputs one below the other; `row` is the next free one."""

    tab: Tab
    context: Context
    row: int
    rules: Rules = field(default_factory=Rules)
    lives: list[Area] = field(default_factory=list)
    _tiers: dict[str, str] = field(init=False)
    _origins: dict[str, Origin] = field(init=False)

    def __post_init__(self) -> None:
        self._tiers = {source.id: source.tier for source in self.context.pack.rows.sources}
        self._origins = origins(self.context)

    def band(
        self,
        title: str,
        texts: Mapping[int, str] = NO_CAPTIONS,
        numbers: Mapping[int, str] = NO_CAPTIONS,
    ) -> None:
        """Begin a section, one free row below the last; captions stand over texts and numbers."""
        self.row += 1
        if not texts and not numbers:  # the columns that inputs share, so that each page has them
            texts = {col: CAPTIONS[col] for col in _TEXTS}
            numbers = {col: CAPTIONS[col] for col in _NUMBERS}
        section(self.tab, self.row, NUMBER, {LABEL: title, **texts}, dict(numbers))
        self.row += 1

    def typed(self, line: Line, label: str, note: str, source: str = "company.yaml") -> None:
        """Write a text that is edited in place."""
        self.tab.text(self.row, LABEL, label)
        self.tab.put(line, self.row, ISSUED)
        self.tab.text(self.row, SOURCE, source, "note")
        self.tab.text(self.row, NOTE, note, "note")
        self.tab.text(self.row, KEY, line.key, "key")
        self.row += 1

    def entry(self, entry: Entry, form: Form = PLAIN, *, down: tuple[Dim, ...] = ()) -> None:
        """Write an input, a row each member."""
        first = self.row
        size = self._place(entry, form, down)
        live = self.tab.places.lines[entry]
        own = unit_name(entry.unit, self.context)
        for key, index in filled(entry, self.tab.places.members):
            row = int(live.rows[index])
            if form.labelled:
                self.tab.text(row, LABEL, form.label or self._label(entry, index))
            text = form.unit if isinstance(form.unit, str) else form.unit[row - first]
            self.tab.text(row, UNIT, text or own, "note_indent")
            if self._is_missing(entry, index):
                self.tab.text(row, NOTE, MISSING, "note")
            else:
                self._origin(row, self._origins.get(key, Origin()))
            self.tab.text(row, KEY, key, "key")
        self.rules.allow(entry, Area(first, ISSUED, first + size - 1, OVERRIDE))
        self.lives.append(Area(first, LIVE, first + size - 1, LIVE))
        self.row = first + size

    def _place(self, entry: Entry, form: Form, down: tuple[Dim, ...]) -> int:
        """Give an input's cells and those beside them their places; return the rows taken."""
        published, author, reason, expires = remarks(entry)
        figure = "" if form.figures is None else f".{form.figures}"
        for line, col, look in (
            (entry.issued, ISSUED, "input" + figure),
            (entry.override, OVERRIDE, "override" + figure),
            (published, AS_OF, "note_center"),
            (author, AUTHOR, "remark"),
            (reason, REASON, "remark"),
            (expires, EXPIRES, "remark"),
        ):
            self.tab.put(line, self.row, col, down=down, look=look)
        look = "calc" + figure
        return self.tab.put(entry, self.row, LIVE, down=down, name=form.name, look=look)

    def _label(self, entry: Entry, index: tuple[int, ...]) -> str:
        """Return an input's label with the names of its members."""
        members = self.tab.places.members
        at = [members[dim][place] for dim, place in zip(entry.dims, index, strict=True)]
        return name_of(entry, at, segment_names(self.context.question.given, members))

    def _is_missing(self, entry: Entry, index: tuple[int, ...]) -> bool:
        return bool(math.isnan(self.context.solved.values[entry.issued][index]))

    def _origin(self, row: int, origin: Origin) -> None:
        """Write where an issued value comes from."""
        self.tab.text(row, SOURCE, origin.source or origin.author, "note")
        self.tab.text(row, TIER, self._tier(origin), "note")
        self.tab.text(row, NOTE, origin.reason, "note_lines")

    def _tier(self, origin: Origin) -> str:
        if origin.author:
            return "method" if origin.author == "method" else "assumption"
        return self._tiers.get(origin.source, "")


def unit_of_assumption(entry: Entry) -> str:
    """Return the unit of an assumption where the catalogue says more than the line does."""
    known = entry.parameter
    return "" if known is None else known.stated_in


Kind = Literal["decimal", "whole", "date"]
_KEPT = "A blank override keeps the issued value; a blank is never 0."
_KINDS: dict[Unit, Kind] = {Unit.DATE: "date", Unit.FLAG: "whole"}


_ALLOWED: dict[Kind, str] = {"date": "a day such as 2025-11-30", "whole": "1 (yes) or 0 (no)"}


def _validation(kind: Kind, bounds: Bounds, areas: tuple[Area, ...]) -> Validation:
    low, high, exclusive = limits(bounds)
    allowed = _ALLOWED.get(kind) or str(bounds)
    return Validation(
        areas,
        kind,
        low,
        high,
        exclusive=exclusive,
        error_title="Outside the bounds of this input",
        error_message=f"Allowed: {allowed}. {_KEPT}",
        input_title="Allowed",
        input_message=f"{allowed[0].upper()}{allowed[1:]}. {_KEPT}",
    )
