"""No test reaches the net: whatever Python opens but loopback is refused, and fails the test.

A hook of the interpreter hears of it, so that nothing can be patched around it. What a library
opens past Python is taken away by `scripts/without-net`, which `make test` runs under.
"""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

_TO_ADDRESSES = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_BY_NAMES = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_HERE = frozenset({None, "", "localhost", b"localhost"})
REACHED: list[str] = []  # since the test began


class ReachedNetError(BaseException):
    """Past what code under test may catch."""


def refuse() -> None:
    """From now on, and for as long as this process lives, refuse whatever is not loopback."""
    sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket.") and not is_here(where := _host(event, arguments)):
        REACHED.append(f"{event} {where!r}")
        raise ReachedNetError(REACHED[-1])


def _host(event: str, arguments: tuple[Any, ...]) -> object:
    """The host that an event means, None for none: an address of AF_UNIX is a path."""
    if event in _TO_ADDRESSES:
        return arguments[1][0] if isinstance(arguments[1], tuple) else None
    return arguments[0] if event in _BY_NAMES else None


def is_here(host: object) -> bool:
    """Whether a host is this machine, by an address that needs no asking."""
    if host in _HERE:
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback  # type: ignore[arg-type]
    except ValueError:
        return False
