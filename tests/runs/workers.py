"""What workers are given to do in tests: work that goes well, and every way it can go wrong."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import NamedTuple


class Chore(NamedTuple):
    """Something to do: its name, and a folder where it may leave a mark."""

    name: str
    folder: str = ""


def done(chore: Chore) -> str:
    """Do a chore, by its name."""
    return {
        "be told to end": _end,
        "crash": _crash,
        "fail": _fail,
        "forget": _forget,
        "killed once": _killed_once,
        "loop": _loop,
        "sleep": _sleep,
    }.get(chore.name, _well)(chore)


def lost(chore: Chore, why: str) -> str:
    """What becomes of a chore that cost its worker."""
    return f"{chore.name} lost: {why}"


def _well(chore: Chore) -> str:
    return f"{chore.name} done"


def _fail(chore: Chore) -> str:
    raise KeyError(chore.name)


def _crash(chore: Chore) -> str:
    del chore
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def _end(chore: Chore) -> str:
    del chore
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)
    return "never"


def _killed_once(chore: Chore) -> str:
    mark = Path(chore.folder, "killed")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"{chore.name} done"


def _forget(chore: Chore) -> str:
    del chore
    return f"{len(bytearray(1024**4))} bytes"


def _loop(chore: Chore) -> str:
    while chore:
        pass
    return "never"


def _sleep(chore: Chore) -> str:
    Path(chore.folder, "asleep").touch()
    while True:
        time.sleep(0.1)
