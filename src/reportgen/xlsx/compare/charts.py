"""Changes of charts: their kind, title and the references of their series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.compare.changes import Kind, WorkbookChange
from reportgen.xlsx.compare.pairing import take_pairs
from reportgen.xlsx.places import a1
from reportgen.xlsx.reading.records import ReadSeries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.xlsx.compare.formulas import FormulaMatcher
    from reportgen.xlsx.compare.sheets import SheetPair
    from reportgen.xlsx.reading.records import ReadChart


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
            Kind.CHART,
            pair.new.name,
            _name(right),
            old_place=_name(left),
            note="; ".join(_differences(left, right, same_text)),
        )
        for left, right in changed
    ]
    found += [
        WorkbookChange(
            Kind.CHART,
            pair.new.name,
            _name(chart),
            old=chart.kind,
            old_place=_name(chart),
            note="removed",
        )
        for chart in old
    ]
    found += [
        WorkbookChange(Kind.CHART, pair.new.name, _name(chart), new=chart.kind, note="added")
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
