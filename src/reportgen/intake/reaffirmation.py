"""Assumptions that still stand, dated anew; suggestions, signed: in one step, with a name to it.

What a pack assumed is appended again as of a day, unchanged. A row of the template that nobody
dated was never known: it is filled in where it stands. A level that would beat newer results, and
the probabilities of the cases, are meant only by whoever names them.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError, quote
from reportgen.facts.assumptions import (
    NAMED_ALONE,
    Slot,
    in_use,
    instead_of,
    results_since,
    standing,
)
from reportgen.facts.catalogue import ALL, BY_KEY, SCENARIOS
from reportgen.facts.checks.blanks import Asked
from reportgen.facts.key_syntax import Key, key_text, parse_key
from reportgen.facts.knowledge import TableReader, known_at
from reportgen.facts.problems import CellError, suggestion
from reportgen.facts.reading import schema
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.reading.universe import read_universe
from reportgen.facts.split_words import new_per_old
from reportgen.facts.units import PERCENT, parse_unit
from reportgen.intake.additions import (
    Addition,
    appended,
    one_line,
    require_no_new_errors,
    write,
)
from reportgen.intake.suggested import suggested_in
from reportgen.periods import as_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from os import PathLike

    from reportgen.facts.assumptions import Result
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.rows import Assumption
    from reportgen.intake.additions import Appended
    from reportgen.intake.suggested import Suggestion

EVERY = "*"  # every assumption but those of NAMED_ALONE
_NAME, _PARTS = "assumption", 3
_ORIGIN = re.compile(r"\(of \d{4}-\d{2}-\d{2} by [^()]*\)$")
_ALIKE = 1e-12
_NOBODY = "nobody yet"  # signs what is only tried


class Anew(NamedTuple):
    """An assumption dated anew, by its public key; `dated` is its day before, None for a blank.

    `since` are the results that came after that day, `moved` the change of the price since (nan:
    not known); `told` says where a suggestion comes from.
    """

    key: str
    value: str
    unit: str
    dated: date | None
    since: tuple[Result, ...] = ()
    moved: float = math.nan
    told: str = ""


class Reaffirmed(NamedTuple):
    """What was dated anew, the file with its rows, and the blanks that nothing is suggested for."""

    assumptions: tuple[Anew, ...]
    files: tuple[Appended, ...]
    left: tuple[str, ...]


def reaffirm(
    ticker: str,
    keys: Sequence[str] = (EVERY,),
    *,
    as_of: date | str,
    author: str,
    suggested: bool = False,
    inputs: str | PathLike[str] = "inputs",
    dry_run: bool = False,
) -> Reaffirmed:
    """Date assumptions of a company anew, unchanged, as of a day; return them and their file.

    `keys` are parameters (`growth`), public keys (`assumption[growth,base,cloud]`) or `*`.
    `suggested` also fills in the blanks among them with what their notes suggest. Raises
    ReportgenError if nobody signs or a key names nothing, InputErrors for what would be wrong,
    OutputError if the file cannot be written: then nothing is.
    """
    author, day = one_line(author), as_day(as_of)
    if not author and not dry_run:
        raise ReportgenError("nobody signs the assumptions: say who with --author")
    desk = _Desk(ticker, Path(inputs), day)
    chosen = desk.choose(keys, is_suggested=suggested)
    found = Reaffirmed(
        tuple(desk.shown(chosen)),
        tuple(desk.written(chosen, author or _NOBODY)),
        tuple(desk.left(chosen)),
    )
    if found.files and not dry_run:
        write(found.files)
    return found


@dataclass(frozen=True)
class _Open:
    """A row of the company's own file that nobody dated, or that has no value."""

    line: int
    cells: Mapping[str, str]
    slots: tuple[Slot, ...]

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """What its note suggests."""
        return suggested_in(self.cells.get("note", ""))

    def is_ready(self, *, is_suggested: bool) -> bool:
        """Whether a signature is all that it lacks."""
        return bool(self.cells.get("value")) or (is_suggested and self.suggestion is not None)


class _Chosen(NamedTuple):
    """Slots whose rows are dated anew, rows that are filled in, and those that stay blank."""

    slots: tuple[Slot, ...]
    ready: tuple[_Open, ...]
    blank: tuple[_Open, ...]


class _Desk:
    """The assumptions of a pack as of a day."""

    def __init__(self, ticker: str, inputs: Path, day: date) -> None:
        self.inputs, self.day = inputs, day
        self.slice = read_universe(inputs, only=ticker).slice(ticker)
        self.files = read_pack(ticker, inputs, of_universe=self.slice)
        self.rows = known_at(self.files, day).rows
        slots = in_use(self.rows.assumptions)
        self.in_use = {slot: slots[slot] for slot in sorted(slots, key=_order)}
        reader = TableReader(self.files, day)
        self.stated = {row.line_no: row for row in reader.sound(schema.ASSUMPTIONS)}
        asked, own = Asked.of(self.rows, self.files), self.files.paths[schema.ASSUMPTIONS.name]
        self.open = tuple(_open_rows(own, asked))
        of_own = [cells for (path, _), cells in asked.assumed.items() if path == own]
        self.has_notes = not of_own or "note" in of_own[0]  # a column that a file need not have

    # --- what is meant ---
    def choose(self, keys: Iterable[str], *, is_suggested: bool) -> _Chosen:
        """Return what the keys name; raises ReportgenError with every key that names nothing."""
        slots: dict[Slot, None] = {}
        opened: dict[int, _Open] = {}
        faults = []
        for key in keys:
            try:
                names = _named(key)
            except CellError as error:
                faults.append(f"{error.found}; {error.remedy or error.expected}")
                continue
            mine = [slot for slot in self.in_use if names(slot)]
            rows = [row for row in self.open if all(map(names, row.slots))]
            ready = [row for row in rows if row.is_ready(is_suggested=is_suggested)]
            if key != EVERY and not (mine or ready):
                faults.append(self._nothing(key, names, rows))
            slots |= dict.fromkeys(mine)
            opened |= {row.line: row for row in rows}
        if faults:
            raise ReportgenError("\n".join(faults))
        filled = [row for row in opened.values() if row.is_ready(is_suggested=is_suggested)]
        signed = {slot for row in filled for slot in row.slots}
        return _Chosen(
            tuple(
                slot
                for slot in slots
                if slot not in signed and self.in_use[slot].published < self.day
            ),
            tuple(filled),
            tuple(row for row in opened.values() if row not in filled),
        )

    def _nothing(self, key: str, names: Callable[[Slot], bool], rows: Sequence[_Open]) -> str:
        """Why a key names nothing that can be dated anew."""
        if rows and rows[0].suggestion:
            return f"{key}: is blank; --suggested signs the {rows[0].suggestion.value} of its note"
        if rows:
            place = f"{self.files.paths[schema.ASSUMPTIONS.name]}:{rows[0].line}"
            return f"{key}: is blank, and nothing is suggested; fill it in: {place}"
        for slot in filter(names, standing(self.rows.assumptions)):
            entry = BY_KEY[slot.key]
            for other in (slot._replace(key=one) for one in (entry.instead, *instead_of(entry))):
                if other in self.in_use:
                    return f"{key}: {_public(other)} of {self.in_use[other].published} counts"
        return f"{key}: nothing is assumed of it as of {self.day}"

    # --- what is shown ---
    def shown(self, chosen: _Chosen) -> Iterable[Anew]:
        """Yield what is dated anew: its value, its age, and what came since."""
        for slot in chosen.slots:
            row = self.in_use[slot]
            stated = self.stated[row.line_no]
            since = results_since(row.published, self.rows.fundamentals, slot.segment)
            yield Anew(
                _public(slot),
                self._value(stated),
                _unit(stated),
                row.published,
                since,
                self._moved(row.published),
            )
        for one in chosen.ready:
            cells = _filled(one)
            told = "" if one.cells.get("value") or not one.suggestion else one.suggestion.told
            key = _public(one.slots[0]._replace(scenario=one.cells.get("scenario", "")))
            yield Anew(key, cells["value"], cells["unit"], None, told=told)

    def left(self, chosen: _Chosen) -> Iterable[str]:
        """Yield where a blank stays, and its key."""
        for row in chosen.blank:
            why = "--suggested signs its note" if row.suggestion else "nothing is suggested"
            place = f"{self.files.paths[schema.ASSUMPTIONS.name]}:{row.line}"
            yield f"{place} {row.slots[0].key}: stays blank; {why}"

    def _moved(self, since: date) -> float:
        """The change of the price since a day."""
        closes = self.rows.prices
        then = next((row.close for row in reversed(closes) if row.date <= since), math.nan)
        return closes[-1].close / then - 1 if closes else math.nan

    # --- what is written ---
    def written(self, chosen: _Chosen, author: str) -> Iterable[Appended]:
        """Yield the file with the rows of what was chosen, after it was tried on a copy."""
        rows = tuple(self._rows(chosen.slots, author))
        filled = {one.line: _filled(one) | self._signed(author) for one in chosen.ready}
        if not (rows or filled):
            return
        addition = Addition(schema.ASSUMPTIONS.name, rows, filled)
        file = appended(addition, self.inputs / self.files.company.ticker)

        def require_unchanged(after: PackFiles) -> None:
            now = in_use(known_at(after, self.day).rows.assumptions)
            for slot in chosen.slots:
                row, before = now.get(slot), self.in_use[slot]
                same = row is not None and math.isclose(row.value, before.value, rel_tol=_ALIKE)
                if row is None or not same or row.published != self.day:
                    raise ReportgenError(
                        f"{_public(slot)}: would not be read as it is meant; add its row by hand"
                    )

        require_no_new_errors(
            (file,), self.inputs, self.files, self.slice, {self.day}, require_unchanged
        )
        yield file

    def _rows(self, slots: Iterable[Slot], author: str) -> Iterable[Mapping[str, str]]:
        """Yield a row for each that is dated anew: one for all cases where it speaks of them."""
        by_row: dict[tuple[int, str], list[Slot]] = defaultdict(list)
        for slot in slots:
            by_row[self.in_use[slot].line_no, slot.key].append(slot)
        for (line, key), of_row in by_row.items():
            stated = self.stated[line]
            cells = {
                "segment": stated.segment,
                "key": key,
                "value": self._value(stated),
                "unit": _unit(stated),
                "note": _with_origin(stated) if self.has_notes else "",
            } | self._signed(author)
            is_of_all = stated.scenario == ALL and len(of_row) == len(
                BY_KEY[key].scenarios or (ALL,)
            )
            for scenario in [ALL] if is_of_all else [slot.scenario for slot in of_row]:
                yield {**cells, "scenario": scenario}

    def _signed(self, author: str) -> dict[str, str]:
        return {"published": self.day.isoformat(), "author": author}

    def _value(self, stated: Assumption) -> str:
        """The value of a row in its own unit, in shares of the day."""
        is_per_share = parse_unit(stated.unit).per_share
        power = new_per_old(stated.published, self.rows.actions) if is_per_share else 1.0
        return repr(stated.value / power).removesuffix(".0")


def _named(key: str) -> Callable[[Slot], bool]:
    """What a key means; raises CellError if it is none of an assumption."""
    if key == EVERY:
        return lambda slot: slot.key not in NAMED_ALONE
    if key in BY_KEY:
        return lambda slot: slot.key == key
    name, members, field = parse_key(key)
    if name != _NAME or field or len(members) != _PARTS or members[0] not in BY_KEY:
        hint = suggestion(members[0] if members else key, BY_KEY)
        expected = "a parameter such as growth, or assumption[growth,base,cloud]"
        raise CellError(f"{quote(key)} is no assumption", expected, hint)
    named = Slot(*members)
    return lambda slot: (
        (slot.key, slot.segment) == (named.key, named.segment)
        and named.scenario in {slot.scenario, ALL}
    )


def _open_rows(own: str, asked: Asked) -> Iterable[_Open]:
    """Yield the rows of the company's own file that somebody is asked to fill in."""
    for (path, line), cells in asked.assumed.items():
        entry = BY_KEY.get(cells.get("key", ""))
        is_open = not (cells.get("published") and cells.get("value"))
        if path == own and line and entry and is_open and not asked.is_idle_assumption(cells):
            scenario, segment = cells.get("scenario", ""), cells.get("segment", "")
            of = [one for one in entry.scenarios or (ALL,) if scenario in {one, ALL}]
            if of:
                yield _Open(line, cells, tuple(Slot(entry.key, one, segment) for one in of))


def _filled(row: _Open) -> dict[str, str]:
    """The value and unit of a row that is signed: its own, or those suggested."""
    value, unit = row.cells.get("value", ""), row.cells.get("unit", "")
    if value or row.suggestion is None:
        return {"value": value, "unit": unit}
    return {"value": row.suggestion.value, "unit": unit or row.suggestion.unit}


def _order(slot: Slot) -> tuple[int, str, int]:
    """Where a slot stands: as the catalogue has it, by segment, bear before bull."""
    return [*BY_KEY].index(slot.key), slot.segment, (*SCENARIOS, ALL).index(slot.scenario)


def _public(slot: Slot) -> str:
    return key_text(Key(_NAME, slot, ""))


def _unit(stated: Assumption) -> str:
    """The unit of a value that was read: a percentage is a ratio by then."""
    return "ratio" if stated.unit in PERCENT else stated.unit


def _with_origin(stated: Assumption) -> str:
    """The note of a row, and who first said so when."""
    if _ORIGIN.search(stated.note):
        return stated.note
    return f"{stated.note} (of {stated.published} by {stated.author})".strip()
