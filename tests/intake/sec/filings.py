"""Companyfacts files made of a few figures, as the tests of the SEC's files need them."""

from __future__ import annotations

import json
from typing import NamedTuple

FILER = {"cik": 999999, "entityName": "ACME CORP"}


class Filing(NamedTuple):
    """A filing: its running number, its form, and the day on which it was filed."""

    number: int
    filed: str
    form: str = "10-Q"
    period: str = ""

    @property
    def accession(self) -> str:
        """The name that the SEC gave it."""
        return f"0000999999-{self.filed[2:4]}-{self.number:06}"


class Stated(NamedTuple):
    """A figure of a filing, over a span "2025-01-01/2025-03-31" or of a day "2025-03-31"."""

    filing: Filing
    concept: str
    span: str
    value: float
    unit: str = "USD"


def companyfacts(*stated: Stated, taxonomy: str = "us-gaap") -> bytes:
    """Return a companyfacts file that holds the figures."""
    concepts: dict[str, dict[str, dict[str, list[dict[str, object]]]]] = {}
    for one in stated:
        start, _, end = one.span.rpartition("/")
        row: dict[str, object] = {"start": start} if start else {}
        row |= {
            "end": end,
            "val": one.value,
            "accn": one.filing.accession,
            "form": one.filing.form,
            "filed": one.filing.filed,
        }
        units = concepts.setdefault(one.concept, {"units": {}})["units"]
        units.setdefault(one.unit, []).append(row)
    return json.dumps(FILER | {"facts": {taxonomy: concepts}}).encode()
