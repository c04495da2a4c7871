from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.runs.drafts import build
from tests.reviews import told
from tests.reviews.typing_in import AS_OF, INPUTS, SMALL, Issue, read_issue
from tests.support.answers import files_read_once  # noqa: F401 - files are a means here
from tests.support.once import composed_once  # noqa: F401 - reports are a means here

if TYPE_CHECKING:
    from reportgen.reviews.records import Review


@pytest.fixture(scope="session")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    """The report of the pack of the repository."""
    return read_issue(
        build("BABA", as_of=AS_OF, inputs=INPUTS, outputs=tmp_path_factory.mktemp("outputs")).path
    )


@pytest.fixture(scope="session")
def small_issue(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    """The report of a small pack, for what takes long however little there is to tell."""
    outputs = tmp_path_factory.mktemp("outputs")
    return read_issue(build("ONE", as_of=AS_OF, inputs=SMALL, outputs=outputs).path)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A copy of the inputs of the repository, free to be added to."""
    return Path(shutil.copytree(INPUTS, tmp_path / "inputs"))


@pytest.fixture(scope="session")
def _edited(issue: Issue, tmp_path_factory: pytest.TempPathFactory) -> tuple[Review, Path]:
    return told.edited(issue, tmp_path_factory.mktemp("edited"))


@pytest.fixture(scope="session")
def edited(_edited: tuple[Review, Path]) -> Review:
    """The review of a file with an edit of each kind: see tests/reviews/told.py."""
    return _edited[0]


@pytest.fixture(scope="session")
def inputs_of_today(_edited: tuple[Review, Path]) -> Path:
    """The inputs that it was held to."""
    return _edited[1]
