"""Static files, named with a version so that phones may keep them for ever."""

import hashlib
import mimetypes
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from whitenoise import WhiteNoise

from app.formats.minified import minify_texts
from app.web.compression import choose_encoding, encode, is_text
from app.web.security import HEADERS
from app.web.styles import page_style, served_styles

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOT = Path(__file__).resolve().parents[2] / "static"
PREFIX = "/static/"
SCRIPTS = "js/"
#: what a citizen's page loads by itself
LOADED_FIRST = ("js/public/main.js", "js/answering/walk.js", "js/offline/network.js")
#: what only a slip's page loads, and asks the worker to keep
LOADED_BY_SLIPS = "js/public/one-time.js"
#: what is loaded by whoever listens, and kept from then on
LOADED_TO_LISTEN = "js/answering/read-aloud.js"
#: all else that answering needs lies here, and comes with the worker; in this order it is smallest
_ANSWERING = ("js/answering/", "js/public/", "js/offline/")
FOR_EVER = "public, max-age=31536000, immutable"


def register_static(app: Flask) -> None:
    others = WhiteNoise(app.wsgi_app, root=str(ROOT), prefix=PREFIX, max_age=31_536_000, allow_all_origins=False)
    app.wsgi_app = TextFiles(others)  # type: ignore[method-assign]
    app.jinja_env.globals["static"] = static_url
    app.jinja_env.globals["page_style"] = page_style


@cache
def static_url(path: str) -> str:
    """The address of a static file, with the first digits of its digest; FileNotFoundError if there is none.

    Scripts have one digest for all of them, and have it as a folder: what a script imports by a relative path
    is then of the same version, without anybody rewriting imports.
    """
    if path.startswith(SCRIPTS):
        (ROOT / path).stat()
        return f"{PREFIX}{scripts_version()}/{path}"
    return f"{PREFIX}{path}?v={_digest(ROOT / path)}"


@cache
def scripts_version() -> str:
    """The first digits of the digest of every script."""
    return _digest(*script_files())


@cache
def script_files() -> list[Path]:
    return sorted((ROOT / SCRIPTS).rglob("*.js"))


def _digest(*files: Path) -> str:
    whole = hashlib.sha256()
    for file in files:
        whole.update(f"{file.relative_to(ROOT)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:10]


class TextFiles:
    """Serves style sheets, scripts and drawings from memory, compressed as far as can be.

    The version in an address is a promise about the content. An older page may ask for a version that is no
    more: it gets the present file, but must ask again the next time. What is not text is left to the
    application behind this one.
    """

    def __init__(self, behind: "WSGIApplication") -> None:
        self._behind = behind

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        name, version = split_version(path, environ.get("QUERY_STRING", ""))
        file = text_file(name) if path.startswith(PREFIX) else None
        if file is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._behind(environ, start_response)
        encoding = choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = encoded(file, changed_ns(file), encoding)
        headers = [
            ("Content-Type", f"{mimetypes.guess_type(file.name)[0]}; charset=utf-8"),
            *([("Content-Encoding", encoding)] if encoding else []),
            ("Content-Length", str(len(body))),
            ("Cache-Control", FOR_EVER if version == version_of(name) else "no-cache"),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", HEADERS["X-Content-Type-Options"]),
        ]
        start_response("200 OK", headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []


def split_version(path: str, query: str) -> tuple[str, str]:
    """The name of a file below the folder and the version asked for, which is empty if there is none."""
    name = path.removeprefix(PREFIX)
    version, _, rest = name.partition("/")
    if rest.startswith(SCRIPTS):
        return rest, version
    return name, query.removeprefix("v=")


@cache
def version_of(name: str) -> str:
    return scripts_version() if name.startswith(SCRIPTS) else _digest(ROOT / name)


def text_file(name: str) -> Path | None:
    """The text file of this name below the folder, or None: nothing outside of it is ever looked at."""
    try:
        file = (ROOT / name).resolve()
        kind = mimetypes.guess_type(file.name)[0]
        return file if is_text(kind) and file.is_relative_to(ROOT) and file.is_file() else None
    except (OSError, ValueError):
        # A name with NUL in it, or longer than a name can be.
        return None


def changed_ns(file: Path) -> int:
    files = script_files() if is_script(file) else [file]
    return max(each.stat().st_mtime_ns for each in files)


def is_script(file: Path) -> bool:
    return file.is_relative_to(ROOT / SCRIPTS)


@cache
def encoded(file: Path, changed_ns: int, encoding: str | None) -> bytes:
    """The file in an encoding, made once; again if it changes, as it does under a developer's hands."""
    if is_script(file):
        body = minified(changed_ns)[str(file.relative_to(ROOT))]
    else:
        body = served_styles()[file.name] if file.suffix == ".css" else file.read_text("utf-8")
    return encode(body.encode(), encoding, thoroughly=True) if encoding else body.encode()


@cache
def minified(_changed_ns: int) -> dict[str, str]:
    """Every script by its name, without what only people read."""
    return minify_texts({str(file.relative_to(ROOT)): file.read_text("utf-8") for file in script_files()})


def served_scripts() -> dict[str, str]:
    """Every script by its name, as it is served."""
    return minified(changed_ns(ROOT / SCRIPTS))


def later_scripts() -> dict[str, str]:
    """What answering needs once the first question can be answered."""
    others = (*LOADED_FIRST, LOADED_BY_SLIPS, LOADED_TO_LISTEN)
    scripts = [(name, text) for name, text in served_scripts().items() if name not in others]
    return {name: text for folder in _ANSWERING for name, text in scripts if name.startswith(folder)}
