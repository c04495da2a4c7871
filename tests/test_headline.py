"""The numbers that are followed have their names and their order."""

from __future__ import annotations

from reportgen.headline import HEADLINE, HEADLINES, VALUES

NUMBERS = """\
bear.value     | bear      | Bear          | Bear value    | bear.probability | bear.upside | bear
base.value     | base      | Base          | Base value    | base.probability | base.upside | base
bull.value     | bull      | Bull          | Bull value    | bull.probability | bull.upside | bull
expected_value | expected  | Expected      | Expected value      |  | upside           |
hype.value | hype      | Hype-adjusted | Hype-adjusted value |  | hype.upside      | hype_adjusted
hype.consensus | consensus | Consensus     | Consensus           |  | consensus.upside | consensus
hype.score     | score     | Hype score    | Hype score          |  |                  |
price          | price     | Price         | Price               |  |                  |
"""


SHORT_LIST = """\
company.ticker company.name company.price_currency as_of price say.sentence
stance.call stance.buy_below stance.short_above stance.total_return
bear.value bear.probability bear.upside base.value base.probability base.upside
bull.value bull.probability bull.upside
expected_value upside skew omega implied_bull_probability house_bull_probability
hype.value hype.upside hype.low hype.high
hype.generic hype.specific hype.to_expected hype.score hype.coverage hype.consensus hype.brokers
consensus.upside
priced_in.g_needed[bear] priced_in.g_needed[base] priced_in.g_needed[bull]
priced_in.g_needed[consensus] priced_in.g_needed[hype_adjusted] priced_in.g_needed[bull_narrative]
last_month.bear.value last_month.base.value last_month.bull.value last_month.expected_value
last_month.hype.value last_month.hype.consensus last_month.hype.score last_month.price
since_last_month.bear.value since_last_month.base.value since_last_month.bull.value
since_last_month.expected_value since_last_month.hype.value since_last_month.hype.consensus
since_last_month.hype.score since_last_month.price
readiness readiness.reason checks.fail checks.warn
"""


def test_the_numbers_that_are_followed_have_their_names_and_their_order() -> None:
    told = [tuple(cell.strip() for cell in line.split("|")) for line in NUMBERS.splitlines()]
    assert [tuple(one) for one in HEADLINES] == told
    assert [tuple(one) for one in VALUES] == told[:6]
    assert list(HEADLINE) == SHORT_LIST.split()
