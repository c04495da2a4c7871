"""Outputs in a bucket are those of a folder, to the byte; one run at a time writes them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import pytest

from reportgen import ReportgenError, RunRequest, handout, index, ls, retry, run
from reportgen.runs import bucket as of_buckets
from reportgen.runs.batch import Watch
from reportgen.runs.bucket import needed, root_of
from reportgen.runs.company import Result
from reportgen.runs.outputs import place_of
from tests.cli.running import run as told_by
from tests.runs.buckets import CREDENTIALS, bucket_server
from tests.runs.companies import AS_OF, append, files, inputs_of
from tests.runs.dying import one_by_one
from tests.runs.test_stopping import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reportgen.runs.batch import Ran
    from reportgen.runs.places import Place

NUMBERS = count()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with bucket_server() as found:
        yield found


@pytest.fixture
def store(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is found, and no workers: what they are for, other tests show."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", one_by_one)


@pytest.fixture
def place(store: None) -> str:
    """A prefix in a bucket of its own."""
    del store
    return f"s3://bucket-{next(NUMBERS)}/desk/reports"


def ran(inputs: Path, outputs: object, watch: Watch | None = None, **options: object) -> Ran:
    asked: dict[str, object] = {"as_of": AS_OF, "inputs": str(inputs), "outputs": str(outputs)}
    return run(RunRequest(**asked | options), watch)  # type: ignore[arg-type]  # as a caller does


def objects(place: str) -> Mapping[str, bytes]:
    """What is below a prefix, runs aside, as `files` tells of a folder."""
    with place_of(place) as found:
        assert isinstance(found, of_buckets.Bucket)
        start = len(found.root) + 1
        return {
            path[start:]: found.store.cat_file(path)
            for path in sorted(found.store.find(found.root))
            if not path[start:].startswith("runs/")
        }


@pytest.mark.parametrize("pages", [False, pytest.param(True, marks=pytest.mark.long)])
def test_a_bucket_holds_what_a_folder_holds_also_where_a_run_was_stopped(
    tmp_path: Path,
    place: str,
    pages: bool,  # noqa: FBT001 - as it is tried
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inputs, folder = inputs_of(tmp_path, "ALFA", "B+A &=^.X"), tmp_path / "outputs"
    october: dict[str, object] = {"as_of": "2025-10-31", "tickers": ("ALFA",)}
    assert ran(inputs, f"{place}/", **october) == ran(inputs, folder, **october)
    monkeypatch.setattr(of_buckets, "BEAT", 0.05)

    def stop(_: Result) -> None:
        """Once the first company is done, and its event was stored without being asked for."""
        with place_of(place) as found:
            assert isinstance(found, of_buckets.Bucket)
            while f"{found.root}/runs/0002/events.jsonl" not in found.store.find(found.root):
                time.sleep(0.05)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ran(inputs, place, Watch(ended=stop), pages=pages)
    assert f"ALFA/{AS_OF}/manifest.json" in objects(place)
    assert [one.ticker for one in retry(place).results] == ["B+A &=^.X"]
    ran(inputs, folder, pages=pages)
    assert objects(place) == files(folder)
    append(inputs / "ALFA" / "prices.csv", "2025-11-29,31.5")
    rows = [ls(as_of=AS_OF, inputs=inputs, outputs=outputs) for outputs in (place, folder)]
    assert rows[0] == rows[1]
    assert [row.state for row in rows[0]] == ["changed", "unchanged"]
    for outputs, to in ((place, "there.zip"), (folder, "here.zip")):
        index(as_of="2025-10-31", outputs=outputs)
        handout(as_of=AS_OF, to=tmp_path / to, outputs=outputs, select=["ALFA"])
    assert objects(place) == files(folder)
    assert (tmp_path / "there.zip").read_bytes() == (tmp_path / "here.zip").read_bytes()


@pytest.mark.long
def test_a_run_that_is_killed_is_taken_for_dead_and_finished(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = inputs_of(tmp_path, "ALFA", "BETA", "GAMA")
    arguments = ["run", "--as-of", AS_OF, "--inputs", str(inputs), "--outputs", place, "-j", "1"]
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", MAIN, *arguments], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # one company is done
        process.kill()
    with pytest.raises(ReportgenError, match="another run is at work here: process"):
        ran(inputs, place)
    monkeypatch.setattr(of_buckets, "SILENCE", 0.0)
    ran(inputs, place)
    ran(inputs, tmp_path / "undisturbed")
    assert objects(place) == files(tmp_path / "undisturbed")


@pytest.mark.long
def test_a_store_that_fails_in_the_middle_ends_the_run_and_loses_nothing(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, manifest = inputs_of(tmp_path, "ALFA", "BETA"), f"ALFA/{AS_OF}/manifest.json"
    put = of_buckets.Bucket._put  # noqa: SLF001 - where a store is spoken to

    def failing(one: of_buckets.Bucket, name: str) -> None:
        if name == manifest:
            raise ConnectionError("the line is cut")
        put(one, name)

    with monkeypatch.context() as patch:
        patch.setattr(of_buckets.Bucket, "_put", failing)
        told = f"^{place}: cannot be used: ConnectionError: the line is cut; put that right"
        with pytest.raises(ReportgenError, match=told):
            ran(inputs, place)
    assert [name for name in objects(place) if name.startswith("ALFA")] == [
        f"ALFA/{AS_OF}/ALFA-{AS_OF}.xlsx",
        "ALFA/issued.csv",
    ]
    ran(inputs, place)
    ran(inputs, tmp_path / "undisturbed")
    assert objects(place) == files(tmp_path / "undisturbed")


def test_two_runs_never_mix_and_one_that_is_taken_for_dead_writes_no_more(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = inputs_of(tmp_path, "ALFA")
    with place_of(place) as first:
        with first.held(wait=False):
            told = rf"{place}: another run is at work here: process {os.getpid()} .*--wait does"
            with pytest.raises(ReportgenError, match=told):
                ran(inputs, place)
        monkeypatch.setattr(of_buckets, "SILENCE", 0.0)
        with pytest.raises(ReportgenError, match="another run took over"), first.held(wait=False):
            written_while_another_holds(first, place)
    assert objects(place) == {}


def written_while_another_holds(first: Place, place: str) -> None:
    (first.folder / "ALFA").mkdir()
    (first.folder / "ALFA/issued.csv").touch()
    with place_of(place) as second, second.held(wait=False):
        first.kept(Result("ALFA", AS_OF, "success", "first issue"))


def test_what_somebody_else_put_there_meanwhile_is_not_replaced(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"ALFA/{AS_OF}/ALFA-{AS_OF}.xlsx"

    def intruding(one: of_buckets.Bucket, result: Result) -> Result:
        one.store.pipe_file(f"{one.root}/{name}", b"theirs")
        return kept(one, result)

    kept = of_buckets.Bucket.kept
    monkeypatch.setattr(of_buckets.Bucket, "kept", intruding)
    (result,) = ran(inputs_of(tmp_path, "ALFA"), place).results
    assert (result.status, result.file) == ("error", "")
    assert f"{place}/{name}: was put there by somebody else" in result.reason
    found = objects(place)
    assert (found[name], f"ALFA/{AS_OF}/manifest.json" in found) == (b"theirs", False)


@pytest.mark.parametrize(
    ("bucket", "told"),
    [
        ("absent", "does not exist; make the bucket first"),
        ("denied", "as a test wants it; credentials come from"),
        ("heedless", "the store does not heed put-if-absent"),
        ("unable", "the store does not heed put-if-absent"),
    ],
)
def test_a_bucket_that_cannot_be_used_is_told_before_anything_is_built(
    tmp_path: Path, store: None, bucket: str, told: str
) -> None:
    del store
    built: list[object] = []
    with pytest.raises(ReportgenError, match=rf"^s3://{bucket}/desk: [^\n]*{told}"):
        ran(inputs_of(tmp_path, "ALFA"), f"s3://{bucket}/desk", Watch(ended=built.append))
    assert not built


def test_a_store_that_cannot_be_reached_is_told(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")  # it would try again for seconds
    monkeypatch.setattr("s3fs.S3FileSystem.retries", 1)
    told = rf"^{place}: cannot be used: .*Could not connect.*; put that right"
    with pytest.raises(ReportgenError, match=told):
        ran(inputs_of(tmp_path, "ALFA"), place)


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("s3://bucket", "bucket"),
        ("s3://bucket/", "bucket"),
        ("s3://bucket/desk", "bucket/desk"),
        ("s3://buck.et-1/desk/a b/", "buck.et-1/desk/a b"),
    ],
)
def test_a_bucket_is_named_with_a_prefix_or_none(url: str, root: str) -> None:
    assert root_of(url) == root


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("gs://bucket/desk", "is no place for outputs"),
        ("https://bucket.s3.amazonaws.com/desk", "is no place for outputs"),
        ("file:///desk", "is no place for outputs"),
        ("s3a://bucket/desk", "is no place for outputs"),
        ("s3:/bucket/desk", "is no place for outputs"),
        ("s3:bucket/desk", "is no place for outputs"),
        ("simplecache::s3://bucket/desk", "chains several places"),
        ("s3://bucket/desk::file:///etc", "chains several places"),
        ("s3://KEY:secret@bucket/desk", "holds no credentials"),
        ("s3://KEY:se/cret@bucket/desk", "holds no credentials"),
        ("s3://KEY@bucket", "holds no credentials"),
        ("s3://bucket/desk?secret=secret", "holds no credentials"),
        ("s3://", "names no bucket"),
        ("s3:///desk", "names no bucket"),
        ("s3://Bucket/desk", "names no bucket"),
        ("s3://ab/desk", "names no bucket"),
        ("s3://bucket//desk", "other characters"),
        ("s3://bucket/desk//", "other characters"),
        ("s3://bucket/../desk", "other characters"),
        ("s3://bucket/desk/*", "other characters"),
        ("s3://bucket/desk#1", "other characters"),
    ],
)
def test_any_other_url_is_refused_and_no_secret_repeated(
    tmp_path: Path, url: str, why: str
) -> None:
    with pytest.raises(ReportgenError, match=rf"^--outputs: [^\n]*{why}") as caught:
        ran(inputs_of(tmp_path, "ALFA"), url)
    assert "secret" not in str(caught.value)
    assert "cret@" not in str(caught.value)


@pytest.mark.parametrize("command", ["run", "retry", "ls", "index", "handout"])
def test_commands_that_know_buckets_refuse_other_places(command: str, tmp_path: Path) -> None:
    asked = {"run": ["--as-of", AS_OF], "index": ["--as-of", AS_OF]}
    asked["handout"] = ["--as-of", AS_OF, "--to", str(tmp_path / "x.zip")]
    known = told_by(command, *asked.get(command, ()), "--outputs", "gs://bucket/desk")
    assert (known.exit_code, "is no place for outputs" in known.output) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "ALFA", "--as-of", AS_OF, "--outputs", "s3://bucket/desk"),
        ("diff", "ALFA", "2025-10-31", AS_OF, "--outputs", "s3://bucket/desk"),
        ("run", "--as-of", AS_OF, "--inputs", "s3://bucket/desk"),
    ],
)
def test_what_is_read_or_written_here_only_says_so(arguments: tuple[str, ...]) -> None:
    found = told_by(*arguments)
    assert found.exit_code == 2
    assert "on this machine only; name a folder" in " ".join(found.output.split())


def test_where_s3fs_is_missing_its_installation_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(ReportgenError, match=r'pip install "reportgen\[s3\]"'):
        ran(inputs_of(tmp_path, "ALFA"), "s3://bucket/desk")


DAY = date(2025, 11, 30)


@pytest.mark.parametrize(
    ("name", "pages", "is_read"),
    [
        ("ALFA/issued.csv", False, True),
        ("ALFA/2025-11-30/ALFA-2025-11-30.xlsx", False, True),
        ("ALFA/2025-10-31/ALFA-2025-10-31.xlsx", False, False),
        ("ALFA/2025-10-31/ALFA-2025-10-31.xlsx", True, True),
        ("ALFA/2025-09-30/ALFA-2025-09-30.xlsx", True, False),
        ("ALFA/2025-10-31/manifest.json", False, True),
        ("ALFA/2025-12-31/manifest.json", False, False),
        ("ALFA/2024-12-31/manifest.json", False, True),
        ("ALFA/2020-12-31/manifest.json", False, False),
        ("OLD/2020-12-31/outcomes.csv", False, True),
        ("OLD/2020-12-31/OLD-2020-12-31.xlsx", True, False),
        ("index-2025-11-30.html", False, False),
        ("runs/0002/events.jsonl", False, True),
        ("runs/0001/events.jsonl", False, False),
        ("runs/0002/run_results.json", False, False),
        ("runs/locks/000002.json", False, False),
    ],
)
def test_of_a_bucket_is_read_what_a_day_needs(name: str, pages: bool, is_read: bool) -> None:  # noqa: FBT001 - as the table has it
    others = [f"ALFA/{day}/manifest.json" for day in ("2021-12-31", "2025-10-31")]
    found = needed({name, *others, "runs/0002/events.jsonl"}, [DAY], pages=pages)
    assert (name in found) is is_read
