"""Lines that are copies of their neighbours: one formula below or beside itself.

`formulas` pins what the cells of one line read alike. Two lines may say the same, too, and whoever
copies one over the other needs the same signs: what both read is pinned, what moves along is not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import column_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.xlsx.book import Cell

_ROW, _COL = range(2)
# A cell or a range, seen from another tab or not, and what INDEX is told of a range in one row
_ADDRESS = re.compile(r"(.*!)?(\$?)([A-Z]+)(\$?)(\d+)(?::\$?([A-Z]+)\$?(\d+))?(,1)?")
_CELL = re.compile(r"\$?([A-Z]+)\$?(\d+)")


class Block(NamedTuple):
    """Cells of a tab that have one formula: a text with holes, and what fills each in each cell.

    `at` says where the cells are listed.
    """

    text: str
    holes: Sequence[Sequence[str]]
    at: Sequence[int]

    def formulas(self) -> list[str]:
        """Return the formula of each cell."""
        start = "=" + self.text
        if not self.holes:
            return [start % ()] * len(self.at)
        return [start % cell for cell in zip(*self.holes, strict=True)]

    def listed_from(self, start: int) -> Block:
        """Return the block of cells that are listed so much later."""
        return self._replace(at=[start + place for place in self.at])


class Signs(NamedTuple):
    """Which coordinates of a formula's addresses stay from copy to copy, and which move along.

    Each is a bit: the row of the first address, its column, the row of the second ...
    """

    stay: int
    move: int


class Seam(NamedTuple):
    """Where two blocks, by number, meet, and what is known from the two cells that do."""

    one: int
    other: int
    signs: Signs


class Address(NamedTuple):
    """What fills a hole: its rows and columns, none in a name, the pins of these, and the rest."""

    lines: tuple[tuple[int, ...], tuple[int, ...]]
    pins: tuple[bool, bool]
    rest: str


def with_signs(cells: Sequence[Cell], blocks: Iterable[Block]) -> list[Cell]:
    """Return the cells of a tab; blocks that are copies of each other are signed as such."""
    alike: dict[str, list[Block]] = {}
    for block in blocks:
        alike.setdefault(block.text, []).append(block)
    signed = list(cells)
    for group in alike.values():
        if len(group) > 1 and _twins(group):
            parts = [part for block in group for part in _rectangles(block, cells)]
            for block, stay in _resigned(cells, parts):
                for at, formula in zip(block.at, _signed(block, stay).formulas(), strict=True):
                    if cells[at].formula:  # a chart may show nothing there
                        signed[at] = cells[at]._replace(formula=formula)
    return signed


def _rectangles(block: Block, cells: Sequence[Cell]) -> Iterator[Block]:
    """Yield a block as rectangles: each of its columns, up to a gap, where others stand between."""
    text, holes, at = block
    if _fills_a_rectangle(cells[at[0]], cells[at[-1]], len(at)):
        yield block
        return
    numbers = {(cells[one].col, cells[one].row): number for number, one in enumerate(at)}
    ranked = enumerate(sorted(numbers))
    for _, run in groupby(ranked, lambda one: (one[1][0], one[1][1] - one[0])):
        column = [numbers[place] for _, place in run]
        parts = [[hole[number] for number in column] for hole in holes]
        yield Block(text, parts, [at[number] for number in column])


def _fills_a_rectangle(first: Cell, last: Cell, count: int) -> bool:
    return (last.row - first.row + 1) * (last.col - first.col + 1) == count


def _resigned(cells: Sequence[Cell], blocks: Sequence[Block]) -> Iterator[tuple[Block, int]]:
    """Yield the blocks that need other signs than they have, and what has to stay in them.

    What stays between some is pinned in all that are copies of these.
    """
    seams = _seams(cells, blocks)
    if not any(seam.signs.stay for seam in seams):
        return
    own = [_own(cells, block) for block in blocks]
    signs = own.copy()
    copied = list(range(len(blocks)))  # from block to block, up to one that has the signs of all

    def first(number: int) -> int:
        while copied[number] != number:
            number = copied[number]
        return number

    for one, other, between in sorted(seams, key=lambda seam: not seam.signs.stay):
        here, there = first(one), first(other)
        stay = between.stay | signs[here].stay | signs[there].stay
        move = between.move | signs[here].move | signs[there].move
        if not stay & move:
            signs[here] = Signs(stay, move)
            copied[there] = here
    for number, block in enumerate(blocks):
        stay = signs[first(number)].stay
        if stay != own[number].stay:
            yield block, stay


def _twins(blocks: Sequence[Block]) -> list[int]:
    """Return the numbers of blocks that read in some hole what another one reads there."""
    found: set[int] = set()
    for holes in zip(*(block.holes for block in blocks), strict=True):
        first: dict[str, int] = {}
        for number, hole in enumerate(holes):
            twin = first.setdefault(hole[0].replace("$", ""), number)
            if twin != number:
                found.update((twin, number))
    return sorted(found)


def _seams(cells: Sequence[Cell], blocks: Sequence[Block]) -> list[Seam]:
    """Return where blocks meet that may be copies of each other."""
    standing = {
        (cells[at].row, cells[at].col): (number, place)
        for number, block in enumerate(blocks)
        for place, at in enumerate(block.at)
    }
    found: dict[tuple[int, int], Seam | None] = {}
    for (row, col), (number, place) in standing.items():
        for axis, there in enumerate(((row + 1, col), (row, col + 1))):
            other, after = standing.get(there, (number, place))
            if other != number and (number, other) not in found:
                pairs = zip(blocks[number].holes, blocks[other].holes, strict=True)
                addresses = [(hole[place], next_hole[after]) for hole, next_hole in pairs]
                signs = _between(addresses, axis)
                found[number, other] = None if signs is None else Seam(number, other, signs)
    return [seam for seam in found.values() if seam is not None]


def _between(addresses: Iterable[tuple[str, str]], axis: int) -> Signs | None:
    """Return what stays and what moves along from one formula to the next.

    None where that is no copy, as it reads something else, or what is further away.
    """
    stay = move = 0
    for of, (address, after) in enumerate(addresses):
        if address == after:
            stay |= address[-1].isdigit() * _bit(of, axis)  # but for a name
            continue
        here, there = _read(address), _read(after)
        if here.rest != there.rest or here.lines[1 - axis] != there.lines[1 - axis]:
            return None
        ends = zip(here.lines[axis], there.lines[axis], strict=True)
        steps = {end - start for start, end in ends}
        if steps == {0}:
            stay |= _bit(of, axis)
        elif steps == {1}:
            move |= _bit(of, axis)
        elif steps:
            return None
    return Signs(stay, move)


def _own(cells: Sequence[Cell], block: Block) -> Signs:
    """Return the signs of a block's formula: what it does not pin moves along its cells."""
    first, last = cells[block.at[0]], cells[block.at[-1]]
    runs = last.row > first.row, last.col > first.col
    stay = move = 0
    for of, hole in enumerate(block.holes):
        for axis, pinned in enumerate(_read(hole[0]).pins):
            if pinned:
                stay |= _bit(of, axis)
            elif runs[axis]:
                move |= _bit(of, axis)
    return Signs(stay, move)


def _bit(of: int, axis: int) -> int:
    return 1 << 2 * of + axis


@lru_cache(maxsize=512)  # each is met by its neighbours one after the other
def _read(address: str) -> Address:
    """Return what an address says; a name has no rows and columns."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return Address(((), ()), (False, False), address)
    tab, col_pin, col, row_pin, row, last_col, last_row, end = found.groups("")
    ends = [(int(row), column_number(col))]
    if last_col:
        ends.append((int(last_row), column_number(last_col)))
    rows, cols = zip(*ends, strict=True)
    return Address((rows, cols), (bool(row_pin), bool(col_pin)), f"{tab} {end}")


def _signed(block: Block, stay: int) -> Block:
    """Return a block in which those coordinates are pinned, and no others."""
    holes: list[Sequence[str]] = []
    for of, hole in enumerate(block.holes):
        row, col = (bool(stay & _bit(of, axis)) for axis in (_ROW, _COL))
        if _read(hole[0]).pins == (row, col):
            holes.append(hole)
        else:
            pinned = f"{'$' * col}\\1{'$' * row}\\2"
            parts = (address.rpartition("!") for address in hole)
            holes.append([f"{tab}{at}{_CELL.sub(pinned, cells)}" for tab, at, cells in parts])
    return block._replace(holes=holes)
