"""`page`: a report as one HTML file, written beside its workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.headline import CASES
from reportgen.pages.report import drawings, evidence, headline
from reportgen.pages.report.figures import Shower
from reportgen.pages.report.stated import read
from reportgen.pages.skeleton import render
from reportgen.report.theme import load_theme
from reportgen.xlsx.atomic import atomic_store

if TYPE_CHECKING:
    from os import PathLike

    from reportgen.pages.report.stated import Stated
    from reportgen.report.theme import Theme

_FOLDER = Path(__file__).parent
TEMPLATE, STYLE, SCRIPT = (_FOLDER / f"report.{name}" for name in ("html.jinja", "css", "js"))
_HASH_DIGITS = 12  # enough to tell two packs or models apart


def page(
    report: str | PathLike[str],
    *,
    to: str | PathLike[str] | None = None,
    template: str | PathLike[str] | None = None,
) -> Path:
    """Write a report as one HTML page, and return where it stands.

    It is written whole or not at all: beside the workbook under its name with `.html`, unless `to`
    says where. `template` is a theme; the house theme by default. The workbook is read under limits
    of time and memory, nothing in it is executed, and the same workbook gives the same bytes.
    Raises NotAReportError where it holds no report, HostileFile and UnreadableFile where it cannot
    be read safely, OutputError where the page cannot be written.
    """
    path = Path(report)
    place = path.with_suffix(".html") if to is None else Path(to)
    if place == path:
        raise ReportgenError(f"{path}: the page would replace the report; name another file")
    theme = load_theme(None if template is None else Path(template))
    atomic_store(place, html(read(path), theme))
    return place


def html(stated: Stated, theme: Theme) -> str:
    """Return the page of a report: all its text escaped, all its numbers with their entries."""
    show = Shower(stated)
    names = headline.names(show)
    content = {
        "names": names,
        "verdict": headline.verdict(show),
        "tiles": list(headline.tiles(show)),
        "remarks": headline.remarks(show),
        "cases": headline.cases(show),
        "levels": headline.levels(show),
        "fan": drawings.risk_and_reward(show),
        "field": drawings.football_field(show),
        "drivers": {case: drawings.drivers(show, case) for case in CASES if case != "base"},
        "since": headline.since_last_month(show),
        "causes": headline.causes(show),
        "story": headline.told(show),
        "written": list(evidence.cases(show)),
        "bridge": drawings.hype_bridge(show),
        "hype_levels": headline.hype_levels(show),
        "scores": drawings.hype_scores(show),
        "targets_chart": drawings.prices_and_targets(show),
        "targets": evidence.targets(show),
        "disputed": evidence.disputed(show),
        "counts": evidence.counts(show),
        "raised": evidence.raised(show),
        "weakest": evidence.weakest(show),
        "lacking": evidence.lacking(show),
        "ahead": evidence.ahead(show),
        "past": evidence.past(show),
        "trail": drawings.past_values(show),
        "record": evidence.track_record(show),
        "reports": evidence.past_reports(show),
        "sources": evidence.every_source(show),
        "identity": _identity(stated),
        "of_this_model": stated.is_of_this_model,
    }
    entries = list(show.entries.made())
    return render(
        TEMPLATE,
        theme=theme,
        title=f"{names['name']} ({names['ticker']}) as of {names['as_of']}",
        style=STYLE.read_text(encoding="utf-8"),
        script=SCRIPT.read_text(encoding="utf-8"),
        data=[[one.id, one.name, one.value, one.key] for one in entries],
        entries=entries,
        **content,
    )


def _identity(stated: Stated) -> str:
    told = {what: stated.report.text(f"report.{what}_hash") for what in ("input", "model")}
    return ", ".join(f"{what} {text[:_HASH_DIGITS] or 'n/a'}" for what, text in told.items())
