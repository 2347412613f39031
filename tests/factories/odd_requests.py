"""Requests that nobody means: every address with every argument, field and header, and odd values in each.

What a view reads is found in its own source, in the forms that it imports and in the templates of its subject, so that
a new field is tried from the day on which it is written.
"""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from werkzeug.routing import IntegerConverter, Rule
from wtforms.fields.core import UnboundField

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
#: as bytes, since half of what is odd is no text
ODD = [
    b"\0",
    b"a\0b",
    b"\xff\xfe",
    "\ud800".encode("utf-8", "surrogatepass"),
    "\u202e\ufeff\U000e0001".encode(),
    "क्षि१२३".encode(),
    b"\x1b[2J\x7f",
    b"3" * 40,
    b"-1",
    b"1e400",
    b"NaN",
    b"0001-01-01",
    b"9999-12-31",
    b"9999-12",
    b"9999-W52..9999-W53",
    b"a" * 300,
    "थ".encode() * 3_000,
    b"http://[",
    b"//evil.example/..\\..",
    b"' OR 1=1 -- %s %(x)s {0} {{7*7}}",
    b"\r\nSet-Cookie: a=b",
    b"[[{}",
    b"",
]
_HEADERS = (
    "Host Origin Referer Cookie Range Accept Accept-Encoding Accept-Language Content-Type If-None-Match "
    "If-Modified-Since If-Range Sec-Fetch-Site User-Agent X-Forwarded-For X-Forwarded-Proto X-Forwarded-Host "
    "X-Requested-With X-CSRFToken Authorization Transfer-Encoding"
)
HEADERS = tuple(_HEADERS.split(" "))
#: fields that hold a time
COMPUTED = {"from", "until", "period", "week", "quarter", "from_on", "expires_on", "since"}
EVERYWHERE = {"lang", "page", "next", "_lang"}
_READ = re.compile(r"(?:args|form|values|files|arguments|asked)(?:\.get(?:list)?\(|\[)\s*f?\"([^\"{]+)")
_NAMED = re.compile(r"\bname=\"([a-z_/-]+)\"")


@dataclass(frozen=True, slots=True)
class OddRequest:
    """One request, and what is odd about it in words."""

    method: str
    path: str
    where: str
    fields: dict[str, bytes] = field(default_factory=dict)
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, client: FlaskClient) -> int:
        """The status of the answer, which has been read to its end."""
        headers = dict(self.headers)
        options: dict[str, object] = {"method": self.method, "headers": headers}
        if self.method == "POST":
            options["data"] = self.body if self.body is not None else encoded(self.fields)
            kind = "application/json" if self.body is not None else "application/x-www-form-urlencoded"
            headers.setdefault("Content-Type", kind)
        # Not through the test client's own reading of addresses, which would quote once more or refuse.
        path, _, query = self.path.partition("?")
        environ = {"PATH_INFO": _unquoted(path), "QUERY_STRING": query, "RAW_URI": self.path}
        if "Host" in headers:
            environ["HTTP_HOST"] = headers.pop("Host")
        response = client.open("/", environ_overrides=environ, **options)  # type: ignore[arg-type]
        response.get_data()
        return response.status_code


@cache
def names_read_by(view: Callable[..., object]) -> tuple[str, ...]:
    """Every name of an argument or a field that a view may ask for."""
    module = importlib.import_module(view.__module__)
    names = EVERYWHERE | set(_READ.findall(inspect.getsource(module)))
    for value in vars(module).values():
        if inspect.isclass(value) and issubclass(value, FlaskForm) and value is not FlaskForm:
            names |= {name for name in dir(value) if isinstance(getattr(value, name), UnboundField)}
    folder = TEMPLATES.joinpath(*view.__module__.split(".")[2:-1])
    for template in folder.rglob("*.html") if folder != TEMPLATES and folder.is_dir() else ():
        names |= set(_NAMED.findall(template.read_text("utf-8")))
    return tuple(sorted(names))


def odd_paths(app: Flask, rule: Rule, path: str, values: dict[str, object]) -> Iterator[OddRequest]:
    """The address with each of its parameters odd in turn. `path` is a good one, made with `values`."""
    for name in sorted(rule.arguments):
        is_number = isinstance(rule._converters.get(name), IntegerConverter)
        good = quote(str(values[name]), safe="")
        for value in ODD:
            if value and not (is_number and len(value) > 40):
                odd = re.sub(
                    rf"(?<=[/-]){re.escape(good)}(?=[/.-]|$)", quote(value, safe="").replace("\\", "%5C"), path
                )
                yield OddRequest(method_of(rule), odd, f"{rule.rule}, {name} {value[:30]!r}")


def odd_arguments(app: Flask, rule: Rule, path: str, *, whole: bool) -> Iterator[OddRequest]:
    """Every argument and field odd: one at a time if `whole`, else all of them at once, each in another way."""
    names = names_read_by(app.view_functions[rule.endpoint])
    for method in sorted((rule.methods or set()) & {"GET", "POST"}):
        chosen = (
            [{name: value} for name in names for value in ODD]
            if whole
            else [
                {name: ODD[(at + turn) % len(ODD)] for at, name in enumerate(names)} for turn in range(0, len(ODD), 12)
            ]
        )
        if not whole:
            # What is computed with is tried by itself: another field would be refused before it.
            chosen += [
                {name: value} for name in names if name in COMPUTED for value in ODD if value[:2] in (b"00", b"99")
            ]
        for fields in chosen:
            where = f"{method} {rule.rule}, {fields if whole else list(fields.items())}"
            if method == "GET":
                yield OddRequest("GET", f"{path}?{encoded(fields).decode()}", where)
            else:
                yield OddRequest("POST", path, where, fields)


def odd_headers(rule: Rule, path: str, *, whole: bool, turn: Iterator[int] | None = None) -> Iterator[OddRequest]:
    """Every header odd in turn if `whole`, else all but the host at once."""
    values = [value.translate(None, b"\r\n\0").decode("latin-1") for value in ODD]
    if whole:
        for name in HEADERS:
            for value in values:
                yield OddRequest(method_of(rule), path, f"{rule.rule}, {name}: {value[:30]!r}", headers={name: value})
        return
    start = next(turn or count())
    headers = {name: values[(at + start) % len(values)] for at, name in enumerate(HEADERS) if name != "Content-Type"}
    yield OddRequest(method_of(rule), path, f"{rule.rule}, {headers}", headers=headers)
    yield OddRequest(method_of(rule), path, f"{rule.rule}, Origin", headers={"Origin": values[start % len(values)]})


def odd_messages(path: str, message: dict[str, object], *, whole: bool) -> Iterator[OddRequest]:
    """What programs post: each member odd in turn, and what is no message at all."""
    import json

    odd: list[object] = [
        None,
        True,
        -1,
        2**70,
        1e308,
        [],
        {},
        [[[]]],
        *(value.decode("utf-8", "replace") for value in ODD),
    ]
    odd += ["\ud800", "\0"]
    for at, name in enumerate(message):
        for value in odd if whole else odd[at % 4 :: 4]:
            yield OddRequest(
                "POST", path, f"{path} {name} {value!r:.30}", body=json.dumps({**message, name: value}).encode()
            )
    for body in (b"", b"null", b"[]", b'{"a":', b"\xff", b"[" * 5_000, b'{"responses":{}}', b'{"responses":[' * 400):
        yield OddRequest("POST", path, f"{path} {body[:30]!r}", body=body)


def method_of(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or set()) else "POST"


def encoded(fields: dict[str, bytes]) -> bytes:
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in fields.items()).encode()


def _unquoted(path: str) -> str:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(path).decode("latin-1")
