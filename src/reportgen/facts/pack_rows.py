"""Everything a pack knows as of a day, as typed rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportgen.facts.rows import (
        Action,
        Argument,
        Assumption,
        Claim,
        Close,
        Estimate,
        Fundamental,
        FxRate,
        Override,
        PeerMultiple,
        Product,
        Source,
        Target,
    )


class PackRows(NamedTuple):
    """The rows of every table known at as-of, each in its canonical order."""

    prices: tuple[Close, ...] = ()
    benchmark: tuple[Close, ...] = ()
    fx: tuple[FxRate, ...] = ()
    targets: tuple[Target, ...] = ()
    fundamentals: tuple[Fundamental, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    products: tuple[Product, ...] = ()
    claims: tuple[Claim, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    arguments: tuple[Argument, ...] = ()
    overrides: tuple[Override, ...] = ()
    actions: tuple[Action, ...] = ()
    peers: tuple[PeerMultiple, ...] = ()
    sources: tuple[Source, ...] = ()
