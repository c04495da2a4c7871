from __future__ import annotations

import io
import re
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from threading import TIMEOUT_MAX, Event
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from reportgen.cli import output
from reportgen.cli.lines import TextLine, TextTable, printable
from reportgen.cli.output import plain, tell

if TYPE_CHECKING:
    from collections.abc import Iterator


ESCAPE = "\x1b[31mred\x1b[0m\x07"


class Terminal(io.StringIO):
    """A stream that a person looks at; `seen` is set once anything is written there."""

    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self.seen = Event()

    def write(self, text: str) -> int:
        written = super().write(text)
        self.seen.set()
        return written

    def isatty(self) -> bool:
        return True


@contextmanager
def looked_at() -> Iterator[Terminal]:
    """Both streams are a terminal with colours."""
    stream = Terminal()
    with redirect_stdout(stream), redirect_stderr(stream):
        yield stream


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
        "LINES",
        "TTY_COMPATIBLE",
        "TTY_INTERACTIVE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def drawn(*parts: TextLine | TextTable) -> str:
    """What a terminal is sent for a page."""
    with looked_at() as terminal:
        tell(parts)
    return terminal.getvalue()


def test_a_table_is_aligned_words_left_numbers_right() -> None:
    table = TextTable(("USD", "value"), (("Bear", "75.71"), ("Expected", "1,146.59")))
    assert list(plain([table])) == [
        "USD          value",
        "Bear         75.71",
        "Expected  1,146.59",
    ]


def test_numbers_among_words_stand_to_the_right() -> None:
    head, rows = ("Input", "New", "Unit"), (("Growth", "28.0%", "ratio"), ("Dividend", "2", "USD"))
    table = TextTable(head, rows, wordy=True, numbers=frozenset({1}))
    assert list(plain([table])) == [
        "Input       New  Unit",
        "Growth    28.0%  ratio",
        "Dividend      2  USD",
    ]


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_a_narrow_terminal_never_cuts_a_figure(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    figures = ("-13.42", "1,021.03", "+21.00")
    head = ("Why", "Hype-adjusted value", "Expected value", "Consensus", "Family")
    row = ("Earnings of the newest four quarters", *figures, "fundamentals")
    text = drawn(TextTable(head, (row,), wordy=True, numbers=frozenset({1, 2, 3})))
    assert all(figure in text for figure in figures)
    assert "…" not in text


CASES = TextTable(
    ("USD", "value", "growth needed", "note"),
    (
        ("Hype-adjusted", "174.49", "+7.9%", "the consensus less unbacked run-up"),
        ("Bear", "79.16", "", "assumption[investment_haircut,bear,]"),
        ("中文公司名", "1.00", "-8.1%", ""),
    ),
    wordy=True,
    numbers=frozenset({1, 2}),
)


SENTENCE = TextLine(
    "  NO POSITION at USD 157.30; buy below USD 116.88, of which /a/path/of/one.xlsx"
)


@pytest.mark.parametrize("columns", [20, 30, 40, 60, 80, 200])
def test_no_word_is_broken_on_a_terminal_of_any_width(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    said = drawn(CASES, SENTENCE)
    words = [word for row in CASES.rows for cell in row for word in re.findall(r"[\w.%+]+", cell)]
    alone = said.replace("_\n", "_").replace("_ ", "_")
    assert [word for word in words if "_" not in word and word not in alone] == []
    assert "/a/path/of/one.xlsx" in said  # whole, to be copied
    longest = max(map(cell_len, said.splitlines()))
    assert longest <= max(columns, len("  assumption[investment_"))


def test_a_table_without_room_is_a_list_of_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    assert drawn(CASES).splitlines()[:7] == [
        "Hype-adjusted",
        "  value: 174.49",
        "  growth needed:",
        "  +7.9%",
        "  note: the",
        "  consensus less",
        "  unbacked run-up",
    ]


def test_a_table_without_rows_is_nothing() -> None:
    empty = TextTable(("key", "value"), ())
    assert list(plain([empty])) == []
    assert drawn(empty) == ""


def test_a_table_of_words_reads_to_the_left_without_trailing_spaces() -> None:
    table = TextTable(("key", "value"), (("price", "157.3"), ("a", "b")), wordy=True)
    assert list(plain([table])) == ["key    value", "price  157.3", "a      b"]


@pytest.mark.parametrize("part", [TextLine(ESCAPE), TextTable((ESCAPE,), ((ESCAPE,),))])
def test_text_of_a_file_never_steers_the_terminal(part: TextLine | TextTable) -> None:
    for said in ("".join(plain([part])), drawn(part)):
        assert "\x1b[31m" not in said
        assert "\x07" not in said
        assert r"\x1b[31mred" in said


def test_markup_in_a_text_is_only_text() -> None:
    said = drawn(TextLine("[bold]1[/bold] [red]"), TextTable(("[b]",), (("[/b]",),)))
    assert "[bold]1[/bold] [red]" in said
    assert "[/b]" in said


def test_a_terminal_has_colours() -> None:
    assert "\x1b[31mwrong" in drawn(TextLine("wrong", "bad"))


def test_no_color_keeps_colours_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in drawn(TextLine("wrong", "bad"), TextTable(("a",), (("b",),)))


def test_a_pipe_gets_no_colours_even_where_they_are_forced(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    tell([TextLine("wrong", "bad"), TextTable(("a",), (("b",),))])
    assert capsys.readouterr().out == "wrong\na\nb\n"


def test_a_long_wait_shows_a_sign_of_life_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(output, "PATIENCE", 0.0)
    with looked_at() as terminal, output.waiting("Building BABA"):
        assert terminal.seen.wait(600)  # a backstop, however busy the machine
    assert "Building BABA" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")  # the line is erased


def test_a_short_wait_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "PATIENCE", TIMEOUT_MAX)  # however busy the machine
    with looked_at() as terminal, output.waiting("Building BABA"):
        pass
    assert not terminal.getvalue()


def test_a_pipe_sees_no_spinner(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "_Spinner", None)  # to start one would fail
    with output.waiting("Building BABA"):
        pass
    assert capsys.readouterr() == ("", "")


def test_letters_of_any_script_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    tell([TextLine("北台ロボティクス – naïve")])
    assert capsys.readouterr().out == "北台ロボティクス – naïve\n"
    assert printable("a\nb") == "a\nb"
