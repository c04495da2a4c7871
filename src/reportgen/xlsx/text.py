"""Text and numbers as they stand in the XML of a workbook, without loss."""

from __future__ import annotations

import codecs
import re

MAX_TEXT = 32_767
ESCAPE_SURROGATES = "reportgen.escape_surrogates"

_NEEDS_CARE = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_LITERAL_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """The text as element content, read back as exactly the same text.

    Characters that XML cannot hold become the format's own _xHHHH_ escapes (ECMA-376 part 1,
    22.9.2.19); text that happens to look like such an escape has its first underscore escaped.
    """
    if not _NEEDS_CARE.search(text):
        return text
    text = _LITERAL_ESCAPE.sub("_x005F_", text)
    text = _NOT_IN_XML.sub(_escape, text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def number_text(number: float) -> str:
    """The shortest spelling that reads back as exactly this number; whole numbers as such."""
    return repr(number).removesuffix(".0")


def utf16_length(text: str) -> int:
    """The length as the format counts it: a character beyond the basic plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def holds_control_characters(text: str) -> bool:
    """Whether the text holds characters that XML cannot hold unescaped."""
    return not text.isprintable() and _NOT_IN_XML.search(text) is not None


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match.group()):04X}_"


def _escape_surrogates(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(f"_x{ord(char):04X}_" for char in lost), error.end


# Notes, chart texts and headers pass through library code that escapes everything but lone
# surrogates; those are caught where a part becomes bytes.
codecs.register_error(ESCAPE_SURROGATES, _escape_surrogates)
