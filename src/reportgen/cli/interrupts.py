"""Ctrl-C and requests to end, at whatever moment: one line, and the status that shells know.

While the program is being loaded there is nothing to put away, and an error raised in the middle of
an import may come out as any other: the process ends at once. Later what was begun is put away.
"""

from __future__ import annotations

import math
import os
import signal
import sys
from contextlib import contextmanager, suppress
from threading import Timer, current_thread, get_ident, main_thread
from time import monotonic
from typing import TYPE_CHECKING, Never

from reportgen.errors import AskedToEnd
from reportgen.system import signal_thread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ASKED_TO_END = (signal.SIGINT, signal.SIGTERM)
TOLD = "Interrupted: nothing was left half-written."
_PUTTING_AWAY = 10.0  # seconds in which a further signal is the same one: `timeout` sends two
_AFTER_THAT = 0.02  # seconds: until the finaliser has ended


def heard_at_once() -> None:
    """From now on a request to end is one line and the end."""
    for number in ASKED_TO_END:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as for what a shell puts behind
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> Never:
    del frame
    with suppress(OSError):
        os.write(2, f"{TOLD}\n".encode())
    os._exit(AskedToEnd(number).status)


class Ear:
    """Hears requests to end: the first is raised where the program is, and is `heard`."""

    def __init__(self) -> None:
        """Nothing was heard by this thread."""
        self.heard: AskedToEnd | None = None
        self._thread = get_ident()
        self._since, self._number = -math.inf, 0

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Raise AskedToEnd, unless that was done a moment ago."""
        del frame
        if monotonic() - self._since >= _PUTTING_AWAY:
            self.heard, self._since, self._number = AskedToEnd(number), monotonic(), number
            raise self.heard

    def missed(self, lost: sys.UnraisableHookArgs) -> bool:
        """Raise once more what was raised where nothing can be, such as in a finaliser."""
        is_ours = issubclass(lost.exc_type, AskedToEnd)
        if is_ours:
            self._since = -math.inf
            # A timer's own signal would reach its own thread, while the main one goes on waiting
            again = Timer(_AFTER_THAT, signal_thread, [self._thread, self._number])
            again.daemon = True
            again.start()
        return is_ours


@contextmanager
def heard_tidily() -> Iterator[Ear]:
    """Inside, a request to end is raised, so that what was begun is put away on the way out."""
    ear = Ear()
    if current_thread() is not main_thread():  # only there may signals be handled
        yield ear
        return
    numbers = [one for one in ASKED_TO_END if signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, ear) for number in numbers}
    hook = sys.unraisablehook

    def missed(lost: sys.UnraisableHookArgs) -> None:
        if not ear.missed(lost):
            hook(lost)

    sys.unraisablehook = missed
    try:
        yield ear
    finally:
        for number, handler in before.items():
            # Where this was the program nothing is left to put away, and its status is known
            signal.signal(number, signal.SIG_IGN if handler is _end else handler)
        sys.unraisablehook = hook
