"""The style sheets of citizens' pages, which stand in the page: on 2G a request of its own takes half a second."""

import hashlib
from base64 import b64encode
from functools import cache, lru_cache
from pathlib import Path
from time import monotonic

from markupsafe import Markup

from app.formats.minified import minify_texts

FOLDER = Path(__file__).resolve().parents[2] / "static" / "css"
#: those that may stand in a page; questions.css is left out where nothing is asked, figures.css where nothing is told
IN_PAGES = ("public.css", "questions.css", "figures.css")


def page_style(name: str) -> Markup:
    """A `style` element with one of `IN_PAGES`."""
    style = served_styles()[name]
    if "</" in style:
        raise ValueError(f"{name} would end the element it stands in")
    return Markup("<style>{}</style>").format(Markup(style))  # noqa: S704 - our own file


def style_sources() -> str:
    """As a Content-Security-Policy allows them: by their digests, so that no other style can stand in a page."""
    return _sources(*(served_styles()[name] for name in IN_PAGES))


def served_styles() -> dict[str, str]:
    """Every style sheet by its name, as it is served; made again if one changes, under a developer's hands."""
    return _minified(_newest_change_ns(int(monotonic())))


@lru_cache(maxsize=1)
def _newest_change_ns(_second: int) -> int:
    """When the newest of them changed. Looked up once a second: each page asks twice, and there are many files."""
    return max(file.stat().st_mtime_ns for file in _files())


@cache
def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.css"))


@cache
def _minified(_changed_ns: int) -> dict[str, str]:
    return minify_texts({file.name: file.read_text("utf-8") for file in _files()})


@cache
def _sources(*styles: str) -> str:
    digests = (hashlib.sha256(style.encode()).digest() for style in styles)
    return " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)
