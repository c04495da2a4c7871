from __future__ import annotations

import math

import pytest

from reportgen.facts.problems import CellError
from reportgen.facts.units import Unit, mark_fits, parse_currency, parse_unit

NAN = math.nan


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("CNY m", Unit("CNY m", "CNY", 1.0, 1.0)),
        ("CNY bn", Unit("CNY bn", "CNY", 1.0, 1000.0)),
        ("USDm", Unit("USD m", "USD", 1.0, 1.0)),
        ("USD", Unit("USD", "USD", 1.0, 1e-6)),
        ("usd", Unit("USD", "USD", 1.0, 1e-6)),
        ("GBp", Unit("GBP", "GBP", 100.0, 1e-6)),
        ("USD/ADS", Unit("USD/ADS", "USD", 1.0, NAN, "listed")),
        ("GBp/share", Unit("GBP/share", "GBP", 100.0, NAN, "share")),
        ("ZAc/share", Unit("ZAR/share", "ZAR", 100.0, NAN, "share")),
        ("m", Unit("m", millions=1.0)),
        ("bn", Unit("bn", millions=1000.0)),
        ("Mn", Unit("m", millions=1.0)),
        ("USD million", Unit("USD m", "USD", 1.0, 1.0)),
        ("USD MM", Unit("USD m", "USD", 1.0, 1.0)),
        ("CNY per ordinary share", Unit("CNY/ORD", "CNY", 1.0, NAN, "ordinary")),
        ("usd/adr", Unit("USD/ADR", "USD", 1.0, NAN, "listed")),
        ("m ORD", Unit("m ORD", "", 1.0, 1.0, "ordinary")),
        ("million shares", Unit("m share", "", 1.0, 1.0, "share")),
        ("ORD bn", Unit("bn ORD", "", 1.0, 1000.0, "ordinary")),
        ("USD '000", Unit("USD k", "USD", 1.0, 0.001)),
        ("USD in millions", Unit("USD m", "USD", 1.0, 1.0)),
        ("USc/share", Unit("USD/share", "USD", 100.0, NAN, "share")),
        ("ADS", Unit("ADS", "", 1.0, 1e-6, "listed")),
        ("new users", Unit("new users")),
        ("%", Unit("ratio")),
        *((word, Unit(word)) for word in ("ratio", "x", "of 10", "years", "days", "0/1", "GW")),
    ],
)
def test_a_unit_tells_its_currency_and_magnitude(text: str, unit: Unit) -> None:
    assert str(parse_unit(text)) == str(unit)


@pytest.mark.parametrize("text", ["XXX m", "RMB m", "USD lots", "USx/ADS", "Gbp"])
def test_money_of_no_currency_or_magnitude_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_unit(text)


@pytest.mark.parametrize(
    ("text", "code", "subunits"),
    [
        ("GBp", "GBP", 100),
        ("GBX", "GBP", 100),
        ("ILA", "ILS", 100),
        ("ZAc", "ZAR", 100),
        ("GBP", "GBP", 1),
        ("gbp", "GBP", 1),
        ("CNH", "CNH", 1),
    ],
)
def test_a_subunit_is_a_hundredth_of_its_currency(text: str, code: str, subunits: float) -> None:
    assert parse_currency(text) == (code, subunits)


@pytest.mark.parametrize("text", ["", "Gbp", "US$", "EURO", "../x", "USD "])
def test_what_is_no_currency_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_currency(text)


@pytest.mark.parametrize(
    ("mark", "unit", "fits"),
    [
        ("$", "USD", True),
        ("$", "USD m", True),
        ("$", "HKD", True),
        ("$", "EUR", False),
        ("€", "EUR", True),
        ("¥", "CNY bn", True),
        ("¥", "JPY", True),
        ("HK$", "USD", False),
        ("USD", "USD m", True),
        ("CNY", "USD", False),
        ("%", "ratio", True),
        ("%", "x", False),
        ("x", "x", True),
        ("x", "ratio", False),
        ("$", "ratio", False),
        ("$", "", True),
        ("p", "GBp", True),
        ("p", "GBP", False),
        ("£", "GBp", False),
        ("GBX", "GBp", True),
        ("GBP", "GBp", False),
    ],
)
def test_a_mark_beside_a_number_must_agree_with_its_unit(mark: str, unit: str, fits: bool) -> None:  # noqa: FBT001 - one more column of the table
    assert mark_fits(mark, unit) is fits
