"""Names that were probably meant: a slip of the keys, another spelling, a word too many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_SHORT, _LONG = 5, 9  # letters from which on one edit, or two, leave a name recognisable


def edits(one: str, other: str) -> int:
    """How many letters are typed wrong, left out, added or exchanged between two texts."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], wanted):
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]


def is_near(one: str, other: str) -> bool:
    """Whether two names differ by so few letters that one was probably meant for the other."""
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= _LONG else int(shorter >= _SHORT)
    return abs(len(one) - len(other)) <= allowed and edits(one, other) <= allowed


# Words that say of which kind a figure is, not which one
_KINDS = """
adj adjusted ads average basic company consolidated core diluted fully gaap group ifrs
non normalised normalized number of ord ordinary outstanding position reported share shares total
underlying weighted
"""
_QUALIFIERS = frozenset(_KINDS.split())
_OTHER_NAMES = {
    "fcf": "free_cash_flow", "sales": "revenue", "revenues": "revenue", "turnover": "revenue",
    "netdebt": "net_cash", "shares": "shares_diluted", "sharecount": "shares_diluted",
    "sharesoutstanding": "shares_diluted", "equity": "book_value",
    "shareholdersequity": "book_value", "netassets": "book_value", "earningspershare": "eps",
    "dilutedearningspershare": "eps", "likeforlikerevenue": "revenue_like_for_like",
    "revenuelfl": "revenue_like_for_like", "lflrevenue": "revenue_like_for_like",
    "pentm": "pe_ntm", "forwardpe": "pe_ntm", "trailingpe": "pe_ttm", "pe": "pe_ttm",
}  # fmt: skip


def metric_meant(name: str, read: Collection[str], usual: Collection[str]) -> str | None:
    """The metric that the method reads and a name nearly is; None if it is one, or none is near.

    `usual` are names that are shown, and no slips of others.
    """
    if name in read or name in usual:
        return None
    words = [word for word in re.split(r"[^a-z0-9]+", _snake(name)) if word]
    plain = "".join(words)
    by_plain = {metric.replace("_", ""): metric for metric in sorted(read)}
    if plain in by_plain:
        return by_plain[plain]
    if _OTHER_NAMES.get(plain) in read:
        return _OTHER_NAMES[plain]
    for metric in sorted(read, key=len, reverse=True):
        own = metric.split("_")
        extra = [word for word in words if word not in own]
        if set(own) <= set(words) and set(extra) <= _QUALIFIERS:
            return metric
    near = (one for one in by_plain if is_near(plain, one) or sorted(plain) == sorted(one))
    return next((by_plain[one] for one in near), None)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", name).lower()
