"""The leaves of the model: every number and text that comes from the inputs or the policy."""

from reportgen.model.inputs import assumptions, conversion, description, market_data, sources

# In the order of calculation; constants are lines of whoever asks for them
MODULES = (description, assumptions, conversion, sources, market_data)
