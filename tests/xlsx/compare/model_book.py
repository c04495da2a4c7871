"""A small model of a company as a workbook, in which each test changes one thing.

It is written by XlsxWriter from a description, so that a row inserted into the description moves
every reference as a spreadsheet program would, and cached values are right.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypedDict

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Unpack

    from xlsxwriter.worksheet import Worksheet

BROKERS = (
    "Macquarie", "Jefferies", "Nomura", "Citi", "Barclays", "HSBC", "Mizuho", "Daiwa",
    "Bernstein", "Benchmark", "Susquehanna", "Loop", "Truist", "Evercore", "Baird",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A row of the Inputs sheet: a broker's target, its currency's rate, our weight for it."""

    broker: str
    price: float
    rate: float = 1.0
    weight: float = 0.5
    comment: str = ""


class TargetChanges(TypedDict, total=False):
    """Some of a target's fields."""

    broker: str
    price: float
    rate: float
    weight: float
    comment: str


@dataclass(frozen=True)
class Model:
    """The workbook's description. `extra_column` inserts a column of notes before the rates."""

    targets: tuple[Target, ...] = tuple(
        Target(broker, 100.0 + 7 * n, 1 + n / 100, 0.1 + n / 50) for n, broker in enumerate(BROKERS)
    )
    inputs_name: str = "Price targets"
    extra_column: bool = False
    factor: str = "*"
    typed_total: float | None = None
    names: dict[str, str] = field(default_factory=lambda: {"discount": "=Summary!$B$2"})
    discount: float = 0.1
    chart_title: str = "Targets in USD"
    chart_kind: str = "column"
    chart_rows: int | None = None
    minimum: float = 0.0
    rule: str = ">"
    hidden_column: int | None = None
    percent: str = "0.0%"
    merged: str = "A8:C8"
    link: str = "internal:'{inputs}'!A1"
    extra_sheet: str = ""


def write_model(path: Path, model: Model) -> Path:
    """The workbook of the model at `path`."""
    with xlsxwriter.Workbook(path) as book:
        sheet = _write_inputs(book, model)
        converted = _write_converted(book, model)
        _write_summary(book, model, converted)
        if model.extra_sheet:
            book.add_worksheet(model.extra_sheet).write_string(0, 0, "nothing to do with the rest")
        for name, meaning in model.names.items():
            book.define_name(name, meaning)
        if model.hidden_column is not None:
            sheet.set_column(model.hidden_column, model.hidden_column, None, None, {"hidden": True})
    return path


def _write_inputs(book: xlsxwriter.Workbook, model: Model) -> Worksheet:
    sheet = book.add_worksheet(model.inputs_name)
    percent = book.add_format({"num_format": model.percent})
    shift = int(model.extra_column)
    heads = ["Broker", "Target", *["Why"] * shift, "Rate", "Weight"]
    for col, head in enumerate(heads):
        sheet.write_string(0, col, head)
    for row, target in enumerate(model.targets, start=1):
        sheet.write_string(row, 0, target.broker)
        sheet.write_number(row, 1, target.price)
        if shift:
            sheet.write_string(row, 2, f"a reason of {target.broker}")
        sheet.write_number(row, 2 + shift, target.rate)
        sheet.write_number(row, 3 + shift, target.weight, percent)
        if target.comment:
            sheet.write_comment(row, 1, target.comment)
    last = len(model.targets)
    rule = {"validate": "decimal", "criteria": ">", "value": model.minimum}
    sheet.data_validation(1, 1, last, 1, rule)
    look = book.add_format({"bg_color": "#FFC7CE"})
    cell_rule = {"type": "cell", "criteria": model.rule, "value": 0.3, "format": look}
    sheet.conditional_format(1, 3 + shift, last, 3 + shift, cell_rule)
    return sheet


def _write_converted(book: xlsxwriter.Workbook, model: Model) -> list[float]:
    """A sheet with one formula a target and their total; the values of its formulas."""
    sheet = book.add_worksheet("Converted")
    rate, values = ("D", "C")[not model.extra_column], []
    inputs = f"'{model.inputs_name}'" if " " in model.inputs_name else model.inputs_name
    for row, target in enumerate(model.targets):
        sheet.write_formula(row, 0, f"={inputs}!A{row + 2}", None, target.broker)
        values.append(target.price * target.rate if model.factor == "*" else target.price)
        formula = f"={inputs}!B{row + 2}{model.factor}{inputs}!{rate}{row + 2}"
        sheet.write_formula(row, 1, formula, None, values[-1])
    last = len(values)
    if model.typed_total is None:
        sheet.write_formula(last, 1, f"=SUM(B1:B{last})", None, sum(values))
    else:
        sheet.write_number(last, 1, model.typed_total)
    chart = book.add_chart({"type": model.chart_kind})
    rows = (model.chart_rows or last) - 1
    chart.add_series(
        {
            "name": "Converted",
            "categories": ["Converted", 0, 0, rows, 0],
            "values": ["Converted", 0, 1, rows, 1],
        }
    )
    chart.set_title({"name": model.chart_title})
    sheet.insert_chart("E2", chart)
    return values


def _write_summary(book: xlsxwriter.Workbook, model: Model, converted: list[float]) -> None:
    sheet = book.add_worksheet("Summary")
    total = sum(converted) if model.typed_total is None else model.typed_total
    sheet.write_string(0, 0, "Mean target")
    last = len(converted)
    sheet.write_formula(0, 1, f"=Converted!B{last + 1}/{last}", None, total / last)
    sheet.write_string(1, 0, "Discount")
    sheet.write_number(1, 1, model.discount)
    sheet.write_string(2, 0, "After discount")
    value = total / last * (1 - model.discount)
    sheet.write_formula(2, 1, "=B1*(1-discount)", None, value)
    sheet.merge_range(model.merged, "a note across three columns")
    inputs = model.inputs_name
    sheet.write_url(4, 0, model.link.format(inputs=inputs), string="to the inputs")


def with_target(model: Model, at: int, **changes: Unpack[TargetChanges]) -> Model:
    """The model with one target changed."""
    targets = list(model.targets)
    targets[at] = replace(targets[at], **changes)
    return replace(model, targets=tuple(targets))


def with_targets(model: Model, targets: list[Target]) -> Model:
    """The model with these targets."""
    return replace(model, targets=tuple(targets))
