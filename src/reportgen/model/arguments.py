"""The written case: each argument with what it bears on, its money at stake and its trigger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import given_text, known, pick, same, spot, where
from reportgen.expr.nodes import NA, Dim, Line, Linked, Node, Unit
from reportgen.facts.key_syntax import parse_trigger
from reportgen.facts.problems import CellError
from reportgen.facts.split_words import new_per_old, restated_for
from reportgen.model import fundamentals
from reportgen.model.case.restatement import power_of
from reportgen.model.cell_names import metric_in_words, name_of, name_of_key, segment_names
from reportgen.model.dims import BEAR_ARGUMENT, BULL_ARGUMENT, FUNDAMENTAL, STAKE
from reportgen.model.given_values import BLANK, day_number, numbered
from reportgen.model.inputs import description
from reportgen.model.keys import cell_of
from reportgen.model.ranks import row_of
from reportgen.model.whatif import value_at_stake
from reportgen.model.words import Entry, case_line, given, line, row_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reportgen.facts.key_syntax import Trigger
    from reportgen.facts.rows import Argument
    from reportgen.facts.split_words import Split
    from reportgen.model.question import Question

_UNITS = {
    Unit.RATIO: "%",
    Unit.CHANGE: "%",
    Unit.MULTIPLE: "x",
    Unit.PER_SHARE: "{price} / share",
    Unit.PRICE_M: "{price} m",
    Unit.REPORTING_M: "{reporting} m",
}
_NEWEST = re.compile(r"fundamental\[(?P<series>[^\[\],]+,[^\[\],]+)(?P<yoy>,yoy)?\]")


class Arguments(NamedTuple):
    """The arguments of one side: one line a column."""

    case: str
    dim: Dim
    number: Line
    kind: Line
    text: Line
    key: Line
    named: Line
    watch: Line
    due: Line
    source: Line
    trigger: Line
    sign: Line
    level: Line
    metric: Line
    fired: Line
    at_stake: Line
    bears_on: Line
    watched: Line
    unit: Line


def _arguments(case: str, dim: Dim) -> Arguments:
    """Return the columns of one side's arguments."""
    prefix = f"{case}.argument[{{{dim.name}}}]"

    def column(name: str, label: str, unit: Unit = Unit.TEXT) -> Line:
        return given(f"{prefix}.{name}", label, unit, dim)

    key = column("key", "Key")
    sign = column("sign", "Sign")
    level = column("level", "Level", Unit.NUMBER)
    metric = case_line(f"{prefix}.metric", "Stands at", Unit.NUMBER, Linked(), dim)
    named = column("named", "Name of the key")
    place = row_of(key, value_at_stake.key, value_at_stake.row)
    rests = place >= 1
    held = where(same(sign, "<"), where(metric < level, 1, 0), where(metric > level, 1, 0))
    verdict = where(known(metric) & known(level), where(held > 0, "fired", "not fired"), "n/a")
    return Arguments(
        case,
        dim,
        row_number(f"{prefix}.number", dim),
        column("kind", "Kind"),
        column("text", "Argument"),
        key,
        named,
        column("watch", "Watch"),
        column("due", "Due", Unit.DATE),
        column("source", "Source"),
        column("trigger", "Trigger, by key"),
        sign,
        level,
        metric,
        line(f"{prefix}.fired", "Fired", Unit.TEXT, verdict),
        line(
            f"{prefix}.at_stake",
            "At stake",
            Unit.PER_SHARE,
            where(
                rests,
                pick(value_at_stake.at_stake, STAKE, place),
                where(given_text(named) > 0, 0, NA),  # nothing of the value rests on it
            ),
        ),
        line(
            f"{prefix}.bears_on",
            "Bears on",
            Unit.TEXT,
            where(rests, pick(value_at_stake.label, STAKE, place), named),
        ),
        column("watched", "Trigger"),
        column("unit", "Unit of the trigger"),
    )


bull = _arguments("bull", BULL_ARGUMENT)
bear = _arguments("bear", BEAR_ARGUMENT)


def ask(question: Question) -> None:
    """Add the arguments known at as-of, and link each trigger's metric to its cell."""
    for side in (bull, bear):
        rows = [row for row in question.case.arguments if row.case == side.case]
        _fill(question, side, rows)


def _fill(question: Question, side: Arguments, rows: Sequence[Argument]) -> None:
    question.dimension(side.dim, (str(k + 1) for k, _ in enumerate(rows)))
    question.give(side.number, numbered(rows))
    question.give(side.kind, [row.kind for row in rows])
    question.give(side.text, [row.text for row in rows])
    question.give(side.key, [row.assumption for row in rows])
    question.give(side.watch, [row.watch for row in rows])
    question.give(side.due, [day_number(row.due) for row in rows])
    question.give(side.source, [row.source for row in rows])
    question.give(side.trigger, [row.trigger for row in rows])
    triggers = [_trigger(row.trigger) for row in rows]
    question.give(side.sign, ["" if found is None else found.sign for found in triggers])
    metrics = [_NOTHING if found is None else _metric(found.metric, question) for found in triggers]
    question.links[side.metric] = tuple(metric.cell for metric in metrics) or (NA,)
    watched = [
        _watched(found, metric, row.published, question.case.splits)
        for found, metric, row in zip(triggers, metrics, rows, strict=True)
    ]
    question.give(side.level, [one.level for one in watched])
    question.give(side.watched, [one.words for one in watched])
    question.give(side.unit, [metric.unit for metric in metrics])
    segments = segment_names(question.given, question.members)
    entries = [line for line in question.lines if isinstance(line, Entry)]
    question.give(
        side.named,
        [name_of_key(row.assumption, entries, question.members, segments) for row in rows],
    )


def _trigger(text: str) -> Trigger | None:
    """Return the condition a text states, as the reading of a pack understands it."""
    try:
        return parse_trigger(text) if text else None
    except CellError:  # in a report that was read back, where anybody may have typed
        return None


class _Metric(NamedTuple):
    """What a trigger looks at: its cell, its name and its unit as tables say it.

    `power` is -1 for money a share, 1 for a number of shares, 0 for all else.
    """

    cell: Node
    name: str
    unit: str
    power: int = 0


_NOTHING = _Metric(NA, "", "")


class _Watched(NamedTuple):
    """A trigger in words, but for its level, which is in the shares of as-of."""

    words: str
    level: float


def _watched(
    trigger: Trigger | None, metric: _Metric, published: date, splits: Iterable[Split]
) -> _Watched:
    """Return a trigger as it stands; what was written before a split is restated, and says so."""
    if trigger is None:
        return _Watched(metric.name, BLANK)
    words = f"{metric.name} {trigger.sign}"
    since = [one for one in splits if published < one.ex_date]
    told = restated_for(since) if metric.power else ""
    if not told:
        return _Watched(words, trigger.level)
    ratio = new_per_old(published, since)
    level = trigger.level * ratio if metric.power > 0 else trigger.level / ratio
    return _Watched(f"{words} ({told}; {trigger.level:.10g} as written)", level)


def _metric(name: str, question: Question) -> _Metric:
    """Return the cell that a trigger names: a public key, or the newest of a reported series."""
    newest = _NEWEST.fullmatch(name)
    if newest is not None:
        return _newest_reported(newest["series"], question, yoy=bool(newest["yoy"]))
    figures = (of for of in question.lines if of.unit is not Unit.TEXT)
    cell = cell_of(name, figures, question.members)
    if cell is None:
        return _NOTHING
    segments = segment_names(question.given, question.members)
    unit = _UNITS.get(cell.line.unit, "number").format(
        price=question.given[description.price_currency].item(),
        reporting=question.given[description.reporting_currency].item(),
    )
    power = power_of(cell.line, cell.at, question.case)
    return _Metric(spot(cell.line, *cell.at), name_of(cell.line, cell.at, segments), unit, power)


def newest_series(segment: str, metric: str, *, yoy: bool = False) -> str:
    """Return how a trigger names the newest figure of a reported series, or its change."""
    return f"fundamental[{segment},{metric}{',yoy' if yoy else ''}]"


def _newest_reported(series: str, question: Question, *, yoy: bool) -> _Metric:
    """Return the newest quarter's (or balance's) cell of a series such as `cloud,revenue`."""
    of = fundamentals.yoy if yoy else fundamentals.value
    filled_in = question.issued(of).tolist()
    lengths = question.given[fundamentals.months].tolist()
    rows = [
        member
        for k, member in enumerate(question.members[FUNDAMENTAL])
        if member.startswith(f"{series},")
        and filled_in[k] == filled_in[k]
        and lengths[k] in {0.0, 3.0}
    ]
    segment, _, metric = series.partition(",")
    segments = segment_names(question.given, question.members)
    name = f"{segments.get(segment, segment.capitalize())}: {metric_in_words(metric)}"
    if yoy:
        name += ", change on a year"
    if not rows:
        return _Metric(NA, name, "")
    stated = question.given[fundamentals.unit].tolist()
    unit = stated[question.members[FUNDAMENTAL].index(rows[-1])]
    power = 0 if yoy else power_of(of, (rows[-1],), question.case)
    return _Metric(spot(of, rows[-1]), name, "%" if yoy else unit, power)
