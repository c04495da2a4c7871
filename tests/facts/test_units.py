"""Units as people write them: which currency, magnitude and share a figure is of."""

from __future__ import annotations

import math
from datetime import date

import pytest

from reportgen.facts.problems import CellError
from reportgen.facts.rows import Claim, Close
from reportgen.facts.units import (
    StatedUnit,
    magnitude_of,
    mark_fits,
    parse_currency,
    parse_unit,
    units_of,
    whole_close,
)

NAN = math.nan


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("CNY m", StatedUnit("CNY m", "CNY", 1.0, 1.0)),
        ("CNY bn", StatedUnit("CNY bn", "CNY", 1.0, 1000.0)),
        ("USDm", StatedUnit("USD m", "USD", 1.0, 1.0)),
        ("USD", StatedUnit("USD", "USD", 1.0, 1e-6)),
        ("usd", StatedUnit("USD", "USD", 1.0, 1e-6)),
        ("GBp", StatedUnit("GBP", "GBP", 100.0, 1e-6)),
        ("USD/ADS", StatedUnit("USD/ADS", "USD", 1.0, NAN, "listed")),
        ("GBp/share", StatedUnit("GBP/share", "GBP", 100.0, NAN, "share")),
        ("ZAc/share", StatedUnit("ZAR/share", "ZAR", 100.0, NAN, "share")),
        ("m", StatedUnit("m", millions=1.0)),
        ("bn", StatedUnit("bn", millions=1000.0)),
        ("Mn", StatedUnit("m", millions=1.0)),
        ("USD million", StatedUnit("USD m", "USD", 1.0, 1.0)),
        ("USD MM", StatedUnit("USD m", "USD", 1.0, 1.0)),
        ("CNY per ordinary share", StatedUnit("CNY/ORD", "CNY", 1.0, NAN, "ordinary")),
        ("usd/adr", StatedUnit("USD/ADR", "USD", 1.0, NAN, "listed")),
        ("m ORD", StatedUnit("m ORD", "", 1.0, 1.0, "ordinary")),
        ("million shares", StatedUnit("m share", "", 1.0, 1.0, "share")),
        ("ORD bn", StatedUnit("bn ORD", "", 1.0, 1000.0, "ordinary")),
        ("USD '000", StatedUnit("USD k", "USD", 1.0, 0.001)),
        ("USD in millions", StatedUnit("USD m", "USD", 1.0, 1.0)),
        ("USc/share", StatedUnit("USD/share", "USD", 100.0, NAN, "share")),
        ("ADS", StatedUnit("ADS", "", 1.0, 1e-6, "listed")),
        ("new users", StatedUnit("new users")),
        ("%", StatedUnit("ratio")),
        *(
            (word, StatedUnit(word))
            for word in ("ratio", "x", "of 10", "years", "days", "0/1", "GW")
        ),
    ],
)
def test_a_unit_tells_its_currency_and_magnitude(text: str, unit: StatedUnit) -> None:
    assert str(parse_unit(text)) == str(unit)


@pytest.mark.parametrize(
    ("words", "magnitude", "millions"),
    [
        ("k 000 '000 thousand thousands", "k", 1e-3),
        ("m mn mm mio million millions", "m", 1.0),
        ("bn b billion billions", "bn", 1e3),
        ("tn trillion trillions", "tn", 1e6),
    ],
)
def test_every_word_for_a_magnitude(words: str, magnitude: str, millions: float) -> None:
    for word in words.split():
        assert str(parse_unit(word)) == str(StatedUnit(magnitude, millions=millions))


@pytest.mark.parametrize(
    ("words", "share", "spelled"),
    [
        ("ADS, ADSs", "listed", "ADS"),
        ("ADR, ADRs", "listed", "ADR"),
        ("GDS", "listed", "GDS"),
        ("GDR", "listed", "GDR"),
        ("listed, listed share, listed shares", "listed", "listed"),
        ("ORD, ords, ordinary, ordinary share, ordinary shares", "ordinary", "ORD"),
        ("share, shares, sh", "share", "share"),
    ],
)
def test_every_word_for_a_share(words: str, share: str, spelled: str) -> None:
    for word in words.split(", "):
        money, count = parse_unit(f"USD/{word}"), parse_unit(f"m {word}")
        assert (money.share, money.text) == (share, f"USD/{spelled}")
        assert (count.share, count.text) == (share, f"m {spelled}")


@pytest.mark.parametrize(
    ("text", "kind", "in_millions", "scale"),
    [
        ("GBp", "money", "GBP m", 1e-8),
        ("USD", "money", "USD m", 1e-6),
        ("USD bn", "amount", "USD m", 1e3),
        ("GBp/share", "money a share", "GBP/share", 0.01),
        ("USD/ADS", "money a share", "USD/ADS", 1),
        ("USD/ORD", "money an ordinary share", "USD/ORD", 1),
        ("k", "count", "m", 1e-3),
        ("m ORD", "count", "m", 1),
        ("%", "pure number", "ratio", 1),
        ("x", "pure number", "x", 1),
        ("GW", "", "GW", 1),
    ],
)
def test_what_a_figure_is_by_its_unit(text: str, kind: str, in_millions: str, scale: float) -> None:
    unit = parse_unit(text)
    assert (unit.kind, unit.in_millions, unit.scale) == (kind, in_millions, pytest.approx(scale))


@pytest.mark.parametrize(
    ("currency", "adr_ratio", "units"),
    [
        ("EUR", 1, "EUR, EUR k, EUR m, EUR bn, EUR tn, EUR/share"),
        ("GBP", 8, "GBP, GBP k, GBP m, GBP bn, GBP tn, GBP/ADS, GBP/ORD, GBX"),
        ("USD", 0.5, "USD, USD k, USD m, USD bn, USD tn, USD/ADS, USD/ORD, USc, USX"),
        ("ILS", 1, "ILS, ILS k, ILS m, ILS bn, ILS tn, ILS/share, ILA"),
        ("ZAR", 1, "ZAR, ZAR k, ZAR m, ZAR bn, ZAR tn, ZAR/share, ZAc"),
    ],
)
def test_the_units_that_money_of_a_currency_may_be_stated_in(
    currency: str, adr_ratio: float, units: str
) -> None:
    assert ", ".join(units_of(currency, adr_ratio)) == units


@pytest.mark.parametrize(("quoted", "close"), [("GBX", 4.25), ("GBP", 425), ("", 425)])
def test_a_close_in_pence_is_one_in_pounds(quoted: str, close: float) -> None:
    assert whole_close(Close(date(2025, 11, 28), 425, 2), quoted).close == close


def test_a_fact_is_in_the_first_magnitude_that_is_stated_of_it() -> None:
    def claim(key: str, variant: str, unit: str) -> Claim:
        day = date(2025, 11, 28)
        return Claim(key, variant, 1, unit, "=", day, day, "wire", "", "", 2)

    claims = [
        claim("capex", "2026", "x"),
        claim("Capex", "2026", "USD bn"),
        claim("capex", "2027", "USD k"),
        claim("capex", "2026", "USD m"),
        claim("margin", "2026", "ratio"),
    ]
    found = [magnitude_of(row, claims) for row in claims]
    assert str(found) == str([1e3, 1e3, 1e-3, 1e3, NAN])


@pytest.mark.parametrize("text", ["XXX m", "RMB m", "USD lots", "USx/ADS", "Gbp"])
def test_money_of_no_currency_or_magnitude_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_unit(text)


@pytest.mark.parametrize(
    ("text", "code", "subunits"),
    [
        *((text, "GBP", 100) for text in ("GBp", "GBX", "GBx")),
        *((text, "USD", 100) for text in ("USc", "USX")),
        *((text, "ILS", 100) for text in ("ILA", "ILa")),
        *((text, "ZAR", 100) for text in ("ZAc", "ZAC")),
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
        ("x", "", True),
        ("p", "USc", False),
        ("₹", "INR m", True),
        ("zł", "PLN", True),
        ("kr", "KR", True),
        *(("$", unit, True) for unit in ("CAD", "AUD", "SGD", "TWD", "NZD")),
        *(("$", unit, True) for unit in ("MXN", "CLP", "COP", "ARS", "BRL")),
        *zip(
            ("£", "US$", "HK$", "A$", "C$", "S$", "R$", "NT$", "₩"),
            ("GBP", "USD", "HKD", "AUD", "CAD", "SGD", "BRL", "TWD", "KRW"),
            (True,) * 9,
            strict=True,
        ),
    ],
)
def test_a_mark_beside_a_number_must_agree_with_its_unit(mark: str, unit: str, fits: bool) -> None:  # noqa: FBT001 - one more column of the table
    assert mark_fits(mark, unit) is fits
