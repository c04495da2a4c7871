"""An object store on this machine, for tests: python -m tests.runs.buckets

It prints the address of the store, and lasts until its input ends. What a bucket begins with says
how it answers: `denied` refuses everything, `heedless` takes no notice of put-if-absent, `unable`
does not know it. A bucket is made by the first that is asked of it; `absent` is none.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "somebody",
    "AWS_SECRET_ACCESS_KEY": "of-nothing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
_REFUSAL = "<Error><Code>{}</Code><Message>as a test wants it</Message></Error>"


@contextmanager
def bucket_server() -> Iterator[str]:
    """Have a store inside, by its address; the calling test is skipped where moto is missing."""
    for module in ("s3fs", "moto", "flask_cors"):
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed; make .venv/extras installs it")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.runs.buckets"],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a line a request
        text=True,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


def _answering(
    application: Callable[..., Iterable[bytes]],
    backend: Any,  # noqa: ANN401 - untyped
) -> Callable[..., Iterable[bytes]]:
    """Wrap a store, so that buckets answer by their names."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        bucket = environ["PATH_INFO"].split("/")[1]
        if not bucket.startswith("absent") and bucket not in backend.buckets:
            backend.create_bucket(bucket, "us-east-1")
        if bucket.startswith("heedless"):
            environ.pop("HTTP_IF_NONE_MATCH", None)
        refusal = ""
        if bucket.startswith("denied"):
            refusal = "AccessDenied"
        elif bucket.startswith("unable") and "HTTP_IF_NONE_MATCH" in environ:
            refusal = "NotImplemented"
        if refusal:
            status = "403 Forbidden" if refusal == "AccessDenied" else "501 Not Implemented"
            start(status, [("Content-Type", "application/xml")])
            return [_REFUSAL.format(refusal).encode()]
        return application(environ, start)

    return answer


def _main() -> None:
    from moto.core import DEFAULT_ACCOUNT_ID  # noqa: PLC0415 - not installed everywhere
    from moto.s3.models import s3_backends  # noqa: PLC0415 - as above
    from moto.server import (  # noqa: PLC0415 - as above
        DomainDispatcherApplication,
        create_backend_app,
    )
    from werkzeug.serving import make_server  # noqa: PLC0415 - as above

    store = _answering(
        DomainDispatcherApplication(create_backend_app), s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
    )
    server = make_server("127.0.0.1", 0, store, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201 - who started it reads it
    sys.stdin.read()


if __name__ == "__main__":
    _main()
