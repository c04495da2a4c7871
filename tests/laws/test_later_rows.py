"""A row dated after as-of changes nothing in the report, not one byte."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from reportgen.facts.reading import schema
from reportgen.facts.reading.columns import CellKind
from tests.laws.cases import DICE, VALUED
from tests.laws.chance import BYTES, Dice
from tests.laws.folders import copied, differing, read, report, report_as_issued, report_of, write
from tests.support.selection import long_except
from tests.truth.packs import AS_OF, TICKERS

if TYPE_CHECKING:
    from tests.laws.folders import Rows

# which columns date a row, by table; any one of them may make it a later one
DATED = {
    spec.file_name: [column.name for column in spec.columns if column.kind is CellKind.DATE]
    for spec in schema.COMPANY_TABLES
}
GARBAGE = ("", "oops", "-1", "1e9", "n/a", "2OO", "=1+1", "bear")


def later_row(dice: Dice, name: str, header: list[str], row: list[str]) -> list[str]:
    """A row like another, but learnt after as-of, and wrong in one cell or another."""
    dated = DATED.get(name, header[:1])  # a market's table begins with its day
    cells = dict(zip(header, row, strict=False))
    day = AS_OF + timedelta(days=dice.whole(1, 400))
    if dated:
        cells[dice.pick(dated)] = day.isoformat()
    for column in header:
        if column not in dated and dice.chance(1 / 4):
            cells[column] = dice.pick(GARBAGE)
    if name == "sources.csv":  # describing a source is no news: only an uncited one changes nothing
        cells["id"] = f"nobody cites this {dice.whole(1, 10**6)}"
    return [cells.get(column, "") for column in header]


@pytest.mark.parametrize("pack", long_except({"baba"}, VALUED))
@BYTES
@given(dice=DICE)
def test_rows_dated_after_as_of_in_every_table_change_no_byte(pack: str, dice: Dice) -> None:
    def with_later_rows(name: str, header: list[str], rows: Rows) -> Rows:
        for _ in range(dice.whole(3, 6)):
            later = later_row(dice, name, header, dice.pick(rows))
            rows.insert(dice.whole(0, len(rows)), later)
        return rows

    assert differing(report_of(pack, with_later_rows), report_as_issued(pack)) == []


def test_tables_that_begin_after_as_of_change_no_byte() -> None:
    """A company of which only closes were known: the first of everything else is news."""
    dice = Dice(0)
    with copied("bare") as inputs, copied("daily") as others:
        own = inputs / TICKERS["bare"]
        for path in sorted((others / TICKERS["daily"]).glob("*.csv")):
            if not (own / path.name).exists():
                header, rows = read(path)
                later = [later_row(dice, path.name, header, row) for row in rows[:5]]
                write(own / path.name, header, later)
        assert differing(report("bare", inputs), report_as_issued("bare")) == []


LATER = "2026-08-03"  # more than a week after the last close of the pack


def test_a_price_file_rewritten_for_a_later_split_gives_the_report_of_the_raw_closes() -> None:
    with copied("baba") as inputs:
        own = inputs / TICKERS["baba"]
        header, rows = read(own / "prices.csv")
        at = header.index("Close")
        adjusted = [[*row[:at], f"{float(row[at]) / 8:.7f}", *row[at + 1 :]] for row in rows]
        write(own / "prices.csv", header, adjusted)
        write(own / "actions.csv", ["published", "ex_date", "ratio"], [["2026-07-01", LATER, "8"]])
        with (own / "company.yaml").open("a", encoding="utf-8") as company:
            company.write("prices: {splits: adjusted}\n")
        with (own / "prices.csv").open("a", encoding="utf-8") as prices:
            prices.write(f"{LATER},12\n")
        assert differing(report("baba", inputs), report_as_issued("baba")) == []
