"""Brokers by whatever name: one house counts once, and goes by the newest of its spellings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import InputErrors
from reportgen.facts.key_syntax import is_key, key_text, parse_key
from reportgen.facts.near_misses import is_near
from reportgen.facts.problems import ProblemLog
from reportgen.facts.reading.yaml import SectionReader
from reportgen.facts.reading.yaml_nodes import Scalar
from reportgen.facts.units import SHARE, SHARES
from reportgen.resources import template_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.facts.rows import Target

_HOUSES = "brokers.yaml"
_FORMS = """
ab ag asa bv co company corp corporation gmbh group holding holdings inc incorporated kgaa limited
llc llp lp ltd nv oyj plc pte pty research sa se securities spa usa
"""
_IGNORED = frozenset(_FORMS.split())
_PHRASES = (("capital", "markets"), ("equity", "research"), ("global", "markets"))
_TELLING = 7  # letters of a name that another one may begin with by chance if it is shorter
_JOINED = re.compile(r"[.'’`]")  # J.P. is JP, and O'Hara OHara
_APART = re.compile(r"[^\w]+|_")


def _words(name: str) -> tuple[str, ...]:
    """The words of a name that tell houses apart."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = [word for word in _APART.sub(" ", _JOINED.sub("", plain)).split() if word != "and"]
    kept = words[1:] if words[:1] == ["the"] else words
    while kept and (kept[-1] in _IGNORED or tuple(kept[-2:]) in _PHRASES):
        kept = kept[:-1] if kept[-1] in _IGNORED else kept[:-2]
    return tuple(kept or words)


@lru_cache(maxsize=1024)
def house(name: str) -> str:
    """What is the same for every spelling of one house, and for no other's."""
    plain = "".join(_words(name)) or name
    return _other_names().get(plain, plain)


@lru_cache(maxsize=1)
def _other_names() -> Mapping[str, str]:
    """The house of each name in the list of houses that go by more than one."""
    log = ProblemLog(_HOUSES)
    text = template_path(_HOUSES).read_text(encoding="utf-8")
    reader = SectionReader.of_text(text, log, "names of houses, each with its other names")
    houses = {name: reader.items(name) for name in reader.section.items} if reader else {}
    if log.found:
        raise InputErrors(log.found)
    names: dict[str, str] = {}
    for known, nodes in houses.items():
        spelled = (known, *(node.text for node in nodes if isinstance(node, Scalar)))
        names |= dict.fromkeys(("".join(_words(one)) for one in spelled), "".join(_words(known)))
    return names


Spellings = dict[str, str]  # a house -> its name as it is shown


def spellings(targets: Iterable[Target]) -> Spellings:
    """How each house is called: as in its newest target."""
    newest = sorted(targets, key=lambda row: (row.published, row.broker))
    return {house(row.broker): row.broker for row in newest}


def in_one_spelling(targets: Iterable[Target], shown: Spellings) -> tuple[Target, ...]:
    """The targets, each under the one name of its house."""
    return tuple(row._replace(broker=shown[house(row.broker)]) for row in targets)


def key_in_one_spelling(key: str, shown: Spellings) -> str:
    """The key with members as rows have them: a target by the names of its broker and its line."""
    if "[" not in key or not is_key(key):
        return key
    parsed = parse_key(key)
    members = [name.strip() for name in parsed.members]
    if parsed.name == "target":
        members[0] = shown.get(house(members[0]), members[0])
    if parsed.name == "target" and len(members) > 1:
        line = SHARES.get(members[1].lower(), SHARE)
        members[1] = members[1] if line == SHARE else line
    return key_text(parsed._replace(members=tuple(members)))


class NearMiss(NamedTuple):
    """Two names that may be one house: the newest row of one, and the other."""

    row: Target
    other: str


MOST_HOUSES = 300  # are compared with each other; nobody follows more


def near_misses(targets: Sequence[Target]) -> Iterator[NearMiss]:
    """Yield each house, by its newest target, whose name is nearly that of another one.

    Of several others the first in the order of the alphabet is named.
    """
    known = set(_other_names().values())
    newest = {house(row.broker): row for row in sorted(targets, key=lambda row: row.published)}
    told: set[str] = set()
    for one, other in combinations(sorted(newest)[:MOST_HOUSES], 2):
        both = newest[one].broker, newest[other].broker
        if other not in told and not {one, other} <= known and _is_near(*both):
            told.add(other)
            yield NearMiss(newest[other], newest[one].broker)


def _is_near(one: str, other: str) -> bool:
    """Whether two names differ by a slip, or by words behind a name that tells enough.

    A slip in the first letter is seen: with another one a short name is another name.
    """
    first, second = sorted((_words(one), _words(other)), key=len)
    if not first:
        return False
    begins = second[: len(first)] == first and len("".join(first)) >= _TELLING
    plain, other_plain = "".join(first), "".join(second)
    return begins or (plain[0] == other_plain[0] and is_near(plain, other_plain))
