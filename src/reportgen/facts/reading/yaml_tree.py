"""The tree of a YAML document by the library's parser, without what a pack has no use for."""

from __future__ import annotations

from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reportgen.errors import quote
from reportgen.facts.reading.yaml_nodes import (
    DEEPEST,
    NULLS,
    Listing,
    Scalar,
    Section,
    Tree,
    YamlError,
)


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
