"""What a review of a returned workbook finds, as plain records."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from reportgen.attribution.records import Bridge
    from reportgen.expr.nodes import Line
    from reportgen.values import Value
    from reportgen.xlsx.compare.changes import WorkbookChange

SCHEMA_VERSION = 1
EditedBy = Literal["model", "file", "nobody"]


class EditKind(StrEnum):
    """What was done in the workbook, in the words in which it is reported."""

    OVERRIDE = "override typed"
    INPUT = "input typed over"
    WITHDRAWN = "override cleared"
    CLEARED = "input cleared"
    ROW = "row added"
    INCOMPLETE = "row incomplete"
    REPLACED = "row typed over"
    REMOVED = "row deleted"
    SORTED = "rows sorted"
    SERIES = "rows of a series changed"
    GONE = "inputs deleted"
    CONTROL = "control changed"
    TEXT = "table cell changed"
    FORMULA_TYPED = "formula typed into an input"
    NOT_A_NUMBER = "text typed into an input"
    MASKED = "input typed over beneath an override"
    NOTED = "override noted in the list only"
    FORMULA = "formula changed"
    HARDCODED = "formula hardcoded"


class State(StrEnum):
    """Where an edit stands against our inputs of today."""

    NEW = "new"  # ours is as issued: it can be accepted
    SAME = "same"  # ours says the same by now: nothing to decide
    CONFLICT = "conflict"  # ours changed too, to something else
    VIEW = "view"  # a way of looking, never imported
    LISTED = "listed"  # for a person to decide: it cannot be imported


IMPORTED = frozenset({EditKind.OVERRIDE, EditKind.INPUT, EditKind.WITHDRAWN, EditKind.ROW})


@dataclass(frozen=True, slots=True)
class Change:
    """A given value that an edit sets: its line, its place in the array, the value."""

    line: Line
    index: tuple[int, ...]
    value: float | str


class Remark(NamedTuple):
    """Who edited, why and until when, as the file says beside the edit; "" and None if it does not.

    `published` is a day that the file's list of overrides names. `unread` says what stands there
    for a day and is none, so that the edit is not taken for one without an end.
    """

    author: str = ""
    reason: str = ""
    expires: date | None = None
    published: date | None = None
    unread: str = ""


NO_REMARK = Remark()


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: what was issued, what the file says now, what our inputs say today.

    `key` is that of the input (a row's, its table and place: `target[+1]`). `cells` are the columns
    of a row by the names of its table: of an added one as it is read, of one that was issued as it
    would become. `changes` are what the model of the workbook sees of the edit, `taken` what ours
    sees once it is accepted, where that is something else; `is_beyond_model` says that the workbook
    may come to another value than the model can tell: a formula, or what hangs on one. `effect`
    maps each headline key to what the edit alone adds to it, None where n/a. `parts` are the edits
    that one of many formulas tells of.
    """

    key: str
    label: str
    unit: str
    kind: EditKind
    place: str
    issued: Value
    theirs: Value
    ours: Value = None
    state: State = State.LISTED
    remark: Remark = NO_REMARK
    note: str = ""
    changes: tuple[Change, ...] = ()
    taken: tuple[Change, ...] = ()
    is_beyond_model: bool = False
    table: str = ""
    cells: Mapping[str, Value] = field(default_factory=dict)
    effect: Mapping[str, float | None] = field(default_factory=dict)
    parts: tuple[Edit, ...] = ()

    @property
    def figure(self) -> float:
        """The number that was typed (a day is its serial number); nan where none was."""
        typed = (change.value for change in self.changes if isinstance(change.value, float))
        return next((value for value in typed if not math.isnan(value)), math.nan)

    @property
    def can_be_accepted(self) -> bool:
        """Whether accepting takes it home, or our inputs say the same already."""
        return self.state in {State.NEW, State.CONFLICT, State.SAME}

    @property
    def is_to_decide(self) -> bool:
        """Whether somebody has to decide about it."""
        return self.state in {State.NEW, State.CONFLICT, State.LISTED}


class Effect(NamedTuple):
    """A headline value as issued, as our inputs give it today, and as the edits make it.

    `today` is as of the day of the issue. `accepted` is the report built once every edit that can
    be accepted is, conflicts decided their way. `edited` is what the returned file as a whole comes
    to; that is computed by our model, else what the file itself says,
    which is not checked, or what nobody could value. `listed` and `views` are
    what edits that cannot be accepted, and views, add in the file. None is n/a.
    """

    key: str
    label: str
    unit: str
    issued: float | None
    today: float | None
    accepted: float | None
    edited: float | None
    listed: float | None
    views: float | None
    edited_by: EditedBy = "model"

    @property
    def accepted_change(self) -> float | None:
        """What accepting gives: accepted less today; None where one is n/a."""
        return _less(self.accepted, self.today)

    @property
    def change(self) -> float | None:
        """What all edits of the file give: edited less issued; None where one is n/a."""
        return _less(self.edited, self.issued)


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that a returned workbook says beyond what was issued.

    `snapshot` identifies the issue; "" where the file has no Registry, and was compared two-way.
    `issued_file` is the file that it came from, None if that is not at hand: then `ticker`, `as_of`
    and what was issued are what the returned file says of itself, or what was named. `raised` says
    what the report would call wrong or doubtful with all that can be accepted, and did not as it
    was issued. `missing` are the checks that could not run; `is_named` says that whoever reviews
    named company and day.
    """

    path: Path
    ticker: str
    as_of: date | None
    snapshot: str
    issued_file: Path | None
    edits: tuple[Edit, ...] = ()
    effects: tuple[Effect, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    workbook: tuple[WorkbookChange, ...] = ()
    notes: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_named: bool = False
    schema_version: int = SCHEMA_VERSION

    @property
    def is_verified(self) -> bool:
        """Whether what was issued is known from the issued file itself."""
        return bool(self.snapshot) and self.issued_file is not None

    @property
    def to_decide(self) -> tuple[Edit, ...]:
        """The edits that somebody has to decide about."""
        return tuple(edit for edit in self.edits if edit.is_to_decide)
