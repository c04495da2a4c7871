"""The head of the Registry: what a report was made from, beyond its cells."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from reportgen.periods import serial
from reportgen.report.fields import Field, Link
from reportgen.report.identity import SCHEMA, model_hash, snapshot
from reportgen.report.lossless import packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.facts.rows import Argument
    from reportgen.report.context import Context

_IDENTITY = (
    ("report.schema", "Version of this list"),
    ("report.ticker", "Ticker"),
    ("report.as_of", "As of"),
    ("report.snapshot", "Inputs as issued, SHA-256"),
    ("report.model_hash", "Model, SHA-256"),
    ("report.input_hash", "Input pack, SHA-256"),
)
_IN_CELLS = frozenset(
    {
        "ticker",
        "name",
        "price_currency",
        "reporting_currency",
        "ordinary_per_ads",
        "segments",
        "peers",
        "own_vendor",
        "reference",
        "launch",
    }
)


def head(context: Context) -> Iterator[Field]:
    """Yield what identifies the report, then members, company, unread policy and arguments."""
    yield from _identity(context)
    for dim in sorted(context.members, key=lambda dim: dim.name):
        yield from _listed(f"members[{dim.name}]", "Members, in order", context.members[dim])
    yield from _listed(
        "report.unused_overrides", "Overrides that name no input", context.case.unused_overrides
    )
    yield from _company(context)
    yield from _unread_policy(context)
    for number, argument in enumerate(context.case.arguments, start=1):
        yield _argument(number, argument)


def _identity(context: Context) -> Iterator[Field]:
    pack = context.pack
    values: tuple[float | str, ...] = (
        float(SCHEMA),
        pack.company.ticker,
        float(serial(pack.as_of)),
        snapshot(context.case),
        model_hash(),
        pack.input_hash,
    )
    for (key, label), value in zip(_IDENTITY, values, strict=True):
        kind = "text" if isinstance(value, str) else "number"
        style = "date" if key == "report.as_of" else "text" if kind == "text" else "count"
        type_ = "date" if style == "date" else kind
        yield Field(key, label, "report", type_, issued=value, style=style)


def _listed(key: str, label: str, names: tuple[str, ...]) -> Iterator[Field]:
    first, *more = packed(names)
    yield Field(key, label, "members", "text", issued=first)
    for text in more:
        yield Field(key, label, "continued", "text", issued=text)


def _company(context: Context) -> Iterator[Field]:
    """Yield what company.yaml says that no cell of the report holds."""
    company = context.pack.company
    for part in fields(company):
        if part.name not in _IN_CELLS:
            value = getattr(company, part.name)
            label = part.name.replace("_", " ").capitalize()
            text = None if value is None else str(value)
            yield Field(f"company.{part.name}", label, "company", "text", issued=text or None)


def _unread_policy(context: Context) -> Iterator[Field]:
    """Yield the constants of the method that no formula reads."""
    read = {line.key for line in context.lines}
    for constant in context.policy.values.values():
        key = f"policy[{constant.key}]"
        if key not in read:
            yield Field(
                key,
                constant.label,
                "constant",
                "number",
                constant.unit,
                issued=constant.value,
                source="method",
                style="",
            )


def _argument(number: int, argument: Argument) -> Field:
    """Return an argument of the written case as JSON; its line in the file is left out."""
    parts = argument._asdict()
    del parts["line_no"]
    parts["published"] = argument.published.isoformat()
    parts["due"] = argument.due.isoformat() if argument.due else None
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
    return Field(
        f"argument[{number}]",
        "Argument of the written case",
        "argument",
        "text",
        issued=text,
        source=argument.source,
        published=Link(float(serial(argument.published))),
    )
