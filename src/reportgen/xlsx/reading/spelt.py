"""XML in the spelling that all common programs use, which can be read without a parser."""

from __future__ import annotations

import re

PROLOG = rb"<\?xml version=[\"']1\.0[\"'] encoding=[\"'][Uu][Tt][Ff]-8[\"'][^<>]*\?>\s*"
QUICK_BYTES = 16_000_000  # a larger part is never held in memory as a whole
_CONTROL = bytes({*range(32)} - {*b"\t\n"})
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_ALLOWED = "\t\n\r\xa0\u2028"  # with what is printable, characters that XML surely allows
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class UnusualError(Exception):
    """The part is not spelt as expected: no error, but a reason to read it the slow way."""


def is_doubtful(content: bytes) -> bool:
    """Whether there are comments, unparsed text, or characters that only a parser treats right."""
    return b"<!" in content or len(content.translate(None, _CONTROL)) < len(content)


def plain(text: str) -> str:
    """The text with its entities resolved. Raises UnusualError for one that is not known."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    name, decimal, hexadecimal = entity.groups()
    if name:
        return _NAMED[name]
    character = chr(int(decimal or "0") or int(hexadecimal or "0", 16))
    if not character.isprintable() and character not in _ALLOWED:
        raise UnusualError
    return character
