import http.server
import threading
from collections.abc import Iterator

import pypdfium2
import pytest

from app.domain.problem import Problem
from app.formats.paper import fonts as pdf_fonts
from app.formats.paper.fonts import font_configuration, require_fonts, require_glyphs
from app.formats.paper.pdf import PrintFault, render_pdf

HARD = "क्ष त्र ज्ञ श्र ङ्गु र्थ्य कोतवाली कृपया विद्यार्थी स्त्री प्रतिक्रिया ट्ठ द्ध उच्छ्वास श्री ज़िला क़स्बा"


def page(body: str, lang: str = "hi") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>नमूना</title></head>'
        f"<body>{body}</body></html>"
    )


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())


@pytest.mark.parametrize("tagged", [False, True])
def test_hindi_comes_out_as_it_went_in(tagged: bool) -> None:
    pdf = render_pdf(page(f"<h1>{HARD}</h1><p>थाना {HARD} 112</p>"), stylesheets=["shared/paper.css"], tagged=tagged)
    assert text_of(pdf) == f"{HARD} थाना {HARD} 112"


def test_wrapped_hindi_comes_out_line_by_line() -> None:
    pdf = render_pdf(page(f'<p style="width: 30mm">{HARD}</p>'), stylesheets=["shared/paper.css"])
    assert text_of(pdf) == HARD


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


@pytest.mark.parametrize(("text", "character"), [("थाना 🚔", "🚔"), ("汉字", "字"), ("\ue000", "\ue000")])
def test_a_missing_glyph_is_an_error(text: str, character: str) -> None:
    with pytest.raises(Problem) as refused:
        render_pdf(page(f"<p>{text}</p>"))
    assert refused.value.code == "print.glyph_missing"
    assert refused.value.details == {"character": character, "codepoint": f"U+{ord(character):04X}"}


def test_joiners_and_spaces_need_no_glyph() -> None:
    require_glyphs("क्\u200dष\u200c \u00a0\u00ad\u2009\n")


def test_a_missing_font_is_an_error_that_names_its_package() -> None:
    with pytest.raises(Problem) as refused:
        require_fonts(font_configuration(), ("Noto Sans", "Noto Sans Nowhere"))
    assert refused.value.code == "print.font_missing"
    assert refused.value.details == {"font": "Noto Sans Nowhere Regular", "package": "fonts-noto-core"}


def test_the_two_families_are_two_files() -> None:
    files = require_fonts(font_configuration())
    assert len(set(files)) == 4
    assert {family.replace(" ", "") for family in pdf_fonts.FAMILIES} == {"NotoSans", "NotoSansDevanagari"}


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
