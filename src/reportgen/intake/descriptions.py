"""What files say of a company itself: its name, exchange, currencies, fiscal year, segments."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.company import Segment
from reportgen.facts.reading.companies import MAIN, MAIN_METRIC, MAIN_NAME
from reportgen.facts.reading.company_file import LEAP_YEAR, LONGEST_NAME
from reportgen.facts.units import is_currency
from reportgen.intake.additions import one_line
from reportgen.intake.contents import Bars, Filings, Listed, Segments
from reportgen.intake.sec.quarters import FOREIGN, YEAR
from reportgen.intake.yahoo import Summary
from reportgen.periods import parse_iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.intake.contents import Content
    from reportgen.intake.sec.facts import Filer

_DOLLAR_EXCHANGES = re.compile(r"nyse|nasdaq|cboe", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+")
_TAKEN = frozenset({"group", "all"})  # what no segment may be called
_MOST_SEGMENTS = 20


class Said(NamedTuple):
    """What company.yaml could say, and the file that says so, or from what of it that follows."""

    value: str
    by: str


def described(contents: Sequence[Content], ticker: str) -> dict[str, Said]:
    """Return what files say of a company, by the keys of company.yaml; of two the surer one."""
    found: dict[str, Said] = {}
    for kind in (Bars, Summary, Listed, Filings):  # who knows the share best comes first
        for content in contents:
            if isinstance(content, kind):
                for key, value in _said(content, ticker):
                    if (sound := _SOUND[key](one_line(value))) and key not in found:
                        follows = _FOLLOWS.get((kind, key), "")
                        found[key] = Said(sound, content.path.name + follows)
    return found


def _said(content: Content, ticker: str) -> Iterator[tuple[str, str]]:
    match content:
        case Bars():
            yield from content.quote.items()
        case Summary():
            yield from (
                ("name", content.name),
                ("exchange", content.exchange),
                ("price_currency", content.currency),
            )
        case Listed(_, listing):
            yield "name", listing.name
            yield "fiscal_year_end", f"{listing.year_end[:2]}-{listing.year_end[2:]}"
            exchanges = dict(zip(listing.tickers, listing.exchanges, strict=False))
            exchange = exchanges.get(ticker) or next(iter(listing.exchanges), "")
            yield "exchange", exchange
            if _DOLLAR_EXCHANGES.search(exchange):
                yield "price_currency", "USD"
        case Filings(_, filer):
            yield "name", filer.name
            yield "reporting_currency", _reporting_currency(filer)
            yield "fiscal_year_end", _year_end(filer)
            if not is_foreign(filer):
                yield "price_currency", _reporting_currency(filer)
        case _:
            pass


def is_foreign(filer: Filer) -> bool:
    """Whether a company files as a foreign one: its listed share may stand for several others."""
    return any(fact.form.startswith(FOREIGN) for fact in filer.facts)


def _reporting_currency(filer: Filer) -> str:
    """The currency of most figures: a foreign filer repeats its newest year in dollars."""
    counted = Counter(fact.unit for fact in filer.facts if is_currency(fact.unit))
    return max(counted, key=counted.__getitem__, default="")


def _year_end(filer: Filer) -> str:
    """The day on which the newest fiscal year ended, as MM-DD."""
    ends = (fact.end for fact in filer.facts if fact.days in YEAR)
    newest = max(ends, default=None)
    return f"{newest:%m-%d}" if newest else ""


def _name(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_NAME].strip()


def _currency(text: str) -> str:
    return text if is_currency(text) else ""


def _day_of_year(text: str) -> str:
    return text if parse_iso_day(f"{LEAP_YEAR}-{text}") else ""


_FOLLOWS = {  # what a file does not say itself
    (Listed, "price_currency"): ", by the exchange",
    (Filings, "price_currency"): ", the currency of its filings",
}
_SOUND = {
    "name": _name,
    "exchange": _name,
    "price_currency": _currency,
    "reporting_currency": _currency,
    "fiscal_year_end": _day_of_year,
}


def members_of(contents: Iterable[Content], known: Mapping[str, str]) -> dict[str, str]:
    """Return the segments of filings by their members: as they are known, else by their words."""
    members = {
        member
        for content in contents
        if isinstance(content, Segments)
        for member in content.instance.members
    }
    if known:
        return dict(known)
    found = {member: _id(member) for member in sorted(members)[:_MOST_SEGMENTS]}
    return {member: one for member, one in found.items() if one}


def _id(member: str) -> str:
    words = _WORDS.findall(member.removesuffix("Member"))
    name = "_".join(words).lower()
    return f"{name}_segment" if name in _TAKEN else name


def segments_of(members: Mapping[str, str]) -> tuple[Segment, ...]:
    """Return the segments of a company by the members of its filings; else one that is all of it.

    What a multiple is applied to is revenue, until somebody says otherwise.
    """
    ids = dict.fromkeys(members.values())
    if len(ids) > 1:
        return tuple(
            Segment(one, one.replace("_", " ").replace("-", " ").capitalize(), MAIN_METRIC)
            for one in ids
        )
    return (Segment(MAIN, MAIN_NAME, MAIN_METRIC),)
