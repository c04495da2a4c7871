"""The skeleton of every page: one file that needs nothing else, and that nothing in it can steer.

A policy in its head forbids all that is not in the file: no network, no frame, no form; its own
style and script are known by their hashes, so that a style or script that came with a text is
neither followed nor run. All text is escaped; data for the script stands in a block of JSON.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reportgen.pages.palette import css

if TYPE_CHECKING:
    from reportgen.report.theme import Theme

FOLDER = Path(__file__).parent
_JSON_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_PART = r"(?:[\w.,@ -]|%[0-9A-F]{2})+"
_RELATIVE = re.compile(rf"(?! ){_PART}(?:/{_PART})*(?:#[\w.-]+)?|#[\w.-]+")
_SECURE = re.compile(r"https://[!-~]+")


def render(
    template: Path,
    *,
    theme: Theme,
    title: str,
    style: str = "",
    script: str = "",
    data: object = None,
    **content: object,
) -> str:
    """Return a page: `template` extends the skeleton, and is given its title and the content.

    `style` is added to that of all pages, `script` is run when all is there, `data` is what it may
    read, as JSON, from the element of that id.
    """
    whole_style = f"\n{css(theme)}{_style()}{style}"
    whole_script = f"\n{script}" if script else ""
    return (
        _environment(template.parent)
        .get_template(template.name)
        .render(
            title=title,
            policy=policy(whole_style, whole_script),
            style=whole_style,
            script=whole_script,
            data=None if data is None else embedded(data),
            **content,
        )
    )


def policy(style: str, script: str = "") -> str:
    """Return the policy of a page with one style and at most one script: nothing else counts."""
    scripts = f"script-src '{_hash(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; {scripts}img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def embedded(data: object) -> Markup:
    """Return data as JSON that no parser of HTML or of scripts can mistake for anything else."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(_JSON_ESCAPES))  # noqa: S704 - nothing of HTML is left in it


def link(address: str, text: str) -> Markup:
    """Return a link to an https or relative address; of any other the text alone."""
    if _SECURE.fullmatch(address) or _RELATIVE.fullmatch(address):
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, text)
    return Markup("{}").format(text)


@lru_cache(maxsize=8)
def _environment(folder: Path) -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=ChoiceLoader([FileSystemLoader(folder), FileSystemLoader(FOLDER)]),
    )
    environment.globals["link"] = link
    return environment


@lru_cache(maxsize=1)
def _style() -> str:
    return (FOLDER / "style.css").read_text(encoding="utf-8")


def _printable(shown: object) -> object:
    """Return a text without control characters, which HTML does not know, or may be misled by."""
    if isinstance(shown, Markup) or not isinstance(shown, str) or shown.isprintable():
        return shown
    return "".join(letter if letter.isprintable() else " " for letter in shown)
