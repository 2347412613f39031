"""Pages that are the same for everyone who opens them, made and compressed once.

Keyed by everything that the page shows, so that what is remembered never becomes wrong; the hour of the stamp
is part of it, so nothing is remembered for longer than it is useful.
"""

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from flask import Flask, Response, current_app, request

from app.web.compression import choose_encoding, encode
from app.web.styles import style_sources

_KEY = "samvad.rendered_pages"
_REMEMBERED = 600
_INDENTATION = re.compile(r"\n\s+")


class Rendered:
    """One page in the encodings that were asked for so far."""

    def __init__(self, text: str, mimetype: str = "text/html") -> None:
        self.text = text
        self.etag = hashlib.sha256(self.text.encode()).hexdigest()[:20]
        self._mimetype = mimetype
        self._encoded: dict[str, bytes] = {}

    def response(self) -> Response:
        """The page for this request: may be kept by the browser, and is asked for again each time."""
        encoding = choose_encoding(request.headers.get("Accept-Encoding", ""))
        response = Response(self._body(encoding), mimetype=self._mimetype)
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Accept-Encoding")
        if encoding is not None:
            response.headers["Content-Encoding"] = encoding
        response.set_etag(f"{self.etag}-{encoding}" if encoding else self.etag)
        response.make_conditional(request)
        return response

    def _body(self, encoding: str | None) -> bytes:
        if encoding is None:
            return self.text.encode()
        if encoding not in self._encoded:
            self._encoded[encoding] = encode(self.text.encode(), encoding, thoroughly=True)
        return self._encoded[encoding]


class RenderedPages:
    """The pages used last. Two requests that miss at once may both make the page, which is harmless."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, Rendered] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, render: Callable[[], str], mimetype: str = "text/html") -> Rendered:
        # A page carries its style, and only the style that the policy of this moment allows is shown.
        key = style_sources(), key
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
                return page
        text = render()
        # Nobody has typed anything into these pages, so blanks at the beginning of a line mean nothing.
        page = Rendered(_INDENTATION.sub("\n", text) if mimetype == "text/html" else text, mimetype)
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > _REMEMBERED:
                self._pages.popitem(last=False)
        return page


def register_rendered_pages(app: Flask) -> None:
    app.extensions[_KEY] = RenderedPages()


def rendered_pages() -> RenderedPages:
    found: RenderedPages = current_app.extensions[_KEY]
    return found
