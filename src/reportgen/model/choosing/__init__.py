"""Choosing between facts that disagree: a lower weighted median, in rows that can be audited.

weight = reliability x 2^(-age/half-life) / (candidates of the same publisher group); bounds are
set aside where anything firmer is known. Written once for any table of candidates.
"""
