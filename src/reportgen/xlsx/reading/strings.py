"""Text as cells hold it: the table of shared strings, rich text, escaped characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.xlsx.reading.xml import NAMESPACE_END, feed, new_parser

if TYPE_CHECKING:
    from reportgen.xlsx.reading.package import Package

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """The text with _xHHHH_ turned into the character that XML could not hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)


def read_strings(package: Package, part: str) -> list[str]:
    """The shared strings in order; the counts that the part declares are not believed."""
    handler = _StringHandler(package, part)
    parser = new_parser()
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text.append
    with package.open(part) as stream:
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
