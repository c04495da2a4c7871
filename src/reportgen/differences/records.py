"""What a diff of two reports says, as plain records: the forms show them, nothing recomputes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from reportgen.attribution.records import CLOSES_WITHIN, Bar, Bridge
from reportgen.pages.figures import change
from reportgen.values import CENTS, share_decimals

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reportgen.values import Value
    from reportgen.xlsx.compare.changes import WorkbookChange

InputKind = Literal["changed", "entered", "left", "superseded", "expired"]

SCHEMA_VERSION = 1


class End(NamedTuple):
    """One of the two reports: its file, its company, its day, what it was made from, its stance."""

    path: Path
    ticker: str
    as_of: date
    input_hash: str
    model_hash: str
    stance: str = ""


class Headline(NamedTuple):
    """A headline value at both ends, in its unit; None is n/a."""

    key: str
    label: str
    unit: str
    old: float | None
    new: float | None

    @property
    def change(self) -> float | None:
        """New less old; None where one is n/a."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def has_moved(self) -> bool:
        """Whether the ends differ by more than another program's last digits."""
        if self.old is None or self.new is None:
            return self.old is not self.new
        return not math.isclose(self.old, self.new, rel_tol=CLOSES_WITHIN, abs_tol=CLOSES_WITHIN)

    @property
    def relative(self) -> float | None:
        """The change over the size of the old value; None where n/a or the old value is 0."""
        return self.change / abs(self.old) if self.change is not None and self.old else None

    def shown_change(self, cents: int) -> float | None:
        """The change of what is shown, so that a row adds up to the last digit; None where n/a."""
        if self.old is None or self.new is None:
            return None
        return change(self.old, self.new, self.unit, cents=cents)


class InputChange(NamedTuple):
    """An input that is not what it was; one that entered has no old value, one that left no new.

    `superseded`: a newer row of the same broker or fact took its place. `expired`: it is too old to
    count, or ran out. A date of publication is None where the input has none.
    """

    key: str
    label: str
    unit: str
    kind: InputKind
    old: Value
    new: Value
    old_source: str = ""
    new_source: str = ""
    old_published: date | None = None
    new_published: date | None = None


class FactChange(NamedTuple):
    """What became of a fact: `conflict opened`, `conflict closed`, `changed value`, ..."""

    key: str
    label: str
    what: str
    old: Value
    new: Value


class CheckChange(NamedTuple):
    """A check whose verdict turned; "" where one end does not have the check."""

    label: str
    old: str
    new: str


class NumberChange(NamedTuple):
    """A computed value that differs, by public key."""

    key: str
    label: str
    unit: str
    old: Value
    new: Value


class Unreproduced(NamedTuple):
    """A stored value that the same model does not give again: someone changed the file."""

    path: Path
    key: str
    label: str
    stored: Value
    recomputed: Value


Record = (
    End
    | Headline
    | Bar
    | Bridge
    | InputChange
    | FactChange
    | CheckChange
    | NumberChange
    | Unreproduced
)
RECORDS = get_args(Record)


@dataclass(frozen=True, slots=True)
class ReportDiff:
    """Everything that two reports differ in.

    `workbook` are changes of the files themselves that no key tells of; `notes` are for the reader.
    """

    old: End
    new: End
    headlines: tuple[Headline, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    inputs: tuple[InputChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    checks: tuple[CheckChange, ...] = ()
    numbers: tuple[NumberChange, ...] = ()
    workbook: tuple[WorkbookChange, ...] = ()
    unreproduced: tuple[Unreproduced, ...] = ()
    notes: tuple[str, ...] = ()
    schema_version: int = SCHEMA_VERSION

    @property
    def cents(self) -> int:
        """Decimals of an amount a share: those of the report that shows the more of them."""
        prices = (one for one in self.headlines if one.key == "price")
        ends = (end for price in prices for end in (price.old, price.new))
        return max(map(share_decimals, ends), default=CENTS)

    @property
    def is_empty(self) -> bool:
        """Whether the two reports say the same on the same inputs."""
        changed = any(one.has_moved for one in self.headlines)
        found = (self.inputs, self.facts, self.checks, self.numbers, self.workbook)
        return not changed and not self.unreproduced and not any(found)
