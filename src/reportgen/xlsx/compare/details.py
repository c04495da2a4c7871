"""Changes of what stands around the cells: notes, merges, links, what is hidden, looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import a1, area_a1
from reportgen.xlsx.compare.areas import cells_place, column_place, row_place, runs
from reportgen.xlsx.compare.changes import ChangeKind, WorkbookChange
from reportgen.xlsx.compare.rules import take_pairs, without_inserted
from reportgen.xlsx.reader.records import ReadCell, ReadSeries, ReadSheet, ReadStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.compare.alignment import AxisMap
    from reportgen.xlsx.compare.formulas import FormulaMatcher
    from reportgen.xlsx.compare.maps import SheetMap, SheetPair
    from reportgen.xlsx.reader.records import ReadBook, ReadChart


_PLAIN = ReadStyle("General", "")


def compare_comments(pair: SheetPair, sheet_map: SheetMap) -> Iterator[WorkbookChange]:
    """Notes that came, went or read differently; their authors are not compared."""
    old = {
        new_place: text.strip()
        for place, text in pair.old.comments.items()
        if (new_place := sheet_map.new_place(*place)) is not None
    }
    new = {place: text.strip() for place, text in pair.new.comments.items()}
    for place in sorted(old.keys() | new.keys()):
        if old.get(place) != new.get(place):
            yield WorkbookChange(
                ChangeKind.COMMENT, pair.new.name, a1(*place), old.get(place), new.get(place)
            )


def compare_merges(pair: SheetPair, sheet_map: SheetMap) -> Iterator[WorkbookChange]:
    """Areas that were merged, taken apart, or reach further or less far than before."""
    old = {area for area in map(sheet_map.new_area, pair.old.merges) if _is_left(area)}
    new = {without_inserted(area, sheet_map): area for area in pair.new.merges}
    gone = {area.corner: area_a1(area) for area in old - new.keys()}
    came = {area.corner: area_a1(new[area]) for area in new.keys() - old if _is_left(area)}
    for corner in sorted(gone.keys() | came.keys()):
        left, right = gone.get(corner), came.get(corner)
        yield WorkbookChange(ChangeKind.MERGE, pair.new.name, right or left or "", left, right)


def compare_links(
    pair: SheetPair, sheet_map: SheetMap, matcher: FormulaMatcher
) -> Iterator[WorkbookChange]:
    """Hyperlinks that came, went or lead elsewhere."""
    old = {sheet_map.new_area(link.area): link.target for link in pair.old.links}
    new = {link.area: link.target for link in pair.new.links}
    for area in sorted(old.keys() | new.keys()):
        left, right = old.get(area), new.get(area)
        if left is None and not _is_left(without_inserted(area, sheet_map)):
            continue
        if right is None and not _is_left(area):
            continue
        if left is None or right is None or not _same_target(left, right, pair, matcher):
            yield WorkbookChange(ChangeKind.LINK, pair.new.name, area_a1(area), left, right)


def compare_hidden(pair: SheetPair, sheet_map: SheetMap) -> Iterator[WorkbookChange]:
    """Rows, columns and the sheet itself, hidden or shown again; neighbours are one change."""
    if pair.old.state != pair.new.state:
        yield WorkbookChange(ChangeKind.HIDDEN, pair.new.name, "", pair.old.state, pair.new.state)
    rows, columns = sheet_map.rows, sheet_map.columns
    old_rows, new_rows = _mapped(pair.old.hidden_rows, rows), pair.new.hidden_rows - rows.inserted
    yield from _hidden_changes(pair.new.name, old_rows, new_rows, row_place)
    old_columns = _mapped(_hidden_columns(pair.old), columns)
    new_columns = _hidden_columns(pair.new) - columns.inserted
    yield from _hidden_changes(pair.new.name, old_columns, new_columns, column_place)


def compare_looks(
    pair: SheetPair, sheet_map: SheetMap, old_book: ReadBook, new_book: ReadBook
) -> Iterator[WorkbookChange]:
    """Number formats and looks that changed; cells changed alike are one change."""
    found: dict[_Repainted, list[tuple[int, int]]] = {}
    for place, cell in pair.old.cells.items():
        new_place = sheet_map.new_place(*place)
        new_cell = None if new_place is None else pair.new.cells.get(new_place)
        if new_place is None or new_cell is None:
            continue
        left, right = _style(cell, old_book), _style(new_cell, new_book)
        if left.number_format != right.number_format:
            change = _Repainted(ChangeKind.NUMBER_FORMAT, left.number_format, right.number_format)
            found.setdefault(change, []).append(new_place)
        if left.look != right.look:
            change = _Repainted(ChangeKind.STYLE, left.look, right.look)
            found.setdefault(change, []).append(new_place)
    for change in sorted(found, key=lambda change: min(found[change])):
        cells = cells_place(found[change])
        yield WorkbookChange(change.kind, pair.new.name, cells, *_told_apart(change))


def compare_tables(
    pair: SheetPair, sheet_map: SheetMap, *, formats: bool
) -> Iterator[WorkbookChange]:
    """Tables that came, went or reach elsewhere; the names of their columns only with `formats`."""
    old = {one.name: one._replace(area=sheet_map.new_area(one.area)) for one in pair.old.tables}
    new = {one.name: one for one in pair.new.tables}
    for name in sorted(old.keys() | new.keys()):
        left, right = old.get(name), new.get(name)
        if left and right and left.area == without_inserted(right.area, sheet_map):
            left = left._replace(area=right.area)
        before, after = (one and area_a1(one.area) for one in (left, right))
        if before != after:
            yield WorkbookChange(ChangeKind.TABLE, pair.new.name, name, before, after)
        elif formats and left and right and left.columns != right.columns:
            before, after = (", ".join(one.columns) for one in (left, right))
            yield WorkbookChange(
                ChangeKind.TABLE, pair.new.name, name, before, after, note="columns"
            )


def compare_protection(
    old: ReadBook | ReadSheet, new: ReadBook | ReadSheet
) -> Iterator[WorkbookChange]:
    """What the protection of a sheet, or of the list of sheets, locks and allows."""
    if old.protection != new.protection:
        sheet = new.name if isinstance(new, ReadSheet) else ""
        texts = (one.protection or "none" for one in (old, new))
        yield WorkbookChange(ChangeKind.PROTECTION, sheet, "", *texts)


def compare_active(old: ReadBook, new: ReadBook) -> Iterator[WorkbookChange]:
    """Macros, links to other files and whatever else acts or reaches beyond the workbook."""
    gone = (one for one in old.warnings if one not in new.warnings)
    came = (one for one in new.warnings if one not in old.warnings)
    yield from (WorkbookChange(ChangeKind.ACTIVE, "", "", old=one) for one in gone)
    yield from (WorkbookChange(ChangeKind.ACTIVE, "", "", new=one) for one in came)


def compare_sizes(pair: SheetPair, sheet_map: SheetMap) -> Iterator[WorkbookChange]:
    """Widths of columns and heights of rows; neighbours that changed alike are one change."""
    name = pair.new.name
    widths = _widths(pair.old), _widths(pair.new)
    yield from _resized(ChangeKind.COLUMN_WIDTH, name, *widths, sheet_map.columns, column_place)
    heights = pair.old.heights, pair.new.heights
    yield from _resized(ChangeKind.ROW_HEIGHT, name, *heights, sheet_map.rows, row_place)


def compare_settings(pair: SheetPair) -> Iterator[WorkbookChange]:
    """How the sheet is shown and printed."""
    for words, before, after in _options_apart(pair.old.settings, pair.new.settings):
        yield WorkbookChange(ChangeKind.SETTING, pair.new.name, words, before, after)


def _widths(sheet: ReadSheet) -> dict[int, float]:
    return {
        col: round(columns.width, 2)
        for columns in sheet.columns
        if columns.width is not None and not columns.hidden
        for col in range(columns.first, columns.last + 1)
    }


def _resized(
    kind: ChangeKind,
    sheet: str,
    old: Mapping[int, float],
    new: Mapping[int, float],
    axis: AxisMap,
    place: Callable[[int, int], str],
) -> Iterator[WorkbookChange]:
    before = {to: size for at, size in old.items() if (to := axis.new(at)) is not None}
    found: dict[tuple[float | None, float | None], list[int]] = {}
    for at in before.keys() | new.keys():
        if before.get(at) != new.get(at) and not axis.has_come(at):
            found.setdefault((before.get(at), new.get(at)), []).append(at)
    changes = [(run, sizes) for sizes, places in found.items() for run in runs(places)]
    for run, sizes in sorted(changes, key=lambda change: change[0]):
        yield WorkbookChange(kind, sheet, place(*run), *sizes)


def _options_apart(
    old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]
) -> Iterator[tuple[str, str | None, str | None]]:
    """The options, by name, that differ, with their old and new values; None is the usual one."""
    before, after = dict(old), dict(new)
    for words in sorted(before.keys() | after.keys()):
        if before.get(words) != after.get(words):
            yield words, before.get(words), after.get(words)


class _Repainted(NamedTuple):
    """A number format or a look before and after."""

    kind: ChangeKind
    old: str
    new: str


def _style(cell: ReadCell, book: ReadBook) -> ReadStyle:
    style = book.styles[cell.style] if 0 <= cell.style < len(book.styles) else _PLAIN
    return style._replace(number_format=cell.number_format)


def _told_apart(change: _Repainted) -> tuple[str, str]:
    """Both number formats; of two looks only the traits that differ."""
    if change.kind is not ChangeKind.STYLE:
        return change.old, change.new
    left, right = change.old.split("; "), change.new.split("; ")
    gone = [trait for trait in left if trait not in right]
    came = [trait for trait in right if trait not in left]
    return "; ".join(gone), "; ".join(came)


def _is_left(area: Area) -> bool:
    return area.first_row <= area.last_row and area.first_col <= area.last_col


def _same_target(old: str, new: str, pair: SheetPair, matcher: FormulaMatcher) -> bool:
    # Programs leave the target of a link as it is when rows are inserted or a tab is renamed.
    if old == new or not (old.startswith("#") and new.startswith("#")):
        return old == new
    return matcher.same(f"={old[1:]}", f"={new[1:]}", pair.old.name, pair.new.name)


def _hidden_columns(sheet: ReadSheet) -> frozenset[int]:
    return frozenset(
        col
        for columns in sheet.columns
        if columns.hidden
        for col in range(columns.first, columns.last + 1)
    )


def _mapped(positions: frozenset[int], axis: AxisMap) -> set[int]:
    return {new for old in positions if (new := axis.new(old)) is not None}


def _hidden_changes(
    sheet: str, old: set[int], new: frozenset[int], place: Callable[[int, int], str]
) -> Iterator[WorkbookChange]:
    for run in runs(new - old):
        yield WorkbookChange(ChangeKind.HIDDEN, sheet, place(*run), old="shown", new="hidden")
    for run in runs(old - new):
        yield WorkbookChange(ChangeKind.HIDDEN, sheet, place(*run), old="hidden", new="shown")


def compare_charts(pair: SheetPair, matcher: FormulaMatcher) -> list[WorkbookChange]:
    """One change for each chart that came, went or shows something else than before."""

    def same_text(old: str, new: str) -> bool:
        return matcher.same(old, new, pair.old.name, pair.new.name)

    def unchanged(left: ReadChart, right: ReadChart) -> bool:
        return next(_differences(left, right, same_text), None) is None

    old, new = list(pair.old.charts), list(pair.new.charts)
    take_pairs(old, new, unchanged)
    changed = take_pairs(old, new, lambda a, b: bool(a.title) and a.title == b.title)
    changed += take_pairs(old, new, lambda a, b: a.anchor == b.anchor)
    changed += take_pairs(old, new, lambda a, b: a.kind == b.kind)
    found = [
        WorkbookChange(
            ChangeKind.CHART,
            pair.new.name,
            _name(right),
            old_place=_name(left),
            note="; ".join(_differences(left, right, same_text)),
        )
        for left, right in changed
    ]
    found += [
        WorkbookChange(
            ChangeKind.CHART,
            pair.new.name,
            _name(chart),
            old=chart.kind,
            old_place=_name(chart),
            note="removed",
        )
        for chart in old
    ]
    found += [
        WorkbookChange(ChangeKind.CHART, pair.new.name, _name(chart), new=chart.kind, note="added")
        for chart in new
    ]
    return found


def _name(chart: ReadChart) -> str:
    return chart.title or (a1(*chart.anchor) if chart.anchor else chart.kind)


def _differences(
    old: ReadChart, new: ReadChart, same_text: Callable[[str, str], bool]
) -> Iterator[str]:
    if old.kind != new.kind:
        yield f"kind: {old.kind} -> {new.kind}"
    if not same_text(old.title, new.title):
        yield f"title: {old.title} -> {new.title}"
    for words, before, after in _options_apart(old.options, new.options):
        yield f"{words}: {before or 'unset'} -> {after or 'unset'}"
    if len(old.series) != len(new.series):
        yield f"{len(old.series)} series -> {len(new.series)}"
        return
    for number, (left, right) in enumerate(zip(old.series, new.series, strict=True), start=1):
        yield from _series_differences(number, left, right, same_text)


def _series_differences(
    number: int, old: ReadSeries, new: ReadSeries, same_text: Callable[[str, str], bool]
) -> Iterator[str]:
    for field in ReadSeries._fields:
        left, right = getattr(old, field), getattr(new, field)
        if not same_text(left, right):
            yield f"series {number} {field}: {left} -> {right}"
