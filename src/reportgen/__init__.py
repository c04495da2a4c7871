"""Build a live, fully traceable Excel investor report from a pack of sourced inputs.

`build`, `check`, `load` and `show` do what the commands of the same names do; what they need is
imported when one of them is first used, so that `import reportgen` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.api import Findings, Gap, Report, build, check, load, show
    from reportgen.errors import InputErrors, Problem, ReportgenError

__version__ = "0.1.0"

__all__ = [
    "Findings",
    "Gap",
    "InputErrors",
    "Problem",
    "Report",
    "ReportgenError",
    "build",
    "check",
    "load",
    "show",
]

_ERRORS = frozenset({"InputErrors", "Problem", "ReportgenError"})


def __getattr__(name: str) -> object:
    """A public name, imported on first use. Raises AttributeError for any other."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - only who uses a name pays for it

    home = "reportgen.errors" if name in _ERRORS else "reportgen.api"
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, before and after their first use."""
    return sorted({*globals(), *__all__})
