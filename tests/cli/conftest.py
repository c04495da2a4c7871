from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cli.running import INPUTS, build
from tests.support.answers import files_read_once  # noqa: F401 - files are a means here
from tests.support.once import composed_once  # noqa: F401 - reports are a means here

if TYPE_CHECKING:
    from click.testing import Result


class Built(NamedTuple):
    """A report built once by the command, and what the command said."""

    path: Path
    said: Result


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    outputs = tmp_path_factory.mktemp("outputs")
    said = build("--outputs", outputs)
    return Built(outputs / "BABA/2025-11-30/BABA-2025-11-30.xlsx", said)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A copy of the inputs of the repository, free to be spoilt."""
    return Path(shutil.copytree(INPUTS, tmp_path / "inputs"))


@pytest.fixture
def built_bytes(built: Built) -> bytes:
    return built.path.read_bytes()
