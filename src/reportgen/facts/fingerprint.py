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
        digest.update("\n".join(_lines(table)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _lines(table: tuple[NamedTuple, ...]) -> list[str]:
    """Each row as text, without the line it stands on."""
    if not table or "line_no" not in table[0]._fields:
        return [repr(tuple(row)) for row in table]
    place = table[0]._fields.index("line_no")
    return [repr(row[:place] + row[place + 1 :]) for row in table]
