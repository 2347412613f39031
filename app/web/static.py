"""Static files, named with a version so that phones may keep them for ever."""

import hashlib
import mimetypes
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
FOR_EVER = "public, max-age=31536000, immutable"


def register_static(app: Flask) -> None:
    others = WhiteNoise(app.wsgi_app, root=str(ROOT), prefix=PREFIX, max_age=31_536_000, allow_all_origins=False)
    app.wsgi_app = CompressedFiles(others)  # type: ignore[method-assign]
    app.jinja_env.globals["static"] = static_url


@cache
def static_url(path: str) -> str:
    """The address of a static file, with the first digits of its digest; FileNotFoundError if there is none."""
    digest = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()[:10]
    return f"{PREFIX}{path}?v={digest}"


class CompressedFiles:
    """Serves style sheets, scripts and drawings, compressed as far as can be, from memory.

    What is not text, and every browser that takes no compression, is left to the application behind it.
    """

    def __init__(self, behind: "WSGIApplication") -> None:
        self._behind = behind

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        encoding = choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")) if path.startswith(PREFIX) else None
        file = text_file(path) if encoding else None
        if encoding is None or file is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._behind(environ, start_response)
        body = compressed(file, file.stat().st_mtime_ns, encoding)
        headers = [
            ("Content-Type", f"{mimetypes.guess_type(file.name)[0]}; charset=utf-8"),
            ("Content-Encoding", encoding),
            ("Content-Length", str(len(body))),
            ("Cache-Control", FOR_EVER),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", HEADERS["X-Content-Type-Options"]),
        ]
        start_response("200 OK", headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []


def text_file(path: str) -> Path | None:
    """The text file at an address below /static/, or None: nothing outside the folder is ever looked at."""
    file = (ROOT / path.removeprefix(PREFIX)).resolve()
    kind = mimetypes.guess_type(file.name)[0]
    return file if is_text(kind) and file.is_relative_to(ROOT) and file.is_file() else None


@cache
def compressed(file: Path, _changed_ns: int, encoding: str) -> bytes:
    """The file in an encoding, made once; again if it changes, as it does under a developer's hands."""
    return encode(file.read_bytes(), encoding, thoroughly=True)
