"""Whether a report would come out the same: what it was made of, and what of it has changed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.companies import COMPANY_FILE
from reportgen.facts.reading.company_file import UNIVERSE
from reportgen.facts.reading.pack_files import pack_paths
from reportgen.facts.reading.schema import HISTORY
from reportgen.report.registry.identity import model_hash
from reportgen.runs.manifest import State, sha256_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.facts.reading.universe import Slice
    from reportgen.report.theme import Theme
    from reportgen.runs.manifest import Manifest


def state_of(visible: str, files: Mapping[str, str], theme: Theme) -> State:
    """Return what a report is made of, given the hash of what is known and those of its files."""
    return State(visible, theme_hash(theme), policy_hash(), model_hash(), dict(files))


def theme_hash(theme: Theme) -> str:
    """Return the SHA-256 of what a theme says."""
    return hashlib.sha256(repr(theme).encode()).hexdigest()


@lru_cache(maxsize=1)
def policy_hash() -> str:
    """Return the SHA-256 of the constants of the method."""
    return hashlib.sha256(repr(load_policy().values).encode()).hexdigest()


def changed_files(
    manifest: Manifest, inputs: Path, history: str, of_universe: Slice
) -> tuple[str, ...]:
    """Return the files of a report's inputs that are not what they were, by their path there.

    That is each that was changed, removed, or has come since the report was made. `history` is what
    history.csv has to say of earlier reports now, "" for nothing, `of_universe` what the tables of
    the universe hold.
    """
    then = manifest.state.files
    elsewhere = {HISTORY.file_name, UNIVERSE}
    now = history_digest(history)
    if of_universe.cuts:
        now[UNIVERSE] = of_universe.digest
    found = {name for name in elsewhere if now.get(name) != then.get(name)}
    known = {*then, *_possible(manifest.ticker)} - elsewhere
    found |= {path for path in known if sha256_of(inputs / path) != then.get(path)}
    return tuple(sorted(found))


def history_digest(history: str) -> dict[str, str]:
    """Return the SHA-256 of a history, by the name of its file; nothing where there is none."""
    if not history:
        return {}
    return {HISTORY.file_name: hashlib.sha256(history.encode()).hexdigest()}


def _possible(ticker: str) -> set[str]:
    """The files that any pack may have; a benchmark is known by the report that read it."""
    return {f"{ticker}/{COMPANY_FILE}", *pack_paths(ticker, None).values()}


def other_makings(manifest: Manifest, theme: Theme) -> tuple[str, ...]:
    """Return what besides the inputs is another than when a report was made, in words."""
    then = manifest.state
    now = {"theme": theme_hash(theme), "policy": policy_hash(), "model": model_hash()}
    return tuple(name for name, digest in now.items() if getattr(then, name) != digest)


def standing_file(manifest: Manifest, folder: Path) -> Path:
    """Return the newest workbook of a report, its bytes those that were issued.

    Raises ReportgenError where it is gone or is no longer what it was.
    """
    newest = manifest.newest
    path = folder / newest.file
    found = sha256_of(path)
    if found is None:
        raise ReportgenError(f"{newest.file} is gone")
    if found != newest.sha256:
        raise ReportgenError(f"{newest.file} is not what was issued")
    return path
