from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.tools import REPOSITORY


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A copy of the inputs of the repository, free to be added to."""
    return Path(shutil.copytree(REPOSITORY / "inputs", tmp_path / "inputs"))
