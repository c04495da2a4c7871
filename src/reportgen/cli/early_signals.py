"""Requests to end while the program is being loaded: one line, and the end.

Nothing is to be put away yet, and an error raised in the middle of an import may come out as any
other. This is loaded before all else of the program and needs nothing but what is there anyway.
Until then, while Python starts itself, Python hears: it may print a traceback of its own.
"""

import os

try:
    # What `signal` stands on, without the milliseconds that it takes; known to no type checker
    import _signal as signal  # type: ignore[import-not-found]
except ImportError:
    import signal

ASKED_TO_END = (signal.SIGINT, signal.SIGTERM)
TOLD = "Interrupted: nothing was left half-written."
BEYOND_SIGNAL = 128  # what shells add to a signal's number for the status of who was ended by it


def end(number: int, frame: object) -> None:
    """Say so and end the process; as a handler of signals."""
    del frame
    try:  # noqa: SIM105 - contextlib would have to be loaded first
        os.write(2, f"{TOLD}\n".encode())
    except OSError:  # nobody listens
        pass
    os._exit(BEYOND_SIGNAL + number)


def heard_at_once() -> None:
    """From now on a request to end is one line and the end."""
    for number in ASKED_TO_END:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as for what a shell puts behind
            signal.signal(number, end)
