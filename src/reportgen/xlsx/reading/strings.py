"""Text as cells hold it: the table of shared strings, rich text, escaped characters."""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO, TYPE_CHECKING

from reportgen.xlsx.reading.package import read_all
from reportgen.xlsx.reading.spelt import PROLOG, QUICK_BYTES, UnusualError, is_doubtful, plain
from reportgen.xlsx.reading.xml import NAMESPACE_END, feed, new_parser

if TYPE_CHECKING:
    from reportgen.xlsx.reading.package import Package

_START = re.compile(
    PROLOG.decode()
    + r'<sst xmlns="http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"'
    + r"(?: (?:unique)?[Cc]ount=\"[0-9]+\")*>"
)
_END = re.compile(r"</sst>\s*")
_ITEM = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """The text with _xHHHH_ turned into the character that XML could not hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)


def read_strings(package: Package, part: str) -> list[str]:
    """The shared strings in order; the counts that the part declares are not believed."""
    with package.open(part) as stream:
        if package.info(part).file_size > QUICK_BYTES:
            return _parsed(package, part, stream)
        content = read_all(stream)
        found = quick_strings(content)
        if found is None or len(found) > package.limits.strings:
            return _parsed(package, part, BytesIO(content))
        return found


def quick_strings(content: bytes) -> list[str] | None:
    """The strings of a part that holds nothing but plain ones; None if it has to be parsed."""
    if is_doubtful(content):
        return None
    try:
        before, *pieces = _ITEM.split(content.decode("utf-8"))
        # A text, then what stands behind it: nothing before the next one
        if not pieces or any(pieces[1:-1:2]) or not _END.fullmatch(pieces[-1]):
            return None
        if not _START.fullmatch(before):
            return None
        return [unescape(plain(text)) for text in pieces[::2]]
    except (UnusualError, ValueError):
        return None


def _parsed(package: Package, part: str, stream: IO[bytes]) -> list[str]:
    handler = _StringHandler(package, part)
    parser = new_parser()
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text.append
    feed(parser, stream)
    return handler.strings


class _StringHandler:
    """Collects the text of each item; what is read aloud (phonetic runs) is not its text."""

    def __init__(self, package: Package, part: str) -> None:
        self.strings: list[str] = []
        self.text: list[str] = []
        self._package, self._part = package, part
        self._runs: list[str] = []
        self._phonetic = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(NAMESPACE_END)[2]
        if local == "t":
            self.text.clear()
        elif local == "si":
            self._runs.clear()
        elif local == "rPh":
            self._phonetic += 1

    def end(self, name: str) -> None:
        local = name.rpartition(NAMESPACE_END)[2]
        if local == "t" and not self._phonetic:
            self._runs.append("".join(self.text))
        elif local == "rPh":
            self._phonetic -= 1
        elif local == "si":
            self.strings.append(unescape("".join(self._runs)))
            if len(self.strings) > self._package.limits.strings:
                limit = self._package.limits.strings
                raise self._package.hostile(self._part, f"holds more than {limit:,} texts")
