"""PDF from HTML (WeasyPrint), with everything that would go wrong silently turned into an error."""

import hashlib
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.document import Document, Page
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from app.formats.paper import text_layer
from app.formats.paper.fonts import font_configuration

ROOT = Path(__file__).resolve().parents[3]
PRINTABLES = ROOT / "printables"
#: the only folders a print may take anything from
OPEN_FOLDERS = (PRINTABLES, ROOT / "static")

_logger = logging.getLogger("weasyprint")
# Pango's font map is shared and knows no threads; a process has one core's worth of drawing anyway.
_one_at_a_time = threading.RLock()


class PrintFault(RuntimeError):
    """A template or style sheet of ours is wrong: WeasyPrint ignored something, or was kept from fetching it."""


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Opens files of ours and what is inside the page; anything else stops the print instead of leaving a hole."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url.startswith("data:image/png;base64,"):
            return super().fetch(url, headers)
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not any(map(path.is_relative_to, OPEN_FOLDERS)):
            raise FatalURLFetchingError(f"a print may not fetch {url}")
        return super().fetch(path.as_uri(), headers)


class PrintTooLong(RuntimeError):
    """The print has more pages than it may have: whoever asked has to leave something out."""


def render_pdf(
    html: str, *, stylesheets: Sequence[str] = (), tagged: bool = False, most_pages: int | None = None
) -> bytes:
    """The PDF of a complete HTML document whose root element says its language and whose head its title.

    `stylesheets` are paths below printables/, kept parsed between prints. `tagged` gives PDF/UA-1, for what
    people read on a screen; it costs a fifth more. The same HTML gives the same bytes. Problem
    `print.glyph_missing` for text that no font can write; `PrintFault` for whatever else WeasyPrint warns of;
    `PrintTooLong` for more than `most_pages`.
    """
    with _one_at_a_time, _warnings_are_errors():
        configuration = font_configuration()
        text_layer.install()
        document = HTML(string=html, base_url=PRINTABLES.as_uri() + "/", url_fetcher=_fetcher())
        rendered: bytes = document.write_pdf(
            finisher=partial(_check_length, most_pages),
            stylesheets=[_stylesheet(name) for name in stylesheets],
            font_config=configuration,
            pdf_variant="pdf/ua-1" if tagged else None,
            pdf_identifier=hashlib.sha256(html.encode("utf-8", "replace")).digest()[:16],
        )
    return rendered


def draw_page(html: str, stylesheets: Sequence[str]) -> tuple[bytes, Page]:
    """A document of one page, as PDF and as it was laid out; `PrintFault` if it has more."""
    pages: list[Page] = []
    with _one_at_a_time, _warnings_are_errors():
        configuration = font_configuration()
        text_layer.install()
        document = HTML(string=html, base_url=PRINTABLES.as_uri() + "/", url_fetcher=_fetcher())
        pdf: bytes = document.write_pdf(
            finisher=lambda laid_out, _pdf: pages.extend(laid_out.pages),
            stylesheets=[_stylesheet(name) for name in stylesheets],
            font_config=configuration,
            pdf_identifier=hashlib.sha256(html.encode("utf-8", "replace")).digest()[:16],
        )
    if len(pages) != 1:
        raise PrintFault(f"{len(pages)} pages instead of one")
    return pdf, pages[0]


def _check_length(most_pages: int | None, document: Document, _pdf: object) -> None:
    if most_pages is not None and len(document.pages) > most_pages:
        raise PrintTooLong(f"{len(document.pages)} pages instead of {most_pages}")


@cache
def _fetcher() -> ClosedFetcher:
    return ClosedFetcher()


def _stylesheet(name: str) -> CSS:
    path = PRINTABLES / name
    return _parsed_stylesheet(path, path.stat().st_mtime_ns)


@cache
def _parsed_stylesheet(path: Path, changed: int) -> CSS:
    # Without warnings of its own the sheet is cached; with them, `_warnings_are_errors` must see them each time.
    with _warnings_are_errors():
        return CSS(filename=path, url_fetcher=_fetcher(), font_config=font_configuration())


class _Listener(logging.Handler):
    """Collects what WeasyPrint complains of in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.records.append(record)


@contextmanager
def _warnings_are_errors() -> Iterator[None]:
    listener = _Listener()
    _logger.addHandler(listener)
    try:
        yield
    except FatalURLFetchingError as error:
        raise PrintFault(str(error)) from None
    finally:
        _logger.removeHandler(listener)
    if listener.records:
        raise PrintFault("; ".join(record.getMessage() for record in listener.records))
