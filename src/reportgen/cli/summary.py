"""The words of the commands: what a report says, what is wrong with a pack, what to mind."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from reportgen.cli.lines import Page, TextLine, TextTable, Tone
from reportgen.cli.options import DEFAULT_INPUTS
from reportgen.cli.output import problem_lines
from reportgen.headline import VALUES, raised_checks
from reportgen.pages.figures import NA, change, shown, signed
from reportgen.periods import from_serial
from reportgen.values import fixed, share_decimals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.errors import Problem
    from reportgen.findings import Findings
    from reportgen.model.checks.plausibility import Doubt
    from reportgen.values import Value

NOWHERE: Mapping[str, str] = {}
AS_OF = "as_of"
FEW = 3  # warnings that are listed where they are not asked for
READINESS: dict[Value, Tone] = {"decision-grade": "good", "with care": "warn", "blocked": "bad"}


def summary(
    values: Mapping[str, Value],
    places: Iterable[Path],
    doubts: Sequence[Doubt] = (),
    cells: Mapping[str, str] = NOWHERE,
    inherited: str = "",
) -> Page:
    """What a report says, and where it is; `cells` say where the figures in doubt stand."""
    readiness = _text(values, "readiness")
    return [
        *(TextLine(str(place), "strong") for place in places),
        TextLine(),
        TextLine(
            f"{_text(values, 'company.name')} ({_text(values, 'company.ticker')})"
            f" as of {_day(values.get(AS_OF))}"
        ),
        TextLine(_text(values, "say.sentence"), "strong"),
        TextLine(),
        cases(values),
        *_restated(values),
        TextLine(),
        TextLine(_hype(values)),
        TextLine(
            f"Readiness: {readiness}: {_text(values, 'readiness.reason')}",
            READINESS.get(readiness, ""),
        ),
        TextLine(
            f"Checks: {_count(values, 'checks.fail')} FAIL, {_count(values, 'checks.warn')} WARN"
        ),
        *([TextLine(f"{inherited}.")] if inherited else []),
        *_raised(values),
        *_in_doubt(doubts, cells),
        *_lacks(values),
    ]


def cases(values: Mapping[str, Value]) -> TextTable:
    """The values in 12 months, a row a case, in price currency per share."""
    currency = _text(values, "company.price_currency")
    price = values.get("price")
    cents = share_decimals(price if isinstance(price, float) else None)
    head = (currency, "value", "probability", "upside", "growth needed", "last month", "change")
    rows = tuple(
        (
            one.label,
            _money(values.get(one.key), cents),
            _percent(values.get(one.probability)) if one.probability else "",
            _change(values.get(one.upside)),
            _change(values.get(f"priced_in.g_needed[{one.growth}]")) if one.growth else "",
            _money(values.get(f"last_month.{one.key}"), cents),
            _since(values.get(f"last_month.{one.key}"), values.get(one.key), cents),
        )
        for one in VALUES
    )
    return TextTable(head, rows)


def _restated(values: Mapping[str, Value]) -> Page:
    """For which splits the figures of last month are restated; nothing where there was none."""
    told = values.get("last_month.restated")
    return [TextLine(f"Last month is {told}.")] if told else []


def listed(values: Mapping[str, Value]) -> Page:
    """Keys and values, a line each."""
    rows = tuple(
        (key, _day(value) if key == AS_OF else _plain(value)) for key, value in values.items()
    )
    return [TextTable(("key", "value"), rows, wordy=True)]


def findings_page(ticker: str, findings: Findings) -> Page:
    """Everything that a check of a pack found."""
    page: Page = [
        *problem_lines((*findings.errors, *findings.warnings, *findings.later)),
        *_in_doubt(findings.doubts, findings.cells),
        *([TextLine(f"{findings.inherited}.")] if findings.inherited else []),
    ]
    if findings.gaps:
        rows = tuple((gap.key, gap.matters, gap.remedy) for gap in findings.gaps)
        page += [
            TextLine(),
            TextTable(("n/a", "why it matters", "what fills it"), rows, wordy=True),
            TextLine(),
        ]
    told = ", ".join(
        (
            _number_of(len(findings.errors), "error"),
            _number_of(len(findings.warnings), "warning"),
            *([f"{len(findings.later)} about later rows"] if findings.later else ()),
            *([f"{len(findings.gaps)} n/a"] if findings.gaps else ()),
        )
    )
    verdict = "can be built" if findings.is_sound else "cannot be built until the errors are mended"
    tone: Tone = "good" if findings.is_sound else "bad"
    return [*page, TextLine(f"{ticker} as of {findings.as_of} {verdict}: {told}.", tone)]


def notes(day: date, today: date) -> Page:
    """What to mind about a day before anything is done."""
    if day <= today:
        return []
    told = f"{day} lies ahead of today, {today}: what becomes known until then will change it."
    return [TextLine(f"warning: {told}", "warn")]


def warnings_page(ticker: str, day: date, inputs: Path, warnings: Sequence[Problem]) -> Page:
    """The warnings about the inputs of a report that was built; of many how to list them."""
    if len(warnings) <= FEW:
        return [*problem_lines(warnings)]
    where = "" if inputs == DEFAULT_INPUTS else f" --inputs {shlex.quote(str(inputs))}"
    command = f"reportgen check {shlex.quote(ticker)} --as-of {day}{where}"
    return [TextLine(f"{len(warnings)} warnings about the inputs; {command} lists them", "warn")]


def _raised(values: Mapping[str, Value]) -> Iterator[TextLine]:
    """The checks that FAIL or WARN, the gravest first."""
    for status, key in raised_checks(values):
        tone: Tone = "bad" if status == "FAIL" else "warn"
        yield TextLine(f"  {status}  {_text(values, f'{key}.label')}", tone)


def _in_doubt(doubts: Sequence[Doubt], cells: Mapping[str, str]) -> Iterator[TextLine]:
    """The figures that are not plausible: key, what was measured, the limit, the cell."""
    if doubts:
        yield TextLine("Not plausible; if right, sign the key in confirmed.csv")
    for doubt in doubts:
        typed = cells.get(f"{doubt.key}.issued")
        place = typed or cells.get(doubt.key, "Checks, Plausibility")
        tone: Tone = "bad" if doubt.status == "FAIL" else "warn"
        yield TextLine(f"  {doubt.status}  {doubt.key}: {doubt.label}: {doubt.told}; {place}", tone)


def _lacks(values: Mapping[str, Value]) -> Iterator[TextLine]:
    """The methods and headline inputs that are n/a, and what fills each."""
    from reportgen.model.gaps import gaps

    found = tuple(gaps(values, asked_only=True))
    if found:
        yield TextLine(f"Not available, and what fills it: {_number_of(len(found), 'figure')}")
    for gap in found:
        yield TextLine(f"  n/a   {gap.label}: {gap.matters}; {gap.remedy}", "warn")


def _hype(values: Mapping[str, Value]) -> str:
    score, coverage = values.get("hype.score"), values.get("hype.coverage")
    if not isinstance(score, float) or not isinstance(coverage, float):
        return "Hype score: n/a"
    told = fixed(score, 0), fixed(100 * coverage, 0)  # rounded as the workbook rounds them
    return "Hype score: {} of 100, {}% of it measured".format(*told)


def _day(serial: Value) -> str:
    return str(from_serial(serial)) if isinstance(serial, float) else NA


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) and value else NA


def _count(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return f"{value:.0f}" if isinstance(value, float) else NA


def _money(value: Value, cents: int) -> str:
    return shown(value, "money", cents=cents) if isinstance(value, float) else NA


def _since(old: Value, new: Value, cents: int) -> str:
    """The change of what is shown beside it."""
    if not isinstance(old, float) or not isinstance(new, float):
        return NA
    return signed(change(old, new, "money", cents=cents), "money", cents=cents)


def _percent(value: Value) -> str:
    return f"{fixed(100 * value, 0)}%" if isinstance(value, float) else NA


def _change(value: Value) -> str:
    return signed(value, "ratio") if isinstance(value, float) else NA


def _plain(value: Value) -> str:
    if value is None:
        return NA
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.10g}" if isinstance(value, float) else value


def _number_of(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
