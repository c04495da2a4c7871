"""Changes of the model workbook, one at a time, and what is to be told of each."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from reportgen.xlsx.compare.changes import Kind
from tests.xlsx.compare.model_book import Model, Target, with_target, with_targets

BASE = with_target(Model(), 2, comment="from the note of November")
TARGETS = list(BASE.targets)
STIFEL = Target("Stifel", 300.0, 1.1, 0.7)
TOTAL = sum(target.price * target.rate for target in TARGETS)


class Mutation(NamedTuple):
    """A changed model and the changes expected: kind, sheet, place."""

    model: Model
    expected: list[tuple[Kind, str, str]]


INPUTS = BASE.inputs_name
FOLLOWING = [(Kind.CALCULATED, "Summary", "B1"), (Kind.CALCULATED, "Summary", "B3")]
MUTATIONS = {
    "nothing": Mutation(BASE, []),
    "a value with three that follow from it": Mutation(
        replace(BASE, typed_total=None, discount=0.2),
        [(Kind.INPUT, "Summary", "B2"), (Kind.CALCULATED, "Summary", "B3")],
    ),
    "a target": Mutation(
        with_target(BASE, 3, price=222.0),
        [
            (Kind.INPUT, INPUTS, "B5"),
            (Kind.CALCULATED, "Converted", "B4"),
            (Kind.CALCULATED, "Converted", "B16"),
            *FOLLOWING,
        ],
    ),
    "a weight that nothing depends on": Mutation(
        with_target(BASE, 3, weight=0.9), [(Kind.INPUT, INPUTS, "D5")]
    ),
    "a label": Mutation(
        with_target(BASE, 3, broker="Citigroup"),
        [(Kind.INPUT, INPUTS, "A5"), (Kind.CALCULATED, "Converted", "A4")],
    ),
    "a row inserted": Mutation(
        with_targets(BASE, [*TARGETS[:5], STIFEL, *TARGETS[5:]]),
        [
            (Kind.ROW_INSERTED, INPUTS, "7:7"),
            (Kind.ROW_INSERTED, "Converted", "6:6"),
            (Kind.CALCULATED, "Converted", "B17"),
            (Kind.FORMULA, "Summary", "B1"),  # the number of targets stands in it
            (Kind.CALCULATED, "Summary", "B3"),
        ],
    ),
    "a row added at the end": Mutation(
        with_targets(BASE, [*TARGETS, STIFEL]),
        [
            (Kind.ROW_INSERTED, INPUTS, "17:17"),
            (Kind.ROW_INSERTED, "Converted", "16:16"),
            (Kind.CALCULATED, "Converted", "B17"),
            (Kind.FORMULA, "Summary", "B1"),
            (Kind.CALCULATED, "Summary", "B3"),
        ],
    ),
    "a row deleted": Mutation(
        with_targets(BASE, [*TARGETS[:5], *TARGETS[6:]]),
        [
            (Kind.ROW_DELETED, INPUTS, "7:7"),
            (Kind.ROW_DELETED, "Converted", "6:6"),
            (Kind.CALCULATED, "Converted", "B15"),
            (Kind.FORMULA, "Summary", "B1"),
            (Kind.CALCULATED, "Summary", "B3"),
        ],
    ),
    "a row moved": Mutation(
        with_targets(BASE, [*TARGETS[:4], *TARGETS[5:9], TARGETS[4], *TARGETS[9:]]),
        [(Kind.ROW_MOVED, INPUTS, "10:10"), (Kind.ROW_MOVED, "Converted", "9:9")],
    ),
    "a row moved and changed": Mutation(
        with_targets(
            BASE,
            [*TARGETS[:4], *TARGETS[5:9], replace(TARGETS[4], weight=0.99), *TARGETS[9:]],
        ),
        [
            (Kind.ROW_MOVED, INPUTS, "10:10"),
            (Kind.INPUT, INPUTS, "D10"),
            (Kind.ROW_MOVED, "Converted", "9:9"),
        ],
    ),
    "a column inserted": Mutation(
        replace(BASE, extra_column=True), [(Kind.COLUMN_INSERTED, INPUTS, "C:C")]
    ),
    "a total typed over": Mutation(
        replace(BASE, typed_total=TOTAL), [(Kind.HARDCODED, "Converted", "B16")]
    ),
    "a total typed over with another": Mutation(
        replace(BASE, typed_total=5000.0), [(Kind.HARDCODED, "Converted", "B16"), *FOLLOWING]
    ),
    "a sheet renamed": Mutation(
        replace(BASE, inputs_name="Targets"), [(Kind.SHEET_RENAMED, "Targets", "")]
    ),
    "a sheet added": Mutation(
        replace(BASE, extra_sheet="Scratch"), [(Kind.SHEET_ADDED, "Scratch", "")]
    ),
    "a name": Mutation(
        replace(BASE, names={"discount": "=Summary!$B$2", "mean": "=Summary!$B$1"}),
        [(Kind.NAME, "", "mean")],
    ),
    "a name that means another cell": Mutation(
        replace(BASE, names={"discount": "=Summary!$B$1"}), [(Kind.NAME, "", "discount")]
    ),
    "a chart's range": Mutation(
        replace(BASE, chart_rows=10), [(Kind.CHART, "Converted", BASE.chart_title)]
    ),
    "a chart's kind": Mutation(
        replace(BASE, chart_kind="line"), [(Kind.CHART, "Converted", BASE.chart_title)]
    ),
    "a chart's title": Mutation(
        replace(BASE, chart_title="Targets"), [(Kind.CHART, "Converted", "Targets")]
    ),
    "a validation": Mutation(replace(BASE, minimum=1.0), [(Kind.VALIDATION, INPUTS, "B2:B16")]),
    "a conditional format": Mutation(
        replace(BASE, rule="<"), [(Kind.CONDITIONAL_FORMAT, INPUTS, "D2:D16")]
    ),
    "a comment added": Mutation(
        with_target(BASE, 3, comment="why?"), [(Kind.COMMENT, INPUTS, "B5")]
    ),
    "a comment changed": Mutation(
        with_target(BASE, 2, comment="another note"), [(Kind.COMMENT, INPUTS, "B4")]
    ),
    "a column hidden": Mutation(replace(BASE, hidden_column=2), [(Kind.HIDDEN, INPUTS, "C:C")]),
    "a merged area": Mutation(replace(BASE, merged="A8:D8"), [(Kind.MERGE, "Summary", "A8:D8")]),
    "a link": Mutation(replace(BASE, link="https://example.org/"), [(Kind.LINK, "Summary", "A5")]),
    "a number format, when not asked for": Mutation(replace(BASE, percent="0.00%"), []),
    "noise of floating point": Mutation(with_target(BASE, 3, price=TARGETS[3].price + 1e-13), []),
}
