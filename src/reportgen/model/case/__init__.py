"""From what is known to what is computed on: members of every dimension, and the given values."""
