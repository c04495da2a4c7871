"""What the pack of a question asks for beside methods of valuation: it names it, or states it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.catalogue import EV_EBITDA, PE, SOTP
from reportgen.model import peers
from reportgen.model.dims import SUB_SCORES
from reportgen.model.evidence.claims import CALL, NARRATIVE, claim_key
from reportgen.model.inputs import description

if TYPE_CHECKING:
    from reportgen.model.question import Question


def launch(question: Question) -> bool:
    """Return whether the company has a launch that is valued."""
    return bool(question.given[description.launch_name])


def vendor_call(question: Question) -> bool:
    """Return whether a vendor's call is claimed."""
    return _claimed(question, CALL)


def sub_scores(question: Question) -> tuple[str, ...]:
    """Return the sub-scores of hype that are asked for, in their order."""
    of_packs = {"launch": launch(question), "vendor": vendor_call(question)}
    return tuple(name for name in SUB_SCORES if of_packs.get(name, True))


def bull_narrative(question: Question) -> bool:
    """Return whether a bull target is claimed."""
    return _claimed(question, NARRATIVE)


def peers_named(question: Question) -> bool:
    """Return whether peers are named whose P/E the bull case may rest on."""
    named = [*question.given[description.peer], *question.given[peers.company]]
    return question.asks_for(PE) and any(named)


def peer_multiple(question: Question) -> bool:
    """Return whether the bull P/E may rest on that of the peers: on a multiple, or on a claim."""
    return question.asks_for(PE) and (peers_named(question) or _claimed(question, "pe"))


def stakes(question: Question) -> bool:
    """Return whether a method counts stakes outside the segments."""
    return question.asks_for(SOTP) or question.asks_for(EV_EBITDA)


def _claimed(question: Question, key: str) -> bool:
    return any(name.casefold() == key for name in question.given[claim_key])
