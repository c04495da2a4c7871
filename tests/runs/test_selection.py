"""Which companies are meant: by selectors, by tickers, by those of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.runs.selection import METHODS, selected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Known:
    """A company, and what is known of it by METHODS."""

    ticker: str
    said: Mapping[str, tuple[str, ...]]

    def values_of(self, method: str) -> Iterable[str]:
        return self.said.get(method, ())


COMPANIES = (
    Known("ACME", {"tag": ("AI", "us"), "state": ("new",)}),
    Known("BOLT", {"tag": ("us",), "state": ("stale",), "stance": ("SHORT",)}),
    Known("7203.T", {"tag": ("autos",)}),
)


@pytest.mark.parametrize(
    ("tickers", "select", "exclude", "meant"),
    [
        ("", "", "", "ACME BOLT 7203.T"),
        ("ACME", "", "", "ACME"),
        ("*T", "", "", "BOLT 7203.T"),
        ("", "tag:ai", "", "ACME"),
        ("", "tag:u*", "", "ACME BOLT"),
        ("7203.T", "stance:short", "", "BOLT 7203.T"),  # a union
        ("", "tag:us,state:new", "", "ACME"),  # an intersection
        ("", "tag:us, B*", "", "BOLT"),
        ("", "", "tag:us", "7203.T"),
        ("ACME", "tag:us", "A*", "BOLT"),
        ("", "acme", "", ""),  # a ticker as it is spelt
    ],
)
def test_companies_are_meant_by_selectors(
    tickers: str, select: str, exclude: str, meant: str
) -> None:
    parts = ([text] if text else [] for text in (tickers, select, exclude))
    assert " ".join(one.ticker for one in selected(COMPANIES, *parts)) == meant


def test_a_file_of_tickers_may_hold_remarks(tmp_path: Path) -> None:
    listed = tmp_path / "desk.txt"
    listed.write_text("\ufeffACME # the first\n\n# BOLT\n 7203.T \n")
    found = selected(COMPANIES, (), (f"@{listed}",), ())
    assert [one.ticker for one in found] == ["ACME", "7203.T"]
    listed.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReportgenError, match=r"desk\.txt: cannot be read: not text in UTF-8"):
        selected(COMPANIES, (), (f"@{listed}",), ())
    listed.unlink()
    with pytest.raises(ReportgenError, match=r"desk\.txt: cannot be read: No such file.*a line$"):
        selected(COMPANIES, (), (f"@{listed}",), ())


@pytest.mark.parametrize(
    ("select", "told"),
    [
        ("stnce:us", "did you mean stance?"),
        ("zz:us", f"expected {', '.join(f'{one}:...' for one in METHODS)}"),
        ("tag:us,", '--select "tag:us,": a part of it is empty'),
    ],
)
def test_what_is_no_selector_is_told(select: str, told: str) -> None:
    with pytest.raises(ReportgenError) as raised:
        selected(COMPANIES, (), (select,), ())
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("ticker", "told"),
    [
        ("ACNE", '"ACNE": no company of the inputs; did you mean ACME?'),
        ("ZZ*", '"ZZ*": no company of the inputs; reportgen ls lists them'),
    ],
)
def test_a_ticker_of_no_company_is_told(ticker: str, told: str) -> None:
    with pytest.raises(ReportgenError) as raised:
        selected(COMPANIES, ("BOLT", ticker), (), ())
    assert str(raised.value) == told
