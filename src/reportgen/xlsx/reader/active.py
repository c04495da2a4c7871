"""What in a workbook could act, or reaches beyond it: told in words, and never touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.xlsx.reader.limits import UnreadableFile

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Collection, Iterable, Iterator

    from reportgen.xlsx.reader.package import Package, Relationship


class _Sign(NamedTuple):
    """What is told where a part begins so, or is linked by such a relationship."""

    told: str
    part: str
    links: frozenset[str]


_SIGNS = tuple(
    _Sign(told, part, frozenset(links.split()))
    for told, part, links in (
        ("contains macros, which were not run", "xl/vbaproject", "vbaProject"),
        (
            "contains Excel 4.0 macros, which were not run",
            "xl/macrosheets/",
            "xlMacrosheet xlIntlMacrosheet",
        ),
        (
            "contains queries to other sources, which were not run",
            "xl/connections",
            "connections queryTable",
        ),
        (
            "contains live feeds from other programs, which were not asked",
            "xl/volatiledependencies",
            "volatileDependencies",
        ),
        (
            "contains embedded objects, which were not opened",
            "xl/embeddings/",
            "oleObject package",
        ),
        ("contains ActiveX controls, which were not run", "xl/activex/", "control"),
        ("contains buttons of its own, which were not run", "customui/", "extensibility"),
        (
            "contains add-ins, which were not run",
            "xl/webextensions/",
            "webextension webextensiontaskpanes",
        ),
    )
)
_BOOK, _PICTURE, _ADDRESS = "externalLink", "image", "hyperlink"
_SHOWN = 3


def found_active(package: Package, calls: Collection[str] = ()) -> tuple[str, ...]:
    """Sentences about what acts or reaches beyond the file, each once: "contains macros, ...".

    `calls` are formulas that ask other programs.
    """
    links = list(_all_links(package))
    kinds = {link.kind for link in links}
    told = [
        sign.told
        for sign in _SIGNS
        if kinds & sign.links or any(part.startswith(sign.part) for part in package.parts)
    ]
    beyond = [link for link in links if link.external and link.kind != _ADDRESS]
    pictures = {link.target for link in beyond if link.kind == _PICTURE}
    if pictures:
        told.append(f"shows pictures from elsewhere{_named(pictures)}, which were not fetched")
    books = {
        *(part for part in package.parts if part.startswith("xl/externallinks/externallink")),
        *(link.target for link in links if link.kind == _BOOK and not link.external),
    }
    told += _of_books(package, books)
    if calls:
        told.append(
            f"holds formulas that call other programs{_named(calls)}, which were not started"
        )
    others = {link.target for link in beyond if not _is_of_book(link)} - pictures
    if others:
        told.append(f"reaches for what lies elsewhere{_named(others)}, which was not opened")
    return tuple(told)


def _is_of_book(link: Relationship) -> bool:
    """Whether a link leads to another workbook: its kinds are many, such as xlPathMissing."""
    return link.kind.startswith(("externalLink", "xl"))


def _of_books(package: Package, parts: Iterable[str]) -> Iterator[str]:
    """What the parts of links to other files and programs say."""
    files: set[str] = set()
    programs: set[str] = set()
    for part in {part.casefold() for part in parts}:
        try:
            files |= {link.target for link in package.relationships(part) if link.external}
            for node in package.tree(part):
                programs |= set(_program(node))
        except UnreadableFile:
            continue  # that it is there is told all the same
    if programs:
        yield f"contains links to other programs (DDE){_named(programs)}, which were not started"
    if files or (parts and not programs):
        yield f"links to other files{_named(files)}, which were not opened"


def _program(node: ET.Element) -> Iterator[str]:
    if node.tag == "ddeLink":
        yield f"{node.get('ddeService', '')}|{node.get('ddeTopic', '')}"
    elif node.tag == "oleLink":
        yield node.get("progId", "")


def _named(targets: Iterable[str]) -> str:
    """The first targets in quotes and brackets, ready to be printed whatever they hold."""
    names = [quote(target) for target in sorted(targets)]
    more = [f"{len(names) - _SHOWN:,} more"] if len(names) > _SHOWN else []
    return f" ({', '.join([*names[:_SHOWN], *more])})" if names else ""


def _all_links(package: Package) -> Iterator[Relationship]:
    """Every relationship of the file; a list of them that cannot be read is passed over."""
    for part in package.parts:
        folder, is_listing, name = part.rpartition("_rels/")
        if is_listing:
            try:
                yield from package.relationships(f"{folder}{name.removesuffix('.rels')}")
            except UnreadableFile:
                continue
