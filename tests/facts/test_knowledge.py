from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.facts.pack import load, pack_at
from reportgen.facts.reading.pack_files import read_pack
from tests.facts.pack_folder import AS_OF, INPUTS, copy_of_baba, messages, without_lines

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from tests.facts.pack_folder import PackFolder

LATER_ROWS = {
    "prices.csv": ["2025-12-01,1e3", "2026-01-15,oops", "13/12/2025,12;5", '"2026-01-02,7'],
    "targets.csv": [
        "2025-12-01,Coyote,500,USD,ADS,12,broker,Buy,wire",
        "2026-01-01,Coyote,2OO,XXX,BOTH,zero,nobody,,nowhere",
        "2025-12-01,Coyote,too,few",
        "2025-12-01,Coyote,too,many,cells,in,this,row,,,,x",
        '2025-12-01,"never closed,1,USD,ADS,12,broker,,wire',
        "31/12/2025,Coyote,500,USD,ADS,12,broker,Buy,wire",
    ],
    "fundamentals.csv": [
        "2025-12-31,FY2025-Q4,group,revenue,9e9,USD m,0.1,=,2026-02-01,filing,",
        # a period that has not ended, and one that has but was published later
        "2025-12-31,2025-12-31,group,shares_diluted,1,m,,=,2025-11-01,filing,",
        "2025-09-30,FY2025-Q3,group,revenue,1,USD m,,=,2025-12-01,filing,restated",
    ],
    "claims.csv": ['price,ADS,"9,9",EUR,=,2025-12-01,2025-11-30,nowhere,,observed later'],
    "assumptions.csv": [
        "2025-12-01,bull,,probability,0.9,ratio,house,",
        "2025-12-01,all,,typo,,,,",
    ],
    "sources.csv": ["late,,,,no_tier,,2025-12-01,,", "filing2,,,,primary,loud,,,"],
    "market/fx.csv": ["2025-12-01,0,-1", "2025-12-02,a,b"],
}


@pytest.mark.parametrize("name", LATER_ROWS)
def test_a_row_dated_after_as_of_changes_nothing(folder: PackFolder, name: str) -> None:
    before = folder.load()
    for line in LATER_ROWS[name]:
        folder.append(name, line)
        after = folder.load()
        assert after.rows == before.rows
        assert after.input_hash == before.input_hash
        assert after.warnings == before.warnings


def test_a_malformed_row_dated_later_is_a_warning_of_its_own_kind(folder: PackFolder) -> None:
    folder.append("targets.csv", "2026-01-01,Coyote,2OO,USD,ADS,12,broker,,wire")
    pack = folder.load()
    assert messages(pack.warnings) == []
    assert messages(pack.later_warnings) == [
        (
            'inputs/ACME/targets.csv:4 target: "2OO" is not a number; '
            "expected the target price in the row's currency"
        )
    ]
    assert folder.errors(date(2026, 1, 1)) == messages(pack.later_warnings)


def test_a_row_becomes_known_on_its_last_date(folder: PackFolder) -> None:
    folder.append("claims.csv", "price,ADS,98,USD,=,2025-11-05,2025-11-10,wire,,")
    known = [len(folder.load(date(2025, 11, day)).claims) for day in (4, 5, 9, 10)]
    assert known == [0, 0, 0, 1]


def test_formats_are_settled_by_rows_known_at_as_of(folder: PackFolder) -> None:
    folder.write("prices.csv", "Date,Close\n03/11/2025,100\n")
    undecided = folder.errors()
    assert "2025-11-03 or 2025-03-11" in undecided[0]
    folder.append("prices.csv", "31/12/2025,100")
    assert folder.errors() == undecided
    folder.append("prices.csv", "28/11/2025,100")
    assert list(folder.load().prices["date"]) == [date(2025, 11, 3), date(2025, 11, 28)]


def test_a_day_that_is_later_under_one_reading_only_is_told(folder: PackFolder) -> None:
    folder.write("prices.csv", "Date,Close\n2025-11-28,100\n03/12/2025,100\n")
    assert "2025-12-03 or 2025-03-12" in folder.errors()[0]


def test_the_decimal_sign_is_settled_by_rows_known_at_as_of(folder: PackFolder) -> None:
    head = "Date;Close\n2025-11-27;1.250\n"
    folder.write("prices.csv", head + "2025-12-01;12,5\n")
    assert '"1.250" can be read as 1.25 or 1250' in folder.errors()[0]
    folder.write("prices.csv", head + "2025-11-28;1200,5\n")
    assert list(folder.load().prices["close"]) == [1250, 1200.5]


def test_one_reading_of_the_files_serves_every_day(tmp_path: Path) -> None:
    inputs = copy_of_baba(tmp_path)
    files = read_pack("BABA", inputs)
    for day in (date(2025, 10, 31), AS_OF):
        assert pack_at(files, day).input_hash == load("BABA", as_of=day, inputs=inputs).input_hash


def test_last_months_report_can_be_rebuilt_from_a_pack_that_grew(tmp_path: Path) -> None:
    inputs = copy_of_baba(tmp_path)
    whole = load("BABA", as_of=AS_OF, inputs=inputs)
    limit = AS_OF.isoformat()
    for path in [*inputs.glob("BABA/*.csv"), *inputs.glob("market/*.csv")]:
        if path.name == "sources.csv":
            continue
        header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        dated = [header.index(name) for name in header if name in _DATES]
        known = [row for row in rows if all(row[place] <= limit for place in dated)]
        path.write_text(_as_csv([header, *known]), encoding="utf-8")
    cut = load("BABA", as_of=AS_OF, inputs=inputs)
    assert without_lines(cut) == without_lines(whole)
    assert cut.input_hash == whole.input_hash


_DATES = {"Date", "published", "observed", "period_end", "ex_date"}


def _as_csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(tmp_path: Path, random: Random) -> None:
    before = load("BABA", as_of=AS_OF, inputs=INPUTS)
    inputs = tmp_path / "inputs"
    if not inputs.exists():
        copy_of_baba(tmp_path)
    for path in [*inputs.glob("BABA/*.csv"), *inputs.glob("market/*.csv")]:
        header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        random.shuffle(rows)
        path.write_text(_as_csv([header, *rows]), encoding="utf-8")
    after = load("BABA", as_of=AS_OF, inputs=inputs)
    assert without_lines(after) == without_lines(before)
    assert after.input_hash == before.input_hash
