"""Pages that are the same for everyone who opens them, made and compressed once.

Keyed by everything that the page shows, so that what is remembered never becomes wrong; the hour of the stamp
is part of it, so nothing is remembered for longer than it is useful.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import brotli
from flask import Response, request

_REMEMBERED = 600


class Rendered:
    """One page in the encodings that were asked for so far."""

    def __init__(self, html: str) -> None:
        self._encoded = {"identity": html.encode()}
        self._etag = hashlib.sha256(self._encoded["identity"]).hexdigest()[:20]

    def response(self) -> Response:
        """The page for this request: may be kept by the browser, and is asked for again each time."""
        encoding = request.accept_encodings.best_match(("br", "gzip", "identity"), "identity")
        response = Response(self._body(encoding), mimetype="text/html")
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Accept-Encoding")
        if encoding != "identity":
            response.headers["Content-Encoding"] = encoding
        response.set_etag(f"{self._etag}-{encoding[0]}")
        response.make_conditional(request)
        return response

    def _body(self, encoding: str) -> bytes:
        body = self._encoded.get(encoding)
        if body is None:
            plain = self._encoded["identity"]
            body = brotli.compress(plain, quality=10) if encoding == "br" else gzip.compress(plain, 9, mtime=0)
            self._encoded[encoding] = body
        return body


class RenderedPages:
    """The pages used last. Two requests that miss at once may both make the page, which is harmless."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, Rendered] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, render: Callable[[], str]) -> Rendered:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
                return page
        page = Rendered(render())
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > _REMEMBERED:
                self._pages.popitem(last=False)
        return page
