from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import run
from tests.reviews.typing_in import GROWTH, MULTIPLE
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.reviews.typing_in import Issue

PAGE = REPOSITORY / "docs/review.md"


@pytest.fixture(scope="module")
def returned(issue: Issue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cells = {f"{GROWTH}.override": 0.4, f"{GROWTH}@author": "A. Nalyst", "control[stakes]": 1.0}
    return issue.typed(cells, tmp_path_factory.mktemp("returned") / "returned.xlsx")


def reviewed(returned: Path, issue: Issue, inputs: Path, *arguments: str) -> Result:
    folders = ("--inputs", inputs, "--outputs", issue.outputs)
    return run("review", returned, *folders, *arguments)


def test_the_exit_status_says_whether_something_is_to_be_decided(
    issue: Issue, returned: Path, inputs: Path
) -> None:
    assert reviewed(issue.path, issue, inputs).exit_code == 0
    said = reviewed(returned, issue, inputs)
    assert said.exit_code == 1
    for words in (
        GROWTH,
        "override typed",
        "40.0%",
        "a view: nothing to decide",
        "Accepting would",
    ):
        assert words in said.output
    assert reviewed(returned, issue, inputs, "--accept").exit_code == 0
    assert "already so" in reviewed(returned, issue, inputs).output


def test_json_says_the_same_to_programs(issue: Issue, returned: Path, inputs: Path) -> None:
    said = json.loads(reviewed(returned, issue, inputs, "--format", "json").stdout)
    assert (said["kind"], said["schema_version"], said["ticker"]) == ("review", 1, "BABA")
    assert said["to_decide"] == [GROWTH]
    assert not said["written"]
    (row,) = said["rows"]
    assert row["lines"] == [f'2025-11-30,"{GROWTH}",0.4,,,,A. Nalyst,']


def test_markdown_holds_a_table_of_edits(issue: Issue, returned: Path, inputs: Path) -> None:
    said = reviewed(returned, issue, inputs, "--format", "md").stdout
    assert said.startswith("# Review of returned.xlsx")
    assert "| Input |" in said
    assert r"Growth: Cloud Intelligence, bull<br>assumption\[growth,bull,cloud\]" in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--accept", "assumption[growth,bull,clod]"], "was not edited"),
        (["--accept", MULTIPLE, GROWTH], "was not edited"),
        (["--accept", "control[stakes]"], "cannot be accepted"),
        (["--accept", "--expires", "31/12/2025"], "is not a day"),
        (["--accept", "--expires", "2025-01-01"], "before the row was published"),
        ([GROWTH], "follows no option"),
    ],
    ids=str,
)
def test_trouble_is_told_and_nothing_is_written(
    issue: Issue, returned: Path, inputs: Path, arguments: list[str], told: str
) -> None:
    said = reviewed(returned, issue, inputs, *arguments)
    assert said.exit_code == 2
    assert told in said.output
    assert not (inputs / "BABA/overrides.csv").exists()


def test_a_file_that_is_no_workbook_is_trouble(issue: Issue, inputs: Path, tmp_path: Path) -> None:
    returned = tmp_path / "returned.xlsx"
    returned.write_text("not a workbook")
    said = reviewed(returned, issue, inputs)
    assert said.exit_code == 2
    assert "Traceback" not in said.output


def test_overrides_are_listed_and_revoked(issue: Issue, returned: Path, inputs: Path) -> None:
    log = ("overrides", "BABA", "--as-of", "2025-11-30", "--inputs", inputs)
    assert run(*log).output == "BABA has no overrides.\n"
    reviewed(returned, issue, inputs, "--accept", "--reason", "backlog doubled")
    said = run(*log).output
    for words in ("in force", GROWTH, "A. Nalyst", "backlog doubled", "1 in force."):
        assert words in said
    assert run(*log, "--revoke", GROWTH).exit_code == 2
    taken_back = run(*log, "--revoke", GROWTH, "--author", "J. Poon", "--published", "2025-12-05")
    assert taken_back.exit_code == 0
    later = ("overrides", "BABA", "--as-of", "2025-12-31", "--inputs", inputs)
    assert "0 in force." in run(*later).output


def test_the_examples_of_the_page_run(issue: Issue, returned: Path, inputs: Path) -> None:
    examples = [line[2:] for line in PAGE.read_text().splitlines() if line.startswith("$ ")]
    assert len(examples) >= 5
    for example in examples:
        words = [
            str(returned) if word == "RETURNED.xlsx" else word for word in shlex.split(example)
        ]
        folders = ["--inputs", inputs]
        folders += ["--outputs", issue.outputs] if words[1] == "review" else []
        said = run(*words[1:], *folders)
        assert said.exit_code in {0, 1}, f"{example}\n{said.output}"
