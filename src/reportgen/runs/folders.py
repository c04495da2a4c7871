"""Whose folders stand below the outputs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.reading.company_file import RUNS, file_name_fault

if TYPE_CHECKING:
    from pathlib import Path


def company_folders(outputs: Path) -> list[str]:
    """Return the names of the folders that can be a company's, in their order.

    Raises ReportgenError where the outputs cannot be read.
    """
    try:
        with os.scandir(outputs) as entries:
            names = [one.name for one in entries if _is_folder(one)]
    except OSError as error:
        raise ReportgenError(
            f"{outputs}: cannot be read: {error.strerror}; --outputs names the folder of reports"
        ) from error
    return sorted(name for name in names if name != RUNS and not file_name_fault(name))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
