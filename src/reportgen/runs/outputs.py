"""Outputs at hand while a command is at work: a folder as it is, a bucket as a mirror of it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.resources import is_url
from reportgen.runs.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def place_of(outputs: str | os.PathLike[str]) -> Iterator[Place]:
    """Have outputs at hand inside: a folder as it is, `s3://BUCKET/PREFIX` as a mirror of it.

    Raises ReportgenError for any other URL, and for a bucket that cannot be used.
    """
    if is_url(outputs):
        from reportgen.runs.bucket import bucket  # noqa: PLC0415 - few outputs are in one

        with bucket(os.fspath(outputs)) as found:
            yield found
    else:
        yield Place(Path(outputs), os.fspath(outputs))
