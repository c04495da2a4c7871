"""Evidence: one row a fact and one a product: value used, range, state in words, choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.dims import CLAIM, FACT, OFFER, PRODUCT
from reportgen.model.evidence import claims, products
from reportgen.report.blocks import section
from reportgen.report.figures import evidence as fact_figures
from reportgen.report.figures import evidence_products as offer_figures
from reportgen.report.figures import reported
from reportgen.report.tables import Column, table
from reportgen.report.tabs.evidence_grid import LAST_COL, STATE, Band, alerts, fit_heights, rest
from reportgen.xlsx.book import Validation

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

CHOICE = 13


def facts(tab: Tab, context: Context, row: int) -> int:
    """Lay out the facts that documents claim; return the row after them."""
    f = claims.facts
    columns = (
        Column(claims.fact_number, unit="no.", look="input_code"),
        Column(claims.fact_key, unit=""),
        Column(claims.fact_variant, unit=""),
        Column(fact_figures.used_source, unit=""),
        Column(f.value, unit="its unit", look="output"),
        Column(f.low, "Low, of the newest", "its unit"),
        Column(f.high, "High, of the newest", "its unit"),
        Column(fact_figures.unit, unit="", look="code"),
        Column(f.candidates, unit="count"),
        Column(f.spread, unit="%"),
        Column(f.tolerance, unit="%"),
        Column(f.weighed_value, "Weighed median", "its unit"),
        Column(reported.fact_reported, "Company reports"),
        Column(claims.fact_choice, "Choice", "claim, row", look="control"),
        Column(f.conflict, unit="yes / no"),
        Column(fact_figures.feeds, unit="", look="label_indent"),
        Column(fact_figures.state, unit="", look="state"),
    )
    band = Band(tab, context, row, FACT, "Facts", "what documents claim, and the value used")
    return _laid(band, columns, claims.fact_choice, CLAIM, fact_figures.state)


def offers(tab: Tab, context: Context, row: int) -> int:
    """Lay out the products and what each costs; return the row after them."""
    o, price = products.offers, context.price_currency
    columns = (
        Column(products.offer_number, unit="no.", look="input_code"),
        Column(products.offer_vendor, unit=""),
        Column(products.offer_product, unit=""),
        Column(products.offer_variant, unit=""),
        Column(o.value, unit=price, look="output"),
        Column(o.low, "Low, of the newest", price),
        Column(o.high, "High, of the newest", price),
        Column(o.candidates, unit="count"),
        Column(o.spread, unit="%"),
        Column(o.tolerance, unit="%"),
        Column(offer_figures.changed_on),
        Column(offer_figures.changed_from, unit=price),
        Column(o.weighed_value, "Weighed median", price),
        Column(products.offer_choice, "Choice", "price, row", look="control"),
        Column(o.conflict, unit="yes / no"),
        Column(offer_figures.feeds, unit="", look="label_indent"),
        Column(offer_figures.state, unit="", look="state"),
        Column(offer_figures.used_source, unit="", look="label_indent"),
    )
    band = Band(tab, context, row, OFFER, "Products", "what each costs, in the price currency")
    return _laid(band, columns, products.offer_choice, PRODUCT, offer_figures.state)


def _laid(
    band: Band, columns: tuple[Column, ...], choice: Line, candidates: Dim, state: Line
) -> int:
    tab, row = band.tab, band.row
    section(tab, row, LAST_COL, {0: band.title, 4: band.says})
    table(tab, band.context, (row + 1, 0), band.dim, columns)
    rest(band)
    alerts(band, STATE)
    fit_heights(band, state)
    _choices(band, choice, tab.size(candidates))
    note = (
        "Choice: type the row number of the candidate you trust; clear it to return to the weighed "
        "median. Conflict: candidates seen close together differ by more than the tolerance."
    )
    tab.text(band.after, 0, note, "note")
    return band.after + 2


def _choices(band: Band, choice: Line, candidates: int) -> None:
    """Let only row numbers of candidates be typed into the choice cells of a table."""
    band.tab.validations.append(
        Validation(
            (band.body(CHOICE, CHOICE),),
            "whole",
            1,
            candidates,
            error_title="A row number is needed",
            error_message="Type the row number of a candidate of this fact, or clear the cell.",
            input_title=choice.label[:32],
            input_message="Row number of the candidate to use; blank: the weighed median.",
        )
    )
