"""Static files, named with a version so that phones may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

ROOT = Path(__file__).resolve().parents[2] / "static"


def register_static(app: Flask) -> None:
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=str(ROOT), prefix="static/", max_age=31_536_000)  # type: ignore[method-assign]
    app.jinja_env.globals["static"] = static_url


@cache
def static_url(path: str) -> str:
    """The address of a static file, with the first digits of its digest; FileNotFoundError if there is none."""
    digest = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()[:10]
    return f"/static/{path}?v={digest}"
