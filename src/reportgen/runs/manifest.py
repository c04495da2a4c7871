"""What is known of a finished report without opening it: one file beside it, written last.

A manifest vouches for a file only by that file's hash: one that was torn or changed is never
taken for whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping  # noqa: TC003 - records are read by their types
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.reading.company_file import file_name_fault
from reportgen.periods import parse_iso_day
from reportgen.resources import report_path, revision_path
from reportgen.runs.json_records import record_of
from reportgen.values import Value  # noqa: TC001 - as above
from reportgen.xlsx.atomic import atomic_store

SCHEMA = 1  # raised when a reader of today's could misread it
NAME = "manifest.json"
LARGEST = 4 * 1024 * 1024  # bytes: it is read by who does not trust it


class ManifestError(ReportgenError):
    """A manifest that cannot be read: torn, of another program, or of a newer one."""


class State(NamedTuple):
    """What decides whether a report would come out the same: hashes in hexadecimal digits.

    `visible` is of what is known as of the day, `files` those of the files it was read from, by
    their path below the inputs: while they stand, nothing need be read to know `visible`.
    """

    visible: str
    theme: str
    policy: str
    model: str
    files: Mapping[str, str]


class Revision(NamedTuple):
    """A workbook that was issued: `file` is its name, `reason` why it was made."""

    number: int
    file: str
    sha256: str
    program: str
    reason: str


class Cause(NamedTuple):
    """An input that moved the expected value since last month; `amount` in price currency."""

    key: str
    label: str
    family: str
    amount: float


class SinceLastMonth(NamedTuple):
    """The change of the expected value, last month's solved again by today's model.

    `old` and `new` are in price currency per share of as-of; `causes` stand largest first and sum
    to the change. `note` says why there are none, or how splits were restated; `split` is how many
    shares of as-of one of last month's has become.
    """

    as_of: str
    old: float | None = None
    new: float | None = None
    causes: tuple[Cause, ...] = ()
    note: str = ""
    split: float = 1.0


class Attention(NamedTuple):
    """Something that needs a person: `kind` is FAIL, WARN, not plausible, n/a or warning.

    `cell` is where it stands, `Tab!A1`, or "".
    """

    kind: str
    text: str
    cell: str = ""


class NextEvent(NamedTuple):
    """What is to come: `day` is YYYY-MM-DD, or "" where none is named yet."""

    day: str
    what: str


@dataclass(frozen=True)
class Manifest:
    """A report as issued: what made it, where it is, and what it says.

    `values` are its headline values by public key (days as Excel serials); `revisions` stand in
    the order of their issue, the newest last. `conflicts` counts facts and prices whose sources
    disagree, `stale` names inputs older than the method allows, `restricted` the sources cited that
    may not be passed on.
    """

    ticker: str
    name: str
    tags: tuple[str, ...]
    as_of: str
    program: str
    state: State
    revisions: tuple[Revision, ...]
    values: Mapping[str, Value]
    since_last_month: SinceLastMonth
    conflicts: int
    stale: tuple[str, ...] = ()
    restricted: tuple[str, ...] = ()
    attention: tuple[Attention, ...] = ()
    events: tuple[NextEvent, ...] = ()
    schema: int = field(default=SCHEMA)

    @property
    def day(self) -> date:
        """The day the report speaks of."""
        return date.fromisoformat(self.as_of)

    @property
    def newest(self) -> Revision:
        """The revision that counts."""
        return self.revisions[-1]

    @property
    def has_failures(self) -> bool:
        """Whether a check FAILs, so that the report gives no stance."""
        return bool(self.values.get("checks.fail"))


def manifest_path(outputs: Path, ticker: str, as_of: date) -> Path:
    """Return where the manifest of a report stands: OUTPUTS/TICKER/DATE/manifest.json."""
    return outputs / ticker / as_of.isoformat() / NAME


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Store a manifest whole or not at all; OutputError if the file system refuses."""
    text = json.dumps(_plain(manifest), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    atomic_store(path, text)


def _plain(manifest: Manifest) -> dict[str, Any]:
    found = asdict(manifest)
    for name in ("state", "since_last_month"):
        found[name] = getattr(manifest, name)._asdict()
    found["since_last_month"]["causes"] = _rows(manifest.since_last_month.causes)
    for name in ("revisions", "attention", "events"):
        found[name] = _rows(getattr(manifest, name))
    return found


def _rows(records: tuple[NamedTuple, ...]) -> list[dict[str, Any]]:
    return [record._asdict() for record in records]


def manifest_of(outputs: Path, ticker: str, as_of: date) -> Manifest | None:
    """Return the manifest of a company's report of a day, or None where there is none.

    Raises ManifestError as `read_manifest` does, and for one that belongs elsewhere.
    """
    path = manifest_path(outputs, ticker, as_of)
    found = read_manifest(path)
    if found and (found.ticker, found.as_of) != (ticker, as_of.isoformat()):
        raise ManifestError(
            f"{path}: is of {found.ticker} as of {found.as_of}; put it back where it belongs"
        )
    return found


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest at a path, or None where there is none.

    Every field is of its type, and names of files lead nowhere else. Raises ManifestError where it
    is torn, foreign, or written by a newer program.
    """
    try:
        if path.exists() and not path.is_file():
            raise ManifestError(f"{path}: cannot be read: is no file; remove it")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ManifestError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        if len(raw) > LARGEST:
            raise ValueError("it is too large")  # noqa: TRY301 - told as any other fault of the file
        return _sound(record_of(Manifest, raw))
    except ValueError as error:
        raise ManifestError(
            f"{path}: is no manifest of this program ({error}); the report is built anew"
        ) from error


def _sound(found: Manifest) -> Manifest:
    """Return a manifest whose names of files are those that a run gives. Raises ValueError."""
    if found.schema != SCHEMA:
        raise ValueError(f"schema {found.schema}, expected {SCHEMA}")
    if file_name_fault(found.ticker):
        raise ValueError("its ticker is none")
    first = report_path(Path(), found.ticker, date.fromisoformat(found.as_of))
    names = [(one.file, revision_path(first, one.number).name) for one in found.revisions]
    if not names or any(name != expected for name, expected in names):
        raise ValueError("it names no workbook beside it")
    if any(file_name_fault(part) for name in found.state.files for part in name.split("/")):
        raise ValueError("it names files outside the inputs")
    return found


def newest_manifest(outputs: Path, ticker: str, as_of: date) -> Manifest | None:
    """Return the newest manifest of a company up to a day that can be read; None without one."""
    folder = outputs / ticker
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    days = sorted(day for name in names if (day := parse_iso_day(name)) and day <= as_of)
    for day in reversed(days):
        try:
            manifest = manifest_of(outputs, ticker, day)
        except ManifestError:
            continue
        if manifest is not None:
            return manifest
    return None


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of a file's content; None where there is no such file to read."""
    try:
        if not path.is_file():  # of a pipe there is no end
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
