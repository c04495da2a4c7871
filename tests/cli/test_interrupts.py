"""Requests to end: the first is raised, what follows in a moment is the same one."""

from __future__ import annotations

import signal
import sys
from threading import Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.cli import interrupts
from reportgen.cli.early_signals import end
from reportgen.cli.interrupts import Ear, heard_tidily
from reportgen.errors import AskedToEnd

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The clock of the module, set by hand."""
    at = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(interrupts, "monotonic", lambda: at.now)
    return at


def hears(ear: Ear, number: int) -> bool:
    """Whether a signal is raised."""
    try:
        ear(number, None)
    except AskedToEnd:
        return True
    return False


def test_a_signal_is_raised_once_in_ten_seconds(clock: SimpleNamespace) -> None:
    ear = Ear()
    assert ear.heard is None
    found = []
    for now in (5.0, 5.0, 14.9, 15.0, 24.0, 25.0):
        clock.now = now
        found.append(hears(ear, signal.SIGTERM))
    assert found == [True, False, False, True, False, True]
    assert ear.heard is not None
    assert ear.heard.status == 143


def test_what_is_raised_where_nothing_can_be_is_sent_once_more(
    clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Any] = []

    class Timer:
        daemon = False

        def __init__(self, *said: object) -> None:
            self.said = said

        def start(self) -> None:
            begun.append(self)

    monkeypatch.setattr(interrupts, "Timer", Timer)
    monkeypatch.setattr(interrupts, "get_ident", lambda: 77)
    ear = Ear()
    assert hears(ear, signal.SIGINT)
    assert not ear.missed(SimpleNamespace(exc_type=ValueError))  # type: ignore[arg-type]
    assert (begun, hears(ear, signal.SIGINT)) == ([], False)
    assert ear.missed(SimpleNamespace(exc_type=AskedToEnd))  # type: ignore[arg-type]
    (again,) = begun
    assert (again.daemon, again.said) == (True, (0.02, interrupts.signal_thread, [77, 2]))
    assert hears(ear, signal.SIGINT)  # however soon it comes
    assert clock.now == 1000.0


@pytest.fixture
def handlers() -> Iterator[None]:
    """Whatever handles signals here is as it was afterwards."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before, hook = [signal.getsignal(number) for number in numbers], sys.unraisablehook
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)
    sys.unraisablehook = hook


@pytest.mark.usefixtures("handlers")
def test_signals_are_heard_inside_and_handled_as_before_outside() -> None:
    own, hook = signal.default_int_handler, sys.unraisablehook
    signal.signal(signal.SIGINT, own)
    signal.signal(signal.SIGTERM, end)  # this was the program: nothing is left to put away
    with heard_tidily() as ear:
        assert {signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)} == {ear}
        assert sys.unraisablehook is not hook
    assert signal.getsignal(signal.SIGINT) is own
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    assert sys.unraisablehook is hook
    with heard_tidily() as ear:  # what is not to be heard stays so
        assert signal.getsignal(signal.SIGINT) is ear
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


@pytest.mark.usefixtures("handlers")
def test_what_is_lost_and_is_no_request_goes_on_to_who_heard_before() -> None:
    lost: list[Any] = []
    sys.unraisablehook = lost.append
    with heard_tidily() as ear:
        ear.missed = lambda one: one.exc_type is AskedToEnd  # type: ignore[method-assign]
        for kind in (ValueError, AskedToEnd):
            sys.unraisablehook(SimpleNamespace(exc_type=kind))  # type: ignore[arg-type]
    assert [one.exc_type for one in lost] == [ValueError]


def test_a_thread_that_may_handle_no_signals_leaves_them() -> None:
    found: list[object] = []

    def inside() -> None:
        with heard_tidily() as ear:
            found.append(signal.getsignal(signal.SIGINT) is ear)

    thread = Thread(target=inside)
    thread.start()
    thread.join()
    assert found == [False]
