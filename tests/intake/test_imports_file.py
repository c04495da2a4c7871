"""inputs/imports.yaml: what it says, and every mistake of it with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors, ReportgenError
from reportgen.intake.imports_file import Listed, read_imports
from reportgen.intake.maps.map_file import Share, Taken

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.intake.imports_file import Imports

WHOLE = """\
contact: Acme Research jane@acme.example
companies:
  ACME: {cik: 0000999999, yahoo: ACME, segments: {CloudMember: cloud}}
  BETA:
maps:
  pts: {table: targets, sheet: Monitor, header: Ticker, ticker: Ticker, source: sellside,
    asof: As of, columns: {published: Date, broker: Broker, target: PT, currency: Ccy},
    tickers: {9901.HK: {ticker: ACME, line: ORD}, ACM: ACME}}
  best: {table: estimates, header: Security, ticker: Security, source: best,
    columns: {value: BEST_EPS}, unit: "{BEST_CRNCY_ISO}/share", constants: {metric: eps_ntm}}
  wide: {table: fundamentals, ticker: ACME, across: For the Period, source: capiq, dates: DMY,
    published: Filing Date, currency: Currency, unit: m, months: 3,
    rows: {Total Revenue: revenue, Capex: {metric: capex, sign: -1, unit: m}}}
"""


def read(folder: Path, text: str) -> Imports:
    (folder / "imports.yaml").write_text(text)
    return read_imports(folder)


def test_what_it_says_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    assert found.companies == {
        "ACME": Listed(999999, "ACME", {"CloudMember": "cloud"}),
        "BETA": Listed(),
    }
    assert found.ciks == {"ACME": 999999}
    assert found.contact == "Acme Research jane@acme.example"
    pts, best, wide = found.maps.values()
    assert pts.tickers == {"9901.HK": Share("ACME", "ordinary"), "ACM": Share("ACME")}
    assert best.named_in_unit == ("BEST_CRNCY_ISO",)
    assert wide.rows == {"Total Revenue": Taken("revenue"), "Capex": Taken("capex", -1, "m")}


def test_without_the_file_nothing_is_listed(tmp_path: Path) -> None:
    assert read_imports(tmp_path).maps == {}


LONG = "maps: {a: {table: targets, header: T, ticker: T, source: s, columns: {%s}}}"
WIDE = "maps: {a: {table: fundamentals, across: P, ticker: T, source: s, unit: m, %s}}"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("companys: {}", 1, "did you mean companies?"),
        ("companies:\n  ACME: {cik: 12x}", 2, "companies.ACME.cik: "),
        ("companies:\n  A: {cik: 1}\n  B: {cik: 01}", 3, "is that of A, too"),
        ("companies:\n  ../x: {cik: 1}", 2, "cannot name a file"),
        ("companies:\n  A: {cik: 1}\n  A: {cik: 2}", 3, "a second time"),
        ("companies: [A]", 1, "is not a mapping"),
        ("- a", 1, "is not a mapping"),
        ("a: [", 1, "is not YAML"),
        ("contact: &x y", 1, "anchor"),
        ("maps: {new: {}}", 1, "is kept for proposing one"),
        ("maps: {a: {tabel: targets}}", 1, "did you mean table?"),
        ("maps: {a: {table: target}}", 1, "did you mean targets?"),
        (LONG % "brokr: B", 1, "did you mean broker?"),
        (LONG % "broker: B, target: PT", 1, "maps.a.columns.currency: is missing"),
        (WIDE % "currency: USD", 1, "maps.a.rows: is missing"),
        (WIDE % "rows: {Sales: revenue}", 1, "maps.a.currency: is missing"),
        (WIDE % "currency: USD, rows: {Sales: {metric: revenue, sign: 2}}", 1, "rows.Sales.sign"),
        (WIDE % "currency: USD, rows: {Sales: [a]}", 1, "holds more than one value"),
        (WIDE % "currency: USD, header: P, rows: {Sales: revenue}", 1, "stands beside header"),
        (WIDE % "currency: USD, columns: {value: V}, rows: {S: revenue}", 1, "is not for a map"),
        (WIDE % "currency: USD, months: 4, rows: {S: revenue}", 1, "maps.a.months"),
        (WIDE % "currency: USD, dates: YMD, rows: {S: revenue}", 1, "maps.a.dates"),
        (WIDE % "currency: USD, rows: {S: {metric: r, unit: USD zn}}", 1, "is not a unit"),
    ],
)
def test_every_mistake_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    with pytest.raises(InputErrors) as raised:
        read(tmp_path, text)
    found = {str(one) for one in raised.value.problems}
    place = f"{tmp_path.name}/imports.yaml:{line}"
    assert any(one.startswith(place) and told in one for one in found), found


def test_a_map_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError, match="did you mean best"):
        read(tmp_path, WHOLE).map("bset", tmp_path)
    with pytest.raises(ReportgenError, match="--map new proposes one"):
        read(tmp_path, "").map("bset", tmp_path)
