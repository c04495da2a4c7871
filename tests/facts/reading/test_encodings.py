"""Files are read in the encodings that spreadsheets and vendors write."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.reading.encodings import guess
from tests.facts.pack_folder import PLAIN, messages

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

TARGETS = PLAIN["ACME/targets.csv"]


def with_broker(name: str) -> str:
    return TARGETS.replace("Roadrunner", name)


@pytest.mark.parametrize(
    ("content", "broker"),
    [
        (with_broker("Société Générale").encode(), "Société Générale"),
        (codecs.BOM_UTF8 + with_broker("Société Générale").encode(), "Société Générale"),
        (with_broker("中金公司").encode("utf-16"), "中金公司"),
        (codecs.BOM_UTF16_BE + with_broker("中金公司").encode("utf-16-be"), "中金公司"),
        (with_broker("Straße").encode("utf-16-le"), "Straße"),
        (with_broker("Straße").encode("utf-16-be"), "Straße"),
        (with_broker("Straße").encode("utf-32"), "Straße"),
        (with_broker("中金公司").replace("\n", "\r\n").encode(), "中金公司"),
    ],
)
def test_unicode_is_read_without_a_word(folder: PackFolder, content: bytes, broker: str) -> None:
    folder.write("targets.csv", content)
    assert list(folder.load().targets["broker"]) == ["Coyote", broker]
    assert folder.warnings() == []


@pytest.mark.parametrize(
    ("encoding", "broker"),
    [
        ("gb18030", "中金公司"),
        ("gb18030", "华泰证券 Huatai"),
        ("cp1252", "Société Générale"),
        ("cp1252", "Erste Österreichische"),
        ("cp1250", "Źródło Żółć"),
        ("cp1250", "mBank Łódź"),
    ],
)
def test_other_encodings_are_read_and_said(folder: PackFolder, encoding: str, broker: str) -> None:
    folder.write("targets.csv", with_broker(broker).encode(encoding))
    assert list(folder.load().targets["broker"]) == ["Coyote", broker]
    assert folder.warnings() == [
        (
            f"inputs/ACME/targets.csv:3 broker: is not UTF-8; it was read as {encoding.upper()}: "
            f'"{broker}"'
        )
    ]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        *(("cp1252", name) for name in ("Straße", "L’Oréal", "Kepler – Zürich", "Itaú BBA")),
        *(("cp1250", name) for name in ("Kraków Śląsk", "Łódź")),
        *(("gb18030", name) for name in ("国泰海通", "阿里巴巴集团")),
        *(("big5", name) for name in ("元大證券", "凱基證券")),
        *(("cp932", name) for name in ("野村證券", "みずほ証券")),
        ("cp1251", "ВТБ Капитал"),
        ("cp1253", "Εθνική Τράπεζα"),
        ("mac_roman", "Société Générale"),
    ],
)
def test_words_of_one_encoding_alone_are_a_sure_guess(encoding: str, name: str) -> None:
    assert guess([name.encode(encoding)]) == (encoding, "")


def test_a_letter_that_nobody_was_given_is_of_no_word() -> None:
    named = "中金公司".encode("gb18030")
    assert guess([named]).is_sure
    assert not guess([named + b"\xaa\xa1"]).is_sure  # one for private use


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1250", "Komerční banka"),
        ("cp1252", "SpareBank Øst"),
        ("cp1251", "Сбербанк"),
        ("cp949", "삼성증권"),
        ("cp1254", "Şişecam"),
        ("mac_roman", "Köln"),
        ("cp850", "Société Générale"),
        ("koi8_r", "Сбербанк"),
    ],
)
def test_words_of_several_encodings_are_no_sure_guess(encoding: str, name: str) -> None:
    assert not guess([name.encode(encoding)]).is_sure


def test_a_name_is_refused_where_the_guess_is_not_sure(folder: PackFolder) -> None:
    folder.write("targets.csv", with_broker("Øst").encode("cp1252"))
    assert folder.errors() == [
        (
            'inputs/ACME/targets.csv:3 broker: may be "Řst" (CP1250) or "Øst" (CP1252): nothing '
            "settles the encoding; expected a name in UTF-8; save the file as CSV UTF-8"
        )
    ]


def test_a_text_that_is_no_name_is_told_where_the_guess_is_not_sure(folder: PackFolder) -> None:
    row = "price,ADS,99,USD,~,,2025-11-27,wire,,Øst\n".encode("cp1252")
    folder.write("claims.csv", folder.path("claims.csv").read_bytes() + row)
    (told,) = folder.warnings(of="claims.csv")
    assert told.startswith("inputs/ACME/claims.csv:3 note: is not UTF-8; it was read as CP125")


def test_a_name_of_the_company_is_refused_where_the_guess_is_not_sure(folder: PackFolder) -> None:
    text = PLAIN["ACME/company.yaml"].replace("Acme Corporation", "Ørsted")
    folder.write("company.yaml", text.encode("cp1252"))
    (error,) = folder.errors()
    assert error.startswith("inputs/ACME/company.yaml:2: is not UTF-8; it was read as CP125")
    assert error.endswith(", which is not sure; save it as UTF-8")


def test_a_later_row_does_not_change_the_encoding(folder: PackFolder) -> None:
    folder.write("targets.csv", with_broker("中金公司"))
    before = folder.load()
    later = "2025-12-05,Bücher,1,USD,ADS,12,broker,,wire\n".encode("cp1252")
    folder.write("targets.csv", folder.path("targets.csv").read_bytes() + later)
    after = folder.load()
    assert (after.rows, after.warnings) == (before.rows, before.warnings)
    assert "is not valid UTF-8" in messages(after.later_warnings)[0]


def test_a_row_in_another_encoding_than_the_rest_is_told(folder: PackFolder) -> None:
    mixed = with_broker(
        "中金公司"
    ).encode() + "2025-11-05,Bücher,1,USD,ADS,12,broker,,wire\n".encode("cp1252")
    folder.write("targets.csv", mixed)
    assert folder.errors() == [
        (
            "inputs/ACME/targets.csv:4 broker: is not valid UTF-8; "
            "expected text in the encoding of the rest of the file; save the file as CSV UTF-8"
        )
    ]


def test_company_yaml_may_be_in_another_encoding(folder: PackFolder) -> None:
    text = PLAIN["ACME/company.yaml"].replace("Acme Corporation", "阿里巴巴集团")
    folder.write("company.yaml", text.encode("gb18030"))
    assert folder.load().company.name == "阿里巴巴集团"


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF16_LE + b"a\x00b\x00\x00\xd8c\x00",
        codecs.BOM_UTF8 + b"published,broker\xff",
    ],
)
def test_bytes_that_break_their_own_encoding_are_told(folder: PackFolder, content: bytes) -> None:
    folder.write("targets.csv", content)
    (error,) = folder.errors()
    assert "is not valid UTF-" in error
    assert "save it as CSV UTF-8" in error


def test_separators_and_spellings_of_a_continental_spreadsheet_are_read(folder: PackFolder) -> None:
    folder.write("targets.csv", TARGETS.replace(",", ";").replace("130", "1.130,5"))
    assert list(folder.load().targets["target"]) == [1130.5, 110]


def test_tabs_separate_too(folder: PackFolder) -> None:
    folder.write("targets.csv", TARGETS.replace(",", "\t"))
    assert len(folder.load().targets) == 2
