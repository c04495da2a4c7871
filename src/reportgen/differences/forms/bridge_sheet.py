"""The Bridges tab: each bridge as a table that adds up by formula, and as a native waterfall."""

from __future__ import annotations

from itertools import accumulate
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.differences.forms.bridges import has_bars, how
from reportgen.differences.forms.sheets import Filling, Shown, change_of, number, shape_of
from reportgen.pages.figures import decimals, rounded
from reportgen.report.axes import FEW, baseline, says
from reportgen.report.theme import chart_color, load_theme
from reportgen.values import fixed
from reportgen.xlsx.addresses import Ref, a1
from reportgen.xlsx.book import Axis, Chart, Series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.attribution.records import Bar, Bridge


DRAWN = 12  # bars of their own; the rest share one
CHART, BLOCK = 8, 17  # columns: of the chart, and of its helper block
HEIGHT = 20  # rows that the chart covers
WIDTH = 830  # pixels: its columns to the last that is printed
LONGEST = 52  # letters of a caption
CAPTIONS = ("Caption", "Step", "After", "Empty", "Level", "Rise", "Rise <0", "Fall", "Fall <0")
STEP, AFTER, EMPTY = BLOCK + 1, BLOCK + 2, BLOCK + 3


AMOUNT, LEVEL, LAST_PRINTED = 2, 3, 15
BRIDGES_A_PAGE = 2
HEAD = ("Bar", "Family", "Amount", "Level after")
DOUBTS = {"sequential": ("Low", "High"), "sampled": ("Std. error",)}
LABELS, DOUBT, NO_DOUBT = 58.0, 10.0, 2.0  # widths of columns


class _Bar(NamedTuple):
    """A bar of the drawing: what it is called, its step, and the formula that reads the table."""

    label: str
    step: float
    source: str
    is_level: bool = False


def add_chart(sheet: Filling, bridge: Bridge, top: int, first: int, places: int) -> None:
    """Draw a bridge beside its table, whose old value stands in row `first`, from row `top` on."""
    drawn = list(_bars(bridge, first, places))
    for col, caption in enumerate(CAPTIONS, start=BLOCK):
        sheet.put(first - 1, col, Shown(caption, "helper_head"))
    after, levels = 0.0, []
    for row, bar in enumerate(drawn, start=first):
        before = 0.0 if bar.is_level else after
        after = before + bar.step
        levels.append(after)
        for col, shown in enumerate(_bar_cells(bar, row, before, after, places), start=BLOCK):
            sheet.put(row, col, shown)
    foot = baseline(np.array(levels))
    sheet.charts.append(_chart(sheet.name, bridge, top, first, first + len(drawn) - 1, foot))


def _bars(bridge: Bridge, first: int, places: int) -> Iterator[_Bar]:
    least = 0.5 * 10**-places  # a smaller one would be told as zero
    seen = sum(abs(bar.amount) >= least for bar in bridge.bars)
    shown = seen if seen <= DRAWN + 1 else DRAWN
    yield _Bar("Old", bridge.ends.old, f"={a1(first, AMOUNT)}", is_level=True)
    for row, bar in enumerate(bridge.bars[:shown], start=first + 1):
        yield _Bar(shorten(bar.label, LONGEST, placeholder="…"), bar.amount, f"={a1(row, AMOUNT)}")
    rest = bridge.bars[shown:]
    last = first + len(bridge.bars)
    amount = sum(bar.amount for bar in rest)
    if abs(amount) >= least:
        cells = f"{a1(first + 1 + shown, AMOUNT)}:{a1(last, AMOUNT)}"
        yield _Bar(f"{len(rest)} others", amount, f"=SUM({cells})")
    yield _Bar("New", bridge.ends.new, f"={a1(last + 1, AMOUNT)}", is_level=True)


def _bar_cells(bar: _Bar, row: int, before: float, after: float, places: int) -> Iterator[Shown]:
    """The caption, the step, and the six parts of a bar that are right across zero, too."""
    step, now, then = a1(row, STEP), a1(row, AFTER), a1(row - 1, AFTER)
    low, high = min(before, after), max(before, after)
    above, below = max(0.0, high) - max(0.0, low), min(0.0, low) - min(0.0, high)
    yield _caption(bar, step, places)
    yield Shown(bar.step, "helper.signed", bar.source)
    if bar.is_level:
        yield Shown(after, "helper.signed", f"={step}")
        yield Shown(0.0, "helper.signed")
        yield Shown(after, "helper.signed", f"={now}")
        for _ in range(4):
            yield Shown(0.0, "helper.signed")
        return
    over = f"MAX(0,{then},{now})-MAX(0,MIN({then},{now}))"
    under = f"MIN(0,{then},{now})-MIN(0,MAX({then},{now}))"
    empty = f"=MAX(0,MIN({then},{now}))+MIN(0,MAX({then},{now}))"
    rises, falls = float(bar.step >= 0), float(bar.step < 0)
    yield Shown(after, "helper.signed", f"={then}+{step}")
    yield Shown(max(0.0, low) + min(0.0, high), "helper.signed", empty)
    yield Shown(0.0, "helper.signed")
    yield Shown(rises * above, "helper.signed", f"=IF({step}>=0,{over},0)")
    yield Shown(rises * below, "helper.signed", f"=IF({step}>=0,{under},0)")
    yield Shown(falls * above, "helper.signed", f"=IF({step}<0,{over},0)")
    yield Shown(falls * below, "helper.signed", f"=IF({step}<0,{under},0)")


def _caption(bar: _Bar, step: str, places: int) -> Shown:
    """The label with its amount, rounded as Excel rounds, so that both programs see one text."""
    label = bar.label.replace('"', '""')
    plain = f"#,##0.{'0' * places}"
    shape = plain if bar.is_level else f"+{plain};-{plain};{plain}"
    amount = fixed(bar.step, places)
    sign = "+" if rounded(bar.step, places) > 0 and not bar.is_level else ""
    formula = f'="{label} "&TEXT(ROUND({step},{places}),"{shape}")'
    return Shown(f"{bar.label} {sign}{amount}", "helper", formula)


def _chart(name: str, bridge: Bridge, top: int, first: int, last: int, foot: float | None) -> Chart:
    theme = load_theme()
    colors = {part: chart_color(theme, part) for part in ("total", "up", "down", "muted")}

    def column(col: int) -> Ref:
        return Ref(name, first, col, last, col)

    names = column(BLOCK)
    looks = (
        ("Level", colors["total"], ""),
        ("Rise", colors["up"], ""),
        ("Rise below zero", colors["up"], ""),
        ("Fall", colors["down"], "wide_upward_diagonal"),
        ("Fall below zero", colors["down"], "wide_upward_diagonal"),
    )
    parts = tuple(
        Series(label, names, column(EMPTY + 1 + n), color, pattern=pattern, border=color)  # type: ignore[arg-type]  # patterns are spelled above
        for n, (label, color, pattern) in enumerate(looks)
    )
    return Chart(
        kind="stacked_bar",
        series=(Series("Empty", names, column(EMPTY), invisible=True), *parts),
        title=f"{bridge.label}: from old to new{says(foot)}",
        alt_text=f"Waterfall of {bridge.label} from its old to its new value, a bar a cause; "
        "the amounts stand in the labels below and in the table beside it.",
        anchor=(top, CHART, 4, 0),
        size=(WIDTH, HEIGHT * 20),
        x_axis=Axis(label_position="low", reverse=True),
        y_axis=Axis(
            bridge.unit, _ticks(bridge), minimum=foot, label_position="high", gridlines=True
        ),
        legend=None,
        gap=30,
        overlap=100,
    )


def _ticks(bridge: Bridge) -> str:
    """How the axis tells amounts: with decimals where they are small."""
    largest = max(map(abs, bridge.ends))
    return "#,##0" if largest >= FEW else "#,##0.00"


def bridge_sheet(bridges: Sequence[Bridge], cents: int) -> Filling:
    """All bridges that have bars, one below the other; amounts a share have `cents` decimals."""
    sheet = Filling("Bridges", _widths(bridges), printed=LAST_PRINTED)
    sheet.text("From the old values to the new ones", "title")
    sheet.text("Amounts are unrounded; each bridge ends in a check that it closes.", "subtitle")
    sheet.row += 1
    for number_of_bridge, bridge in enumerate(filter(has_bars, bridges)):
        if number_of_bridge and not number_of_bridge % BRIDGES_A_PAGE:
            sheet.breaks += (sheet.row,)
        _bridge(sheet, bridge, decimals(bridge.unit, cents))
    return sheet


def _widths(bridges: Sequence[Bridge]) -> tuple[float, ...]:
    """Table, chart and the chart's helper block; columns of doubts are narrow where none is."""
    doubt = DOUBT if any(bridge.method in DOUBTS for bridge in bridges) else NO_DOUBT
    table = (LABELS, 17.0, 12.0, 12.0, doubt, doubt, NO_DOUBT, NO_DOUBT)
    return (*table, *(14.5,) * 8, 3.0, 46.0, *(9.0,) * 8)


def _bridge(sheet: Filling, bridge: Bridge, places: int) -> None:
    top = sheet.row
    sheet.text(f"{bridge.label}, {bridge.unit}", "section")
    head = (*HEAD, *DOUBTS.get(bridge.method, ()))
    for col in range(1, len(head)):
        sheet.put(top, col, Shown("", "section"))
    first = sheet.row + 1
    levels = list(accumulate((bar.amount for bar in bridge.bars), initial=bridge.ends.old))
    rows = [
        _end("Old", bridge.old, bridge.unit),
        *(_row(bar, first + 1 + n, levels[n + 1], bridge) for n, bar in enumerate(bridge.bars)),
        _end("New", bridge.new, bridge.unit),
    ]
    sheet.table(head, rows)
    last = first + len(bridge.bars) + 1
    _check(sheet, last, levels[-1] - bridge.ends.new)
    explained = (f"{bar.label}: {bar.note}" for bar in bridge.bars if bar.note)
    sheet.row = last + 2
    for told in (how(bridge), *explained):
        sheet.text(told, "note")
    add_chart(sheet, bridge, top, first, places)
    sheet.row = max(sheet.row + 2, top + HEIGHT + 3)


def _end(label: str, value: float | None, unit: str) -> list[Shown]:
    style = f"label_total.{shape_of(unit)}"
    return [
        Shown(label, "label_total"),
        Shown("", "label_total"),
        Shown(value, style),
        Shown(value, style),
    ]


def _row(bar: Bar, row: int, level: float, bridge: Bridge) -> list[Shown]:
    formula = f"={a1(row - 1, LEVEL)}+{a1(row, AMOUNT)}"
    shape = shape_of(bridge.unit)
    of_method = {"sequential": (bar.low, bar.high), "sampled": (bar.standard_error,)}
    return [
        Shown(bar.label),
        Shown(bar.family, "unit"),
        Shown(bar.amount, f"plain.{change_of(bridge.unit)}"),
        Shown(level, f"plain.{shape}", formula),
        *(number(doubt, bridge.unit) for doubt in of_method.get(bridge.method, ())),
    ]


def _check(sheet: Filling, last: int, gap: float) -> None:
    """Below the bridge: what the bars leave unexplained, to a millionth of the unit."""
    formula = f"=ROUND({a1(last - 1, LEVEL)}-{a1(last, LEVEL)},6)"
    sheet.put(last + 1, 0, Shown("Left unexplained", "note"))
    sheet.put(last + 1, AMOUNT, Shown(round(gap, 6) + 0.0, "note_number.money", formula))
