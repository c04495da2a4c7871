"""YAML as a tree of raw scalars with line numbers, and checked values taken out of its mappings.

A YAML loader turns `NO` into false, `0700` into a number and the second of two equal keys into
the only one. Here every scalar keeps the letters that stand in the file, and duplicate keys,
anchors, aliases, tags and second documents are refused with their line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from reportgen.facts.problems import CellError, suggestion
from reportgen.facts.reading.columns import unprintable
from reportgen.facts.reading.yaml_nodes import Listing, Scalar, Section, YamlError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.yaml_nodes import Tree


class SectionReader:
    """Takes values out of one mapping of the file and logs what is wrong with them."""

    def __init__(self, section: Section, log: ProblemLog, within: str = "") -> None:
        self.section = section
        self.log = log
        self.within = within

    @classmethod
    def of_text(
        cls, text: str, log: ProblemLog, expected: str, otherwise: str = "is not a mapping"
    ) -> Self | None:
        """A reader of the mapping that a file is; None, and a problem, if it is something else."""
        from reportgen.facts.reading.yaml_tree import parse  # noqa: PLC0415 - a diff reads no YAML

        try:
            tree = parse(text)
        except YamlError as error:
            log.mistake(error.line, None, error.found, "plain YAML: keys, values, lists")
            return None
        if not isinstance(tree, Section):
            log.mistake(tree.line, None, otherwise, expected)
            return None
        return cls(tree, log)

    def fail(self, line: int, name: str, error: CellError) -> None:
        """Log what is wrong with the value of a key."""
        self.log.mistake(line, self.within + name, error.found, error.expected, error.remedy)

    def know_only(self, known: Sequence[str]) -> None:
        """Report every key that is none of the known ones."""
        for name, node in self.section.items.items():
            if name not in known:
                error = CellError("is not a key of this file", "", suggestion(name, known))
                self.fail(node.line, name, error)

    def text(self, name: str, expected: str = "", *, needed: bool = True) -> str:
        """The text of a key; "" and, if it is needed, a problem where it is blank or absent."""
        node = self.section.items.get(name)
        if isinstance(node, Scalar) and node.text.strip():
            return self._one_line(node, name)
        if isinstance(node, (Listing, Section)):
            self.fail(node.line, name, CellError("holds more than one value", expected))
        elif needed:
            line = self.section.line if node is None else node.line
            found = "is missing" if node is None else "is blank"
            self.fail(line, name, CellError(found, expected, "fill it in"))
        return ""

    def _one_line(self, node: Scalar, name: str) -> str:
        text = node.text.strip()
        if not text.isprintable():
            self.fail(node.line, name, unprintable(text))
        return text

    def checked(
        self, name: str, check: Callable[[str], None], expected: str = "", *, needed: bool = True
    ) -> str:
        """The text of a key that `check` accepts; it raises CellError for what it does not."""
        text = self.text(name, expected, needed=needed)
        try:
            if text:
                check(text)
        except CellError as error:
            self.fail(self.section.items[name].line, name, error)
        return text

    def within_section(self, name: str) -> SectionReader | None:
        """A reader of the mapping under a key; None if there is none."""
        node = self.section.items.get(name)
        if isinstance(node, Section):
            return SectionReader(node, self.log, f"{self.within}{name}.")
        if node is not None and not (isinstance(node, Scalar) and not node.text):
            self.fail(node.line, name, CellError("is not a mapping", "keys with values"))
        return None

    def items(self, name: str) -> tuple[Tree, ...]:
        """The items of the list under a key; none if it is absent or blank."""
        node = self.section.items.get(name)
        if isinstance(node, Listing):
            return node.items
        if node is not None and not (isinstance(node, Scalar) and not node.text):
            self.fail(node.line, name, CellError("is not a list", "a list such as [a, b]"))
        return ()
