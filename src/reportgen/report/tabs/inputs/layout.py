"""Inputs: every assumption and constant in its own row, with room to override it, and a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.catalogue import PE, SOTP, Group
from reportgen.model import fundamentals, twelve_months
from reportgen.model.dims import (
    CURRENCY,
    CYCLE,
    MEASURE,
    PEER,
    PERIOD,
    SCENARIO,
    SCENARIOS,
    SEGMENT,
    VARIANT,
)
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.model.inputs.assumptions import inputs_of
from reportgen.report import optional
from reportgen.report.blocks import footer
from reportgen.report.tabs.inputs import lines
from reportgen.report.tabs.inputs.rows import (
    AS_OF,
    AUTHOR,
    CAPTIONS,
    EXPIRES,
    ISSUED,
    KEY,
    LABEL,
    LIVE,
    NOTE,
    NUMBER,
    OVERRIDE,
    PLAIN,
    REASON,
    SOURCE,
    TIER,
    UNIT,
    Form,
    InputRows,
    unit_of_assumption,
)
from reportgen.xlsx.addresses import Area, a1
from reportgen.xlsx.book import Columns, ConditionalFormat, Page

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.facts.policy import PolicyValue
    from reportgen.model.words import Entry
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


HEADER = 4
WIDTHS = (56, 15, 15, 15, 13, 10.5, 16, 11, 14, 36, 11, 66, 36, 5)
HOW_TO = (
    "To try another figure, type it under Override: every tab follows. Clear it to go back.",
    "Say beside it who, why and until when: a review of the returned file reads these cells first.",
    "Blue: typed. Black: computed. Green: from another tab. Grey: n/a, notes. Orange: overridden.",
)
# What the bands list: inputs of one value a case, and of a single value
_CASES = tuple(
    of for of in inputs_of(Group.SCENARIOS, Group.FLOWS, Group.MULTIPLES) if of.dims == (SCENARIO,)
)
_VALUATION = (
    *(of for of in inputs_of(Group.MULTIPLES) if not of.dims),
    *inputs_of(Group.WEIGHTS),
    *inputs_of(Group.RETURNS),
    *(of for of in inputs_of(Group.METHODS) if of is not assumptions.dividend_stated),
)
_LAUNCH = inputs_of(Group.LAUNCH_MARKET, Group.LAUNCH_PROFIT)
_HYPE = inputs_of(Group.HYPE_RATES, Group.HYPE_CAPS, Group.HYPE_WEIGHTS, Group.HYPE_SWITCHES)
_STANCE = inputs_of(Group.STANCE)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab."""
    _head(tab)
    sheet = InputRows(tab, context, HEADER)
    company(sheet)
    segments(sheet)
    sheet.band("Scenarios")
    eps_currency = str(context.solved.values[assumptions.eps_level_currency])
    for entry in _asked(context, _CASES):
        of_eps = entry is assumptions.eps_level_stated
        form = Form(unit=f"{eps_currency} / share") if of_eps else PLAIN
        sheet.entry(entry, form, down=(SCENARIO,))
    if optional.method(context, PE):
        sheet.typed(
            assumptions.eps_level_currency,
            "Currency of the EPS in 12 months",
            "code of a rate below",
            "assumption",
        )
    sheet.band("Valuation: method and market")
    _single(sheet, _asked(context, _VALUATION))
    _dividend(sheet)
    if optional.method(context, SOTP):
        by_segment(sheet)
    if optional.launch(context):
        launch(sheet)
        _single(sheet, _LAUNCH)
        price_mix(sheet)
    sheet.band("Hype adjustment")
    _single(sheet, _HYPE)
    sheet.band("Stance")
    _single(sheet, _STANCE)
    exchange_rates(sheet)
    overrides(sheet)
    printed = sheet.row
    cycles(sheet)
    periods(sheet)
    policy(sheet)
    units(sheet)
    _finish(sheet, printed)


def _asked(context: Context, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the inputs that are of no method alone, or of one that the pack asks for."""
    names = [(of, _method_of(of)) for of in entries]
    return tuple(of for of, name in names if not name or optional.method(context, name))


def _method_of(entry: Entry) -> str:
    return "" if entry.parameter is None else entry.parameter.method


def by_segment(sheet: InputRows) -> None:
    """Write growth, levels and multiples of each segment, case by case."""
    context = sheet.context
    sheet.band("Segments by scenario")
    sheet.entry(assumptions.growth, down=(SEGMENT, SCENARIO))
    codes = context.solved.values[assumptions.level_currency].tolist()
    units_of = [f"{code} m" for code in codes for _ in SCENARIOS]
    sheet.entry(assumptions.level_stated, Form(unit=units_of), down=(SEGMENT, SCENARIO))
    sheet.entry(assumptions.multiple, down=(SEGMENT, SCENARIO))


def _head(tab: Tab) -> None:
    tab.text(0, 0, "Inputs", "title")
    for row, text in enumerate(HOW_TO, start=1):
        tab.text(row, 0, text, "note")
    right = {ISSUED, OVERRIDE, LIVE, AS_OF, EXPIRES}
    for col, caption in enumerate(CAPTIONS):
        tab.text(HEADER, col, caption, "header" if col in right else "header_left")


def _single(sheet: InputRows, entries: tuple[Entry, ...]) -> None:
    """Write inputs of one value each, named so that formulas read well."""
    for entry in entries:
        name = "" if entry.parameter is None else entry.parameter.key
        sheet.entry(entry, Form(unit=unit_of_assumption(entry), name=name))


def _dividend(sheet: InputRows) -> None:
    currency = str(sheet.context.solved.values[assumptions.dividend_currency])
    sheet.entry(
        assumptions.dividend_stated, Form(unit=f"{currency} / share", name="dividend_stated")
    )
    sheet.typed(
        assumptions.dividend_currency,
        "Currency of the dividend",
        "code of a rate below",
        "assumption",
    )


def _finish(sheet: InputRows, printed: int) -> None:
    tab = sheet.tab
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.freeze = (HEADER + 1, 1)
    tab.page = Page(
        area=Area(0, 0, printed, NOTE),  # constants are the same for every company
        repeat_rows=(0, 0),
        footer=footer(sheet.context),
    )
    tab.validations += sheet.rules.validations()
    overridden = f"=ISNUMBER({a1(sheet.lives[0].first_row, OVERRIDE)})"
    tab.conditional_formats.append(
        ConditionalFormat(tuple(sheet.lives), "formula", "overridden", formula=overridden)
    )


TINY, HUGE = 0.0001, 1e9  # figures beyond are shown by their power of ten
_EDITED = "edit in place"
_NAMES = {
    description.price_currency: "price_currency",
    description.reporting_currency: "reporting_currency",
}


def company(sheet: InputRows) -> None:
    """Write what company.yaml says, and the day of the report."""
    sheet.band("Company")
    sheet.entry(description.as_of, Form(unit="date", name="as_of"))
    for line in (
        description.company_name,
        description.ticker,
        description.price_currency,
        description.reporting_currency,
    ):
        sheet.typed(line, line.label, _EDITED)
    for line in description.METRIC_NAMES.values():
        sheet.typed(line, line.label, "what the company calls it; labels were written at issue")
    sheet.entry(description.adr_ratio, Form(unit="shares / listed", name="adr_ratio"))
    for line in (
        description.own_vendor,
        description.reference_vendor,
        description.reference_product,
    ):
        sheet.typed(line, line.label, "as spelt on Evidence; blank if there is none")
    first = sheet.row
    sheet.row += sheet.tab.put(description.peer, first, ISSUED, down=(PEER,))
    for row in range(first, sheet.row):
        sheet.tab.text(row, LABEL, "Peer")
        sheet.tab.text(row, SOURCE, "company.yaml", "note")
        sheet.tab.text(row, NOTE, "the variant of `pe` claims on Evidence", "note")


def segments(sheet: InputRows) -> None:
    """Write the segments and what they are valued on."""
    captions = {ISSUED: "Id", OVERRIDE: "Valued on", LIVE: "Currency", UNIT: "Level in"}
    sheet.band("Segments", captions)
    for line, col in (
        (description.segment_name, LABEL),
        (description.segment_id, ISSUED),
        (description.segment_metric, OVERRIDE),
        (assumptions.base_currency, LIVE),
        (assumptions.level_currency, UNIT),
    ):
        sheet.tab.put(line, sheet.row, col, down=(SEGMENT,))
    sheet.row += sheet.tab.size(SEGMENT)
    currencies = sheet.context.solved.values[assumptions.base_currency].tolist()
    form = Form(unit=[f"{currency} m" for currency in currencies])
    sheet.entry(assumptions.base_stated, form, down=(SEGMENT,))


def launch(sheet: InputRows) -> None:
    """Write which launch is valued."""
    sheet.band("Launch")
    for line in (description.launch_name, description.launch_market):
        sheet.typed(line, line.label, "as spelt on Evidence; blank if there is none")
    sheet.entry(description.launch_date, Form(unit="date", name="launch_date"))


def price_mix(sheet: InputRows) -> None:
    """Write the share of each variant in the units sold."""
    sheet.band("Launch: share of units by variant, as spelt on Evidence")
    sheet.tab.put(assumptions.variant_id, sheet.row, LABEL, down=(VARIANT,))
    sheet.entry(assumptions.launch_price_mix, Form(labelled=False), down=(VARIANT,))


def cycles(sheet: InputRows) -> None:
    """Write what twelve months can be made of; the method knows no other."""
    sheet.band("What twelve months are summed from", {ISSUED: "In order of preference"})
    for line in (
        twelve_months.cycle_words,
        twelve_months.cycle_months,
        twelve_months.cycle_rolled,
    ):
        sheet.tab.text(sheet.row, LABEL, line.label)
        look = "input_wrap" if line is twelve_months.cycle_words else "input"
        sheet.tab.put(line, sheet.row, ISSUED, across=(CYCLE,), look=look)
        sheet.row += 1


def periods(sheet: InputRows) -> None:
    """Write the periods that a new row of results may be of."""
    if not sheet.context.pack.rows.fundamentals:
        return
    counts = {ISSUED: "Months", LIVE: "Month counted"}
    sheet.band("Periods that a row typed into the results may be of", {}, counts)
    first, down = sheet.row, (PERIOD,)
    sheet.tab.put(fundamentals.period_label, first, LABEL, down=down)
    sheet.tab.put(fundamentals.period_months, first, ISSUED, down=down)
    sheet.tab.put(fundamentals.period_month, first, LIVE, down=down)
    sheet.row += sheet.tab.size(PERIOD)


def exchange_rates(sheet: InputRows) -> None:
    """Write the rates against the euro, and the crosses that follow."""
    tab, price = sheet.tab, sheet.context.price_currency
    sheet.band("Exchange rates: units per EUR")
    tab.put(conversion.currency_code, sheet.row, LABEL, down=(CURRENCY,))
    tab.put(conversion.currency_number, sheet.row, NUMBER, down=(CURRENCY,), look="helper")
    sheet.entry(conversion.per_euro, Form(unit="per EUR", labelled=False), down=(CURRENCY,))
    sheet.band(f"Exchange rates: units per {price}")
    first = sheet.row
    sheet.row += _stand(sheet, conversion.cross)
    for row, code in enumerate(tab.places.members[CURRENCY], start=first):
        tab.text(row, LABEL, f"{code} per {price}")
        tab.text(row, UNIT, f"{code} / {price}", "note_indent")


def _stand(sheet: InputRows, rates: Line) -> int:
    """Place the crosses, or show them if another tab has placed them; return the rows taken."""
    if rates in sheet.tab.places.lines:
        sheet.tab.show(rates, sheet.row, LIVE, down=(CURRENCY,))
    else:
        sheet.tab.put(rates, sheet.row, LIVE, down=(CURRENCY,))
    return sheet.tab.size(CURRENCY)


def units(sheet: InputRows) -> None:
    """Write the units that figures may be stated in, in the spare rows of tables, too."""
    price = sheet.context.price_currency
    numbers = {OVERRIDE: "Millions", LIVE: f"Per {price}", UNIT: "Parts of one", EXPIRES: "Whole"}
    sheet.band(
        "Units of targets, products, claims, results", {ISSUED: "Currency", SOURCE: "Of"}, numbers
    )
    first, down = sheet.row, (MEASURE,)
    sheet.tab.put(conversion.measure, first, LABEL, down=down)
    sheet.tab.put(conversion.measure_currency, first, ISSUED, down=down)
    sheet.tab.put(conversion.measure_millions, first, OVERRIDE, down=down, look="input.exact")
    sheet.tab.put(conversion.measure_divisor, first, LIVE, down=down)
    sheet.tab.put(conversion.measure_subunits, first, UNIT, down=down, look="input.exact")
    sheet.tab.put(conversion.measure_kind, first, SOURCE, down=down)
    sheet.tab.put(conversion.measure_is_whole, first, EXPIRES, down=down)
    sheet.tab.put(conversion.measure_number, first, NUMBER, down=down, look="helper")
    sheet.row += sheet.tab.size(MEASURE)
    sheet.rules.numbers(Area(first, OVERRIDE, sheet.row - 1, OVERRIDE))


_LOGGED = (
    (lines.logged_key, LABEL, "label"),
    (lines.logged_value, OVERRIDE, "muted"),
    (lines.logged_unit, LIVE, "note_center"),
    (lines.logged_state, UNIT, "note_center"),
    (lines.logged_published, AS_OF, "note_center"),
    (lines.logged_author, AUTHOR, "note_wrap"),
    (lines.logged_reason, REASON, "note_wrap"),
    (lines.logged_expires, EXPIRES, "note"),
)
_SPARE = (
    (lines.spare_key, LABEL, "remark"),
    (lines.spare_value, OVERRIDE, "override"),
    (lines.spare_published, AS_OF, "remark"),
    (lines.spare_author, AUTHOR, "remark"),
    (lines.spare_reason, REASON, "remark"),
    (lines.spare_expires, EXPIRES, "remark"),
)
_FORMATS = {"ratio": "ratio", "days": "days", "count": "count", "months": "count", "x": "multiple"}


def policy(sheet: InputRows) -> None:
    """Write the constants of the method: those that formulas read, and those of the loading."""
    sheet.band("Constants of the method")
    read = {entry.key: entry for entry in lines.on_inputs(sheet.context.lines)}
    constants = sheet.context.policy.values.values()
    for constant in constants:
        entry = read.get(f"policy[{constant.key}]")
        if entry is not None:
            sheet.entry(entry, form_of(constant))
    sheet.band("Constants that no formula reads: they act when the inputs are loaded")
    for constant in constants:
        if f"policy[{constant.key}]" not in read:
            _unread(sheet, constant)


def form_of(constant: PolicyValue) -> Form:
    """Return how a constant is written: by its unit, or by its power of ten."""
    if 0 < abs(constant.value) < TINY or abs(constant.value) > HUGE:
        return Form(unit=constant.unit, label=constant.label, figures="exact")
    unit = "%" if constant.unit == "ratio" else constant.unit
    return Form(unit=unit, label=constant.label, figures=_FORMATS.get(constant.unit))


def _unread(sheet: InputRows, constant: PolicyValue) -> None:
    tab, row = sheet.tab, sheet.row
    tab.text(row, LABEL, constant.label)
    tab.text(row, LIVE, f"{constant.value:g}", "muted_right")
    for col, text, look in (
        (UNIT, constant.unit, "note_indent"),
        (SOURCE, "method", "note"),
        (TIER, "method", "note"),
        (NOTE, constant.reason, "note"),
        (KEY, f"policy[{constant.key}]", "key"),
    ):
        tab.text(row, col, text, look)
    sheet.row += 1


def overrides(sheet: InputRows) -> None:
    """Write the log of overrides, with spare rows for those typed on other tabs."""
    numbers = {OVERRIDE: "Value", LIVE: "Read in", AS_OF: "Published"}
    sheet.band("Overrides by key, and room to note more", {UNIT: "State"}, numbers)
    first = sheet.row
    _table(sheet, _LOGGED)
    if not sheet.context.pack.rows.overrides:
        sheet.tab.text(first, NOTE, "none so far", "note")
    first = sheet.row
    _table(sheet, _SPARE)
    for row in range(first, sheet.row):
        sheet.tab.text(
            row, NOTE, "a note of who and why; the figure itself is typed beside its input", "note"
        )
    sheet.rules.numbers(Area(first, OVERRIDE, sheet.row - 1, OVERRIDE))
    for col in (AS_OF, EXPIRES):
        sheet.rules.days(Area(first, col, sheet.row - 1, col))


def _table(sheet: InputRows, columns: tuple[tuple[Line, int, str], ...]) -> None:
    """Place columns side by side, and go on below them."""
    for line, col, look in columns:
        sheet.tab.put(line, sheet.row, col, down=line.dims, look=look)
    sheet.row += sheet.tab.size(columns[0][0].dims[0])
