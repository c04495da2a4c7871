"""A hash of what is known: equal for equal knowledge, in whatever order and spelling it came."""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportgen.facts.company import Company
    from reportgen.facts.pack_rows import PackRows


def fingerprint(company: Company, rows: PackRows) -> str:
    """The SHA-256 of the company and its rows, as 64 hexadecimal digits.

    Lines are left out, since they move; reprs of numbers are exact, so nothing else is lost.
    """
    digest = hashlib.sha256(repr(astuple(company)).encode())
    for name in rows._fields:
        table: tuple[NamedTuple, ...] = getattr(rows, name)
        digest.update(f"\n{name}\n".encode())
        lines = (repr(_without_line(row)) for row in table)
        digest.update("\n".join(lines).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _without_line(row: NamedTuple) -> list[object]:
    return [value for name, value in zip(row._fields, row, strict=True) if name != "line_no"]
