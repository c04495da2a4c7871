"""The table of shared texts, in every spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.xlsx.reader.limits import DEFAULT_LIMITS, UnreadableFile
from reportgen.xlsx.reader.package import Package
from reportgen.xlsx.reader.shared import read_strings, unescape
from tests.xlsx.reader.raw_book import MAIN, XML, pack, parts

if TYPE_CHECKING:
    from pathlib import Path


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


def strings_of(path: Path, items: str, *, prefixed: bool = False) -> list[str]:
    xml = f'{XML}<sst xmlns="{MAIN}" count="9" uniqueCount="2">{items}</sst>'
    if prefixed:
        for tag in ("sst", "si", "t"):
            xml = xml.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}", f"</x:{tag}")
        xml = xml.replace("xmlns=", "xmlns:x=")
    pack(path, {**parts(), "xl/others.xml": xml})
    with Package(path, DEFAULT_LIMITS) as opened:
        return read_strings(opened, "xl/others.xml")


@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_texts_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    path = tmp_path_factory.mktemp("texts") / "a.xlsx"
    assert strings_of(path, items) == [unescape(text) for text in texts]


# The items, and the texts that they are
SPELLINGS = [
    ("", []),
    ("<si><r><t>rich</t></r></si>", ["rich"]),
    ("<si><t>a</t></si> <si><t>b</t></si>", ["a", "b"]),
    ("<si><t>a</t></si><si><t>b</t><rPh><t>c</t></rPh></si>", ["a", "b"]),
    ("<si><t>a</t></si><!-- <si><t>b</t></si> -->", ["a"]),
    ("<si><t>a\r\nb</t></si>", ["a\nb"]),
    ("<si><t/></si>", [""]),
    ("<si><t>a &amp; b</t></si><si><t>_x0041_ &#10; &lt;</t></si>", ["a & b", "A \n <"]),
]


@pytest.mark.parametrize(("items", "texts"), SPELLINGS)
def test_texts_are_read_however_they_are_spelt(
    tmp_path: Path, items: str, texts: list[str]
) -> None:
    path = tmp_path / "a.xlsx"
    assert strings_of(path, items) == texts
    assert strings_of(path, items, prefixed=True) == texts


@pytest.mark.parametrize(
    "items",
    [
        "<si><t>&unknown;</t></si>",
        "<si><t>&#0;</t></si>",
        "<si><t>a</t></si></sst><si><t>b</t></si>",
    ],
)
def test_a_table_that_is_not_well_formed_is_named(tmp_path: Path, items: str) -> None:
    with pytest.raises(UnreadableFile, match=r"others\.xml.*not well-formed"):
        strings_of(tmp_path / "a.xlsx", items)
