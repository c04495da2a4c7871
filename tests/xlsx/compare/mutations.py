"""Changes of the model workbook, one at a time, and what is to be told of each."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from reportgen.xlsx.compare.changes import ChangeKind
from tests.xlsx.compare.model_book import Model, Target, with_target, with_targets

BASE = with_target(Model(), 2, comment="from the note of November")
TARGETS = list(BASE.targets)
STIFEL = Target("Stifel", 300.0, 1.1, 0.7)
TOTAL = sum(target.price * target.rate for target in TARGETS)


class Mutation(NamedTuple):
    """A changed model and the changes expected: kind, sheet, place."""

    model: Model
    expected: list[tuple[ChangeKind, str, str]]


INPUTS = BASE.inputs_name
FOLLOWING = [(ChangeKind.CALCULATED, "Summary", "B1"), (ChangeKind.CALCULATED, "Summary", "B3")]
MUTATIONS = {
    "nothing": Mutation(BASE, []),
    "a value with three that follow from it": Mutation(
        replace(BASE, typed_total=None, discount=0.2),
        [(ChangeKind.INPUT, "Summary", "B2"), (ChangeKind.CALCULATED, "Summary", "B3")],
    ),
    "a target": Mutation(
        with_target(BASE, 3, price=222.0),
        [
            (ChangeKind.INPUT, INPUTS, "B5"),
            (ChangeKind.CALCULATED, "Converted", "B4"),
            (ChangeKind.CALCULATED, "Converted", "B16"),
            *FOLLOWING,
        ],
    ),
    "a weight that nothing depends on": Mutation(
        with_target(BASE, 3, weight=0.9), [(ChangeKind.INPUT, INPUTS, "D5")]
    ),
    "a label": Mutation(
        with_target(BASE, 3, broker="Citigroup"),
        [(ChangeKind.INPUT, INPUTS, "A5"), (ChangeKind.CALCULATED, "Converted", "A4")],
    ),
    "a row inserted": Mutation(
        with_targets(BASE, [*TARGETS[:5], STIFEL, *TARGETS[5:]]),
        [
            (ChangeKind.ROW_INSERTED, INPUTS, "7:7"),
            (ChangeKind.ROW_INSERTED, "Converted", "6:6"),
            (ChangeKind.CALCULATED, "Converted", "B17"),
            (ChangeKind.FORMULA, "Summary", "B1"),  # the number of targets stands in it
            (ChangeKind.CALCULATED, "Summary", "B3"),
        ],
    ),
    "a row added at the end": Mutation(
        with_targets(BASE, [*TARGETS, STIFEL]),
        [
            (ChangeKind.ROW_INSERTED, INPUTS, "17:17"),
            (ChangeKind.ROW_INSERTED, "Converted", "16:16"),
            (ChangeKind.CALCULATED, "Converted", "B17"),
            (ChangeKind.FORMULA, "Summary", "B1"),
            (ChangeKind.CALCULATED, "Summary", "B3"),
        ],
    ),
    "a row deleted": Mutation(
        with_targets(BASE, [*TARGETS[:5], *TARGETS[6:]]),
        [
            (ChangeKind.ROW_DELETED, INPUTS, "7:7"),
            (ChangeKind.ROW_DELETED, "Converted", "6:6"),
            (ChangeKind.CALCULATED, "Converted", "B15"),
            (ChangeKind.FORMULA, "Summary", "B1"),
            (ChangeKind.CALCULATED, "Summary", "B3"),
        ],
    ),
    "a row moved": Mutation(
        with_targets(BASE, [*TARGETS[:4], *TARGETS[5:9], TARGETS[4], *TARGETS[9:]]),
        [(ChangeKind.ROW_MOVED, INPUTS, "10:10"), (ChangeKind.ROW_MOVED, "Converted", "9:9")],
    ),
    "a row moved and changed": Mutation(
        with_targets(
            BASE,
            [*TARGETS[:4], *TARGETS[5:9], replace(TARGETS[4], weight=0.99), *TARGETS[9:]],
        ),
        [
            (ChangeKind.ROW_MOVED, INPUTS, "10:10"),
            (ChangeKind.INPUT, INPUTS, "D10"),
            (ChangeKind.ROW_MOVED, "Converted", "9:9"),
        ],
    ),
    "a column inserted": Mutation(
        replace(BASE, extra_column=True), [(ChangeKind.COLUMN_INSERTED, INPUTS, "C:C")]
    ),
    "a total typed over": Mutation(
        replace(BASE, typed_total=TOTAL), [(ChangeKind.HARDCODED, "Converted", "B16")]
    ),
    "a total typed over with another": Mutation(
        replace(BASE, typed_total=5000.0), [(ChangeKind.HARDCODED, "Converted", "B16"), *FOLLOWING]
    ),
    "a sheet renamed": Mutation(
        replace(BASE, inputs_name="Targets"), [(ChangeKind.SHEET_RENAMED, "Targets", "")]
    ),
    "a sheet added": Mutation(
        replace(BASE, extra_sheet="Scratch"), [(ChangeKind.SHEET_ADDED, "Scratch", "")]
    ),
    "a name": Mutation(
        replace(BASE, names={"discount": "=Summary!$B$2", "mean": "=Summary!$B$1"}),
        [(ChangeKind.NAME, "", "mean")],
    ),
    "a name that means another cell": Mutation(
        replace(BASE, names={"discount": "=Summary!$B$1"}), [(ChangeKind.NAME, "", "discount")]
    ),
    "a chart's range": Mutation(
        replace(BASE, chart_rows=10), [(ChangeKind.CHART, "Converted", BASE.chart_title)]
    ),
    "a chart's kind": Mutation(
        replace(BASE, chart_kind="line"), [(ChangeKind.CHART, "Converted", BASE.chart_title)]
    ),
    "a chart's title": Mutation(
        replace(BASE, chart_title="Targets"), [(ChangeKind.CHART, "Converted", "Targets")]
    ),
    "a validation": Mutation(
        replace(BASE, minimum=1.0), [(ChangeKind.VALIDATION, INPUTS, "B2:B16")]
    ),
    "a conditional format": Mutation(
        replace(BASE, rule="<"), [(ChangeKind.CONDITIONAL_FORMAT, INPUTS, "D2:D16")]
    ),
    "a comment added": Mutation(
        with_target(BASE, 3, comment="why?"), [(ChangeKind.COMMENT, INPUTS, "B5")]
    ),
    "a comment changed": Mutation(
        with_target(BASE, 2, comment="another note"), [(ChangeKind.COMMENT, INPUTS, "B4")]
    ),
    "a column hidden": Mutation(
        replace(BASE, hidden_column=2), [(ChangeKind.HIDDEN, INPUTS, "C:C")]
    ),
    "a merged area": Mutation(
        replace(BASE, merged="A8:D8"), [(ChangeKind.MERGE, "Summary", "A8:D8")]
    ),
    "a link": Mutation(
        replace(BASE, link="https://example.org/"), [(ChangeKind.LINK, "Summary", "A5")]
    ),
    "a number format, when not asked for": Mutation(replace(BASE, percent="0.00%"), []),
    "noise of floating point": Mutation(with_target(BASE, 3, price=TARGETS[3].price + 1e-13), []),
}
