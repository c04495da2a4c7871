"""YAML as a tree of raw scalars with line numbers, and checked values taken out of its mappings.

A YAML loader turns `NO` into false, `0700` into a number and the second of two equal keys into
the only one. Here every scalar keeps the letters that stand in the file, and duplicate keys,
anchors, aliases, tags and second documents are refused with their line.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Self

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reportgen.errors import quote
from reportgen.facts.problems import CellError, suggestion
from reportgen.facts.reading.columns import unprintable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.facts.problems import ProblemLog


DEEPEST = 8
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar(NamedTuple):
    """The letters of one value as the file has them; `text` is "" for an empty or null one."""

    text: str
    line: int


class Listing(NamedTuple):
    """A sequence of nodes."""

    items: tuple[Tree, ...]
    line: int


class Section(NamedTuple):
    """A mapping of nodes in the order of the file."""

    items: Mapping[str, Tree]
    line: int


Tree = Scalar | Listing | Section


class YamlError(Exception):
    """Why a text is not the plain YAML expected: `line` counts from 1."""

    def __init__(self, line: int | None, found: str) -> None:
        """`found` is a phrase that follows the name of the file."""
        super().__init__(found)
        self.line = line
        self.found = found


@lru_cache(maxsize=64)
def parse(text: str) -> Tree:
    """The tree of one YAML document (an empty Section for an empty one); raises YamlError.

    Kept by text: it takes a third of the time of reading a pack, and one text is read again for
    every day a report is made of.
    """
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = None if mark is None else mark.line + 1
        raise YamlError(line, f"is not YAML: {error.problem or error.context}") from None
    except (YAMLError, RecursionError, ValueError) as error:
        raise YamlError(None, f"is not YAML: {str(error).splitlines()[0]}") from None
    return Section({}, 1) if root is None else _tree(root, set(), 0)


def _tree(node: Node, seen: set[int], depth: int) -> Tree:
    line = node.start_mark.line + 1
    if id(node) in seen or node.anchor:
        raise YamlError(line, "uses an anchor or alias (& or *), which a pack may not")
    if depth > DEEPEST:
        raise YamlError(line, "is nested too deeply")
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        return _scalar(node, line)
    if isinstance(node, SequenceNode):
        return Listing(tuple(_tree(child, seen, depth + 1) for child in node.value), line)
    if isinstance(node, MappingNode):
        return Section(_pairs(node, seen, depth), line)
    raise YamlError(line, "is neither a value, a list nor a mapping")


def _scalar(node: ScalarNode, line: int) -> Scalar:
    text: str = node.value
    is_plain = node.style is None
    return Scalar("" if is_plain and text in NULLS else text, line)


def _pairs(node: MappingNode, seen: set[int], depth: int) -> dict[str, Tree]:
    pairs: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            raise YamlError(line, "has a key that is not a word")
        key: str = key_node.value
        if key in pairs:
            raise YamlError(line, f"says {quote(key)} a second time")
        value = _tree(value_node, seen, depth + 1)
        # the place of a value that is not there is told as that of what follows
        pairs[key] = value if value != Scalar("", value.line) else Scalar("", line)
    return pairs


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
