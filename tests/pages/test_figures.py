from __future__ import annotations

import pytest

from reportgen.errors import quote
from reportgen.pages.figures import plain, rounded, shown, shown_pair, signed
from reportgen.values import cut, share_decimals


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (146.3793, "USD / share", "146.38"),
        (0.2512, "%", "25.1%"),
        (8.222, "number", "8.222"),
        (8.1836, "number", "8.1836"),
        (170.0, "number", "170.00"),
        (-0.2512, "% change", "-25.1%"),
        (17.25, "x", "17.3x"),  # halves away from zero, as in the workbook
        (2.675, "USD per share", "2.68"),
        (-2.675, "money", "-2.68"),
        (0.4567, "USD", "0.4567"),  # money of any kind, as it was stated
        (37.9, "CNY bn", "37.90"),
        (23456.789, "CNY m", "23,456.8"),
        (2386.0, "m shares", "2,386.0"),
        (45991.0, "date", "2025-11-30"),
        (1.0, "1 yes, 0 no", "yes"),
        (90.0, "days", "90"),
        (-0.001, "USD / share", "0.00"),
        (None, "USD / share", "n/a"),
        (True, "", "yes"),
        ("LONG", "", "LONG"),
        (-5.0, "date", "-5.00"),
        (5.0, "date", "5.00"),  # before the first day that all programs agree on
    ],
)
def test_a_value_is_shown_as_its_unit_is_read(
    value: float | str | bool | None,  # noqa: FBT001 - one of a cell's kinds
    unit: str,
    text: str,
) -> None:
    assert shown(value, unit) == text


@pytest.mark.parametrize(
    ("old", "new", "unit", "pair"),
    [
        (0.3, 0.28, "%", ("30.0%", "28.0%")),
        (0.30001, 0.30002, "%", ("30.001%", "30.002%")),
        (1.0, 1.0 + 1e-14, "x", ("1.00000000000000x", "1.00000000000001x")),
        (5.0, 5.0, "x", ("5.0x", "5.0x")),
        (None, 5.0, "x", ("n/a", "5.0x")),
        ("PASS", "WARN", "", ("PASS", "WARN")),
        (45991.0, 45991.3, "date", ("2025-11-30", "2025-11-30")),
    ],
)
def test_different_values_look_different(
    old: float | str | None, new: float | str | None, unit: str, pair: tuple[str, str]
) -> None:
    assert shown_pair(old, new, unit) == pair


@pytest.mark.parametrize(
    ("price", "told"),
    [
        (None, "0.46"),
        (157.3, "0.46"),
        (12.0, "0.46"),
        (11.99, "0.457"),
        (1.0, "0.457"),
        (0.99, "0.4567"),
    ],
)
def test_an_amount_of_a_cheap_share_has_more_decimals(price: float | None, told: str) -> None:
    cents = share_decimals(price)
    assert shown(0.45671, "USD per share", cents=cents) == told
    assert signed(-0.45671, "USD / share", cents=cents) == f"-{told}"
    assert shown(0.45671, "ratio", cents=cents) == "45.7%"
    assert shown(9876.5, "USD m", cents=cents) == "9,876.5"


@pytest.mark.parametrize(
    ("amount", "text"), [(1.2, "+1.20"), (-1.2, "-1.20"), (0.0, "0.00"), (0.001, "0.00")]
)
def test_a_change_has_its_sign_unless_nothing_changed(amount: float, text: str) -> None:
    assert signed(amount, "USD / share") == text


def test_noise_in_the_last_bit_does_not_show() -> None:
    assert plain(0.1 + 0.2) == plain(0.3) == "0.3"


@pytest.mark.parametrize(
    ("value", "places", "found"),
    [(2.675, 2, 2.68), (-2.675, 2, -2.68), (0.5, 0, 1.0), (-0.001, 2, 0.0), (1e300, 2, 1e300)],
)
def test_halves_are_rounded_away_from_zero(value: float, places: int, found: float) -> None:
    assert rounded(value, places) == found


@pytest.mark.parametrize(
    ("text", "told"), [("", ""), ("four", "four"), ("fives", "fives"), ("sixsix", "sixs…")]
)
def test_a_text_is_cut_only_where_it_is_longer_than_may_be(text: str, told: str) -> None:
    assert cut(text, 5) == told


@pytest.mark.parametrize(("letters", "told"), [(60, "a" * 60), (61, "a" * 59 + "…")])
def test_what_a_message_quotes_is_cut_likewise(letters: int, told: str) -> None:
    assert quote("a" * letters) == f'"{told}"'
