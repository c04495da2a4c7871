"""A manifest says what it was told, or says that it cannot be read."""

from __future__ import annotations

import json
import math
import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.runs.manifest import (
    ManifestError,
    manifest_of,
    manifest_path,
    newest_manifest,
    read_manifest,
    sha256_of,
    write_manifest,
)
from tests.runs.records import manifest

if TYPE_CHECKING:
    from pathlib import Path


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "ACME" / "2025-11-30" / "manifest.json"
    write_manifest(manifest(), path)
    assert read_manifest(path) == manifest()


def test_a_manifest_is_json_that_people_can_read(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    write_manifest(manifest(name="Zoë"), path)
    first, second, third, *_, last = path.read_text(encoding="utf-8").split("\n")
    assert (first, second, third, last) == ("{", ' "ticker": "ACME",', ' "name": "Zoë",', "")
    with pytest.raises(ValueError, match="nan"):
        write_manifest(manifest(values={"price": math.nan}), path)


def test_where_there_is_no_manifest_there_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "manifest.json") is None


def two_of(text: str) -> list[dict[str, object]]:
    """The revision of a manifest, and a second one under its name."""
    (first,) = json.loads(text)["revisions"]
    return [first, first | {"number": 2}]


@pytest.mark.parametrize(
    "mutate",
    [
        lambda text: text[: len(text) // 2],
        lambda _: "[]",
        lambda text: text.replace('"schema": 1', '"schema": 2'),
        lambda text: text.replace('"revisions"', '"revision"'),
        lambda text: json.dumps(json.loads(text) | {"revisions": []}),
        lambda text: text.replace("ACME-2025-11-30.xlsx", "../ACME-2025-11-30.xlsx"),
        lambda text: json.dumps(json.loads(text) | {"revisions": two_of(text)}),
        lambda text: text.replace('"as_of": "2025-11-30"', '"as_of": "yesterday"', 1),
        lambda _: "[" * 100_000,
        lambda text: text.replace('"split": 1.0', '"split": NaN'),
        lambda text: text.replace('"split": 1.0', f'"split": {10**400}'),
        lambda text: text.replace('"LONG"', '["LONG"]'),
        lambda text: text.replace('"number": 1', '"number": "1"'),
        lambda text: text.replace('"number": 1', '"number": 2'),
        lambda text: text.replace('"ACME"', '"../ACME"'),
        lambda text: text.replace("ACME/prices.csv", "/dev/zero"),
        lambda text: text.replace("ACME/prices.csv", "ACME/../../prices.csv"),
        lambda text: text.replace("ACME/prices.csv", "a\\u0000b"),
    ],
    ids=[
        *("torn", "foreign", "newer", "lacking", "empty", "elsewhere", "one elsewhere"),
        *(
            "undated",
            "deep",
            "not a number",
            "endless",
            "listed",
            "number as text",
            "number of another",
            "climbing",
        ),
        *("device", "outside", "control character"),
    ],
)
def test_a_manifest_that_cannot_be_trusted_is_told(tmp_path: Path, mutate: object) -> None:
    path = tmp_path / "manifest.json"
    write_manifest(manifest(), path)
    path.write_text(mutate(path.read_text()))  # type: ignore[operator]  # a function of text
    with pytest.raises(ManifestError, match=r"manifest\.json: is no manifest of this program"):
        read_manifest(path)


@pytest.mark.parametrize(
    ("ticker", "as_of"), [("BOLT", date(2025, 11, 30)), ("ACME", date(2025, 12, 31))]
)
def test_a_manifest_of_another_report_is_told(tmp_path: Path, ticker: str, as_of: date) -> None:
    write_manifest(manifest(), manifest_path(tmp_path, ticker, as_of))
    with pytest.raises(ManifestError, match="is of ACME as of 2025-11-30; put it back"):
        manifest_of(tmp_path, ticker, as_of)


def test_a_manifest_of_more_than_4_mb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    write_manifest(manifest(), path)
    text = path.read_text()
    path.write_text(text.ljust(4 * 1024 * 1024))
    assert read_manifest(path) == manifest()
    path.write_text(text.ljust(4 * 1024 * 1024 + 1))
    with pytest.raises(ManifestError, match="it is too large"):
        read_manifest(path)


def test_the_newest_manifest_is_the_last_up_to_a_day_that_can_be_read(tmp_path: Path) -> None:
    for day in ("2025-09-30", "2025-10-31", "2025-11-30"):
        write_manifest(manifest(as_of=day), tmp_path / "ACME" / day / "manifest.json")
    (tmp_path / "ACME/2025-11-29").mkdir()  # a draft
    (tmp_path / "ACME/soon").mkdir()

    def newest(day: str) -> str | None:
        found = newest_manifest(tmp_path, "ACME", date.fromisoformat(day))
        return found.as_of if found else None

    days = ("2025-12-31", "2025-11-30", "2025-11-29", "2025-10-31", "2025-10-30", "2025-09-29")
    newest_then = ("2025-11-30", "2025-11-30", "2025-10-31", "2025-10-31", "2025-09-30", None)
    assert tuple(map(newest, days)) == newest_then
    (tmp_path / "ACME/2025-11-30/manifest.json").write_text("{")
    assert newest("2025-11-30") == "2025-10-31"
    assert newest_manifest(tmp_path, "BOLT", date(2025, 11, 30)) is None


@pytest.mark.parametrize(("fails", "has"), [(0.0, False), (1.0, True), (None, False)])
def test_a_report_has_failures_where_a_check_fails(fails: float | None, *, has: bool) -> None:
    assert manifest(values={"checks.fail": fails}).has_failures is has


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes as Unix has them")
def test_nobody_waits_for_a_pipe_in_the_place_of_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "manifest.json"
    os.mkfifo(pipe)
    assert sha256_of(pipe) is None
    with pytest.raises(ManifestError, match="is no file"):
        read_manifest(pipe)


def test_the_hash_of_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert sha256_of(tmp_path / "nothing.xlsx") is None
