"""The style sheets of citizens' pages, which stand in the page: on 2G a request of its own takes half a second."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).resolve().parents[2] / "static" / "css"
#: those that may stand in a page; questions.css is left out where nothing is asked
IN_PAGES = ("public.css", "questions.css")
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STYLE_BLANK = re.compile(r"\s*([{};,])\s*")


def page_style(name: str) -> Markup:
    """A `style` element with one of `IN_PAGES`; made again if the file changes, under a developer's hands."""
    return Markup("<style>{}</style>").format(_style(name, (FOLDER / name).stat().st_mtime_ns))


def style_sources() -> str:
    """As a Content-Security-Policy allows them: by their digests, so that no other style can stand in a page."""
    return _sources(tuple((name, (FOLDER / name).stat().st_mtime_ns) for name in IN_PAGES))


def spare_blanks(style: str) -> str:
    """The style sheet without comments, and without the blanks that mean nothing."""
    return STYLE_BLANK.sub(r"\1", " ".join(STYLE_COMMENT.sub("", style).split()))


@cache
def _style(name: str, _changed_ns: int) -> Markup:
    style = spare_blanks((FOLDER / name).read_text("utf-8"))
    if "</" in style:
        raise ValueError(f"{name} would end the element it stands in")
    return Markup(style)  # noqa: S704 - our own file


@cache
def _sources(files: tuple[tuple[str, int], ...]) -> str:
    digests = (hashlib.sha256(_style(*file).encode()).digest() for file in files)
    return " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)
