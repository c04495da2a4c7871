"""What the numbers of the model are measured in."""

from __future__ import annotations

from enum import Enum


class Unit(Enum):
    """What a number is measured in; the theme turns it into a number format."""

    RATIO = "ratio"
    CHANGE = "change"
    MULTIPLE = "x"
    PER_SHARE = "price currency per share"
    PRICE_M = "price currency m"
    REPORTING_M = "reporting currency m"
    NUMBER = "number"
    SHARES_M = "m"
    DAYS = "days"
    YEARS = "years"
    SCORE = "0-100"
    COUNT = "count"
    DATE = "date"
    FLAG = "0/1"
    TEXT = "text"
