"""`reportgen retry`: what gave no report, once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli import options

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = """\b
Examples:
  reportgen retry            what failed in the newest run, or was not reached when it was stopped
  reportgen retry 0007       of an older one

\b
Exit status: as of `run`; 0 where there is nothing to try again.
"""


@click.command(name="retry", short_help="Try again what failed in a run.", epilog=EXAMPLES)
@click.argument("run", required=False)
@click.option("--wait", is_flag=True, help="Wait for another run in these outputs to end.")
@click.option("--json", "as_json", is_flag=True, help="Print run_results.json instead of lines.")
@options.outputs("Where the run was written", or_bucket=True)
def command(*, run: str | None, wait: bool, as_json: bool, outputs: Path | str) -> int:
    """Build what gave no report in RUN (default: the newest), with the options of that run.

    This is a run of its own: the one before stays as it was, and a retry can be retried.
    """
    from reportgen.cli.runs import told_as_it_runs
    from reportgen.runs.batch import retry

    return told_as_it_runs(
        lambda watch: retry(outputs, run, watch, wait=wait), outputs, as_json=as_json
    )
