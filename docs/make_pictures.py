"""Draw the pictures of the documents: the first printed page of every tab of the BABA report.

Track record is that of an invented company: the example has no history long enough to show one.
The head of the report's HTML page comes last, as a desk's screen shows it. Run by `make pictures`.
Needs LibreOffice, Chromium, and poppler's pdftotext and pdftoppm.
"""  # noqa: INP001 - pages, no package

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import sync_playwright

import reportgen
from reportgen.report.tabs.catalogue import HISTORY
from reportgen.runs.batch import RunRequest, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]  # rows, columns, red green blue

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
INVENTED = ROOT / "tests/packs/tokyo"
COMPANIES, MONTHS = "14", "2025-06:2025-11"  # of the index
DPI = 120
BROWSER, SCREEN, SCREEN_DPI = "chromium-headless-shell", (1180, 1120), 96
INDEXED, LARGEST_PALETTE = 3, 256  # as the PNG format counts
FOOTER_INCHES = 0.55
MARGIN = 12  # pixels of white that stay around what is drawn
WHITE = 250  # and above
SHADES = 32  # of each colour: eyes see no difference, and the files are half the size
_FOOTER = re.compile(
    r"^\s*\w+ as of \S+\s{2,}(?P<tab>\S.*?)\s{2,}Page \d+ of \d+\s*$", re.MULTILINE
)


def main() -> int:
    """Build, print and draw; returns the exit status."""
    needed = ("pdftotext", "pdftoppm", BROWSER)
    missing = [name for name in needed if shutil.which(name) is None]
    if missing:
        sys.stderr.write(f"pictures need {' and '.join(missing)}\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        report = reportgen.build(
            "BABA", as_of="2025-11-30", inputs=ROOT / "inputs", outputs=folder, pdf="report"
        )
        invented = reportgen.build(
            "6799",
            as_of="2025-11-30",
            inputs=INVENTED / "inputs",
            outputs=folder,
            history=INVENTED / "history.csv",
            pdf="report",
        )
        PICTURES.mkdir(exist_ok=True)
        pages = (
            *first_pages(report.path.with_suffix(".pdf")),
            *first_pages(invented.path.with_suffix(".pdf"), HISTORY),
        )
        for printed, tab, page in pages:
            store(file_name(tab), cropped(drawn(printed, page)))
        store("page", drawn(on_screen(reportgen.page(report.path)), 1, SCREEN_DPI))
        store("index", drawn(on_screen(index_of_invented(Path(folder))), 1, SCREEN_DPI))
    return 0


def store(name: str, pixels: Pixels) -> None:
    """Write a picture, and say how large it is."""
    path = PICTURES / f"{name}.png"
    path.write_bytes(png(pixels))
    sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1e3:,.0f} KB\n")


def index_of_invented(folder: Path) -> Path:
    """The page of the index of companies that do not exist, which says so in their names."""
    _run(sys.executable, ROOT / "scripts/make_universe.py", COMPANIES, folder)
    outputs = folder / "invented"
    months = RunRequest(months=MONTHS, inputs=str(folder / "inputs"), outputs=str(outputs))
    *_, page = run(months).indexes
    return outputs / page


def on_screen(page: Path) -> Path:
    """A PDF whose first page is the head of an HTML page as a screen shows it."""
    printed = page.with_suffix(".screen.pdf")
    width, height = (f"{pixels}px" for pixels in SCREEN)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(BROWSER))
        shown = browser.new_page()
        shown.goto(page.as_uri())
        shown.emulate_media(media="screen", color_scheme="light")
        shown.pdf(path=printed, width=width, height=height, print_background=True)
        browser.close()
    return printed


def file_name(tab: str) -> str:
    """The name of a tab as a file may have it: Prices & targets becomes prices-targets."""
    return re.sub(r"[^a-z]+", "-", tab.lower()).strip("-")


def first_pages(printed: Path, only: str = "") -> Iterator[tuple[Path, str, int]]:
    """Every tab, or one, and the number, from 1, of the first page that its footer names."""
    text = _run("pdftotext", "-layout", printed, "-").decode("utf-8")
    seen: set[str] = set()
    for number, page in enumerate(text.split("\f"), start=1):
        footer = _FOOTER.search(page)
        if footer and footer["tab"] not in seen and only in {"", footer["tab"]}:
            seen.add(footer["tab"])
            yield printed, footer["tab"], number


def drawn(printed: Path, page: int, dpi: int = DPI) -> Pixels:
    """One page of a PDF as pixels."""
    numbers = map(str, ("-r", dpi, "-f", page, "-l", page))
    image = _run("pdftoppm", *numbers, printed)
    kind, width, height, *_ = image.split(maxsplit=4)
    if kind != b"P6":
        raise ValueError(f"pdftoppm drew {kind!r}, not a P6 picture")
    size = int(width) * int(height) * 3
    return np.frombuffer(image[-size:], np.uint8).reshape(int(height), int(width), 3)


def cropped(pixels: Pixels) -> Pixels:
    """The picture without the white around it, and without the footer of the page."""
    inked = np.any(pixels < WHITE, axis=2)
    inked[-int(FOOTER_INCHES * DPI) :] = False
    rows, cols = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    top, left = max(rows[0] - MARGIN, 0), max(cols[0] - MARGIN, 0)
    return pixels[top : rows[-1] + MARGIN, left : cols[-1] + MARGIN]


def png(pixels: Pixels) -> bytes:
    """The picture as a PNG file with a palette."""
    height, width = pixels.shape[:2]
    colors, places = _palette(pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, INDEXED, 0, 0, 0)
    rows = places.reshape(height, width).astype(np.uint8)
    lines = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1)
    body = _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9))
    parts = (_chunk(b"IHDR", head), _chunk(b"PLTE", colors.tobytes()), body, _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _palette(pixels: Pixels) -> tuple[Pixels, NDArray[np.intp]]:
    """The most frequent colours of a picture, and of each pixel which of them is nearest."""
    step = 256 // SHADES
    coarse = np.minimum(pixels // step * step + pixels // SHADES, 255).astype(np.uint8)
    colors, places, counts = np.unique(
        coarse.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    kept = colors[np.argsort(-counts, kind="stable")[:LARGEST_PALETTE]]
    apart = colors[:, None, :].astype(int) - kept[None, :, :].astype(int)
    return kept, (apart**2).sum(axis=2).argmin(axis=1)[places.ravel()]


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def _run(*command: str | Path) -> bytes:
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)  # noqa: S603 - poppler
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
