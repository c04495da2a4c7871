"""Tables and lines within a width, letter by letter."""

from __future__ import annotations

import pytest

from reportgen.cli.layout import laid_out, wrapped
from reportgen.cli.lines import TextTable, printable

TABLE = TextTable(
    ("USD", "value", "growth needed", "note"),
    (
        ("Hype-adjusted", "174.49", "+7.9%", "the consensus less unbacked run-up"),
        ("Bear", "79.16", "", "a[haircut,bear]"),
        ("", "1.00", "-8.1%", ""),
    ),
    wordy=True,
    numbers=frozenset({1, 2}),
)


@pytest.mark.parametrize(
    ("widths", "head", "rows"),
    [
        (
            (200, 72),  # as wide as it would be
            ["USD             value  growth needed  note"],
            [
                "Hype-adjusted  174.49          +7.9%  the consensus less unbacked run-up",
                "Bear            79.16                 a[haircut,bear]",
                "                 1.00          -8.1%",
            ],
        ),
        (
            (60,),  # the widest column gives way
            ["USD             value  growth needed  note"],
            [
                "Hype-adjusted  174.49          +7.9%  the consensus less",
                "                                      unbacked run-up",
                "Bear            79.16                 a[haircut,bear]",
                "                 1.00          -8.1%",
            ],
        ),
        (
            (48,),  # every column that can gives way, one that wants little less than others
            ["USD            value      growth  note", "                          needed"],
            [
                "Hype-         174.49       +7.9%  the consensus",
                "adjusted                          less unbacked",
                "                                  run-up",
                "Bear           79.16              a[haircut,",
                "                                  bear]",
                "                1.00       -8.1%",
            ],
        ),
        (
            (36,),  # as narrow as the longest word of each column, and the figures, let it be
            ["USD        value  growth  note", "                  needed"],
            [
                "Hype-     174.49   +7.9%  the",
                "adjusted                  consensus",
                "                          less",
                "                          unbacked",
                "                          run-up",
                "Bear       79.16          a[haircut,",
                "                          bear]",
                "            1.00   -8.1%",
            ],
        ),
        (
            (33, 30),  # too narrow for columns: what is known of each row, below its name
            [],
            [
                "Hype-adjusted",
                "  value: 174.49",
                "  growth needed: +7.9%",
                "  note: the consensus less",
                "  unbacked run-up",
                "Bear",
                "  value: 79.16",
                "  note: a[haircut,bear]",
                "USD",
                "  value: 1.00",
                "  growth needed: -8.1%",
            ],
        ),
    ],
)
def test_a_table_gives_way_to_a_width_by_its_words(
    widths: tuple[int, ...], head: list[str], rows: list[str]
) -> None:
    for width in widths:
        grid = laid_out(TABLE, width)
        assert [list(grid.head), list(grid.rows)] == [head, rows], width
    assert laid_out(TABLE, 36).head
    assert not laid_out(TABLE, 35).head


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two  three", 14, ["one two  three"]),
        ("one two  three", 13, ["one two", "three"]),
        ("one two  three", 7, ["one two", "three"]),
        ("one two  three", 6, ["one", "two", "three"]),
        ("one two  three", 0, ["one", "two", "three"]),
        ("one  ", 3, ["one"]),
        ("one  ", 9, ["one"]),
        ("  one two", 9, ["  one two"]),
        ("", 0, [""]),
    ],
)
def test_a_line_goes_on_in_the_next_between_words(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_a_letter_that_would_steer_a_terminal_is_named_and_a_new_line_is_one() -> None:
    assert printable("a\nb\u00e9") == "a\nb\u00e9"
    assert printable("\x1b[31m\t\x00\u202e") == r"\x1b[31m\t\x00\u202e"
    table = TextTable(("a\t",), (("b\x07",),), wordy=True).printable()
    assert (table.head, table.rows) == ((r"a\t",), ((r"b\x07",),))


def test_letters_count_as_wide_as_a_terminal_shows_them() -> None:
    wide = TextTable(("a", "b"), (("xx", "y"),), wordy=True)
    assert laid_out(wide, 40, lambda text: 2 * len(text)).rows == ("xx  y",)
    assert laid_out(wide, 8, lambda text: 2 * len(text)).head == ("a    b",)
    assert laid_out(wide, 7, lambda text: 2 * len(text)).head == ()
