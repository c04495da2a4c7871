"""How each number on the page comes about: an entry a cell, or a column of a table.

An entry tells a value, its formula in words, and what it reads, each with its own entry; at the end
of every way stand typed figures with their sources. A cell of a table's column has an entry of its
own only where the page shows that cell: whoever reads the whole column is led to the column.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import Kind, Linked, Role, Unit
from reportgen.expr.pieces import How
from reportgen.expr.tree import reads
from reportgen.expr.wording import in_words, named, plain
from reportgen.facts.policy import load_policy
from reportgen.model import dims
from reportgen.model.cell_names import cell_name, name_of, segment_names
from reportgen.model.evidence import claims, products
from reportgen.model.fundamentals import value as reported_value
from reportgen.model.hype import price_targets
from reportgen.model.inputs import sources
from reportgen.model.keys import is_spare
from reportgen.model.words import Entry as Input
from reportgen.pages.amounts import in_stated_unit
from reportgen.pages.figures import shown
from reportgen.pages.report.stated import lines_by_key
from reportgen.xlsx.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.pieces import Reference
    from reportgen.pages.report.stated import Stated
    from reportgen.values import Value

MOST_ROWS = 10  # of a column that are listed; the workbook has them all
# Dimensions of which each member has an entry of its own; any other is a column
_SHORT = frozenset(
    {
        dims.SCENARIO,
        dims.SEGMENT,
        dims.VARIANT,
        dims.CURRENCY,
        dims.GROWTH_CASE,
        dims.COMPONENT,
        dims.SUB_SCORE,
        dims.SETTING,
        dims.BRIDGE_CASE,
    }
)
_LADDERS = frozenset({dims.STEP})  # one step is like another: always told as a column
_ROWS: Mapping[Dim, Line] = {
    dims.TARGET: price_targets.stated,
    dims.FUNDAMENTAL: reported_value,
    dims.CLAIM: claims.claim_amount,
    dims.PRODUCT: products.product_price,
}
_SOURCE_FACTS = (
    sources.source_publisher,
    sources.source_title,
    sources.source_tier,
    sources.source_document,
    sources.source_published,
    sources.source_group,
    sources.source_reliability,
)
_FLAGS = (
    sources.source_ai,
    sources.source_promo,
    sources.source_position,
    sources.source_error,
)
_HOLE = re.compile(r'("(?:[^"]|"")*")|\[(\d+)\]')


class Address(NamedTuple):
    """A cell of a line; a column of cells where a member is None."""

    line: Line
    at: tuple[str | None, ...] = ()


class Word(NamedTuple):
    """A piece of a formula; one with an id leads to that entry."""

    text: str
    id: str = ""


class Row(NamedTuple):
    """What an entry reads, or a row of its column: a name, a value, an entry, a source."""

    name: str
    value: str
    id: str = ""
    source: Word = Word("")


@dataclass(frozen=True, slots=True)
class Entry:
    """How one number comes about."""

    id: str
    name: str
    value: str
    key: str
    place: str
    note: str = ""
    formula: tuple[Word, ...] = ()
    facts: tuple[tuple[str, Word], ...] = ()
    reads: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    more: int = 0


def _is_plain(line: Line) -> bool:
    return line is not sources.source_id and (
        line.kind is Kind.ROW_NUMBER or (line.expr is None and line.unit is Unit.TEXT)
    )


@lru_cache(maxsize=1)
def _constants() -> Mapping[str, str]:
    """Return the label of each constant of the method by its key."""
    return {f"policy[{key}]": value.label for key, value in load_policy().values.items()}


def _label(found: Sequence[Address]) -> str:
    """Return the label of the line that cells belong to."""
    if not found:
        return "a line that this program does not know"
    line = found[0].line
    return _constants().get(line.key, line.label) if line.role is Role.CONSTANT else line.label


class Entries:
    """The entries that a page asks for, and all that these lead to."""

    def __init__(self, stated: Stated) -> None:
        """Begin with none."""
        self.stated = stated
        self._ids: dict[Address, str] = {}
        self._waiting: deque[Address] = deque()
        self._segments = segment_names(stated.given, stated.members)
        self._sources = frozenset(stated.rows(dims.SOURCE))

    def id_of(self, line: Line, at: Sequence[str | None] = ()) -> str:
        """Return the id of an entry, which is then made.

        "" where the report has no such line, and for a typed text or the number of a row: there is
        nothing to tell of it.
        """
        address = Address(line, tuple(at))
        if _is_plain(line) or not self._is_stated(address):
            return ""
        if address not in self._ids:
            self._ids[address] = f"e{len(self._ids) + 1}"
            self._waiting.append(address)
        return self._ids[address]

    def source(self, name: Value) -> Word:
        """Return a source by its id, which leads to what is known of it."""
        text = str(name or "")
        found = self.id_of(sources.source_id, (text,)) if text in self._sources else ""
        return Word(text, found)

    def made(self) -> Iterator[Entry]:
        """Yield every entry asked for, then those that they lead to."""
        while self._waiting:
            yield self._entry(self._waiting.popleft())

    def _is_stated(self, address: Address) -> bool:
        return next(self._keys(address), None) is not None

    def _keys(self, address: Address) -> Iterator[str]:
        """Yield the key of every cell of an address that the report has."""
        for at in self._cells(address):
            key = self.stated.key(address.line, at)
            if key in self.stated.values:
                yield key

    def _cells(self, address: Address) -> Iterator[tuple[str, ...]]:
        members = self.stated.members
        return product(
            *(
                members.get(dim, ()) if member is None else (member,)
                for dim, member in zip(address.line.dims, address.at, strict=True)
            )
        )

    def _entry(self, address: Address) -> Entry:
        line, at = address
        if line is sources.source_id and None not in at:
            return self._source_entry(address)
        is_column = None in at
        key = self._pattern(address)
        rows, more = self._column(address) if is_column else ((), 0)
        formula, read = self._formula(address)
        return Entry(
            self._ids[address],
            self._name(address),
            "" if is_column else self._value(address),
            key,
            self._place(address),
            line.note,
            formula,
            tuple(self._facts(address)),
            read,
            rows,
            more,
        )

    # --- names and places ---
    def _name(self, address: Address) -> str:
        line, at = address
        if line.role is Role.CONSTANT:
            return _constants().get(line.key, line.label)
        if len(at) == 1 and at[0] is not None:
            return self._row_name(line, at[0])
        fixed = [k for k, member in enumerate(at) if member is not None]
        part = replace(line, dims=tuple(line.dims[k] for k in fixed))
        name = name_of(part, [str(at[k]) for k in fixed], self._segments)
        opened = [dim.name for dim, member in zip(line.dims, at, strict=True) if member is None]
        return ", ".join((name, *(f"every {plain(dim)}" for dim in opened)))

    def _row_name(self, line: Line, member: str) -> str:
        (dim,) = line.dims
        members = self.stated.members
        if is_spare(member) or member not in members[dim]:
            return f"{line.label}: {member}"
        return cell_name(line, (members[dim].index(member),), members, self.stated.given)

    def _pattern(self, address: Address) -> str:
        line, at = address
        places = {
            dim.name: f"{{{dim.name}}}" if member is None else member
            for dim, member in zip(line.dims, at, strict=True)
        }
        return line.key.format(**places) if places else line.key

    def _place(self, address: Address) -> str:
        """Return the tab and cell where an address stands; "" for a column in several places."""
        listed = self.stated.report.listed.get(self._pattern(address))
        if listed is None or listed.place is None:
            return ""
        place = listed.place
        first = a1(place.first_row, place.first_col)
        last = a1(place.last_row, place.last_col)
        return f"{place.sheet}!{first}" if first == last else f"{place.sheet}!{first}:{last}"

    # --- formulas ---
    def _formula(self, address: Address) -> tuple[tuple[Word, ...], tuple[Row, ...]]:
        """Return the formula of a computed line in words, and what it reads."""
        line = address.line
        if line.expr is None or isinstance(line, Input) or isinstance(line.expr, Linked):
            return (), ()
        holes: dict[str, list[Address]] = {}

        def told(reference: Reference) -> str:
            found = self._read(reference, address)
            label = named(reference, _label(found))
            holes.setdefault(label, found)
            return str(list(holes).index(label))

        try:
            words = in_words(line, self._choice(address), told, first=self._is_first(address))
        except ValueError:  # the file names a member that the model does not know
            return (), ()
        return tuple(self._words(words, holes)), tuple(self._reads(holes, address))

    def _words(self, words: str, holes: Mapping[str, list[Address]]) -> Iterator[Word]:
        labels = list(holes)
        last = 0
        for hole in _HOLE.finditer(words):
            if hole[2] is None:
                continue
            if hole.start() > last:
                yield Word(words[last : hole.start()])
            label = labels[int(hole[2])]
            found = holes[label]
            yield Word(label, self.id_of(*found[0]) if len(found) == 1 else "")
            last = hole.end()
        if last < len(words):
            yield Word(words[last:])

    def _reads(self, holes: Mapping[str, list[Address]], reader: Address) -> Iterator[Row]:
        seen: set[Address] = {reader}
        for found in holes.values():
            for address in found:
                name = self.id_of(*address)
                if address not in seen and (name or None not in address.at):
                    seen.add(address)
                    yield Row(self._name(address), self._value(address), name)

    def _value(self, address: Address) -> str:
        at = tuple(member for member in address.at if member is not None)
        is_column = len(at) < len(address.at)
        return "a column" if is_column else self.stated.told(address.line, at)

    def _read(self, reference: Reference, reader: Address) -> list[Address]:
        """Return the cells, or the column, that a reference reads."""
        read = reference.line
        line = lines_by_key().get(read) if isinstance(read, str) else read
        if line is None:
            return []
        fixed = dict(zip(reader.line.dims, reader.at, strict=True))
        if reference.how is How.SPOT:
            cells = zip(line.dims, reference.at, strict=True)
            return [Address(line, tuple(None if dim in _LADDERS else at for dim, at in cells))]
        choices: list[tuple[str | None, ...]] = []
        for dim in line.dims:
            if dim is reference.dim:
                choices.append(self._along(reference, dim, fixed))
            else:
                choices.append((fixed.get(dim),))
        return [Address(line, at) for at in product(*choices)]

    def _along(
        self, reference: Reference, dim: Dim, fixed: Mapping[Dim, str | None]
    ) -> tuple[str | None, ...]:
        """Return the members that a reference reads of its own dimension."""
        if dim in _LADDERS:
            return (None,)
        if reference.how is How.AT:
            return (reference.member,)
        here = fixed.get(dim)
        if reference.how is How.BEFORE and here is not None:
            members = self.stated.members[dim]
            return (members[max(0, members.index(here) - 1)],)
        if reference.how is How.RANGE:
            return self.stated.members.get(dim, ()) if dim in _SHORT else (None,)
        return (here,)

    def _choice(self, address: Address) -> tuple[tuple[Dim, str], ...]:
        fixed = dict(zip(address.line.dims, address.at, strict=True))
        members = self.stated.members
        return tuple(
            (dim, fixed.get(dim) or next(iter(members.get(dim, ())), ""))
            for dim in reads(address.line).bys
        )

    def _is_first(self, address: Address) -> bool:
        back = reads(address.line).back
        if back is None:
            return False
        here = dict(zip(address.line.dims, address.at, strict=True)).get(back)
        return here is not None and here == self.stated.members[back][0]

    # --- columns ---
    def _column(self, address: Address) -> tuple[tuple[Row, ...], int]:
        """Return the rows of a column that hold anything, and how many more there are."""
        line = address.line
        held = [
            (at, value)
            for at in self._cells(address)
            if (value := self.stated.value(line, at)) not in {None, ""}
        ]
        opened = [k for k, member in enumerate(address.at) if member is None]
        rows = tuple(
            Row(
                self._members_name(line, at, opened),
                self._row_value(line, at, value),
                source=self._source_of(line, at, opened),
            )
            for at, value in held[:MOST_ROWS]
        )
        return rows, max(0, len(held) - MOST_ROWS)

    def _members_name(self, line: Line, at: tuple[str, ...], opened: list[int]) -> str:
        if len(opened) == 1 and line.dims[opened[0]] in _ROWS:
            return self._row_name(_ROWS[line.dims[opened[0]]], at[opened[0]])
        part = replace(line, label="", dims=tuple(line.dims[k] for k in opened))
        return name_of(part, [at[k] for k in opened], self._segments).removeprefix(": ")

    def _row_value(self, line: Line, at: tuple[str, ...], value: Value) -> str:
        """Return a value of a row, in the unit or currency that the row states beside it."""
        told = self.stated.amounts.told(value, line.unit)
        if line.unit is not Unit.NUMBER or not isinstance(line, Input) or len(at) != 1:
            return told
        row = f"{line.dims[0].name}[{at[0]}]"
        stated = (self.stated.values.get(f"{row}.{name}") for name in ("unit", "currency"))
        unit = next((text for text in stated if isinstance(text, str) and text), "")
        return in_stated_unit(value, unit) if unit else told

    def _source_of(self, line: Line, at: tuple[str, ...], opened: list[int]) -> Word:
        """Return the source of a row of typed figures."""
        if line.expr is not None and not isinstance(line, Input):
            return Word("")
        dim = line.dims[opened[0]]
        row = f"{dim.name}[{at[opened[0]]}].source"
        return self.source(self.stated.values.get(row))

    # --- what is typed ---
    def _facts(self, address: Address) -> Iterator[tuple[str, Word]]:
        """Yield what is known of a typed figure: as issued, overridden by whom, its source."""
        line, at = address
        if None in at:
            return
        place = tuple(map(str, at))
        if isinstance(line, Input):
            yield "As issued", Word(self.stated.told(line.issued, place))
            override = self.stated.value(line.override, place)
            if override is not None:
                yield "Overridden with", Word(self.stated.told(line.override, place))
                yield from self._signed(self.stated.key(line.override, place))
            yield from self._origin(self.stated.key(line.issued, place))
        elif line.expr is None:
            kind = "Chosen by the reader" if line.kind is Kind.CONTROL else "Typed, no formula"
            yield "Input", Word(kind)
            yield from self._origin(self.stated.key(line, place))
        elif isinstance(line.expr, Linked):
            yield "Formula", Word("shows what belongs in this place; see the cell in the workbook")
        if len(place) == 1:
            row = f"{line.dims[0].name}[{place[0]}].source"
            cited = self.source(self.stated.values.get(row))
            if cited.text:
                yield "Source", cited

    def _origin(self, key: str) -> Iterator[tuple[str, Word]]:
        row = self.stated.report.listed.get(key)
        if row is None:
            return
        if row.origin.source:
            yield "Source", self.source(row.origin.source)
        if isinstance(row.origin.published, float):
            yield "Published", Word(self.stated.amounts.told(row.origin.published, Unit.DATE))
        for label, said in (("Author", row.origin.author), ("Reason", row.origin.reason)):
            if said:
                yield label, Word(shown(said, ""))

    def _signed(self, key: str) -> Iterator[tuple[str, Word]]:
        """Yield who overrides an input, why and until when."""
        row = self.stated.report.listed.get(key)
        if row is None:
            return
        said = (("By", row.origin.author), ("Because", row.origin.reason))
        yield from ((label, Word(shown(text, ""))) for label, text in said if text)
        if isinstance(row.origin.expires, float):
            yield "Until", Word(self.stated.amounts.told(row.origin.expires, Unit.DATE))

    def _source_entry(self, address: Address) -> Entry:
        """Return what is known of a source. Its texts lead nowhere, whatever they look like."""
        (name,) = map(str, address.at)
        stated = self.stated
        facts = [
            (line.label, Word(stated.told(line, (name,))))
            for line in _SOURCE_FACTS
            if stated.value(line, (name,)) not in {None, ""}
        ]
        raised = [line.label for line in _FLAGS if stated.value(line, (name,))]
        if raised:
            facts.append(("Flags", Word(", ".join(raised))))
        title = stated.text(sources.source_title, (name,)) or name
        return Entry(
            self._ids[address],
            title,
            "",
            self._pattern(address),
            self._place(address),
            facts=tuple(facts),
        )
