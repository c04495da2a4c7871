"""What the tree alone tells: where n/a may stand as text or as error, what is huge or positive."""

from __future__ import annotations

import pytest

from reportgen.expr import functions as f
from reportgen.expr.formula import template
from reportgen.expr.nodes import NA, Call, Linked, Node, Previous, Unit
from reportgen.expr.traits import (
    Traits,
    alike,
    asserted,
    is_boolean,
    is_bounded,
    is_text,
    is_truth,
    line_may_be_na,
    powers_plainly,
    traits,
)
from tests.expr.small import CASE, ROW, STEP, formula, given, line, live, sure

A, S = live("a"), sure("s")
G, T = given("g"), given("t", unit=Unit.TEXT)
ROWS, KNOWN, TYPED = live("rows", ROW), sure("known", ROW), given("typed", ROW)
SURE = Traits()
AS_TEXT = Traits(may_be_text=True)
AS_ERROR = Traits(may_err=True)
BOTH = Traits(may_be_text=True, may_err=True)

TRAITS = {
    "a constant": (f.node(1), SURE),
    "n/a itself": (NA, AS_TEXT),
    "a typed number": (G, AS_TEXT),
    "a typed text": (T, SURE),
    "a line that may be n/a": (A, AS_TEXT),
    "a line that is never n/a": (S, SURE),
    "arithmetic of what may be n/a": (A + 1, AS_ERROR),
    "arithmetic of what is never n/a": (S + 1, SURE),
    "a quotient": (S / S, AS_ERROR),
    "a quotient by a constant": (S / 12, SURE),
    "a quotient by the constant 0": (S / 0, AS_ERROR),
    "a product that may overflow": (S * S, AS_ERROR),
    "a product with a flag": (S * (S > 1), SURE),
    "a plain power": (2**S, AS_ERROR),
    "a guarded power": (S**S, BOTH),
    "a logarithm": (f.ln(S), AS_ERROR),
    "a comparison": (A > 1, AS_ERROR),
    "a question whether it is known": (f.known(A / S), SURE),
    "a choice by what may be n/a": (f.where(A > 1, 1, 0), AS_ERROR),
    "a choice of n/a": (f.where(S > 1, S, NA), AS_TEXT),
    "a choice of what is known to be known": (f.where(f.known(A), A, 0), SURE),
    "a choice of it in two conditions": (f.where(f.known(A) & (S > 1), A, 0), SURE),
    "the smaller": (f.minimum(A, S), AS_ERROR),
    "a day moved": (f.months_before(S, 6), BOTH),
    "a number as text": (f.fixed(A, 2), SURE),
    "a joined text": (f.concat(A, A / S), SURE),
    "a plotted value": (f.plotted(A), AS_TEXT),
    "a total of what may be n/a": (f.total(ROWS, ROW), AS_TEXT),
    "a total of what is never n/a": (f.total(KNOWN, ROW), SURE),
    "a sum of what is known": (f.sum_known(ROWS, ROW), SURE),
    "a mean": (f.mean(KNOWN, ROW), AS_ERROR),
    "a minimum over rows": (f.smallest(KNOWN, ROW), AS_TEXT),
    "a sum under a sure condition": (f.sum_where(ROW, f.each(KNOWN) > S, ROWS), SURE),
    "a sum under an unsure condition": (f.sum_where(ROW, f.each(KNOWN) > A, ROWS), AS_ERROR),
    "a value looked up by day": (f.as_of(KNOWN, ROWS, S), BOTH),
    "a known value looked up by day": (f.as_of(KNOWN, KNOWN, S), AS_ERROR),
    "a member picked": (f.pick(KNOWN, ROW, S), BOTH),
    "the member before": (Previous("x", STEP, S), AS_TEXT),
    "cases of which one may be n/a": (f.by(CASE, bear=S, base=A, bull=1), AS_TEXT),
}


@pytest.mark.parametrize("said", TRAITS)
def test_the_tree_tells_how_n_a_may_show(said: str) -> None:
    expr, expected = TRAITS[said]
    assert traits(expr) == expected


@pytest.mark.parametrize("said", TRAITS)
def test_a_formula_is_caught_only_where_an_error_may_arise(said: str) -> None:
    expr, expected = TRAITS[said]
    if not isinstance(expr, Previous | f.By):
        assert formula(expr).startswith("IFERROR(") is (
            expected.may_err or said == "a number as text"
        )


def test_a_line_may_be_n_a_where_its_expression_may_or_a_number_is_typed() -> None:
    assert [line_may_be_na(one) for one in (A, S, G, T)] == [True, False, True, False]


BOUNDED = {
    "a constant": (f.node(12), True),
    "a typed number": (G, False),
    "what is typed, or 0": (S, False),
    "a flag": (f.where(S > 0, 1, 0), True),
    "a line of flags": (line("flag", f.where(S > 0, 1, 0)), True),
    "a sum of flags": ((S > 0) + (S < 9) * 2 - f.known(G), True),
    "a count": (f.count_known(ROWS, ROW), True),
    "a count under a condition": (f.count_where(ROW, f.each(KNOWN) > 0), True),
    "a sum of flags over rows": (f.sum_known(line("flags", KNOWN > 0, ROW), ROW), True),
    "a sum of anything over rows": (f.sum_known(KNOWN, ROW), False),
    "a sum of anything under a condition": (f.sum_where(ROW, f.each(KNOWN) > 0, KNOWN), False),
    "a flag or what is typed": (f.where(S > 0, 1, G), False),
    "a sum of a flag and what is typed": ((S > 0) + G, False),
    "the larger of 1 and what is typed": (f.maximum(1, G), False),
    "a quotient of counts": (f.node(1) / f.node(2), False),
    "cases": (f.by(CASE, bear=1, base=2, bull=3), True),
    "cases of which one is typed": (f.by(CASE, bear=1, base=G, bull=3), False),
    "a member": (f.at(given("typed cases", CASE), CASE, "bull"), False),
}


@pytest.mark.parametrize("said", BOUNDED)
def test_the_tree_tells_what_cannot_be_huge(said: str) -> None:
    expr, expected = BOUNDED[said]
    assert is_bounded(expr) is expected


BASE = 1 + A
POSITIVE = line("positive", f.where(BASE > 0, BASE, NA))
POWERS = {
    "of a positive constant": (2**A, True),
    "of a negative constant": ((-2) ** A, False),
    "of anything": (A**S, False),
    "with a whole exponent": (A**3, True),
    "with the exponent 1": (A**1, True),
    "with the exponent 0": (A**0, False),
    "with half an exponent": (A**0.5, False),
    "of a line that is positive or n/a": (POSITIVE**S, True),
    "of one member of such a line": (f.spot(POSITIVE) ** S, True),
    "of the larger of something and 1": (f.maximum(A, 1) ** S, True),
    "of the smaller of something and 1": (f.minimum(A, 1) ** S, False),
    "of a sum of what is positive": ((POSITIVE + 1) ** S, True),
    "of what is positive or else 1": (f.where(A > 0, A, 1) ** S, True),
    "of what is positive or else anything": (f.where(A > 0, A, S) ** S, False),
    "of cases of which one may vanish": (f.by(CASE, bear=1, base=A, bull=2) ** S, False),
    "of the constant 0": (0**A, False),
    "of the larger of two that may vanish": (f.maximum(A, 0) ** S, False),
    "of a product, which may vanish": ((POSITIVE * POSITIVE) ** S, False),
    "of cases that all are positive": (f.by(CASE, bear=1, base=POSITIVE, bull=2) ** S, True),
}


@pytest.mark.parametrize("said", POWERS)
def test_the_tree_tells_which_powers_every_program_computes_alike(said: str) -> None:
    power, expected = POWERS[said]
    assert isinstance(power, Call)
    assert powers_plainly(power) is expected


@pytest.mark.parametrize(
    "condition",
    [BASE > 0, 0 < 1 + A, (1 + A > 1) & (S > 0), f.known(A) & (1 + A > 0)],  # noqa: SIM300
)
def test_a_condition_around_a_power_may_say_that_its_base_is_positive(condition: Node) -> None:
    assert formula(f.where(condition, (1 + A) ** S, NA)).count("n/a") == 2
    assert formula(f.where(condition, (2 + A) ** S, NA)).count("n/a") == 3


def test_nodes_written_alike_are_alike() -> None:
    cases = given("cases", CASE)
    assert alike(1 + A, 1 + A)
    assert alike(f.at(cases, CASE, "bull"), f.at(cases, CASE, "bull"))
    assert not alike(1 + A, 2 + A)
    assert not alike(1 + A, 1 - A)
    assert not alike(f.at(cases, CASE, "bull"), f.at(cases, CASE, "bear"))
    assert not alike(live("a"), A)


def test_what_a_condition_asserts() -> None:
    comparison = A > S
    assert asserted(f.known(G) & comparison) == {G, A, S, comparison}
    assert asserted(f.known(G) | comparison) == set()


def test_which_nodes_are_truths_and_which_are_texts() -> None:
    assert is_boolean(S > 1)
    assert is_truth((S > 1) * f.known(A))
    assert not is_truth((S > 1) * A)
    assert all(is_text(one) for one in (T, f.node("a"), f.concat(T), f.where(S > 1, NA, "x")))
    assert not any(is_text(one) for one in (S, NA, f.same(T, "x"), f.where(S > 1, NA, 1)))
    assert is_text(f.by(CASE, bear="a", base="b", bull=NA))
    assert is_text(f.previous("x", STEP, "first"))


def test_a_condition_over_rows_refuses_a_column_that_may_be_n_a() -> None:
    with pytest.raises(TypeError, match=r"reads =rows, which may be n/a: ask or_zero\(\) of it"):
        formula(f.count_where(ROW, f.each(ROWS) > 0))


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        (S > 0, "reads no column: say each"),
        (f.where(f.each(KNOWN) > 0, 1, 0), "no way to print where over rows: give it a line"),
        (f.known(f.each(KNOWN)), "no way to print known over rows"),
        (f.each(KNOWN) ** 2 > 0, "no way to print pow over rows"),
    ],
)
def test_a_condition_over_rows_refuses_what_is_not_mapped_over_rows(
    condition: Node, complaint: str
) -> None:
    with pytest.raises(TypeError, match=complaint):
        formula(f.count_where(ROW, condition))


def test_a_total_of_typed_cells_is_n_a_if_one_is_cleared() -> None:
    expected = 'IF(COUNT(typed[row])<ROWS(typed[row])*COLUMNS(typed[row]),"n/a",SUM(typed[row]))'
    assert formula(f.total(TYPED, ROW)) == expected
    expected = 'IF(COUNTIF(rows[row],"n/a")>0,"n/a",SUM(rows[row]))'
    assert formula(f.total(ROWS, ROW)) == expected


def test_a_typed_cell_that_is_found_may_be_blank() -> None:
    found = "INDEX(typed[row],s)"
    expected = f'IFERROR(IF(s>=1,IF(ISNUMBER({found}),{found},"n/a"),"n/a"),"n/a")'
    assert formula(f.pick(TYPED, ROW, S)) == expected


@pytest.mark.parametrize(
    ("expr", "complaint"),
    [
        (Linked(), "no way to print Linked"),
    ],
)
def test_what_no_formula_can_say_is_named(expr: Node, complaint: str) -> None:
    with pytest.raises(TypeError, match=complaint):
        formula(expr)


def test_what_is_typed_has_no_formula() -> None:
    with pytest.raises(ValueError, match="g is given: it has no formula"):
        template(G, (), first=False)


def test_a_dimension_and_a_line_show_their_names_in_errors() -> None:
    assert (repr(CASE), repr(A)) == ("case", "Line(=a)")
