"""How right reports have been, over all companies: outcomes, scores, and how much they can say."""
