"""What a pack asks for beside methods: what it names, or claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from reportgen.facts.catalogue import EV_EBITDA, PE, SOTP
from reportgen.model import peers, requested
from reportgen.model.dims import SUB_SCORES
from reportgen.model.evidence.claims import CALL, NARRATIVE, claim_key
from reportgen.model.inputs import description

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.model.question import Question


class Pack:
    """A pack that asks for some methods, names peers and a launch, and claims some facts."""

    def __init__(
        self, *methods: str, launch: str = "", named: str = "", listed: str = "", claim: str = ""
    ) -> None:
        self.methods = methods
        texts = {description.peer: [named, ""], peers.company: ["", listed]}
        texts |= {claim_key: ["price", claim], description.launch_name: launch}
        self.given = {line: np.array(value, dtype=object) for line, value in texts.items()}

    def asks_for(self, method: str) -> bool:
        return method in self.methods


CASES: list[tuple[Callable[[Question], object], Pack, object]] = [
    (requested.launch, Pack(), False),
    (requested.launch, Pack(launch="Anvil"), True),
    (requested.vendor_call, Pack(claim="Outperform_Probability_3m"), True),
    (requested.vendor_call, Pack(claim=NARRATIVE), False),
    (requested.bull_narrative, Pack(claim=NARRATIVE.upper()), True),
    (requested.bull_narrative, Pack(claim=CALL), False),
    (requested.peers_named, Pack(PE), False),
    (requested.peers_named, Pack(PE, named="META"), True),
    (requested.peers_named, Pack(PE, listed="META"), True),
    (requested.peers_named, Pack(SOTP, named="META", listed="META"), False),
    (requested.peer_multiple, Pack(PE), False),
    (requested.peer_multiple, Pack(PE, named="META"), True),
    (requested.peer_multiple, Pack(PE, claim="PE"), True),
    (requested.peer_multiple, Pack(SOTP, named="META", claim="pe"), False),
    (requested.stakes, Pack(SOTP), True),
    (requested.stakes, Pack(EV_EBITDA), True),
    (requested.stakes, Pack(PE), False),
    (requested.sub_scores, Pack(launch="Anvil", claim=CALL), SUB_SCORES),
    (requested.sub_scores, Pack(launch="Anvil"), tuple(n for n in SUB_SCORES if n != "vendor")),
    (requested.sub_scores, Pack(claim=CALL), tuple(n for n in SUB_SCORES if n != "launch")),
]


@pytest.mark.parametrize(("asks", "pack", "answer"), CASES)
def test_a_pack_asks_for_what_it_names_or_claims(
    asks: Callable[[Question], object], pack: Pack, answer: object
) -> None:
    assert asks(cast("Question", pack)) == answer
