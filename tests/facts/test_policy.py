from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from reportgen import resources
from reportgen.errors import ReportgenError
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.schema import FLAGS, NO_REDISTRIBUTION, TIERS
from reportgen.model.inputs.constants import policies

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = "solver.steps:\n  value: 40\n  unit: count\n  label: Steps\n  reason: numerical\n"


def test_the_policy_holds_the_numbers_of_the_method() -> None:
    policy = load_policy()
    assert [policy[f"reliability.tier.{tier}"] for tier in TIERS] == [0.95, 0.8, 0.55, 0.4, 0.5]
    weighing = [flag for flag in FLAGS if flag != NO_REDISTRIBUTION]  # that one changes no value
    assert [policy[f"reliability.flag.{flag}"] for flag in weighing] == [0.7, 0.7, 0.8, 0.8]
    assert policy["half_life.price"] == 2
    assert policy["choice.median_tolerance"] == 1e-12
    assert policy["score.vendor_base_rate"] == 0.478


def test_every_number_has_a_unit_a_label_and_a_reason() -> None:
    for key, entry in load_policy().values.items():
        assert entry.key == key
        assert entry.unit
        assert entry.label
        assert entry.reason


def test_formulas_read_every_number_but_those_that_act_while_inputs_are_loaded() -> None:
    read = {constant.key.removeprefix("policy[").removesuffix("]") for constant in policies()}
    assert set(load_policy().values) - read == {"price.max_jump", "solver.steps"}


def test_a_policy_can_be_sent_to_another_process() -> None:
    policy = load_policy()
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301 - it was pickled here


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: {", r"method.yaml:1: is not YAML"),
        ("- a", "method.yaml:1: is not a mapping; expected one mapping of keys to value, unit"),
        (
            ENTRY.replace("  reason: numerical\n", ""),
            r"method.yaml:2 solver.steps.reason: is missing",
        ),
        (ENTRY.replace("40", "forty"), 'method.yaml:2 solver.steps.value: "forty" is not a number'),
        (
            ENTRY.replace("40", "nan"),
            'solver.steps.value: "nan" is not a number; expected',
        ),
        (ENTRY.replace("count", ""), "solver.steps.unit: is blank; fill it in"),
        (ENTRY + "  why: not\n", "solver.steps.why: is not a key of this file"),
        ("solver.steps: 40\n", "solver.steps: is not a mapping"),
        (ENTRY + ENTRY, 'says "solver.steps" a second time'),
    ],
)
def test_a_mistake_in_a_policy_file_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "method.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReportgenError, match=message):
        load_policy(path)


def test_a_policy_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError, match=r"method\.yaml: cannot be read"):
        load_policy(tmp_path / "method.yaml")


def test_a_template_is_found_in_the_package_before_the_repo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "reportgen"
    for folder in (package / "templates", tmp_path / "templates"):
        folder.mkdir(parents=True)
        (folder / "method.yaml").touch()
    monkeypatch.setattr(resources, "PACKAGE", package)
    assert resources.template_path("method.yaml") == package / "templates" / "method.yaml"
    (package / "templates" / "method.yaml").unlink()
    assert resources.template_path("method.yaml") == tmp_path / "templates" / "method.yaml"
    with pytest.raises(ReportgenError, match="not among the templates"):
        resources.template_path("nothing.yaml")
