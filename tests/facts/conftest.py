from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.facts.pack_folder import PackFolder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path)
