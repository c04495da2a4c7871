"""The Evidence tab."""

from reportgen.model.words import lines_in
from reportgen.report.tabs.evidence import claims, counts, facts, products

# What the tab prints, beside what these read
LINES = lines_in(
    claims.call_words,
    claims.history,
    claims.own_pe_words,
    claims.state,
    claims.use,
    facts.told.source,
    facts.unit,
    facts.state,
    facts.feeds,
    products.history,
    products.told.source,
    products.stands,
    products.use,
    products.state,
    products.feeds,
    counts.market_in_force,
    counts.pe_own,
    counts.pe_in_force,
    counts.stakes_in_force,
    counts.launch_news,
    counts.headline,
)
