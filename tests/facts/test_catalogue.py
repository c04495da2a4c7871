"""What the catalogue says of the inputs: each once, its default within its bounds."""

from __future__ import annotations

from datetime import date

from reportgen.facts.catalogue import BY_KEY, CATALOGUE
from reportgen.facts.pack import load
from tests.facts.pack_folder import INPUTS


def test_every_default_lies_within_its_bounds_and_has_a_reason() -> None:
    defaulted = [entry for entry in CATALOGUE if entry.default is not None]
    assert len(defaulted) == 23
    for entry in defaulted:
        assert entry.bounds.holds(entry.default or 0.0)
        assert entry.reason
        assert not entry.required


def test_the_catalogue_knows_every_key_of_the_repo_and_each_once() -> None:
    used = {
        row.key for row in load("BABA", as_of=date(2026, 12, 31), inputs=INPUTS).rows.assumptions
    }
    assert used <= set(BY_KEY)
    assert len(BY_KEY) == len(CATALOGUE)
