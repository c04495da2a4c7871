"""Checks: every check with its difference, verdict and basis; the gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import gaps
from reportgen.model.checks import (
    bounds,
    catalogue,
    completeness,
    freshness,
    plausibility,
    readiness,
)
from reportgen.model.dims import CHECK, REASON
from reportgen.report.blocks import footer, section, unit_name
from reportgen.report.tables import mute
from reportgen.xlsx.addresses import Area, a1
from reportgen.xlsx.book import Columns, ConditionalFormat, Page

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

_LAST, _HELPER = 6, 8
_WIDTHS = (6, 58, 14, 11, 60, 9, 9)
_BEHIND = ("Wrong", "Fails", "Warns", "If wrong")  # what a status is made of
# Each with the name of the first of its kind, where there may be several
_COUNTS: tuple[tuple[Line, Line | None], ...] = (
    (catalogue.fails, None),
    (catalogue.warns, None),
    (freshness.conflicts, None),
    (freshness.stale_count, None),
    (freshness.close_age, None),
    (freshness.results_age, None),
    (freshness.estimate_age, None),
    (freshness.rate_age, None),
    (freshness.targets_stale, freshness.first_target.said),
    (freshness.products_stale, freshness.first_product.said),
    (freshness.peers_stale, freshness.first_peer.said),
    (freshness.segments_stale, freshness.first_segment.said),
)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab."""
    tab.text(0, 0, "Checks", "title")
    tab.put(readiness.readiness, 1, 1, look="status")
    tab.put(readiness.readiness_reason, 1, 4, look="note_wrap")
    tab.heights[1] = 30.0
    tab.text(1, 0, "State", "label_strong")
    row = 3
    heads = ("No.", "Check", "Difference", "Status", "Basis", "", "")
    for col, head in enumerate(heads):
        tab.text(row, col, head, "header_left" if col in {1, 4} else "header")
    for line, col, look in (
        (catalogue.number, 0, "center.count"),
        (catalogue.label, 1, "plain"),
        (catalogue.difference, 2, ""),
        (catalogue.status, 3, "status"),
        (catalogue.basis, 4, "plain"),
    ):
        tab.put(line, row + 1, col, down=(CHECK,), look=look)
    behind = (catalogue.wrong, catalogue.is_fail, catalogue.is_warn, catalogue.verdict)
    for col, (line, head) in enumerate(zip(behind, _BEHIND, strict=True), start=_HELPER):
        tab.text(row, col, head, "helper_head")
        tab.put(line, row + 1, col, down=(CHECK,), look="helper")
    last = row + 1 + tab.size(CHECK)
    _verdicts(tab, row + 1, last)
    last = _reasons(tab, last + 1)
    last = _gaps(tab, last + 1)
    _freshness(tab, context, last + 1)
    blocks = last + 3 + len(_COUNTS)
    last = _plausible(tab, _blocks(tab, blocks) + 1)
    _bounds(tab, last + 1)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(_WIDTHS)]
    tab.freeze = (row + 1, 2)
    tab.page = Page(
        area=Area(0, 0, last, _LAST),
        repeat_rows=(0, 0),
        footer=footer(context),
    )


def _reasons(tab: Tab, row: int) -> int:
    """List what stands in the way of a decision, the heaviest first; return the row after."""
    section(
        tab,
        row,
        _LAST,
        {0: "What stands in the way, heaviest first", 4: "Key, or basis"},
        {2: "At stake", 3: "Kind"},
    )
    for line, col, look in (
        (readiness.shown_place, 0, "note_center"),
        (readiness.what, 1, "plain"),
        (readiness.shown_at_stake, 2, "right"),
        (readiness.kind, 3, "status"),
        (readiness.where_to_look, 4, "plain"),
    ):
        tab.put(line, row + 1, col, down=(REASON,), look=look)
    tab.text(row, _HELPER, "Behind the reasons", "helper_title")
    for col, line in enumerate(readiness.BEHIND, start=_HELPER + 1):
        tab.text(row, col, line.label, "helper_head")
        tab.put(line, row + 1, col, down=(REASON,), look="helper")
    return row + 1 + tab.size(REASON)


def _gaps(tab: Tab, row: int) -> int:
    """List what is n/a, what hangs on it and what fills it; return the row after."""
    section(tab, row, _LAST, {0: "Not available"}, {2: "Now n/a"})
    tab.text(row, 4, "What fills it", "band_indent")
    tab.put(gaps.count, row, 3, look="band_right")
    for line, col, look in (
        (gaps.number, 0, "center.count"),
        (gaps.label, 1, "plain"),
        (gaps.is_open, 2, ""),
        (gaps.remedy, 4, "plain"),
    ):
        tab.put(line, row + 1, col, down=(gaps.GAP,), look=look)
    first, last = row + 1, row + tab.size(gaps.GAP)
    mute(tab, Area(first, 0, last, _LAST), f"=${a1(first, 2)}=0")
    _told_on_summary(tab, row)
    return last + 1


def _told_on_summary(tab: Tab, row: int) -> None:
    """Place what Summary reads right of the printed page."""
    tab.text(row, _HELPER, "What Summary tells", "helper_title")
    of_each = (gaps.matters, gaps.is_asked, gaps.counts, gaps.row, gaps.order)
    of_told = (
        gaps.places.place,
        gaps.places.row,
        gaps.told_label,
        gaps.told_remedy,
        *gaps.of_none,
    )
    for dim, lines, first in ((gaps.GAP, of_each, 0), (gaps.PLACE, of_told, len(of_each))):
        for col, line in enumerate(lines, start=_HELPER + 1 + first):
            tab.text(row, col, line.label, "helper_head")
            tab.put(line, row + 1, col, down=(dim,), look="helper")
    tab.put(gaps.told, row + 1, _HELPER, look="helper")


def _verdicts(tab: Tab, first: int, last: int) -> None:
    area = (Area(first, 3, last - 1, 3),)
    for text, look in (("OK", "ok"), ("WARN", "warn"), ("FAIL", "fail")):
        tab.conditional_formats.append(ConditionalFormat(area, "text", look, text=text))


def _blocks(tab: Tab, row: int) -> int:
    """Count what every input block has filled, against the count at issue."""
    section(tab, row, _LAST, {0: "Filled cells of the inputs", 1: ""})
    for col, head in ((2, "At issue"), (3, "Now"), (5, "Cleared")):
        tab.text(row, col, head, "band_right")
    for line, col in (
        (completeness.block_label, 1),
        (completeness.filled_at_issue, 2),
        (completeness.filled_now, 3),
        (completeness.cleared, 5),
    ):
        tab.put(line, row + 1, col, down=(completeness.BLOCK,), look="plain" if col == 1 else "")
    return row + 1 + tab.size(completeness.BLOCK)


def _plausible(tab: Tab, row: int) -> int:
    """Show what each kind of figure is measured by, and the first beyond its limits."""
    section(tab, row, _LAST, {0: "Plausibility", 1: "", 4: "The first of the worst: its key"})
    for col, head in ((2, "Measured"), (5, "Warn"), (6, "Fail")):
        tab.text(row, col, head, "band_right")
    for line, col in (
        (plausibility.kind_label, 1),
        (plausibility.kind_measured, 2),
        (plausibility.kind_said, 4),
        (plausibility.kind_warned, 5),
        (plausibility.kind_failed, 6),
    ):
        look = "plain" if col in {1, 4} else ""
        tab.put(line, row + 1, col, down=(plausibility.KIND,), look=look)
    row += 2 + tab.size(plausibility.KIND)
    section(tab, row, _LAST, {0: "Headline figures against their limits", 1: ""})
    for col, head in ((2, "Measured"), (5, "Warns at"), (6, "Fails at")):
        tab.text(row, col, head, "band_right")
    for line, col in (
        (plausibility.single_label, 1),
        (plausibility.single_measure, 2),
        (plausibility.single_first, 5),
        (plausibility.single_second, 6),
    ):
        tab.put(
            line,
            row + 1,
            col,
            down=(plausibility.SINGLE,),
            look="plain" if col == 1 else "calc.number",
        )
    return row + 1 + tab.size(plausibility.SINGLE)


def _bounds(tab: Tab, row: int) -> None:
    """Hold every kind of input to its bounds; below what is printed."""
    section(tab, row, _LAST, {0: "Inputs against their bounds", 1: "", 4: "Bounds"})
    for col, head in ((5, "No number"), (6, "Outside")):
        tab.text(row, col, head, "band_right")
    for col, head in ((_HELPER, "Least"), (_HELPER + 1, "Most")):  # the largest that can be is wide
        tab.text(row, col, head, "helper_head")
    for line, col, look in (
        (bounds.label, 1, "plain"),
        (bounds.bounds_text, 4, "plain"),
        (bounds.misfits, 5, ""),
        (bounds.outside, 6, ""),
        (bounds.least, _HELPER, "helper"),
        (bounds.most, _HELPER + 1, "helper"),
    ):
        tab.put(line, row + 1, col, down=(bounds.BOUNDED,), look=look)
    ends = Area(row + 1, _HELPER, row + tab.size(bounds.BOUNDED), _HELPER + 1)
    a_day = f'=${a1(row + 1, 4)}="a day"'
    dated = ConditionalFormat((ends,), "formula", "shape.date", formula=a_day)
    tab.conditional_formats.append(dated)


def _freshness(tab: Tab, context: Context, row: int) -> None:
    """Show the counts behind the checks."""
    section(tab, row, _LAST, {0: "Counts and ages", 4: "The first of them"})
    for k, (line, first) in enumerate(_COUNTS, start=row + 1):
        tab.text(k, 1, line.label)
        tab.put(line, k, 2)
        tab.text(k, 3, unit_name(line.unit, context), "unit")
        if first is not None:
            tab.put(first, k, 4, look="plain")
