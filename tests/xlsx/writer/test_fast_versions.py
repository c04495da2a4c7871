"""Reports are written with versions of XlsxWriter that were tried, and refused with any other."""

from __future__ import annotations

import re
import tomllib

import pytest
import xlsxwriter

from reportgen.xlsx.writer.fast import NEWEST, OLDEST, LibraryError, check_library
from reportgen.xlsx.writer.workbook import render
from tests.support.tools import REPOSITORY
from tests.xlsx.writer.samples import everything


@pytest.mark.parametrize(
    "version", ["3.2.9", "3.2.10", "3.3.2", "3.4.0", "3.10", "4.0.0rc1", "0.9"]
)
def test_a_version_that_was_never_tried_is_refused(
    monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setattr(xlsxwriter, "__version__", version)
    with pytest.raises(LibraryError) as caught:
        render(everything())
    assert str(caught.value) == (
        f"XlsxWriter {version} is installed, and reports are written with versions 3.3.0 to 3.3.1;"
        " run: python -m pip install XlsxWriter==3.3.1"
    )


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_a_version_that_was_tried_is_taken(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(xlsxwriter, "__version__", version)
    check_library()


def declared() -> list[str]:
    text = (REPOSITORY / "pyproject.toml").read_text()
    return list(tomllib.loads(text)["project"]["dependencies"])


def test_the_project_declares_the_versions_that_the_writer_takes() -> None:
    assert f"xlsxwriter>={OLDEST},<={NEWEST}" in declared()


def test_the_lowest_versions_that_are_tried_are_those_declared() -> None:
    lock = (REPOSITORY / "requirements-lowest.lock").read_text()
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    for dependency in declared():
        found = re.match(r"([a-z0-9.-]+)>=([0-9.]+)", dependency)
        assert found is not None
        lowest = pinned[found[1].replace(".", "-")]
        assert (lowest + ".0").startswith(found[2]), dependency
