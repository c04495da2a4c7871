"""What only Unix has stands in one module, and the program works without it."""

from __future__ import annotations

import ast
import errno
import os
import resource
import signal
import subprocess
import sys
import threading
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

import pytest

from reportgen import system
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCE = REPOSITORY / "src/reportgen"
UNIX_MODULES = {
    "crypt",
    "fcntl",
    "grp",
    "posix",
    "pty",
    "pwd",
    "resource",
    "syslog",
    "termios",
    "tty",
}
UNIX_NAMES = {
    "os": {
        *("O_ASYNC", "O_CLOEXEC", "O_DIRECTORY", "O_DSYNC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK"),
        *("O_SYNC", "WNOHANG", "chown", "chroot", "fchmod", "fchown", "fork", "forkpty", "getegid"),
        *("geteuid", "getgid", "getgroups", "getloadavg", "getpgid", "getpriority", "getuid"),
        *("killpg", "lchown", "major", "mkfifo", "mknod", "nice", "openpty", "pathconf", "pread"),
        *("pwrite", "sched_getaffinity", "sendfile", "setgid", "setpgid", "setpriority", "setsid"),
        *("setuid", "statvfs", "sync", "sysconf", "uname", "wait", "wait3", "wait4"),
    },
    "signal": {
        *("ITIMER_PROF", "ITIMER_REAL", "SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE"),
        *(
            "SIGPROF",
            "SIGQUIT",
            "SIGUSR1",
            "SIGUSR2",
            "SIGXCPU",
            "alarm",
            "pause",
            "pthread_kill",
            "pthread_sigmask",
        ),
        *("setitimer", "siginterrupt", "sigwait"),
    },
}
# What subprocess and filelock themselves call on this system
NEEDED = {"O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "SIGCHLD", "SIGKILL", "WNOHANG"}
WITHOUT = f"""
import os, signal, sys
for name in {sorted(UNIX_MODULES - {"posix"})}:
    sys.modules[name] = None
for module in (os, signal):
    for name in {sorted(set.union(*UNIX_NAMES.values()) - NEEDED)}:
        if hasattr(module, name):
            delattr(module, name)
"""
# The processes that read files are without them, too.
PROGRAM = """
import sys
without = sys.argv.pop(1)
import click, filelock, jinja2, numpy, rich, ruamel.yaml, xlsxwriter
exec(without)
from reportgen.xlsx.reader import process
process._BOOT = without + process._BOOT
from reportgen.cli import main
main()
"""


def unix_only(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in UNIX_MODULES)
        elif isinstance(node, ast.ImportFrom):
            names = UNIX_NAMES.get(node.module or "", set())
            yield from (alias.name for alias in node.names if alias.name in names)
            yield from {node.module or ""} & UNIX_MODULES
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from {node.attr} & UNIX_NAMES.get(node.value.id, set())
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from {node.value} & set.union(*UNIX_NAMES.values())


def test_what_only_unix_has_stands_in_one_module() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if list(unix_only(ast.parse(path.read_text())))
    }
    assert found == {"system.py"}


def without_unix(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", PROGRAM, WITHOUT, *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_program_works_without_what_only_unix_has(tmp_path: Path) -> None:
    inputs = REPOSITORY / "tests/packs/bank/inputs"
    pack = ("HSBA.L", "--inputs", inputs)
    for day in ("2025-10-31", "2025-11-30"):
        built = without_unix("build", *pack, "--as-of", day, "--outputs", tmp_path)
        assert (built.returncode, built.stderr) == (0, "")
    old, new = sorted(tmp_path.rglob("HSBA.L-*.xlsx"))
    told = without_unix("diff", old, new)
    assert (told.returncode, told.stderr) == (1, "")
    assert "Bull" in told.stdout
    reviewed = without_unix("review", new, "--inputs", inputs, "--outputs", tmp_path)
    assert (reviewed.returncode, reviewed.stderr) == (0, "")
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(new.read_bytes()[:5_000])
    refused = without_unix("diff", old, bad)
    assert refused.returncode == 2
    assert "cut off" in refused.stderr


def test_a_program_is_stopped_where_its_children_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    if hasattr(os, "killpg"):
        monkeypatch.delattr("os.killpg")
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        system.stop_with_children(process)
    assert process.returncode


def test_a_signal_is_heard_where_no_thread_can_be_sent_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("signal.pthread_kill", raising=False)
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: heard.append(number))
    system.signal_thread(threading.get_ident(), signal.SIGTERM)
    signal.signal(signal.SIGTERM, before)
    assert heard == [signal.SIGTERM]


@pytest.mark.parametrize("without", ["", "os.O_NOFOLLOW"])
def test_a_link_is_refused_by_whoever_may_not_follow_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    if without:
        monkeypatch.delattr(without, raising=False)
    (tmp_path / "a.txt").write_text("a")
    link = tmp_path / "link.txt"
    link.symlink_to("a.txt")
    with os.fdopen(system.open_to_read(link), "rb") as file:
        assert file.read() == b"a"
    for opened in (partial(system.open_to_read, follow=False), system.open_in_place):
        with pytest.raises(OSError, match="symbolic links"):
            opened(link)
        os.close(opened(tmp_path / "a.txt"))


def test_a_file_is_opened_where_pipes_cannot_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("os.O_NONBLOCK", raising=False)
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\r\n\x1ab")
    with os.fdopen(system.open_to_read(path), "rb") as file:
        assert file.read() == b"a\r\n\x1ab"


# --- each of them here ---
def test_rights_are_given_by_name_where_there_is_no_other_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[object, int]] = []
    monkeypatch.setattr("os.chmod", lambda where, rights: given.append((where, rights)))
    for known in ({os.chmod}, set[object]()):
        monkeypatch.setattr("os.supports_fd", known)
        system.set_rights(7, tmp_path, 0o640)
    assert given == [(7, 0o640), (tmp_path, 0o640)]


@pytest.mark.parametrize(
    ("number", "told"), [(errno.EINVAL, None), (errno.ENOTSUP, None), (errno.EIO, "output error")]
)
def test_a_folder_that_cannot_be_flushed_is_no_mistake_and_a_full_disk_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str | None
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    system.flush_folder(tmp_path)
    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match=told) if told else nullcontext():
        system.flush_folder(tmp_path)


class Limits:
    """Stands for the module `resource`; `hard` are the limits that nobody may raise."""

    RLIM_INFINITY = -1
    RLIMIT_AS, RLIMIT_FSIZE, RLIMIT_CORE, RLIMIT_CPU = "memory", "files", "core", "seconds"

    def __init__(self, **hard: int) -> None:
        self.hard, self.set = hard, dict[str, tuple[int, int]]()

    def getrlimit(self, what: str) -> tuple[int, int]:
        return 0, self.hard.get(what, self.RLIM_INFINITY)

    def setrlimit(self, what: str, limits: tuple[int, int]) -> None:
        self.set[what] = limits


def test_an_allowance_bounds_what_a_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(memory=500, files=7, seconds=3)
    monkeypatch.setattr(system, "resource", limits)
    allowance = system.Allowance(1000, 1.2)
    assert limits.set == {
        "memory": (500, 500),
        "files": (0, 7),
        "core": (0, -1),
        "seconds": (2, 3),
    }
    allowance.allow_seconds(9)
    assert limits.set["seconds"] == (3, 3)
    wide = Limits(memory=5000)
    monkeypatch.setattr(system, "resource", wide)
    system.limit_memory(1000)
    assert wide.set == {"memory": (1000, 5000), "core": (0, -1)}


def test_a_limit_that_the_system_does_not_have_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits()
    monkeypatch.setattr(system, "resource", limits)
    monkeypatch.delattr(Limits, "RLIMIT_AS")
    system.limit_memory(1000)
    assert limits.set == {"core": (0, -1)}
    monkeypatch.setattr(system, "resource", None)
    system.limit_memory(1000)
    with system.limit_computing(1, ValueError):
        pass


def test_computing_is_limited_inside_and_as_before_outside() -> None:
    before = resource.getrlimit(resource.RLIMIT_CPU), signal.getsignal(signal.SIGXCPU)
    with system.limit_computing(1e6 + 0.5, KeyError):
        assert resource.getrlimit(resource.RLIMIT_CPU)[0] == 1_000_001
        with pytest.raises(KeyError):
            signal.raise_signal(signal.SIGXCPU)
    assert before == (resource.getrlimit(resource.RLIMIT_CPU), signal.getsignal(signal.SIGXCPU))


@pytest.mark.parametrize(
    ("status", "ran_out"),
    [(152, True), (-signal.SIGXCPU, True), (0, False), (1, False), (-9, False)],
)
def test_who_ran_out_of_seconds_is_known_by_the_status(status: int, *, ran_out: bool) -> None:
    assert system.ran_out_of_seconds(status) is ran_out


def test_processors_are_those_that_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 2, 5}, raising=False)
    assert system.cores() == 3
    monkeypatch.delattr("os.sched_getaffinity")
    for counted, expected in ((5, 5), (None, 1)):
        monkeypatch.setattr("os.cpu_count", lambda counted=counted: counted)
        assert system.cores() == expected


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_afterwards_as_it_was(
    monkeypatch: pytest.MonkeyPatch, *, enabled: bool
) -> None:
    done: list[str] = []
    for name in ("enable", "disable"):
        monkeypatch.setattr(f"gc.{name}", lambda name=name: done.append(name))
    monkeypatch.setattr("gc.isenabled", lambda: enabled)
    with system.paused_collector():
        assert done == ["disable"]
    assert done == ["disable", *["enable"] * enabled]


def test_signals_wait_until_steps_that_belong_together_are_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, _: heard.append(number))
    with system.signals_held_back(signal.SIGUSR1):
        signal.raise_signal(signal.SIGUSR1)
        assert not heard
    assert heard == [signal.SIGUSR1]
    monkeypatch.delattr("signal.pthread_sigmask")
    with system.signals_held_back(signal.SIGUSR1):
        signal.raise_signal(signal.SIGUSR1)
        assert heard == [signal.SIGUSR1] * 2
    signal.signal(signal.SIGUSR1, before)
