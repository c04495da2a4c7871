"""Answers of the services that figures come from: politely asked, under limits, as they came.

Only HTTPS, only hosts of this list, redirects within it alone. What is asked for is written into
the program: neither an answer nor an environment variable changes an address.
"""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import IO, TYPE_CHECKING, Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from reportgen.errors import ReportgenError
from reportgen.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPMessage

SEC, SEC_ARCHIVES, ECB = "data.sec.gov", "www.sec.gov", "www.ecb.europa.eu"
HOSTS = frozenset({SEC, SEC_ARCHIVES, ECB})
LARGEST = 64 * 1024**2  # bytes of an answer, unpacked
SECONDS = 60.0  # that a service may be silent
TRIES = 3
_WAITS = (2.0, 8.0)  # seconds before the second try and the third
_A_SECOND = 5  # requests to one host; the SEC allows 10
_CHUNK = 1024 * 1024
_TOO_MANY, _SERVER_ERRORS, _GOOD = 429, range(500, 600), range(200, 300)
_GZIP = 31  # what zlib calls it


class Open(Protocol):
    """What opens a request, as the opener of urllib does."""

    def __call__(self, request: Request, *, timeout: float) -> IO[bytes]:
        """Return the answer, whose headers it has."""


class WebError(ReportgenError):
    """An answer did not come, or not as it should."""


class _WithinHosts(HTTPRedirectHandler):
    """Follows redirects to the hosts of the list alone."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        require_known(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def require_known(address: str) -> None:
    """Raise WebError unless an address is an HTTPS one of a host of the list."""
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname not in HOSTS or parts.username or parts.port:
        raise WebError(f"{address}: is not one of the addresses that are asked")


def _opened(request: Request, *, timeout: float) -> IO[bytes]:
    opener = build_opener(_WithinHosts)
    answer: IO[bytes] = opener.open(request, timeout=timeout)
    return answer


@dataclass
class Web:
    """The services, as one user of them: `contact` is a name and an address to write to.

    `open`, `now` and `sleep` stand for the net and the clock.
    """

    contact: str
    open: Open = _opened
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)

    def get(self, address: str) -> bytes:
        """Return the answer to an address, unpacked.

        A service that is busy or silent is asked again, three times in all. Raises WebError.
        """
        require_known(address)
        return patiently(lambda: self._answer(address), address, self.sleep)

    def _answer(self, address: str) -> bytes:
        host = urlsplit(address).hostname or ""
        early = self._last.get(host, -1.0) + 1 / _A_SECOND - self.now()
        if early > 0:
            self.sleep(early)
        self._last[host] = self.now()
        headers = {"User-Agent": f"{self.contact} reportgen/{__version__}"}
        request = Request(address, headers=headers | {"Accept-Encoding": "gzip"})  # noqa: S310 - HTTPS
        try:
            with self.open(request, timeout=SECONDS) as answer:
                return _read(answer, address)
        except HTTPError as error:
            require_good(error.code, error.reason, address)
            raise AssertionError from error  # it would be none
        except TimeoutError:
            raise BusyError(f"was silent for {SECONDS:g} seconds") from None
        except HTTPException as error:
            raise BusyError(f"broke off: {type(error).__name__}") from None
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise BusyError(f"was silent for {SECONDS:g} seconds") from None
            raise WebError(f"{address}: cannot be reached: {reason}") from None


class BusyError(Exception):
    """A service did not answer this time."""


def patiently(ask: Callable[[], bytes], address: str, sleep: Callable[[float], None]) -> bytes:
    """Return what is answered; who is busy is asked three times in all, ever later.

    Raises WebError where that was not enough.
    """
    for wait in (*_WAITS, None):
        try:
            return ask()
        except BusyError as busy:
            if wait is None:
                raise WebError(f"{address}: {busy}, {TRIES} times; try again later") from None
            sleep(wait)
    raise AssertionError  # the last try returns or raises


def require_good(status: int, reason: str, address: str) -> None:
    """Raise BusyError or WebError unless the status of an answer is good."""
    if status == _TOO_MANY or status in _SERVER_ERRORS:
        raise BusyError(f"answered {status}")
    if status not in _GOOD:
        raise WebError(f"{address}: answered {status} {reason}".rstrip())


def _read(answer: IO[bytes], address: str) -> bytes:
    """Return the body of an answer. Raises WebError where it is too large or torn."""
    headers: Any = getattr(answer, "headers", {})
    unpacker = zlib.decompressobj(_GZIP) if headers.get("Content-Encoding") == "gzip" else None
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read(_CHUNK):
        try:
            part = chunk if unpacker is None else unpacker.decompress(chunk, LARGEST + 1 - size)
        except zlib.error:
            raise WebError(f"{address}: answered what cannot be unpacked") from None
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise WebError(f"{address}: answered more than {LARGEST // 1024**2} MiB")
    length = headers.get("Content-Length")
    if unpacker is None and length and length.isdecimal() and int(length) != size:
        raise BusyError("broke off")
    if unpacker is not None and not unpacker.eof:
        raise BusyError("broke off")
    return b"".join(parts)
