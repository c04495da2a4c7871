"""What rests on a single document, taken away."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reportgen.expr.functions import absolute, spot
from reportgen.expr.nodes import NA, Study, Unit, Varied, WhatIf
from reportgen.model import launch
from reportgen.model.dims import REMOVAL, VARIANT
from reportgen.model.evidence.claims import (
    claim_key,
    claim_pe_without,
    claim_published,
    claim_source,
    claim_variant,
    peer_pe,
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
from reportgen.model.naming import fact_in_words, name_of
from reportgen.model.valuation import expected_value
from reportgen.model.whatif import without as weighing_without
from reportgen.model.whatif.feeding import launch_line
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


CLAIM_WORDS = (claim_source, claim_published)
PRICE_WORDS = (product_source, product_published)


def ask(question: Question) -> None:
    """Add what happens without each document's figure that the expected value rests on."""
    found = [*_peer_removals(question), *_fact_removals(question), *_product_removals(question)]
    question.dimension(REMOVAL, (what_if.key for what_if, _ in found))
    question.give(removal_key, [what_if.key for what_if, _ in found])
    question.give(removal_label, [what_if.label for what_if, _ in found])
    question.give(removal_of, [belongs for _, belongs in found])
    nothing = WhatIf(NONE, "nothing to take away", ())
    question.what_ifs[removal_study] = tuple(what_if for what_if, _ in found) or (nothing,)


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
    return f"{question.given[claim_variant][at]}: {_document(question, CLAIM_WORDS, member)}"


def _peer_removals(question: Question) -> list[tuple[WhatIf, str]]:
    peers = {peer.casefold() for peer in question.given[description.peer].tolist() if peer}
    variants = dict(_rows(question, claim_variant))
    return [
        (
            WhatIf(
                f"claim[{name}]",
                f"P/E claim, {_of_claim(question, name)}",
                ((peer_pe, (), spot(claim_pe_without, name)),),
            ),
            peer_pe.label,
        )
        for name, key_ in _rows(question, claim_key)
        if key_.casefold() == "pe" and variants.get(name, "").casefold() in peers
    ]


def _fact_removals(question: Question) -> list[tuple[WhatIf, str]]:
    """Return the launch's facts that rest on one claim: without it they are n/a."""
    launched = str(question.given[description.launch_market])
    variants = dict(_rows(question, claim_variant))
    counts = Counter((key_, variants.get(name, "")) for name, key_ in _rows(question, claim_key))
    found = []
    for name, key_ in _rows(question, claim_key):
        variant = variants.get(name, "")
        target = launch_line(f"{key_}/{variant}", launched, question)
        if target is not None and counts[key_, variant] == 1:
            told = _document(question, CLAIM_WORDS, name)
            label = f"{fact_in_words(key_)} {fact_in_words(variant)}: {told}"
            what_if = WhatIf(f"claim[{name}]", label, ((target, (), NA),))
            found.append((what_if, target.label))
    return found


def _product_removals(question: Question) -> list[tuple[WhatIf, str]]:
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
    }
    mixed = {text: rows for text, rows in found.items() if text in variants}
    weighing_without.ask(question, list(mixed.values()))
    return [
        (
            WhatIf(
                f"product[{name}]",
                f"Price of {names[name]} {texts[name]}: {_document(question, PRICE_WORDS, name)}",
                (
                    (
                        launch.variant_price,
                        (variants[text],),
                        spot(weighing_without.price_without, name),
                    ),
                ),
            ),
            name_of(launch.variant_price, (texts[name],), {}),
        )
        for text, rows in mixed.items()
        for name in rows
    ]
