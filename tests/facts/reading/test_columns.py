"""What a cell of each kind may hold, at the edge of what it may."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.near_misses import is_near
from reportgen.facts.problems import CellError
from reportgen.facts.reading.columns import (
    CURRENCY,
    METRIC,
    NOTE,
    QUALIFIER,
    UNIT,
    choice_column,
    choice_value,
    currency_value,
    maybe_column,
    name_value,
    number_column,
    number_value,
    text_value,
    unit_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.facts.reading.columns import Column

KIND = choice_column("kind", "Rise", "fall", default="fall", up="Rise")
AMOUNT = number_column("value", "unit", "an amount", needed=True)
MAYBE = number_column("weight", "=ratio", "a weight", default="0.5")
OPEN = number_column("change", "=ratio", "a change")


@pytest.mark.parametrize("text", ["", "x" * 32_767, "\U0001f600" * 16_383 + "x"])
def test_a_text_is_as_long_as_a_cell_may_be(text: str) -> None:
    assert text_value(NOTE, f" {text}\n") == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x" * 32_768, "holds 32,768 characters"),
        ("\U0001f600" * 16_384, "holds 32,768 characters, some of which count as two"),
    ],
)
def test_a_longer_text_is_refused(text: str, found: str) -> None:
    with pytest.raises(CellError) as refused:
        text_value(NOTE, text)
    assert refused.value.found == found
    assert refused.value.expected == "at most 32,767, the most a cell holds"


@pytest.mark.parametrize(
    ("column", "read"),
    [(NOTE, "=1+1"), (METRIC, "=1+1"), (maybe_column("trigger"), "'=1+1"), (KIND, "'=1+1")],
)
def test_only_words_are_kept_from_spreadsheets_by_a_mark(column: Column, read: str) -> None:
    assert text_value(column, "'=1+1") == read


@pytest.mark.parametrize(
    ("sign", "told", "remedy"),
    [
        ("\n", "a line break or control character", ""),
        ("\x07", "a line break or control character", ""),
        ("\x7f", "a line break or control character", "type it anew"),
        ("\u2028", "a line break or control character", "type it anew"),
        ("\u2029", "a line break or control character", "type it anew"),
        ("\u202e", "an invisible direction mark (U+202E)", "type it anew"),
        ("\u2066", "an invisible direction mark (U+2066)", "type it anew"),
        ("\u200e", "an invisible direction mark (U+200E)", "type it anew"),
        ("\u200b", "an invisible mark (U+200B)", "type it anew"),
        ("\ufeff", "an invisible mark (U+FEFF)", "type it anew"),
        ("\u00a0", "a space of its own kind (U+00A0)", "type it anew"),
        ("\u3000", "a space of its own kind (U+3000)", "type it anew"),
    ],
)
def test_what_nobody_sees_in_a_name_is_told_by_its_kind(sign: str, told: str, remedy: str) -> None:
    assert name_value(METRIC, " net cash ") == "net cash"
    with pytest.raises(CellError) as refused:
        name_value(METRIC, f"net{sign}cash")
    assert refused.value.found.endswith(f" holds {told}")
    assert (refused.value.expected, refused.value.remedy) == ("text on one line", remedy)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Rise", "Rise"),
        ("RISE", "Rise"),
        (" fall ", "fall"),
        ("UP", "Rise"),
        ("", "fall"),
        ("n/a", "fall"),
    ],
)
def test_a_choice_is_read_in_the_spelling_of_the_contract(text: str, meant: str) -> None:
    assert choice_value(KIND, text) == meant


@pytest.mark.parametrize(
    ("column", "text", "found", "expected"),
    [
        (KIND, "down", "'down' is not a kind", "Rise or fall"),
        (choice_column("side", "a", "b"), "", "is blank", "a or b"),
        (choice_column("side", "a", "b"), "n/a", "'n/a' is not a side", "a or b"),
        (QUALIFIER, ">=", "'>=' is not a qualifier", "= or ~ or > or <"),
    ],
)
def test_another_choice_is_refused_with_those_there_are(
    column: Column, text: str, found: str, expected: str
) -> None:
    with pytest.raises(CellError) as refused:
        choice_value(column, text)
    assert (refused.value.found.replace('"', "'"), refused.value.expected) == (found, expected)


@pytest.mark.parametrize(
    ("column", "text", "unit", "value"),
    [
        (AMOUNT, "1.5", "USD m", 1.5),
        (AMOUNT, "15%", "ratio", 0.15),
        (AMOUNT, "15%", "%", 0.15),
        (AMOUNT, "15", "%", 0.15),
        (AMOUNT, "2x", "x", 2.0),
        (AMOUNT, "-3", "USD/share", -3.0),
        (AMOUNT, "$5", "USD m", 5.0),
        (AMOUNT, "2x", "", 2.0),
        (number_column("value", "=x", "a multiple"), "2x", "x", 2.0),
        (MAYBE, "", "ratio", 0.5),
        (MAYBE, "n/a", "ratio", 0.5),
        (MAYBE, "0.25", "ratio", 0.25),
        (OPEN, "", "ratio", math.nan),
        (OPEN, "n/a", "ratio", math.nan),
    ],
)
def test_a_number_is_read_in_its_unit(column: Column, text: str, unit: str, value: float) -> None:
    assert number_value(column, text, unit, None) == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("", "USD m", "is blank"),
        ("n/a", "USD m", "'n/a' is no value"),
        ("15%", "USD m", "'15%' is marked %, but the row's unit is 'USD m'"),
        ("2x", "ratio", "'2x' is marked x, but the row's unit is 'ratio'"),
        ("$5", "", "'$5' is marked $, and the row states no unit"),
        ("five", "USD m", "'five' is not a number"),
    ],
)
def test_a_number_that_its_unit_contradicts_is_refused(text: str, unit: str, found: str) -> None:
    with pytest.raises(CellError) as refused:
        number_value(AMOUNT, text, unit, None)
    assert refused.value.found.replace('"', "'") == found


@pytest.mark.parametrize(
    ("read", "column"),
    [
        (text_value, METRIC),
        (name_value, METRIC),
        (unit_value, UNIT),
        (currency_value, CURRENCY),
    ],
)
def test_what_a_row_needs_is_not_blank(read: Callable[[Column, str], str], column: Column) -> None:
    with pytest.raises(CellError) as refused:
        read(column, "  ")
    assert (refused.value.found, refused.value.remedy) == ("is blank", "fill it in")
    assert refused.value.expected == column.expected != ""


def test_a_currency_that_may_be_blank_is_read_as_none() -> None:
    assert currency_value(maybe_column("currency"), " ") == ""
    assert currency_value(CURRENCY, " USD ") == "USD"
    with pytest.raises(CellError):
        currency_value(CURRENCY, "dollars and cents")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("abcd", "abce", False),  # four letters: none may differ
        ("abcd", "abcd", True),
        ("abcde", "abcdf", True),  # five: one
        ("abcde", "abcfg", False),
        ("abcde", "abcdefg", False),
        ("abcdefgh", "abcdefij", False),
        ("abcdefghi", "abcdefgjk", True),  # nine: two
        ("abcdefghi", "abcdefjkl", False),
        ("abcdefghi", "abcdefghijk", True),
        ("abcdefghi", "abcdefghijkl", False),
        ("abcdefgh", "abcdefghij", False),  # the shorter one counts
    ],
)
def test_how_many_letters_leave_a_name_recognisable(one: str, other: str, *, near: bool) -> None:
    assert is_near(one, other) is is_near(other, one) is near
