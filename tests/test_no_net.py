"""That no test reaches the net holds, and is seen to hold."""

from __future__ import annotations

import socket
import urllib.request
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from reportgen.intake.web import SEC, Web
from tests.conftest import pytest_runtest_call
from tests.support.no_net import REACHED, ReachedNetError, is_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOWHERE = "192.0.2.1"  # kept for documents: nobody has it
SIX = "2001:db8::1"


def _six() -> None:
    with socket.socket(socket.AF_INET6) as one:
        one.connect((SIX, 9, 0, 0))


def _datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", (NOWHERE, 9))


@pytest.fixture
def refused() -> Iterator[list[str]]:
    """What was refused, which is meant here and fails no test."""
    yield REACHED
    REACHED.clear()


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection((NOWHERE, 9), timeout=0.1),
        lambda: socket.create_connection(("example.com", 443), timeout=0.1),
        lambda: socket.getaddrinfo("example.com", 443),
        lambda: socket.gethostbyname("example.com"),
        lambda: urllib.request.urlopen("http://example.com", timeout=0.1),
        lambda: Web("Acme jane@acme.example").get(f"https://{SEC}/submissions/CIK1.json"),
        _six,
        _datagram,
    ],
)
def test_whatever_reaches_for_the_net_is_refused(
    reach: Callable[[], object], refused: list[str]
) -> None:
    with pytest.raises(ReachedNetError):
        reach()
    assert len(refused) == 1
    refused.clear()


def test_who_takes_the_refusal_well_fails_all_the_same(refused: list[str]) -> None:
    running = pytest_runtest_call()
    next(running)
    with suppress(ReachedNetError):
        socket.getaddrinfo("example.com", 443)
    with pytest.raises(pytest.fail.Exception, match=r"net: socket.getaddrinfo 'example.com'"):
        next(running)
    refused.clear()


def test_loopback_is_no_net() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        client.sendall(b"x")
    assert REACHED == []


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("localhost", True), ("", True),
        (b"127.0.0.1", True), ("8.8.8.8", False), ("::", False),
        ("localhost.example.com", False), ("127.0.0.1.example.com", False),
    ],
)  # fmt: skip
def test_only_loopback_is_here(host: object, here: bool) -> None:  # noqa: FBT001 - a case
    assert is_here(host) is here
