"""Whose folders stand below the outputs: those that a company can have, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.runs.folders import company_folders

if TYPE_CHECKING:
    from pathlib import Path


def test_only_folders_with_the_name_of_a_company_are_one(tmp_path: Path) -> None:
    for name in ("BOLT", "7203.T", "ACME", "runs", ".hidden", "a b?"):
        (tmp_path / name).mkdir()
    (tmp_path / "index-2025-11-30.html").touch()
    (tmp_path / "LOOP").symlink_to(tmp_path / "LOOP")
    (tmp_path / "LINK").symlink_to(tmp_path / "BOLT")
    assert company_folders(tmp_path) == ["7203.T", "ACME", "BOLT", "LINK"]


def test_outputs_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError, match=r"lost: cannot be read: .*; --outputs names"):
        company_folders(tmp_path / "lost")
