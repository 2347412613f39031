import http.server
import threading
from collections.abc import Iterator

import pypdfium2
import pytest

from app.domain.problem import Problem
from app.formats.paper.pdf import PrintFault, render_pdf
from tests.factories.pdfs import HARD, page, text_of


def test_the_same_html_gives_the_same_bytes() -> None:
    html = page(f"<p>{HARD}</p>")
    assert render_pdf(html, tagged=True) == render_pdf(html, tagged=True)


def test_a_tagged_print_says_so() -> None:
    tagged = render_pdf(page("<p>अ</p>"), tagged=True)
    assert b"/MarkInfo" in tagged or b"/StructTreeRoot" in tagged or pypdfium2.PdfDocument(tagged).is_tagged()


@pytest.fixture
def hits() -> Iterator[tuple[str, list[str]]]:
    """The address of a server of our own, and what was asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}/a.png">',
        '<link rel="stylesheet" href="{}/a.css">',
        '<style>@import "{}/a.css";</style>',
        '<object data="{}/a.svg"></object>',
        '<embed src="{}/a.svg">',
        '<p style="background: url({}/a.png)">x</p>',
        '<svg><image href="{}/a.png" width="9" height="9"/></svg>',
        '<link rel="attachment" href="{}/a.txt">',
        '<a rel="attachment" href="{}/a.txt">x</a>',
        "<style>@font-face {{ font-family: F; src: url({}/a.ttf) }}</style>",
        '<base href="{}/"><img src="a.png">',
    ],
)
def test_nothing_is_fetched_from_elsewhere(html: str, hits: tuple[str, list[str]]) -> None:
    address, asked = hits
    with pytest.raises(PrintFault):
        render_pdf(page(html.format(address)))
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "/etc/passwd",
        "../pyproject.toml",
        "shared/../../pyproject.toml",
        "shared/%2e%2e/%2e%2e/pyproject.toml",
        "ftp://127.0.0.1/x",
        "data:text/plain,x",
    ],
)
def test_no_file_from_elsewhere_is_attached(address: str) -> None:
    with pytest.raises(PrintFault, match="may not fetch"):
        render_pdf(page(f'<link rel="attachment" href="{address}">'))


def test_files_of_ours_may_be_used() -> None:
    assert render_pdf(page('<link rel="stylesheet" href="shared/paper.css"><p>अ</p>'))


@pytest.mark.parametrize(
    "body", ['<p style="colour: red">x</p>', "<style>p { text-shadow: 1px 1px red }</style><p>x</p>"]
)
def test_what_weasyprint_would_ignore_is_an_error(body: str) -> None:
    with pytest.raises(PrintFault, match="Ignored"):
        render_pdf(page(body))


def test_a_print_works_after_one_that_failed() -> None:
    with pytest.raises(Problem):
        render_pdf(page("<p>🚔</p>"))
    assert text_of(render_pdf(page(f"<p>{HARD}</p>"))) == HARD


def test_prints_of_several_threads_do_not_mix() -> None:
    outcomes: list[str] = []

    def draw(text: str) -> None:
        try:
            outcomes.append(text_of(render_pdf(page(f"<p>{text}</p>"))))
        except Problem as problem:
            outcomes.append(problem.code)

    threads = [threading.Thread(target=draw, args=(text,)) for text in ("थाना", "🚔", "कोतवाली", "🚔")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["print.glyph_missing"] * 2 + ["कोतवाली", "थाना"]
