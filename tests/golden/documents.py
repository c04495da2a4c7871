"""The other documents that people read, as text: a report's page, what changed, the index.

They stand below tests/golden/documents, written anew with the tabs: see tests/golden/prints.py. Of
HTML each tag begins a line, without its styles and scripts; what a number of a report's page opens
stands by its key; of those entries some are kept, and a digest of all. Of a workbook stands what
its cells show, then its looks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zlib import crc32

from reportgen.differences.forms.content import content, file_content
from reportgen.differences.forms.html import html as html_of_changes
from reportgen.differences.forms.json import as_json
from reportgen.differences.forms.markdown import markdown
from reportgen.differences.forms.workbook import changes_book
from reportgen.expr.nodes import Unit
from reportgen.pages.report.page import html as html_of_report
from reportgen.pages.report.stated import lines_by_key, read
from reportgen.report.theme import load_theme
from reportgen.runs.contents import manifest_of_report
from reportgen.runs.handout.cover import cover_page
from reportgen.runs.handout.parts import Gathered
from reportgen.runs.index.page import index_page
from reportgen.runs.index.workbook import index_book
from reportgen.runs.issued import Issue, issue
from reportgen.runs.manifest import Revision, State, write_manifest
from reportgen.runs.track.tables import track_tables
from reportgen.xlsx.writer.workbook import write as write_book
from tests.differences.test_forms import FILES
from tests.differences.told import FULL, NOTED, UNSPLIT
from tests.golden.kept import DOCUMENTS as FOLDER
from tests.golden.looks import looks
from tests.golden.prints import shown
from tests.report.conftest import built
from tests.runs.index.cases import full_index
from tests.runs.index.test_workbook import TRACK
from tests.runs.records import manifest
from tests.runs.track.test_tables import world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.pages.report.stated import Stated
    from reportgen.runs.index.records import Index
    from reportgen.xlsx.book import Book

# The entries of a page that are kept: the first ones, one of so many, and the last of each kind
FIRST, EACH = 60, 40
LONGEST = 2000  # characters of a line; some texts of the index are longer than any cell
_UNSEEN = re.compile(r"(?s)<(style|script)\b.*?</\1>|<meta http-equiv.*?>")
_HASH = re.compile(r"\b[0-9a-f]{12}\b")  # of inputs and of the model: any change is one of them
_ENTRY = re.compile(r'(?s)<div popover class="entry" id="(e\d+)">.*?</div>\n')
_TURNED: dict[Unit, Callable[[float], float]] = {
    **dict.fromkeys((Unit.RATIO, Unit.CHANGE, Unit.PER_SHARE, Unit.NUMBER), lambda value: -value),
    Unit.FLAG: lambda value: 1.0 - value,
}
_WORSE = {"OK": "WARN", "WARN": "FAIL", "FAIL": "OK"}
_ENTRY_ID = re.compile(r'"(e\d+)"')
_PLACE = re.compile(
    r'<p class="place">(.*?)(?:<br>|</p>)|<h2>(.*?)</h2>(?!.*class="place")', re.DOTALL
)


def _lines(html: str) -> str:
    return re.sub(r">\s*<", ">\n<", _UNSEEN.sub("", html))


@cache
def _stated(pack: str) -> Stated:
    """A report as its file states it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        write_book(built(pack).book, path)
        return read(path)


def _page(stated: Stated, first: int = FIRST, each: int = EACH) -> str:
    """The page of a report: what it shows at once, and some of what its numbers open."""
    text = _lines(html_of_report(stated, load_theme()))
    main, entries = text.partition("</main>")[0], list(_ENTRY.finditer(text))
    kinds = {_kind(entry[0]): entry for entry in entries}
    some = (*entries[:first], *entries[first::each], *kinds.values())
    kept = "".join(dict.fromkeys(entry[0] for entry in some))
    keys = {entry[1]: _key(entry[0]) for entry in entries}
    text = _HASH.sub("(hash)", main) + kept + "\n".join(_rest(entries, keys))
    return _with_keys(text, keys)


def _few(stated: Stated) -> str:
    """The page of a report, and of what its numbers open one of each kind."""
    return _page(stated, 0, 10_000)


def _with_keys(text: str, keys: Mapping[str, str]) -> str:
    return _ENTRY_ID.sub(lambda found: f'"{keys.get(found[1], found[1])}"', text)


def _rest(entries: Sequence[re.Match[str]], keys: Mapping[str, str]) -> Iterator[str]:
    """A line for all entries of a family of keys, which a change of any one of them changes."""
    families: dict[str, list[str]] = {}
    for entry in entries:
        family = re.split(r"\W", keys[entry[1]], maxsplit=1)[0]
        families.setdefault(family, []).append(_HASH.sub("(hash)", _with_keys(entry[0], keys)))
    for family, told in sorted(families.items()):
        digest = crc32("".join(sorted(told)).encode())
        yield f"all {len(told)} entries of {family}: {digest:08x}"


def _kind(entry: str) -> frozenset[str]:
    """What an entry is made of: its looks, and what its facts are called."""
    return frozenset(re.findall(r'class="[^"]*"|<dt>[^<]*<', entry))


def _with_gaps(stated: Stated) -> Stated:
    """A report of which a third of the values are gone."""
    values = {key: one for key, one in stated.values.items() if crc32(key.encode()) % 3}
    return replace(stated, values=values)


def _turned(stated: Stated) -> Stated:
    """A report of another model that says the opposite: losses for gains, no for yes."""
    values = dict(stated.values)
    for line in lines_by_key().values():
        turn = _TURNED.get(line.unit)
        for at in product(*(stated.members.get(dim, ()) for dim in line.dims)) if turn else ():
            key = stated.key(line, at)
            if isinstance(value := values.get(key), float):
                values[key] = turn(value)
    values |= {
        key: _WORSE[value]
        for key, value in values.items()
        if key.endswith("].status") and value in _WORSE
    }
    halves = {"skew": 2.675, "since_last_month.hype.score": -2.5}  # rounded away from zero
    values |= {"stance.call": "LONG", "readiness": "with care", **halves}
    listed = {key: row for key, row in stated.report.listed.items() if key != "report.model_hash"}
    return replace(stated, values=values, report=replace(stated.report, listed=listed))


def _key(entry: str) -> str:
    found = _PLACE.search(entry)
    return (found[1] or found[2]) if found else entry


def _book(book: Book) -> str:
    """What the cells of a workbook show, then its looks."""

    def told() -> Iterator[str]:
        for sheet in book.sheets:
            yield f"{sheet.name}\n"
            yield from shown(book, sheet, rules=True)
            yield ""
        yield from looks(book)

    return "\n".join(told())


@cache
def _index() -> Index:
    return replace(full_index(), track=TRACK)


def _manifest(pack: str) -> str:
    """What is kept of a report beside it, and what of it went out."""
    state = State("visible", "theme", "policy", "model", {"A/prices.csv": "digest"})
    made = manifest_of_report(built(pack), state, (Revision(1, "A.xlsx", "digest", "0", "first"),))
    out = Issue.of(date.fromisoformat(made.as_of), date(2025, 12, 1), 1, "digest", made.values)
    with TemporaryDirectory() as folder:
        kept, issued = Path(folder, "manifest.json"), Path(folder, "issued.csv")
        write_manifest(replace(made, program="0"), kept)
        issue(issued, (), out)
        return kept.read_text(encoding="utf-8") + issued.read_text(encoding="utf-8")


def _cover() -> str:
    index = _index()
    files = ("SUM.pdf", "ALL.pdf")
    reports = [
        Gathered(manifest(row.ticker), (), row.links, *files[::-1], ("a source (s)",) * at, ())
        for at, row in zip((0, 1, *[0] * len(index.rows)), index.rows, strict=False)
    ]
    return _lines(cover_page(index, reports))


def _track() -> str:
    """The track record of some companies, among them reports that are late or not yet over."""
    known = world(4, 30)
    first, *more = known["T1"]
    known["LATE"] = [first._replace(status="unresolved"), *more[:2]]
    known["SOON"] = [
        first._replace(status="pending"),
        *more[:14],
        more[14]._replace(status="delisted"),
    ]

    def lines() -> Iterator[str]:
        for table in track_tables(known) or ():
            yield f"== {table.title}"
            yield " | ".join(table.head)
            yield " | ".join(table.units)
            for row in table.rows:
                yield " | ".join(
                    f"{one:.6g}" if isinstance(one, float) else str(one) for one in row
                )
            yield table.note

    return "\n".join(lines())


DOCUMENTS: dict[str, Callable[[], str]] = {
    "changes.html": lambda: _lines(html_of_changes(content(FULL))),
    "changes.json": lambda: as_json(FULL),
    "changes.md": lambda: markdown(content(FULL)),
    "changes.xlsx.txt": lambda: _book(changes_book(FULL)),
    "changes_noted.html": lambda: _lines(html_of_changes(content(NOTED))),
    "changes_noted.md": lambda: markdown(content(NOTED, every_bridge=False, everything=False)),
    "changes_noted.xlsx.txt": lambda: _book(changes_book(NOTED)),
    "changes_unsplit.md": lambda: markdown(content(UNSPLIT, everything=False)),
    "changes_unsplit.xlsx.txt": lambda: _book(changes_book(UNSPLIT)),
    "changes_of_files.json": lambda: as_json(FILES),
    "changes_of_files.md": lambda: markdown(file_content(FILES)),
    "changes_of_files.xlsx.txt": lambda: _book(changes_book(FILES)),
    "cover.html": _cover,
    "track.txt": _track,
    "manifest.json": lambda: _manifest("baba"),
    "index.html": lambda: _lines(index_page(_index())),
    "index.xlsx.txt": lambda: _book(index_book(_index())),
    "report.html": lambda: _page(_stated("baba")),
    "report_with_history.html": lambda: _page(_stated("track")),
    "report_with_gaps.html": lambda: _few(_with_gaps(_stated("baba"))),
    "report_turned.html": lambda: _few(_turned(_stated("baba"))),
    "report_of_little.html": lambda: _page(_stated("bare")),
}


def document(name: str) -> str:
    """A document as text; what nobody sees in one stands by its number."""
    text = "".join(
        sign if sign.isprintable() or sign == "\n" else f"\\u{ord(sign):04x}"
        for sign in DOCUMENTS[name]()
    )
    return "\n".join(line[:LONGEST].rstrip() for line in text.split("\n")) + "\n"


def write() -> None:
    """Write every document anew, and those of which the tests stand elsewhere."""
    from tests.attribution import told as attributed  # noqa: PLC0415
    from tests.differences import months  # noqa: PLC0415
    from tests.reviews import told as reviewed  # noqa: PLC0415 - it copies an example
    from tests.xlsx.compare import told as compared  # noqa: PLC0415
    from tests.xlsx.reader import as_read  # noqa: PLC0415
    from tests.xlsx.writer import stored  # noqa: PLC0415

    for name in DOCUMENTS:
        (FOLDER / name).write_text(document(name), encoding="utf-8")
    for one in (attributed, compared, as_read, stored):
        (FOLDER / one.NAME).write_text(one.text(), encoding="utf-8")
    months.write()
    reviewed.write()
