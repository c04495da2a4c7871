"""The P/E of the peers, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from reportgen.model import peers
from reportgen.model.checks import differences
from reportgen.model.dims import CLAIM, PEER, PEER_ROW
from reportgen.model.evidence import claims
from reportgen.model.inputs.description import as_of, peer
from tests.laws.altered import with_rows
from tests.model.by_hand import example, worked_out
from tests.model.reported import NA, day

if TYPE_CHECKING:
    from tests.laws.altered import Company


TODAY = day("2025-11-30")


PEERS = ("ACME", "Birch", "Cedar")


class Multiple(NamedTuple):
    """A row of peers.csv; days before as-of."""

    company: str
    metric: str
    value: float
    age: int = 10


class Claim(NamedTuple):
    variant: str
    value: float
    age: int = 10
    key: str = "pe"
    tier: str = "wire"


def compared(multiples: list[Multiple], said: list[Claim]) -> Company:
    """The example with three peers, their multiples and what is claimed of them."""
    case = with_rows(example(), PEER, 3, {peer: list(PEERS)})
    case = with_rows(
        case,
        PEER_ROW,
        len(multiples),
        {
            peers.number: np.arange(len(multiples)) + 1.0,
            peers.company: [of.company for of in multiples],
            peers.metric: [of.metric for of in multiples],
            peers.value: [of.value for of in multiples],
            peers.published: [TODAY - of.age for of in multiples],
        },
    )
    return with_rows(
        case,
        CLAIM,
        len(said),
        {
            claims.claim_number: np.arange(len(said)) + 1.0,
            claims.claim_key: [of.key for of in said],
            claims.claim_variant: [of.variant for of in said],
            claims.claim_amount: [of.value for of in said],
            claims.claim_unit: ["x"] * len(said),
            claims.claim_observed: [TODAY - of.age for of in said],
            claims.claim_published: [TODAY - min(of.age, 5) for of in said],
        },
    )


@pytest.mark.parametrize(
    ("multiples", "said", "count", "found"),
    [
        ([], [], 0, NA),
        ([Multiple("ACME", "pe_ttm", 20)], [], 1, 20),
        # the trailing one, however old, before the forward one
        (
            [Multiple("ACME", "pe_ntm", 10, age=1), Multiple("ACME", "pe_ttm", 20, age=99)],
            [],
            1,
            20,
        ),
        ([Multiple("ACME", "pe_ntm", 10)], [], 1, 10),
        # of one kind the newest; of one day the later row
        ([Multiple("ACME", "pe_ttm", 20, 9), Multiple("ACME", "pe_ttm", 40, 8)], [], 1, 40),
        ([Multiple("ACME", "pe_ttm", 40, 8), Multiple("ACME", "pe_ttm", 20, 9)], [], 1, 40),
        ([Multiple("ACME", "pe_ttm", 20), Multiple("ACME", "pe_ttm", 40)], [], 1, 40),
        # the harmonic mean: two over the sum of a tenth and a fortieth
        ([Multiple("ACME", "pe_ttm", 10), Multiple("birch", "pe_ttm", 40)], [], 2, 16),
        # whoever makes a loss is left out, and others still count
        ([Multiple("ACME", "pe_ttm", -5), Multiple("Birch", "pe_ttm", 40)], [], 1, 40),
        ([Multiple("ACME", "pe_ttm", -5), Multiple("ACME", "pe_ntm", 9)], [], 0, NA),
        ([Multiple("ACME", "pe_ttm", 0)], [], 0, NA),
        ([Multiple("ACME", "ev_ebitda_ntm", 9)], [], 0, NA),
        ([Multiple("Elm", "pe_ttm", 9)], [], 0, NA),  # not one of the peers named
        ([Multiple("ACME", "pe_ttm", 9, age=-1)], [], 0, NA),  # not known yet
        # claims only where no peer has a multiple, then every one of them
        ([Multiple("ACME", "pe_ttm", 10)], [Claim("Birch", 40)], 1, 10),
        ([], [Claim("Birch", 40), Claim("ACME", 10)], 2, 16),
        ([], [Claim("Birch", 40), Claim("birch", 10)], 2, 16),
        ([], [Claim("Elm", 40), Claim("Birch", 10), Claim("Birch", -3)], 1, 10),
        ([], [Claim("Birch", 40, age=365), Claim("Birch", 10, age=366)], 1, 40),
        ([], [Claim("Birch", 40, key="ps")], 0, NA),
        ([Multiple("ACME", "pe_ttm", -5)], [Claim("Birch", 40)], 1, 40),
    ],
)
def test_the_p_e_of_the_peers(
    multiples: list[Multiple], said: list[Claim], count: int, found: float
) -> None:
    case, known = compared(multiples, said), {as_of: TODAY}
    assert worked_out(peers.peer_pe, known, case) == pytest.approx(found, nan_ok=True)
    assert worked_out(peers.peer_pe_count, known, case) == count


@pytest.mark.parametrize(
    ("multiples", "row"),
    [
        ([Multiple("ACME", "pe_ntm", 10), Multiple("ACME", "pe_ttm", 20)], 2),
        ([Multiple("Birch", "pe_ttm", 10), Multiple("ACME", "pe_ntm", 20)], 2),
        ([Multiple("ACME", "pe_ttm", -20)], 0),
        ([], 0),
    ],
)
def test_the_row_that_a_peers_p_e_comes_from_is_known(multiples: list[Multiple], row: int) -> None:
    case = compared(multiples, [])
    assert worked_out(peers.used_row, {as_of: TODAY}, case)[0] == row


def test_without_a_peer_the_others_are_left() -> None:
    rows = [
        Multiple(name, "pe_ttm", value) for name, value in zip(PEERS, (10, 40, 40), strict=True)
    ]
    case, known = compared(rows, []), {as_of: TODAY}
    assert worked_out(peers.peer_without, known, case) == pytest.approx(np.array([40, 16, 16]))
    said = [Claim(name, value) for name, value in zip(PEERS, (10, 40, 40), strict=True)]
    case = compared([], said)
    assert worked_out(peers.claim_without, known, case) == pytest.approx(np.array([40, 16, 16]))


@pytest.mark.parametrize(
    ("count", "with_a_multiple", "posts", "tiers", "few"),
    [
        (3, 3, 0, [], 0),
        (2, 2, 0, [], 1),
        (3, 0, 3, ["user_post"] * 3, 1),
        (3, 0, 3, ["user_post", "user_post", "wire"], 0),
        (0, 0, 0, [], 0),  # without any there is none to doubt
    ],
)
def test_a_p_e_on_fewer_than_three_peers_or_on_posts_alone_is_told(
    count: int, with_a_multiple: int, posts: int, tiers: list[str], few: int
) -> None:
    case = compared([], [Claim("ACME", 10)] * max(posts, 1))
    stated = {
        peers.peer_pe: 20.0 if count else NA,
        peers.peer_pe_count: float(count),
        peers.count: float(with_a_multiple),
        peers.claim_of_peer: np.array([float(bool(posts))] * max(posts, 1)),
        claims.claim_tier: np.array(tiers or [""] * max(posts, 1), dtype=object),
    }
    assert worked_out(differences.peers_few, stated, case) == few
