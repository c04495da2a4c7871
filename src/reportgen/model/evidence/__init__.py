"""What documents say: claims and product prices in one unit, weighed; one value a fact."""

from reportgen.model.evidence import claims, opinions, peer_pe, products

# In the order of calculation
MODULES = (claims, products, peer_pe, opinions)
