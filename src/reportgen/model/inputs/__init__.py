"""The leaves of the model: every number and text that comes from the inputs or the policy."""

from reportgen.model.inputs import assumptions, conversion, description, market_data, sources
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    description.as_of,
    description.ticker,
    description.company_name,
    description.adr_ratio,
    description.METRIC_NAMES,
    description.launch_date,
    description.reference_vendor,
    description.reference_product,
    description.segment_name,
    description.segment_metric,
    assumptions.ASSUMPTIONS,
    conversion.per_euro,
    sources.source_title,
    sources.source_publisher,
    sources.source_published,
    sources.source_document,
    market_data.close,
    market_data.benchmark_close,
    market_data.estimate,
    market_data.estimate_source,
)
