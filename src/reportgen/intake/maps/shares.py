"""Which company a name in a sheet means: `ACME US Equity`, `NYSE:ACME`, `0700.HK`."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from reportgen.facts.reading.price_names import is_label_of
from reportgen.intake.maps.grid import compared
from reportgen.intake.maps.map_file import Share

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_LEADING = re.compile(r"^[A-Za-z ]+:\s*")
# What may stand behind a ticker: an exchange of two letters, one of a RIC, a class of securities
_BEHIND = re.compile(r"(?:[ .](?:[A-Za-z]{2,3}|[LFNKVT]))?(?: (?:equity|index))?", re.IGNORECASE)


def shares(
    labels: Iterable[str], tickers: Collection[str], others: Mapping[str, Share]
) -> dict[str, Share]:
    """Return which share each of the labels of a sheet means, of those that mean one.

    `others` are the names that a map gives. Of a label that is not the ticker itself it is only
    guessed: where a company has several names in a sheet, those that are guessed may be others'.
    """
    by_name = {compared(name): share for name, share in others.items()}
    exact = {compared(ticker): ticker for ticker in tickers}
    found: dict[str, Share] = {}
    guessed: dict[str, set[str]] = defaultdict(set)
    for label in dict.fromkeys(labels):
        name = compared(label)
        if name in by_name:
            found[label] = by_name[name]
        elif name in exact:
            found[label] = Share(exact[name])
        else:
            for ticker in tickers:
                if _begins_with(label, ticker):
                    guessed[ticker].add(label)
    named = {share.ticker for label, share in found.items() if compared(label) not in by_name}
    for ticker, alike in guessed.items():
        if ticker not in named and len({compared(label) for label in alike}) == 1:
            found |= {label: Share(ticker) for label in alike}
    return found


def _begins_with(label: str, ticker: str) -> bool:
    """Whether a label is a ticker with nothing but an exchange and a kind of security around it."""
    plain = _LEADING.sub("", label).strip()
    stem = ticker.partition(".")[0]
    for one in (ticker, stem, stem.lstrip("0")):
        if plain.upper().startswith(one.upper()) and _BEHIND.fullmatch(plain[len(one) :]):
            return is_label_of(plain, ticker)
    return False
