"""Where the files shipped with the program are: inside the wheel, or at the top of the repo."""

from __future__ import annotations

from pathlib import Path

from reportgen.errors import ReportgenError

PACKAGE = Path(__file__).resolve().parent


def template_path(name: str) -> Path:
    """The path of a shipped template such as `method.yaml`; ReportgenError if it is not there."""
    for folder in (PACKAGE / "templates", PACKAGE.parents[1] / "templates"):
        path = folder / name
        if path.is_file():
            return path
    raise ReportgenError(
        f"{name}: not among the templates shipped with reportgen; reinstall it, "
        "or run it from a complete checkout"
    )
