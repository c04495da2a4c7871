"""The Python interface: the same as the commands, with pandas frames."""

from __future__ import annotations

from reportgen.api.building import build, load
from reportgen.api.checking import Findings, check
from reportgen.api.gaps import Gap
from reportgen.api.report import Report
from reportgen.report.readback.values import show

__all__ = ["Findings", "Gap", "Report", "build", "check", "load", "show"]
