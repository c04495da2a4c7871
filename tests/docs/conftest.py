from __future__ import annotations

from tests.support.answers import files_read_once  # noqa: F401 - files are a means here
from tests.support.once import composed_once  # noqa: F401 - reports are a means here
