"""The Inputs tab: a row an input, an override that can be taken back, and nothing lost unseen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import BY_KEY
from reportgen.facts.policy import PolicyValue, load_policy
from reportgen.model import fundamentals
from reportgen.model.checks.completeness import BLOCK, cleared, filled_at_issue, filled_now
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, conversion, description, market_data
from reportgen.model.inputs.constants import policies
from reportgen.model.report_question import answer
from reportgen.report.tabs.inputs.layout import form_of
from reportgen.report.tabs.inputs.rows import (
    AS_OF,
    AUTHOR,
    EXPIRES,
    ISSUED,
    KEY,
    LABEL,
    LIVE,
    NOTE,
    OVERRIDE,
    REASON,
    SOURCE,
    TIER,
    UNIT,
)
from tests.report.rebuilt import pack_of, question_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.model.question import Question
    from reportgen.pipeline import Report
    from reportgen.xlsx.book import Cell, Sheet, Validation

    Reports = Callable[[str], Report]
    Row = dict[int, Cell]

PACKS = ("baba", "pence", "no_claims", "tokyo", "bare", "daily")


def sheet(report: Report) -> Sheet:
    return next(sheet for sheet in report.book.sheets if sheet.name == "Inputs")


def rows(report: Report) -> dict[str, Row]:
    """The rows of the tab by key, each with its cells by column."""
    grid: dict[int, Row] = {}
    for cell in sheet(report).cells:
        grid.setdefault(cell.row, {})[cell.col] = cell
    return {str(row[KEY].value): row for row in grid.values() if KEY in row}


def input_rows(report: Report) -> dict[str, Row]:
    return {key: row for key, row in rows(report).items() if LIVE in row and row[LIVE].formula}


def shown(row: Row, col: int) -> object:
    return row[col].value if col in row else None


@pytest.mark.parametrize("pack", PACKS)
def test_every_assumption_constant_and_rate_has_a_row(pack: str, report: Reports) -> None:
    found = set(rows(report(pack)))
    assumed = {key[len("assumption[") :].split(",")[0] for key in found if key.startswith("assu")}
    asks = question_of(pack_of(pack)).asks_for
    has_launch = report(pack).pack.company.launch is not None
    of_launch = {key for key in BY_KEY if key.startswith("launch_") and not has_launch}
    unasked = {of.key for of in BY_KEY.values() if of.method and not asks(of.method)}
    assert assumed == set(BY_KEY) - of_launch - unasked
    assert {f"policy[{key}]" for key in load_policy().values} <= found
    assert {f"fx[{rate.currency}]" for rate in report(pack).pack.rows.fx} <= found
    assert {"as_of", "company.adr_ratio"} <= found
    assert ("company.launch.date" in found) is has_launch


@pytest.mark.parametrize("pack", PACKS)
def test_live_is_the_override_where_there_is_one_and_else_the_issued_value(
    pack: str, report: Reports
) -> None:
    for key, row in input_rows(report(pack)).items():
        number = row[LIVE].row + 1
        test, otherwise = f"IF(ISNUMBER(C{number}),C{number},", f"B{number}"
        assert test in row[LIVE].formula, key
        assert otherwise in row[LIVE].formula.split(test)[1], key
        issued, override = shown(row, ISSUED), shown(row, OVERRIDE)
        expected = next((value for value in (override, issued) if value is not None), "n/a")
        assert row[LIVE].value == expected, key


@pytest.mark.parametrize("pack", PACKS)
def test_every_input_has_its_unit_and_says_where_it_comes_from(pack: str, report: Reports) -> None:
    for key, row in input_rows(report(pack)).items():
        assert shown(row, UNIT), key
        if shown(row, ISSUED) is None:
            assert shown(row, NOTE) == "not in the pack: n/a until it is filled in", key
        else:
            assert shown(row, SOURCE), key


def test_an_assumption_shows_its_day_author_and_tier(report: Reports) -> None:
    row = rows(report("baba"))["assumption[growth,bull,cloud]"]
    assert shown(row, LABEL) == "Growth: Cloud Intelligence, bull"
    assert (shown(row, ISSUED), shown(row, AS_OF)) == (0.34, 45_987.0)
    assert (shown(row, SOURCE), shown(row, TIER)) == ("house", "assumption")


def test_a_missing_number_is_a_blank_cell_and_live_n_a(report: Reports) -> None:
    row = rows(report("bare"))["assumption[peer_pe_discount,bull,]"]
    assert row[ISSUED].value is None
    assert row[LIVE].value == "n/a"


def test_an_override_in_force_stands_beside_its_input_with_author_reason_and_end(
    report: Reports,
) -> None:
    row = rows(report("tokyo"))["assumption[multiple,base,robots]"]
    assert (row[ISSUED].value, row[OVERRIDE].value, row[LIVE].value) == (3.5, 3.2, 3.2)
    assert row[AUTHOR].value == "M. Sato"
    assert row[REASON].value == "peers de-rated after the half-year results"
    assert row[EXPIRES].value == 46_081.0


def test_the_log_tells_what_became_of_every_override(report: Reports) -> None:
    states = {
        (str(row[LABEL].value), str(row[UNIT].value))
        for row in by_row(report("tokyo")).values()
        if LABEL in row and UNIT in row and str(row[LABEL].value).startswith("assumption[")
    }
    assert states == {
        ("assumption[cost_of_equity,all,]", "in force"),
        ("assumption[eps_growth,bull,]", "revoked"),
        ("assumption[eps_growth,bull,]", "revokes"),
        ("assumption[growth,base,robots]", "expired"),
        ("assumption[multiple,base,robots]", "in force"),
    }


def by_row(report: Report) -> dict[int, Row]:
    grid: dict[int, Row] = {}
    for cell in sheet(report).cells:
        grid.setdefault(cell.row, {})[cell.col] = cell
    return grid


def rule_of(report: Report, row: int, col: int) -> Validation:
    (rule,) = (
        rule
        for rule in sheet(report).validations
        for area in rule.ranges
        if area.first_row <= row <= area.last_row and area.first_col <= col <= area.last_col
    )
    return rule


@pytest.mark.parametrize("pack", PACKS)
def test_only_values_within_the_bounds_of_an_input_can_be_typed(pack: str, report: Reports) -> None:
    for key, row in input_rows(report(pack)).items():
        for col in (ISSUED, OVERRIDE):
            rule = rule_of(report(pack), row[col].row, col)
            if not key.startswith("assumption[") or rule.kind == "whole":
                continue
            bounds = BY_KEY[key[len("assumption[") :].split(",")[0]].bounds
            for value in (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 400.0):
                assert allows(rule, value) == bounds.holds(value), (key, value)


def allows(rule: Validation, value: float) -> bool:
    above = rule.low is None or (value > rule.low if rule.exclusive else value >= rule.low)
    return above and (rule.high is None or value <= rule.high)


def test_issued_values_meet_the_rules_of_their_cells(report: Reports) -> None:
    for pack in PACKS:
        for key, row in input_rows(report(pack)).items():
            rule = rule_of(report(pack), row[ISSUED].row, ISSUED)
            value = row[ISSUED].value
            assert value is None or allows(rule, float(value)), (pack, key, value)


def test_names_of_inputs_are_no_cells_and_lead_to_live_values(report: Reports) -> None:
    names = dict(report("baba").book.names)
    live = {
        f"=Inputs!$D${row[LIVE].row + 1}": key for key, row in input_rows(report("baba")).items()
    }
    assert live[names["cost_of_equity"]] == "assumption[cost_of_equity,all,]"
    assert live[names["as_of"]] == "as_of"
    inputs_named = [name for name, target in names.items() if target in live]
    assert len(inputs_named) > 35
    for name in inputs_named:
        assert re.fullmatch(r"[a-z][a-z_]{3,}", name), name


# --- a cleared cell is caught ---
def clear(line: Line, at: int | tuple[int, ...]) -> Callable[[dict[Line, Array]], None]:
    def change(given: dict[Line, Array]) -> None:
        given[line][at] = "" if line.unit is Unit.TEXT else np.nan

    return change


CLEARED = {
    "company": clear(description.adr_ratio.issued, ()),
    "currencies": clear(description.reporting_currency, ()),
    "scenarios": clear(assumptions.probability.issued, 1),
    "segments": clear(assumptions.base_currency, 0),
    "segment_growth": clear(assumptions.growth.issued, (2, 1)),
    "methods": clear(assumptions.cash_conversion.issued, ()),
    "weights": clear(assumptions.weight_pe.issued, ()),
    "exchange_rates": clear(conversion.per_euro.issued, 0),
    "closes": clear(market_data.close_date, 3),
    "results": clear(fundamentals.value.issued, 5),
    "targets": clear(price_targets.published, 2),
    "claims": clear(claims.claim_unit, 0),
    "products": clear(products.product_price.issued, 1),
}


@pytest.fixture(scope="module")
def asked() -> Question:
    return question_of(pack_of("baba"))


def counts(question: Question, change: Callable[[dict[Line, Array]], None]) -> dict[str, float]:
    """How many cells of each block are missing after a change of the issued workbook."""
    given = {line: values.copy() for line, values in question.given.items()}
    change(given)
    solved = answer(
        type(question)(
            question.case,
            question.members,
            given,
            question.lines,
            question.what_ifs,
            question.links,
        )
    )
    return dict(zip(question.members[BLOCK], solved.values[cleared].tolist(), strict=True))


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_is_missing_at_issue(pack: str, report: Reports) -> None:
    values = report(pack).solved.values
    assert values[filled_now].tolist() == values[filled_at_issue].tolist()


@pytest.mark.parametrize("block", CLEARED)
def test_a_cleared_cell_is_counted_in_its_block_and_in_no_other(
    block: str, asked: Question
) -> None:
    missing = counts(asked, CLEARED[block])
    assert missing.pop(block) == 1
    assert set(missing.values()) == {0}


def test_a_row_typed_into_a_spare_one_cannot_make_up_for_a_cleared_cell(asked: Question) -> None:
    def change(given: dict[Line, Array]) -> None:
        clear(price_targets.published, 2)(given)
        given[price_targets.broker][-1] = "A new broker"
        given[price_targets.published][-1] = 45_990.0
        given[price_targets.stated.issued][-1] = 200.0

    assert counts(asked, change)["targets"] == 1


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.25, "ratio", ("%", "ratio")),
        (0.0, "ratio", ("%", "ratio")),
        (0.0001, "ratio", ("%", "ratio")),
        (0.00009, "ratio", ("ratio", "exact")),
        (-0.00009, "ratio", ("ratio", "exact")),
        (30.0, "days", ("days", "days")),
        (6.0, "months", ("months", "count")),
        (3.0, "count", ("count", "count")),
        (1.5, "x", ("x", "multiple")),
        (1e9, "number", ("number", None)),
        (1.1e9, "number", ("number", "exact")),
        (-1.1e9, "number", ("number", "exact")),
    ],
)
def test_a_constant_is_shown_in_its_unit_and_by_its_power_of_ten_where_it_is_tiny_or_huge(
    value: float, unit: str, shown: tuple[str, str | None]
) -> None:
    form = form_of(PolicyValue("key", value, unit, "What it is", "why"))
    assert (form.unit, form.figures, form.label) == (*shown, "What it is")


def test_every_constant_of_the_policy_that_a_formula_reads_can_be_overridden(
    report: Reports,
) -> None:
    live = set(input_rows(report("baba")))
    assert {entry.key for entry in policies()} <= live
