"""The examples of the documents, taken out of them as a reader sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md")))
GAP = "..."
_FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_EXCERPT = re.compile(
    r"^`(?P<file>[^`\n]+)`\n\n```\w+\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


def _agree(shown: tuple[str, ...], text: str) -> bool:
    """Whether a text is what the lines show, of which `...` stands for any lines."""
    parts = [f"{re.escape(line)}\n" if line != GAP else r"(?:.*\n)*?" for line in shown]
    return re.fullmatch("".join(parts), text.rstrip("\n") + "\n") is not None


class Example(NamedTuple):
    """A command and the lines it is said to print; `...` stands for any lines."""

    command: str
    printed: tuple[str, ...]

    def agrees(self, output: str) -> bool:
        """Whether an output is what the example shows; an example may show nothing."""
        return not self.printed or _agree(self.printed, output)


class Excerpt(NamedTuple):
    """Lines that are said to stand in a file; `...` stands for any lines."""

    file: str
    lines: tuple[str, ...]

    def agrees(self, text: str) -> bool:
        """Whether the text of the file is what the excerpt shows."""
        return _agree(self.lines, text)


def blocks(page: Path, language: str) -> Iterator[str]:
    """The bodies of a page's code blocks in a language."""
    for block in _FENCE.finditer(page.read_text(encoding="utf-8")):
        if block["language"] == language:
            yield block["body"]


def examples(page: Path) -> Iterator[Example]:
    """The commands of a page's console blocks, in order."""
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *printed = part.splitlines()
            yield Example(command, tuple(printed))


def excerpts(page: Path) -> Iterator[Excerpt]:
    """The excerpts of files that a page shows, each below the name of its file."""
    for block in _EXCERPT.finditer(page.read_text(encoding="utf-8")):
        yield Excerpt(block["file"], tuple(block["body"].splitlines()))
