"""Cells and sheets as they are spelt, and which addresses of pages become links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.xlsx.addresses import (
    MAX_COLS,
    MAX_ROWS,
    Ref,
    column_name,
    is_web_address,
    quoted_sheet,
    ref_a1,
    seen_from,
)
from reportgen.xlsx.references import parse_cell


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://www.sec.gov/Archives/edgar/data/1577552/a.htm", True),
        ("https://example.org", True),
        ("https://example.org:8443/a?b=1&c=%20#page=4", True),
        ("HTTPS://example.org", False),
        ("http://example.org/a", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://localhost/a", False),
        ("https://user:word@example.org/a", False),
        ("https://example.org/a b", False),
        ('https://example.org/"a"', False),
        ("https://example.org/<a>", False),
        ("https://example.org\\share", False),
        ("https://example.org/a\nb", False),
        (" https://example.org", False),
        ("see https://example.org", False),
        ("https://example.org/" + "a" * 1_980, True),
        ("https://example.org/" + "a" * 1_981, False),
        ("", False),
        ("annual report, page 12", False),
    ],
)
def test_an_address_is_a_link_only_where_it_is_safe(text: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_web_address(text) is is_one


@given(row=st.integers(0, MAX_ROWS - 1), col=st.integers(0, MAX_COLS - 1))
def test_an_address_is_read_as_it_is_printed(row: int, col: int) -> None:
    assert parse_cell(f"{column_name(col)}{row + 1}") == (row, col)


# The name of a sheet as formulas have it: bare only where it cannot be taken for anything else
@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("Prices", "Prices"), ("_x", "_x"), ("日本", "日本"), ("ABCD1", "ABCD1"),
        ("Rows1", "Rows1"),
        ("", "''"), ("It's", "'It''s'"), ("a b", "'a b'"), ("2025", "'2025'"), ("a-b", "'a-b'"),
        ("A1", "'A1'"), ("fy25", "'fy25'"), ("R", "'R'"), ("c", "'c'"), ("R1C1", "'R1C1'"),
        ("rc", "'rc'"), ("RC_x", "'RC_x'"), ("True", "'True'"), ("FALSE", "'FALSE'"),
    ],
)  # fmt: skip
def test_a_sheet_is_named_so_that_nothing_else_is_meant(name: str, quoted: str) -> None:
    assert quoted_sheet(name) == quoted
    assert seen_from(Ref(name, 6, 1, 8, 2), "Other") == f"{quoted}!B7:C9"
    assert seen_from(Ref(name, 6, 1, 8, 2), name) == "B7:C9"
    assert ref_a1(Ref(name, 6, 1, 8, 2)) == f"{quoted}!$B$7:$C$9"
    assert ref_a1(Ref.cell(name, 6, 1)) == f"{quoted}!$B$7"
