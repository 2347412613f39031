"""The survey page on a phone: bytes and requests for one answer, with scripts and without; what is fetched after
the first question can be answered, so that everything works without network; and the server's time for a page.

Bytes are counted as the server sends them, status lines and headers with them, compressed as a browser asks.
"""

import http.client
import json
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin
from uuid import uuid4

from app.domain.surveys.survey import SurveyDefinition
from app.services.surveys.surveys import read_starter
from app.web.static import static_url
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import Room, Server, room, server

# What a phone from 2019 sends.
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "hi-IN,hi;q=0.9,en;q=0.8",
    "User-Agent": "Mozilla/5.0 (Linux; Android 9; Phone) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
}
WANTED_BY_CSS = re.compile(r"""(?:url\(|@import\s)["']?([^"')\s]+)""")
# What a module cannot run without. What it imports later is fetched once the first question can be answered.
WANTED_BY_SCRIPT = re.compile(r"""(?:\bfrom|\bimport)\s*["']([^"']+)["']""")
PAGES = 400
# The first that is fetched once the first question is seen.
LATER = static_url("js/offline/network.js")


def survey() -> SurveyDefinition:
    """The survey that departments begin with: six core questions, nine more behind them."""
    definition = read_starter("station-visit").definition
    assert definition is not None
    return definition


def figures() -> Iterator[Figure]:
    with room(survey()) as place, server(place.settings) as web:
        address = f"/S/{place.token}"
        loaded, page = _load(web.port, address)
        loaded |= _send(web.port, place)
        plain = {name: size for name, size in loaded.items() if ".js" not in name and "receipt" not in name}
        plain |= _post(web.port, address, page)
        later = _install(web.port, address)
        seconds = cpu_of_a_page(web, address)
    for part, size in (loaded | plain | later).items():
        yield Figure(f"  {part}", size / 1000, "kB")
    yield Figure("page, all that answering needs", sum(loaded.values()) / 1000, "kB", 14.6)
    yield Figure("page, requests", len(loaded), "", 6)
    yield Figure("page without scripts", sum(plain.values()) / 1000, "kB", 14.6)
    yield Figure("page without scripts, requests", len(plain), "", 6)
    yield Figure("offline install after the first question", sum(later.values()) / 1000, "kB", 18)
    yield Figure("offline install, requests", len(later), "", 14)
    yield Figure("page, server", seconds * 1e3, "ms CPU", 3)


def _load(port: int, address: str) -> tuple[dict[str, int], "Page"]:
    """Every request that a browser makes until the first question can be answered, with its size."""
    sizes, text = _exchange(port, "GET", address)
    page = Page(text)
    taken = {"GET the page": sizes}
    waiting = [urljoin(address, target) for target in page.wanted]
    while waiting:
        path = waiting.pop(0)
        name = _name(path)
        if name in taken or path.startswith("data:"):
            continue
        taken[name], text = _exchange(port, "GET", path)
        wanted = WANTED_BY_SCRIPT if name.endswith(".js") else WANTED_BY_CSS
        if name.endswith((".js", ".css")):
            waiting += [urljoin(path, target) for target in wanted.findall(text)]
    return taken, page


def _name(path: str) -> str:
    return "GET " + re.sub(r"^/static/[0-9a-f]{10}/", "/static/", path.partition("?")[0])


def _post(port: int, address: str, page: "Page") -> dict[str, int]:
    """Sending without scripts: the form, and the page that its answer leads to."""
    form = urlencode({**page.fields, "_do": "send"})
    posted, confirmation = _exchange(port, "POST", urljoin(address, page.action), form)
    shown, _ = _exchange(port, "GET", confirmation)
    return {"POST the form": posted, "GET the confirmation": shown}


def _send(port: int, place: Room) -> dict[str, int]:
    item = {"v": 1, "id": str(uuid4()), "token": place.token, "survey_version": place.survey_version}
    item |= {"language": "hi", "stamp": place.stamp, "kid": None, "body": {"respect": 4}}
    sent, _ = _exchange(port, "POST", "/api/v1/responses", json.dumps({"responses": [item]}), "application/json")
    return {"POST the answer, receipt": sent}


def _install(port: int, address: str) -> dict[str, int]:
    """What makes the page open without network: what asks for the worker, it, the rules, the other language.

    The page itself, and what it has loaded before, come out of the browser's cache.
    """
    other = f"{address}?{urlencode({'lang': 'en', 'from': _etag(port, address)})}"
    asked = {_name(LATER): LATER, "GET /sw.js": "/sw.js", "GET what differs in English, and the rules": other}
    return {name: _exchange(port, "GET", path)[0] for name, path in asked.items()}


def _etag(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address, headers=HEADERS)
    etag = connection.getresponse().getheader("ETag") or ""
    connection.close()
    return etag


def _exchange(
    port: int, method: str, path: str, body: str | None = None, kind: str = "application/x-www-form-urlencoded"
) -> tuple[int, str]:
    """The bytes of an answer, and its text, or where it leads."""
    headers = HEADERS | ({"Content-Type": kind} if body else {})
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


def cpu_of_a_page(web: Server, address: str) -> float:
    """In seconds, of the server alone; the first ones, which make the page, are not counted."""
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
        if tag == "link" and "media" in given:
            return  # Not needed: a browser fetches it when it has nothing else to do.
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
