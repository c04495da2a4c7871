"""Names that become file names, and must not lead anywhere else."""

from __future__ import annotations

import re

_ALLOWED = re.compile(r"[\w^=+&-][\w .^=+&-]{0,59}", re.ASCII)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def file_name_fault(name: str) -> str:
    """Why a ticker or benchmark cannot name a file; "" if it can.

    Letters, digits and . ^ = + & - _ cover the tickers of the world's exchanges; anything else
    could climb out of the folder or name a device.
    """
    if not _ALLOWED.fullmatch(name) or ".." in name or name.endswith((" ", ".")):
        return "cannot name a file (letters, digits and . ^ = + & - _ are allowed)"
    if _DEVICES.fullmatch(name):
        return "is a name that Windows keeps for a device"
    return ""
