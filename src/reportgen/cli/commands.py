"""The commands by name, each imported when it is asked for, so that help is quick."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli.failures import PipeClosedError, StoppedError, exit_status
from reportgen.cli.interrupts import heard_tidily
from reportgen.cli.streams import flushed
from reportgen.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "reportgen"
MODULES = {
    "build": "reportgen.cli.build",
    "check": "reportgen.cli.check",
    "show": "reportgen.cli.show",
    "page": "reportgen.cli.page",
    "diff": "reportgen.cli.diff",
    "index": "reportgen.cli.index",
    "textconv": "reportgen.cli.textconv",
    "new": "reportgen.cli.new",
    "import": "reportgen.cli.imports",
    "fetch": "reportgen.cli.fetch",
    "reaffirm": "reportgen.cli.reaffirm",
    "review": "reportgen.cli.review",
    "overrides": "reportgen.cli.overrides",
    "run": "reportgen.cli.run",
    "retry": "reportgen.cli.retry",
    "ls": "reportgen.cli.ls",
    "handout": "reportgen.cli.handout",
}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
HELP = """Build a live, fully traceable Excel investor report from a pack of sourced inputs.

\b
A first report, from the inputs that come with the program:
  reportgen build BABA --as-of 2025-11-30
What it says, again, or for another program:
  reportgen show outputs/BABA/2025-11-30/BABA-2025-11-30.xlsx
The same for a browser or a phone:
  reportgen page outputs/BABA/2025-11-30/BABA-2025-11-30.xlsx
Why it says something else than a month before:
  reportgen diff BABA 2025-10-31 2025-11-30
Every company that changed, once a month:
  reportgen run --as-of last-month-end
A company of your own:
  reportgen new ACME
  reportgen check ACME --as-of last-month-end
  reportgen build ACME --as-of last-month-end
"""
EPILOG = """\b
Exit status: 0 good; 1 checks of a report FAIL, or reports differ; 2 trouble.
REPORTGEN_DEBUG=1 shows where in the program trouble arose; NO_COLOR=1 keeps colours out.
"""


class Commands(click.Group):
    """A group whose commands are imported on demand and whose failures are told in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of a first day's work."""
        del ctx
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module imported; None if there is none."""
        del ctx
        if cmd_name not in MODULES:
            return None
        command: click.Command = import_module(MODULES[cmd_name]).command
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own
    ) -> click.Context:
        """As click has it, but for the empty line that it prints when asked to end."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except KeyboardInterrupt:
            raise StoppedError from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run a command; what it printed is out, or known not to be, when this returns."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # click would exit with 1, which here speaks of failed checks
            raise PipeClosedError from None
        except KeyboardInterrupt:  # as above
            raise StoppedError from None
        return result

    def main(  # type: ignore[override]  # the exit status is decided here, not by the caller
        self,
        args: Sequence[str] | None = None,
        **settings: Any,  # noqa: ANN401 - click's own
    ) -> None:
        """Run the command line and exit: 0 good, 1 failed checks, 2 trouble, 130 interrupted."""
        # NumPy's threads would keep a core busy while they wait: our arrays give them no work.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        settings |= {"prog_name": PROGRAM, "standalone_mode": False}
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a name may hold what the terminal cannot show
                stream.reconfigure(errors="backslashreplace")
        with heard_tidily() as ear:
            status = exit_status(lambda: super(Commands, self).main(args, **settings), ear)
            flushed()
        gc.freeze()  # the interpreter need not look for cycles in what ends with it
        sys.exit(status)


_versioned = click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
commands = _versioned(Commands(name=PROGRAM, help=HELP, epilog=EPILOG, context_settings=CONTEXT))
