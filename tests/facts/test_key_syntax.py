from __future__ import annotations

import pytest

from reportgen.facts.key_syntax import Key, Trigger, parse_key, parse_trigger
from reportgen.facts.problems import CellError


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("price", Key("price", (), "")),
        ("hype.score", Key("hype.score", (), "")),
        ("assumption[growth,bull,cloud]", Key("assumption", ("growth", "bull", "cloud"), "")),
        ("assumption[cost_of_equity,all,]", Key("assumption", ("cost_of_equity", "all", ""), "")),
        (
            "fact[product/Meta/Ray-Ban Display/].value",
            Key("fact", ("product/Meta/Ray-Ban Display/",), "value"),
        ),
        (
            "target[A%2CB %5BC%5D 5%25,ordinary,2025-11-26]",
            Key("target", ("A,B [C] 5%", "ordinary", "2025-11-26"), ""),
        ),
        ("close[中金]", Key("close", ("中金",), "")),
    ],
)
def test_a_key_is_taken_apart(text: str, key: Key) -> None:
    assert parse_key(text) == key


@pytest.mark.parametrize(
    "text", ["", "Price", "a[b", "a]b", "a[b]]", "a[b[c]]", "a[5%]", "a b", "a[b]c", "=a", "a..b"]
)
def test_what_is_not_spelt_as_a_key_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_key(text)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("price < 123", Trigger("price", "<", 123)),
        ("hype.score>50", Trigger("hype.score", ">", 50)),
        (
            "fundamental[cloud,revenue,yoy] > 30%",
            Trigger("fundamental[cloud,revenue,yoy]", ">", 0.3),
        ),
        (
            "fundamental[group,free_cash_flow] < -1,000",
            Trigger("fundamental[group,free_cash_flow]", "<", -1000),
        ),
    ],
)
def test_a_trigger_is_taken_apart(text: str, trigger: Trigger) -> None:
    assert parse_trigger(text) == trigger


@pytest.mark.parametrize(
    "text",
    [
        *("price", "price < ", "< 5", "price = 5", "price <= 5", "price < five"),
        *("1 < price < 2", "a b < 5"),
    ],
)
def test_what_is_no_trigger_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_trigger(text)
