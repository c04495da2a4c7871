"""A long table cut by company holds, for each, what the whole table says of it."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.problems import ProblemLog
from reportgen.facts.reading.long_tables import Column, LongTable, read_long_table
from reportgen.facts.reading.text_files import decode, split

TICKERS = ("AA", "BB", "CC")
NAMES = ("ticker", "one", "two")
_CELL = st.text(st.sampled_from("ab ,;\"'\n\té價"), max_size=6).filter(lambda cell: cell != ",")
_ROWS = st.lists(st.tuples(st.sampled_from(TICKERS), _CELL, _CELL), max_size=12)


def recognise(cells: list[str]) -> int:
    return sum(cell in NAMES for cell in cells)


def read(content: bytes, known: tuple[str, ...] | None = None) -> LongTable:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        path.write_bytes(content)
        found = read_long_table(path, Path(folder), Column("ticker", None, known), recognise)
    assert found is not None
    return found


def written(rows: list[tuple[str, str, str]], delimiter: str, newline: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerows([NAMES, *rows])
    return text.getvalue()


@given(
    _ROWS,
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_each_company_has_the_records_of_the_whole_table(
    rows: list[tuple[str, str, str]], delimiter: str, newline: str, encoding: str
) -> None:
    content = written(rows, delimiter, newline).encode(encoding)
    whole = split(*decode(content), recognise).records[1:]
    found = read(content, TICKERS)
    log = ProblemLog("ours", ("theirs",))
    assert set(found.rows) == {ticker for ticker, _, _ in rows}
    for ticker, cut in found.rows.items():
        header, *records = cut.table(1).records
        assert header.cells == ["", "one", "two"]
        assert [(log.place(one.line_no), one.cells) for one in records] == [
            (("theirs", one.line_no), one.cells) for one in whole if one.cells[0] == ticker
        ]


@given(st.lists(st.text(st.sampled_from('A,"\n b'), max_size=30), max_size=8))
def test_nothing_is_lost_or_read_twice_whatever_stands_in_a_file(lines: list[str]) -> None:
    text = "ticker,one,two\n" + "\n".join(lines) + "\nAA,x,y\n"
    found = read(text.encode(), ("AA",))
    cut = found.rows["AA"]
    numbers = [*cut.numbers, *(one.line_no for one in cut.broken)]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) == text.count("\n")
    assert cut.table(1).records[0].cells == ["", "one", "two"]


@pytest.mark.parametrize("head", ["sep=;\n", "Prices of the month\n\n", "as of;2025\n"])
def test_lines_above_the_header_are_passed_over(head: str) -> None:
    cut = read((head + "ticker;one;two\nAA;1;2\n").encode()).rows["AA"]
    assert cut.table(1).records[1].cells == ["AA", "1", "2"]
    assert list(cut.numbers) == [head.count("\n") + 2]
