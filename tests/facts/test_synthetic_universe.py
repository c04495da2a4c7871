"""What `make universe` writes: invented, deterministic, and good enough to build on."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.pack import pack_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.reading.universe import read_universe
from reportgen.pipeline import compose
from tests.facts.pack_folder import AS_OF
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.facts.pack import Pack
    from reportgen.facts.reading.universe import Universe

SCRIPT = REPOSITORY / "scripts" / "make_universe.py"
COMPANIES = 33


def make(count: int | str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own script
        [sys.executable, SCRIPT, str(count), folder], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def universe(tmp_path_factory: pytest.TempPathFactory) -> Universe:
    folder = tmp_path_factory.mktemp("synthetic")
    assert make(COMPANIES, folder).returncode == 0
    return read_universe(folder / "inputs")


@pytest.fixture(scope="module")
def packs(universe: Universe) -> dict[str, Pack]:
    """The pack of every company; none may have a mistake."""
    return {
        ticker: pack_at(read_pack(ticker, universe.root, of_universe=universe.slice(ticker)), AS_OF)
        for ticker in universe.tickers
    }


def test_it_is_read_without_a_word(universe: Universe, packs: dict[str, Pack]) -> None:
    assert universe.problems == ()
    assert len(packs) == COMPANIES


def test_it_says_that_it_is_invented(universe: Universe, packs: dict[str, Pack]) -> None:
    assert "invented" in (universe.root / "README.txt").read_text(encoding="utf-8")
    for pack in packs.values():
        assert pack.company.name.endswith("(synthetic)")
        assert "synthetic" in pack.company.tags
        assert all("ynthetic" in source.title for source in pack.rows.sources)


def test_its_companies_are_as_different_as_those_of_a_market(packs: dict[str, Pack]) -> None:
    companies = [pack.company for pack in packs.values()]
    assert len({company.sector for company in companies}) > 8
    assert len({company.price_currency for company in companies}) > 3
    assert len({company.fiscal_year_end for company in companies}) > 2
    assert {len(pack.rows.prices) >= 36 for pack in packs.values()} == {True}
    periods = {row.months for pack in packs.values() for row in pack.rows.fundamentals}
    assert periods >= {0, 3, 6}
    of = {name: {bool(getattr(pack.rows, name)) for pack in packs.values()} for name in
          ("targets", "estimates", "fundamentals", "assumptions", "claims", "events")}  # fmt: skip
    assert of["targets"] == of["estimates"] == of["claims"] == {True, False}
    inherited = [sum(row.is_inherited for row in pack.rows.assumptions) for pack in packs.values()]
    assert 0 in inherited
    assert max(inherited) > 20


def test_it_reaches_back_for_months_that_are_made_later(universe: Universe) -> None:
    ticker = universe.tickers[0]
    files = read_pack(ticker, universe.root, of_universe=universe.slice(ticker))
    then = pack_at(files, date(2025, 1, 31)).rows
    assert then.prices
    assert then.targets
    assert any(row.is_inherited for row in then.assumptions)


def test_a_report_of_one_of_its_companies_has_a_value(universe: Universe) -> None:
    report = compose(universe.tickers[0], as_of=AS_OF, inputs=universe.root)
    assert isinstance(report.headline["expected_value"], float)
    assert report.inherited == "29 assumptions are inherited from sector communication"
    author = [
        str(cell.value)
        for sheet in report.book.sheets
        if sheet.name == "Inputs"
        for cell in sheet.cells
        if str(cell.value).startswith("inherited")
    ]
    assert set(author) == {"inherited from sector communication"}


def test_the_same_numbers_give_the_same_bytes(universe: Universe, tmp_path: Path) -> None:
    make(COMPANIES, tmp_path)
    made = sorted(path for path in (tmp_path / "inputs").rglob("*") if path.is_file())
    assert len(made) > 12
    for path in made:
        assert (
            path.read_bytes()
            == (universe.root / path.relative_to(tmp_path / "inputs")).read_bytes()
        )


def test_a_larger_one_begins_with_the_companies_of_a_smaller(
    universe: Universe, tmp_path: Path
) -> None:
    make(3 * COMPANIES, tmp_path)
    larger = read_universe(tmp_path / "inputs")
    assert larger.tickers[:COMPANIES] == universe.tickers
    for name in ("prices", "fundamentals", "targets"):
        for ticker in universe.tickers:
            assert (
                larger.slice(ticker).cuts.get(name, (0,) * 5)[4]
                == universe.slice(ticker).cuts.get(name, (0,) * 5)[4]
            )


@pytest.mark.parametrize("count", ["0", "many", "17577"])
def test_a_number_that_is_none_is_refused(count: str, tmp_path: Path) -> None:
    done = make(count, tmp_path)
    assert done.returncode == 1
    assert "NUMBER from 1 to 17,576" in done.stderr
    assert not list(tmp_path.iterdir())
