"""What vendors call the day, the close and a share, in the languages they write in.

Names are compared without case, accents, numbering and what stands in brackets.
"""

from __future__ import annotations

import re
import unicodedata

from reportgen.facts.reading.encodings import LEGACY
from reportgen.facts.reading.text_files import fold
from reportgen.facts.units import is_currency


def _names(text: str) -> tuple[str, ...]:
    """The names that stand between bars and line breaks, as names are compared."""
    return tuple(fold(name) for name in re.split(r"[|\n]", text) if name.strip())


# Names of the day; those of a time count only where there is none of these
DATE_NAMES = frozenset(
    _names("""
    date|dates|exchange date|trade date|trading date|trading day|pricing date|price date|as of date
    datadate|dtyyyymmdd|day|data|datum|fecha|tarih|дата|日期|交易日期|日付|日付け|날짜|일자
    """)
)
TIME_NAMES = frozenset(_names("timestamp|time|datetime|date time|window start|t|begin"))
# Languages that put the day first and mark decimals by a comma
_CONTINENTAL_CLOSES = _names("""
    zamkniecie|kurs zamkniecia|schlusskurs|schluss|cloture|clot|cours de cloture
    cierre|precio de cierre|chiusura|prezzo di chiusura|fechamento|preco de fechamento
    slotkoers|slutkurs|stangningskurs|kapanis|цена закрытия|закрытие
""")
_CONTINENTAL_LASTS = _names("""
    zuletzt|kurs|dernier|ultimo|laatste|ostatnio|senast|senaste|siste|son|simdi|цена|последняя
""")
CONTINENTAL = frozenset((*_CONTINENTAL_CLOSES, *_CONTINENTAL_LASTS))
# Names of the close as it was quoted, the surest first: a file may hold several of them
_CLOSE_NAMES = (
    *_names("""
    close|close/last|closing price|close price|price close|px last|universal close price|trade close
    tr.priceclose|iq closeprice|share pricing|p price|prccd|prc|closeunadj
    close close price adjusted for splits|收盘|收盘价|收市价|收盤價|終値|종가
    """),
    *_CONTINENTAL_CLOSES,
    *_names("last price|last|last trade price|last trade|trade price|trdprc 1|latest"),
    *_CONTINENTAL_LASTS,
    *_names("price|c"),
)
CLOSE_RANK = {name: rank for rank, name in enumerate(_CLOSE_NAMES)}
MONTH_FIRST = "close/last"  # Nasdaq's own name of the column, and always its order of dates
ADJUSTED = re.compile(
    r"(?<!un)adj(?!usted for splits$)|bereinigt|ajust|rettificat|total return|tot return|复权"
)
# Words beside a share's name that say that its column holds something else than closes
OTHER_FIELDS = frozenset(_names("open|high|low|volume|vol|px|change|adj|return|market|pe"))
TICKER_NAMES = frozenset({"ticker", "symbol", "instrument", "ric", "security", "identifier"})
_OLD_ENCODINGS = ("gb18030", "big5", "cp932", "cp949", "cp1251")


def _misread() -> dict[str, str]:
    """The names of other scripts as they look in an old encoding before that is known."""
    looks = {}
    for name in (*DATE_NAMES, *_CLOSE_NAMES):
        spelled = unicodedata.normalize("NFC", name)
        for text in () if name.isascii() else (spelled, spelled.capitalize()):
            for encoding in _OLD_ENCODINGS:
                raw = text.encode(encoding, "ignore")
                if raw.decode(encoding) == text:
                    looks[raw.decode(LEGACY)] = name
    return looks


_MISREAD = _misread()
_NUMBERED = re.compile(r"^\d{1,2}\. ")
BRACKETED = re.compile(r"\s*[(\[].*[)\]]\s*$")


def name_of(cell: str) -> str:
    """A column's name as it is compared: `4. close` and `Close (USD)` are close."""
    name = fold(_MISREAD.get(cell.strip(), cell)).strip("<>'\" ").replace("_", " ")
    name = BRACKETED.sub("", _NUMBERED.sub("", name)).rstrip(" .:,€$£¥\x80")
    head, _, last = name.rpartition(" ")
    return head.rstrip(" ,") if head and currency_of(last) else name


def is_date_name(cell: str) -> bool:
    """Whether a cell of a header names the day."""
    return name_of(cell) in DATE_NAMES


def is_adjusted_name(cell: str) -> bool:
    """Whether a cell of a header names a close adjusted for dividends."""
    return ADJUSTED.search(name_of(cell)) is not None


def currency_of(text: str) -> str:
    """The currency that a word is the code of; "" if it is none."""
    return text if is_currency(text) else text.upper() if is_currency(text.upper()) else ""


_EXCHANGES = frozenset(
    _names("""
    l|hk|pa|de|f|sw|as|br|mi|mc|ls|st|he|co|ol|vi|ir|wa|pr|at|to|v|ax|nz|si|t|ks|kq|tw|two|ss|sz|ns
    bo|sa|mx|ba|jo|ta|is|us|n|o|oq|k
    """)
)
_WORDS = re.compile(r"[^a-z0-9^&=]+")


def is_label_of(label: str, share: str) -> bool:
    """Whether a vendor's label means the share: `BABA US Equity`, `NYSE:BABA`, `^HSI` for HSI.

    The suffix of an exchange may differ, and noughts before a number may be missing.
    """
    wanted = _symbol(share)
    words = _words(label)
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def _words(text: str) -> list[str]:
    parts = _WORDS.split(text.lower().replace("^", ""))
    return [part.lstrip("0") or part for part in parts if part]


def _symbol(share: str) -> list[str]:
    """The words of a ticker without the suffix of its exchange."""
    words = _words(share)
    return words[:-1] if len(words) > 1 and words[-1] in _EXCHANGES and "." in share else words
