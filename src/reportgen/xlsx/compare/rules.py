"""Changes of validations, conditional formats and filters, which are rules over areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportgen.xlsx.addresses import Area, column_name
from reportgen.xlsx.compare.alignment import IDENTITY
from reportgen.xlsx.compare.areas import areas_place, merged
from reportgen.xlsx.compare.changes import ChangeKind, WorkbookChange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportgen.xlsx.compare.alignment import AxisMap
    from reportgen.xlsx.compare.formulas import FormulaMatcher
    from reportgen.xlsx.compare.maps import SheetMap, SheetPair
    from reportgen.xlsx.reader.records import ReadFilter


class Rule(NamedTuple):
    """What holds over `areas`, in the coordinates of the new sheet."""

    areas: tuple[Area, ...]
    rule: str
    formulas: tuple[str, ...]
    rest: str

    def __str__(self) -> str:
        """The rule in words."""
        return " ".join(filter(None, (self.rule, ", ".join(self.formulas), self.rest)))


def compare_rules(
    pair: SheetPair, sheet_map: SheetMap, matcher: FormulaMatcher, *, formats: bool
) -> list[WorkbookChange]:
    """The rules that came, went or changed; what conditional formats paint only with `formats`."""
    sides = {
        ChangeKind.VALIDATION: [
            [Rule(v.areas, v.rule, v.formulas, v.messages) for v in sheet.validations]
            for sheet in pair
        ],
        ChangeKind.CONDITIONAL_FORMAT: [
            [
                Rule(c.areas, c.rule, c.formulas, c.look if formats else "")
                for c in sheet.conditional_formats
            ]
            for sheet in pair
        ],
    }
    sides[ChangeKind.FILTER] = [
        [_filter(one, sheet_map.columns) for one in pair.old.filters],
        [_filter(one, IDENTITY) for one in pair.new.filters],
    ]
    found = []
    for kind, (old, new) in sides.items():
        left = _joined(old, sheet_map.new_area)
        right = _joined(new, lambda area: without_inserted(area, sheet_map))
        found += _differences(kind, left, right, pair, matcher)
    return found


def _filter(found: ReadFilter, columns: AxisMap) -> Rule:
    criteria = (
        f"{column_name(new)}: {criterion}"
        for col, criterion in found.criteria
        if (new := columns.new(col)) is not None
    )
    return Rule((found.area,), "; ".join(criteria) or "all rows", (), "")


def without_inserted(area: Area, sheet_map: SheetMap) -> Area:
    """The area without the inserted rows and columns at its edges."""
    first_row, last_row = _shrunk(area.first_row, area.last_row, sheet_map.rows)
    first_col, last_col = _shrunk(area.first_col, area.last_col, sheet_map.columns)
    return Area(first_row, first_col, last_row, last_col)


def _shrunk(first: int, last: int, axis: AxisMap) -> tuple[int, int]:
    while first in axis.inserted:
        first += 1
    while last in axis.inserted:
        last -= 1
    return first, last


def _joined(rules: Iterable[Rule], placed: Callable[[Area], Area]) -> list[Rule]:
    """Equal rules as one over all their areas; those whose whole area is gone are left out."""
    areas: dict[Rule, list[Area]] = {}
    for rule in rules:
        kept = [placed(area) for area in rule.areas]
        kept = [a for a in kept if a.first_row <= a.last_row and a.first_col <= a.last_col]
        if kept:
            areas.setdefault(rule._replace(areas=()), []).extend(kept)
    return sorted(rule._replace(areas=merged(found)) for rule, found in areas.items())


def _differences(
    kind: ChangeKind, old: list[Rule], new: list[Rule], pair: SheetPair, matcher: FormulaMatcher
) -> list[WorkbookChange]:
    def same_formulas(left: Rule, right: Rule) -> bool:
        return len(left.formulas) == len(right.formulas) and all(
            matcher.same(a, b, pair.old.name, pair.new.name)
            for a, b in zip(left.formulas, right.formulas, strict=True)
        )

    def same_text(left: Rule, right: Rule) -> bool:
        return (left.rule, left.rest) == (right.rule, right.rest) and same_formulas(left, right)

    take_pairs(old, new, lambda a, b: a.areas == b.areas and same_text(a, b))
    changed = take_pairs(old, new, same_text)
    changed += take_pairs(old, new, lambda a, b: a.areas == b.areas and a.rule == b.rule)
    changed += take_pairs(old, new, lambda a, b: a.areas == b.areas)
    found = [_change(kind, pair.new.name, left, right) for left, right in changed]
    found += [_change(kind, pair.new.name, left, None) for left in old]
    found += [_change(kind, pair.new.name, None, right) for right in new]
    return sorted(found, key=lambda change: (change.place, str(change.old), str(change.new)))


def _change(kind: ChangeKind, sheet: str, old: Rule | None, new: Rule | None) -> WorkbookChange:
    stands = new or old
    return WorkbookChange(
        kind,
        sheet,
        areas_place(stands.areas if stands else ()),
        None if old is None else str(old),
        None if new is None else str(new),
        areas_place(old.areas) if old else "",
    )


Item = TypeVar("Item")


def take_pairs(
    old: list[Item], new: list[Item], same: Callable[[Item, Item], bool]
) -> list[tuple[Item, Item]]:
    """The pairs of items that are the same, each taken out of its list, the first found first."""
    pairs: list[tuple[Item, Item]] = []
    left_over: list[Item] = []
    for left in old:
        at = next((at for at, right in enumerate(new) if same(left, right)), None)
        if at is None:
            left_over.append(left)
        else:
            pairs.append((left, new.pop(at)))
    old[:] = left_over
    return pairs
