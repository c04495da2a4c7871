"""What files from outside hold, as plain values: the far side of `sandbox`.

It runs in a process under limits and imports nothing but what that needs.
"""

from __future__ import annotations

import io
import json
import math
import re
import sys
import xml.etree.ElementTree as ET
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Never

from reportgen.xlsx.reader import worker
from reportgen.xlsx.reader.limits import UnreadableFile
from reportgen.xlsx.reader.package import local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from reportgen.xlsx.reader.limits import Limits
    from reportgen.xlsx.reader.worker import Answer

LARGEST = 64 * 1024**2  # bytes, also after unpacking
_MOST_DIGITS = 24  # of a number; no company reports more
_MOST_TAGS = 2_000_000  # of an instance: that of a large bank has a tenth
_LONGEST_NAME = 300  # characters: of what names a figure, its unit, its day
_AGAIN = "fetch it again"
# Half of a letter, which no text may hold: a surrogate without the other one
_HALVES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_STANDARD = re.compile(r"https?://(?:fasb\.org/(?:us-gaap|srt)/|xbrl\.ifrs\.org/taxonomy/)")
_DEI = re.compile(r"https?://xbrl\.sec\.gov/dei/")
_SEGMENTS = frozenset({"StatementBusinessSegmentsAxis", "SegmentsAxis"})
_CONSOLIDATION = frozenset({"ConsolidationItemsAxis", "SegmentConsolidationItemsAxis"})
_OPERATING = frozenset({"OperatingSegmentsMember", "ReportableSegmentsMember"})
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class _Refused(Exception):  # noqa: N818 - as what it is reads best
    """The file is not taken: what is wrong with it, and what to do."""

    def __init__(self, fact: str, remedy: str = _AGAIN) -> None:
        super().__init__(fact)
        self.fact, self.remedy = fact, remedy


def serve(asked: str) -> Never:
    """Answer one request about the bytes of standard input."""
    worker.serve(asked, _answer)


def _answer(request: dict[str, Any], limits: Limits, _: Callable[[], object]) -> Answer:
    del limits  # they bind this process already
    return answer(request["task"], sys.stdin.buffer.read(), frozenset(request["concepts"]))


def answer(task: str, raw: bytes, concepts: Collection[str] = ()) -> Answer:
    """Return what the bytes hold in a tuple, or the class and the parts of an error's message.

    Of a companyfacts file come those `concepts` that are wanted: a company files hundreds.
    """
    try:
        return (_wanted(_TASKS[task](raw), concepts),)
    except _Refused as error:
        return {"error": UnreadableFile.__name__, "message": ("", "", error.fact, error.remedy)}


def _wanted(told: Any, concepts: Collection[str]) -> object:  # noqa: ANN401 - what a file holds
    facts = told.get("facts") if isinstance(told, dict) and concepts else None
    if isinstance(facts, dict):
        told["facts"] = {
            taxonomy: {name: found[name] for name in concepts if name in found}
            for taxonomy, found in facts.items()
            if isinstance(found, dict)
        }
    return told


# --- JSON ---
def _json(raw: bytes) -> object:
    try:
        return json.loads(
            _HALVES.sub(rb"\\ufffd", raw),
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_number,
        )
    except ValueError as error:
        raise _Refused(f"is not JSON: {error}") from None


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(digits):,} digits is no figure")
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"{digits[:_MOST_DIGITS]} is no figure")
    return value


# --- archives ---
def _only_member(raw: bytes) -> tuple[str, bytes] | None:
    """Return the one table of rates or instance that an archive holds; None where it has neither.

    Workbooks are archives, too.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
            wanted = [name for name in names if name.endswith((".csv", "_htm.xml"))]
            if len(wanted) != 1 or "[Content_Types].xml" in names:
                return None
            with archive.open(wanted[0]) as file:
                found = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise _Refused("is a damaged archive") from None
    if len(found) > LARGEST:
        raise _Refused(f"unpacks to more than {LARGEST // 1024**2} MiB", "take a part of it")
    return wanted[0], found


# --- instances ---
class _Builder(ET.TreeBuilder):
    """Refuses a document type, and with it every entity, and keeps what prefixes stand for."""

    def __init__(self) -> None:
        super().__init__()
        self.spaces: dict[str, str] = {}

    def doctype(self, *_: object) -> None:
        raise _Refused(
            "declares a document type, with which a file can expand without end or reach for"
            " other files"
        )

    def start_ns(self, prefix: str, uri: str) -> None:
        self.spaces.setdefault(prefix, uri)


def _instance(raw: bytes) -> tuple[object, ...]:
    """Return what an instance says of segments: who filed it, its form, its period, its figures.

    A figure is its concept, unit, first and last day (no first of a balance), number, how many of
    its decimals are sure, and the member of the axis of segments.
    """
    if raw.count(b"<") > _MOST_TAGS:
        raise _Refused("has more tags than any filing")
    builder = _Builder()
    parser = ET.XMLParser(target=builder)  # noqa: S314 - it refuses what could be an attack
    try:
        parser.feed(raw)
        root = parser.close()
    except ET.ParseError as error:
        raise _Refused(f"is not well-formed XML: {error}") from None
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise _Refused(f"is not XML that can be read: {error}") from None
    if local_name(root.tag) != "xbrl":
        raise _Refused(
            f"is XML of another kind ({local_name(root.tag)[:_LONGEST_NAME]}), no instance",
            "take the file whose name ends in _htm.xml, or the one with an xbrl root",
        )
    contexts = {node.get("id"): node for node in root if local_name(node.tag) == "context"}
    units = {node.get("id"): _unit(node) for node in root if local_name(node.tag) == "unit"}
    members = {key: _member(node, builder.spaces) for key, node in contexts.items()}
    days = {key: _span(node) for key, node in contexts.items()}
    figures = [
        (local_name(node.tag), units[node.get("unitRef")], *days[key], value, sure, members[key])
        for node in root
        if _STANDARD.match(node.tag[1:])
        and members.get(key := node.get("contextRef"))
        and node.get("unitRef") in units
        and node.get(_NIL) not in ("true", "1")
        for value, sure in (_figure(node),)
    ]
    return _filer(contexts.values()), *_described(root), tuple(figures)


def _text(node: ET.Element | None) -> str:
    return ((node.text or "") if node is not None else "").strip()[:_LONGEST_NAME]


def _parts(node: ET.Element, name: str) -> Iterator[ET.Element]:
    return (part for part in node.iter() if local_name(part.tag) == name)


def _filer(contexts: Any) -> str:  # noqa: ANN401 - a view of a mapping
    return next((_text(one) for node in contexts for one in _parts(node, "identifier")), "")


def _described(root: ET.Element) -> tuple[str, str]:
    """Return the form of a filing and the last day of its period, as it says itself."""
    found = {local_name(node.tag): _text(node) for node in root if _DEI.match(node.tag[1:])}
    return found.get("DocumentType", ""), found.get("DocumentPeriodEndDate", "")


def _unit(node: ET.Element) -> str:
    """Return a unit as companyfacts has it: USD, shares, USD/shares."""
    measures = [_text(one).rpartition(":")[2] for one in _parts(node, "measure")]
    is_ratio = any(True for _ in _parts(node, "divide"))
    return "/".join(measures) if is_ratio or len(measures) == 1 else "*".join(measures)


def _span(node: ET.Element) -> tuple[str, str]:
    """Return the first and the last day of a context: no first one of a single day."""
    found = {local_name(part.tag): _text(part)[:10] for part in node.iter()}
    return found.get("startDate", ""), found.get("endDate") or found.get("instant", "")


def _member(node: ET.Element, spaces: Mapping[str, str]) -> str:
    """Return the segment that a context is of, "" where it is of none or of a part of one."""
    axes: dict[str, str] = {}
    for part in node.iter():
        name = local_name(part.tag)
        if name == "typedMember":
            return ""
        if name == "explicitMember":
            prefix, _, axis = part.get("dimension", "").rpartition(":")
            if not _STANDARD.match(spaces.get(prefix, "")):
                return ""
            axes[axis] = _text(part).rpartition(":")[2]
    of_segment = [member for axis, member in axes.items() if axis in _SEGMENTS]
    rest = {axis: member for axis, member in axes.items() if axis not in _SEGMENTS}
    is_operating = all(
        axis in _CONSOLIDATION and member in _OPERATING for axis, member in rest.items()
    )
    return of_segment[0] if len(of_segment) == 1 and is_operating else ""


def _figure(node: ET.Element) -> tuple[float, float]:
    """Return a number and how many of its decimals are sure, infinite for all."""
    digits, decimals = (node.text or "").strip(), node.get("decimals", "INF")
    try:
        return _number(digits), math.inf if decimals == "INF" else _whole(decimals)
    except ValueError:
        fact = f"states {digits[:_MOST_DIGITS]!r} for {local_name(node.tag)}: that is no figure"
        raise _Refused(fact) from None


_TASKS: Mapping[str, Callable[[bytes], object]] = {
    "json": _json,
    "archive": _only_member,
    "instance": _instance,
}
