from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.problems import CellError
from reportgen.facts.reading.numbers import decimal_sign, parse_number


@pytest.mark.parametrize(
    ("spelled", "value", "mark"),
    [
        ("157.3", 157.3, ""),
        ("-21840", -21840, ""),
        ("+5", 5, ""),
        ("1e5", 100_000, ""),
        (".5", 0.5, ""),
        ("1,234.56", 1234.56, ""),
        ("1.234,56", 1234.56, ""),
        ("11,980,150", 11_980_150, ""),
        ("12,34,567", 1_234_567, ""),
        ("1 234,5", 1234.5, ""),
        ("1\u00a0234\u202f567", 1_234_567, ""),
        ("1'234.5", 1234.5, ""),
        ("12,5", 12.5, ""),
        ("0,123", 0.123, ""),
        ("(12.3)", -12.3, ""),
        ("\u221212.3", -12.3, ""),
        ("15%", 15, "%"),
        ("(5%)", -5, "%"),
        ("(5)%", -5, "%"),
        ("21.0x", 21, "x"),
        ("21×", 21, "x"),
        ("$74.62", 74.62, "$"),
        ("-$74.62", -74.62, "$"),
        ("($74.62)", -74.62, "$"),
        ("HK$212.7", 212.7, "HK$"),
        ("€ 136", 136, "€"),
        ("USD 157", 157, "USD"),
    ],
)
def test_a_number_is_read_as_people_spell_it(spelled: str, value: float, mark: str) -> None:
    assert parse_number(spelled) == (value, mark)


@pytest.mark.parametrize(
    "spelled", ["", " ", "-", "–", "—", "n/a", "N/A", "#N/A", "#N/A N/A", "NM", "nan", "null"]
)
def test_what_exports_write_for_missing_is_missing_and_not_zero(spelled: str) -> None:
    assert math.isnan(parse_number(spelled).value)


@pytest.mark.parametrize(
    "spelled",
    [
        *("2OO", "abc", "inf", "1_000", "1.2.3", "1,23,4", "--5", "5)", "(5", "(-5)", "1 2", "5%%"),
        *("#REF!", "#DIV/0!", "=1+1", "1.2K", "١٢", "12\x00", "$5%", "1e999", "9" * 19),
    ],
)
def test_what_is_no_number_is_refused(spelled: str) -> None:
    with pytest.raises(CellError):
        parse_number(spelled)


def test_a_number_with_two_readings_is_refused_with_both() -> None:
    with pytest.raises(CellError) as raised:
        parse_number("1,234", decimal=None)
    assert raised.value.found == '"1,234" can be read as 1234 or 1.234'


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["1,234", "12.5"], "."),
        (["1.234", "12,5"], ","),
        (["1.234.567"], ","),
        (["1,234", "56"], "?"),
        (["12,5", "12.5"], None),
        ([], "?"),
        (["approx.", "n.b", ",", "-."], "?"),  # no digit says what its sign is
        (["approx.", ".5"], "."),
        (["5,", "appr., of late"], ","),
    ],
)
def test_a_files_decimal_sign_is_settled_by_the_cells_that_allow_only_one(
    cells: list[str], sign: str | None
) -> None:
    assert decimal_sign(cells, "?") == sign


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_every_number_survives_the_shortest_spelling_that_is_exact(value: float) -> None:
    assert parse_number(repr(value)) == (value, "")


@given(st.integers(0, 10**15), st.integers(0, 99), st.sampled_from([(",", "."), (".", ",")]))
def test_thousands_and_decimals_are_told_apart(
    whole: int, cents: int, signs: tuple[str, str]
) -> None:
    thousands, decimal = signs
    spelled = f"{whole:,}".replace(",", thousands) + f"{decimal}{cents:02}"
    assert parse_number(spelled, decimal).value == float(f"{whole}.{cents:02}")


@given(st.text(max_size=12) | st.text("15.,ab- ", max_size=6))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    assert decimal_sign([text], "?") in {"?", ".", ","}
    try:
        value = parse_number(text).value
    except CellError:
        return
    assert math.isnan(value) or abs(value) <= 1e18
