"""Build a live, fully traceable Excel investor report from a pack of sourced inputs.

The functions do what the commands of the same names do; what they need is imported when one of
them is first used, so that `import reportgen` costs next to nothing.
"""

from __future__ import annotations

from reportgen.version import __version__ as __version__

TYPE_CHECKING = False  # to import it would take longer than all else here
if TYPE_CHECKING:
    from reportgen.differences.files import diff
    from reportgen.errors import InputErrors, Problem, ReportgenError
    from reportgen.facts.pack import load
    from reportgen.findings import Findings, PackState, check, check_all
    from reportgen.intake.reaffirmation import reaffirm
    from reportgen.model.gaps import Gap
    from reportgen.pages.report.page import page
    from reportgen.pipeline import Report, compose
    from reportgen.report.readback.values import show
    from reportgen.reviews.log import overrides, revoke
    from reportgen.reviews.review import review
    from reportgen.reviews.session import accept
    from reportgen.runs.batch import RunRequest, retry, run
    from reportgen.runs.drafts import build
    from reportgen.runs.handout.files import handout
    from reportgen.runs.index.files import index
    from reportgen.runs.standings import ls
    from reportgen.scaffold import new

__all__ = [
    "Findings",
    "Gap",
    "InputErrors",
    "PackState",
    "Problem",
    "Report",
    "ReportgenError",
    "RunRequest",
    "accept",
    "build",
    "check",
    "check_all",
    "compose",
    "diff",
    "handout",
    "index",
    "load",
    "ls",
    "new",
    "overrides",
    "page",
    "reaffirm",
    "retry",
    "review",
    "revoke",
    "run",
    "show",
]

_HOMES = {
    "reportgen.differences.files": {"diff"},
    "reportgen.errors": {"InputErrors", "Problem", "ReportgenError"},
    "reportgen.facts.pack": {"load"},
    "reportgen.findings": {"Findings", "PackState", "check", "check_all"},
    "reportgen.intake.reaffirmation": {"reaffirm"},
    "reportgen.model.gaps": {"Gap"},
    "reportgen.pages.report.page": {"page"},
    "reportgen.pipeline": {"Report", "compose"},
    "reportgen.report.readback.values": {"show"},
    "reportgen.reviews.log": {"overrides", "revoke"},
    "reportgen.reviews.review": {"review"},
    "reportgen.reviews.session": {"accept"},
    "reportgen.runs.drafts": {"build"},
    "reportgen.runs.handout.files": {"handout"},
    "reportgen.runs.index.files": {"index"},
    "reportgen.runs.standings": {"ls"},
    "reportgen.runs.batch": {"RunRequest", "retry", "run"},
    "reportgen.scaffold": {"new"},
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """A public name, imported on first use. Raises AttributeError for any other."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - only who uses a name pays for it

    value: object = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, before and after their first use."""
    return sorted({*globals(), *__all__})
