"""Companies as a month's runs leave them, some of them with nothing but ill will."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.runs.index.records import Links
from reportgen.runs.index.rows import Reported, index_of
from reportgen.runs.issued import VALUES, Issue
from reportgen.runs.manifest import (
    Attention,
    Cause,
    Manifest,
    SinceLastMonth,
    write_manifest,
)
from tests.runs.records import HEADLINE, manifest

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.runs.index.records import Index
    from reportgen.values import Value

NOVEMBER, OCTOBER, SEPTEMBER = date(2025, 11, 30), date(2025, 10, 31), date(2025, 9, 30)
NASTY = (
    "=cmd|' /C calc'!A0",
    "+1-1",
    "@SUM(A1)",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "two\nlines\x00\x07\x1b[31m\u202e\u2028",
    "https://example.com/",
    "W" * 40_000,
)


def issue(as_of: date, revision: int = 1, **said: Value) -> Issue:
    """What went out of a company as HEADLINE says, but for what is `said` by columns."""
    values = {name: HEADLINE.get(key) for name, key in VALUES.items()}
    return Issue(as_of, as_of, revision, "a" * 64, values | said)


def moved(old: float | None, new: float | None, **more: object) -> SinceLastMonth:
    """A change since October with one cause."""
    causes = () if old is None or new is None else (Cause("price", "Price", "price", new - old),)
    return SinceLastMonth("2025-10-31", old, new, causes)._replace(**more)


def saying(ticker: str = "ACME", **values: Value) -> Manifest:
    """A manifest of November whose values by key, dots as two underscores, are `values`."""
    said = {key.replace("__", "."): value for key, value in values.items()}
    return manifest(ticker, values=HEADLINE | said)


def linked(one: Manifest) -> Links:
    """The link to the workbook of a manifest, as if it were there."""
    return Links(f"{one.ticker}/{one.as_of}/{one.newest.file}")


def reported(one: Manifest, *issues: Issue, **more: object) -> Reported:
    """A company whose workbook is there."""
    return Reported(one, issues, links=linked(one))._replace(**more)


def nasty(ticker: str, text: str) -> Manifest:
    """A manifest in which a text stands wherever texts may stand."""
    return manifest(
        ticker,
        name=text,
        tags=(text,),
        values=HEADLINE
        | {"company.price_currency": text, "stance.call": text, "readiness": text}
        | {"readiness.reason": text},
        since_last_month=SinceLastMonth(
            "2025-10-31", 100.0, 99.0, (Cause(text, text, text, -1.0),), text
        ),
        stale=(text,),
        attention=(Attention(text, text, text),),
    )


def full_index() -> Index:
    """An index with all that there can be: news, movers, n/a, texts of ill will."""
    companies = [
        reported(saying("ACME", stance__call="SHORT"), *map(issue, (SEPTEMBER, OCTOBER))),
        reported(saying("BOLT", price=130.0), issue(OCTOBER)),
        reported(manifest("CORE", since_last_month=moved(100.0, 105.0)), issue(OCTOBER)),
        reported(
            manifest(
                "DUST",
                values={"company.price_currency": "GBP", "price": 0.8},
                since_last_month=moved(None, None, note="nothing was known"),
                stale=(),
                conflicts=0,
            )
        ),
        *(reported(nasty(f"N{place}", text), issue(OCTOBER)) for place, text in enumerate(NASTY)),
    ]
    return index_of(NOVEMBER, companies)


def store(outputs: Path, one: Manifest) -> Path:
    """Write a manifest and something in place of its workbook; return where the workbook is."""
    folder = outputs / one.ticker / one.as_of
    folder.mkdir(parents=True, exist_ok=True)
    write_manifest(one, folder / "manifest.json")
    (folder / one.newest.file).write_bytes(b"a workbook")
    return folder / one.newest.file
