"""Rates and benchmarks of the market: what a file adds, what differs, how a file begins."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.reading.price_layouts import known_price_columns
from reportgen.facts.reading.text_files import split
from reportgen.intake.contents import Bars, CloseTable, Rates, content_of
from reportgen.intake.market import brought_benchmark, brought_rates
from reportgen.intake.records import Import
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.intake.records import Brought

TODAY = date(2026, 3, 5)
STANDING = "Date,USD,GBP\n2026-03-02,1.1,0.8\n2026-03-03,1.2,\n"


@pytest.fixture
def asked(tmp_path: Path) -> Import:
    (tmp_path / "inputs/market").mkdir(parents=True)
    return Import(TODAY, tmp_path / "inputs")


def rates(asked: Import, *offered: str) -> Brought:
    contents = [
        content_of(asked.inputs / f"f{at}.csv", text.encode(), "rates")
        for at, text in enumerate(offered)
    ]
    return brought_rates([one for one in contents if isinstance(one, Rates)], asked)


@pytest.mark.parametrize(
    ("offered", "lines", "doubts"),
    [
        (("Date,USD,GBP\n2026-03-04,1.3,0.9\n",), ["2026-03-04,1.3,0.9"], []),
        (("Date,GBP,USD\n2026-03-04,0.9,1.3\n",), ["2026-03-04,1.3,0.9"], []),
        (("Date,USD,CHF\n2026-03-04,1.3,0.9\n",), ["2026-03-04,1.3,"], []),
        (("Date,CHF\n2026-03-04,0.9\n",), [], []),  # no currency of the file
        (("Date,USD,GBP\n2026-03-05,1.3,0.9\n2026-03-06,1.3,0.9\n",), [], []),  # not over
        (("Date,USD\n2026-03-01,1.3\n",), [], []),  # before the first of the file
        (("Date,USD,GBP\n2026-03-03,1.2,0.7\n",), [], []),  # a blank of the past stays so
        (("Date,USD\n2026-03-02,1.1000005\n",), [], []),
        (
            ("Date,USD,GBP\n2026-03-02,1.1000015,0.8\n2026-03-03,1.3,\n",),
            [],
            ["f0.csv has USD 1.1 for 2026-03-02, and fx.csv others",
             "f0.csv has USD 1.3 for 2026-03-03, and fx.csv others"],
        ),
        (("Date,USD,GBP\n2026-03-02,1.5,0.5\n",), [],
         ["f0.csv has USD 1.5, GBP 0.5 for 2026-03-02, and fx.csv others"]),
    ],
)  # fmt: skip
def test_rates_of_days_that_are_over_and_not_there_are_added(
    asked: Import, offered: tuple[str, ...], lines: list[str], doubts: list[str]
) -> None:
    (asked.inputs / "market/fx.csv").write_text(STANDING)
    found = rates(asked, *offered)
    assert (found.ticker, found.closes, found.error) == ("market/fx", len(lines), "")
    assert [line.strip() for file in found.files for line in file.lines] == lines
    assert list(found.doubts) == doubts


def test_a_file_of_rates_begins_with_the_currencies_of_the_companies(asked: Import) -> None:
    pack = REPOSITORY / "tests/packs/bare/inputs/NORD"
    for ticker, price, reporting in (("NORD", "EUR", "EUR"), ("SUED", "GBP", "CHF")):
        shutil.copytree(pack, asked.inputs / ticker)
        description = asked.inputs / ticker / "company.yaml"
        text = description.read_text().replace("ticker: NORD", f"ticker: {ticker}")
        text = text.replace("price_currency: EUR", f"price_currency: {price}")
        description.write_text(
            text.replace("reporting_currency: EUR", f"reporting_currency: {reporting}")
        )
    found = rates(asked, "Date,USD,GBP,CHF\n2026-03-04,1.3,0.9,0.95\n2020-01-02,1,1,1.5\n")
    (file,) = found.files
    assert file.after == b"Date,CHF,GBP\n2020-01-02,1.5,1\n2026-03-04,0.95,0.9\n"


def test_closes_of_a_benchmark_are_added_where_they_agree(asked: Import) -> None:
    path = asked.inputs / "market/INDX.csv"
    path.write_text("Date,Close\n2026-03-02,10\n2026-03-03,11\n")

    def of(text: str) -> CloseTable:
        return CloseTable(path.with_name("x.csv"), split(text, "utf-8", known_price_columns))

    agreeing = of("Date,Close\n2026-02-27,9\n2026-03-03,11\n2026-03-04,12\n2026-03-05,13\n")
    found = brought_benchmark("INDX", [agreeing], asked)
    assert (found.ticker, found.closes, found.doubts) == ("market/INDX", 1, ())
    assert found.files[0].lines == ("2026-03-04,12\n",)
    bars = Bars(path, "INDX", {date(2026, 3, 3): 11.5, date(2026, 3, 4): 12.0}, {})
    other = brought_benchmark("INDX", [bars], asked)
    assert (other.closes, other.files) == (0, ())
    assert other.doubts[0].startswith("INDX.csv: has 11.5 for 2026-03-03, and the pack 11: its")
    path.unlink()
    begun = brought_benchmark("INDX", [agreeing], asked)
    assert (begun.closes, begun.files[0].before) == (3, None)
    assert begun.files[0].after.startswith(b"Date,Close\n2026-02-27,9\n")


def test_a_file_of_the_market_that_is_wrong_is_told(asked: Import) -> None:
    (asked.inputs / "market/fx.csv").write_text("Date,USD\n2026-03-02,many\n")
    assert '"many" is not a number' in rates(asked, STANDING).error
    (asked.inputs / "market/INDX.csv").write_text("Date,Close\n2026-03-02,many\n")
    assert "many" in brought_benchmark("INDX", [], asked).error
