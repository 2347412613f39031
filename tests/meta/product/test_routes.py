from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect, Rule

from app.web.office.guard import _ALLOWED
from tests.meta import ROOT

PRINTED = [
    line.split()
    for line in (ROOT / "tests" / "meta" / "product" / "printed_urls.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
# The first part of a path decides who it is for. Nothing else may stand at the top: short paths are for paper.
PREFIXES = {
    "public": {"", "s", "S", "n", "N", "v", "V", "r", "R", "p", "P", "k", "c", "sw.js", "reading.js"},
    "api": {"api"},
    "office": {"office"},
}
WORDS = {
    "public": {
        "privacy",
        "accessibility",
        "about",
        "leave",
        "results",
        "health",
        "healthz",
        "robots.txt",
        "sitemap.xml",
        "favicon.ico",
        ".well-known",
    }
}


def rules(app: Flask, blueprint: str | None = None) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if blueprint is None or rule.endpoint.split(".")[0] == blueprint:
            yield rule


@pytest.mark.parametrize(("method", "path"), PRINTED)
def test_what_was_printed_still_leads_somewhere(app: Flask, method: str, path: str) -> None:
    try:
        app.url_map.bind("localhost").match(path, method=method)
    except RequestRedirect as redirect:
        pytest.fail(f"{path} redirects to {redirect.new_url}: a phone without network would not follow")
    except (NotFound, MethodNotAllowed) as error:
        pytest.fail(f"{method} {path}: {error.name}")


def test_every_route_belongs_to_one_kind_of_reader(app: Flask) -> None:
    for rule in rules(app):
        blueprint = rule.endpoint.split(".")[0]
        first = rule.rule.split("/")[1].removesuffix(">").removeprefix("<")
        assert first in PREFIXES.get(blueprint, set()) | WORDS.get(blueprint, set()), f"{rule.rule} in {blueprint}"


def test_every_office_route_declares_who_may_enter(app: Flask) -> None:
    views = {rule.endpoint: app.view_functions[rule.endpoint] for rule in rules(app, "office")}
    assert views
    assert [endpoint for endpoint, view in views.items() if not hasattr(view, _ALLOWED)] == []


def test_an_endpoint_says_where_its_view_stands(app: Flask) -> None:
    """`office.places.move` is `move` in one of the files of `app/web/office/places/`."""
    for rule in rules(app):
        view = app.view_functions[rule.endpoint]
        *folders, _file = view.__module__.removeprefix("app.web.").split(".")
        assert rule.endpoint == ".".join([*folders, view.__name__])


def test_a_view_without_a_declaration_lets_nobody_in(app: Flask) -> None:
    guard = app.before_request_funcs["office"]
    assert [function.__module__ for function in guard][:1] == ["app.web.office.guard"]


@pytest.mark.parametrize("blueprint", ["public", "api"])
def test_nothing_outside_the_office_asks_who_you_are(app: Flask, blueprint: str) -> None:
    for rule in rules(app, blueprint):
        assert not hasattr(app.view_functions[rule.endpoint], _ALLOWED), rule.rule


def test_reading_methods_and_writing_methods_are_apart(app: Flask) -> None:
    """What is posted to changes something; what is got never does. No address takes anything rarer."""
    for rule in rules(app):
        assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"}, rule.rule


def test_no_public_page_sets_a_cookie(app: Flask) -> None:
    client = app.test_client()
    for rule in rules(app, "public"):
        if "GET" in (rule.methods or set()):
            path = app.url_map.bind("localhost").build(
                rule.endpoint, dict.fromkeys(rule.arguments, "1") | (rule.defaults or {})
            )
            assert "Set-Cookie" not in client.get(path).headers, rule.rule
