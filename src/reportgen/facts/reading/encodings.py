"""Which encoding a file is in that is not Unicode, and how sure that is.

The few words of a pack's file are too little for statistics: charset-normalizer proposes and ranks
the encodings that make sense at all, and a guess is sure only where no other encoding of a
spreadsheet would make words of the same bytes. What is in doubt is told with both readings.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reportgen.facts.problems import ProblemLog

LEGACY = "latin-1"  # keeps one letter a byte, until the encoding is known
UTF_8 = "utf-8"
GB_18030 = "gb18030"
# What spreadsheets write by default, from the commonest on: of those that agree the first counts
CANDIDATES = (
    *("cp1252", "cp1250", "cp1254", "cp1251", "cp1253"),
    *(GB_18030, "big5", "cp932", "cp949", "mac_roman"),
)


class Guess(NamedTuple):
    """An encoding and, where that is not sure, another that makes words of the bytes ("" if sure).

    `other` is the same as `encoding` where neither it nor any other one does.
    """

    encoding: str
    other: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether no other encoding comes into question."""
        return not self.other


def guess(cells: Sequence[bytes]) -> Guess:
    """The encoding of the cells of a file that are not plain ASCII.

    UTF-8 if most of them are valid as such: the others are then at fault.
    """
    if sum(map(_is_utf_8, cells)) >= len(cells) / 2:
        return Guess(UTF_8)
    raw = b"\n".join(dict.fromkeys(cells))
    readings: dict[str, str] = {}  # what each plausible text is written in
    for encoding in CANDIDATES:
        text = _decoded(raw, encoding)
        if text is not None and _is_plausible(text, encoding):
            readings.setdefault(text, encoding)
    plausible = list(readings.values())
    if len(plausible) == 1:
        return Guess(plausible[0])
    best = _ranked_first(raw, plausible or CANDIDATES)
    return Guess(best, next((one for one in plausible if one != best), best))


def _is_utf_8(cell: bytes) -> bool:
    return _decoded(cell, UTF_8) is not None


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _ranked_first(raw: bytes, among: Sequence[str]) -> str:
    """The encoding that charset-normalizer finds the least messy of some, if it accepts any."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it

    best = from_bytes(raw, cp_isolation=list(among), preemptive_behaviour=False).best()
    return best.encoding if best is not None and best.encoding in among else among[0]


_WORD = re.compile(r"\S+")
_MARKS = frozenset(
    "\u2018\u2019\u201c\u201d\u201e\xab\xbb\u2013\u2014\u2026\xb7\u2022\xb0\xa7\xa9\xae\u2122\xa0"
    "\u3000\u3001\u3002\u30fb\u3008\u3009\u300a\u300b\u3010\u3011\uff08\uff09\uff0c\uff1a\uff1b"
)  # quotation marks, dashes and the like, also those of Chinese and Japanese
_ENDS = "".join(_MARKS) + "()[]{}.,;:!?'\"/&%+-*"
# How many of the characters of a text must be common: a few are rare, but Hangul is never mixed
_SHARE_COMMON = {GB_18030: 0.8, "big5": 0.9, "cp932": 0.7, "cp949": 1.0}


def _is_plausible(text: str, encoding: str) -> bool:
    """Whether a text consists of words as people write them."""
    foreign = [letter for letter in text if not letter.isascii()]
    if any(unicodedata.category(letter)[0] == "C" for letter in foreign):
        return False
    if encoding in _COMMON:
        signs = [letter for letter in foreign if letter not in _MARKS]
        common = sum(map(_COMMON[encoding], signs))
        return common >= _SHARE_COMMON[encoding] * len(signs) and not _LATIN_BESIDE.search(text)
    return all(map(_is_word, _WORD.findall(text)))


_JOINING = "\u2019\u2013"  # an apostrophe, a dash
_MONEY = frozenset("€£¥")
_LIGATURES = frozenset("ﬁﬂ")  # of MacRoman, where ß and Þ stand elsewhere
# A Latin word that goes on in another script: half a letter was taken for a whole one.
_LATIN_BESIDE = re.compile(r"[a-z][\u2e80-\uffef]|[\u2e80-\uffef][a-z]")


def _is_word(word: str) -> bool:
    """Whether a word is all letters of one script, none of them large after a small one."""
    inner = word.strip(_ENDS)
    if inner.isascii() or inner in _MONEY:
        return True
    letters = [letter for letter in inner if not letter.isascii() and letter not in _JOINING]
    if not all(map(str.isalpha, letters)) or _LIGATURES.intersection(letters):
        return False
    scripts = {unicodedata.name(letter, "").split()[0] for letter in inner if letter.isalpha()}
    small_before_large = any(
        one.islower() and other.isupper() and not other.isascii() for one, other in pairwise(inner)
    )
    return len(scripts) == 1 and not small_before_large and _has_plain_letters(inner)


_LONGEST_ACCENTED = 4  # such as Żółć


def _has_plain_letters(word: str) -> bool:
    """Whether a Latin word has a plain letter: one of accents alone is another script misread."""
    if not unicodedata.name(word[0], "").startswith("LATIN"):
        return True
    return len(word) <= _LONGEST_ACCENTED or any(letter.isascii() for letter in word)


def _is_common_in(encoding: str, first: Iterable[int]) -> Callable[[str], bool]:
    """What tells common characters: their first byte lies in the levels taught at school."""
    leading = frozenset(first)

    def is_common(letter: str) -> bool:
        try:
            raw = letter.encode(encoding)
        except UnicodeEncodeError:
            return False
        return len(raw) > 1 and raw[0] in leading

    return is_common


_COMMON = {
    GB_18030: _is_common_in("gb2312", range(0xB0, 0xD8)),
    "big5": _is_common_in("big5", range(0xA4, 0xC7)),
    "cp932": _is_common_in("shift_jis", (0x82, 0x83, *range(0x88, 0x98))),
    "cp949": _is_common_in("euc_kr", range(0xB0, 0xC9)),
}


def tell_of_description(guessed: Guess, line: int, said: str, log: ProblemLog) -> None:
    """Log that a description is not UTF-8, with the first text that hangs on the guess."""
    found = f"is not UTF-8; it was read as {guessed.encoding.upper()}: {quote(said)}"
    if guessed.is_sure:
        log.caution(line, None, found)
    else:
        log.mistake(line, None, f"{found}, which is not sure", "", "save it as UTF-8")


def recode(cell: str, encoding: str) -> str:
    """A cell read as LEGACY in its true encoding; raises CellError if it cannot be."""
    text = _decoded(cell.encode(LEGACY), encoding)
    if text is None:
        raise CellError(
            f"is not valid {encoding.upper()}",
            "text in the encoding of the rest of the file",
            "save the file as CSV UTF-8",
        )
    return text


def reading(cell: str, encoding: str) -> str:
    """What a cell read as LEGACY says in an encoding, as a message shows it."""
    return quote(cell.encode(LEGACY).decode(encoding, "replace").strip())


def unsure(cell: str, guessed: Guess) -> CellError:
    """Why a cell read as LEGACY cannot be a name: the guess is not sure."""
    said = f"{reading(cell, guessed.encoding)} ({guessed.encoding.upper()})"
    if guessed.other != guessed.encoding:
        said += f" or {reading(cell, guessed.other)} ({guessed.other.upper()})"
    found = f"may be {said}: nothing settles the encoding"
    return CellError(found, "a name in UTF-8", "save the file as CSV UTF-8")
