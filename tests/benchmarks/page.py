"""The survey page on a phone: bytes and requests for one answer without script, and the server's time for a page.

Bytes are counted as they cross the wire, status lines and headers with them, compressed as a browser asks.
"""

import http.client
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

from app.domain.survey import SurveyDefinition
from tests.benchmarks.measure import Figure
from tests.benchmarks.rooms import Server, room, server
from tests.factories.surveys import definition, question

# What a phone from 2019 sends.
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "hi-IN,hi;q=0.9,en;q=0.8",
    "User-Agent": "Mozilla/5.0 (Linux; Android 9; Phone) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
}
WANTED_BY_CSS = re.compile(r"""(?:url\(|@import\s)["']?([^"')\s]+)""")
WANTED_BY_SCRIPT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?["']([^"']+)["']""")
PAGES = 400


def survey() -> SurveyDefinition:
    """A station visit: five core questions, ten more behind them."""
    core = [question(f"core{at}", "scale") for at in range(3)]
    core += [question(f"choice{at}", "select_one", "yes", "partly", "no", "unsure") for at in range(2)]
    more = [question(f"more{at}", "select_one", "yes", "partly", "no", "unsure") for at in range(10)]
    return definition(core, more)


def figures() -> Iterator[Figure]:
    with room(survey()) as place, server(place.settings) as web:
        address = f"/S/{place.token}"
        loaded = _load(web.port, address)
        seconds = _cpu_of_a_page(web, address)
    for part, size in loaded.items():
        yield Figure(f"  {part}", size / 1000, "kB")
    yield Figure("page, all that answering needs", sum(loaded.values()) / 1000, "kB", 15)
    yield Figure("page, requests", len(loaded), "", 6)
    yield Figure("page, server", seconds * 1e3, "ms CPU", 3)


def _load(port: int, address: str) -> dict[str, int]:
    """Every request that a browser makes from opening the code to the confirmation, with its size both ways."""
    sizes, text = _exchange(port, "GET", address)
    page = Page(text)
    taken = {"GET the page": sizes}
    waiting = [urljoin(address, target) for target in page.wanted]
    while waiting:
        path = waiting.pop(0)
        name = f"GET {path.partition('?')[0]}"
        if name in taken or path.startswith("data:"):
            continue
        taken[name], text = _exchange(port, "GET", path)
        wanted = WANTED_BY_SCRIPT if name.endswith(".js") else WANTED_BY_CSS
        if name.endswith((".js", ".css")):
            waiting += [urljoin(path, target) for target in wanted.findall(text)]
    form = urlencode({**page.fields, "_do": "send"})
    taken["POST the answer"], confirmation = _exchange(port, "POST", urljoin(address, page.action), form)
    taken["GET the confirmation"], text = _exchange(port, "GET", confirmation)
    return taken


def _exchange(port: int, method: str, path: str, body: str | None = None) -> tuple[int, str]:
    """The bytes of an answer, and its text, or where it leads."""
    headers = HEADERS | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status not in (200, 303):
        raise RuntimeError(f"{method} {path} was answered by {answer.status}")
    head = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n") + _length_of(answer.getheaders())
    text = answer.getheader("Location") or _text(content, answer.getheader("Content-Encoding"))
    return head + len(content), text


def _length_of(headers: list[tuple[str, str]]) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers)


def _text(content: bytes, encoding: str | None) -> str:
    if encoding == "br":
        import brotli

        content = brotli.decompress(content)
    elif encoding == "gzip":
        import gzip

        content = gzip.decompress(content)
    return content.decode("utf-8", "replace")


def _cpu_of_a_page(web: Server, address: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=30)
    for number in range(PAGES + 20):
        if number == 20:
            began = web.cpu_s()
        connection.request("GET", address, headers=HEADERS)
        connection.getresponse().read()
    time.sleep(0.05)
    spent = web.cpu_s() - began
    connection.close()
    return spent / PAGES


class Page(HTMLParser):
    """What a page makes a browser load, and its form filled in: the first choice of each question."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wanted: list[str] = []
        self.fields: dict[str, str] = {}
        self.action = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and {"stylesheet", "modulepreload", "preload", "icon"} & set(given.get("rel", "").split()):
            self.wanted.append(given["href"])
        elif tag in ("script", "img", "source") and "src" in given:
            self.wanted.append(given["src"])
        elif tag == "use" and not given.get("href", "#").startswith("#"):
            self.wanted.append(given["href"].partition("#")[0])
        elif tag == "form" and given.get("method", "get").lower() == "post":
            self.action = given.get("action", "")
        elif tag == "input" and given.get("type") in ("hidden", "radio") and "name" in given:
            self.fields.setdefault(given["name"], given.get("value", ""))
