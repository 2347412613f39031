import gzip
from collections.abc import Callable
from subprocess import CalledProcessError

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.formats.minified import minify_texts
from app.web.compression import choose_encoding
from app.web.static import scripts_version, served_scripts, static_url
from app.web.styles import served_styles

SCRIPT = "js/offline/outbox.js"
STYLE = static_url("css/public.css")


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("br;q=0.5", "br"),
        ("deflate", None),
        ("", None),
        ("gzip;q=0", None),
    ],
)
def test_the_best_encoding_that_is_accepted_is_chosen(accepted: str, chosen: str | None) -> None:
    assert choose_encoding(accepted) == chosen


@pytest.mark.parametrize(("encoding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_static_text_is_compressed_and_kept_for_ever(
    client: FlaskClient, encoding: str, decode: Callable[[bytes], bytes]
) -> None:
    answer = client.get(STYLE, headers={"Accept-Encoding": encoding})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == encoding
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert decode(answer.data).decode() == served_styles()["public.css"]


def test_static_text_goes_out_plain_to_whoever_asks_so(client: FlaskClient) -> None:
    with client.get(STYLE) as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.data.decode() == served_styles()["public.css"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../wsgi.py",
        "/static/%2e%2e/pyproject.toml",
        "/static/css/nothing.css",
        "/static/",
        "/static/x/js/../../../wsgi.py",
    ],
)
def test_nothing_outside_the_folder_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept-Encoding": "br"}).status_code == 404


def test_scripts_stand_in_a_folder_of_their_version_so_that_what_they_import_does_too(client: FlaskClient) -> None:
    address = static_url(SCRIPT)
    assert address == f"/static/{scripts_version()}/{SCRIPT}"
    answer = client.get(address)
    assert answer.data.decode() == served_scripts()[SCRIPT]
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_a_style_sheet_loses_only_blanks_that_mean_nothing() -> None:
    style = "/* why */\na :hover ,\nb > c { margin: calc(-1 * var(--x)) 0 }\n"
    assert minify_texts({"a.css": style}) == {"a.css": "a :hover,b>c{margin:calc(-1 * var(--x))0}"}


def test_a_script_loses_what_only_people_read_and_keeps_its_exports() -> None:
    long = "/**\n * Why.\n */\nexport function tell(/** @type {number} */ found) {\n  return `${found} `;\n}\n"
    assert minify_texts({"a.js": long}) == {"a.js": "export function tell(e){return`${e} `}"}


def test_a_script_that_cannot_be_read_is_told_at_once() -> None:
    with pytest.raises(CalledProcessError):
        minify_texts({"a.js": "const = 1"})


@pytest.mark.parametrize("path", [f"/static/0123456789/{SCRIPT}", f"/static/{SCRIPT}", "/static/css/public.css?v=old"])
def test_an_older_page_gets_the_present_file_and_may_not_keep_it(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_head_request_has_no_body(client: FlaskClient) -> None:
    answer = client.head(STYLE, headers={"Accept-Encoding": "br"})
    assert answer.data == b""
    assert int(answer.headers["Content-Length"]) > 0


def test_a_refusal_is_compressed_as_well(app: Flask) -> None:
    app.add_url_rule("/large", "large", lambda: ("न" * 1000, 422))
    answer = app.test_client().get("/large", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 422
    assert brotli.decompress(answer.data).decode() == "न" * 1000
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_small_answers_stay_as_they_are(app: Flask) -> None:
    app.add_url_rule("/small", "small", lambda: "ok")
    assert "Content-Encoding" not in app.test_client().get("/small", headers={"Accept-Encoding": "br"}).headers
