"""Lines know what they are: what a line declares agrees with the public key it has."""

from __future__ import annotations

import pytest

from reportgen.expr.nodes import Kind, Line, Role
from reportgen.facts.catalogue import BY_KEY, bounds_of
from reportgen.facts.constants import CONSTANTS
from reportgen.model.report_question import ALL_LINES
from reportgen.model.words import Entry, assumption, constant

LINES = [
    part
    for of in dict.fromkeys(ALL_LINES)
    for part in ((of.issued, of.override, of) if isinstance(of, Entry) else (of,))
]
ENTRIES = [of for of in LINES if isinstance(of, Entry)]


@pytest.mark.parametrize(
    ("kind", "begins", "ends"),
    [
        (Kind.ISSUED, "", ".issued"),
        (Kind.OVERRIDE, "", ".override"),
        (Kind.ROW_NUMBER, "", ".number"),
        (Kind.CONTROL, "control[", ""),
    ],
)
def test_typed_lines_of_a_kind_are_known_by_their_keys(kind: Kind, begins: str, ends: str) -> None:
    typed = [of for of in LINES if of.expr is None]
    spelled = {of.key for of in typed if of.key.startswith(begins) and of.key.endswith(ends)}
    assert {of.key for of in LINES if of.kind is kind} == spelled != set()


def test_what_is_computed_is_neither_typed_nor_an_input() -> None:
    for of in LINES:
        assert (of.expr is None) == (of.kind not in {Kind.COMPUTED, Kind.INPUT}), of
        assert (of.kind is Kind.INPUT) == isinstance(of, Entry), of


@pytest.mark.parametrize(
    ("role", "begins"), [(Role.PARAMETER, "assumption["), (Role.CONSTANT, "policy[")]
)
def test_an_input_and_its_parts_have_the_role_of_their_key(role: Role, begins: str) -> None:
    assert {of.key for of in LINES if of.role is role} == {
        of.key for of in LINES if of.key.startswith(begins) and of.kind is not Kind.REMARK
    }


def test_an_input_has_its_parts_and_the_bounds_that_an_override_of_it_is_held_to() -> None:
    for of in ENTRIES:
        assert of.issued.of_input == of.override.of_input == of.key
        assert of.issued.role is of.override.role is of.role
        assert of.bounds == bounds_of(of.key)


def test_every_parameter_and_constant_has_one_line() -> None:
    parameters = [of.parameter.key for of in ENTRIES if of.parameter is not None]
    assert sorted(parameters) == sorted(BY_KEY)
    assert {of.key for of in LINES if of.role is Role.CONSTANT and of.kind is Kind.INPUT} <= {
        f"policy[{name}]" for name in CONSTANTS
    }
    assert assumption("growth") is assumption("growth")


@pytest.mark.parametrize("declare", [assumption, constant])
def test_what_the_catalogue_does_not_have_is_no_input(declare: object) -> None:
    assert callable(declare)
    with pytest.raises(KeyError):
        declare("luck")


def test_the_line_of_a_parameter_says_what_its_entry_says() -> None:
    of: Line = assumption("growth")
    assert (of.key, of.label) == ("assumption[growth,{scenario},{segment}]", "Growth")
    assert assumption("peer_pe_discount").key == "assumption[peer_pe_discount,bull,]"
    assert assumption("launch_price_mix").key == "assumption[launch_price_mix,all,{variant}]"
