"""Whatever fails while a file is written, what stood there before still stands."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import textwrap
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from reportgen.xlsx import atomic
from reportgen.xlsx.atomic import (
    LOCK_NAME,
    OutputError,
    atomic_store,
    atomic_write,
    atomic_write_all,
    require_free,
)
from reportgen.xlsx.book import Cell, WorkbookError
from reportgen.xlsx.locks import held, told_holder
from reportgen.xlsx.writer.workbook import render, write
from tests.xlsx.writer.samples import everything, one_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

OLD, NEW = b"the old report", b"the new report, longer than the old one"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    path.write_bytes(OLD)
    return path


def new_report(draft: Path) -> None:
    draft.write_bytes(NEW)


def files_beside(path: Path) -> set[str]:
    return {entry.name for entry in path.parent.iterdir()} - {path.name, LOCK_NAME}


def failing(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def half_written(draft: Path) -> None:
    draft.write_bytes(NEW[:10])
    failing(errno.ENOSPC)()


@pytest.mark.parametrize("content", ["Größe\r\n1\n", "Größe\r\n1\n".encode()])
def test_texts_and_bytes_are_stored_as_they_are(report: Path, content: str | bytes) -> None:
    atomic_store(report, content)
    assert report.read_bytes() == "Größe\r\n1\n".encode()


def test_a_file_is_replaced_and_nothing_is_left_beside_it(report: Path) -> None:
    atomic_write(report, new_report)
    assert report.read_bytes() == NEW
    assert files_beside(report) == set()


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    atomic_write(tmp_path / "BABA" / "2025-11-30" / "report.xlsx", new_report)
    assert (tmp_path / "BABA" / "2025-11-30" / "report.xlsx").read_bytes() == NEW


def test_a_disk_that_fills_up_half_way_leaves_the_old_file(report: Path) -> None:
    with pytest.raises(
        OutputError, match=r"report\.xlsx: could not be written: No space left"
    ) as told:
        atomic_write(report, half_written)
    assert "free some space or choose another folder" in str(told.value)
    assert report.read_bytes() == OLD
    assert files_beside(report) == set()


@pytest.mark.parametrize(
    ("step", "number", "remedy"),
    [
        ("os.open", errno.EACCES, "a folder you may write to"),
        ("os.fsync", errno.EIO, "check the folder and try again"),
        ("pathlib.Path.replace", errno.EPERM, "close the file elsewhere"),
        ("reportgen.xlsx.atomic._flush", errno.EDQUOT, "free some of your quota"),
    ],
)
def test_the_old_file_survives_a_failure_at_any_step(
    report: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, remedy: str
) -> None:
    with monkeypatch.context() as faulty:
        # The lock is not the file; it is held before the first step.
        faulty.setattr(atomic, "_locked", lambda _: FileLock(report.parent / LOCK_NAME))
        faulty.setattr(step, failing(number))
        with pytest.raises(OutputError, match=remedy):
            atomic_write(report, new_report)
    assert report.read_bytes() == OLD
    assert files_beside(report) == set()


def test_a_draft_that_cannot_be_removed_does_not_hide_the_failure(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathlib.Path.unlink", failing(errno.EIO))
    with pytest.raises(OutputError, match="No space left"):
        atomic_write(report, half_written)
    assert report.read_bytes() == OLD


def test_a_folder_that_cannot_be_flushed_leaves_a_complete_file(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "flush_folder", failing(errno.EIO))
    with pytest.raises(OutputError):
        atomic_write(report, new_report)
    assert report.read_bytes() == NEW


def test_a_system_without_folders_that_can_be_opened_goes_without(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("os.O_DIRECTORY")
    atomic_write(report, new_report)
    assert report.read_bytes() == NEW


@pytest.mark.parametrize(
    ("number", "is_failure"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)]
)
def test_a_file_system_that_cannot_flush_folders_is_no_failure(
    report: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, is_failure: bool
) -> None:
    flushed: list[int] = []
    real = os.fsync

    def flush(descriptor: int) -> None:
        flushed.append(descriptor)
        if len(flushed) == 2:
            failing(number)()
        real(descriptor)

    monkeypatch.setattr("os.fsync", flush)
    with pytest.raises(OutputError) if is_failure else nullcontext():
        atomic_write(report, new_report)
    assert report.read_bytes() == NEW
    assert len(flushed) == 2


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, ValueError, WorkbookError])
def test_what_the_writing_itself_raises_passes_through(
    report: Path, interruption: type[BaseException]
) -> None:
    def interrupted(draft: Path) -> None:
        draft.write_bytes(NEW)
        raise interruption

    with pytest.raises(interruption):
        atomic_write(report, interrupted)
    assert report.read_bytes() == OLD
    assert files_beside(report) == set()


def test_what_a_killed_run_left_is_cleared_away_and_nothing_else(report: Path) -> None:
    left = report.with_name(f".{report.name}.0123456789abcdef.tmp")
    others = [report.with_name(name) for name in (f".{report.name}.note.tmp", "notes.tmp")]
    for path in (left, *others):
        path.write_text("half of it")
    atomic_write(report, new_report)
    assert report.read_bytes() == NEW
    assert not left.exists()
    assert all(path.exists() for path in others)


def test_a_symbolic_link_is_replaced_and_its_target_untouched(report: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(report)
    atomic_write(link, new_report)
    assert report.read_bytes() == OLD
    assert not link.is_symlink()
    assert link.read_bytes() == NEW


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").mkdir()
    with pytest.raises(OutputError, match="a folder stands where the file should"):
        atomic_write(tmp_path / "report.xlsx", new_report)


def test_a_file_in_the_place_of_the_folder_is_told(report: Path) -> None:
    with pytest.raises(OutputError, match="could not be written"):
        atomic_write(report / "deeper" / "report.xlsx", new_report)
    assert report.read_bytes() == OLD


def test_a_folder_that_another_run_holds_is_told(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "LOCK_SECONDS", 0.05)
    with FileLock(report.parent / LOCK_NAME), pytest.raises(OutputError, match="another run"):
        atomic_write(report, new_report)
    assert report.read_bytes() == OLD


def test_who_holds_a_folder_is_named_and_so_is_the_lock(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "LOCK_SECONDS", 0.05)
    lock = report.parent / LOCK_NAME
    with held(lock, 0), pytest.raises(OutputError) as told:
        atomic_write(report, new_report)
    assert f"process {os.getpid()} of " in str(told.value)
    assert f"holds {lock}" in str(told.value)
    assert not lock.read_bytes()  # it names nobody once it is free


def test_every_user_of_a_shared_folder_can_hold_it(report: Path) -> None:
    before = os.umask(0o077)
    try:
        atomic_write(report, new_report)
    finally:
        os.umask(before)
    assert (report.parent / LOCK_NAME).stat().st_mode & 0o777 == 0o666


_SOME_RUN = "another run is at work here"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            '{"host": "tower", "user": "ann", "pid": 7, "since": "9 o\'clock"}',
            f"{_SOME_RUN}: process 7 of ann on tower, since 9 o'clock",
        ),
        *(
            (
                f'{{"host": "tower", {user}"pid": 7, "since": "noon"}}',
                f"{_SOME_RUN}: process 7 of somebody on tower, since noon",
            )
            for user in ("", '"user": "", ', '"user": null, ')
        ),
        *((torn, _SOME_RUN) for torn in ("", "{", "7", "[]", "null", '{"host": "tower"}')),
    ],
)
def test_a_holder_is_told_by_all_that_it_wrote_down_or_not_at_all(said: str, told: str) -> None:
    assert told_holder(said) == told


def test_a_lock_that_may_not_be_opened_is_named(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filelock.FileLock.acquire", failing(errno.EACCES))
    with pytest.raises(OutputError, match="could not be written: Permission denied"):
        atomic_write(report, new_report)  # no lock is there: it is the folder that refuses
    report.with_name(LOCK_NAME).touch()
    with pytest.raises(OutputError, match=rf"another user made .*{LOCK_NAME}"):
        atomic_write(report, new_report)


def test_a_link_in_the_place_of_the_lock_is_not_followed(report: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    precious.chmod(0o600)
    report.with_name(LOCK_NAME).symlink_to(precious)
    with pytest.raises(OutputError, match="a link stands where a file should"):
        atomic_write(report, new_report)
    assert (precious.read_text(), precious.stat().st_mode & 0o777) == ("precious", 0o600)
    assert report.read_bytes() == OLD


@pytest.mark.parametrize("rights", [0o600, 0o640, 0o664, 0o444])
def test_a_file_keeps_its_rights(report: Path, rights: int) -> None:
    report.chmod(rights)
    seen = []

    def look(draft: Path) -> None:
        seen.append(draft.stat().st_mode & 0o077)
        new_report(draft)

    atomic_write(report, look)
    assert report.stat().st_mode & 0o777 == rights
    assert not seen[0] & ~rights  # nobody else could read it while it was filled


@pytest.mark.parametrize("letter", ["n", "é", "中", "😀"])
def test_names_may_be_as_long_as_the_system_lets_them_be(tmp_path: Path, letter: str) -> None:
    path = tmp_path / (letter * (255 // len(letter.encode())))
    other = path.with_name(f"{path.name[:-1]}m")  # begins alike
    atomic_write_all({path: new_report, other: new_report})
    assert path.read_bytes() == other.read_bytes() == NEW
    assert {entry.name for entry in tmp_path.iterdir()} == {path.name, other.name, LOCK_NAME}


def test_nothing_takes_the_place_of_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to("/dev/null")
    (tmp_path / "out").symlink_to("/proc/self/fd/1")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket"))
        there = sorted(tmp_path.iterdir())
        for path in there:
            with pytest.raises(OutputError, match=", and no file; name a file"):
                atomic_write(path, new_report)
    assert sorted(tmp_path.iterdir()) == there
    assert (tmp_path / "null").is_symlink()


def test_files_that_belong_together_are_put_in_place_before_a_signal_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def interrupted(draft: Path, path: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replace(draft, path)

    monkeypatch.setattr(Path, "replace", interrupted)
    paths = [tmp_path / "prices.csv", tmp_path / "targets.csv"]
    # a shell that starts the tests behind others lets them ignore this signal
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            atomic_write_all(dict.fromkeys(paths, new_report))
    finally:
        signal.signal(signal.SIGINT, before)
    assert all(path.read_bytes() == NEW for path in paths)


def test_a_new_file_has_the_rights_every_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    atomic_write(tmp_path / "report.xlsx", new_report)
    assert (tmp_path / "report.xlsx").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_report_survives_a_process_killed_while_it_writes(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = """
        import signal, sys
        from pathlib import Path
        from reportgen.xlsx.atomic import atomic_write
        def slowly(draft):
            draft.write_bytes(b"half of the new rep")
            print("writing", flush=True)
            signal.pause()
        atomic_write(Path(sys.argv[1]), slowly)
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(report)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as writer:  # noqa: S603 - ours
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        writer.kill()
    assert report.read_bytes() == OLD
    monkeypatch.setattr(atomic, "LOCK_SECONDS", 0)  # the lock died with it: nobody waits for it
    atomic_write(report, new_report)
    assert report.read_bytes() == NEW


def test_a_real_limit_on_file_size_leaves_the_old_report(report: Path) -> None:
    program = """
        import resource, signal, sys
        from pathlib import Path
        from reportgen.errors import ReportgenError
        from reportgen.xlsx.writer.workbook import write
        from tests.xlsx.writer.samples import everything
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            write(everything(), Path(sys.argv[1]))
        except ReportgenError as error:
            print(error)
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(report)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
    assert "report.xlsx: could not be written: File too large" in told.stdout
    assert report.read_bytes() == OLD
    assert files_beside(report) == set()


def test_a_book_that_cannot_be_stored_touches_nothing(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError):
        write(one_sheet(Cell(0, 0, float("nan"))), tmp_path / "new" / "report.xlsx")
    assert not (tmp_path / "new").exists()


def test_a_disk_that_gives_back_other_bytes_is_told(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda _: b"rotten")
    with pytest.raises(OutputError, match="the disk gave back other bytes"):
        write(everything(), report)
    monkeypatch.undo()
    assert report.read_bytes() == OLD


def test_runs_at_the_same_time_leave_one_complete_report(tmp_path: Path) -> None:
    program = """
        import sys
        from pathlib import Path
        from reportgen.xlsx import atomic
        from reportgen.xlsx.writer.workbook import write
        from tests.xlsx.writer.samples import everything
        atomic.LOCK_SECONDS = 600  # however busy the machine
        for _ in range(5):
            write(everything(), Path(sys.argv[1]))
    """
    path = tmp_path / "report.xlsx"
    command = [sys.executable, "-c", textwrap.dedent(program), str(path)]
    runs = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]  # noqa: S603 - ours
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert path.read_bytes() == render(everything())
    assert files_beside(path) == set()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("nothing", ""),
        ("empty", ""),
        ("full", "the folder is not empty; name a new one, or empty it"),
        ("full/file", "is there and is no folder; name a new one"),
        ("link", "is there and is no folder; name a new one"),
        ("dangling", "is there and is no folder; name a new one"),
        (".", "is the folder you are in; name a new one"),
    ],
)
def test_a_new_folder_takes_no_place_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, told: str
) -> None:
    for folder in ("empty", "full"):
        (tmp_path / folder).mkdir()
    (tmp_path / "full/file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    monkeypatch.chdir(tmp_path)
    if not told:
        require_free(tmp_path / place)
        return
    with pytest.raises(OutputError) as caught:
        require_free(tmp_path / place)
    assert str(caught.value) == f"{tmp_path / place}: {told}"
