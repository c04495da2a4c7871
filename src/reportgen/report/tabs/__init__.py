"""The tabs, one module each: what stands where, and which charts look at it."""
