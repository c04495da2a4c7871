"""The tables of Evidence: claims, product prices, sources, with their weighing; launch news."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.facts.reading.schema import NO_REDISTRIBUTION
from reportgen.model import hype_score, launch
from reportgen.model.dims import CLAIM, PRODUCT, SOURCE
from reportgen.model.evidence import claims as claim_lines
from reportgen.model.evidence import products as product_lines
from reportgen.model.inputs import conversion, description
from reportgen.model.inputs import sources as source_lines
from reportgen.report.blocks import by_unit, section
from reportgen.report.tables import (
    HEADER_ROWS,
    Column,
    days_only,
    mute,
    numbers_only,
    one_of,
    table,
)
from reportgen.report.tabs.evidence import claims as shown_claims
from reportgen.report.tabs.evidence import counts
from reportgen.report.tabs.evidence import products as shown_products
from reportgen.report.tabs.evidence.grid import (
    CODE,
    LAST_COL,
    NOTE,
    STATE,
    USE,
    Band,
    alerts,
    rest,
    workings,
)
from reportgen.report.tabs.summary import events as event_lines
from reportgen.xlsx.addresses import a1, is_web_address
from reportgen.xlsx.book import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.expr.nodes import Line
    from reportgen.facts.company import Company, Launch
    from reportgen.facts.rows import Source
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


CALLS = (
    claim_lines.call_fact,
    claim_lines.call_valid,
    claim_lines.call_seen,
    *(of for of in claim_lines.calls.lines if of not in claim_lines.weighed_claims.lines),
)
QUALIFIERS = ("=", "~", ">", "<")
_TIP = 250  # characters of a hint
TIERS = ("primary", "wire", "trade_blog", "user_post", "assumption")
EVIDENT = "= exact, ~ about, > < a bound"


def claims(tab: Tab, context: Context, row: int) -> int:
    """Lay out every claim with what became of it; return the row after the table."""
    columns = (
        Column(claim_lines.claim_number, unit="row", look=CODE),
        Column(claim_lines.claim_key, unit=""),
        Column(claim_lines.claim_variant, unit=""),
        Column(claim_lines.claim_source, unit=""),
        Column(claim_lines.claim_amount, "As stated", "as stated"),
        Column(claim_lines.claim_unit, look=CODE, unit="as stated"),
        Column(claim_lines.claim_qualifier, look=CODE, unit=""),
        Column(claim_lines.claim_observed),
        Column(claim_lines.claim_published),
        Column(claim_lines.claim_value, "In one unit", "next column"),
        Column(shown_claims.value_unit, "Its unit", "", look="code"),
        Column(claim_lines.weighed_claims.weight, unit="weight"),
        Column(shown_claims.history.share, "Of the fact", "%"),
        Column(shown_claims.use, unit="", look="state_indent"),
        Column(shown_claims.state, unit="", look="state"),
        Column(claim_lines.claim_contradicted_by, unit=""),
        Column(claim_lines.claim_note, look="input_lines", unit=""),
    )
    band = Band(tab, context, row, CLAIM, "Claims", f"every one known; {EVIDENT}")
    after = _laid(band, columns, CALLS)
    for col in (4, 9):  # each with its unit right of it
        by_unit(tab, context, (band.body(col, col),), col + 1)
    numbers_only(tab, claim_lines.claim_amount, what="The figure as the document states it")
    days_only(tab, claim_lines.claim_observed, claim_lines.claim_published)
    one_of(tab, claim_lines.claim_qualifier, QUALIFIERS, "How exact the figure is")
    return after


def products(tab: Tab, context: Context, row: int) -> int:
    """Lay out every product price with what became of it; return the row after the table."""
    columns = (
        Column(product_lines.product_number, unit="row", look=CODE),
        Column(product_lines.product_vendor, unit=""),
        Column(product_lines.product_name, unit=""),
        Column(product_lines.product_variant, unit=""),
        Column(product_lines.product_price, "Price", "as stated"),
        Column(product_lines.product_currency, look=CODE, unit="as stated"),
        Column(product_lines.product_qualifier, look=CODE, unit=""),
        Column(product_lines.product_observed),
        Column(product_lines.product_published),
        Column(product_lines.product_value, unit=context.price_currency),
        Column(product_lines.product_market, look=CODE, unit="where sold"),
        Column(product_lines.weighed_products.weight, unit="weight"),
        Column(shown_products.history.share, "Of the product", "%"),
        Column(shown_products.use, unit="", look="state_indent"),
        Column(shown_products.stands, unit="", look="state"),
        Column(product_lines.product_source, unit=""),
        Column(product_lines.product_note, look="input_lines", unit=""),
    )
    band = Band(tab, context, row, PRODUCT, "Product prices", f"every one known; {EVIDENT}")
    after = _laid(band, columns)
    codes = tuple(str(code) for code in context.case.given[conversion.currency_code])
    numbers_only(tab, product_lines.product_price, what="The price as stated")
    days_only(tab, product_lines.product_observed, product_lines.product_published)
    one_of(tab, product_lines.product_qualifier, QUALIFIERS, "How exact the price is")
    one_of(tab, product_lines.product_currency, codes, "A currency with a known rate")
    return after


def _laid(band: Band, columns: tuple[Column, ...], but: Sequence[Line] = ()) -> int:
    """Lay out a table of candidates, its workings right of the page, and its alerts."""
    tab, row = band.tab, band.row
    section(tab, row, LAST_COL, {0: band.title, 4: band.says})
    table(tab, band.context, (row + 1, 0), band.dim, columns)
    behind = rest(band, but)
    workings(band, behind + 1, "A vendor's call, weighed over all its variants", but)
    use = f"${a1(band.first, USE)}"
    mute(tab, band.body(), f'=OR({use}="spare row",{use}="not known yet")')
    alerts(band, STATE)
    tab.text(band.after, 0, "The last five rows are spare: what is typed there counts.", "note")
    return band.after + 2


def events(tab: Tab, context: Context, row: int) -> int:
    """Lay out every row of an event, the newest of which counts; return the row after the table."""
    columns = (
        Column(event_lines.number, unit="row", look="calc.count"),
        Column(event_lines.status, unit=""),
        Column(event_lines.source, unit=""),
        Column(event_lines.on),
        Column(event_lines.published),
    )
    band = Band(tab, context, row, event_lines.EVENT, "Events", "the newest row of each counts")
    section(tab, row, LAST_COL, {0: band.title, 4: band.says})
    table(tab, context, (row + 1, 0), event_lines.EVENT, columns)
    said = (Column(event_lines.state, unit=""), Column(event_lines.name, unit=""))
    table(tab, context, (row + 1, USE), event_lines.EVENT, said)
    _places_of_events(tab, row, rest(band) + 1)
    return max(band.after, row + HEADER_ROWS + event_lines.NEXT + 1) + 1


def _places_of_events(tab: Tab, row: int, col: int) -> None:
    """Place what Summary tells of the events right of their workings."""
    for side in (event_lines.AHEAD, event_lines.PAST):
        for line in (side.places.place, side.places.row, side.day, side.what):
            tab.text(row + 1, col, line.label, "helper_head")
            tab.put(line, row + HEADER_ROWS + 1, col, down=(side.dim,), look="helper")
            col += 1


def sources(tab: Tab, context: Context, row: int) -> int:
    """Lay out the sources with their reliability; return the row after them."""
    columns = (
        Column(source_lines.source_number, unit="row", look=CODE),
        Column(source_lines.source_id, unit=""),
        Column(source_lines.source_group, unit="votes as one"),
        Column(source_lines.source_tier, look=CODE, unit=""),
        Column(source_lines.source_published),
        Column(source_lines.source_ai, "Written by a machine", "1 yes"),
        Column(source_lines.source_promo, "Sells something", "1 yes"),
        Column(source_lines.source_position, "Holds the share", "1 yes"),
        Column(source_lines.source_error, "Error found", "1 yes"),
        Column(source_lines.source_tier_weight, "By tier"),
        Column(source_lines.source_flag_factor, "Factor of flags"),
        Column(source_lines.source_reliability),
        Column(hype_score.source_cited, "Cited"),
        Column(hype_score.source_counted, "In the score"),
        Column(counts.launch_lead, "Before the launch"),
        Column(source_lines.source_publisher, unit="", look="input_indent"),
        Column(source_lines.source_title, look="input_lines", unit=""),
        Column(source_lines.source_document, look="input_lines", unit=""),
    )
    band = Band(tab, context, row, SOURCE, "Sources", "how much each one counts")
    section(tab, row, LAST_COL, {0: band.title, 4: band.says})
    table(tab, context, (row + 1, 0), SOURCE, columns)
    tab.text(row + 1, NOTE, "Note", "header")
    rest(band)
    for at, source in enumerate(context.pack.rows.sources):
        tab.text(band.first + at, NOTE, _note(source), "note_lines")
        if is_web_address(source.document):
            place = band.first + at, len(columns) - 1
            tab.links.append(Link(*place, source.document, tip=f"Open {source.id}"[:_TIP]))
    flags = (
        source_lines.source_ai,
        source_lines.source_promo,
        source_lines.source_position,
        source_lines.source_error,
    )
    one_of(tab, source_lines.source_tier, TIERS, "The tier of the source")
    for flag in flags:
        one_of(tab, flag, ("0", "1"), "1 where it holds of the source")
    return band.after + 1


def _note(source: Source) -> str:
    is_ours_alone = NO_REDISTRIBUTION in source.flags.split(";")
    return "; ".join(filter(None, ("not to be passed on" if is_ours_alone else "", source.note)))


SHORTEST_WORD = 4  # letters of a word that tells one product from another


def launch_news(tab: Tab, context: Context, row: int) -> int:
    """Lay out the sources that described the launched product earlier; return the row after them.

    Which titles do is found when the report is made; the days are live.
    """
    launched = context.pack.company.launch
    if launched is None:
        return row
    left = {0: "Was the launch news?", 4: "Published", 6: "What follows", STATE: "Title"}
    section(tab, row, LAST_COL, left)
    tab.text(row + 1, 1, "Launch")
    tab.show(description.launch_name, row + 1, 2)
    tab.show(launch.day, row + 1, 4)
    earlier = tuple(_earlier(context, launched))
    for at, member in enumerate(earlier, start=row + 2):
        tab.text(at, 1, "Described before by")
        tab.show(source_lines.source_id, at, 2, at={SOURCE: member})
        tab.show(source_lines.source_published, at, 4, at={SOURCE: member})
        tab.show(counts.launch_news, at, 6, at={SOURCE: member}, look="label_indent")
        tab.show(source_lines.source_title, at, STATE, at={SOURCE: member})
    if not earlier:
        nothing = "No title of a source cited speaks of the product before its launch."
        tab.text(row + 2, 1, nothing, "note")
    return row + 2 + max(len(earlier), 1) + 1


def _earlier(context: Context, launched: Launch) -> Iterator[str]:
    """Yield the members of the sources that described a launch before it."""
    for member, source in zip(context.members[SOURCE], context.pack.rows.sources, strict=False):
        if described_before(source, context.pack.company, launched):
            yield member


def described_before(source: Source, company: Company, launched: Launch) -> bool:
    """Return whether a source is older than a launch, and names its maker and its product.

    Its title does so by a word of the company and another one of the product.
    """
    title = _words(source.title)
    makers = _words(company.own_vendor or company.name.split()[0]) | _words(company.ticker)
    product = _words(launched.name) - makers
    is_earlier = source.published is not None and source.published < launched.date
    return is_earlier and not (title.isdisjoint(makers) or title.isdisjoint(product))


def _words(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {word for word in words if len(word) >= SHORTEST_WORD}
