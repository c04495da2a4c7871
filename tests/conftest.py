"""What holds for every test."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.support import no_net

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

# How many examples a law is tried with: in the short form, and where the long tests run, too.
FEW, MANY = 40, 120

# Reports that many tests look at stay alive: to look through them for cycles again and again would
# take a quarter of the time of a run.
gc.set_threshold(2_000_000, 20, 50)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse the net, and set how properties are tried, before the tests are read."""
    no_net.refuse()
    # A deadline per example fails on a busy machine; a fixed seed lets a commit's verdict be
    # repeated.
    settings = hypothesis.settings(
        deadline=None, max_examples=FEW if config.option.markexpr == "not long" else MANY
    )
    register = hypothesis.settings.register_profile
    register("local", settings)
    register("ci", settings, derandomize=True, database=None)
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    """Fail a test that reached for the net, also where what it called took the refusal well."""
    no_net.REACHED.clear()
    yield
    if no_net.REACHED:
        pytest.fail(f"reached for the net: {', '.join(no_net.REACHED)}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that skips fails: a missing tool must not pass for a verdict."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"in CI no test may be skipped: {report.longreprtext}"
    return report


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    # Each worker of a parallel run has a folder of its own below the one of the run.
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
