"""What is wrong with an input pack, and what a report from it would have to call n/a."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import Problem
from reportgen.facts.catalogue import ALL, EV_EBITDA, PB, PE, SCENARIOS, SOTP
from reportgen.facts.knowledge import known_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.unknown_keys import shown_folder
from reportgen.periods import Day, as_day
from reportgen.pipeline import compose
from reportgen.xlsx.book import WorkbookError
from reportgen.xlsx.writer.workbook import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from os import PathLike

    from reportgen.values import Value
    from reportgen.xlsx.book import Book


_WEIGHT = "assumption[weight_"


class Gap(NamedTuple):
    """A figure that is n/a: its public key, what hangs on it, and the row that would fill it."""

    key: str
    matters: str
    remedy: str


@dataclass(frozen=True)
class Findings:
    """What checking a pack as of a day found.

    `errors` stop a build; `warnings` do not; `later` tell of rows dated after as-of, which a report
    of that day does not read. `gaps` name what would be n/a; none are known while there are errors.
    """

    as_of: date
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    later: tuple[Problem, ...]
    gaps: tuple[Gap, ...]

    @property
    def is_sound(self) -> bool:
        """Whether a build would succeed."""
        return not self.errors


def check(ticker: str, *, as_of: Day, inputs: str | PathLike[str] = "inputs") -> Findings:
    """Return every problem of a company's inputs as of a day, and what would be n/a; write nothing.

    Raises InputErrors if there is no such pack, ReportgenError for a day that is none or before
    the first row.
    """
    day, source = as_day(as_of), Path(inputs)
    known = known_at(read_pack(ticker, source), day)
    errors = tuple(one for one in known.problems if one.severity == "error")
    warnings = tuple(one for one in known.problems if one.severity == "warning")
    if errors:
        return Findings(day, errors, warnings, known.later_problems, ())
    report = compose(ticker, as_of=day, inputs=source)
    return Findings(
        day,
        tuple(_refused(report.book, shown_folder(ticker, source))),
        report.warnings,
        known.later_problems,
        tuple(gaps(report.values)),
    )


def _refused(book: Book, folder: str) -> Iterator[Problem]:
    """Yield what the file format would refuse: the workbook is made, and thrown away."""
    try:
        render(book)
    except WorkbookError as error:
        for fact in str(error).splitlines():
            yield Problem(folder, None, None, f"no workbook can hold this: {fact}", "", "")


_BALANCE = ("shares_diluted", "net_cash", "investments")


def _weight(method: str) -> str:
    return f"{_WEIGHT}{method},{ALL},]"


def _method_gaps() -> Iterator[tuple[Gap, tuple[str, ...]]]:
    stated = "assumptions.csv: what the warnings above say it does not state"
    reported = "; fundamentals.csv: twelve months of the metric of each segment"
    for method, name, remedy, needed in (
        (SOTP, "the sum of the parts", stated + reported, _BALANCE),
        (PE, "P/E", stated, ("eps_reference",)),
        (EV_EBITDA, "EV/EBITDA", stated, ("ebitda_ttm", *_BALANCE)),
        (PB, "P/B", stated, ("book_value", "shares_diluted")),
    ):
        for case in SCENARIOS:
            gap = Gap(f"{case}.{method}_12m", f"{name} counts in no case", remedy)
            # where a case has no value at all, it rests on nothing: expected_value is told
            yield gap, (*needed, f"{case}.value", _weight(method))


_CLOSES = "prices.csv: closes on the days that targets were published"
_RUNUP = (
    "estimates.csv: eps_ntm; prices.csv, market/ (a benchmark): closes six months before targets"
)

# In the order of the method, so that the cause comes before what follows from it. The second of
# a pair are keys: only where these are known would a reader miss the figure.
WATCHED: tuple[tuple[Gap, tuple[str, ...]], ...] = (
    (
        Gap(
            "price",
            "nothing can be compared with the market: no upside, no stance",
            "prices.csv: a close in the week up to the day",
        ),
        (),
    ),
    (
        Gap(
            "shares_diluted",
            "no value that is money of the company by its shares",
            "fundamentals.csv: shares_diluted of the group",
        ),
        (),
    ),
    (
        Gap(
            "fx_reporting",
            "money of the reporting currency cannot be compared with the price",
            "market/fx.csv: a rate of both currencies on or before the day",
        ),
        (),
    ),
    (
        Gap(
            "net_cash",
            "no sum of the parts, no EV/EBITDA, and nothing is priced in",
            "fundamentals.csv: net_cash of the group (a debt is negative)",
        ),
        ("fx_reporting",),
    ),
    (
        Gap(
            "investments",
            "no sum of the parts, no EV/EBITDA, and nothing is priced in",
            "fundamentals.csv: investments of the group (0 if there are none)",
        ),
        ("fx_reporting",),
    ),
    (
        Gap(
            "eps_reference",
            "no P/E value but of eps_12m, and nothing is priced in",
            "fundamentals.csv: eps of the group, of twelve months in quarters, halves or years",
        ),
        ("fx_reporting",),
    ),
    (
        Gap(
            "ebitda_ttm",
            "no EV/EBITDA value",
            "fundamentals.csv: ebitda of the group, of twelve months",
        ),
        ("fx_reporting", _weight(EV_EBITDA)),
    ),
    (
        Gap("book_value", "no P/B value", "fundamentals.csv: book_value of the group"),
        ("fx_reporting", _weight(PB)),
    ),
    *_method_gaps(),
    (
        Gap(
            "expected_value",
            "no stance: a case without a value blocks the report",
            "what the lines above name",
        ),
        (),
    ),
    (
        Gap(
            "priced_in.g_two_stage",
            "what growth the price asks for stays unknown",
            "earnings and price less net assets above 0; assumptions: cash_conversion, fade_years",
        ),
        ("eps_reference",),
    ),
    (
        Gap(
            "priced_in.g_delivered",
            "growth needed has nothing to be held against",
            "fundamentals.csv: eps of the year before, or yoy of the periods that are summed",
        ),
        ("eps_reference",),
    ),
    (
        Gap(
            "peer_pe",
            "the bull P/E is our own assumption, and no premium to peers is scored",
            "peers.csv: pe_ttm or pe_ntm of those that company.yaml lists under peers",
        ),
        (),
    ),
    (
        Gap(
            "launch.value",
            "the launch counts 0 in base and bull",
            "claims.csv: market_size in two years; assumptions.csv: the rows launch_...",
        ),
        ("company.launch.date",),
    ),
    (
        Gap(
            "hype.consensus",
            "no consensus, and so no hype-adjusted value",
            "targets.csv: a row for each broker",
        ),
        (),
    ),
    *(
        (
            Gap(
                f"hype.state[{component}]",
                "a flat allowance stands for this part of the hype",
                remedy,
            ),
            ("hype.consensus",),
        )
        for component, remedy in (
            ("optimism", _CLOSES),
            ("staleness", _CLOSES),
            ("runup", _RUNUP),
            ("launch", "what the value of the launch needs; prices.csv: a close on the day of it"),
        )
    ),
    (
        Gap(
            "hype.narrative_gap",
            "the bull story starts at consensus",
            "claims.csv: a row bull_target",
        ),
        ("hype.consensus",),
    ),
    (
        Gap(
            "hype.score",
            "fewer than half of the nine parts of the hype score can be measured",
            "targets.csv, estimates.csv, claims.csv",
        ),
        (),
    ),
    (
        Gap(
            "last_month.expected_value",
            "no comparison with last month",
            "rows that were known a month before",
        ),
        ("expected_value",),
    ),
)


def gaps(values: Mapping[str, Value]) -> Iterator[Gap]:
    """Yield what is n/a among the watched figures of a report's values, the cause first."""
    for gap, needed in WATCHED:
        if values.get(gap.key) is None and all(_is_there(key, values) for key in needed):
            yield gap


def _is_there(key: str, values: Mapping[str, Value]) -> bool:
    """Return whether a figure is known; a weight of 0 is none."""
    value = values.get(key)
    return value is not None and not (key.startswith(_WEIGHT) and value == 0)
