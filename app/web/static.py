"""Static files, named with a version so that phones may keep them for ever."""

import hashlib
import mimetypes
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from whitenoise import WhiteNoise

from app.web.compression import choose_encoding, encode, is_text
from app.web.security import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOT = Path(__file__).resolve().parents[2] / "static"
PREFIX = "/static/"
SCRIPTS = "js/"
WHOLE_LINE_COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*$|//.*$)", re.MULTILINE)
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
FOR_EVER = "public, max-age=31536000, immutable"


def register_static(app: Flask) -> None:
    others = WhiteNoise(app.wsgi_app, root=str(ROOT), prefix=PREFIX, max_age=31_536_000, allow_all_origins=False)
    app.wsgi_app = TextFiles(others)  # type: ignore[method-assign]
    app.jinja_env.globals["static"] = static_url


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
    return _digest(*sorted((ROOT / SCRIPTS).rglob("*.js")))


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
        body = encoded(file, file.stat().st_mtime_ns, encoding)
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
    file = (ROOT / name).resolve()
    kind = mimetypes.guess_type(file.name)[0]
    return file if is_text(kind) and file.is_relative_to(ROOT) and file.is_file() else None


@cache
def encoded(file: Path, _changed_ns: int, encoding: str | None) -> bytes:
    """The file in an encoding, made once; again if it changes, as it does under a developer's hands."""
    body = file.read_bytes()
    if file.suffix == ".js":
        body = spare_comments(body.decode()).encode()
    return encode(body, encoding, thoroughly=True) if encoding else body


def spare_comments(script: str) -> str:
    """The script without comments that have lines of their own, and without indentation: a third less on 2G.

    Lines keep their numbers, so that a reported error still points at its place.
    """
    bare = WHOLE_LINE_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), script)
    return INDENTATION.sub("", bare)
