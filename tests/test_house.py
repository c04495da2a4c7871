"""The house is in order: style, types, layers, locks, the wheel, and no test that may be missed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.support.tools import REPOSITORY

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
