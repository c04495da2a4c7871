from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from reportgen.cli.commands import commands
from reportgen.headline import HEADLINE
from tests.cli.running import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Built


def test_show_says_what_the_build_said(built: Built) -> None:
    asked = run("show", built.path)
    *said, count = asked.stdout.splitlines()
    assert asked.exit_code == 0
    assert said == built.said.stdout.splitlines()
    assert count.endswith("values by key: --json")


def test_json_is_one_flat_object_of_numbers_flags_texts_and_nulls(built: Built) -> None:
    values = json.loads(run("show", built.path, "--json").stdout)
    assert {type(value) for value in values.values()} == {float, bool, str, type(None)}
    assert values["base.value"] == pytest.approx(151.35563290829043, abs=1e-9)
    assert values["fact[price/ADS].conflict"] is False
    assert values["stance.call"] == "NO POSITION"
    assert values["hype.sub[vendor]"] is None


def test_headline_is_the_short_list_in_the_order_people_read(built: Built) -> None:
    short = json.loads(run("show", built.path, "--json", "--headline").stdout)
    every = json.loads(run("show", built.path, "--json").stdout)
    assert list(short) == list(HEADLINE)
    assert short == {key: every[key] for key in HEADLINE}
    assert None not in short.values()


def test_headline_without_json_is_a_line_a_key(built: Built) -> None:
    lines = run("show", built.path, "--headline").stdout.splitlines()
    shown = dict(line.split(maxsplit=1) for line in lines)
    assert list(shown) == ["key", *HEADLINE]
    assert shown["as_of"] == "2025-11-30"
    assert shown["base.value"] == "151.3556329"
    assert shown["checks.fail"] == "0"


def test_json_keeps_every_letter_where_the_output_carries_only_ascii(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = {"company.name": "北台"}
    monkeypatch.setattr("reportgen.show", lambda _, **__: named)
    for charset in ("utf-8", "ascii"):
        asked = CliRunner(charset=charset).invoke(commands, ["show", "any.xlsx", "--json"])
        assert json.loads(asked.stdout) == named
        assert ("北台" in asked.stdout) == (charset == "utf-8")


def test_show_never_changes_the_file(built: Built, tmp_path: Path) -> None:
    copy = shutil.copy(built.path, tmp_path / "copy.xlsx")
    before = built.path.read_bytes()
    run("show", copy, "--json")
    assert (tmp_path / "copy.xlsx").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["copy.xlsx"]
