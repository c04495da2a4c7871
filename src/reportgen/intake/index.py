"""index.csv of a folder of downloads: from where each of its files came, and when."""

from __future__ import annotations

import csv
import hashlib
import io
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from reportgen.xlsx.atomic import atomic_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

INDEX = "index.csv"
HEAD = ("file", "address", "fetched_at", "sha256")
_LARGEST = 4 * 1024**2  # characters


class Kept(NamedTuple):
    """An answer that was kept: from where it came, and when, with the offset of its clock."""

    address: str
    fetched_at: datetime

    def day(self, zone: str) -> date:
        """Return its day in a zone, in that of its clock for none."""
        return (self.fetched_at.astimezone(ZoneInfo(zone)) if zone else self.fetched_at).date()


def note(path: Path, address: str, at: datetime, raw: bytes) -> None:
    """Write into the index of its folder from where a file came, and when."""
    index = path.with_name(INDEX)
    before = index.read_text(encoding="utf-8") if index.exists() else _line(HEAD)
    row = (path.name, address, at.isoformat(timespec="seconds"), hashlib.sha256(raw).hexdigest())
    atomic_store(index, before + _line(row))


def kept(path: Path, digest: str) -> Kept | None:
    """Return what the index beside a file says of these bytes; None where it says nothing."""
    found: Kept | None = None
    with (
        suppress(OSError, UnicodeDecodeError, csv.Error),
        path.with_name(INDEX).open(encoding="utf-8", newline="") as file,
    ):
        for row in csv.DictReader(io.StringIO(file.read(_LARGEST))):
            if row.get("file") == path.name and row.get("sha256") == digest:
                found = found or _kept(row.get("address") or "", row.get("fetched_at") or "")
    return found


def _kept(address: str, fetched_at: str) -> Kept | None:
    with suppress(ValueError):
        at = datetime.fromisoformat(fetched_at)
        return Kept(address, at) if at.tzinfo else None
    return None


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
