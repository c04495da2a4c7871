"""A small universe on disk: two companies without a folder, and one that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.knowledge import known_at
from reportgen.facts.pack import pack_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.reading.universe import read_universe
from tests.facts.pack_folder import AS_OF, PackFolder, messages

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reportgen.facts.pack import Pack
    from reportgen.facts.reading.universe import Universe

LISTED = {
    "companies": """\
ticker,name,exchange,price_currency,reporting_currency,adr_ratio,fiscal_year_end,peers,tags,sector
KITE,Kite Aerial Ltd,NYSE,USD,USD,,12-31,LOOM;ACME,us;ai,technology
LOOM,Loom & Weft plc,LSE,GBp,GBP,,03-31,,uk,textiles
""",
    "prices": """\
ticker,Date,Close
KITE,2025-10-31,100
LOOM,2025-10-31,1000
KITE,2025-11-28,101.5
LOOM,2025-11-28,1010
""",
    "targets": """\
ticker,published,broker,target,currency,source
KITE,2025-10-01,Coyote,130,USD,wire
LOOM,2025-10-02,Coyote,1200,GBp,wire
KITE,2025-11-03,"Road, Runner & Co",120,USD,wire
LOOM,2025-12-03,Roadrunner,1300,GBp,wire
""",
    "fundamentals": """\
ticker,period_end,period,segment,metric,value,unit,published,source
KITE,2024-12-31,FY2024,group,revenue,1000,USD m,2025-02-20,filing
KITE,2024-12-31,FY2024,group,eps,5,USD/share,2025-02-20,filing
LOOM,2025-03-31,FY2025,group,revenue,300,GBP m,2025-05-20,filing
""",
    "sources": """\
ticker,id,title,tier
*,wire,Broker changes,wire
KITE,filing,Annual report of Kite,primary
LOOM,filing,Annual report of Loom,primary
""",
}


class UniverseFolder(PackFolder):
    """A pack, ACME, and beside it a universe whose files can be rewritten and appended to."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        for name, text in LISTED.items():
            self.write(f"universe/{name}.csv", text)

    def universe(self) -> Universe:
        """The whole universe."""
        return read_universe(self.inputs)

    def told(self) -> list[str]:
        """What is wrong with the universe as a whole."""
        return messages(self.universe().problems)

    def digest(self, ticker: str) -> str:
        """The digest of the slice of a company."""
        return self.universe().slice(ticker).digest

    def from_slice(self, ticker: str, as_of: date = AS_OF) -> Pack:
        """The pack as of a day, made of a slice of the whole universe."""
        part = self.universe().slice(ticker)
        return pack_at(read_pack(ticker, self.inputs, of_universe=part), as_of)

    def all_problems(self, ticker: str, as_of: date = AS_OF) -> list[str]:
        """The messages of all problems, those of later rows among them."""
        known = known_at(read_pack(ticker, self.inputs), as_of)
        return messages((*known.problems, *known.later_problems))
