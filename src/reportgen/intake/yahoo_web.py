"""Yahoo asked by the session of yfinance: an extra, for who takes its terms upon themselves.

Its answers are kept as they came, as those of the other services are.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from reportgen.errors import ReportgenError
from reportgen.intake.outside_files import LARGEST
from reportgen.intake.web import SECONDS, BusyError, WebError, patiently, require_good

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_HOST = "https://query2.finance.yahoo.com"
_MODULES = "earningsTrend,upgradeDowngradeHistory,price"
_PAUSE = 0.5  # seconds between two questions


def chart(symbol: str, since: datetime, until: datetime) -> str:
    """Return the address of the daily closes of a share, and of its splits."""
    asked = {
        "period1": int(since.timestamp()),
        "period2": int(until.timestamp()),
        "interval": "1d",
        "events": "div,splits",
    }
    return f"{_HOST}/v8/finance/chart/{quote(symbol, safe='')}?{urlencode(asked)}"


def summary(symbol: str) -> str:
    """Return the address of targets and consensus of a share."""
    asked = {"modules": _MODULES, "formatted": "false"}
    return f"{_HOST}/v10/finance/quoteSummary/{quote(symbol, safe='')}?{urlencode(asked)}"


def session() -> Any:  # noqa: ANN401 - of a library that need not be there
    """Return the session of yfinance. Raises ReportgenError where that is not installed."""
    try:
        from yfinance.data import YfData  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        raise ReportgenError(
            '--from yahoo: yfinance is not installed; pip install "reportgen[yahoo]" does it'
        ) from None
    return YfData()


@dataclass
class Yahoo:
    """Yahoo, as one user of it; `asked` is what gets answers, `sleep` stands for the clock."""

    asked: Any = field(default_factory=session)
    sleep: Callable[[float], None] = time.sleep

    def get(self, address: str) -> bytes:
        """Return the answer to an address; who is busy is asked three times. Raises WebError."""
        return patiently(lambda: self._answer(address), address, self.sleep)

    def _answer(self, address: str) -> bytes:
        self.sleep(_PAUSE)
        try:
            answer = self.asked.get(address, timeout=SECONDS)
        except Exception as error:  # noqa: BLE001 - of a library with errors of its own
            if "RateLimit" in type(error).__name__ or "Timeout" in type(error).__name__:
                raise BusyError(f"was busy ({type(error).__name__})") from None
            raise WebError(f"{address}: cannot be reached: {error}") from None
        require_good(answer.status_code, "", address)
        content: bytes = answer.content
        if len(content) > LARGEST:
            raise WebError(f"{address}: answered more than {LARGEST // 1024**2} MiB")
        return content
