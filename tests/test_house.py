"""The house is in order: style, types, layers, locks, the wheel, and no test that may be missed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import pytest

from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

BIN = Path(sys.executable).parent


def run(
    *command: str | Path, cwd: Path = REPOSITORY, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - the programs are this environment's own
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--quiet"],
        ["ruff", "format", "--check", "--quiet"],
        ["mypy"],
        ["lint-imports", "--no-logo"],
    ],
    ids=" ".join,
)
def test_the_code_keeps_the_rules_of_the_house(command: list[str]) -> None:
    checked = run(BIN / command[0], *command[1:])
    assert checked.returncode == 0, checked.stdout + checked.stderr


LOCKS = [REPOSITORY / "requirements.lock", REPOSITORY / "requirements-dev.lock"]
LOWEST = REPOSITORY / "requirements-lowest.lock"
EXTRAS = REPOSITORY / "requirements-extras.lock"
YAHOO = REPOSITORY / "requirements-yahoo.lock"  # of an extra that is in no environment of ours
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


@pytest.mark.parametrize("lock", [*LOCKS, LOWEST, EXTRAS, YAHOO], ids=lambda lock: lock.name)
def test_every_locked_package_is_hashed_and_no_host_is_named(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert len(re.findall(r"\\\n    --hash", text)) >= len(PIN.findall(text)) > 0
    assert all("--hash=sha256:" in pinned for pinned in re.split(r"\n(?=[a-z])", text))


def test_all_locks_pin_the_same_versions() -> None:
    run_time, dev = (set(PIN.findall(lock.read_text())) for lock in LOCKS)
    assert run_time <= dev
    names = {name for name, _ in dev}
    for lock in (EXTRAS, YAHOO):
        assert {pin for pin in PIN.findall(lock.read_text()) if pin[0] in names} <= dev


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for declared, lock in [
        ([*project["dependencies"], *extras["build"]], LOCKS[0]),
        (extras["dev"], LOCKS[1]),
        ([*extras["dask"], *extras["s3"]], EXTRAS),
        (extras["yahoo"], YAHOO),
    ]:
        locked = {name for name, _ in PIN.findall(lock.read_text())}
        names = {re.split(r"[<>=\[]", one)[0].replace(".", "-").lower() for one in declared}
        assert names <= locked


def test_the_lock_of_the_validator_names_no_host() -> None:
    assert "://" not in (REPOSITORY / "package-lock.json").read_text()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published, built from this checkout without an index."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder),
        PIP_NO_INDEX="1",
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_the_templates_and_nothing_of_the_checkout(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    templates = REPOSITORY / "templates"
    expected = {
        f"reportgen/{path.relative_to(REPOSITORY).as_posix()}"
        for path in templates.rglob("*")
        if path.is_file()
    }
    assert expected
    assert expected <= held
    assert "reportgen/py.typed" in held
    assert {name.split("/")[0].split("-")[0] for name in held} == {"reportgen"}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the repository into which the wheel is installed."""
    site = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    done = run(*pip, "--target", site, wheel)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def test_the_installed_command_answers_outside_the_repository(installed: Path) -> None:
    answer = run(
        installed / "bin" / "reportgen", "--help", cwd=installed, PYTHONPATH=str(installed)
    )
    assert answer.returncode == 0, answer.stderr
    assert "build" in answer.stdout


def test_the_installed_command_builds_a_report_outside_the_repository(
    installed: Path, tmp_path: Path
) -> None:
    shutil.copytree(REPOSITORY / "inputs", tmp_path / "inputs")
    command = [installed / "bin" / "reportgen", "build", "BABA", "--as-of", "2025-11-30"]
    built = run(*command, cwd=tmp_path, PYTHONPATH=str(installed))
    assert built.returncode == 0, built.stdout + built.stderr
    assert (tmp_path / "outputs/BABA/2025-11-30/BABA-2025-11-30.xlsx").is_file()


def test_make_leaves_an_environment_alone_that_is_linked(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "Makefile", tmp_path)
    of_another = tmp_path / "environment"
    of_another.mkdir()
    (tmp_path / ".venv").symlink_to(of_another)
    for target in ("test", "lock", ".venv/run"):
        asked = run("make", target, cwd=tmp_path)
        assert asked.returncode == 2
        assert "remove the link" in asked.stderr
    assert not any(of_another.iterdir())


SKIPPING = "import pytest\n\ndef test_needs_a_tool():\n    pytest.skip('no LibreOffice')\n"


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 failed")])
def test_a_skipped_test_fails_in_ci_only(tmp_path: Path, ci: str, outcome: str) -> None:
    shutil.copy(REPOSITORY / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_tool.py").write_text(SKIPPING)
    ran = run(
        *(sys.executable, "-m", "pytest", "-rA", tmp_path),
        cwd=tmp_path, CI=ci, PYTHONPATH=str(REPOSITORY),
    )  # fmt: skip
    assert outcome in ran.stdout
    assert "no LibreOffice" in ran.stdout


SOURCES, TESTS = REPOSITORY / "src/reportgen", REPOSITORY / "tests"
FEW = 25  # lines up to which nobody looks for the tests of a module
# Modules whose tests go neither by their name nor by that of their folder, because they are best
# tried through others, and the tests that try them. There may be fewer of them, never more.
MOST_THROUGH_OTHERS = 99
THROUGH = {
    "attribution/test_bridges attribution/test_shapley": (
        "attribution/coalitions attribution/players attribution/records"
    ),
    "cli/test_options cli/test_words": (
        "cli/handout cli/index cli/ls cli/overrides cli/retry cli/review cli/run"
    ),
    "cli/test_output": "cli/lines cli/terminal",
    "differences/test_diff_command": "cli/textconv differences/files",
    "differences/test_semantic differences/test_forms": (
        "cli/documents differences/ends differences/records"
    ),
    "expr/test_operators expr/test_evaluate expr/test_ladders": (
        "expr/compiler expr/functions expr/nodes expr/pieces expr/printer expr/reductions"
    ),
    "expr/test_study expr/test_order": "expr/reach expr/tree",
    "report/test_model_page": "expr/wording",
    "facts/reading/test_company_file": "facts/company",
    "facts/test_limits model/test_words": "facts/constants facts/scoring",
    "cli/test_api cli/test_build": "frames pipeline runs/drafts",
    "intake/test_imports intake/test_new_pack": "intake/company intake/records intake/suggested",
    "intake/test_sandbox intake/test_answers": "intake/outside_files intake/yahoo_web",
    "model/test_spare_rows model/case/test_judgements": (
        "model/case/build model/case/record model/case/tables model/given_values"
    ),
    "model/test_by_hand model/test_limits": (
        "model/dims model/fundamentals model/inputs/assumptions model/inputs/description "
        "model/inputs/market_data model/inputs/sources"
    ),
    "model/test_gaps": (
        "model/last_month model/lines model/question model/report_question model/solved"
    ),
    "truth/test_recalculation golden/test_prints": (
        "model/headlines model/provenance model/ranks model/sentences model/whatif/alternatives "
        "model/whatif/bridges model/whatif/grids model/whatif/hype_range "
        "model/whatif/remaining_prices model/whatif/removals"
    ),
    "report/test_readback": "report/registry/origins report/registry/rows",
    "report/test_conventions report/test_room": (
        "report/assemble report/blocks report/cells report/context report/placement "
        "report/tab report/tables report/what_ifs"
    ),
    "reviews/test_acceptance reviews/test_decisions": (
        "reviews/current_inputs reviews/json reviews/log reviews/plausible reviews/session"
    ),
    "reviews/test_review reviews/test_sheets reviews/test_trust": (
        "reviews/causes reviews/issued reviews/page reviews/records reviews/returned"
    ),
    "runs/test_batch runs/test_bucket runs/test_companions": (
        "runs/contents runs/locks runs/outputs runs/pdfs runs/places"
    ),
    "runs/index/test_workbook runs/index/test_page": "runs/index/columns runs/index/records",
    "runs/track/test_tables": "runs/track/records",
    "xlsx/compare/test_details": "xlsx/compare/rules xlsx/compare/structure",
    "xlsx/reader/test_workbook xlsx/reader/test_process": "xlsx/reader/records xlsx/reader/worker",
    "xlsx/writer/test_fast xlsx/writer/test_refusals": (
        "xlsx/book xlsx/writer/rows xlsx/writer/sheets"
    ),
    "xlsx/test_atomic": "xlsx/locks",
}


def modules() -> Iterator[PurePath]:
    for path in sorted(SOURCES.rglob("*.py")):
        if not path.stem.startswith("__") and len(path.read_text().splitlines()) > FEW:
            yield path.relative_to(SOURCES).with_suffix("")


def is_named(module: PurePath) -> bool:
    """Whether a file of tests goes by the name of a module or folder, or begins with it."""
    folder = TESTS / module.parent
    return any(any(folder.glob(f"test_{module.name}{rest}.py")) for rest in ("", "_*"))


def test_the_tests_of_a_module_go_by_its_name_or_its_folder_or_are_listed() -> None:
    unnamed = [
        one.as_posix() for one in modules() if not any(map(is_named, (one, *one.parents[:-1])))
    ]
    listed = [one for tried in THROUGH.values() for one in tried.split()]
    assert sorted(listed) == sorted(unnamed)
    assert len(listed) <= MOST_THROUGH_OTHERS


def test_the_tests_that_modules_are_tried_through_are_there() -> None:
    paths = [TESTS / f"{path}.py" for tests in THROUGH for path in tests.split()]
    assert [path for path in paths if not path.is_file()] == []


def test_tests_that_go_by_a_module_stand_in_its_folder() -> None:
    misplaced = []
    for path in TESTS.rglob("test_*.py"):
        name = path.stem.removeprefix("test_")
        folder = SOURCES / path.parent.relative_to(TESTS)
        is_here = (folder / f"{name}.py").exists() or (folder / name).is_dir()
        if not is_here and any(folder.rglob(f"{name}.py")):
            misplaced.append(path)
    assert misplaced == []


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_files_of_tests_that_a_page_names_are_there(name: str) -> None:
    named = re.findall(r"\btests/[\w/]+\.py", (REPOSITORY / name).read_text(encoding="utf-8"))
    assert [path for path in named if not (REPOSITORY / path).is_file()] == []
