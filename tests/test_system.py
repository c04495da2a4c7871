"""What only Unix has stands in one module, and the program works without it."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import threading
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
