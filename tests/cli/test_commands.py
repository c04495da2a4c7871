from __future__ import annotations

import subprocess
import sys

import click
import pytest

from reportgen.cli.commands import MODULES, commands
from tests.cli.running import run

SLOW = ("pandas", "numpy", "xlsxwriter", "openpyxl", "rich", "lxml", "ruamel", "jinja2")
ASK = """
import sys
from reportgen.cli.commands import commands, MODULES
try:
    commands(sys.argv[1:])
except SystemExit as end:
    print("status", end.code)
print("imported", *sorted(set(sys.modules) & set({slow!r})))
"""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--help"], 0),
        (["-h"], 0),
        (["--version"], 0),
        ([], 2),
        *(([name, "--help"], 0) for name in MODULES),
        (["build"], 2),
        (["build", "BABA"], 2),
        (["build", "BABA", "--as-off", "2025-11-30"], 2),
        (["dance"], 2),
    ],
    ids=str,
)
def test_help_and_usage_errors_import_no_slow_library(arguments: list[str], status: int) -> None:
    asked = subprocess.run(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", ASK.format(slow=SLOW), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.splitlines()[-2:] == [f"status {status}", "imported"]


def test_importing_the_package_imports_nothing_but_its_version() -> None:
    script = "import reportgen, sys; reportgen.__version__; dir(reportgen)\n"
    script += f"slow = set(sys.modules) & set({SLOW!r})\n"
    script += "print(sorted(slow), [name for name in sys.modules if name[:10] == 'reportgen.'])"
    asked = subprocess.run(  # noqa: S603 - as above
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == "[] ['reportgen.version']"


def test_help_names_every_command_and_teaches_by_example() -> None:
    said = run("--help").output
    assert all(f"\n  {name}" in said for name in MODULES)
    assert "reportgen build BABA --as-of 2025-11-30" in said


@pytest.mark.parametrize("name", MODULES)
def test_help_of_a_command_shows_examples_and_its_exit_status(name: str) -> None:
    said = run(name, "--help").output
    assert f"reportgen {name}" in said.split("\nOptions:\n")[1]
    assert "exit status" in " ".join(said.lower().split())


def test_every_option_says_what_it_does() -> None:
    context = commands.make_context("reportgen", [], resilient_parsing=True)
    for name in MODULES:
        command = commands.get_command(context, name)
        assert command is not None
        options = [one for one in command.params if isinstance(one, click.Option)]
        assert options
        assert [option.name for option in options if not option.help] == []


def test_an_unknown_command_is_a_usage_error() -> None:
    asked = run("dance")
    assert asked.exit_code == 2
    assert "No such command 'dance'" in asked.output
