"""The pack that is copied holds the files of a pack and no others."""

from __future__ import annotations

from reportgen.scaffold import FILES
from tests.support.tools import REPOSITORY


def test_the_template_holds_exactly_the_files_of_a_pack() -> None:
    held = {path.name for path in (REPOSITORY / "templates/pack").iterdir()}
    assert held == {*FILES, "fx.csv"}
