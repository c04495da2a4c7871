"""Which lines and branches of the program the tests take, in whichever worker they run.

slipcover takes its probes out of the code once they were hit, so that a run takes a tenth longer; a
tracer doubles its time.
"""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from types import ModuleType

SOURCE = REPOSITORY / "src/reportgen"
NOT_RUN = ("if TYPE_CHECKING:", "@overload")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Begin to count before anything imports the program."""
    import slipcover  # noqa: PLC0415 - pytest has to know its plugins before they are imported

    early_config.pluginmanager.register(Branches(slipcover))


class Branches:
    """Counts in this process, and adds up what the workers of a run counted."""

    def __init__(self, slipcover: ModuleType) -> None:
        """Begin to count."""
        self._slipcover = slipcover
        self._counter = slipcover.Slipcover(
            branch=True, source=[str(SOURCE)], exclude_also=list(NOT_RUN)
        )
        matcher = slipcover.FileMatcher(sources=[SOURCE])
        slipcover.ImportManager(self._counter, matcher).__enter__()
        self._by_workers: list[dict[str, Any]] = []

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand what a worker counted to the run that it belongs to."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["branches"] = json.dumps(self._counter.get_coverage())

    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - xdist publishes no type
        """Take what a worker counted. One that broke down has nothing to give."""
        if counted := getattr(node, "workeroutput", {}).get("branches"):
            self._by_workers.append(json.loads(counted))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the modules of which something was not taken."""
        counted, *others = self._by_workers or [self._counter.get_coverage()]
        for other in others:
            self._slipcover.merge_coverage(counted, other)
        told = StringIO()
        self._slipcover.print_coverage(counted, outfile=told, skip_covered=True)
        terminalreporter.write(told.getvalue())
