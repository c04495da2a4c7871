"""A manifest says what it was told, or says that it cannot be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.runs.manifest import ManifestError, read_manifest, sha256_of, write_manifest
from tests.runs.records import manifest

if TYPE_CHECKING:
    from pathlib import Path


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "ACME" / "2025-11-30" / "manifest.json"
    write_manifest(manifest(), path)
    assert read_manifest(path) == manifest()


def test_where_there_is_no_manifest_there_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "manifest.json") is None


@pytest.mark.parametrize(
    "mutate",
    [
        lambda text: text[: len(text) // 2],
        lambda _: "[]",
        lambda text: text.replace('"schema": 1', '"schema": 2'),
        lambda text: text.replace('"revisions"', '"revision"'),
        lambda text: json.dumps(json.loads(text) | {"revisions": []}),
        lambda text: text.replace("ACME-2025-11-30.xlsx", "../ACME-2025-11-30.xlsx"),
        lambda text: text.replace('"as_of": "2025-11-30"', '"as_of": "yesterday"', 1),
        lambda _: "[" * 100_000,
    ],
    ids=["torn", "foreign", "newer", "lacking", "empty", "elsewhere", "undated", "deep"],
)
def test_a_manifest_that_cannot_be_trusted_is_told(tmp_path: Path, mutate: object) -> None:
    path = tmp_path / "manifest.json"
    write_manifest(manifest(), path)
    path.write_text(mutate(path.read_text()))  # type: ignore[operator]  # a function of text
    with pytest.raises(ManifestError, match=r"manifest\.json: is no manifest of this program"):
        read_manifest(path)


def test_the_hash_of_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert sha256_of(tmp_path / "nothing.xlsx") is None
