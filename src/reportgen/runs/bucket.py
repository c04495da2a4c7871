"""Outputs in a bucket: a folder mirrors what a command reads of them, and what it wrote goes there.

A bucket has no locks and no renames. It is enough that it puts an object only where there is none:
that gives the outputs to one run at a time, and keeps what was issued first. A store that does not
heed this is found out before anything is built.
"""

from __future__ import annotations

import errno
import json
import re
import secrets
import shutil
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.errors import ReportgenError, kind_on_one_line, on_one_line
from reportgen.facts.reading.company_file import RUNS, file_name_fault
from reportgen.periods import parse_iso_day
from reportgen.runs.journal import EVENTS, RUN_NAME
from reportgen.runs.locks import LockedError
from reportgen.runs.places import Place
from reportgen.runs.remote_company import turn
from reportgen.xlsx.locks import holder, told_holder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.runs.company import Result

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
BEAT, SILENCE = 10.0, 120.0  # seconds: between signs of life of a run; after which it is dead
_LOCKS = f"{RUNS}/locks"
_AT_ONCE = 16  # objects that are fetched at a time
_LARGE = (".xlsx", ".registry.json", ".html", ".pdf")
_YEAR = timedelta(days=366)  # what index and track record look back, besides the newest before that
_CONNECT, _READ, _ATTEMPTS = 10, 60, 3  # seconds, seconds, times
_RIGHTS = (
    "credentials come from the environment, ~/.aws or the role of the machine, and have to allow"
    " listing, reading, writing and deleting there"
)


class TakenError(ReportgenError):
    """Somebody else has put an object where a run was about to put its own."""


class _Lock(NamedTuple):
    """The newest lock: its number, whether a run holds it, and for how many seconds unsigned."""

    number: int = 0
    is_held: bool = False
    silent: float = 0.0


class _Stamp(NamedTuple):
    """What tells that a file was written since: none is ever changed in place but events."""

    inode: int
    modified: int
    size: int


@contextmanager
def bucket(url: str) -> Iterator[Bucket]:
    """Have the outputs of a bucket inside, by their URL.

    Raises ReportgenError for any URL but `s3://BUCKET/PREFIX`, and where s3fs is not installed.
    What is raised inside names the bucket instead of the folder.
    """
    root = root_of(url)
    try:
        from s3fs import S3FileSystem  # noqa: PLC0415 - only where it is installed
    except ImportError:
        raise ReportgenError(
            "--outputs: s3fs, which writes to buckets, is not installed;"
            ' pip install "reportgen[s3]" does it'
        ) from None
    store = S3FileSystem(
        use_listings_cache=False,
        skip_instance_cache=True,
        config_kwargs={
            "connect_timeout": _CONNECT,
            "read_timeout": _READ,
            "retries": {"max_attempts": _ATTEMPTS},  # a new one: the library writes into it
        },
    )
    with TemporaryDirectory(prefix="reportgen-") as folder:
        found = Bucket(Path(folder).resolve(), f"s3://{root}", store, root)
        try:
            yield found
        except ReportgenError as error:
            error.args = tuple(found.told(str(one)) for one in error.args)
            raise
        finally:
            with suppress(Exception):  # of what was never opened, or is closed already
                store.close_session(store.loop, store._s3)  # noqa: SLF001 - it offers no other way


def root_of(url: str) -> str:
    """Return BUCKET or BUCKET/PREFIX of a URL. Raises ReportgenError for any other than s3://.

    What may hold a secret is not repeated.
    """
    scheme, _, rest = url.partition("://")
    name, _, prefix = rest.partition("/")
    parts = prefix.removesuffix("/").split("/") if prefix.strip("/") else []
    remedy = "expected a folder, or s3://BUCKET/PREFIX"
    if "@" in name or ":" in name or "?" in url:
        raise ReportgenError(f"--outputs: a URL holds no credentials or options; {_RIGHTS}")
    if "::" in url:
        raise ReportgenError(f'--outputs: "{url}" chains several places; {remedy}')
    if scheme != "s3":
        raise ReportgenError(f'--outputs: "{url}" is no place for outputs; {remedy}')
    if not _BUCKET.fullmatch(name) or any(map(file_name_fault, parts)):
        raise ReportgenError(
            f'--outputs: "{url}" names no bucket, or a prefix with other characters than letters,'
            f" digits and . ^ = + & - _; {remedy}"
        )
    return "/".join((name, *parts))


@dataclass
class Bucket(Place):
    """The outputs below `root` in a bucket, `folder` their mirror.

    `there` are the objects that the bucket has, with their tags, `have` those whose content the
    mirror has; `written` are the files of the mirror that are as they are there, by their first
    folder.
    """

    store: Any
    root: str
    there: dict[str, str] = field(default_factory=dict)
    have: dict[str, str] = field(default_factory=dict)
    written: dict[str, dict[str, _Stamp]] = field(default_factory=lambda: defaultdict(dict))
    number: int = 0
    _asked: tuple[Sequence[date], bool, str | None] = ((), False, None)
    _turn: RLock = field(default_factory=RLock)

    def told(self, text: str) -> str:
        """Return a text that names the bucket instead of the folder."""
        return text.replace(str(self.folder), self.name)

    # --- what is read ---
    def fetch(self, days: Sequence[date], *, pages: bool = False, run: str | None = None) -> None:
        """Have in the folder what reports of these days read; what is there already stays."""
        self._asked = (days, pages, run)
        with self._telling():
            found = self.store.find(self.root, detail=True)
        start = len(self.root) + 1
        self.there = {path[start:]: one["ETag"] for path, one in found.items()}
        names = [name for name in self.there if _is_plain(name)]
        for number in _runs(names):
            (self.folder / RUNS / number).mkdir(parents=True, exist_ok=True)
        wanted = needed(names, days, pages=pages, run=run)
        for name in self.have.keys() - wanted:
            (self.folder / name).unlink(missing_ok=True)
            del self.have[name], self.written[_group(name)][name]
        changed = [name for name in wanted if self.have.get(name) != self.there[name]]
        with self._telling(), ThreadPoolExecutor(_AT_ONCE) as pool:
            for _ in pool.map(self._get, changed):
                pass

    def _get(self, name: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.store.get_file(f"{self.root}/{name}", str(path))
        self.have[name] = self.there[name]
        self.written[_group(name)][name] = _stamp(path)

    # --- what is written ---
    def kept(self, result: Result) -> Result:
        """Store what a company wrote, and return what became of it."""
        self._require_hold()
        try:
            self._push(result.ticker)
        except TakenError as error:
            shutil.rmtree(self.folder / result.ticker)  # the mirror of what is not so
            del self.written[result.ticker]
            return result._replace(status="error", reason=str(error), file="", revision=0)
        return result

    def keep(self) -> None:
        """Store all that was written."""
        for group in sorted({*self.written, *(path.name for path in self.folder.iterdir())}):
            self._push(group)

    def _push(self, group: str) -> None:
        """Store what was written below a folder, in the order that survives a kill."""
        with self._turn, self._telling():
            before, now = self.written[group], _stamps(self.folder, group)
            for name in before.keys() - now.keys():
                self.store.rm_file(f"{self.root}/{name}")
                del before[name]
                self.there.pop(name, None)
            for name in sorted(now, key=turn):
                if now[name] != before.get(name):
                    self._put(name)
                    before[name] = now[name]

    def _put(self, name: str) -> None:
        """Store a file; where there was none, only if there is none now, but for an index."""
        path, is_known = self.folder / name, name in self.there or "/" not in name
        mode = "overwrite" if is_known else "create"
        try:
            self.store.put_file(str(path), f"{self.root}/{name}", mode=mode)
        except FileExistsError:  # our own, if the answer to a first try was lost
            if self.store.cat_file(f"{self.root}/{name}") != path.read_bytes():
                raise TakenError(
                    f"{self.name}/{name}: was put there by somebody else just now; reportgen retry"
                    " goes on from it"
                ) from None
        self.there.setdefault(name, "")

    # --- one run at a time ---
    @contextmanager
    def held(self, *, wait: bool) -> Iterator[None]:
        """Hold the outputs for one run, which shows that it lives until it ends; then keep all.

        Raises LockedError, which names the holder, ReportgenError for a store that cannot lock.
        """
        text = json.dumps(holder() | {"token": secrets.token_hex(8)}).encode()
        self.number = self._taken(text, wait=wait)
        ended = Event()
        beat = Thread(target=self._live, args=(text, ended), daemon=True)
        try:
            beat.start()
            days, pages, run = self._asked
            self.fetch(days, pages=pages, run=run)  # what became of them while it waited
            try:
                yield
            except BaseException:
                with suppress(ReportgenError):  # the first trouble is the one to be told
                    self._require_hold()
                    self.keep()
                raise
            self._require_hold()
            self.keep()
        finally:
            ended.set()
            beat.join()
            with suppress(Exception):  # it frees itself after a while
                self.store.pipe_file(self._lock(self.number), b"")

    def _live(self, text: bytes, ended: Event) -> None:
        """Until the run has ended, sign its lock, and store its events for whoever retries it."""
        pauses = chain([BEAT / 10], repeat(BEAT))  # that it began is told soon
        while not ended.wait(next(pauses)):
            with suppress(Exception):  # who writes next meets the trouble again, and tells it
                self.store.pipe_file(self._lock(self.number), text)
                self._push(RUNS)

    def _lock(self, number: int) -> str:
        return f"{self.root}/{_LOCKS}/{number:06d}.json"

    def _taken(self, text: bytes, *, wait: bool) -> int:
        """Put the next lock, once nobody holds the newest one, and return its number.

        A number is never used again: of two that find a dead run, one alone comes after it.
        """
        with self._telling():
            while True:
                newest = self._newest()
                if newest.is_held and newest.silent < SILENCE:
                    if not wait:
                        raise LockedError(self._told_lock(newest))
                    time.sleep(BEAT / 5)
                elif self._is_put(newest.number + 1, text):
                    self._require_heed(newest.number + 1)
                    self._clear(newest.number)
                    return newest.number + 1

    def _newest(self) -> _Lock:
        """The newest lock; how long it was not signed is by the clock of the store alone."""
        name, _, prefix = self.root.partition("/")
        start = f"{prefix}/{_LOCKS}/".removeprefix("/")
        answer = self.store.call_s3("list_objects_v2", Bucket=name, Prefix=start)
        found = {one["Key"].removeprefix(start): one for one in answer.get("Contents", ())}
        numbers = [int(key[:-5]) for key in found if key[:-5].isdecimal() and key[-5:] == ".json"]
        if not numbers:
            return _Lock()
        newest = found[f"{max(numbers):06d}.json"]
        now = parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])
        signed: datetime = newest["LastModified"]
        return _Lock(max(numbers), newest["Size"] > 0, (now - signed).total_seconds())

    def _told_lock(self, lock: _Lock) -> str:
        said = ""
        with suppress(FileNotFoundError):
            said = self.store.cat_file(self._lock(lock.number)).decode(errors="replace")
        return (
            f"{self.name}: {told_holder(said)}, and showed {lock.silent:.0f} seconds ago that it"
            f" lives; wait for it (--wait does), or end it: {SILENCE:.0f} seconds after its last"
            " sign it counts as dead"
        )

    def _is_put(self, number: int, text: bytes) -> bool:
        """Whether a lock could be put where there was none."""
        try:
            self.store.pipe_file(self._lock(number), text, mode="create")
        except FileExistsError:  # our own, if the answer to a first try was lost
            return bool(self.store.cat_file(self._lock(number)) == text)
        except OSError as error:
            if error.errno == errno.ENOSYS:
                raise self._heedless() from None
            raise
        return True

    def _require_heed(self, number: int) -> None:
        """Raise ReportgenError for a store that puts a lock where there is one."""
        try:
            self.store.pipe_file(self._lock(number), b"", mode="create")
        except FileExistsError:
            return
        raise self._heedless()

    def _heedless(self) -> ReportgenError:
        return ReportgenError(
            f"{self.name}: the store does not heed put-if-absent (If-None-Match), without which two"
            " runs would mix; use one that does, as Amazon S3 and current MinIO do, or write to a"
            " folder and copy it"
        )

    def _clear(self, number: int) -> None:
        for older in range(max(1, number - 9), number + 1):
            with suppress(FileNotFoundError):
                self.store.rm_file(self._lock(older))

    def _require_hold(self) -> None:
        """Raise ReportgenError where another run has taken this one for dead."""
        with self._telling():
            if self._newest().number != self.number:
                raise LockedError(
                    f"{self.name}: another run took over, since this one had shown no sign of life"
                    f" for {SILENCE:.0f} seconds; reportgen retry does what is left"
                )

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Inside, whatever goes wrong with the store is told in words."""
        try:
            yield
        except ReportgenError:
            raise
        except FileNotFoundError as error:
            raise ReportgenError(
                f"{self.name}: {on_one_line(error)}; make the bucket first, or name another"
            ) from error
        except PermissionError as error:
            raise ReportgenError(f"{self.name}: {on_one_line(error)}; {_RIGHTS}") from error
        except Exception as error:
            why = kind_on_one_line(error)[:300]
            remedy = _RIGHTS if "Credentials" in why else "put that right, and try again"
            raise ReportgenError(f"{self.name}: cannot be used: {why}; {remedy}") from error


def needed(
    names: Iterable[str], days: Sequence[date], *, pages: bool = False, run: str | None = None
) -> set[str]:
    """Return what reports of these days read, of the names of all outputs.

    That is what was issued; all of these days; of a year before, and of the newest day before that,
    what is known without opening a workbook; for pages the workbooks of the month before; and the
    events of one run.
    """
    of_days: dict[str, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    found: set[str] = set()
    events = f"{RUNS}/{(run or max(_runs(names), key=int, default='')).zfill(4)}/{EVENTS}"
    for name in names:
        top, *rest = name.split("/")
        day = parse_iso_day(rest[0]) if rest else None
        if top == RUNS:
            found.update({name} & {events})
        elif day is not None:
            of_days[top][day].append(name)
        elif rest:
            found.add(name)
    if not days:
        return found
    since, last = min(days) - _YEAR, max(days)
    months = {(one.replace(day=1) - timedelta(days=1)).replace(day=1) for one in days if pages}
    for by_day in of_days.values():
        before = max((day for day in by_day if day < since), default=since)
        for day, held in by_day.items():
            if day == before or since <= day <= last:
                is_whole = day in days or day.replace(day=1) in months
                found.update(one for one in held if is_whole or not one.endswith(_LARGE))
    return found


def _runs(names: Iterable[str]) -> set[str]:
    """The names of the runs of which there is anything."""
    parts = (name.split("/") for name in names)
    return {one[1] for one in parts if one[0] == RUNS and RUN_NAME.fullmatch(one[1])}


def _is_plain(name: str) -> bool:
    """Whether an object may be a file of the mirror: others lead elsewhere, or are none of ours."""
    parts = name.split("/")
    return all(part and part[0] != "." and not set(part) & set('\\:*?"<>|\0') for part in parts)


def _group(name: str) -> str:
    return name.partition("/")[0]


def _stamp(path: Path) -> _Stamp:
    found = path.stat()
    return _Stamp(found.st_ino, found.st_mtime_ns, found.st_size)


def _stamps(folder: Path, group: str) -> Mapping[str, _Stamp]:
    """The files below a folder of the outputs, or a file, that are to be kept."""
    top = folder / group
    return {
        name: _stamp(path)
        for path in (top, *top.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
        if not (name := path.relative_to(folder).as_posix()).startswith(f"{RUNS}/printing/")
    }
