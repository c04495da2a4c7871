"""LibreOffice as a witness: it recalculates workbooks afresh and draws them."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import tools

if TYPE_CHECKING:
    from collections.abc import Sequence

# Backstops against a hang, however busy the machine
SECONDS_TO_START = 600
SECONDS_PER_FILE = 120

# 0: always. LibreOffice otherwise trusts the values cached in the file, whatever the file asks for.
# The locale says what 1.5 and 2026-06-30 are when they are typed.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
  <item oor:path="/org.openoffice.Setup/L10N">
    <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-US</value></prop>
  </item>
</oor:items>
"""


def recalculate(paths: Sequence[Path], out_dir: Path) -> dict[Path, Path]:
    """The workbooks with every formula computed anew: each given path and the file in `out_dir`.

    The new files are named 000.xlsx, 001.xlsx ... in the order given. One start serves them all.
    Skips the calling test without LibreOffice; raises RuntimeError if a file was not converted and
    TimeoutError if LibreOffice hangs.
    """
    return dict(zip(paths, _convert(paths, "xlsx", out_dir), strict=True))


def to_pdf(path: Path, out_dir: Path) -> Path:
    """The recalculated workbook as it prints, in `out_dir` under its own name. Errors as above."""
    (printed,) = _convert([path], "pdf", out_dir)
    return printed.replace(out_dir / f"{path.stem}.pdf")


def to_pictures(pdf: Path, out_dir: Path, dpi: int = 80) -> list[Path]:
    """One PNG a page of a PDF, in page order. Skips the calling test without poppler."""
    pdftoppm = tools.require("pdftoppm")
    out_dir.mkdir(parents=True, exist_ok=True)
    tools.run([pdftoppm, "-png", "-r", str(dpi), pdf, out_dir / pdf.stem], SECONDS_TO_START)
    return sorted(out_dir.glob(f"{pdf.stem}-*.png"))


def _convert(paths: Sequence[Path], kind: str, out_dir: Path) -> list[Path]:
    soffice = tools.require("soffice")
    out_dir.mkdir(parents=True, exist_ok=True)
    # Workbooks of the same name in several folders would overwrite each other's result.
    with tempfile.TemporaryDirectory() as staging:
        staged = [Path(staging, f"{n:03d}{path.suffix}") for n, path in enumerate(paths)]
        for path, copy in zip(paths, staged, strict=True):
            shutil.copyfile(path, copy)
        converted = [out_dir / f"{copy.stem}.{kind}" for copy in staged]
        for stale in converted:
            stale.unlink(missing_ok=True)
        profile = f"-env:UserInstallation={_profile().as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(out_dir)]
        timeout = SECONDS_TO_START + SECONDS_PER_FILE * len(paths)
        printed = tools.run([*command, *map(str, staged)], timeout)
    # Its exit status is 0 also when it wrote nothing.
    lost = [str(path) for path, new in zip(paths, converted, strict=True) if not new.exists()]
    if lost:
        raise RuntimeError(f"LibreOffice did not convert {', '.join(lost)}:\n{printed}")
    return converted


@functools.cache
def _profile() -> Path:
    """The profile in which this process converts."""
    return new_profile()


def new_profile() -> Path:
    """A profile for this process alone: two runs on one profile disturb each other silently."""
    folder = Path(tempfile.mkdtemp(prefix="reportgen-soffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = folder / "user/registrymodifications.xcu"
    settings.parent.mkdir()
    settings.write_text(SETTINGS, encoding="utf-8")
    return folder
