"""The hand-out: what was issued, whole and verified, with links that work wherever it lies."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from reportgen import ReportgenError, RunRequest, handout, run
from reportgen.runs.companions import issued_report, origins, store_companion
from reportgen.runs.manifest import manifest_path, read_manifest, write_manifest
from reportgen.xlsx.reader.process import read_safely
from tests.cli.running import run as reportgen
from tests.runs.companies import AS_OF, append, inputs_of
from tests.runs.dying import one_by_one
from tests.runs.index.cases import NOVEMBER, store
from tests.runs.records import HEADLINE, manifest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.runs.companions import Kind
    from reportgen.runs.handout.files import HandedOut
    from reportgen.runs.manifest import Manifest

WORKBOOK = b"a workbook"  # what `store` writes
SHA = hashlib.sha256(WORKBOOK).hexdigest()


def issue(outputs: Path, ticker: str, *beside: Kind, **said: object) -> Manifest:
    """A report as a run leaves it, with files beside it."""
    one = manifest(ticker, **said)
    one = manifest(ticker, **said | {"revisions": (one.newest._replace(sha256=SHA),)})
    store(outputs, one)
    report = issued_report(outputs, one)
    for kind in beside:
        content = f"{kind} of {ticker}".encode()
        store_companion(report, kind, content, origins(outputs, report, kind))
    return one


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """Two companies: one with all that can stand beside a report, one with its workbook alone."""
    folder = tmp_path / "outputs"
    issue(folder, "ACME", as_of="2025-10-31")
    issue(folder, "ACME", "page", "diff", "PDF")
    issue(folder, "BOLT", tags=("cars",), values=HEADLINE | {"stance.call": "SHORT"})
    return folder


def hand_out(outputs: Path, to: str = "mail", **options: object) -> HandedOut:
    return handout(as_of=NOVEMBER, to=outputs.parent / to, outputs=outputs, **options)  # type: ignore[arg-type]  # as named


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


OF_INDEX = ["index-2025-11-30.html", "index-2025-11-30.xlsx", "index.html"]
OF_ACME = [f"ACME/{AS_OF}/ACME-{AS_OF}{end}" for end in ("-diff.html", ".html", ".pdf", ".xlsx")]
OF_BOLT = [f"BOLT/{AS_OF}/BOLT-{AS_OF}.xlsx"]


def test_reports_go_out_with_what_was_made_of_them_a_cover_and_their_index(outputs: Path) -> None:
    made = hand_out(outputs)
    assert sorted(files(made.path)) == sorted([*OF_ACME, *OF_BOLT, *OF_INDEX]) == [*made.files]
    assert made.tickers == ("ACME", "BOLT")
    assert files(made.path)[OF_BOLT[0]] == WORKBOOK
    assert files(made.path)[OF_ACME[2]] == b"PDF of ACME"
    cover = (made.path / "index.html").read_text()
    for ticker, name in (("ACME", OF_ACME[1]), ("BOLT", OF_BOLT[0])):  # its page, if it has one
        assert re.findall(rf'href="([^"]*)"[^>]*>{ticker}<', cover) == [name]


class _Addresses(HTMLParser):
    """The addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.found += [value or "" for name, value in attrs if name in {"href", "src"}]


def addresses(page: bytes) -> list[str]:
    parser = _Addresses()
    parser.feed(page.decode())
    return parser.found


def test_every_link_leads_to_a_file_of_the_hand_out(outputs: Path, tmp_path: Path) -> None:
    issue(outputs, "A&B+C=^X", "page")
    made = hand_out(outputs, "mail.zip")
    place = tmp_path / "far away"
    zipfile.ZipFile(made.path).extractall(place)
    shutil.rmtree(outputs)
    linked = set()
    for name in ("index.html", "index-2025-11-30.html"):
        for address in addresses((place / name).read_bytes()):
            path = unquote(address.partition("#")[0])
            assert not path or (place / path).is_file(), address
            linked.add(path)
    book = read_safely(place / "index-2025-11-30.xlsx")
    links = [link.target for sheet in book.sheets for link in sheet.links]
    assert links
    for address in links:
        assert (place / unquote(address.partition("#")[0])).is_file()
    assert {name for name in made.files if name.endswith(("xlsx", "pdf"))} <= linked


@pytest.mark.parametrize(
    ("options", "tickers"),
    [
        ({"select": ["ACME"]}, ("ACME",)),
        ({"select": ["tag:cars"]}, ("BOLT",)),
        ({"select": ["stance:short"]}, ("BOLT",)),
        ({"select": ["A*", "tag:cars"], "exclude": ["stance:LONG"]}, ("BOLT",)),
        ({"exclude": ["BOLT"]}, ("ACME",)),
    ],
    ids=str,
)
def test_index_and_cover_tell_of_the_selected_alone(
    outputs: Path, options: dict[str, list[str]], tickers: tuple[str, ...]
) -> None:
    made = hand_out(outputs, **options)
    assert made.tickers == tickers
    (other,) = {"ACME", "BOLT"} - {*tickers}
    for name in OF_INDEX:
        content = (made.path / name).read_bytes()
        assert other.encode() not in content
    texts = [
        str(cell.value)
        for sheet in read_safely(made.path / "index-2025-11-30.xlsx").sheets
        for cell in sheet.cells.values()
    ]
    assert not any(other in text for text in texts)
    assert any(tickers[0] in text for text in texts)


def test_a_zip_is_sorted_dated_1980_and_the_same_whenever_it_is_made(outputs: Path) -> None:
    first, again = (hand_out(outputs, f"{name}.zip").path.read_bytes() for name in "ab")
    assert first == again
    entries = zipfile.ZipFile(outputs.parent / "a.zip").infolist()
    names = [one.filename for one in entries]
    assert names == sorted(names)
    assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}
    # files, no links, that their owner may write and all may read, as Unix has them
    assert {(one.create_system, one.external_attr >> 16) for one in entries} == {(3, 0o100644)}
    assert {one.compress_type for one in entries} == {zipfile.ZIP_DEFLATED}
    assert not any(name.startswith(("/", "runs", "inputs")) or ".." in name for name in names)
    hand_out(outputs, "a.zip", select=["BOLT"])
    assert zipfile.ZipFile(outputs.parent / "a.zip").namelist() == sorted([*OF_BOLT, *OF_INDEX])
    assert files(hand_out(outputs).path) == {
        name: zipfile.ZipFile(outputs.parent / "b.zip").read(name) for name in names
    }


def spoil_workbook(folder: Path) -> None:
    (folder / f"ACME-{AS_OF}.xlsx").write_bytes(b"edited")


def lose_workbook(folder: Path) -> None:
    (folder / f"ACME-{AS_OF}.xlsx").unlink()


def tear_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def move_manifest(folder: Path) -> None:
    shutil.copy(folder.parents[1] / f"BOLT/{AS_OF}/manifest.json", folder / "manifest.json")


def name_oddly(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace(f"ACME-{AS_OF}.xlsx", "https:evil.xlsx"))


@pytest.mark.parametrize("to", ["mail", "mail.zip"])
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (spoil_workbook, f"ACME: ACME-{AS_OF}.xlsx is not what was issued"),
        (lose_workbook, f"ACME: ACME-{AS_OF}.xlsx is gone"),
        (tear_manifest, "is no manifest of this program"),
        (move_manifest, "is of BOLT as of 2025-11-30"),
        (name_oddly, "it names no workbook beside it"),
    ],
)
def test_what_is_not_as_issued_is_refused_by_name_and_nothing_is_written(
    outputs: Path, spoil: object, told: str, to: str
) -> None:
    issue(outputs, "CORE", restricted=("Terminal prices (terminal)",))
    spoil(outputs / "ACME" / AS_OF)  # type: ignore[operator]  # a function of a path
    before = {*outputs.parent.iterdir()}
    with pytest.raises(ReportgenError, match="nothing was handed out") as caught:
        hand_out(outputs, to)
    assert told in str(caught.value)
    assert f'CORE-{AS_OF}.xlsx: rests on what may not be passed on: "Terminal prices' in str(
        caught.value
    )
    assert {*outputs.parent.iterdir()} == before
    assert hand_out(outputs, to, select=["BOLT"]).tickers == ("BOLT",)


def test_what_may_not_be_passed_on_goes_out_only_where_that_is_asked_for(outputs: Path) -> None:
    issue(outputs, "CORE", restricted=("Terminal prices (terminal)",))
    with pytest.raises(ReportgenError, match=r"Terminal prices.*--exclude CORE.*--include-rest"):
        hand_out(outputs)
    assert hand_out(outputs, exclude=["CORE"]).tickers == ("ACME", "BOLT")
    made = hand_out(outputs, "all", include_restricted=True)
    cover = (made.path / "index.html").read_text()
    assert "Not to be passed on any further" in cover
    assert "Terminal prices (terminal)" in cover


def test_a_diff_tells_of_last_month_so_what_was_restricted_then_counts(outputs: Path) -> None:
    october = manifest_path(outputs, "ACME", NOVEMBER.replace(month=10, day=31))
    then = read_manifest(october)
    assert then is not None
    write_manifest(
        manifest("ACME", "2025-10-31", revisions=then.revisions, restricted=("T",)), october
    )
    with pytest.raises(ReportgenError, match='rests on what may not be passed on: "T"'):
        hand_out(outputs)
    (outputs / OF_ACME[0]).unlink()
    assert OF_ACME[0] not in hand_out(outputs).files


@pytest.mark.parametrize("ending", ["-diff.html", ".html", ".pdf"])
def test_what_is_not_known_to_be_of_the_report_is_left_out_and_told(
    outputs: Path, ending: str
) -> None:
    name = f"ACME/{AS_OF}/ACME-{AS_OF}{ending}"
    (outputs / name).write_bytes(b"edited")
    made = hand_out(outputs)
    assert name not in made.files
    assert len(made.files) == len([*OF_ACME, *OF_BOLT, *OF_INDEX]) - 1
    (told,) = made.left_out
    assert told.startswith(f"{name} is not known to be of this report, and was left out")
    option = "--pdf" if ending == ".pdf" else "--pages"
    assert told.endswith(f"; reportgen run {option} writes it anew")
    pages = (made.path / "index.html").read_text() + (made.path / OF_INDEX[0]).read_text()
    assert f'{name}"' not in pages


@pytest.mark.parametrize(
    ("to", "options", "told"),
    [
        ("outputs/mail", {}, "lies in the outputs"),
        ("outputs", {}, "lies in the outputs"),
        ("full", {}, "the folder is not empty"),
        ("a file", {}, "is there and is no folder"),
        ("mail", {"select": ["CORE", "ACME"]}, "CORE: there is no report of 2025-11-30"),
        ("mail", {"select": ["CORE"]}, "CORE: there is no report of 2025-11-30"),
        ("mail", {"select": ["tag:none"]}, "no report of 2025-11-30 is meant"),
        ("mail", {"select": ["result:failed"]}, "no report of 2025-11-30 is meant"),
        ("mail", {"select": ["state:new"]}, "--select state: needs the inputs"),
        ("mail", {"select": ["mood:new"]}, "is no selector"),
        ("mail", {"as_of": "2020-11-30"}, "no report of 2020-11-30 has a manifest"),
        ("mail", {"outputs": "nowhere"}, "nowhere: cannot be read"),
        ("folder.zip", {}, "folder.zip: could not be written"),
    ],
)
def test_what_cannot_be_handed_out_is_told_and_nothing_is_written(
    outputs: Path, to: str, options: dict[str, object], told: str
) -> None:
    root = outputs.parent
    (root / "full/of").mkdir(parents=True)
    (root / "folder.zip").mkdir()
    (root / "a file").write_text("here")
    before = {**files(root)}
    asked: dict[str, object] = {"as_of": NOVEMBER, "outputs": outputs} | options
    with pytest.raises(ReportgenError, match=re.escape(told)):
        handout(to=root / to, **asked)  # type: ignore[arg-type]  # as named
    after = {name: content for name, content in files(root).items() if ".lock" not in name}
    assert after == {name: content for name, content in before.items() if ".lock" not in name}
    assert not (root / "mail").exists()


def test_a_report_that_the_index_cannot_tell_of_is_refused(outputs: Path) -> None:
    path = outputs / "ACME" / AS_OF / "manifest.json"
    path.write_text(path.read_text().replace('"values": {', '"values": [], "other": {'))
    with pytest.raises(ReportgenError, match="nothing was handed out"):
        hand_out(outputs)


def test_an_empty_folder_is_filled_and_what_a_kill_left_is_gone(outputs: Path) -> None:
    (outputs.parent / "mail").mkdir()
    left = outputs.parent / f".mail.{'0' * 16}.tmp"
    (left / "ACME").mkdir(parents=True)
    assert hand_out(outputs).path.is_dir()
    assert not left.exists()


def test_a_report_that_changes_meanwhile_leaves_nothing_behind(
    outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(*_: object) -> Mapping[str, bytes]:
        spoil_workbook(outputs / "ACME" / AS_OF)
        return {}

    monkeypatch.setattr("reportgen.runs.handout.files._made", changed)
    for to in ("mail", "mail.zip"):
        issue(outputs, "ACME")
        with pytest.raises(ReportgenError, match="was changed just now"):
            hand_out(outputs, to)
    assert {path.name for path in outputs.parent.iterdir()} <= {"outputs", ".reportgen.lock"}


def test_the_command_hands_out_and_says_what_it_left_out(outputs: Path) -> None:
    (outputs / OF_ACME[2]).write_bytes(b"edited")
    to = outputs.parent / "mail.zip"
    options = ("handout", "--as-of", AS_OF, "--to", to, "--outputs", outputs)
    done = reportgen(*options)
    assert done.exit_code == 0
    assert f"Warning: {OF_ACME[2]} is not known" in done.output
    assert done.stdout.splitlines() == [str(to), "2 reports: ACME, BOLT"]
    issue(outputs, "CORE", restricted=("Terminal prices (terminal)",))
    to.unlink()
    refused = reportgen(*options)
    assert refused.exit_code == 2
    assert f"CORE-{AS_OF}.xlsx: rests on" in refused.output
    assert not to.exists()
    assert reportgen(*options, "--include-restricted").exit_code == 0


def test_a_report_on_a_source_that_may_not_be_passed_on_is_known_by_its_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.runs.batch.in_lanes", one_by_one)
    inputs, outputs = inputs_of(tmp_path, "ALFA"), tmp_path / "outputs"
    sources = inputs / "ALFA/sources.csv"
    append(sources, "terminal,Terminal prices,Terminal,,wire,no_redistribution,2025-09-01,,")
    asked = RunRequest(as_of=AS_OF, inputs=str(inputs), outputs=str(outputs))
    run(asked)
    assert hand_out(outputs).tickers == ("ALFA",)  # nothing cites it
    assumptions = inputs / "ALFA/assumptions.csv"
    assumptions.write_text(assumptions.read_text().replace("desk", "terminal"))
    run(asked)
    with pytest.raises(ReportgenError, match=r"passed on: \"Terminal prices \(terminal\)\""):
        hand_out(outputs, "again")
