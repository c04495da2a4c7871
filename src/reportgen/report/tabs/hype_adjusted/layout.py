"""Hype-adjusted: from the bull narrative and consensus to what is left without hype; the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import hype_score, launch, priced_in, valuation
from reportgen.model.dims import COMPONENTS, TARGET
from reportgen.model.evidence import claims
from reportgen.model.evidence.claims import bull_narrative
from reportgen.model.hype import adjusted_value, components, price_targets
from reportgen.model.peers import peer_pe
from reportgen.model.valuation import expected_value
from reportgen.model.whatif import hype_range
from reportgen.report import optional
from reportgen.report.blocks import footer, plain_money, put_or_show, section, unit_name
from reportgen.report.tables import HEADER_ROWS, Column, mute, table, with_plain_money
from reportgen.report.tabs.hype_adjusted import bars, charts
from reportgen.report.tabs.hype_adjusted import lines as shown
from reportgen.xlsx.addresses import Area, a1
from reportgen.xlsx.book import Columns, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


_FIRST, _NUMBER, _SOURCE, _WORDS = 20, 9, 17, 18  # widths of columns, the least ones
LAST_COL = 15
REST = LAST_COL + 2  # where what only sentences are made of begins, right of the printed page


CHART_ROW, CHART_ROWS = 4, 15
TARGETS_ROW = 21
NAME = 7  # the column of the components' names, right of the waterfall
HEADLINES: tuple[tuple[str, Line], ...] = (
    ("Consensus", price_targets.consensus),
    ("against the price", price_targets.consensus_upside),
    ("Hype-adjusted", adjusted_value.hype_value),
    ("against the price", adjusted_value.hype_upside),
    ("Low: harsh set", hype_range.low),
    ("High: lenient set", hype_range.high),
    ("Generic haircut", adjusted_value.generic),
    ("Specific haircut", adjusted_value.specific),
    ("Allowance", adjusted_value.allowance),
    ("Hype score of 100", hype_score.score),
    ("Sub-scores known", hype_score.coverage),
    ("Consensus, 0% bear 100% bull", adjusted_value.consensus_tilt),
)
NAMES = ("1 Optimism", "2 Staleness", "3 Unbacked run-up", "4 Launch")
_OF_LAUNCH_DAY = (
    "One launch day against one benchmark proves little: component 4 is capped for that reason."
)
LIMITS = (
    "Targets are values in 12 months and are not rolled forward; other horizons are discounted.",
    _OF_LAUNCH_DAY,
    "The caps, weights, half-life and allowance are judgement; their reasons stand on Inputs.",
    "A haircut is an average over many targets of the past: it says nothing of this company's.",
    "Trailing and forward P/E claims are mixed by their authors: the premium is a rough guide.",
)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: headlines, waterfall and components, targets, score, bridge, workings."""
    tab.text(0, 0, "Hype-adjusted value", "title")
    tab.put(shown.basis, 0, 8, look="subtitle")  # right of the way back to Summary
    _headlines(tab, context)
    charts.waterfall(tab, context, CHART_ROW, CHART_ROWS)
    _components(tab, context)
    row = brokers(tab, context, TARGETS_ROW)
    row = scores(tab, context, row)
    row = _bridge(tab, context, row)
    row = workings_row = _limits(tab, context, row)
    if optional.benchmark(context):
        row = workings(tab, context, row)
    row = _component_workings(tab, context, row)
    row = behind(tab, context, row)
    row = in_order(tab, context, row)
    _chart_helpers(tab, row)
    tab.widths += [Columns(col, col, width) for col, width in _widths(context).items()]
    tab.widths.append(Columns(REST, REST + len(SENTENCES) - 1, 30))
    tab.freeze = (3, 1)
    tab.page = Page(
        area=Area(0, 0, workings_row - 2, LAST_COL),  # what stands behind it is for the screen
        repeat_rows=(0, 0),
        footer=footer(context),
    )


def _widths(context: Context) -> dict[int, float]:
    """Return the width of each column, the one of the targets' sources by where it stands."""
    source = [column.line for column in _chain(context)].index(price_targets.source)
    widths = dict.fromkeys(range(LAST_COL + 1), float(_NUMBER))
    return {**widths, 0: _FIRST, source: _SOURCE, LAST_COL: _WORDS}


def _headlines(tab: Tab, context: Context) -> None:
    tab.heights[1] = 30
    tab.text(1, 0, "Value in 12 months", "header_left")
    tab.text(2, 0, f"{context.price_currency} per listed share", "unit")
    for col, (caption, line) in enumerate(HEADLINES, start=1):
        tab.text(1, col, caption, "header")
        tab.put(line, 2, col, look=plain_money(line, "output"))


def _components(tab: Tab, context: Context) -> None:
    """Lay out the state of each component right of the waterfall, and what they come to."""
    row = CHART_ROW
    left = {NAME + 2: "State", 14: "What it takes off, or why it does not"}
    right = {10: "Computed", 11: "Switch", 12: "Weight", 13: context.price_currency}
    tab.text(row, NAME, "Parts of the haircut", "section")
    for col in range(NAME + 1, LAST_COL + 1):
        caption = right.get(col, left.get(col, ""))
        beside = "band_indent" if col - 1 in right else "band_left"
        tab.text(row, col, caption, "band_right" if col in right else beside)
    names = _names(context)
    for at, name in enumerate(names, start=row + 1):
        tab.text(at, NAME, name)
    for line, col, look in (
        (adjusted_value.state, NAME + 2, ""),
        (shown.coverage_words, 10, "code"),
        (adjusted_value.switch, 11, "link"),
        (adjusted_value.weight, 12, "link"),
        (adjusted_value.haircut, 13, plain_money(adjusted_value.haircut)),
        (shown.component_reason, 14, "note_indent"),
    ):
        _by_component(tab, context, line, row + 1, col, look)
    _sums(tab, row + 1 + len(names))


def _names(context: Context) -> tuple[str, ...]:
    """Return the names of the components: without the launch where there is none."""
    return NAMES if optional.launch(context) else NAMES[:-1]


def _by_component(
    tab: Tab, context: Context, line: Line, row: int, col: int, look: str = ""
) -> None:
    """Place a line down the components, or show it for those that the pack asks for."""
    _by_member(tab, line, COMPONENTS[: len(_names(context))], row, col, look)


def _by_member(
    tab: Tab, line: Line, members: tuple[str, ...], row: int, col: int, look: str = ""
) -> None:
    """Place a line down its members, or show it for those of them that the pack asks for."""
    (dim,) = line.dims
    if line not in tab.places.lines and len(members) == tab.size(dim):
        tab.put(line, row, col, down=(dim,), look=look)
        return
    for at, name in enumerate(members, start=row):
        tab.show(line, at, col, at={dim: name}, look=look)


def _sums(tab: Tab, row: int) -> None:
    rows = (
        ("All components", adjusted_value.haircut_total, "after the cap", "output"),
        ("before the cap", adjusted_value.raw_total, "the cap is a share of consensus: Inputs", ""),
        ("scale of the cap", adjusted_value.scale, "100%: the cap does not bind", ""),
        (
            "weight not measured",
            adjusted_value.unmeasured,
            "of the components that are ok or n/a",
            "",
        ),
        ("Narrative gap", adjusted_value.narrative_gap, "bull narrative above consensus", ""),
        ("Bull narrative", bull_narrative, "the highest bull target claimed: Evidence", ""),
        ("Start", adjusted_value.start, "the higher of bull narrative and consensus", ""),
    )
    for at, (label, line, note, look) in enumerate(rows, start=row):
        tab.text(at, NAME, label, "label_strong" if look else "label")
        put_or_show(tab, line, at, 13, plain_money(line, look or "calc"))
        tab.text(at, 14, note, "note_indent")
    tab.text(row + len(rows), NAME, "The switches stand on Inputs: 1 deducts, 0 does not.", "note")


def _bridge(tab: Tab, context: Context, row: int) -> int:
    """Lay out how the hype-adjusted value and the house's expected value differ."""
    section(tab, row, LAST_COL, {0: "From consensus to the house's expected value"})
    steps: tuple[tuple[str, Line, str], ...] = (
        ("Consensus", price_targets.consensus, ""),
        ("less generic: optimism, staleness", adjusted_value.generic, ""),
        (f"less specific: {optional.specific_haircut(context)}", adjusted_value.specific, ""),
        ("less allowance", adjusted_value.allowance, ""),
        ("Hype-adjusted", adjusted_value.hype_value, "output"),
        ("and from there", adjusted_value.to_expected, ""),
        ("Expected value", expected_value, "output"),
    )
    tab.heights[row + 1] = 42
    tab.text(row + 1, 0, "Value in 12 months", "header_left")
    tab.text(row + 2, 0, f"{context.price_currency} per listed share", "unit")
    for col, (caption, line, look) in enumerate(steps, start=1):
        tab.text(row + 1, col, caption, "header")
        place = tab.put if line is adjusted_value.to_expected else tab.show
        place(line, row + 2, col, look=plain_money(line, look or "calc"))
    note = "Hype-adjusted: what others expect, without hype. Expected: our own cases, weighted."
    tab.text(row + 3, 0, note, "note")
    return row + 5


def _limits(tab: Tab, context: Context, row: int) -> int:
    section(tab, row, LAST_COL, {0: "What this cannot tell"})
    limits = [limit for limit in LIMITS if optional.launch(context) or limit is not _OF_LAUNCH_DAY]
    for at, limit in enumerate(limits, start=row + 1):
        tab.text(at, 0, limit, "note")
    return row + len(limits) + 2


def _component_workings(tab: Tab, context: Context, row: int) -> int:
    lines = (
        adjusted_value.computed,
        adjusted_value.applicable,
        adjusted_value.is_ok,
        adjusted_value.is_missing,
        adjusted_value.mean_amount,
        adjusted_value.raw_amount,
        adjusted_value.weight_missing,
        adjusted_value.weight_counted,
    )
    section(tab, row, LAST_COL, {0: "Behind the components"})
    _by_component(tab, context, shown.component_meaning, row + 2, 9, "note_indent")
    _by_component(tab, context, shown.component_lack, row + 2, 13, "note_indent")
    tab.heights[row + 1] = 30
    tab.text(row + 1, 0, "Component", "header_left")
    names = _names(context)
    for at, name in enumerate(names, start=row + 2):
        tab.text(at, 0, name)
    for col, line in enumerate(lines, start=1):
        tab.text(row + 1, col, line.label, "header")
        _by_component(tab, context, line, row + 2, col)
    return row + 2 + len(names) + 1


BEHIND: tuple[Line, ...] = (
    hype_score.mean_implied_return,
    hype_score.mean_freshness,
    hype_score.dispersion,
    hype_score.runup_day,
    hype_score.price_before,
    hype_score.runup_benchmark,
    hype_score.runup_launch,
    hype_score.runup_estimate_before,
    hype_score.runup_estimate_change,
    hype_score.runup_unbacked,
    launch.gain,
    launch.value,
    valuation.own_pe,
    peer_pe,
    priced_in.gap,
    hype_score.mean_reliability,
    claims.call_probability,
    claims.call_newest,
    hype_score.calibrated_logit,
    hype_score.calibrated,
    price_targets.count,
    price_targets.brokers,
    components.targets_since_launch,
)
OF_LAUNCH = (hype_score.runup_launch, launch.gain, launch.value, components.targets_since_launch)
OF_VENDOR = (
    claims.call_probability,
    claims.call_newest,
    hype_score.calibrated_logit,
    hype_score.calibrated,
)
ELSEWHERE = {
    launch.gain,
    launch.value,
    valuation.own_pe,
    peer_pe,
    priced_in.gap,
    claims.call_probability,
    claims.call_newest,
}


def scores(tab: Tab, context: Context, row: int) -> int:
    """Lay out the nine sub-scores and their chart; return the row after them."""
    section(
        tab,
        row,
        LAST_COL,
        {0: "Hype score", 3: "what it measures, or why it is n/a"},
        {1: "1 = full", 2: "0-100"},
    )
    first = row + 1
    names = optional.sub_scores(context)
    for col, line in enumerate((shown.name, hype_score.measured, hype_score.sub)):
        _by_member(tab, line, names, first, col)
    _by_member(tab, shown.reason, names, first, 3, "note_indent")
    after = first + len(names)
    for col, text in enumerate(("Mean of those that exist", "")):
        tab.text(after, col, text, "label_total")
    tab.show(hype_score.score, after, 2, look="total")
    tab.text(after + 1, 0, "Sub-scores that exist")
    tab.show(hype_score.coverage, after + 1, 2)
    tab.text(after + 1, 3, "no score is given where fewer than half exist", "note_indent")
    charts.sub_scores_chart(tab, context, first, CHART_ROWS)
    return first + CHART_ROWS + 2


def behind(tab: Tab, context: Context, row: int) -> int:
    """Lay out the single numbers behind the sub-scores; return the row after them."""
    section(tab, row, LAST_COL, {0: "Behind the sub-scores"})
    is_asked = {
        **dict.fromkeys(OF_LAUNCH, optional.launch(context)),
        **dict.fromkeys(OF_VENDOR, optional.vendor_call(context)),
    }
    behind_ = [line for line in BEHIND if is_asked.get(line, True)]
    for at, line in enumerate(behind_, start=row + 1):
        tab.text(at, 0, line.label)
        (tab.show if line in ELSEWHERE else tab.put)(line, at, 4)
        tab.text(at, 5, unit_name(line.unit, context), "note_indent")
        tab.text(at, 6, line.note, "note")
    return row + len(behind_) + 2


def in_order(tab: Tab, context: Context, row: int) -> int:
    """Lay out what sorts the sub-scores for their chart; return the row after it."""
    helpers = (
        shown.counter,
        shown.number,
        hype_score.exists,
        shown.is_asked,
        shown.sort_key,
        shown.place,
    )
    section(tab, row, LAST_COL, {0: "Sub-scores, sorted"}, _captions(helpers))
    names = optional.sub_scores(context)
    for col, line in enumerate((shown.name, *helpers)):
        _by_member(tab, line, names, row + 1, col)
    return row + len(names) + 2


def _captions(lines: tuple[Line, ...]) -> dict[int, str | Line]:
    return {col: line.label for col, line in enumerate(lines, start=1)}


def _chain(context: Context) -> tuple[Column, ...]:
    """Return the columns of the targets: what each component takes off, and what is left."""
    has_launch = optional.launch(context)
    last = len(_names(context))
    columns = (
        Column(price_targets.broker, elsewhere=True),
        Column(price_targets.day),
        Column(price_targets.age, elsewhere=True),
        Column(components.freshness, "Freshness: halves with age"),
        Column(price_targets.target, "Target in 12 months", elsewhere=True),
        Column(price_targets.close_at_issue),
        Column(components.optimism),
        Column(components.staleness),
        Column(components.runup),
        *([Column(components.launch_part)] if has_launch else ()),
        Column(shown.after_launch, f"After 1 to {last}"),
        Column(shown.after_upside, "against the price"),
        Column(price_targets.source, look="link_indent", elsewhere=True),
        Column(shown.standing, unit="", look="label_indent"),
    )
    return tuple(map(with_plain_money, columns))


def brokers(tab: Tab, context: Context, row: int) -> int:
    """Lay out the targets with their four haircuts; return the row after them."""
    section(
        tab,
        row,
        LAST_COL,
        {0: "Price targets", 4: "what each component takes off; typed in on Prices & targets"},
    )
    after = table(tab, context, (row + 1, 0), TARGET, _chain(context))
    for col in range(after, LAST_COL + 1):
        tab.text(row + 1, col, "", "header")
    _behind(tab, context, row)
    last = _greyed(tab, row, after - 1, '=LEFT({told},6)<>"in use"')
    notes = (
        "Before cap and allowance. A component that is n/a takes nothing off the next step.",
        "Spare rows show n/a until a target is typed into their row on Prices & targets.",
    )
    for at, note in enumerate(notes, start=last + 1):
        tab.text(at, 0, note, "note")
    return last + len(notes) + 2


SENTENCES: tuple[Line, ...] = (
    shown.measured,
    shown.passed_over,
    shown.newest_unused,
    shown.undated,
    shown.waiting,
    shown.runup_missing,
    shown.beside_closes,
    shown.runup_backed,
    shown.estimate_missing,
)
DAYS: Mapping[Line, str] = {
    price_targets.close_day: "Day of the close at issue",
    components.close_day_before: "Day of the close six months before",
    components.benchmark_day: "Day of the benchmark's at issue",
    components.benchmark_day_before: "Day of the benchmark's six months before",
}
# What has a table of its own where there is a benchmark
RUNUP: tuple[Line, ...] = (
    hype_score.implied_return,
    components.after_optimism,
    components.after_staleness,
    components.day_before,
    components.close_before,
    components.benchmark_at_issue,
    components.benchmark_before,
    components.abnormal,
    components.estimate_before,
    components.estimate_change,
    components.unbacked,
    components.after_runup,
    shown.runup_reason,
)
SINCE_LAUNCH: tuple[Line, ...] = (components.launch_return, components.after_launch_day)


def _behind(tab: Tab, context: Context, row: int) -> None:
    """Place the parts of the sentences right of the printed page."""
    has_launch, has_steps = optional.launch(context), optional.benchmark(context)
    parts = [
        *SENTENCES,
        *DAYS,
        *(() if has_steps else RUNUP),
        *(() if has_steps and has_launch else SINCE_LAUNCH),
        *(() if has_launch else (components.launch_part,)),
    ]
    tab.text(row, REST, "What the sentences are made of, and the days of closes", "helper_title")
    columns = [Column(part, DAYS.get(part, ""), look="helper") for part in parts]
    table(tab, context, (row + 1, REST), TARGET, columns)


def workings(tab: Tab, context: Context, row: int) -> int:
    """Lay out how the run-up of each target was found; return the row after it."""
    section(tab, row, LAST_COL, {0: "Run-up of each target", 4: "the steps of component 3"})
    columns = (
        Column(price_targets.broker, elsewhere=True),
        Column(price_targets.day, elsewhere=True),
        Column(hype_score.implied_return, "Implied return at issue"),
        Column(components.after_optimism),
        Column(components.after_staleness),
        Column(components.day_before),
        Column(components.close_before, "Close six months before"),
        Column(components.benchmark_at_issue, unit="points"),
        Column(components.benchmark_before, "Benchmark six months before", "points"),
        Column(components.launch_return),
        Column(components.abnormal),
        Column(components.estimate_before),
        Column(components.estimate_change, "Change of the EPS estimate"),
        Column(components.unbacked, "Not backed by estimates"),
        Column(components.after_runup),
        Column(components.after_launch_day, unit="yes / no"),
        Column(shown.runup_reason, unit="", look="label_indent"),
    )
    has_launch = optional.launch(context)
    shown_ = [
        with_plain_money(column)
        for column in columns
        if has_launch or column.line not in SINCE_LAUNCH
    ]
    after = table(tab, context, (row + 1, 0), TARGET, shown_)
    return _greyed(tab, row, after - 1, '={told}="not in use"') + 2


def _greyed(tab: Tab, row: int, says: int, unused: str) -> int:
    """Grey the targets that are not in use, by what is told of them; return the last row."""
    first = row + 1 + HEADER_ROWS
    last = first + tab.size(TARGET) - 1
    mute(tab, Area(first, 0, last, says), unused.format(told=f"${a1(first, says)}"))
    return last


def _chart_helpers(tab: Tab, row: int) -> int:
    """Place what only the charts read; return the row after it."""
    drawn = (bars.bar_step, bars.bar_amount, bars.bar_is_total, *bars.bars)
    words = (bars.bar_name, bars.bar_number, bars.bar_lack)
    row = _helper_band(tab, row, "Labels of the waterfall", bars.bar_label, words)
    row = _helper_band(tab, row, "Bars of the waterfall", bars.bar_name, drawn)
    places: tuple[Line, ...] = (
        shown.places.place,
        shown.places.row,
        shown.place_exists,
        shown.place_score,
        shown.place_unknown,
    )
    return _helper_band(tab, row, "Columns of the sub-scores", shown.place_label, places)


def _helper_band(tab: Tab, row: int, title: str, label: Line, lines: tuple[Line, ...]) -> int:
    section(tab, row, LAST_COL, {0: title})
    row += 1
    place = tab.show if label in tab.places.lines else tab.put
    place(label, row + 1, 0, down=label.dims, look="helper")
    for col, line in enumerate(lines, start=3):
        tab.text(row, col, line.label, "header")
        tab.put(line, row + 1, col, down=line.dims, look="helper")
    return row + tab.size(label.dims[0]) + 2
