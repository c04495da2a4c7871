"""What is asked of a run: its days, its part of the companies, its limits, which are meant."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.facts.reading.universe import Slice
from reportgen.runs.batch import RunRequest, days_of
from reportgen.runs.lanes import Limits
from reportgen.runs.manifest import State, sha256_of
from reportgen.runs.selection import METHODS, selected
from reportgen.runs.state import UNIVERSE, changed_files
from tests.runs.records import manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def test_limits_are_asked_for_in_seconds_and_megabytes() -> None:
    assert RunRequest(seconds=7, megabytes=300).limits == Limits(7, 300 * 1024 * 1024)
    assert RunRequest().limits == Limits(120.0, 4 * 1024**3)


@pytest.mark.parametrize(
    ("months", "days"),
    [
        ("2024-02:2024-02", ["2024-02-29"]),
        ("2024-11:2025-02", ["2024-11-30", "2024-12-31", "2025-01-31", "2025-02-28"]),
    ],
)
def test_months_are_their_last_days(months: str, days: list[str]) -> None:
    assert [day.isoformat() for day in days_of(RunRequest(months=months))] == days


def test_no_more_than_fifty_years_of_months_are_run() -> None:
    assert len(days_of(RunRequest(months="1970-01:2019-12"))) == 600
    with pytest.raises(ReportgenError, match="601 months are more than 600"):
        days_of(RunRequest(months="1970-01:2020-01"))
    assert days_of(RunRequest(as_of="2025-11-29")) == (date(2025, 11, 29),)


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


class Part:
    """Stands for the lines of a table."""

    @staticmethod
    def content() -> tuple[bytes, ...]:
        return (b"head", b"row")


def test_a_report_is_made_of_its_files_its_history_and_its_part_of_the_universe(
    tmp_path: Path,
) -> None:
    (tmp_path / "ACME").mkdir()
    prices, news = tmp_path / "ACME/prices.csv", tmp_path / "ACME/events.csv"
    prices.write_text("Date,Close\n")
    whole = Slice("ACME", {"targets": Part()})  # type: ignore[dict-item]  # its content counts
    digests = {"ACME/prices.csv": sha256_of(prices) or "", UNIVERSE: whole.digest}
    digests["history.csv"] = hashlib.sha256(b"said").hexdigest()
    known = manifest("ACME", state=State("", "", "", "", digests))

    def changed(history: str = "said", part: Slice = whole) -> tuple[str, ...]:
        return changed_files(known, tmp_path, history, part)

    assert changed() == ()
    assert changed(history="") == changed(history="more") == ("history.csv",)
    assert changed(part=Slice("ACME")) == (UNIVERSE,)
    news.write_text("day\n")
    assert changed() == ("ACME/events.csv",)
    prices.unlink()
    assert changed() == ("ACME/events.csv", "ACME/prices.csv")
