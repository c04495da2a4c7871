"""Many companies: which to build, each apart from the others, what was issued, and an index."""
