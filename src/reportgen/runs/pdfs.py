"""The PDFs of a run: workers leave what is to be printed in a folder, one LibreOffice prints it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError, on_one_line
from reportgen.pdf import print_files
from reportgen.runs.companions import issued_report, store_companion
from reportgen.runs.company import warned
from reportgen.runs.manifest import ManifestError, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportgen.runs.companions import Kind
    from reportgen.runs.company import Result


def printing_folder(outputs: Path) -> Path:
    """Return the folder of what is to be printed: of one run at a time, and empty without one."""
    return outputs / "runs" / "printing"


def clear(folder: Path) -> None:
    """Remove what was to be printed, also that of a run that was killed."""
    shutil.rmtree(folder, ignore_errors=True)


def printed(
    folder: Path, outputs: Path, results: Iterable[Result], printer: str, kind: Kind
) -> Iterator[Result]:
    """Print what lies in a folder beside the reports; yield each result anew that has no PDF."""
    of_file = {one.file.rpartition("/")[2]: one for one in results if one.file}
    left = sorted(path for path in folder.glob("*.xlsx") if path.name in of_file)
    try:
        failed = print_files(left, printer)
    except Exception as error:  # noqa: BLE001 - whatever it is, the reports stand
        failed = dict.fromkeys(left, f"{printer}: {on_one_line(error)}")
    for source in left:
        result = of_file[source.name]
        why = failed.get(source) or _keep(outputs / result.file, source.with_suffix(".pdf"), kind)
        if why:
            yield warned(result, f"no {kind}: {why}")


def _keep(report: Path, pdf: Path, kind: Kind) -> str:
    """Put a PDF beside its report; return why that cannot be, "" where it is done."""
    try:
        manifest = read_manifest(report.with_name("manifest.json"))
        if manifest is None:
            raise ManifestError(f"{report.name} has no manifest")
        issued = issued_report(report.parents[2], manifest)
        store_companion(issued, kind, pdf.read_bytes(), (issued,))
    except (ReportgenError, OSError) as error:
        return on_one_line(error)
    return ""
