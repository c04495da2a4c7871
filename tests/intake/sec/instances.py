"""Instances of a few figures of segments, as the tests of the SEC's documents need them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPACES = (
    'xmlns="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"'
    ' xmlns:us-gaap="http://fasb.org/us-gaap/2025" xmlns:srt="http://fasb.org/srt/2025"'
    ' xmlns:ifrs-full="http://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full"'
    ' xmlns:acme="http://acme.example/2025" xmlns:dei="http://xbrl.sec.gov/dei/2025"'
    ' xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
SEGMENTS = "us-gaap:StatementBusinessSegmentsAxis"
OPERATING = {"srt:ConsolidationItemsAxis": "us-gaap:OperatingSegmentsMember"}


class Part(NamedTuple):
    """A figure over a span "2025-01-01/2025-03-31", with the axes and members of its context."""

    concept: str
    span: str
    digits: str
    member: str = "acme:CloudMember"
    more: Mapping[str, str] = MappingProxyType({})
    axis: str = SEGMENTS
    looks: str = 'decimals="-6"'
    unit: str = "usd"


def instance(*parts: Part, cik: str = "0000999999", form: str = "", period: str = "") -> bytes:
    """Return an instance that states the figures; one without a member is of the whole company."""
    lines = []
    for at, part in enumerate(parts):
        start, _, end = part.span.rpartition("/")
        axes = ({part.axis: part.member} if part.member else {}) | dict(part.more)
        members = "".join(
            f'<xbrldi:explicitMember dimension="{axis}"> {member} </xbrldi:explicitMember>'
            for axis, member in axes.items()
        )
        days = f"<startDate>{start}</startDate><endDate>{end}</endDate>"
        period_of = days if start else f"<instant>{end}</instant>"
        lines.append(
            f'<context id="c{at}"><entity><identifier scheme="http://www.sec.gov/CIK">{cik}'
            f"</identifier>{f'<segment>{members}</segment>' if axes else ''}</entity>"
            f"<period>{period_of}</period></context>"
        )
        lines.append(
            f'<{part.concept} contextRef="c{at}" unitRef="{part.unit}" {part.looks}>'
            f"{part.digits}</{part.concept}>"
        )
    for name, told in (("DocumentType", form), ("DocumentPeriodEndDate", period)):
        if told:
            lines.append(f'<dei:{name} contextRef="c0">{told}</dei:{name}>')
    units = (
        '<unit id="usd"><measure>iso4217:USD</measure></unit>'
        '<unit id="eur"><measure>iso4217:EUR</measure></unit>'
        '<unit id="eps"><divide><unitNumerator><measure>iso4217:USD</measure></unitNumerator>'
        "<unitDenominator><measure>shares</measure></unitDenominator></divide></unit>"
    )
    return f"<xbrl {_SPACES}>{units}{''.join(lines)}</xbrl>".encode()
