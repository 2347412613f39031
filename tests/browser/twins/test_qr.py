"""The square code that a counter screen draws itself, held to the one that paper gets, module by module."""

import random
import string

from playwright.sync_api import Browser

from app.formats.pictures.qr import QrMatrix, encode_qr
from app.web.static import static_url
from tests.browser.conftest import LiveServer, open_context

DRAW = """async ([address, texts]) => {
    const { matrixOf, pathOf } = await import(address);
    return texts.map((text) => {
        const rows = matrixOf(text);
        return { rows: rows.map((row) => row.join("")), path: pathOf(rows) };
    });
}"""
REFUSE = """async ([address, texts]) => {
    const { matrixOf } = await import(address);
    return texts.map((text) => {
        try { matrixOf(text); return "drawn"; } catch (error) { return error.constructor.name; }
    });
}"""
HOSTS = ("a.in", "samvad.mppolice.gov.in", "localhost:8000", f"{'x' * 40}.example.in", f"{'y' * 63}.{'z' * 30}.gov.in")


def links(number: int) -> list[str]:
    chance = random.Random(20261123)  # noqa: S311 - tests want the same codes each time
    letters = string.ascii_uppercase + "234567"
    return [
        f"https://{HOSTS[at % len(HOSTS)]}/s/{''.join(chance.choices(letters, k=32))}".upper() for at in range(number)
    ]


def written(matrix: QrMatrix) -> list[str]:
    return ["".join("1" if dark else "0" for dark in row) for row in matrix.rows]


def test_two_hundred_codes_are_drawn_as_on_paper(live_server: LiveServer, browser: Browser) -> None:
    texts = [*links(200), "A", "AB", "HTTPS://A.IN/S/" + "A" * 46, "HTTPS://A.IN/S/" + "A" * 75]
    expected = [encode_qr(text) for text in texts]
    assert {matrix.version for matrix in expected} == {3, 4, 5, 6}
    context = open_context(browser)
    page = context.new_page()
    page.goto(f"{live_server.url}/privacy")
    drawn = page.evaluate(DRAW, [static_url("js/counter-screen/qr.js"), texts])
    refused = page.evaluate(REFUSE, [static_url("js/counter-screen/qr.js"), ["small", "A" * 155, "#"]])
    context.close()
    for text, matrix, code in zip(texts, expected, drawn, strict=True):
        assert code["rows"] == written(matrix), text
        assert code["path"] == matrix.path(), text
    assert refused == ["RangeError"] * 3
