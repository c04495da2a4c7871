"""Only an https address of a named host becomes a link; all else stays a text."""

from __future__ import annotations

import pytest

from reportgen.xlsx.addresses import is_web_address


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
