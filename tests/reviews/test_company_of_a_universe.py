"""What is brought home to a company of a universe makes a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors
from reportgen.facts.reading.companies import has_pack
from reportgen.intake.additions import Addition
from reportgen.reviews.acceptance import preview, take
from reportgen.reviews.current_inputs import read_ours
from tests.facts.pack_folder import AS_OF
from tests.facts.universe_folder import UniverseFolder

if TYPE_CHECKING:
    from pathlib import Path

OVERRIDE = {
    "published": "2025-11-29",
    "key": "assumption[growth,bull,main]",
    "value": "0.3",
    "author": "J. Poon",
}


@pytest.fixture
def folder(tmp_path: Path) -> UniverseFolder:
    return UniverseFolder(tmp_path)


def test_an_override_makes_a_folder_that_adds_to_the_universe(folder: UniverseFolder) -> None:
    before = folder.load(ticker="KITE")
    files = preview((Addition("overrides", (OVERRIDE,)),), folder.inputs, "KITE", AS_OF)
    assert not (folder.inputs / "KITE").exists()
    take(files)
    after = folder.load(ticker="KITE")
    assert [(row.key, row.active) for row in after.rows.overrides] == [(OVERRIDE["key"], True)]
    assert after.rows._replace(overrides=()) == before.rows


def test_a_row_that_a_universe_contradicts_is_not_taken(folder: UniverseFolder) -> None:
    row = {
        "published": "2025-10-01",
        "broker": "Coyote",
        "target": "131",
        "currency": "USD",
        "source": "wire",
    }
    with pytest.raises(InputErrors, match=r"is not what line 2 of inputs/universe/targets\.csv"):
        preview((Addition("targets", (row,)),), folder.inputs, "KITE", AS_OF)
    assert not (folder.inputs / "KITE").exists()


def test_our_inputs_are_those_of_the_universe(folder: UniverseFolder) -> None:
    ours = read_ours("KITE", AS_OF, folder.inputs)
    assert len(ours.rows.targets) == 2
    assert ours.sources == {"wire", "filing"}
    assert [has_pack(one, folder.inputs) for one in ("KITE", "ACME", "NONE")] == [True, True, False]
