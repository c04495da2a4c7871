"""What rests on a single document: the expected value when its figure is taken away.

A claim about a peer leaves the mean of the others, a fact with one claim becomes n/a, and of the
prices of the launched product those that remain are weighed again.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import absolute, spot
from reportgen.expr.nodes import NA, Study, Unit, Varied, WhatIf
from reportgen.model import launch, peers
from reportgen.model.cell_names import fact_in_words, name_of
from reportgen.model.dims import REMOVAL, VARIANT
from reportgen.model.evidence.claims import (
    claim_key,
    claim_published,
    claim_source,
    claim_variant,
    fact_id,
)
from reportgen.model.evidence.products import (
    product_name,
    product_published,
    product_source,
    product_variant,
    product_vendor,
)
from reportgen.model.inputs import description
from reportgen.model.inputs.assumptions import variant_id
from reportgen.model.keys import NONE
from reportgen.model.peers import claim_without, peer_pe, peer_without
from reportgen.model.valuation import expected_value
from reportgen.model.whatif import remaining_prices
from reportgen.model.words import given, line
from reportgen.periods import from_serial

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.question import Question


removal_key = given("removal[{removal}].key", "Key", Unit.TEXT, REMOVAL)
removal_label = given("removal[{removal}].label", "Taken away", Unit.TEXT, REMOVAL)
removal_of = given("removal[{removal}].stake", "Belongs to", Unit.TEXT, REMOVAL)
removal_study = Study(
    "removals", "Value at stake: one document's figure taken away", (REMOVAL,), (expected_value,)
)
without = line(
    "removal[{removal}].expected",
    "Expected value without it",
    Unit.PER_SHARE,
    Varied(removal_study, expected_value),
)
removal_change = line(
    "removal[{removal}].at_stake",
    "Value at stake",
    Unit.PER_SHARE,
    absolute(without - expected_value),
)


class Removal(NamedTuple):
    """A figure taken away, and the label of what it belongs to."""

    what_if: WhatIf
    belongs_to: str


_OF_CLAIM = (claim_source, claim_published)
_OF_PRICE = (product_source, product_published)


def ask(question: Question) -> None:
    """Add what happens without each document's figure that the expected value rests on."""
    found = [
        *_multiple_removals(question),
        *_peer_removals(question),
        *_fact_removals(question),
        *_product_removals(question),
    ]
    question.dimension(REMOVAL, (one.what_if.key for one in found))
    question.give(removal_key, [one.what_if.key for one in found])
    question.give(removal_label, [one.what_if.label for one in found])
    question.give(removal_of, [one.belongs_to for one in found])
    nothing = WhatIf(NONE, "nothing to take away", ())
    question.what_ifs[removal_study] = tuple(one.what_if for one in found) or (nothing,)


def _rows(question: Question, column: Line) -> list[tuple[str, str]]:
    """Return (member, text) of the rows of a table that are filled at issue."""
    texts = question.given[column].tolist()
    members = question.members[column.dims[0]]
    return [(name, text) for name, text in zip(members, texts, strict=True) if text]


def _document(question: Question, columns: tuple[Line, Line], member: str) -> str:
    """Return the source and the day of a row of a table of candidates."""
    source, published = columns
    at = question.members[source.dims[0]].index(member)
    day = float(question.given[published][at])
    told = [str(question.given[source][at]), "" if day != day else from_serial(day).isoformat()]  # noqa: PLR0124 - NaN
    return ", ".join(part for part in told if part)


def _of_claim(question: Question, member: str) -> str:
    """Return whose P/E a claim tells, and the document that tells it."""
    at = question.members[claim_variant.dims[0]].index(member)
    return f"{question.given[claim_variant][at]}: {_document(question, _OF_CLAIM, member)}"


def _peer_removals(question: Question) -> list[Removal]:
    """Return the claims about a peer: without one the P/E of the peers is that of the others."""
    named = {peer.casefold() for peer in question.given[description.peer].tolist() if peer}
    variants = dict(_rows(question, claim_variant))
    return [
        Removal(
            WhatIf(
                f"claim[{name}]",
                f"P/E claim, {_of_claim(question, name)}",
                ((peer_pe, (), spot(claim_without, name)),),
            ),
            peer_pe.label,
        )
        for name, key_ in _rows(question, claim_key)
        if key_.casefold() == "pe" and variants.get(name, "").casefold() in named
    ]


def _multiple_removals(question: Question) -> list[Removal]:
    """Return the peers with a multiple: without one the P/E of the peers is that of the others."""
    stated = {
        company.casefold()
        for company, metric in zip(
            question.given[peers.company].tolist(),
            question.given[peers.metric].tolist(),
            strict=True,
        )
        if metric.casefold() in {"pe_ttm", "pe_ntm"}
    }
    return [
        Removal(
            WhatIf(
                f"peer[{name}]",
                f"P/E of {company} in peers.csv",
                ((peer_pe, (), spot(peer_without, name)),),
            ),
            peer_pe.label,
        )
        for name, company in _rows(question, description.peer)
        if company.casefold() in stated
    ]


def _fact_removals(question: Question) -> list[Removal]:
    """Return the launch's facts that rest on one claim: without it they are n/a."""
    launched = str(question.given[description.launch_market])
    variants = dict(_rows(question, claim_variant))
    ids = question.given[fact_id].tolist()
    counts = Counter((key_, variants.get(name, "")) for name, key_ in _rows(question, claim_key))
    found = []
    for name, key_ in _rows(question, claim_key):
        variant = variants.get(name, "")
        target = launch.line_fed_by(f"{key_}/{variant}", launched, ids)
        if target is not None and counts[key_, variant] == 1:
            told = _document(question, _OF_CLAIM, name)
            label = f"{fact_in_words(key_)} {fact_in_words(variant)}: {told}"
            what_if = WhatIf(f"claim[{name}]", label, ((target, (), NA),))
            found.append(Removal(what_if, target.label))
    return found


def _named(product: str, variant: str) -> str:
    return f"{product} {variant}".rstrip()


def _product_removals(question: Question) -> list[Removal]:
    """Return the prices of the launched product: without one the others are weighed again."""
    vendor = str(question.given[description.own_vendor]).casefold()
    launched = str(question.given[description.launch_name]).casefold()
    names = dict(_rows(question, product_name))
    texts = dict(_rows(question, product_variant))
    found: dict[str, list[str]] = {}
    for name, owner in _rows(question, product_vendor):
        if owner.casefold() == vendor and names.get(name, "").casefold() == launched:
            found.setdefault(texts.get(name, "").casefold(), []).append(name)
    variants = {
        text.casefold(): member
        for member, text in zip(
            question.members[VARIANT], question.given[variant_id].tolist(), strict=True
        )
        if member != NONE
    }
    mixed = {text: rows for text, rows in found.items() if text in variants}
    remaining_prices.add_pairs(question, list(mixed.values()))
    return [
        Removal(
            WhatIf(
                f"product[{name}]",
                f"Price of {_named(names[name], texts.get(name, ''))}:"
                f" {_document(question, _OF_PRICE, name)}",
                (
                    (
                        launch.variant_price,
                        (variants[text],),
                        spot(remaining_prices.price_without, name),
                    ),
                ),
            ),
            name_of(launch.variant_price, (texts.get(name, ""),), {}),
        )
        for text, rows in mixed.items()
        for name in rows
    ]
