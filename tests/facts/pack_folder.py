"""Small packs on disk, to be spoilt one thing at a time."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors
from reportgen.facts.knowledge import known_at
from reportgen.facts.pack import Pack, load, pack_at
from reportgen.facts.reading.pack_files import read_pack

if TYPE_CHECKING:
    from collections.abc import Iterable

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
AS_OF = date(2025, 11, 30)

PLAIN = {
    "ACME/company.yaml": """\
ticker: ACME
name: Acme Corporation
exchange: NYSE
price_currency: USD
reporting_currency: USD
fiscal_year_end: "12-31"
benchmark:
segments:
  - {id: anvils, name: Anvils, metric: revenue}
  - {id: rockets, name: Rockets, metric: revenue}
peers: []
""",
    "ACME/prices.csv": """\
Date,Close
2025-11-26,100
2025-11-27,101.5
2025-11-28,99.25
""",
    "ACME/targets.csv": """\
published,broker,target,currency,line,horizon_months,kind,rating,source
2025-10-01,Coyote,130,USD,ADS,12,broker,Buy,wire
2025-11-03,Roadrunner,110,EUR,ADS,12,broker,Hold,wire
""",
    "ACME/fundamentals.csv": """\
period_end,period,segment,metric,value,unit,yoy,qualifier,published,source,note
2025-09-30,FY2025-Q3,group,revenue,1000,USD m,0.1,=,2025-10-20,filing,
2025-09-30,FY2025-Q3,group,eps,1.5,USD/ADS,,=,2025-10-20,filing,
2025-09-30,2025-09-30,group,shares_diluted,50,m,,=,2025-10-20,filing,
""",
    "ACME/claims.csv": """\
key,variant,value,unit,qualifier,observed,published,source,contradicted_by,note
price,ADS,99,USD,~,,2025-11-28,wire,,
""",
    "ACME/assumptions.csv": """\
published,scenario,segment,key,value,unit,author,note
2025-10-01,bear,,probability,0.3,ratio,house,
2025-10-01,base,,probability,0.4,ratio,house,
2025-10-01,bull,,probability,0.3,ratio,house,
2025-10-01,all,,cost_of_equity,0.1,ratio,house,
2025-10-01,all,,terminal_growth,0.03,ratio,house,
2025-10-01,all,,dividend,1,USD/ADS,house,
2025-10-01,all,anvils,base_metric,700,USD m,house,
2025-10-01,all,anvils,growth,0.05,ratio,house,
2025-10-01,all,anvils,multiple,3,x,house,
2025-10-01,all,rockets,base_metric,300,USD m,house,
2025-10-01,all,rockets,growth,0.2,ratio,house,
2025-10-01,all,rockets,multiple,4,x,house,
2025-10-01,all,,conglomerate_discount,0.1,ratio,house,
2025-10-01,all,,investment_haircut,0.3,ratio,house,
2025-10-01,all,,eps_growth,0.1,ratio,house,
2025-10-01,all,,pe_multiple,15,x,house,
2025-10-01,all,,growth_half_life,5,years,house,
2025-10-01,all,,fade_years,10,years,house,
2025-10-01,all,,cash_conversion,0.9,ratio,house,
2025-10-01,all,,weight_sotp,0.5,ratio,house,
2025-10-01,all,,weight_pe,0.5,ratio,house,
2025-10-01,all,,benchmark_beta,1,x,house,
""",
    "ACME/sources.csv": """\
id,title,publisher,publisher_group,tier,flags,published,document,note
filing,Third quarter 2025,Acme,acme,primary,,2025-10-20,,
wire,Broker changes,various,press,wire,,2025-10-01,,
house,House assumption,us,house,assumption,,2025-01-01,,
unused,Nobody cites this,nobody,,user_post,promotional,2025-01-01,,
""",
    "market/fx.csv": """\
Date,USD,GBP
2025-11-27,1.15,0.87
2025-11-28,1.16,0.88
""",
}


class PackFolder:
    """A complete small pack, whose files can be rewritten, cut and appended to."""

    def __init__(self, root: Path) -> None:
        self.inputs = root / "inputs"
        for name, text in PLAIN.items():
            self.write(name, text)

    def path(self, name: str) -> Path:
        """The path of `targets.csv`, or of `market/fx.csv`."""
        return self.inputs / (name if "/" in name else f"ACME/{name}")

    def write(self, name: str, content: str | bytes) -> PackFolder:
        """Write a file anew."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def append(self, name: str, *lines: str) -> PackFolder:
        """Add lines to the end of a file."""
        with self.path(name).open("a", encoding="utf-8", newline="") as file:
            file.writelines(f"{line}\n" for line in lines)
        return self

    def replace(self, name: str, old: str, new: str) -> PackFolder:
        """Replace a text that the file must hold."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        return self.write(name, text.replace(old, new))

    def load(self, as_of: date = AS_OF, ticker: str = "ACME") -> Pack:
        """The pack as of a day."""
        return load(ticker, as_of=as_of, inputs=self.inputs)

    def load_with(self, history: Path, as_of: date = AS_OF) -> Pack:
        """The pack as of a day, with what was issued before."""
        return pack_at(read_pack("ACME", self.inputs, history), as_of)

    def errors(self, as_of: date = AS_OF, ticker: str = "ACME") -> list[str]:
        """The messages of all problems; the pack must have at least one error."""
        with pytest.raises(InputErrors) as raised:
            self.load(as_of, ticker)
        return [str(problem) for problem in raised.value.problems if problem.severity == "error"]

    def problems(self, as_of: date = AS_OF, ticker: str = "ACME") -> list[str]:
        """The messages of all problems, warnings among them."""
        return messages(known_at(read_pack(ticker, self.inputs), as_of).problems)

    def warnings(self, as_of: date = AS_OF, of: str = "") -> list[str]:
        """The messages of all warnings of what is known, or of one file; there must be no error."""
        told = messages(self.load(as_of).warnings)
        return [one for one in told if f"/{of}" in one] if of else told


def messages(problems: Iterable[object]) -> list[str]:
    """The problems as a person reads them."""
    return [str(problem) for problem in problems]


def copy_of_baba(root: Path) -> Path:
    """The inputs folder with the BABA pack, free to be changed."""
    return Path(shutil.copytree(INPUTS, root / "inputs"))


def without_lines(pack: Pack) -> list[list[tuple[object, ...]]]:
    """All rows of a pack as comparable text, without the lines they stand on."""
    return [
        [
            tuple(
                repr(value)
                for name, value in zip(row._fields, row, strict=True)
                if name != "line_no"
            )
            for row in table
        ]
        for table in pack.rows
    ]
