"""How a bucket is mirrored and held, by a store in memory whose clock stands where it is set."""

from __future__ import annotations

import errno
import sys
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reportgen.errors import ReportgenError
from reportgen.runs import bucket as of_buckets
from reportgen.runs.bucket import Bucket, needed
from reportgen.runs.company import Result
from reportgen.runs.locks import LockedError

NOW = datetime(2025, 12, 1, tzinfo=UTC)


class Store:
    """Objects by their path, each with the time when it was put."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.objects: dict[str, tuple[bytes, datetime]] = {}
        self.heeds = True
        self.trouble: OSError | None = None
        self.done: list[str] = []

    def lock(self, number: int | str, content: bytes = b"{}", seconds: float = 0.0) -> None:
        """Have a lock that was signed so long ago."""
        name = f"{number:06d}.json" if isinstance(number, int) else number
        self.objects[f"desk/p/runs/locks/{name}"] = (content, NOW - timedelta(seconds=seconds))

    @property
    def locks(self) -> dict[str, bytes]:
        return {path[-11:-5]: content for path, (content, _) in self.objects.items()}

    def pipe_file(self, path: str, content: bytes, mode: str = "overwrite") -> None:
        if mode == "create" and self.trouble:
            raise self.trouble
        if mode == "create" and self.heeds and path in self.objects:
            raise FileExistsError(path)
        self.objects[path] = (content, NOW)

    def cat_file(self, path: str) -> bytes:
        return self.objects[path][0]

    def rm_file(self, path: str) -> None:
        if path not in self.objects:
            raise FileNotFoundError(path)
        del self.objects[path]

    def find(self, root: str, *, detail: bool) -> dict[str, dict[str, str]]:
        assert (root, detail) == ("desk/p", True)
        return {path: {"ETag": str(content)} for path, (content, _) in self.objects.items()}

    def get_file(self, path: str, to: str) -> None:
        self.done.append(f"get {path[7:]}")
        Path(to).write_bytes(self.objects[path][0])

    def put_file(self, source: str, path: str, mode: str) -> None:
        self.done.append(f"{mode} {path[7:]}")
        self.pipe_file(path, Path(source).read_bytes(), mode)

    def have(self, **files: bytes) -> None:
        """Have files of the outputs, dots as two underscores and slashes as three."""
        for name, content in files.items():
            self.objects[f"desk/p/{name.replace('___', '/').replace('__', '.')}"] = (content, NOW)

    def call_s3(self, name: str, Bucket: str, Prefix: str) -> dict[str, Any]:  # noqa: N803 - as AWS has it
        assert (name, Bucket, Prefix) == ("list_objects_v2", "desk", "p/runs/locks/")
        found = [
            {"Key": path.removeprefix("desk/"), "Size": len(content), "LastModified": when}
            for path, (content, when) in self.objects.items()
            if path.startswith("desk/p/runs/locks/")
        ]
        headers = {"HTTPHeaders": {"date": format_datetime(NOW, usegmt=True)}}
        return {"Contents": found, "ResponseMetadata": headers} if found else {}


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def bucket(tmp_path: Path, store: Store) -> Bucket:
    return Bucket(tmp_path, "s3://desk/p", store, "desk/p")


def test_the_first_run_takes_the_first_lock(bucket: Bucket, store: Store) -> None:
    assert bucket._taken(b"mine", wait=False) == 1  # noqa: SLF001 - the lock alone
    assert store.locks == {"000001": b"mine"}


@pytest.mark.parametrize(
    ("content", "seconds", "is_taken"),
    [
        (b"{}", 0, False),
        (b"{}", 119, False),
        (b"{}", 120, True),
        (b"{}", 500, True),
        (b"", 0, True),
    ],
)
def test_a_lock_is_free_once_it_is_given_back_or_was_not_signed_for_two_minutes(
    bucket: Bucket, store: Store, content: bytes, seconds: float, *, is_taken: bool
) -> None:
    store.lock(7, content, seconds)
    if is_taken:
        assert bucket._taken(b"mine", wait=False) == 8  # noqa: SLF001 - as above
        assert store.locks == {"000008": b"mine"}
    else:
        told = rf"^s3://desk/p: .*showed {seconds} seconds ago .*: 120 seconds after its last sign"
        with pytest.raises(LockedError, match=told):
            bucket._taken(b"mine", wait=False)  # noqa: SLF001 - as above


def test_who_waits_looks_again_every_two_seconds(
    bucket: Bucket, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            store.lock(1, b"")

    monkeypatch.setattr(of_buckets.time, "sleep", sleep)
    store.lock(1)
    assert bucket._taken(b"mine", wait=True) == 2  # noqa: SLF001 - as above
    assert slept == [2.0, 2.0, 2.0]


def test_only_numbered_locks_are_locks_and_the_last_ten_are_cleared(
    bucket: Bucket, store: Store
) -> None:
    for number in range(1, 13):
        store.lock(number, b"")
    for odd in ("000099.text", "x00098.json", "000097.json.bak", "00009x.json"):
        store.lock(odd)
    assert bucket._taken(b"mine", wait=False) == 13  # noqa: SLF001 - as above
    left = {path.rpartition("/")[2] for path in store.objects}
    assert {name for name in left if name < "000020"} == {
        *("000001.json", "000002.json", "000013.json")
    }


def test_of_several_locks_the_newest_counts(bucket: Bucket, store: Store) -> None:
    store.lock(1, seconds=500)  # of a run that died
    store.lock(2)
    with pytest.raises(LockedError, match="showed 0 seconds ago"):
        bucket._taken(b"mine", wait=False)  # noqa: SLF001 - as above


def test_of_two_that_find_a_dead_run_one_comes_after_it(bucket: Bucket, store: Store) -> None:
    store.lock(2, b"theirs")
    assert not bucket._is_put(2, b"mine")  # noqa: SLF001 - as above
    assert bucket._is_put(2, b"theirs")  # noqa: SLF001 - the answer to a first try was lost
    assert bucket._is_put(3, b"mine")  # noqa: SLF001 - as above


def test_a_store_that_cannot_lock_is_told(bucket: Bucket, store: Store) -> None:
    store.heeds = False
    with pytest.raises(ReportgenError, match="does not heed put-if-absent"):
        bucket._taken(b"mine", wait=False)  # noqa: SLF001 - as above
    store.trouble = OSError(errno.ENOSYS, "not implemented")
    with pytest.raises(ReportgenError, match="does not heed put-if-absent"):
        bucket._taken(b"mine", wait=False)  # noqa: SLF001 - as above
    store.trouble = OSError(errno.EIO, "broken")
    with pytest.raises(ReportgenError, match=r"cannot be used: .*broken; put that right"):
        bucket._taken(b"mine", wait=False)  # noqa: SLF001 - as above


def test_a_run_that_was_taken_for_dead_holds_nothing(bucket: Bucket, store: Store) -> None:
    bucket.number = bucket._taken(b"mine", wait=False)  # noqa: SLF001 - as above
    bucket._require_hold()  # noqa: SLF001 - as above
    store.lock(2)
    with pytest.raises(LockedError, match="no sign of life for 120 seconds; reportgen retry"):
        bucket._require_hold()  # noqa: SLF001 - as above


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FileNotFoundError("gone"), "s3://desk/p: gone; make the bucket first, or name another"),
        (PermissionError("no"), "s3://desk/p: no; credentials come from the environment"),
        (
            ValueError("NoCredentials"),
            "s3://desk/p: cannot be used: ValueError: NoCredentials; credentials come from",
        ),
        (
            ValueError("x" * 400),
            f"s3://desk/p: cannot be used: {('ValueError: ' + 'x' * 400)[:300]}; put that right",
        ),
        (ReportgenError("as it is"), "as it is"),
    ],
)
def test_trouble_with_a_store_is_told_in_words(bucket: Bucket, error: Exception, told: str) -> None:
    with pytest.raises(ReportgenError) as caught, bucket._telling():  # noqa: SLF001 - the words alone
        raise error
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("A/2024-11-29/manifest.json", True),  # 366 days before
        ("A/2024-11-28/manifest.json", True),  # the newest before that
        ("A/2024-11-27/manifest.json", False),
        ("A/2025-12-01/manifest.json", False),
        ("A/2025-11-30/A.registry.json", True),
        ("A/2025-11-29/A.registry.json", False),
        ("A/2025-11-29/A.html", False),
        ("A/2025-11-29/A.pdf", False),
        ("A/2025-11-29/companions.json", True),
        ("A/history.csv", True),
    ],
)
def test_a_year_is_looked_back_and_the_newest_report_before_that(
    name: str, *, is_read: bool
) -> None:
    there = {f"A/2024-11-{day}/manifest.json" for day in ("27", "28", "29")}
    assert (name in needed({*there, name}, [date(2025, 11, 30)])) is is_read


def test_without_a_day_what_was_issued_and_the_events_of_one_run_are_read() -> None:
    runs = {f"runs/{number}/events.jsonl" for number in ("0009", "0010", "10000")}
    names = {*runs, "A/issued.csv", "A/2025-11-30/manifest.json", "index.html"}
    assert needed(names, ()) == {"A/issued.csv", "runs/10000/events.jsonl"}
    assert needed(names, (), run="9") == {"A/issued.csv", "runs/0009/events.jsonl"}


def test_a_bucket_is_spoken_to_afresh_and_let_go(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    asked: dict[str, object] = {}
    closed: list[tuple[object, object]] = []

    def opened(**said: object) -> Store:
        asked.update(said)
        return store

    for name, value in (("loop", 1), ("_s3", 2), ("close_session", lambda *of: closed.append(of))):
        monkeypatch.setattr(store, name, value, raising=False)
    monkeypatch.setitem(sys.modules, "s3fs", SimpleNamespace(S3FileSystem=opened))
    places: list[Bucket] = []

    def torn() -> None:
        with of_buckets.bucket("s3://desk/p/") as found:
            places.append(found)
            raise ReportgenError(f"{found.folder}/A is torn")

    with pytest.raises(ReportgenError, match=r"^s3://desk/p/A is torn$"):
        torn()
    (place,) = places
    assert (place.name, place.root, place.folder.exists()) == ("s3://desk/p", "desk/p", False)
    assert closed == [(1, 2)]
    settings = {"connect_timeout": 10, "read_timeout": 60, "retries": {"max_attempts": 3}}
    assert asked == {
        "use_listings_cache": False,
        "skip_instance_cache": True,
        "config_kwargs": settings,
    }


# --- the mirror ---
DAY = date(2025, 11, 30)
WHOLE = Result("A", "2025-11-30", "success", "first issue", "A/a.xlsx", 1)


def write(bucket: Bucket, name: str, content: bytes) -> None:
    path = bucket.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def mirrored(bucket: Bucket) -> dict[str, bytes]:
    files = (path for path in bucket.folder.rglob("*") if path.is_file())
    return {path.relative_to(bucket.folder).as_posix(): path.read_bytes() for path in files}


def test_what_is_needed_is_fetched_once_and_again_where_it_is_another(
    bucket: Bucket, store: Store
) -> None:
    store.have(A___issued__csv=b"1", B___issued__csv=b"2", index__html=b"3")
    store.objects["desk/p/A/2025-11-30/manifest.json"] = (b"4", NOW)
    store.objects["desk/p/runs/0001/events.jsonl"] = (b"5", NOW)
    store.objects["desk/p/runs/0002/events.jsonl"] = (b"6", NOW)
    store.objects["desk/p/A/../issued.csv"] = (b"7", NOW)
    needed_now = {
        "A/issued.csv": b"1",
        "B/issued.csv": b"2",
        "A/2025-11-30/manifest.json": b"4",
        "runs/0002/events.jsonl": b"6",
    }
    bucket.fetch((DAY,))
    assert mirrored(bucket) == needed_now
    assert (bucket.folder / "runs/0001").is_dir()
    assert sorted(store.done) == sorted(f"get {name}" for name in needed_now)
    store.done.clear()
    store.have(B___issued__csv=b"8")
    bucket.fetch((date(2025, 10, 31),), run="1")
    del needed_now["A/2025-11-30/manifest.json"], needed_now["runs/0002/events.jsonl"]
    needed_now |= {"B/issued.csv": b"8", "runs/0001/events.jsonl": b"5"}
    assert mirrored(bucket) == needed_now
    assert sorted(store.done) == ["get B/issued.csv", "get runs/0001/events.jsonl"]
    bucket.keep()
    assert len(store.done) == 2  # nothing was written


def test_a_mirror_begins_with_nothing_and_bears_that_a_file_of_it_is_gone(
    bucket: Bucket, store: Store
) -> None:
    store.objects["desk/p/A/2025-11-30/manifest.json"] = (b"4", NOW)
    bucket.fetch((DAY,))
    assert mirrored(bucket) == {"A/2025-11-30/manifest.json": b"4"}
    (bucket.folder / "A/2025-11-30/manifest.json").unlink()
    bucket.fetch((date(2025, 10, 31),))
    assert (mirrored(bucket), bucket.have) == ({}, {})


def test_what_was_written_is_stored_in_turn_and_what_is_gone_removed(
    bucket: Bucket, store: Store
) -> None:
    store.have(A___issued__csv=b"1", A___history__csv=b"2", index__html=b"3")
    bucket.fetch((DAY,))
    store.done.clear()
    (bucket.folder / "A/history.csv").unlink()
    write(bucket, "A/issued.csv", b"1 and more")
    for name in ("A/2025-11-30/manifest.json", "A/2025-11-30/A.xlsx", "index.html"):
        write(bucket, name, b"new")
    write(bucket, "index-new.html", b"of all")  # of which each run makes its own
    for name in (".hidden", "runs/printing/A.xlsx"):
        write(bucket, name, b"never")
    for _ in range(2):
        bucket.keep()
    assert store.done == [
        "create A/2025-11-30/A.xlsx",
        "overwrite A/issued.csv",
        "create A/2025-11-30/manifest.json",
        "overwrite index-new.html",
        "overwrite index.html",
    ]
    assert "desk/p/A/history.csv" not in store.objects
    assert len(store.objects) == 5


def test_what_somebody_else_put_there_is_theirs_unless_it_is_the_same(
    bucket: Bucket, store: Store
) -> None:
    bucket.fetch((DAY,))
    store.have(A___same__csv=b"new", A___other__csv=b"theirs")
    write(bucket, "A/same.csv", b"new")
    assert bucket.kept(WHOLE) == WHOLE
    write(bucket, "A/other.csv", b"ours")
    found = bucket.kept(WHOLE)
    assert found[:3] + found[4:6] == ("A", "2025-11-30", "error", "", 0)
    assert found.reason.startswith("s3://desk/p/A/other.csv: was put there by somebody else")
    assert store.objects["desk/p/A/other.csv"][0] == b"theirs"
    assert not (bucket.folder / "A").exists()


@pytest.mark.parametrize("error", [None, KeyboardInterrupt()])
def test_a_run_holds_a_bucket_until_it_ends_and_then_keeps_all(
    bucket: Bucket, store: Store, error: BaseException | None
) -> None:
    bucket.fetch((DAY,), pages=True)
    store.have(A___issued__csv=b"1")  # while this run waited
    with nullcontext() if error is None else pytest.raises(KeyboardInterrupt):  # noqa: SIM117 - in turn
        with bucket.held(wait=False):
            assert bucket.number == 1
            assert store.objects["desk/p/runs/locks/000001.json"][0]
            assert mirrored(bucket) == {"A/issued.csv": b"1"}
            write(bucket, "A/2025-11-30/A.html", b"page")
            if error:
                raise error
    assert store.objects["desk/p/A/2025-11-30/A.html"][0] == b"page"
    assert store.objects["desk/p/runs/locks/000001.json"][0] == b""
