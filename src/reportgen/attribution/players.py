"""The players: inputs that differ between two reports, and the cells that each of them moves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.attribution.ends import ABSENT
from reportgen.attribution.factors import (
    CONVERTED,
    LINES,
    OF_A_TARGET,
    STATED_OF_A_TARGET,
    TAKEN,
    Taken,
    is_taken,
)
from reportgen.facts.catalogue import Family
from reportgen.model import launch
from reportgen.model.cell_names import cell_name, name_of
from reportgen.model.dims import SEGMENT, TARGET, VARIANT
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, conversion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.attribution.ends import BothEnds
    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved


FAMILIES = tuple(family.value for family in Family)


def family_of(of: Line) -> str:
    """Return the family of an input that TAKEN does not name: as its line declares it."""
    return str(of.family) or Family.POLICY.value


_ROUNDED = 1e-12  # relative
_PLACE = re.compile(r"\{(\w+)\}")
_MIX = Taken(
    assumptions.launch_price_mix, "launch", "launch.price_mix", "Mix of the launch's variants"
)
_NUMBERING = {conversion.currency_number, conversion.currency_code}


class Player(NamedTuple):
    """What moves as one: its key, what it is called, and its family."""

    key: str
    label: str
    family: str

    @property
    def names(self) -> frozenset[str]:
        """What an order of players may call it: its key or its family."""
        return frozenset({self.key, self.family})


@dataclass(frozen=True, slots=True)
class PlayerMap:
    """The players in the order of their families, and the player of every cell of a line.

    A cell that is the same at both ends has the player ABSENT.
    """

    players: tuple[Player, ...]
    owner: Mapping[Line, Array]


def players_between(of: BothEnds, old: Solved, new: Solved) -> PlayerMap:
    """Return the players of a change: those with a cell that differs between the ends."""
    found: dict[Player, list[tuple[Line, tuple[int, ...]]]] = {}
    declared = _declared(of)
    for line in LINES:
        if is_taken(line) and line not in _NUMBERING:
            for index in np.argwhere(_differs(of.old[line], of.new[line])):
                cell = tuple(int(at) for at in index)
                player = _player(line, cell, of, declared)
                found.setdefault(player, []).append((line, cell))
    found = {_named(player, old, new): cells for player, cells in found.items()}
    players = sorted(found, key=lambda player: (FAMILIES.index(player.family), player.key))
    owner: dict[Line, Array] = {}
    for number, player in enumerate(players):
        for line, cell in found[player]:
            owner.setdefault(line, np.full(of.old[line].shape, ABSENT))[cell] = number
    return PlayerMap(tuple(players), owner)


def _differs(old: Array, new: Array) -> Array:
    """Return where two arrays differ; two blanks do not, nor what restating for a split rounds."""
    if old.dtype == object:
        return np.asarray(old != new)
    return ~np.isclose(old, new, rtol=_ROUNDED, atol=0, equal_nan=True)


def _declared(of: BothEnds) -> Mapping[Line, Taken]:
    """Return what the factors declare of lines, the launch as one where it came or went."""
    declared = {one.line: one for one in TAKEN}
    for one in CONVERTED:
        declared[one.amount] = declared[one.currency] = one.taken
    declared[assumptions.launch_price_mix] = declared[assumptions.variant_id] = _MIX
    if of.old[launch.applies] != of.new[launch.applies]:
        whole = declared[launch.applies]
        declared |= {line: whole for line, one in declared.items() if one.family == whole.family}
    return declared


def _player(
    line: Line, cell: tuple[int, ...], of: BothEnds, declared: Mapping[Line, Taken]
) -> Player:
    at = dict(zip(line.dims, cell, strict=True))
    names = {dim: of.members[dim][place] for dim, place in at.items()}
    if line in OF_A_TARGET or line in STATED_OF_A_TARGET:
        return Player(names[TARGET], names[TARGET], "targets")
    if SEGMENT in at and not _is_at_both(of, SEGMENT, at[SEGMENT]):
        name = of.segments.get(names[SEGMENT]) or names[SEGMENT]
        return Player(f"company.segment[{names[SEGMENT]}]", f"Segment: {name}", "growth")
    one = declared.get(line)
    if VARIANT in at and not _is_at_both(of, VARIANT, at[VARIANT]):
        one = declared[assumptions.launch_price_mix]
    if one is not None:
        told = {**names, SEGMENT: of.segments.get(names.get(SEGMENT, ""), "")}
        return Player(_filled(one.player, names), _filled(one.label, told), one.family)
    label = name_of(line, tuple(names.values()), of.segments)
    return Player(_filled(line.key, names), label, family_of(line))


def _filled(text: str, names: Mapping[Dim, str]) -> str:
    """Return a key or label with the members of a cell in the places of their dimensions."""
    by_dim = {dim.name: name for dim, name in names.items()}
    return _PLACE.sub(lambda place: by_dim[place[1]], text)


def _is_at_both(of: BothEnds, dim: Dim, place: int) -> bool:
    return all(bool(there[place]) for there in of.present[dim])


def _named(player: Player, old: Solved, new: Solved) -> Player:
    """Return the player of a target under the key of its row: the new one, else the old one."""
    if player.family != "targets":
        return player
    for end in (new, old):
        members, values = end.members, end.values
        for at in np.flatnonzero(values[price_targets.in_use] > 0):
            if str(values[price_targets.broker][at]).casefold() == player.key:
                label = cell_name(price_targets.stated, (int(at),), members, values)
                return Player(f"target[{members[TARGET][at]}]", label, player.family)
    return player
