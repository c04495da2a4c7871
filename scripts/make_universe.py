"""Write a synthetic universe: inputs of many companies that do not exist, in the form of a vendor.

    python scripts/make_universe.py 500 synthetic

Nothing in it is true: names, tickers, closes and figures are drawn by chance, but hang together as
those of companies do. The same numbers give the same bytes, and a larger universe begins with the
companies of a smaller one. Some companies lack a piece or two, as they do at every vendor.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

SEED = "universe 1"
LAST_MONTH = (2025, 11)
MONTHS = 42  # of closes
QUARTERS = 13
BENCHMARK = "SYNALL"
README = """\
Synthetic inputs, written by scripts/make_universe.py. Companies, tickers, closes, results, brokers
and targets are invented; any likeness to real ones is chance. For tests and measurements only.
"""


class Sector(NamedTuple):
    """What companies of a sector have in common: yearly growth, P/E, margin and so on."""

    name: str
    growth: float
    pe: float
    margin: float  # EBITA of revenue
    multiple: float  # of the metric that is valued
    metric: str
    payout: float
    cost_of_equity: float
    has_defaults: bool = True


SECTORS = (
    Sector("communication", 0.06, 17, 0.20, 2.6, "revenue", 0.30, 0.090),
    Sector("consumer discretionary", 0.07, 18, 0.11, 1.6, "revenue", 0.25, 0.095),
    Sector("consumer staples", 0.03, 19, 0.14, 14, "ebita", 0.55, 0.080),
    Sector("energy", 0.02, 10, 0.17, 7, "ebita", 0.45, 0.100),
    Sector("financials", 0.05, 11, 0.30, 2.4, "revenue", 0.45, 0.100),
    Sector("health care", 0.06, 20, 0.18, 15, "ebita", 0.35, 0.085),
    Sector("industrials", 0.05, 17, 0.12, 12, "ebita", 0.35, 0.090),
    Sector("information technology", 0.11, 25, 0.24, 4.5, "revenue", 0.15, 0.100),
    Sector("materials", 0.03, 13, 0.14, 9, "ebita", 0.40, 0.095),
    Sector("real estate", 0.03, 16, 0.40, 6, "revenue", 0.60, 0.085, has_defaults=False),
    Sector("utilities", 0.03, 15, 0.21, 12, "ebita", 0.60, 0.075),
)


class Market(NamedTuple):
    """An exchange: the currency of its closes, of its accounts, and what a close is about."""

    exchange: str
    quoted: str
    currency: str
    share: str  # the unit of a figure per share
    level: float
    adr_ratio: int = 1


MARKETS = (
    *[Market("SYNY", "USD", "USD", "USD/share", 60)] * 11,
    *[Market("SYNX", "EUR", "EUR", "EUR/share", 45)] * 4,
    *[Market("SYNL", "GBp", "GBP", "GBP/share", 620)] * 2,
    *[Market("SYNT", "JPY", "JPY", "JPY/share", 2400)] * 2,
    Market("SYNY", "USD", "CNY", "CNY/ADS", 35, adr_ratio=4),
)
BROKERS = (
    *("Harrow & Finch", "Castellan Securities", "Brightwater", "Oakmere Partners", "Tessel Bank"),
    *("Quill Research", "Northgate", "Vantry & Co", "Pell Street", "Lowen Markets", "Ardent"),
)
_FIRST = ("Vel", "Tor", "Mar", "Quen", "Bri", "Als", "Dor", "Hel", "Ist", "Kor", "Lum", "Nev",
          "Ost", "Per", "Ral", "Sen", "Tal", "Ulm", "Vor", "Wes", "Yar", "Zel")  # fmt: skip
_MIDDLE = ("mo", "ta", "ri", "den", "lo", "va", "ne", "ska", "li", "ro", "ber", "sti", "ga", "pe")
_LAST = ("ra", "nix", "dale", "tec", "on", "via", "gen", "mont", "ex", "holm", "crest", "wyn")
_TRADES = ("Group", "Holdings", "Systems", "Works", "Partners", "Industries", "Labs", "Networks")

Cell = str | float | int | date
Tables = dict[str, list[tuple[Cell, ...]]]

COLUMNS = {
    "companies": "ticker,name,exchange,price_currency,reporting_currency,adr_ratio,"
    "fiscal_year_end,benchmark,metric,peers,tags,sector,prices.splits",
    "prices": "ticker,Date,Close",
    "targets": "ticker,published,broker,target,currency,line,rating,source",
    "fundamentals": "ticker,period_end,period,segment,metric,value,unit,published,source",
    "estimates": "ticker,published,metric,value,unit,source",
    "assumptions": "ticker,published,scenario,segment,key,value,unit,author,note",
    "peers": "ticker,published,peer,metric,value,unit,source",
    "claims": "ticker,key,variant,value,unit,published,source",
    "events": "ticker,published,event,date,status,source",
    "actions": "ticker,published,ex_date,ratio,note",
    "sources": "ticker,id,title,publisher,publisher_group,tier",
    "defaults": "published,sector,scenario,segment,key,value,unit,author",
}
SOURCES = (
    ("*", "filings", "Reported figures (synthetic)", "Synthetic filings", "filings", "primary"),
    ("*", "brokers", "Changes of targets (synthetic)", "Synthetic wire", "wire", "wire"),
    ("*", "consensus", "Consensus (synthetic)", "Synthetic consensus", "consensus", "wire"),
    ("*", "blog", "Talk of the trade (synthetic)", "Synthetic blog", "blog", "trade_blog"),
)


def month_end(back: int) -> date:
    """The last weekday of a month, so many months before the last one."""
    year, month = LAST_MONTH
    first_of_next = 12 * year + month - back
    day = date(first_of_next // 12, first_of_next % 12 + 1, 1) - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - 4))


DAYS = [month_end(back) for back in reversed(range(MONTHS))]


def ticker_of(number: int) -> str:
    """SYAAA, SYAAB ... a company's number in letters."""
    letters = ""
    for _ in range(3):
        number, rest = divmod(number, 26)
        letters = chr(ord("A") + rest) + letters
    return f"SY{letters}"


def market_path() -> list[float]:
    """The level of the whole market at each month end."""
    chance, level = Random(f"{SEED} market"), 100.0
    path = []
    for _ in DAYS:
        level *= math.exp(0.006 + 0.035 * chance.gauss(0, 1))
        path.append(level)
    return path


class Company:
    """One company: its number decides by chance what it is and what is known of it."""

    def __init__(self, number: int, of: int, market: list[float]) -> None:
        self.number, self.of = number, of
        self.chance = Random(f"{SEED} company {number}")
        self.ticker = ticker_of(number)
        self.sector = SECTORS[number % len(SECTORS)]
        self.market = self.chance.choice(MARKETS)
        self.growth = self.sector.growth + 0.06 * self.chance.gauss(0, 1)
        self.year_end = self.chance.choice((12, 12, 12, 12, 3, 6, 9))
        self.months_of_period = self.chance.choices((3, 6, 12), (70, 25, 5))[0]
        self.is_loss_maker = self.chance.random() < 0.04
        self.split = self.chance.choice((2.0, 3.0)) if self.chance.random() < 0.02 else 1.0
        self.split_day = DAYS[-8] - timedelta(days=self.chance.randrange(4, 20))
        self.lacks = self.chance.choices(
            ("", "targets", "estimates", "fundamentals", "assumptions", "prices", "peers"),
            (78, 5, 5, 2, 5, 2, 3),
        )[0]
        self.closes = self._closes(market)
        self.value = self.closes[-1] / (100 if self.market.quoted == "GBp" else 1)
        self.pe = self.sector.pe * math.exp(0.25 * self.chance.gauss(0, 1))
        self.rate = 7.1 if self.market.currency == "CNY" else 1.0  # of the accounts
        self.eps = self.rate * self.value / self.pe * (-0.6 if self.is_loss_maker else 1)
        size = math.exp(self.chance.gauss(math.log(6_000), 1.3))  # millions of dollars
        self.shares = size * {"JPY": 150}.get(self.market.quoted, 1) / self.value
        self.cash = 0.12 * self.chance.gauss(0, 1) - 0.04  # of its worth; below 0 it is debt
        self.invested = max(0.0, self.chance.gauss(0, 0.03))
        self.worth = self.shares * self.value * self.rate  # millions of the accounts' currency

    def _closes(self, market: list[float]) -> list[float]:
        """Closes at each month end, in shares of today."""
        close = self.market.level * math.exp(0.8 * self.chance.gauss(0, 1))
        beta, before = 0.5 + self.chance.random(), market[0]
        closes = []
        for level in market:
            own = 0.055 * self.chance.gauss(0, 1) + (self.growth - 0.06) / 12
            close *= math.exp(beta * math.log(level / before) + own)
            before = level
            closes.append(close)
        return closes

    def in_shares_of(self, day: date) -> float:
        """How many shares of today were one share on a day."""
        return self.split if day < self.split_day else 1.0

    def eps_at(self, day: date) -> float:
        """Earnings a share of the twelve months up to a day, in shares of today."""
        years = (DAYS[-1] - day).days / 365.25
        return self.eps * math.exp(-self.growth * years)

    def write(self, tables: Tables) -> None:
        """Add its rows to the tables."""
        self._describe(tables)
        for name in ("fundamentals", "targets", "estimates", "assumptions", "peers"):
            if name != self.lacks:
                getattr(self, f"_{name}")(tables)
        self._prices(tables)
        self._news(tables)

    def _describe(self, tables: Tables) -> None:
        words = self.chance.choice(_FIRST) + self.chance.choice(_MIDDLE) + self.chance.choice(_LAST)
        name = f"{words} {self.chance.choice(_TRADES)} (synthetic)"
        year_end = {3: "03-31", 6: "06-30", 9: "09-30", 12: "12-31"}[self.year_end]
        tags = ["synthetic", self.market.exchange.lower()]
        tags += ["large"] if self.worth / self.rate > 20_000 else []
        row = (
            *(self.ticker, name, self.market.exchange, self.market.quoted, self.market.currency),
            *(self.market.adr_ratio, year_end, BENCHMARK, self.sector.metric),
            *(";".join(self.peers()), ";".join(tags), self.sector.name),
            "raw" if self.split != 1 else "",
        )
        tables["companies"].append(row)

    def peers(self) -> list[str]:
        """The next three companies of its sector, as far as there are some."""
        step = len(SECTORS)
        others = (self.number + step * k for k in (1, 2, 3, -1, -2, -3))
        return [ticker_of(one) for one in others if 0 <= one < self.of][:3]

    def _prices(self, tables: Tables) -> None:
        ended = MONTHS - 3 if self.lacks == "prices" else MONTHS
        for day, close in list(zip(DAYS, self.closes, strict=True))[:ended]:
            tables["prices"].append((self.ticker, day, money(close * self.in_shares_of(day))))
        if self.lacks == "prices":  # it was taken over
            day = DAYS[ended - 1] + timedelta(days=3)
            tables["events"].append((self.ticker, day, "delisting", day, "done", "filings"))

    def _fundamentals(self, tables: Tables) -> None:
        add, share = tables["fundamentals"].append, self.market.share
        currency = f"{self.market.currency} m"
        revenue = self.worth / self.pe * 12 * (1 if self.is_loss_maker else 0.9)
        for back in reversed(range(QUARTERS)):
            end = quarter_end(back)
            months = 1 + (end.month - self.year_end - 1) % 12  # of the fiscal year so far
            year = end.year + (end.month > self.year_end)
            if months % self.months_of_period:
                continue
            published = end + timedelta(days=self.chance.randrange(24, 55))
            if published > DAYS[-1] + timedelta(days=40):
                continue
            part = {3: f"Q{months // 3}", 6: f"H{months // 6}", 12: ""}[self.months_of_period]
            period = f"FY{year}-{part}".rstrip("-")
            level = self.eps_at(end) / self.eps * self.months_of_period / 12
            sold = revenue * level * math.exp(0.03 * self.chance.gauss(0, 1))
            earned = self.eps * level * math.exp(0.08 * self.chance.gauss(0, 1))
            shares_then = self.in_shares_of(published)
            known = (end, period, "group")
            for metric, value, unit in (
                ("revenue", sold, currency),
                ("ebita", sold * self.sector.margin * (-1 if self.is_loss_maker else 1), currency),
                ("eps", earned * shares_then, share),
            ):
                add((self.ticker, *known, metric, figure(value), unit, published, "filings"))
            if months % 6 == 0 or self.months_of_period == 12:
                balance = (end, end.isoformat(), "group")
                drift = math.exp(0.05 * self.chance.gauss(0, 1))
                for metric, value, unit in (
                    ("shares_diluted", self.shares / shares_then, "m"),
                    ("net_cash", self.worth * self.cash * drift, currency),
                    ("investments", self.worth * self.invested * drift, currency),
                    ("book_value", self.worth / (1.2 + self.pe / 10), currency),
                ):
                    add((self.ticker, *balance, metric, figure(value), unit, published, "filings"))

    def _targets(self, tables: Tables) -> None:
        optimism = 0.10 + 0.08 * self.chance.gauss(0, 1)
        for broker in self.chance.sample(BROKERS, self.chance.randrange(2, 9)):
            months = range(MONTHS - 18, MONTHS)
            for place in self.chance.sample(months, self.chance.randrange(1, 5)):
                day = DAYS[place] + timedelta(days=self.chance.randrange(6))
                upside = optimism + 0.10 * self.chance.gauss(0, 1)
                target = self.closes[place] * self.in_shares_of(day) * math.exp(upside)
                rating = "Buy" if upside > 0.15 else "Hold" if upside > -0.05 else "Sell"
                row = (self.ticker, day, broker, money(target), self.market.quoted)
                tables["targets"].append((*row, "listed", rating, "brokers"))

    def _estimates(self, tables: Tables) -> None:
        for day in DAYS[-18:]:
            ahead = self.eps_at(day) * math.exp(self.growth + 0.03 * self.chance.gauss(0, 1))
            row = (self.ticker, day, "eps_ntm", figure(ahead * self.in_shares_of(day)))
            tables["estimates"].append((*row, self.market.share, "consensus"))

    def _assumptions(self, tables: Tables) -> None:
        add, day = tables["assumptions"].append, DAYS[-14]
        dividend = max(0.0, self.eps) * self.sector.payout * self.in_shares_of(day)
        unit = self.market.share
        add((self.ticker, day, "all", "", "dividend", figure(dividend), unit, "desk", ""))
        if self.chance.random() < 0.4:
            return  # all else is its sector's
        for place in (-14, -8, -2):
            seen = self.growth + 0.01 * self.chance.gauss(0, 1)
            day = DAYS[place] - timedelta(days=self.chance.randrange(0, 9))
            for scenario, more in (("bear", -0.10), ("base", 0.0), ("bull", 0.08)):
                for key, segment in (("growth", "main"), ("eps_growth", "")):
                    row = (self.ticker, day, scenario, segment, key, f"{seen + more:.4f}")
                    add((*row, "ratio", "desk", ""))

    def _peers(self, tables: Tables) -> None:
        for place in (-13, -7, -1):
            for peer in self.peers():
                pe = self.sector.pe * math.exp(0.2 * self.chance.gauss(0, 1))
                row = (self.ticker, DAYS[place], peer, "pe_ttm", f"{pe:.1f}", "x", "consensus")
                tables["peers"].append(row)

    def _news(self, tables: Tables) -> None:
        """Claims, events, a split."""
        if self.chance.random() < 0.3:
            day = DAYS[-self.chance.randrange(1, 7)]
            high = self.closes[DAYS.index(day)] * (1.4 + 0.4 * self.chance.random())
            high *= self.in_shares_of(day)
            row = (self.ticker, "bull_target", "", money(high), self.market.quoted, day, "blog")
            tables["claims"].append(row)
        if self.lacks != "prices":
            due = DAYS[-1] + timedelta(days=self.chance.randrange(20, 110))
            row = (self.ticker, DAYS[-2], "next results", due, "expected", "filings")
            tables["events"].append(row)
        if self.split != 1:
            said = self.split_day - timedelta(days=30)
            tables["actions"].append((self.ticker, said, self.split_day, self.split, ""))


def quarter_end(back: int) -> date:
    """The end of a calendar quarter, so many quarters before the last that is over."""
    months = 12 * 2025 + 9 - 3 * back
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def money(value: float) -> str:
    """A close or target, as exchanges quote it."""
    return f"{value:.0f}" if value >= 1000 else f"{value:.2f}"


def figure(value: float) -> str:
    """A reported figure: five digits."""
    return f"{value:.5g}" if abs(value) < 10_000 else f"{value:.0f}"


def defaults() -> list[tuple[Cell, ...]]:
    """What the house assumes of each sector but one; growth and multiples are revised."""
    rows: list[tuple[Cell, ...]] = []
    for sector in SECTORS:
        if not sector.has_defaults:
            continue
        said = _of_method(sector)
        for scenario, odds in (("bear", 0.25), ("base", 0.50), ("bull", 0.25)):
            said.append((scenario, "", "probability", odds, "ratio"))
        rows += [_default(DAYS[-20], sector, *one) for one in said]
        for number, place in enumerate((-20, -14, -8, -1)):
            seen = sector.growth + 0.004 * (number - 2)
            for scenario, more, times in (
                ("bear", -0.10, 0.75),
                ("base", 0, 1),
                ("bull", 0.08, 1.25),
            ):
                for key, segment, value, unit in (
                    ("growth", "main", seen + more, "ratio"),
                    ("multiple", "main", sector.multiple * times, "x"),
                    ("eps_growth", "", seen + more, "ratio"),
                    ("pe_multiple", "", sector.pe * times, "x"),
                ):
                    rows.append(_default(DAYS[place], sector, scenario, segment, key, value, unit))
    return rows


def _of_method(sector: Sector) -> list[tuple[str, str, str, float, str]]:
    """What does not differ between scenarios, or is never revised."""
    return [
        ("all", "", "cost_of_equity", sector.cost_of_equity, "ratio"),
        ("all", "", "terminal_growth", 0.025, "ratio"),
        ("all", "", "growth_half_life", 5, "years"),
        ("all", "", "fade_years", 10, "years"),
        ("all", "", "cash_conversion", 0.85, "ratio"),
        ("all", "", "weight_sotp", 0.5, "ratio"),
        ("all", "", "weight_pe", 0.5, "ratio"),
        ("all", "", "benchmark_beta", 1, "x"),
        ("all", "", "conglomerate_discount", 0.05, "ratio"),
        ("all", "", "investment_haircut", 0.25, "ratio"),
    ]


def _default(
    day: date, sector: Sector, scenario: str, segment: str, key: str, value: float, unit: str
) -> tuple[Cell, ...]:
    said = f"{value:.4g}"
    return (day, sector.name, scenario, segment, key, said, unit, "strategy desk (synthetic)")


def rates() -> list[tuple[Cell, ...]]:
    """Weekly units of each currency for 1 EUR."""
    chance, rows = Random(f"{SEED} rates"), []
    level = {"USD": 1.10, "CNY": 7.8, "GBP": 0.86, "JPY": 160.0}
    day = DAYS[0] - timedelta(days=31)
    while day <= DAYS[-1] + timedelta(days=7):
        level = {code: rate * math.exp(0.006 * chance.gauss(0, 1)) for code, rate in level.items()}
        rows.append((day, *(f"{rate:.5g}" for rate in level.values())))
        day += timedelta(days=7)
    return rows


def universe(count: int) -> Tables:
    """The rows of every table of so many companies."""
    market, tables = market_path(), defaultdict[str, list[tuple[Cell, ...]]](list)
    for number in range(count):
        Company(number, count, market).write(tables)
    tables["prices"].sort(key=lambda row: (row[1], row[0]))  # as exchanges publish them
    tables["sources"] = list(SOURCES)
    tables["defaults"] = defaults()
    return tables


def write(inputs: Path, count: int) -> None:
    """Write the inputs of so many companies into a folder."""
    folder, market = inputs / "universe", inputs / "market"
    folder.mkdir(parents=True, exist_ok=True)
    market.mkdir(exist_ok=True)
    (inputs / "README.txt").write_text(README, encoding="utf-8")
    for name, rows in universe(count).items():
        _write(folder / f"{name}.csv", COLUMNS[name], rows)
    closes = [(day, money(level)) for day, level in zip(DAYS, market_path(), strict=True)]
    _write(market / f"{BENCHMARK}.csv", "Date,Close", closes)
    _write(market / "fx.csv", "Date,USD,CNY,GBP,JPY", rates())


def _write(path: Path, header: str, rows: list[tuple[Cell, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{header}\n")
        csv.writer(file, lineterminator="\n").writerows(rows)


MOST = 26**3

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) != 2 or not arguments[0].isdigit() or not 0 < int(arguments[0]) <= MOST:
        sys.exit(f"usage: make_universe.py NUMBER FOLDER, NUMBER from 1 to {MOST:,}")
    target = Path(arguments[1], "inputs")
    write(target, int(arguments[0]))
    print(f"{target}: {int(arguments[0]):,} synthetic companies")
