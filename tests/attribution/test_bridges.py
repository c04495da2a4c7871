"""A bridge closes, names who moved the value, and turns its signs when read backwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.attribution.bridges import bridges, score_bridge
from reportgen.attribution.ends import both_ends
from reportgen.attribution.factors import OUTCOMES, aggregate, of_broker
from reportgen.attribution.records import Attributed
from reportgen.attribution.shapley import Attribution, Split
from reportgen.errors import ReportgenError
from reportgen.model import fundamentals
from reportgen.model.dims import TARGET
from reportgen.model.hype import price_targets
from reportgen.model.hype.price_targets import stated
from reportgen.model.inputs import assumptions, conversion, description, market_data
from reportgen.model.words import assumption
from tests.attribution import told
from tests.differences.case_ends import NOVEMBER, OCTOBER, case_at, end_at, end_of, with_given
from tests.golden.kept import DOCUMENTS, other_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reportgen.attribution.records import Bridge
    from reportgen.differences.ends import ReadEnd
    from reportgen.expr.nodes import Line
    from reportgen.model.words import Entry

DAYS = (
    date(2025, 8, 29),
    date(2025, 9, 30),
    date(2025, 10, 24),
    OCTOBER,
    date(2025, 11, 27),
    NOVEMBER,
    date(2026, 1, 31),
    date(2026, 11, 20),
)
PACKS = ("baba", "bare", "daily", "no_claims", "pence", "tokyo")
EDITABLE: tuple[Entry, ...] = (
    assumptions.growth,
    assumptions.multiple,
    assumptions.base_stated,
    conversion.per_euro,
    market_data.close,
    assumptions.cost_of_equity,
    assumptions.investment_haircut,
    assumptions.eps_growth,
    assumptions.dividend_stated,
    assumptions.launch_margin_hardware,
    assumptions.hype_optimism_rate,
    assumptions.hype_target_half_life,
    stated,
)
BROKERS_IN_NOVEMBER = 8
edits = st.lists(
    st.tuples(st.sampled_from(EDITABLE), st.integers(0, 10_000), st.floats(0.8, 1.25)),
    min_size=1,
    max_size=6,
)


def explained(old: ReadEnd, new: ReadEnd, how: Attribution | None = None) -> dict[str, Bridge]:
    found = bridges(old, new, OUTCOMES, how or Attribution())
    return {bridge.output: bridge for bridge in found}


def assert_closed(bridge: Bridge) -> None:
    if bridge.old is None or bridge.new is None:
        assert not bridge.bars
        return
    change = bridge.new - bridge.old
    scale = max(1, abs(bridge.old), abs(bridge.new))
    assert sum(bar.amount for bar in bridge.bars) == pytest.approx(change, abs=1e-9 * scale)


def edited(changes: list[tuple[Entry, int, float]]) -> ReadEnd:
    """November's report with some inputs multiplied; a place beyond the last starts over."""
    case = case_at("baba", NOVEMBER)
    moved: dict[Line, NDArray[np.float64]] = {}
    for entry, place, factor in changes:
        values = moved.setdefault(entry.issued, case.given[entry.issued].copy())
        values.flat[place % values.size] *= factor
    return end_of(with_given(case, moved))


@pytest.mark.parametrize(
    ("pack", "days"),
    [
        ("baba", DAYS[1::2]),
        *(pytest.param(pack, DAYS, marks=pytest.mark.long) for pack in PACKS),
    ],
)
def test_between_any_two_days_of_any_company_every_bridge_closes(
    pack: str, days: Sequence[date]
) -> None:
    ends = [end_at(pack, day) for day in days if not (pack == "tokyo" and day < DAYS[1])]
    for place, old in enumerate(ends):
        for new in ends[place + 1 :]:
            for bridge in explained(old, new).values():
                assert_closed(bridge)
                assert "report this" not in bridge.note


def test_bridges_are_told_as_was_agreed() -> None:
    """`python -m tests.golden.prints` writes them anew."""
    assert not other_lines(DOCUMENTS / told.NAME, told.text())


def test_nothing_changed_needs_no_bars() -> None:
    end = end_at("baba", NOVEMBER)
    assert all(not bridge.bars and not bridge.note for bridge in explained(end, end).values())


@settings(max_examples=25)
@given(edits)
def test_any_edits_close_and_read_the_same_backwards(
    changes: list[tuple[Entry, int, float]],
) -> None:
    old, new = end_at("baba", NOVEMBER), edited(changes)
    there, back = explained(old, new), explained(new, old)
    for key, bridge in there.items():
        assert bridge.note == ""
        assert_closed(bridge)
        mirrored = {bar.player: -bar.amount for bar in back[key].bars}
        amounts = {bar.player: bar.amount for bar in bridge.bars}
        for player in amounts.keys() | mirrored.keys():
            assert amounts.get(player, 0) == pytest.approx(mirrored.get(player, 0), abs=1e-9)


def test_october_to_november_reads_the_same_backwards() -> None:
    ends = end_at("baba", OCTOBER), end_at("baba", NOVEMBER)
    there, back = explained(*ends), explained(*ends[::-1])
    for key, bridge in there.items():
        # a target that changed goes by its newer row
        amounts = sorted(round(bar.amount, 9) for bar in bridge.bars)
        assert amounts == pytest.approx(sorted(round(-bar.amount, 9) for bar in back[key].bars))


def test_one_changed_input_is_the_whole_change() -> None:
    old, new = end_at("baba", NOVEMBER), edited([(assumptions.growth, 0, 1.1)])
    (bar,) = explained(old, new)["bear.value"].bars
    member = old.case.members[assumptions.growth.dims[1]][0]
    assert bar.player == f"assumption[growth,bear,{member}]"
    assert bar.family == "growth"
    assert explained(old, new)["bull.value"].bars == ()


def test_an_exchange_rate_is_one_player_whatever_it_converts() -> None:
    old = end_at("baba", NOVEMBER)
    place = old.case.members[conversion.per_euro.dims[0]].index("CNY")
    told = explained(old, edited([(conversion.per_euro, place, 0.99)]))
    assert {bar.player for bridge in told.values() for bar in bridge.bars} == {"fx[CNY]"}
    assert told["hype.consensus"].bars == ()


def test_a_target_that_replaces_its_brokers_older_one_is_one_player() -> None:
    bridge = explained(end_at("baba", OCTOBER), end_at("baba", NOVEMBER))["hype.consensus"]
    assert {bar.player for bar in bridge.bars} == {
        "target[Macquarie,ordinary,2025-11-26]",
        "target[Goldman Sachs,listed,2025-11-26]",
        "fx[HKD]",
    }


def test_days_that_pass_without_news_are_time_alone() -> None:
    case = case_at("baba", NOVEMBER)
    later = end_of(
        with_given(case, {description.as_of.issued: case.given[description.as_of.issued] + 2})
    )
    bridge = explained(end_at("baba", NOVEMBER), later)["hype.value"]
    assert [(bar.player, bar.family) for bar in bridge.bars] == [("time", "time")]
    assert_closed(bridge)


@pytest.mark.parametrize(
    ("other", "bar"),
    [
        ((), ("unreproduced", "What the file's own inputs do not give")),
        ((0,), ("method", "Change of the method")),
        ((1,), ("method", "Change of the method")),
    ],
)
def test_what_todays_model_does_not_give_is_a_bar_of_its_own(
    other: tuple[int, ...], bar: tuple[str, str]
) -> None:
    ends = [end_at("baba", OCTOBER), end_at("baba", NOVEMBER)]
    ends[0] = replace(ends[0], stored={**ends[0].stored, "hype.score": 20.0})
    for at in other:
        ends[at] = replace(ends[at], end=ends[at].end._replace(model_hash="another"))
    bridge = score_bridge(*ends)
    (found,) = [one for one in bridge.bars if one.family == "method"]
    assert (found.player, found.label) == bar
    assert found.amount == pytest.approx(float(ends[0].now["hype.score"] or 0) - 20)
    assert_closed(bridge)


@pytest.mark.parametrize(
    ("stored", "now", "note"),
    [
        ((None, 100.0), (90.0, 90.0), "not attributed: n/a at one end"),
        ((100.0, None), (90.0, 90.0), "not attributed: n/a at one end"),
        ((100.0, 100.0), (None, 90.0), "not attributed: n/a at one end"),
        ((100.0, 100.0), (90.0, None), "not attributed: n/a at one end"),
        ((None, None), (90.0, 90.0), ""),
        ((None, None), (None, None), ""),
    ],
)
def test_a_value_that_is_n_a_at_one_end_has_no_bars_and_that_is_said(
    stored: tuple[float | None, float | None], now: tuple[float | None, float | None], note: str
) -> None:
    ends = (
        replace(end, stored={**end.stored, "base.value": said}, now={**end.now, "base.value": is_})
        for end, said, is_ in zip(
            (end_at("baba", OCTOBER), end_at("baba", NOVEMBER)), stored, now, strict=True
        )
    )
    bridge = explained(*ends)["base.value"]
    assert (bridge.old, bridge.new, bridge.bars, bridge.note) == (*stored, (), note)
    assert (bridge.method, bridge.states, bridge.whole) == ("exact", 0, "")


# What a file says before and after, and today's model; how much is not explained
BEYOND: list[tuple[tuple[float, float], tuple[float, float], float | None]] = [
    ((100.0, 110.0), (100.0, 110.0), None),
    ((100.0, 110.0), (100.0 + 0.9e-7, 110.0 - 0.9e-7), None),
    ((100.0, 110.0), (100.0 + 1.1e-7, 110.0), 1.1e-7),
    ((100.0, 110.0), (100.0, 110.0 + 1.1e-7), -1.1e-7),
    ((100.0, 0.0), (100.0, 0.9e-7), None),
    ((-100.0, 0.0), (-100.0, 0.9e-7), None),
    ((0.5, 0.5), (0.5, 0.5 + 0.9e-9), None),
    ((0.5, 0.5), (0.5, 0.5 + 1.1e-9), -1.1e-9),
    ((0.0, 100.0), (1.1e-9, 100.0), 1.1e-9),
    ((100.0, 110.0), (101.0, 113.0), -2.0),
]


@pytest.mark.parametrize(("stored", "now", "bar"), BEYOND)
def test_what_rounding_explains_is_no_bar(
    stored: tuple[float, float],
    now: tuple[float, float],
    bar: float | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing = Attributed((), "exact", 1)
    monkeypatch.setattr("reportgen.attribution.bridges.by_sub_score", lambda *_: nothing)
    end = end_at("baba", NOVEMBER)
    ends = [
        replace(end, stored={"hype.score": said}, now={"hype.score": is_})
        for said, is_ in zip(stored, now, strict=True)
    ]
    bridge = score_bridge(*ends)
    assert [one.amount for one in bridge.bars] == (
        [] if bar is None else [pytest.approx(bar, rel=1e-5)]
    )


@pytest.mark.parametrize("backwards", [False, True])
def test_the_first_brokers_take_the_place_of_the_aggregate_each_with_its_share(
    *, backwards: bool
) -> None:
    ends = end_at("baba", DAYS[0]), end_at("baba", NOVEMBER)
    told = explained(*(ends[::-1] if backwards else ends))
    for output in ("hype.consensus", "hype.value"):
        bridge = told[output]
        assert (bridge.note, bridge.whole) == ("", "")
        targets = [bar.label for bar in bridge.bars if bar.family == "targets"]
        assert len(targets) == BROKERS_IN_NOVEMBER
        assert not any("Street average" in label for label in targets)
        assert_closed(bridge)


def with_targets(*names: str) -> ReadEnd:
    """November's report with no other targets than those of some brokers."""
    case = case_at("baba", NOVEMBER)
    kept = [str(broker) in names for broker in case.given[price_targets.broker]]
    values = np.where(kept, case.given[stated.issued], np.nan)
    return end_of(with_given(case, {stated.issued: values}))


def test_a_broker_that_takes_the_place_of_an_aggregate_alone_is_the_whole_change() -> None:
    ends = with_targets("Street average"), with_targets("Street average", "Mizuho")
    bridge = explained(*ends)["hype.consensus"]
    (bar,) = bridge.bars
    assert "Mizuho" in bar.label
    assert (bridge.old, bridge.note) == (151.08, "")
    assert_closed(bridge)


def test_where_no_target_is_left_in_a_mixed_state_all_move_as_one_and_it_is_told_why() -> None:
    bridge = explained(with_targets("Mizuho"), with_targets("Barclays"))["hype.consensus"]
    assert bridge.whole == "targets"
    assert bridge.note.startswith("all targets as one: with only ")
    assert [bar.label for bar in bridge.bars] == ["Targets"]
    assert_closed(bridge)


def test_a_broker_is_not_in_use_at_an_end_that_does_not_have_it() -> None:
    old, new = with_targets("Mizuho"), with_targets("Barclays")
    found = both_ends(old.solved, new.solved)
    assert found.members[TARGET] == ("mizuho", "barclays")
    for end, in_use in ((found.old, [1, 0]), (found.new, [0, 1])):
        assert end[of_broker].tolist() == in_use
        assert end[aggregate].tolist() == [0, 0]


@pytest.mark.parametrize("method", ["owen", "sampled", "sequential", "exact"])
def test_every_method_closes(method: str) -> None:
    how = Attribution(method)  # type: ignore[arg-type]  # the cases above are its words
    for bridge in explained(end_at("pence", OCTOBER), end_at("pence", NOVEMBER), how).values():
        assert_closed(bridge)
        assert not bridge.bars or bridge.method == method


def test_in_sequence_the_families_named_go_first_and_the_range_holds_the_fair_share() -> None:
    ends = end_at("baba", OCTOBER), end_at("baba", NOVEMBER)
    fair = {bar.player: bar.amount for bar in explained(*ends)["hype.value"].bars}
    told = explained(*ends, Attribution("sequential", ("targets", "time")))["hype.value"]
    for bar in told.bars:
        assert bar.low is not None
        assert bar.high is not None
        assert bar.low - 1e-9 <= fair[bar.player] <= bar.high + 1e-9
    first = explained(*ends, Attribution("sequential", ("time",)))["hype.value"]
    amount = {bar.player: bar.amount for bar in first.bars}["time"]
    assert amount != {bar.player: bar.amount for bar in told.bars}["time"]


def test_who_has_no_effect_in_any_state_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = end_at("baba", NOVEMBER), edited([(assumptions.growth, 0, 1.1)])
    for found in (
        (0.0, 0.0, 0.0, 0.0),
        (0.5, 0.0, 0.0, 0.0),
        (0.0, -0.5, 0.0, 0.0),
        (0.0, 0.0, 0.5, 0.0),
        (0.0, 0.0, 0.0, 0.5),
    ):
        amount, *others = (np.array([one]) for one in found)
        shares = Split(amount, 7, *others)
        monkeypatch.setattr("reportgen.attribution.bridges.split", lambda *_, of=shares: of)
        (bridge,) = bridges(*ends, OUTCOMES[:1])
        bars = [(bar.amount, bar.low, bar.high, bar.standard_error) for bar in bridge.bars]
        assert bars == [found] * any(found)


def test_an_order_that_names_nobody_is_refused() -> None:
    with pytest.raises(ReportgenError, match="no such player or family"):
        explained(
            end_at("baba", OCTOBER), end_at("baba", NOVEMBER), Attribution("sequential", ("fees",))
        )


def weighing(sotp: float, pe: float) -> ReadEnd:
    """November's report valued by the sum of the parts and by P/E, in these parts."""
    case = case_at("baba", NOVEMBER)
    weights = {"sotp": sotp, "pe": pe, "ev_ebitda": 0.0, "pb": 0.0}
    lines = {assumption(f"weight_{name}").issued: value for name, value in weights.items()}
    return end_of(
        with_given(case, {of: np.full_like(case.given[of], value) for of, value in lines.items()})
    )


def test_where_weights_cannot_move_one_by_one_each_family_moves_as_one() -> None:
    bridge = explained(weighing(1, 0), weighing(0, 1))["base.value"]
    assert bridge.whole == "families"
    assert bridge.note.startswith("by family only: with only ")
    (bar,) = bridge.bars
    assert (bar.player, bar.label) == (bar.family, bar.family.capitalize())
    assert_closed(bridge)


def test_where_nothing_can_move_alone_nothing_is_attributed() -> None:
    """Earnings come with the weight of P/E, from which they are told apart."""
    old, new = weighing(1, 0), weighing(0, 1)
    values = old.case.given[fundamentals.metric]
    gone = np.where(values == "eps", np.nan, old.case.given[fundamentals.value.issued])
    without = end_of(with_given(old.case, {fundamentals.value.issued: gone}))
    bridge = explained(without, new)["base.value"]
    assert bridge.bars == ()
    assert bridge.note.startswith("not attributed: with only ")


def test_a_score_that_its_sub_scores_do_not_make_is_not_attributed() -> None:
    old, new = end_at("baba", OCTOBER), end_at("baba", NOVEMBER)
    bridge = score_bridge(replace(old, now={**old.now, "hype.score": 1.0}), new)
    assert (bridge.old, bridge.new) == (old.stored["hype.score"], new.stored["hype.score"])
    assert bridge.note.startswith("not attributed: the sub-scores give 30.8584 where the model")
    assert bridge.bars == ()
