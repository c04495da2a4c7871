"""Services are asked politely, their answers read under limits, as a server of our own has it."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager
from http.client import HTTPMessage, IncompleteRead
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import IO, TYPE_CHECKING, ClassVar
from urllib.error import URLError
from urllib.request import Request, build_opener

import pytest

from reportgen.intake import web
from reportgen.intake.web import (
    TRIES,
    BusyError,
    Web,
    WebError,
    _WithinHosts,
    require_good,
    require_known,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = f"https://{web.SEC}/submissions/CIK0000999999.json"
CONTACT = "Acme Research jane@acme.example"


class _Server(ThreadingHTTPServer):
    """Answers one request after the other as it is told, the last way from then on."""

    answers: ClassVar[list[tuple[int, dict[str, str], bytes]]] = []
    asked: ClassVar[list[tuple[str, str]]] = []


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        _Server.asked.append((self.path, self.headers["User-Agent"]))
        status, headers, body = _Server.answers[0]
        if len(_Server.answers) > 1:
            del _Server.answers[0]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:  # type: ignore[override]
        """Say nothing."""


@contextmanager
def served(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[tuple[Web, list[float]]]:
    """A user of a server that answers so, whose waits are noted and not waited."""
    server = _Server(("127.0.0.1", 0), _Handler)
    _Server.answers, _Server.asked = list(answers), []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

    def opened(request: Request, *, timeout: float) -> IO[bytes]:
        local = request.full_url.replace(f"https://{web.SEC}", f"http://127.0.0.1:{port}")
        answer: IO[bytes] = build_opener().open(
            Request(local, headers=dict(request.header_items())),  # noqa: S310 - our own
            timeout=timeout,
        )
        return answer

    port = server.server_address[1]
    waits: list[float] = []
    try:
        yield Web(CONTACT, opened, lambda: 100.0 * len(_Server.asked), waits.append), waits
    finally:
        server.shutdown()
        server.server_close()


def test_an_answer_comes_as_it_is_and_the_contact_is_told() -> None:
    with served((200, {}, b'{"cik": 1}')) as (user, waits):
        assert user.get(ADDRESS) == b'{"cik": 1}'
    ((path, agent),) = _Server.asked
    assert path == "/submissions/CIK0000999999.json"
    assert agent.startswith(f"{CONTACT} reportgen/")
    assert waits == []


def test_a_packed_answer_is_unpacked() -> None:
    with served((200, {"Content-Encoding": "gzip"}, gzip.compress(b"much"))) as (user, _):
        assert user.get(ADDRESS) == b"much"


@pytest.mark.parametrize(
    "first",
    [
        (429, {}, b""),
        (503, {}, b""),
        (200, {"Content-Length": "99"}, b"cut"),
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"cut")[:-9]),
    ],
)
def test_a_busy_or_torn_answer_is_asked_for_again(first: tuple[int, dict[str, str], bytes]) -> None:
    with served(first, (200, {}, b"whole")) as (user, waits):
        assert user.get(ADDRESS) == b"whole"
    assert waits == [2.0]


def test_who_stays_busy_is_asked_three_times_and_told() -> None:
    told = f"answered 503, {TRIES} times; try again later"
    with served((503, {}, b"")) as (user, waits), pytest.raises(WebError, match=told):
        user.get(ADDRESS)
    assert (len(_Server.asked), waits) == (TRIES, [2.0, 8.0])


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((404, {}, b""), "answered 404"),
        ((403, {}, b""), "answered 403"),
        ((200, {"Content-Encoding": "gzip"}, b"plain"), "cannot be unpacked"),
    ],
)
def test_what_will_not_come_is_told_at_once(
    answer: tuple[int, dict[str, str], bytes], told: str
) -> None:
    with served(answer) as (user, _), pytest.raises(WebError, match=told):
        user.get(ADDRESS)
    assert len(_Server.asked) == 1


def test_an_answer_that_unpacks_to_too_much_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LARGEST", 1000)
    bomb = gzip.compress(b"0" * 100_000)
    packed = (200, {"Content-Encoding": "gzip"}, bomb)
    with served(packed) as (user, _), pytest.raises(WebError, match="answered more than"):
        user.get(ADDRESS)


def test_a_service_that_is_not_there_is_told() -> None:
    def gone(_: Request, *, timeout: float) -> IO[bytes]:
        raise ConnectionRefusedError(111, f"Connection refused within {timeout:g} s")

    with pytest.raises(WebError, match="cannot be reached"):
        Web(CONTACT, gone).get(ADDRESS)


def test_a_silent_service_is_asked_again() -> None:
    waits: list[float] = []

    def silent(_: Request, *, timeout: float) -> IO[bytes]:
        raise TimeoutError(timeout)

    with pytest.raises(WebError, match="silent for 60 seconds, 3 times"):
        Web(CONTACT, silent, lambda: 0.0, waits.append).get(ADDRESS)


@pytest.mark.parametrize(
    "address",
    [
        "http://data.sec.gov/x",
        "https://data.sec.gov.example/x",
        "https://example.com/",
        "https://me:secret@data.sec.gov/x",
        "https://data.sec.gov:8443/x",
        "file:///etc/passwd",
        "ftp://data.sec.gov/x",
    ],
)
def test_only_the_addresses_of_the_list_are_asked(address: str) -> None:
    with pytest.raises(WebError, match="not one of the addresses"):
        require_known(address)


def test_requests_to_one_host_keep_their_distance() -> None:
    clock = iter([10.0, 10.0, 10.05, 10.2])
    waits: list[float] = []
    with served((200, {}, b"x")) as (user, _):
        user.now, user.sleep = lambda: next(clock), waits.append
        user.get(ADDRESS)
        user.get(ADDRESS)
    assert waits == [pytest.approx(0.15)]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (IncompleteRead(b""), "broke off: IncompleteRead, 3 times"),
        (URLError(TimeoutError()), "was silent for 60 seconds, 3 times"),
        (URLError("no route"), "cannot be reached: no route"),
        (OSError(5, "torn"), "cannot be reached: [Errno 5] torn"),
    ],
)
def test_what_goes_wrong_on_the_way_is_told(error: Exception, told: str) -> None:
    def broken(_: Request, *, timeout: float) -> IO[bytes]:
        del timeout
        raise error

    with pytest.raises(WebError) as raised:
        Web(CONTACT, broken, lambda: 0.0, lambda _: None).get(ADDRESS)
    assert told in str(raised.value)


def test_a_status_is_good_busy_or_neither() -> None:
    for status in (200, 299):
        require_good(status, "", ADDRESS)
    for status in (429, 500, 599):
        with pytest.raises(BusyError, match=f"answered {status}"):
            require_good(status, "", ADDRESS)
    for status in (199, 300, 428, 430, 499, 600):
        with pytest.raises(WebError, match=f"json: answered {status} So$"):
            require_good(status, "So", ADDRESS)


def test_a_redirect_is_followed_within_the_list_alone() -> None:
    def redirected(address: str) -> Request | None:
        asked = Request(ADDRESS)
        return _WithinHosts().redirect_request(asked, BytesIO(), 302, "", HTTPMessage(), address)

    found = redirected(f"https://{web.SEC_ARCHIVES}/there")
    assert found is not None
    assert found.full_url == f"https://{web.SEC_ARCHIVES}/there"
    with pytest.raises(WebError, match="not one of the addresses"):
        redirected("https://example.com/there")


def test_an_answer_may_be_as_large_as_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LARGEST", 1000)
    zipped = {"Content-Encoding": "gzip"}
    for size in (1000, 1001):
        for headers, body in (({}, b"0" * size), (zipped, gzip.compress(b"0" * size))):
            with served((200, headers, body)) as (user, _):
                if size == 1000:
                    assert len(user.get(ADDRESS)) == size
                else:
                    with pytest.raises(WebError, match="answered more than"):
                        user.get(ADDRESS)
