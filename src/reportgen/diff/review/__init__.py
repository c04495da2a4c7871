"""What somebody changed in a workbook that was handed out, what it does, and taking it home."""

from __future__ import annotations

# The constants of the method join the model as modules that read them are imported: a report is
# understood only by a process that imported all of them, as the one that built it did.
import reportgen.model.asking  # noqa: F401
