"""The service workers, and what a shared tablet needs to be installed: a manifest and icons.

A citizen's page links to no manifest, so that nobody is asked to install anything.
"""

import hashlib
import json
import re
from functools import cache

from flask import Response, abort, url_for
from flask_babel import gettext

from app.formats.paper.drawings import png_of_svg
from app.web.languages import reader_language
from app.web.public.rendered import Rendered
from app.web.static import (
    FOR_EVER,
    LOADED_FIRST,
    PREFIX,
    ROOT,
    later_scripts,
    scripts_version,
    served_scripts,
    static_url,
)
from app.web.views import at

TOKEN = re.compile("[A-Za-z2-7]{26,36}")
SIZES = (192, 512)
#: beside what it brings; a browser that has opened a code has them already
FILES = ("icons/samvad.svg", "css/schemes.css", *LOADED_FIRST)


# Its address decides what it may control, so it stands at the top.
@at("/sw.js")
def show_worker() -> Response:
    """The worker with its list of files. Browsers compare it byte by byte, so a new list is a new version."""
    return _as_worker(worker_script())


@at("/reading.js")
def show_reading_worker() -> Response:
    """The worker of those who keep pages to read. It controls nothing else, and is there only if asked for."""
    return _as_worker(reading_script())


def _as_worker(script: Rendered) -> Response:
    response = script.response()
    response.headers["Cache-Control"] = "no-cache"
    # A worker has a policy of its own: it fetches, and runs nothing else.
    response.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return response


@cache
def reading_script() -> Rendered:
    return Rendered(served_scripts()["js/reading/worker.js"], "text/javascript")


@cache
def worker_script() -> Rendered:
    """The worker below all scripts that answering needs: in one answer they are smaller, and always fit each other."""
    folder = f"{PREFIX}{scripts_version()}/"
    shell: dict[str, object] = {"files": [static_url(name) for name in FILES], "folder": folder}
    shell["version"] = hashlib.sha256(json.dumps(shell).encode()).hexdigest()[:10]
    scripts = "\0".join(part for script in later_scripts().items() for part in script)
    # Its own part comes first, since this compresses better: it reads the scripts only once it is installed.
    described = json.dumps(shell, separators=(",", ":"))
    worker = f"self.shell={described};{served_scripts()['js/sw.js']};self.scripts={_quoted(scripts)}"
    return Rendered(worker, "text/javascript")


def _quoted(text: str) -> str:
    """As a script writes it; scripts hold fewer backticks than quotation marks."""
    return "`" + re.sub(r"[`\\]|\$(?=\{)", r"\\\g<0>", text).replace("\0", "\\0") + "`"


@at("/k/app/<token>.webmanifest")
def show_kiosk_manifest(token: str) -> Response:
    """For the tablet whose page this is; 404 for what cannot be a code."""
    if TOKEN.fullmatch(token) is None:
        abort(404)
    return manifest_of("/k", f"/k/{token}", "/k/")


@at("/c/screen.webmanifest")
def show_screen_manifest() -> Response:
    """For a counter screen, whose page is the same for all of them."""
    return manifest_of("/c", "/c", "/c")


def manifest_of(name: str, start: str, scope: str) -> Response:
    """What a browser needs to give a page the whole screen, and to keep what it stores there."""
    manifest = {
        "id": name,
        "name": gettext("Samvad"),
        "short_name": gettext("Samvad"),
        "lang": reader_language(),
        "start_url": start,
        "scope": scope,
        "display": "fullscreen",
        "background_color": "#ffffff",
        "theme_color": "#0c2d52",
        "icons": [
            {"src": url_for("public.show_kiosk_icon", size=size), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in SIZES
        ],
    }
    response = Response(json.dumps(manifest, ensure_ascii=False), mimetype="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@at("/k/app/icon-<int:size>.png")
def show_kiosk_icon(size: int) -> Response:
    if size not in SIZES:
        abort(404)
    response = Response(icon(size), mimetype="image/png")
    response.headers["Cache-Control"] = FOR_EVER
    return response


@cache
def icon(size: int) -> bytes:
    """Drawn once for a process."""
    return png_of_svg((ROOT / "icons" / "samvad.svg").read_text("utf-8"), size)
