"""A package is complete before it may take the place of a file."""

from __future__ import annotations

import pytest

from reportgen.xlsx.book import WorkbookError
from reportgen.xlsx.text import ESCAPE_SURROGATES
from reportgen.xlsx.writer import workbook
from reportgen.xlsx.writer.workbook import missing_parts, packed, render
from tests.xlsx.writer.samples import everything
from tests.xlsx.writer.stock import parts

PARTS = parts(render(everything()))


def test_a_complete_package_lacks_nothing_and_survives_packing() -> None:
    assert missing_parts(PARTS) == []
    assert parts(packed(PARTS)) == PARTS


@pytest.mark.parametrize("lost", [name for name in PARTS if not name.endswith(".rels")])
def test_any_part_that_is_lost_is_missed(lost: str) -> None:
    rest = {name: content for name, content in PARTS.items() if name != lost}
    assert lost in missing_parts(rest)


def test_links_out_of_the_package_are_not_parts() -> None:
    link = b'<Relationship Id="rId1" Target="https://example.com" TargetMode="External"/>'
    assert missing_parts(PARTS | {"xl/worksheets/_rels/sheet9.xml.rels": link}) == []


def test_an_incomplete_package_is_never_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "missing_parts", lambda _: ["xl/styles.xml"])
    with pytest.raises(WorkbookError, match=r"would lack xl/styles\.xml"):
        render(everything())


def test_the_handler_of_surrogates_is_for_writing_only() -> None:
    assert "\ud800!".encode("utf-8", ESCAPE_SURROGATES) == b"_xD800_!"
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", ESCAPE_SURROGATES)
