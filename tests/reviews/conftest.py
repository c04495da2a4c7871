from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen.runs.drafts import build
from tests.reviews.typing_in import AS_OF, INPUTS, Issue, read_issue
from tests.support.answers import files_read_once  # noqa: F401 - files are a means here
from tests.support.once import composed_once  # noqa: F401 - reports are a means here


@pytest.fixture(scope="session")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    """The report of the pack of the repository."""
    return read_issue(
        build("BABA", as_of=AS_OF, inputs=INPUTS, outputs=tmp_path_factory.mktemp("outputs")).path
    )


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A copy of the inputs of the repository, free to be added to."""
    return Path(shutil.copytree(INPUTS, tmp_path / "inputs"))
