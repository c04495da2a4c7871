"""What a pack asks for, thing by thing: each alone is enough, and nothing is not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from reportgen.report import optional

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.report.context import Context

    Asks = Callable[[Context], bool]

TABLES = ("products", "claims", "peers", "events", "history", "arguments", "fundamentals")
BLANK = {"own_vendor": None, "peers": (), "benchmark": None}


def pack(
    *, everything: bool = False, company: dict[str, Any] | None = None, **rows: object
) -> Context:
    """A context of a pack with some rows, and a company of which something is known."""
    tables = SimpleNamespace(**dict.fromkeys(TABLES, ()) | rows)
    described = SimpleNamespace(**BLANK | (company or {}))
    held = SimpleNamespace(pack=SimpleNamespace(rows=tables, company=described))
    held.everything = everything
    return cast("Context", held)


def row(**cells: str) -> SimpleNamespace:
    return SimpleNamespace(**cells)


def reported(metric: str, segment: str = "group") -> dict[str, Any]:
    return {"fundamentals": (row(segment="x", metric="y"), row(segment=segment, metric=metric))}


ASKED: tuple[tuple[Asks, list[dict[str, Any]], list[dict[str, Any]]], ...] = (
    (optional.products, [{"products": (1,)}, {"company": {"own_vendor": "Acme"}}], []),
    (optional.claims, [{"claims": (row(key="price"),)}], [{"products": (1,)}]),
    (
        optional.multiples_claimed,
        [{"claims": (row(key="price"), row(key="PE"))}],
        [{"claims": (row(key="price"),)}],
    ),
    (optional.peers, [{"peers": (1,)}, {"company": {"peers": ("BOLT",)}}], []),
    (optional.events, [{"events": (1,)}], [{"claims": (row(key="pe"),)}]),
    (optional.benchmark, [{"company": {"benchmark": "INDX"}}], [{"company": {"peers": ("A",)}}]),
    (
        lambda context: optional.arguments(context, "bull"),
        [{"arguments": (row(case="bear"), row(case="bull"))}],
        [{"arguments": (row(case="bear"),)}],
    ),
    (
        lambda context: optional.reported(context, "eps", "ebita"),
        [reported("eps"), reported("ebita")],
        [reported("revenue"), reported("eps", "cloud")],
    ),
    (
        lambda context: optional.reported_by_segment(context, "eps"),
        [reported("eps", "cloud")],
        [reported("eps"), reported("revenue", "cloud")],
    ),
)


@pytest.mark.parametrize(("asks", "enough", "not_enough"), ASKED)
def test_a_block_is_asked_for_by_each_thing_that_it_shows(
    asks: Asks, enough: list[dict[str, Any]], not_enough: list[dict[str, Any]]
) -> None:
    assert [asks(pack(**known)) for known in enough] == [True] * len(enough)
    assert [asks(pack(**known)) for known in ({}, *not_enough)] == [False] * (1 + len(not_enough))
    assert asks(pack(everything=True))


def test_a_track_record_is_never_laid_out_without_a_history() -> None:
    assert not optional.history(pack(everything=True))
    assert optional.history(pack(history=(1,)))
