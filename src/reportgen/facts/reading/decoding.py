"""The letters of a file, whatever program wrote it: UTF-8, UTF-16, GB18030 or Windows code pages.

The first two are certain. The others are guessed from the bytes, and a later row must not change
the guess: such a file is therefore cut into cells first (`LEGACY` keeps one letter a byte), and
decoded when the rows known at as-of are.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from reportgen.facts.problem_log import CellError

if TYPE_CHECKING:
    from collections.abc import Sequence

LEGACY = "latin-1"
UTF_8 = "utf-8"
_BOMS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 400
_FEWEST_ZEROS = 3  # a stray one is no sign of wide letters
# Letters of Polish and its neighbours: on these bytes cp1252 has signs that no word contains.
_EAST_EUROPEAN = re.compile(
    rb"[A-Za-z][\x8c\x8f\x9c\x9f\xa3\xa5\xaf\xb3\xb9\xbf]"
    rb"|[\x8c\x8f\x9c\x9f\xa3\xa5\xaf\xb3\xb9\xbf][a-z]"
)


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a file and the encoding read; (text, LEGACY) where that is still to be guessed.

    Raises CellError for bytes that are no text at all.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding), encoding
    if b"\0" in raw[:_SAMPLE]:
        encoding = _wide(raw)
        return _strictly(raw, encoding), encoding
    try:
        return raw.decode(UTF_8), UTF_8
    except UnicodeDecodeError:
        return raw.decode(LEGACY), LEGACY


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise CellError(
            f"is not valid {encoding.upper()} at byte {error.start:,}",
            "a text file",
            "save it as CSV UTF-8",
        ) from None


def _wide(raw: bytes) -> str:
    """UTF-16 without its mark: ASCII letters with a zero byte on one side."""
    sample = raw[:_SAMPLE]
    zeros_after, zeros_before = sample[1::2].count(0), sample[0::2].count(0)
    many = max(_FEWEST_ZEROS, 0.4 * len(sample) // 2)
    if zeros_after > many and not zeros_before:
        return "utf-16-le"
    if zeros_before > many and not zeros_after:
        return "utf-16-be"
    return UTF_8


def guess(cells: Sequence[bytes]) -> str:
    """The likeliest encoding of the cells of a file that are not plain ASCII.

    UTF-8 if most of them are valid as such (the others are then at fault); GB18030 if nearly all
    their letters are common Chinese characters (accented letters between plain ones are not);
    else a Windows code page.
    """
    if sum(map(_is_utf_8, cells)) >= len(cells) / 2:
        return UTF_8
    raw = b"\n".join(cells)
    if _reads_as_chinese(raw):
        return "gb18030"
    return "cp1250" if _EAST_EUROPEAN.search(raw) else "cp1252"


def _is_utf_8(cell: bytes) -> bool:
    try:
        cell.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _reads_as_chinese(raw: bytes) -> bool:
    try:
        foreign = [letter for letter in raw.decode("gb18030") if not letter.isascii()]
    except UnicodeDecodeError:
        return False
    return sum(map(_is_common_chinese, foreign)) >= 0.9 * len(foreign)


def _is_common_chinese(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def recode(cell: str, encoding: str) -> str:
    """A cell read as LEGACY in its true encoding; raises CellError if it cannot be."""
    try:
        return cell.encode(LEGACY).decode(encoding)
    except UnicodeDecodeError:
        raise CellError(
            f"is not valid {encoding.upper()}",
            "text in the encoding of the rest of the file",
            "save the file as CSV UTF-8",
        ) from None
