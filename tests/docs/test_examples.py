from __future__ import annotations

import io
import shlex
import shutil
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from click.testing import CliRunner

from reportgen.cli.commands import MODULES, commands
from tests.docs.examples import PAGES, Example, Excerpt, blocks, examples, excerpts
from tests.support.tools import REPOSITORY

WITH_EXAMPLES = [page for page in PAGES if any(examples(page))]
WIDTH = 80


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the inputs and packs of the repository, in which the example runs."""
    for name in ("inputs", "tests/packs"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(command: str) -> str:
    """What the command of an example prints, on either stream."""
    program, *arguments = shlex.split(command)
    if program == "rm":
        for name in arguments:
            Path(name).unlink()
        return ""
    assert program == "reportgen", command
    return CliRunner().invoke(commands, arguments, terminal_width=WIDTH).output


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_every_example_runs_and_prints_what_the_page_shows(page: Path) -> None:
    for excerpt in excerpts(page):
        shown = Path(excerpt.file)
        if not shown.exists():  # a file that the reader is to make
            shown.parent.mkdir(parents=True, exist_ok=True)
            shown.write_text("\n".join((*excerpt.lines, "")), encoding="utf-8")
    for example in examples(page):
        output = said(example.command)
        assert "Traceback" not in output
        assert "No such command" not in output
        assert example.agrees(output), (
            f"`make docs` quotes help anew; other examples are to be mended by hand:\n"
            f"$ {example.command}\n{output}"
        )


def test_every_excerpt_is_one_of_the_file_that_it_names() -> None:
    page = REPOSITORY / "docs/other-companies.md"
    shown = list(excerpts(page))
    assert {excerpt.file.split("/")[2] for excerpt in shown} == {
        "halves",
        "bank",
        "loss",
        "carmaker",
    }
    for excerpt in shown:
        assert excerpt.agrees((REPOSITORY / excerpt.file).read_text(encoding="utf-8")), excerpt.file


def test_the_help_of_every_command_is_quoted() -> None:
    quoted = {example.command for example in examples(REPOSITORY / "docs/commands.md")}
    assert {f"reportgen {name} --help" for name in MODULES} <= quoted


@pytest.mark.usefixtures("folder")
def test_the_python_example_prints_what_its_comments_say() -> None:
    (block,) = blocks(REPOSITORY / "docs/python.md", "python")
    lines = [line for line in block.splitlines() if "print(" in line]
    expected = [line.split("# ")[1] for line in lines]
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(block, "docs/python.md", "exec"), {})  # noqa: S102 - our own example
    assert printed.getvalue().splitlines() == expected


@pytest.mark.parametrize(
    ("printed", "output", "agrees"),
    [
        ((), "anything\n", True),
        (("a", "b"), "a\nb\n", True),
        (("a", "b"), "a\nc\n", False),
        (("a", "b"), "a\nb\nc\n", False),
        (("a", "...", "c"), "a\nb\nb\nc\n", True),
        (("a", "...", "c"), "a\nc\n", True),
        (("...", "c"), "a\nb\n", False),
    ],
)
def test_an_example_agrees_line_by_line(
    printed: tuple[str, ...], output: str, *, agrees: bool
) -> None:
    assert Example("x", printed).agrees(output) is agrees


@pytest.mark.parametrize(
    ("shown", "agrees"),
    [
        ("a\n...\nc\n", True),
        ("...\nb\nc\n", True),
        ("a\nc\n", False),
        ("c\n...\na\n", False),
        ("b\n", False),
    ],
)
def test_an_excerpt_agrees_with_its_file_in_order(shown: str, *, agrees: bool) -> None:
    assert Excerpt("a.csv", tuple(shown.splitlines())).agrees("a\nb\nc\n") is agrees
