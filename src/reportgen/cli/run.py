"""`reportgen run`: every company, one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli import options

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.resources import Extent
    from reportgen.xlsx.book import Paper

EXAMPLES = """\b
Examples:
  reportgen run --as-of last-month-end                  every company of the inputs
  reportgen run --as-of last-month-end -j 2 --json      for a scheduler
  reportgen run BABA 'TEN*' --as-of 2025-11-30          some of them
  reportgen run --as-of 2025-11-30 --select tag:ai,state:changed --exclude stance:SHORT
  reportgen run --as-of last-month-end --pages --pdf    with what is handed out beside each report
  reportgen run --as-of 2025-11-30 --dry-run            what would be built, and why
  reportgen run --months 2025-01:2025-11                month ends of the past, as they were known
  reportgen run --as-of last-month-end --outputs s3://desk/reports

\b
A selector is a ticker (with *), tag:NAME, state:new|changed|unchanged|stale, result:failed,
stance:LONG or @FILE with a ticker a line; several are a union, commas inside one an intersection.

\b
Exit status: 0 all good; 1 some companies failed or have checks that FAIL; 2 nothing could run.
"""


@click.command(
    name="run",
    short_help="Build every company that changed, unattended.",
    epilog=EXAMPLES,
    cls=options.PrintingCommand,
)
@click.argument("tickers", nargs=-1)
@click.option("--as-of", default="", metavar="DATE", help="YYYY-MM-DD, or last-month-end.")
@click.option("--months", default="", metavar="FROM:TO", help="Month ends, YYYY-MM:YYYY-MM.")
@options.selection
@click.option(
    "-j",
    "--workers",
    type=click.IntRange(1, 256),
    show_default="one a core",
    help="How many companies at once.",
)
@click.option("-n", "--dry-run", "dry", is_flag=True, help="Say what would be done; write nothing.")
@click.option(
    "-x/-k",
    "--fail-fast/--keep-going",
    default=False,
    help="Stop at the first failure, or go on with the others (default).",
)
@click.option(
    "--force", is_flag=True, help="Build all, changed or not, and replace what was issued."
)
@click.option(
    "--rebuild",
    type=click.Choice(["model"]),
    help="Build anew what an older model made; else it is kept, and said.",
)
@click.option(
    "--pages",
    is_flag=True,
    help="Write beside each report its page, and its diff from the month before (HTML).",
)
@options.pdf
@options.paper
@click.option("--wait", is_flag=True, help="Wait for another run in these outputs to end.")
@click.option("--json", "as_json", is_flag=True, help="Print run_results.json instead of lines.")
@click.option(
    "--shard",
    default="",
    metavar="K/N",
    help="Do the K-th of N parts, each a run of its own; reportgen index writes the index then.",
)
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Where companies are done: on this machine, or on a Dask cluster.",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="That of the cluster: tls://HOST:PORT, or tcp://127.0.0.1:PORT on this machine.",
)
@click.option(
    "--template", type=options.FOLDER, metavar="FILE", help="A theme; default: the house theme."
)
@click.option(
    "--seconds",
    type=click.FloatRange(1),
    default=120,
    show_default=True,
    help="Seconds of computing that one company may take.",
)
@click.option(
    "--megabytes",
    type=click.IntRange(256),
    default=4096,
    show_default=True,
    help="Memory that one company may take.",
)
@options.inputs
@options.outputs("Where reports, their manifests and the runs go", or_bucket=True)
def command(  # noqa: PLR0913 - one argument an option
    *,
    tickers: tuple[str, ...],
    as_of: str,
    months: str,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    workers: int | None,
    dry: bool,
    fail_fast: bool,
    force: bool,
    rebuild: str | None,
    pages: bool,
    pdf: Extent | None,
    paper: Paper | None,
    wait: bool,
    as_json: bool,
    shard: str,
    executor: str,
    scheduler: str,
    template: Path | None,
    seconds: float,
    megabytes: int,
    inputs: Path,
    outputs: Path | str,
) -> int:
    """Build the companies of the inputs in parallel; skip what has not changed, and say why.

    One company's trouble costs only itself. What was issued is never replaced: a report that comes
    out otherwise is a revision beside it (-r2). Each run leaves its events and results below
    OUTPUTS/runs/, and `reportgen retry` tries again what failed in it.
    """
    from reportgen.cli.output import tell
    from reportgen.cli.runs import told_as_it_runs
    from reportgen.cli.summary import notes
    from reportgen.periods import today
    from reportgen.runs.batch import RunRequest, days_of, run

    asked = RunRequest(
        as_of=as_of,
        months=months,
        tickers=tickers,
        select=select,
        exclude=exclude,
        shard=shard,
        inputs=str(inputs),
        outputs=str(outputs),
        template=str(template) if template else "",
        workers=workers or 0,
        force=force,
        rebuild_model=rebuild == "model",
        fail_fast=fail_fast,
        pages=pages,
        pdf=pdf,
        paper=paper,
        dry=dry,
        wait=wait,
        seconds=seconds,
        megabytes=megabytes,
        executor=executor,
        scheduler=scheduler,
    )
    tell(notes(days_of(asked)[-1], today()), error=True)
    return told_as_it_runs(lambda watch: run(asked, watch), outputs, as_json=as_json)
