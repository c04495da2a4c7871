"""Ctrl-C and requests to end while a command runs: what was begun is put away on the way out.

As with `early_signals`, that is one line, and the status that shells know.
"""

from __future__ import annotations

import math
import signal
import sys
from contextlib import contextmanager
from threading import Timer, current_thread, get_ident, main_thread
from time import monotonic
from typing import TYPE_CHECKING

from reportgen.cli.early_signals import ASKED_TO_END, end
from reportgen.errors import AskedToEnd
from reportgen.system import signal_thread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_PUTTING_AWAY = 10.0  # seconds in which a further signal is the same one: `timeout` sends two
_AFTER_THAT = 0.02  # seconds: until the finaliser has ended


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
            signal.signal(number, signal.SIG_IGN if handler is end else handler)
        sys.unraisablehook = hook
